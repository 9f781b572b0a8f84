"""A linked table with a row for each observation: its visits are gathered from the rows, and answers to responses."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from msgspec.structs import replace

from ldbu_desktop.journal.fields import RESPONSE_STATUS
from ldbu_desktop.journal.model import EMPTY, NO_COLUMN, Answer, Entry, QuestionnaireResponse
from ldbu_desktop.mapping.drafts import VisitDraft
from ldbu_desktop.mapping.entries import follows
from ldbu_desktop.mapping.families import Gathering
from ldbu_desktop.mapping.linked.forms import reason_cell
from ldbu_desktop.mapping.linked.joins import Joins
from ldbu_desktop.mapping.linked.meanings import VALUE_LEFT_OUT
from ldbu_desktop.mapping.linked.reading import SEVERAL_VISITS, visit_readings
from ldbu_desktop.mapping.linked.table import Fates, LinkedTable
from ldbu_desktop.mapping.links import OBSERVATION_VARIABLE
from ldbu_desktop.mapping.long_records import read_answer, read_observations, subject_of
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.mapping.wide_columns import WideShape
from ldbu_desktop.sources.tables import Row


def read_linked_observations(
    table: LinkedTable, shape: WideShape, gathering: Gathering, joins: Joins, vocabulary: Vocabulary
) -> None:
    """Read the rows as those of our own table of observations are, each at the visit that it says."""
    rows = _Rows(table, shape, gathering, joins, vocabulary)
    view = table.view({**table.layout.observation, "visit": table.layout.made})
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
        self._answers: dict[tuple[str, str], list[Answer]] = {}
        self._visits: dict[tuple[str, ...], VisitDraft | None] = {}
        self._name_at = table.layout.observation.get("variable", NO_COLUMN)
        self._value_at = table.layout.observation.get("value", NO_COLUMN)
        self._named = _Named(table, self._name_at, self._value_at)

    def of_observations(self) -> Iterator[Row]:
        """The rows that are observations, with the key of their visit in the last cell but one."""
        table, named, visits = self._table, self._named, self._visits
        name_at, value_at = self._name_at, self._value_at
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
            draft = visits[group]
            if draft is None:
                continue
            fate = fates[cells[value_at]] if fates is not None else None
            if fate is not None:
                if not fate.missing:
                    table.leave_out(fate.not_read, number, cells)
                    continue
                cells[table.layout.observation["missing_reason"]] = reason_cell("", fate.missing, cells[value_at])
                cells[value_at] = ""
            if variable is not None and "/" in variable:
                self._answer(variable, number, cells, draft)
                continue
            cells[-1:] = [draft.key, ""]
            yield number, cells

    def _answer(self, variable: str, number: int, cells: list[str], draft: VisitDraft) -> None:
        questionnaire, _, link_id = variable.partition("/")
        raw = cells[self._value_at]
        if not raw.strip():
            return
        written: Entry[Any] = Entry(None, raw, self._value_at)
        answer = read_answer(self._vocabulary, questionnaire, Entry(None, link_id), written, self._table.origin(number))
        known = self._table.linked.meanings.get((self._value_at, variable))
        value = replace(written, value=known[raw]) if known is not None and raw in known else answer.value
        link: Entry[str] = Entry(link_id, cells[self._name_at], self._name_at)
        answers = self._answers.setdefault((draft.key, questionnaire), [])
        answers.append(Answer(link, value, answer.origin))

    def place_responses(self) -> None:
        """Put the responses at their visits."""
        for (visit, questionnaire_id), answers in self._answers.items():
            draft = self._gathering.visits[visit]
            questionnaire: Entry[str] = follows(questionnaire_id)
            draft.responses.append(
                QuestionnaireResponse(
                    self._gathering.free_key("response", f"{visit}/{questionnaire_id}"),
                    questionnaire,
                    subject_of(questionnaire, draft, self._vocabulary),
                    draft.at,
                    EMPTY,
                    self._vocabulary.default(RESPONSE_STATUS),
                    tuple(answers),
                    answers[0].origin,
                )
            )


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
