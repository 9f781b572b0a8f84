"""A linked table with a row for each observation: its visits are gathered from the rows, and answers to responses."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from ldbu_desktop.journal.fields import RESPONSE_STATUS
from ldbu_desktop.journal.model import EMPTY, NO_COLUMN, Answer, Entry, QuestionnaireResponse
from ldbu_desktop.mapping.drafts import VisitDraft
from ldbu_desktop.mapping.entries import follows
from ldbu_desktop.mapping.families import Gathering
from ldbu_desktop.mapping.linked.forms import reason_cell
from ldbu_desktop.mapping.linked.joins import Joins
from ldbu_desktop.mapping.linked.meanings import VALUE_LEFT_OUT, Fate
from ldbu_desktop.mapping.linked.reading import SEVERAL_VISITS, visit_readings
from ldbu_desktop.mapping.linked.table import LinkedTable
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
        self._names = table.linked.variables(self._name_at)
        self._of_name = table.linked.meanings.get((self._name_at, OBSERVATION_VARIABLE))

    def of_observations(self) -> Iterator[Row]:
        """The rows that are observations, with the key of their visit in the last cell but one."""
        table = self._table
        columns = (*dict.fromkeys(table.layout.shared.values()),)
        group_of = itemgetter(*columns, NO_COLUMN)
        for number, cells in table.rows:
            name = cells[self._name_at]
            fate = self._of_name.fate(name) if self._of_name is not None else None
            if fate is not None:
                table.leave_out(fate.not_read or VALUE_LEFT_OUT, number, cells)
                continue
            variable = self._names[name].value
            group = group_of(cells)
            if group not in self._visits:
                self._visits[group] = self._reading.visit(number, cells)
            elif self._visits[group] is None:
                table.leave_out(SEVERAL_VISITS, number, cells)
            draft = self._visits[group]
            if draft is None:
                continue
            reason = ""
            fate = self._fate(variable, cells[self._value_at])
            if fate is not None and not fate.missing:
                table.leave_out(fate.not_read, number, cells)
                continue
            if fate is not None:
                reason = reason_cell("", fate.missing, cells[self._value_at])
                cells[self._value_at] = ""
            if variable is not None and "/" in variable:
                self._answer(variable, number, cells, draft)
                continue
            if reason:
                cells[table.layout.observation["missing_reason"]] = reason
            cells[-1:] = [draft.key, ""]
            yield number, cells

    def _fate(self, variable: str | None, raw: str) -> Fate | None:
        known = self._table.linked.meanings.get((self._value_at, variable or ""))
        return known.fate(raw) if known is not None and raw else None

    def _answer(self, variable: str, number: int, cells: list[str], draft: VisitDraft) -> None:
        questionnaire, _, link_id = variable.partition("/")
        raw = cells[self._value_at]
        if not raw.strip():
            return
        written: Entry[Any] = Entry(None, raw, self._value_at)
        answer = read_answer(self._vocabulary, questionnaire, Entry(None, link_id), written, self._table.origin(number))
        known = self._table.linked.meanings.get((self._value_at, variable))
        value = written._replace(value=known[raw]) if known is not None and raw in known else answer.value
        link = Entry(link_id, cells[self._name_at], self._name_at)
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
