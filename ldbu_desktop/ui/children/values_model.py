"""The values of the selected visit as rows with headings: a view of the session's journal and findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum
from itertools import groupby
from typing import Any

from PySide6.QtCore import QObject, Qt

from ldbu_desktop import clock
from ldbu_desktop.editing.change import Change
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.fields import CITIZEN_CPR, OBSERVATION_MISSING_REASON, OBSERVATION_UNIT
from ldbu_desktop.journal.model import Family, Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.people import citizen_name
from ldbu_desktop.rendering.words import citizen_in, covered, entry_words, place_words, severity_word
from ldbu_desktop.standard.model import Concept
from ldbu_desktop.ui.children.values import ValueGroup, ValueRow, nearest_row, visit_rows
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.table_model import EDITABLE, HEADING, READABLE, Column, TableModel
from ldbu_desktop.ui.session import Session

GROUPS: dict[ValueGroup, Callable[[], str]] = {
    ValueGroup.VISIT: lambda: tr("Kontakten"),
    ValueGroup.MEASUREMENTS: lambda: tr("Målinger"),
    ValueGroup.OBSERVATIONS: lambda: tr("Observationer"),
    ValueGroup.PARENTS: lambda: tr("Forældre"),
    ValueGroup.EXAMINATION: lambda: tr("Fund ved undersøgelsen"),
    ValueGroup.INTERVENTIONS: lambda: tr("Indsatser"),
    ValueGroup.QUESTIONNAIRES: lambda: tr("Spørgeskemaer"),
    ValueGroup.CITIZENS: lambda: tr("Borgere"),
}


class Role(IntEnum):
    """What the model tells about a row beside its text."""

    ROW = Qt.ItemDataRole.UserRole + 1
    FINDINGS = Qt.ItemDataRole.UserRole + 2
    UNIT = Qt.ItemDataRole.UserRole + 3
    IS_NUMBER = Qt.ItemDataRole.UserRole + 4
    PLACE = Qt.ItemDataRole.UserRole + 5


FIELD, VALUE, SOURCE = "field", "value", "source"
"""The columns: what it is, what was read, and what the file said."""


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A value with what was found at it."""

    row: ValueRow
    findings: tuple[Finding, ...] = ()


GroupOrValue = ValueGroup | ValueLine
"""A row: a group's heading, or a value."""


class ValuesModel(TableModel[GroupOrValue]):
    """Headings and values of one visit. Setting a value mends the journal through the session."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(
            (
                self._column(FIELD, lambda: tr("Oplysning"), self._label, heading=lambda group: GROUPS[group]()),
                self._column(
                    VALUE,
                    lambda: tr("Læst som"),
                    self._value,
                    spoken=self._spoken,
                    flags=self._value_flags,
                    edit=self._mend_value,
                ),
                self._column(SOURCE, lambda: tr("I filen"), self._source),
            ),
            parent,
        )
        self._session = session
        self._family: Family | None = None
        self._visit: Visit | None = None
        self._asked: Where | None = None
        session.checked.connect(self._mend)
        session.changed.connect(self._follow_change)
        session.unmasked.connect(self.retell)

    def _column(
        self,
        name: str,
        title: Callable[[], str],
        text: Callable[[ValueRow], str],
        *,
        heading: Callable[[ValueGroup], str | None] = lambda _group: None,
        spoken: Callable[[ValueLine], str] | None = None,
        flags: Callable[[ValueRow], Qt.ItemFlag] = lambda _row: READABLE,
        edit: Callable[[ValueRow, str], bool] | None = None,
    ) -> Column[GroupOrValue]:
        """A column that says ``text`` of a value and ``heading`` of a heading."""

        def told(line: GroupOrValue) -> str | None:
            return text(line.row) if isinstance(line, ValueLine) else heading(line)

        def said(line: GroupOrValue) -> str | None:
            return spoken(line) if spoken is not None and isinstance(line, ValueLine) else told(line)

        def of_value(say: Callable[[ValueRow], Any]) -> Callable[[GroupOrValue], Any]:
            return lambda line: say(line.row) if isinstance(line, ValueLine) else None

        def take(line: GroupOrValue, value: Any, role: int) -> bool:
            if edit is None or role != Qt.ItemDataRole.EditRole or not isinstance(line, ValueLine):
                return False
            return edit(line.row, str(value))

        return Column(
            name,
            title,
            told,
            tip=of_value(lambda row: text(row) or None),
            roles={
                Qt.ItemDataRole.AccessibleTextRole: said,
                Qt.ItemDataRole.EditRole: of_value(self._editable if edit is not None else lambda _row: None),
                Role.ROW: of_value(lambda row: row),
                Role.FINDINGS: lambda line: line.findings if isinstance(line, ValueLine) else None,
                Role.UNIT: of_value(self._unit),
                Role.PLACE: of_value(self._place),
                Role.IS_NUMBER: of_value(self._is_number),
            },
            flags=lambda line: flags(line.row) if isinstance(line, ValueLine) else HEADING,
            edit=take if edit is not None else None,
        )

    @property
    def visit(self) -> Visit | None:
        """The visit whose values are shown."""
        return self._visit

    def refill(self) -> None:
        """Show the values of the visit that is selected now."""
        self.show(self._read())

    def clear(self) -> None:
        """Show nothing, until it is said what to show."""
        self._visit, self._family = None, None
        self.show(())

    def _read(self) -> list[GroupOrValue]:
        session = self._session
        self._visit = session.visit(session.selection.visit)
        self._family = session.family_of(session.selection.visit)
        if self._visit is None or self._family is None:
            return []
        findings = session.work.findings_at(Where(visit=self._visit.key))
        lines: list[GroupOrValue] = []
        for group, rows in groupby(
            visit_rows(self._family, self._visit, session.standard, findings), lambda row: row.group
        ):
            lines += [group, *map(ValueLine, rows)]
        return _with_findings(lines, findings)

    def _follow_change(self, change: Change) -> None:
        if change.is_about(self._session.selection.family):
            self._mend()

    def _mend(self) -> None:
        """Take the mended visit. The rows stay where they are if they are the same, so that typing can go on."""
        if self._session.is_in_form:  # which shows it
            return
        lines = self._read()
        if [*map(_place, lines)] == [*map(_place, self.rows)]:
            self.rows = lines
            self.retell()
        else:
            self.show(lines)

    def row_of(self, finding: Finding) -> int | None:
        """The row that a finding is told at: its field's, else the first of its record, else of its variable."""
        return _nearest(self.rows, finding.location.where)

    def row_at_selection(self) -> int | None:
        """The row of the field that is selected."""
        return _nearest(self.rows, self._session.selection)

    def row(self, index: AnyIndex) -> ValueRow | None:
        """The value of a row; None for a heading."""
        line = self.rows[index.row()] if index.isValid() else None
        return line.row if isinstance(line, ValueLine) else None

    def where_at(self, index: AnyIndex) -> tuple[Where, Finding | None]:
        """What a row stands for, and its first finding."""
        line = self.rows[index.row()]
        if not isinstance(line, ValueLine):
            return self._session.selection, self._session.finding
        findings, now = line.findings, self._session.finding
        finding = now if now in findings else findings[0] if findings else None
        return line.row.where._replace(variable=line.row.definition), finding

    def choices(self, index: AnyIndex) -> tuple[Concept, ...]:
        """The answers that a row's value may be, in the standard's order; none where it is free."""
        row, standard = self.row(index), self._session.standard
        variable = standard.variable.get(row.definition) if row else None
        if row is None or variable is None:
            return ()
        answers = tuple(standard.offered(variable).values())
        reasons = tuple(standard.offered(standard.variable[OBSERVATION_MISSING_REASON]).values())
        if row.where == self._asked:
            return reasons
        # Where nothing is recorded yet, the reason for that can be said in its place.
        may_be_missing = row.is_missing and variable.missing_reason != "refused"
        return answers + (reasons if may_be_missing else ())

    def takes_digits(self, index: AnyIndex) -> bool:
        """Whether digits that are typed are a row's value itself: a number, unless why there is none is asked."""
        row = self.row(index)
        return row is not None and self._is_number(row) and row.where != self._asked

    def ask_reason(self, index: AnyIndex) -> bool:
        """Have it chosen why there is no value, when the row is edited next; False where that can't be said of it."""
        row = self.row(index)
        variable = self._session.standard.variable.get(row.where.variable) if row is not None else None
        may_lack = variable is not None and variable.record == "observation" and variable.missing_reason != "refused"
        can_be = row is not None and may_lack and not row.is_part and not _is_of_nobody(row)
        self._asked = row.where if row is not None and can_be else None
        return self._asked is not None

    def stop_asking(self) -> None:
        """Have the value itself typed again."""
        self._asked = None

    def _reasons(self, definition: str) -> set[str]:
        """What says why a value is missing and is none of its own answers, folded."""
        standard = self._session.standard
        own = {word for one in standard.concepts(standard.variable[definition]).values() for word in _names(one)}
        reasons = standard.concepts(standard.variable[OBSERVATION_MISSING_REASON]).values()
        return {word for one in reasons for word in _names(one)} - own

    # what a cell says

    def _value_flags(self, row: ValueRow) -> Qt.ItemFlag:
        """A value can be mended; a CPR number only while it is shown, and what is of nobody there is not at all."""
        is_covered = row.definition == CITIZEN_CPR and not self._session.shows_cpr
        return READABLE if is_covered or _is_of_nobody(row) else EDITABLE

    def _label(self, row: ValueRow) -> str:
        told = row.label[chosen()]
        family = self._family
        citizen = citizen_in(family, row.citizen) if family and row.citizen else None
        if family is None or citizen is None:
            return told
        return f"{told}  ·  {citizen_name(citizen, family, shown=self._session.shows_cpr)}"

    def _value(self, row: ValueRow) -> str:
        if _is_of_nobody(row):
            return tr("Mangler: filen har ingen forælder, som den kan skrives om")
        if row.is_missing:
            return tr("Mangler: skriv den, eller hvorfor")
        session = self._session
        return entry_words(row.entry, row.definition, session.standard, self._family, shown=session.shows_cpr)

    def _source(self, row: ValueRow) -> str:
        """What the file said, whatever was made of it since."""
        session, steps = self._session, self._session.work.steps
        read = steps.as_read(row.where, row.entry)
        if not read.raw:
            if steps.is_added(row.where):
                return tr("stod der ikke, er tilføjet her")
            return tr("følger af andet") if read.value is not None else tr("står der ikke")
        shown = session.shows_cpr
        raw = read.raw
        if row.definition == CITIZEN_CPR and not shown:
            raw = entry_words(read, row.definition, session.standard, self._family, shown=False)
        has_unit = not row.where.field  # what stands beside a value, such as the reason that it lacks, has none
        unit = steps.as_read(row.where._replace(field=OBSERVATION_UNIT), row.unit).raw if has_unit else ""
        told = covered(raw, shown=shown)
        told = f"{told} {unit}" if unit else told
        is_changed = (read.raw, unit) != (row.entry.raw, row.unit.raw)
        return tr("{said}  (rettet)", said=told) if is_changed else told

    def _place(self, row: ValueRow) -> str:
        """Where the file says it."""
        read = self._session.work.steps.as_read(row.where, row.entry)
        return place_words(row.origin, read.column) if read.raw else ""

    def _unit(self, row: ValueRow) -> str:
        return (row.unit.value or row.unit.raw) if self._is_number(row) else ""

    def _is_number(self, row: ValueRow) -> bool:
        variable = self._session.standard.variable.get(row.definition)
        is_quantity = variable is not None and variable.kind == "quantity"
        return is_quantity or (isinstance(row.entry.value, Decimal | int) and not isinstance(row.entry.value, bool))

    def _editable(self, row: ValueRow) -> str:
        """What stands in the field when one begins to type: words where the value was read, else what was written."""
        if row.entry.value is None:
            return row.entry.raw
        if isinstance(row.entry.value, str) and row.definition not in self._references:
            return entry_words(row.entry, row.definition, self._session.standard, None, shown=True)
        return row.entry.raw or str(row.entry.value)

    @property
    def _references(self) -> set[str]:
        variables = self._session.standard.variables
        return {variable.id for variable in variables if variable.kind in ("reference", "identifier")}

    def _spoken(self, line: ValueLine) -> str:
        row = line.row
        told = (self._label(row), self._value(row) or tr("tomt felt"), self._unit(row))
        session = self._session
        findings = (f"{severity_word(session.severity(one))}: {session.words(one).title}" for one in line.findings)
        return ", ".join(filter(None, (*told, *findings)))

    def _mend_value(self, row: ValueRow, text: str) -> bool:
        """Mend a value, if it can be mended and is another than what stands there."""
        if row.where == self._asked:
            self._asked = None
            if not text.strip():
                return False
            self._session.answer(row.where._replace(field=OBSERVATION_MISSING_REASON), text)
            return True
        if self._value_flags(row) != EDITABLE or text.strip() == self._editable(row):
            return False
        if row.is_missing:
            is_reason = text.strip().casefold() in self._reasons(row.definition)
            field = OBSERVATION_MISSING_REASON if is_reason else ""
            self._session.answer(row.where._replace(field=field), text if is_reason else self._meant(row, text))
            return True
        self._session.edit(row.where, self._meant(row, text))
        return True

    def _meant(self, row: ValueRow, text: str) -> str:
        """What is typed as people say it, as a file's text; as it stands where it can mean several things, or none."""
        variable = self._session.standard.variable.get(row.definition)
        if variable is None or self._family is None or self._visit is None or not text.strip():
            return text
        from ldbu_desktop.journal.plain_speech import as_meant

        unit, stands = row.unit.value or "", row.entry.value
        return as_meant(text, variable, unit, self._family, self._visit, clock.now(), stands=stands)


def _is_of_nobody(row: ValueRow) -> bool:
    """Whether a value is missing of somebody who is not in the file."""
    return row.is_missing and not row.where.subject


def _names(concept: Concept) -> tuple[str, ...]:
    """What a concept can be called, folded."""
    return tuple(
        name.casefold() for name in (concept.code, concept.term, concept.english, concept.label.da, concept.label.en)
    )


def _place(line: GroupOrValue) -> object:
    """What a line is about; the same before and after it was mended."""
    return line.row.where if isinstance(line, ValueLine) else line


def _with_findings(lines: list[GroupOrValue], findings: Iterable[Finding]) -> list[GroupOrValue]:
    """The lines, each with the findings that are told at it."""
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        if (row := _nearest(lines, finding.location.where)) is not None:
            found.setdefault(row, []).append(finding)
    for row, told in found.items():
        if isinstance(line := lines[row], ValueLine):
            lines[row] = replace(line, findings=tuple(told))
    return lines


def _nearest(lines: Sequence[GroupOrValue], where: Where) -> int | None:
    """Which line is the nearest to what a place names."""
    return nearest_row([line.row if isinstance(line, ValueLine) else None for line in lines], where)
