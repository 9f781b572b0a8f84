"""What was recorded at visits in the long shape: observations, exam findings, interventions and answers, a row each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from operator import itemgetter
from typing import Any

from ldbu_desktop.journal import readings
from ldbu_desktop.journal.fields import (
    INTERVENTION_ACTIVITY_STATUS,
    INTERVENTION_CODE,
    INTERVENTION_END,
    INTERVENTION_REASONS,
    INTERVENTION_START,
    INTERVENTION_STATUS,
    OBSERVATION_END,
    OBSERVATION_MISSING_REASON,
    OBSERVATION_START,
    OBSERVATION_STATUS,
    RESPONSE_AUTHORED,
    RESPONSE_INFORMER,
    RESPONSE_QUESTIONNAIRE,
    RESPONSE_STATUS,
    RESPONSE_SUBJECT,
)
from ldbu_desktop.journal.model import (
    EMPTY,
    Answer,
    Contradiction,
    Entry,
    Intervention,
    Moment,
    Observation,
    Origin,
    QuestionnaireResponse,
)
from ldbu_desktop.mapping.columns import ShapedTable, by_columns
from ldbu_desktop.mapping.contradictions import said_of
from ldbu_desktop.mapping.drafts import VisitDraft
from ldbu_desktop.mapping.entries import ColumnEntries, follows, several
from ldbu_desktop.mapping.families import Gathering
from ldbu_desktop.mapping.layout import findings_variable
from ldbu_desktop.mapping.quantities import ValueEntries
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.sources.rows import Part, RowGroup, TableRows

NO_VISIT = VisitDraft("", EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, (), Origin())
"""What follows for a record without a visit: nothing."""


def _visit_of(raw: str, table: ShapedTable, gathering: Gathering, number: int) -> VisitDraft | None:
    """The visit that a row names. One that is not there is told at the record, which belongs to no visit then."""
    draft = gathering.visits.get(raw) or gathering.visits.get(raw.strip())
    if draft is None and raw.strip():
        table.leave_out("record-unplaced", number, (raw,), table.column("visit"))
    return draft


def _told_incomplete(table: ShapedTable, number: int, visit_raw: str, subject_raw: str, cells: list[str]) -> bool:
    """A row that names neither visit nor citizen belongs nowhere: it is left out, and told."""
    if visit_raw.strip() or subject_raw.strip():
        return False
    if any(map(str.strip, cells)):
        table.note("file-row-incomplete", number, table.column("visit"))
        table.leave_out("file-row-incomplete", number, cells)
    return True


def read_observations(table: ShapedTable, gathering: Gathering, vocabulary: Vocabulary) -> None:
    """Measurements and assessments."""
    file, sheet = table.table.file, table.table.sheet
    subjects = table.forms.subjects(table.column("subject"))
    observed = _Observed(table)
    reasons = table.forms.entries(OBSERVATION_MISSING_REASON, table.column("missing_reason"))
    starts = table.forms.entries(OBSERVATION_START, table.column("start"))
    ends = table.forms.entries(OBSERVATION_END, table.column("end"))
    final = vocabulary.default(OBSERVATION_STATUS)
    statuses = table.forms.entries(OBSERVATION_STATUS, table.column("status"), final)
    taken = gathering.observation_keys
    draft, known, last_raw, at_visit = None, NO_VISIT, "", ""
    written_at = table.column("key"), table.column("visit"), subjects.column
    for group in by_columns(TableRows(_complete(table))):
        told = zip(
            *(group.columns[at].cells for at in written_at),
            map(observed.__getitem__, zip(*(group.columns[at].cells for at in observed.columns), strict=True)),
            *(entries.of(group) for entries in (reasons, starts, ends, statuses)),
            map(Origin, repeat(file), repeat(sheet), group.numbers),
            strict=True,
        )
        for key, visit_raw, subject_raw, said, reason, start, end, status, origin in told:
            if visit_raw != last_raw or draft is None:
                # Most rows are of the same visit as the one before.
                last_raw = visit_raw
                draft = _visit_of(visit_raw, table, gathering, origin.row)
                known, at_visit = draft or NO_VISIT, visit_raw.strip()
            variable, value, unit, values = said
            subject = subjects[subject_raw] if subject_raw else (known.parent if values.is_of_parent else known.citizen)
            is_period = values.may_be_period and end is not EMPTY
            key = written = key.strip()
            is_free = False
            if not written:
                # After visit, variable and parent, a key is the same at the next export.
                end_of_key = values.variable_id or str(origin.row)
                if values.is_of_parent and subject.value:
                    end_of_key = f"{end_of_key}/{subject.value}"
                key = f"{at_visit}/{end_of_key}"
                if taken is None and draft is not None and end_of_key not in draft.derived:
                    draft.derived.add(end_of_key)
                    is_free = True
            if not is_free:
                if taken is None:
                    taken = gathering.known_observation_keys()
                before = len(taken)
                taken.add(key)
                if len(taken) == before:
                    key = _free_key("observation", written, key, origin.row, table, gathering)
            if start is EMPTY and not is_period:
                start = known.at
            observation = Observation(
                key, variable, subject, value, unit, reason, start, end, is_period, status, origin
            )
            if draft is not None:
                draft.observations.append(observation)
            else:
                gathering.aside.append(observation)


def _complete(table: ShapedTable) -> Iterator[Part]:
    """The rows that name a visit or a citizen; of each other it is told that it is left out."""
    visit_at, subject_at = table.column("visit"), table.column("subject")
    for part in TableRows.of(table.rows).parts():
        if isinstance(part, RowGroup) and "" not in part.columns[visit_at].texts:
            yield part
        else:
            yield (
                (number, cells)
                for number, cells in (part.rows() if isinstance(part, RowGroup) else part)
                if cells[visit_at] or not _told_incomplete(table, number, "", cells[subject_at], cells)
            )


_Said = tuple[Entry[str], Entry[Any], Entry[str], ValueEntries]


class _Observed(dict[tuple[str, ...], _Said]):
    """What the texts of variable, value and unit say together, and by which values: each variable has its own.

    ``columns`` are those of the three texts.
    """

    def __init__(self, table: ShapedTable) -> None:
        super().__init__()
        self._forms = table.forms
        self.columns = tuple(map(table.column, ("variable", "value", "unit")))
        self._variables = table.forms.variables(self.columns[0])
        self._values: dict[str | None, ValueEntries] = {}

    def __missing__(self, raws: tuple[str, ...]) -> _Said:
        variable_raw, value_raw, unit_raw = raws
        variable = self._variables[variable_raw]
        values = self._values.get(variable.value)
        if values is None:
            values = self._values[variable.value] = self._forms.values(variable.value, *self.columns[1:])
        said = self[raws] = variable, *values[value_raw, unit_raw], values
        return said


def read_findings(table: ShapedTable, gathering: Gathering, vocabulary: Vocabulary) -> None:
    """Findings at examinations: observations of one variable, each with its code."""
    subjects = ColumnEntries(readings.citizen_key, table.column("subject"))
    codes = table.forms.entries(findings_variable(), table.column("value"))
    starts = table.forms.entries(OBSERVATION_START, table.column("start"))
    final = vocabulary.default(OBSERVATION_STATUS)
    statuses = table.forms.entries(OBSERVATION_STATUS, table.column("status"), final)
    variable: Entry[str] = follows(findings_variable())
    pick = itemgetter(
        table.column("key"), table.column("visit"), subjects.column, codes.column, starts.column, statuses.column
    )
    for number, cells in table.rows:
        key, visit_raw, subject_raw, code_raw, start_raw, status_raw = pick(cells)
        if _told_incomplete(table, number, visit_raw, subject_raw, cells):
            continue
        draft = _visit_of(visit_raw, table, gathering, number)
        known = draft or NO_VISIT
        code = codes[code_raw]
        wanted = key.strip() or f"{visit_raw.strip()}/{variable.value}/{code.value or number}"
        observation = Observation(
            _free_key("observation", key, wanted, number, table, gathering),
            variable,
            subjects[subject_raw] if subject_raw else known.citizen,
            code,
            EMPTY,
            EMPTY,
            _or_at(starts[start_raw], known),
            EMPTY,
            False,
            statuses[status_raw],
            table.origin(number),
        )
        gathering.place(observation, draft)


def _or_at(start: Entry[Moment], known: VisitDraft) -> Entry[Moment]:
    """The time as written, or the visit's."""
    return start if start is not EMPTY else known.at


def _free_key(kind: str, written: str, wanted: str, number: int, table: ShapedTable, gathering: Gathering) -> str:
    """A key that no other record of the kind has; one that was written twice is told."""
    key = gathering.free_key(kind, wanted)
    if written.strip() and key != wanted:
        table.note("file-duplicate-key", number, table.column("key"), written, key=wanted)
    return key


def read_interventions(table: ShapedTable, gathering: Gathering, vocabulary: Vocabulary) -> None:
    """Need-based interventions, each with the conditions that are its reasons."""
    subjects = ColumnEntries(readings.citizen_key, table.column("subject"))
    codes = table.forms.entries(INTERVENTION_CODE, table.column("code"))
    reasons = table.forms.entries(INTERVENTION_REASONS, table.column("reasons"))
    starts = table.forms.entries(INTERVENTION_START, table.column("start"))
    ends = table.forms.entries(INTERVENTION_END, table.column("end"))
    statuses = table.forms.entries(INTERVENTION_STATUS, table.column("status"))
    activity = vocabulary.default(INTERVENTION_ACTIVITY_STATUS)
    activities = table.forms.entries(INTERVENTION_ACTIVITY_STATUS, table.column("activity_status"), activity)
    columns = (subjects, codes, reasons, starts, ends, statuses, activities)
    pick = itemgetter(table.column("key"), table.column("visit"), *(entries.column for entries in columns))
    for number, cells in table.rows:
        key, visit_raw, subject_raw, code_raw, reasons_raw, start_raw, end_raw, status_raw, activity_raw = pick(cells)
        if _told_incomplete(table, number, visit_raw, subject_raw, cells):
            continue
        draft = _visit_of(visit_raw, table, gathering, number)
        known = draft or NO_VISIT
        code, end, status = codes[code_raw], ends[end_raw], statuses[status_raw]
        wanted = key.strip() or f"{visit_raw.strip()}/{code.value or number}"
        intervention = Intervention(
            _free_key("intervention", key, wanted, number, table, gathering),
            subjects[subject_raw] if subject_raw else known.citizen,
            code,
            several(reasons_raw, reasons),
            _or_at(starts[start_raw], known),
            end,
            status if status is not EMPTY else vocabulary.default(INTERVENTION_STATUS, is_ended=end is not EMPTY),
            activities[activity_raw],
            table.origin(number),
        )
        gathering.place(intervention, draft)


def read_answers(table: ShapedTable, gathering: Gathering, vocabulary: Vocabulary) -> None:
    """Questionnaire responses: rows with the same key, or with the same visit, citizen and questionnaire, are one.

    Rows with the same key at several visits are as many responses.
    """
    heads = _ResponseHeads(table, gathering, vocabulary)
    answers: dict[_Group, list[Answer]] = {}
    first: dict[_Group, tuple[int, list[str]]] = {}
    groups = _Groups()
    columns = [*map(table.column, ("key", "visit", "subject", "questionnaire", "informer", "authored", "status"))]
    pick = itemgetter(*columns)
    pick_answer = itemgetter(table.column("link_id"), table.column("value"))
    for number, cells in table.rows:
        head = pick(cells)
        key, visit_raw, subject_raw, questionnaire_raw = (text.strip() for text in head[:4])
        if not key and _told_incomplete(table, number, visit_raw, subject_raw, cells):
            continue
        group = groups.of_key(key, visit_raw) if key else (visit_raw, subject_raw, questionnaire_raw)
        _visit_of(visit_raw, table, gathering, number)
        begun, known = first.setdefault(group, (number, [*head]))
        for position, (text, before) in enumerate(zip(head, known, strict=True)):
            if not before.strip():
                known[position] = text
            elif text.strip() in ("", before.strip()) or heads.contradicts(position, known, begun, text, number):
                continue
            else:
                table.unused(number, columns[position], text)
        questionnaire = heads.questionnaires[known[3]]
        link_raw, value_raw = pick_answer(cells)
        answers.setdefault(group, []).append(heads.answer(questionnaire, link_raw, value_raw, table.origin(number)))
    for group, (number, head) in first.items():
        heads.place(number, head, tuple(answers[group]))


_Group = tuple[str, ...]
"""What the rows of one response have in common."""


class _Groups:
    """The responses of written keys, each at a visit: a row that names no visit goes on with the one before."""

    def __init__(self) -> None:
        self._at_visit: dict[tuple[str, str], _Group] = {}
        self._last: dict[str, tuple[_Group, str]] = {}

    def of_key(self, key: str, visit: str) -> _Group:
        """The group of a row."""
        last, last_visit = self._last.get(key, (None, ""))
        if last is not None and (not visit or not last_visit):
            group, visit = last, visit or last_visit
        else:
            group = self._at_visit.get((key, visit), (key, visit))
        self._last[key] = group, visit
        self._at_visit[key, visit] = group
        return group


_PART_OF_HEAD = {2: RESPONSE_SUBJECT, 3: RESPONSE_QUESTIONNAIRE}


class _ResponseHeads:
    """What the rows of one questionnaire response have in common."""

    def __init__(self, table: ShapedTable, gathering: Gathering, vocabulary: Vocabulary) -> None:
        self._table, self._gathering, self._vocabulary = table, gathering, vocabulary
        self._subjects = ColumnEntries(readings.citizen_key, table.column("subject"))
        self.questionnaires = ColumnEntries(vocabulary.questionnaire, table.column("questionnaire"))
        self._informers = table.forms.entries(RESPONSE_INFORMER, table.column("informer"))
        self._authored = table.forms.entries(RESPONSE_AUTHORED, table.column("authored"))
        completed = vocabulary.default(RESPONSE_STATUS)
        self._statuses = table.forms.entries(RESPONSE_STATUS, table.column("status"), completed)

    def answer(self, questionnaire: Entry[str], link_raw: str, value_raw: str, origin: Origin) -> Answer:
        """One row's answer, read by the type of its question."""
        return read_answer(
            self._vocabulary,
            questionnaire.value or "",
            Entry(None, link_raw, self._table.column("link_id")),
            Entry(None, value_raw, self._table.column("value")),
            origin,
        )

    def contradicts(self, position: int, head: list[str], begun: int, text: str, number: int) -> bool:
        """Whether a row says another citizen or questionnaire than the response's first: its visit keeps both."""
        part = _PART_OF_HEAD.get(position)
        draft = self._gathering.visits.get(head[1].strip())
        if part is None or draft is None:
            return False
        entries = self._subjects if part == RESPONSE_SUBJECT else self.questionnaires
        said, other = entries[text], entries[head[position]]
        if said_of(said) != said_of(other):
            at, before = self._table.origin(number), self._table.origin(begun)
            draft.contradictions.append(Contradiction(part, said, at, other, before))
        return True

    def place(self, number: int, head: list[str], answers: tuple[Answer, ...]) -> None:
        """Put the response at its visit."""
        key, visit_raw, subject_raw, questionnaire_raw, informer_raw, authored_raw, status_raw = head
        draft = self._gathering.visits.get(visit_raw.strip())
        known = draft or NO_VISIT
        questionnaire = self.questionnaires[questionnaire_raw]
        subject = self._subjects[subject_raw]
        if subject is EMPTY:
            subject = subject_of(questionnaire, known, self._vocabulary)
        of_whom = f"/{subject.value}" if subject_raw.strip() else ""
        wanted = key.strip() or f"{visit_raw.strip()}/{questionnaire.value or number}{of_whom}"
        response = QuestionnaireResponse(
            _free_key("response", key, wanted, number, self._table, self._gathering),
            questionnaire,
            subject,
            _or_at(self._authored[authored_raw], known),
            self._informers[informer_raw],
            self._statuses[status_raw],
            answers,
            self._table.origin(number),
        )
        self._gathering.place(response, draft)


def subject_of(questionnaire: Entry[str], known: VisitDraft, vocabulary: Vocabulary) -> Entry[str]:
    """Whom a response is about where nobody is named: the visit's citizen, or the child's only parent."""
    filled = vocabulary.standard.questionnaire.get(questionnaire.value or "")
    return known.parent if filled is not None and filled.subject == "parent" else known.citizen


def read_answer(
    vocabulary: Vocabulary, questionnaire_id: str, link: Entry[Any], value: Entry[Any], origin: Origin
) -> Answer:
    """An answer from the raw texts of its question and value."""
    link_id = vocabulary.link_id(questionnaire_id, link.raw) if link.raw.strip() else None
    read = vocabulary.answer(questionnaire_id, link_id or "", value.raw) if value.raw.strip() else None
    return Answer(
        Entry(link_id, link.raw, link.column) if link_id is not None else EMPTY,
        Entry(read, value.raw, value.column) if value.raw.strip() else EMPTY,
        origin,
    )
