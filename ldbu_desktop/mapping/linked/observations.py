"""A linked table with a row for each observation: its visits are gathered from the rows, and answers to responses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

from msgspec.structs import replace

from ldbu_desktop.journal.fields import CITIZEN_CPR, OBSERVATION_SUBJECT, RESPONSE_STATUS
from ldbu_desktop.journal.model import EMPTY, NO_COLUMN, Answer, Entry, QuestionnaireResponse
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
from ldbu_desktop.sources.tables import Row

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
    view.rows = rows.of_observations()
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

    def of_observations(self) -> Iterator[Row]:
        """The rows that are observations, with the key of their visit and whom they are about in cells of their own."""
        table, named, visits = self._table, self._named, self._visits
        name_at, value_at = self._name_at, self._value_at
        of_whom = self._of_whom
        group_of = itemgetter(*dict.fromkeys(table.layout.shared.values()), NO_COLUMN)
        for number, cells in table.rows:
            variable, not_read, fates = named[cells[name_at]]
            if not_read:
                table.leave_out(not_read, number, cells)
                continue
            group = group_of(cells)
            if group not in visits:
                visits[group] = self._reading.visit(number, cells)
            elif visits[group] is None:
                table.leave_out(SEVERAL_VISITS, number, cells)
            visit = visits[group]
            if visit is None:
                continue
            draft = visit.draft
            if of_whom.is_left_out(cells):
                table.leave_out(VALUE_LEFT_OUT, number, cells)
                continue
            fate = fates[cells[value_at]] if fates is not None else None
            if fate is not None:
                if not fate.missing:
                    table.leave_out(fate.not_read, number, cells)
                    continue
                cells[table.layout.observation["missing_reason"]] = reason_cell("", fate.missing, cells[value_at])
                cells[value_at] = ""
            if variable is not None and "/" in variable:
                self._answer(variable, number, cells, visit)
                continue
            cells[-1:] = [draft.key, of_whom.cell(cells, visit), ""]
            yield number, cells

    def _answer(self, variable: str, number: int, cells: list[str], visit: VisitOfRow) -> None:
        questionnaire, _, link_id = variable.partition("/")
        raw = cells[self._value_at]
        if not raw.strip():
            return
        written: Entry[Any] = Entry(None, raw, self._value_at)
        answer = read_answer(self._vocabulary, questionnaire, Entry(None, link_id), written, self._table.origin(number))
        known = self._table.linked.meanings.get((self._value_at, variable))
        value = replace(written, value=known[raw]) if known is not None and raw in known else answer.value
        link: Entry[str] = Entry(link_id, cells[self._name_at], self._name_at)
        subject = self._of_whom.entry(cells, visit)
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


class _OfWhom:
    """Whom the rows of a table are about, where a column says so: who of the visit's people its texts mean."""

    def __init__(self, table: LinkedTable, vocabulary: Vocabulary) -> None:
        self._at = table.layout.observation.get("subject", NO_COLUMN)
        known = table.linked.meanings.get((self._at, OBSERVATION_SUBJECT))
        self._meanings = known or Meanings(vocabulary, (), Part.VALUE)
        self._fates = Fates(self._meanings)
        about = {target.subject for target in table.layout.targets.values() if target.variable == CITIZEN_CPR}
        self._tells_which_parent = Subject.PARENT not in about

    def is_left_out(self, cells: list[str]) -> bool:
        """Whether somebody has decided that rows about such a person are not read."""
        fate = self._fates[cells[self._at]]
        return fate is not None and bool(fate.not_read)

    def cell(self, cells: list[str], visit: VisitOfRow) -> str:
        """The cell that tells whom a row is about; empty where none says it."""
        entry = self.entry(cells, visit)
        return subject_cell(entry.value, entry.raw) if entry is not None else ""

    def entry(self, cells: list[str], visit: VisitOfRow) -> Entry[str] | None:
        """Whom a row is about; a text that means nobody of the visit is nobody's, and None where there is none."""
        text = cells[self._at]
        if not text.strip():
            return None
        said = self._meanings.get(text)
        # A corrected copy has the key of the citizen.
        key = text.strip() if text.strip() in visit.people.values() else self._key(said, visit)
        return Entry(key, text, self._at)

    def _key(self, said: object, visit: VisitOfRow) -> str | None:
        if said == Subject.CHILD:
            return visit.people[CHILD]
        parents = {number: key for number, key in visit.people.items() if number != CHILD and key is not None}
        if said == Subject.PARENT or (said in _NUMBER_OF and not self._tells_which_parent):
            return next(iter(parents.values())) if len(parents) == 1 else None
        return parents.get(_NUMBER_OF.get(said, CHILD))


class _Named(dict[str, tuple[str | None, str, Fates | None]]):
    """What the names of a column are names of, why rows that have them are not read, and the fates of their texts."""

    def __init__(self, table: LinkedTable, name_at: int, value_at: int) -> None:
        super().__init__()
        self._meanings, self._value_at = table.linked.meanings, value_at
        self._names = table.linked.variables(name_at)
        self._of_names = self._meanings.get((name_at, OBSERVATION_VARIABLE))

    def __missing__(self, name: str) -> tuple[str | None, str, Fates | None]:
        fate = self._of_names.fate(name) if self._of_names is not None else None
        variable = self._names[name].value
        known = self._meanings.get((self._value_at, variable or ""))
        not_read = fate.not_read or VALUE_LEFT_OUT if fate is not None else ""
        found = self[name] = variable, not_read, Fates(known) if known is not None and known.fates else None
        return found
