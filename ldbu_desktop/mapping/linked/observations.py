"""A linked table with a row for each observation: its visits are gathered from the rows, and answers to responses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from ldbu_desktop.journal.fields import CITIZEN_CPR, OBSERVATION_SUBJECT, RESPONSE_STATUS
from ldbu_desktop.journal.model import EMPTY, NO_COLUMN, Answer, Entry, QuestionnaireResponse
from ldbu_desktop.mapping.columns import by_columns
from ldbu_desktop.mapping.entries import follows
from ldbu_desktop.mapping.families import Gathering
from ldbu_desktop.mapping.linked.forms import reason_cell, subject_cell
from ldbu_desktop.mapping.linked.joins import Joins
from ldbu_desktop.mapping.linked.meanings import VALUE_LEFT_OUT, Meanings
from ldbu_desktop.mapping.linked.reading import SEVERAL_VISITS, VisitOfRow, visit_readings
from ldbu_desktop.mapping.linked.table import Fates, LinkedTable
from ldbu_desktop.mapping.links import OBSERVATION_VARIABLE, Part, Subject
from ldbu_desktop.mapping.long_records import read_answer, read_observations, subject_of
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.mapping.wide_columns import CHILD, WideShape
from ldbu_desktop.sources.rows import Column, RowGroup, TableRows

_NUMBER_OF: Mapping[object, int] = {Subject.PARENT_1: 1, Subject.PARENT_2: 2}
"""The numbers that parents have, by whom a text means."""


def read_linked_observations(
    table: LinkedTable, shape: WideShape, gathering: Gathering, joins: Joins, vocabulary: Vocabulary
) -> None:
    """Read the rows as those of our own table of observations are, each at the visit that it says."""
    rows = _Rows(table, shape, gathering, joins, vocabulary)
    made = {"visit": table.layout.made, "subject": table.layout.made + 1}
    table.linked.subject = table.layout.observation.get("subject", NO_COLUMN)
    view = table.view({**table.layout.observation, **made})
    view.rows = TableRows(rows.of_observations())
    read_observations(view, gathering, vocabulary)
    rows.place_responses()


class _Rows:
    """The rows of one table; those that are answers are kept aside until all are there."""

    def __init__(
        self, table: LinkedTable, shape: WideShape, gathering: Gathering, joins: Joins, vocabulary: Vocabulary
    ) -> None:
        self._table, self._gathering, self._vocabulary = table, gathering, vocabulary
        self._reading = visit_readings(table, shape, gathering, joins, vocabulary)[0]
        self._answers: dict[tuple[str, str, Entry[str] | None], list[Answer]] = {}
        self._visits: dict[tuple[str, ...], VisitOfRow | None] = {}
        self._of_whom = _OfWhom(table, vocabulary)
        self._name_at = table.layout.observation.get("variable", NO_COLUMN)
        self._value_at = table.layout.observation.get("value", NO_COLUMN)
        self._named = _Named(table, self._name_at, self._value_at)

    def of_observations(self) -> Iterator[RowGroup]:
        """The rows that are observations, with the key of their visit and whom they are about in cells of their own."""
        table, of_whom = self._table, self._of_whom
        shared = (*dict.fromkeys(table.layout.shared.values()), NO_COLUMN)
        for group in by_columns(table.rows):
            columns, kept = group.columns, _Kept()
            told = zip(
                columns[self._name_at].through(self._named),
                columns[self._value_at].cells,
                columns[of_whom.at].cells,
                zip(*(columns[at].cells for at in shared), strict=True),
                strict=True,
            )
            last, visit = None, None
            for row, ((variable, is_answer, not_read, fates), raw, whom, of_visit) in enumerate(told):
                if not_read:
                    table.leave_out(not_read, group.numbers[row], group.cells(row))
                    continue
                if of_visit != last:
                    last, visit = of_visit, self._visit(of_visit, group, row)
                elif visit is None:
                    table.leave_out(SEVERAL_VISITS, group.numbers[row], group.cells(row))
                if visit is None:
                    continue
                fate = fates[raw] if fates is not None else None
                if (whom and of_whom.leaves_out(whom)) or (fate is not None and not fate.missing):
                    table.leave_out(VALUE_LEFT_OUT, group.numbers[row], group.cells(row))
                elif is_answer:
                    if fate is None and raw.strip():
                        self._answer(variable, group, row, visit)
                else:
                    if fate is not None:
                        kept.missing[len(kept.rows)] = reason_cell("", fate.missing, raw)
                    kept.rows.append(row)
                    kept.visits.append(visit.draft.key)
                    kept.subjects.append(of_whom.cell(whom, visit) if whom else "")
            if kept.rows:
                yield self._with_made(group.picked(kept.rows), kept)

    def _visit(self, of_visit: tuple[str, ...], group: RowGroup, row: int) -> VisitOfRow | None:
        """The visit that a row is of, by the cells that say it; None, which is told, where it may be several."""
        visits = self._visits
        if of_visit not in visits:
            visits[of_visit] = self._reading.visit(group.numbers[row], group.cells(row))
        elif visits[of_visit] is None:
            self._table.leave_out(SEVERAL_VISITS, group.numbers[row], group.cells(row))
        return visits[of_visit]

    def _with_made(self, group: RowGroup, kept: _Kept) -> RowGroup:
        columns = list(group.columns)
        if kept.missing:
            reason_at = self._table.layout.observation["missing_reason"]
            values, reasons = list(columns[self._value_at].cells), list(columns[reason_at].cells)
            for row, reason in kept.missing.items():
                values[row], reasons[row] = "", reason
            columns[self._value_at], columns[reason_at] = Column.of(values), Column.of(reasons)
        return RowGroup(group.numbers, [*columns[:-1], Column(kept.visits), Column.of(kept.subjects), columns[-1]])

    def _answer(self, variable: str, group: RowGroup, row: int, visit: VisitOfRow) -> None:
        questionnaire, _, link_id = variable.partition("/")
        name, raw, whom = (group.columns[at].at(row) for at in (self._name_at, self._value_at, self._of_whom.at))
        written: Entry[Any] = Entry(None, raw, self._value_at)
        origin = self._table.origin(group.numbers[row])
        answer = read_answer(self._vocabulary, questionnaire, Entry(None, link_id), written, origin)
        known = self._table.linked.meanings.get((self._value_at, variable))
        value = replace(written, value=known[raw]) if known is not None and raw in known else answer.value
        link: Entry[str] = Entry(link_id, name, self._name_at)
        subject = self._of_whom.entry(whom, visit)
        answers = self._answers.setdefault((visit.draft.key, questionnaire, subject), [])
        answers.append(Answer(link, value, answer.origin))

    def place_responses(self) -> None:
        """Put the responses at their visits."""
        for (visit, questionnaire_id, subject), answers in self._answers.items():
            draft = self._gathering.visits[visit]
            questionnaire: Entry[str] = follows(questionnaire_id)
            draft.responses.append(
                QuestionnaireResponse(
                    self._gathering.free_key("response", f"{visit}/{questionnaire_id}"),
                    questionnaire,
                    subject or subject_of(questionnaire, draft, self._vocabulary),
                    draft.at,
                    EMPTY,
                    self._vocabulary.default(RESPONSE_STATUS),
                    tuple(answers),
                    answers[0].origin,
                )
            )


class _Kept(Struct):
    """Of some rows those that are observations, with what is said of each, and why some have no value."""

    rows: list[int] = []
    visits: list[str] = []
    subjects: list[str] = []
    missing: dict[int, str] = {}


class _OfWhom:
    """Whom the rows of a table are about, where a column says so: who of the visit's people its texts mean."""

    def __init__(self, table: LinkedTable, vocabulary: Vocabulary) -> None:
        self.at = table.layout.observation.get("subject", NO_COLUMN)
        known = table.linked.meanings.get((self.at, OBSERVATION_SUBJECT))
        self._meanings = known or Meanings(vocabulary, (), Part.VALUE)
        self._fates = Fates(self._meanings)
        about = {target.subject for target in table.layout.targets.values() if target.variable == CITIZEN_CPR}
        self._tells_which_parent = Subject.PARENT not in about

    def leaves_out(self, text: str) -> bool:
        """Whether somebody has decided that rows about such a person are not read."""
        fate = self._fates[text]
        return fate is not None and bool(fate.not_read)

    def cell(self, text: str, visit: VisitOfRow) -> str:
        """The cell that tells whom a row is about; empty where none says it."""
        entry = self.entry(text, visit)
        return subject_cell(entry.value, entry.raw) if entry is not None else ""

    def entry(self, text: str, visit: VisitOfRow) -> Entry[str] | None:
        """Whom a row is about; a text that means nobody of the visit is nobody's, and None where there is none."""
        if not text.strip():
            return None
        said = self._meanings.get(text)
        # A corrected copy has the key of the citizen.
        key = text.strip() if text.strip() in visit.people.values() else self._key(said, visit)
        return Entry(key, text, self.at)

    def _key(self, said: object, visit: VisitOfRow) -> str | None:
        if said == Subject.CHILD:
            return visit.people[CHILD]
        parents = {number: key for number, key in visit.people.items() if number != CHILD and key is not None}
        if said == Subject.PARENT or (said in _NUMBER_OF and not self._tells_which_parent):
            return next(iter(parents.values())) if len(parents) == 1 else None
        return parents.get(_NUMBER_OF.get(said, CHILD))


class _Name(NamedTuple):
    """What a text is the name of, why rows that have it are not read, and the fates of the texts that go with it."""

    variable: str
    is_answer: bool
    not_read: str
    fates: Fates | None


class _Named(dict[str, _Name]):
    """What the texts of a column of names are names of."""

    def __init__(self, table: LinkedTable, name_at: int, value_at: int) -> None:
        super().__init__()
        self._meanings, self._value_at = table.linked.meanings, value_at
        self._names = table.linked.variables(name_at)
        self._of_names = self._meanings.get((name_at, OBSERVATION_VARIABLE))

    def __missing__(self, name: str) -> _Name:
        fate = self._of_names.fate(name) if self._of_names is not None else None
        variable = self._names[name].value or ""
        known = self._meanings.get((self._value_at, variable))
        not_read = fate.not_read or VALUE_LEFT_OUT if fate is not None else ""
        fates = Fates(known) if known is not None and known.fates else None
        found = self[name] = _Name(variable, "/" in variable, not_read, fates)
        return found
