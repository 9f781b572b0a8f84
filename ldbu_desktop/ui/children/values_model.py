"""The values of the selected visit as rows with headings: a view of the session's journal and findings."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.model import Family, Visit
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.standard.model import Concept
from ldbu_desktop.ui.children.values import Group, ValueRow, visit_rows
from ldbu_desktop.ui.session import Selection, Session
from ldbu_desktop.ui.words import citizen_in, citizen_name, covered, entry_words, place_words

Index = QModelIndex | QPersistentModelIndex

GROUPS: dict[Group, Callable[[], str]] = {
    Group.VISIT: lambda: tr("Kontakten"),
    Group.MEASUREMENTS: lambda: tr("Målinger"),
    Group.OBSERVATIONS: lambda: tr("Observationer"),
    Group.PARENTS: lambda: tr("Forældre"),
    Group.EXAMINATION: lambda: tr("Fund ved undersøgelsen"),
    Group.INTERVENTIONS: lambda: tr("Indsatser"),
    Group.QUESTIONNAIRES: lambda: tr("Spørgeskemaer"),
    Group.CITIZENS: lambda: tr("Borgere"),
}


class Column(IntEnum):
    """The columns."""

    FIELD = 0
    VALUE = 1
    RAW = 2


class Role(IntEnum):
    """What the model tells about a row beside its text."""

    ROW = Qt.ItemDataRole.UserRole + 1
    FINDINGS = Qt.ItemDataRole.UserRole + 2
    UNIT = Qt.ItemDataRole.UserRole + 3
    IS_NUMBER = Qt.ItemDataRole.UserRole + 4
    PLACE = Qt.ItemDataRole.UserRole + 5


class ValuesModel(QAbstractTableModel):
    """Headings and values of one visit. Setting a value mends the journal through the session."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[Group | ValueRow] = []
        self._findings: dict[int, tuple[Finding, ...]] = {}
        self._family: Family | None = None
        self._visit: Visit | None = None
        session.judged.connect(self._mend)
        session.mended.connect(self._mend)
        session.unmasked.connect(self.retell)

    @property
    def visit(self) -> Visit | None:
        """The visit whose values are shown."""
        return self._visit

    def refill(self) -> None:
        """Show the values of the visit that is selected now."""
        self.beginResetModel()
        self._read()
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing, until it is said what to show."""
        self.beginResetModel()
        self._rows, self._findings, self._visit, self._family = [], {}, None, None
        self.endResetModel()

    def _read(self) -> None:
        session = self._session
        self._visit = session.visit(session.selection.visit)
        self._family = session.family_of(session.selection.visit)
        self._rows = []
        if self._visit and self._family:
            findings = session.findings_of_visit(self._visit.key)
            for row in visit_rows(self._family, self._visit, session.standard, findings):
                if not self._rows or self._rows[-1].group is not row.group:  # type: ignore[union-attr]
                    self._rows.append(row.group)
                self._rows.append(row)
        self._place_findings()

    def _place_findings(self) -> None:
        self._findings = {}
        if self._visit is None:
            return
        for finding in self._session.findings_of_visit(self._visit.key):
            row = self.row_of(finding)
            if row is not None:
                self._findings[row] = (*self._findings.get(row, ()), finding)

    def _mend(self) -> None:
        """Take the mended visit. The rows stay where they are if they are the same, so that typing can go on."""
        if self._session.is_filled:  # the form shows it
            return
        before = [row.place if isinstance(row, ValueRow) else row for row in self._rows]
        old, self._rows = self._rows, []
        self._read()
        now = [row.place if isinstance(row, ValueRow) else row for row in self._rows]
        if now == before:
            self.retell()
            return
        new, self._rows = self._rows, old
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def retell(self) -> None:
        """Say every row anew."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(Column) - 1))

    def row_of(self, finding: Finding) -> int | None:
        """The row that a finding is told at: its field's, else the first of its record, else of its variable."""
        at = finding.location
        found = -1, 0
        for number, row in enumerate(self._rows):
            if isinstance(row, ValueRow) and (weight := _nearness(row, at.record, at.field, at.variable)) > found[1]:
                found = number, weight
        return found[0] if found[1] else None

    def row_at_selection(self) -> int | None:
        """The row of the field that is selected."""
        now = self._session.selection
        found = -1, 0
        for number, row in enumerate(self._rows):
            if isinstance(row, ValueRow) and (weight := _nearness(row, now.record, now.field, now.variable)) > found[1]:
                found = number, weight
        return found[0] if found[1] else None

    def row(self, index: Index) -> ValueRow | None:
        """The value of a row; None for a heading."""
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, ValueRow) else None

    def selection_at(self, index: Index) -> Selection:
        """What a row stands for, with its first finding."""
        row = self.row(index)
        if row is None or self._visit is None:
            return self._session.selection
        place = row.place
        findings = self._findings.get(index.row(), ())
        now = self._session.selection.finding
        finding = now if now in findings else findings[0] if findings else None
        return Selection(place.family, place.visit, place.record, place.field, row.definition, finding)

    def choices(self, index: Index) -> tuple[Concept, ...]:
        """The answers that a row's value may be, in the standard's order; none where it is free."""
        row = self.row(index)
        variable = self._session.standard.variable.get(row.definition) if row else None
        return tuple(self._session.standard.concepts(variable).values()) if variable else ()

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are, headings included."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns of :class:`Column`."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (tr("Oplysning"), tr("Læst som"), tr("I filen"))[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Values can be mended; a CPR number only while it is shown."""
        row = self.row(index)
        if row is None:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        can_be_mended = index.column() == Column.VALUE and not row.is_missing
        if can_be_mended and (row.definition != "citizen.cpr" or self._session.shows_cpr):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, Group):
            if index.column() == Column.FIELD and role in (
                Qt.ItemDataRole.DisplayRole,
                Qt.ItemDataRole.AccessibleTextRole,
            ):
                return GROUPS[row]()
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, Column(index.column()))
            case Qt.ItemDataRole.EditRole:
                return self._editable(row) if index.column() == Column.VALUE else None
            case Qt.ItemDataRole.ToolTipRole:
                return self._text(row, Column(index.column())) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row, index)
            case Role.ROW:
                return row
            case Role.FINDINGS:
                return self._findings.get(index.row(), ())
            case Role.UNIT:
                return self._unit(row)
            case Role.PLACE:
                return place_words(row.origin, row.entry.column) if row.entry.raw else ""
            case Role.IS_NUMBER:
                return self._is_number(row)
        return None

    def _text(self, row: ValueRow, column: Column) -> str:
        shown = self._session.shows_cpr
        match column:
            case Column.FIELD:
                return self._label(row)
            case Column.VALUE if row.is_missing:
                return tr("Tilføjes i filen")
            case Column.VALUE:
                return entry_words(row.entry, row.definition, self._session.standard, self._family, shown=shown)
            case Column.RAW:
                return self._raw(row)

    def _label(self, row: ValueRow) -> str:
        told = row.label[chosen()]
        citizen = citizen_in(self._family, row.citizen) if self._family and row.citizen else None
        return f"{told}  ·  {citizen_name(citizen)}" if citizen else told

    def _raw(self, row: ValueRow) -> str:
        if row.entry.raw:
            raw = (
                row.entry.raw
                if row.definition != "citizen.cpr" or self._session.shows_cpr
                else self._text(row, Column.VALUE)
            )
            raw = covered(raw, shown=self._session.shows_cpr)
            return f"{raw} {row.unit.raw}" if row.unit.raw else raw
        return tr("følger af andet") if row.entry.value is not None else tr("står der ikke")

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

    def _spoken(self, row: ValueRow, index: Index) -> str:
        if index.column() != Column.VALUE:
            return self._text(row, Column(index.column()))
        told = (self._label(row), self._text(row, Column.VALUE) or tr("tomt felt"), self._unit(row))
        findings = (self._session.words(finding).title for finding in self._findings.get(index.row(), ()))
        return ", ".join(filter(None, (*told, *findings)))

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Mend a value, if it is another than what stands there."""
        row = self.row(index)
        if row is None or role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        if str(value).strip() == self._editable(row):
            return False
        self._session.mend(row.place, str(value))
        return True


def _nearness(row: ValueRow, record: str, field: str, variable: str) -> int:
    """How well a row is what a place names: 0 not at all, more for the very field of the very record."""
    if record and row.place.record and record != row.place.record:
        return 0
    is_field = bool(field) and field == (row.place.field or row.place.variable)
    is_variable = bool(variable) and variable in (row.place.variable, row.definition)
    is_record = bool(record) and record == row.place.record
    if not (is_field or is_variable or (is_record and not row.is_part)):
        return 0
    return 1 + 4 * is_field + 2 * is_record + is_variable + (not row.is_part and not field)
