"""One value of a journal edited: what is typed is read as a file's text is, and a new journal holds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from msgspec.structs import replace

from ldbu_desktop.characters import plain
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.fields import (
    ANSWER_LINK_ID,
    ANSWER_VALUE,
    INTERVENTION_END,
    INTERVENTION_STATUS,
    OBSERVATION_END,
    OBSERVATION_UNIT,
    OBSERVATION_VARIABLE,
    PARENT_CHILD,
    RESPONSE_QUESTIONNAIRE,
    SCHOOL_IDENTIFIER,
    VISIT_SCHOOL,
    Changed,
    part_at,
    with_part,
)
from ldbu_desktop.journal.keys import free_key
from ldbu_desktop.journal.model import (
    EMPTY,
    Answer,
    Entry,
    Family,
    Intervention,
    Journal,
    Moment,
    Observation,
    QuestionnaireResponse,
    Record,
    School,
    Visit,
)
from ldbu_desktop.journal.readings import CellReader, citizen_key
from ldbu_desktop.journal.records import OneKind, with_recorded
from ldbu_desktop.journal.where import Where
from ldbu_desktop.mapping.long_records import read_answer
from ldbu_desktop.mapping.quantities import ValueEntries
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.model import Standard

Keyed = TypeVar("Keyed", bound=Record)


def edited(journal: Journal, where: Where, raw: str, standard: Standard) -> Journal:
    """``journal`` with ``raw`` as the text at ``where``; what followed from the value before follows the new one.

    What can't be seen in it is no part of it, as in a file. The record is meant by its key; without one it is the visit
    itself. Without a number the first of a list is meant. Nothing is judged: what can't be read stays as an entry that
    is unreadable. Raises :class:`CallFault` where there is no such value.
    """
    editor = _Editor(where, plain(raw), standard)
    families = list(journal.families)
    for place, family in enumerate(families):
        changed = editor.family(family) if family.key == where.family else None
        if changed is not None:
            families[place] = changed
            return replace(journal, families=tuple(families))
    raise CallFault("edit-nowhere", field=where.field or where.variable)


class _Editor:
    """Makes the changed copy of each record that an edit bears on; None where the edit is not about it."""

    def __init__(self, where: Where, raw: str, standard: Standard) -> None:
        self._where = where
        self._raw = raw
        self._vocabulary = vocabulary_of(standard)
        self._is_value = where.field in ("", where.variable, OBSERVATION_VARIABLE)

    def family(self, family: Family) -> Family | None:
        """A family in which one record is another."""
        where = self._where
        if (citizens := _one_replaced(family.citizens, where.record, self._with_part)) is not None:
            return replace(family, citizens=citizens)
        if (parenthoods := _one_replaced(family.parenthoods, where.record, self._with_part)) is not None:
            return replace(family, parenthoods=parenthoods)
        if (schools := _one_replaced(family.schools, where.record, self._with_part)) is not None:
            return replace(family, schools=schools)
        for place, visit in enumerate(family.visits):
            if visit.key == where.visit:
                known = self._with_school(family) if where.field == VISIT_SCHOOL else family
                edited_visit = self._visit(visit, known)
                if edited_visit is not None:
                    visits = (*known.visits[:place], edited_visit, *known.visits[place + 1 :])
                    return replace(known, visits=visits)
        return None

    def _with_part(self, record: Changed) -> Changed | None:
        """A record with one part read again; None where it has no such part."""
        before = part_at(record, self._where.field)
        if before is None:
            return None
        after = self._entry(before) if isinstance(before, Entry) else self._listed(before)
        return with_part(record, self._where.field, after)

    def _reading(self) -> CellReader:
        field = self._where.field
        if field.endswith(".subject") or field == PARENT_CHILD:
            return citizen_key
        if field == VISIT_SCHOOL:
            return self._vocabulary.reading(SCHOOL_IDENTIFIER)
        return self._vocabulary.reading(field)

    def _entry(self, before: Entry[object]) -> Entry[object]:
        """What is typed, read; an emptied part holds what holds where nothing is written."""
        raw, field = self._raw, self._where.field
        if raw.strip():
            if field == OBSERVATION_UNIT:
                return Entry(self._vocabulary.unit(self._where.variable, raw), raw, before.column)
            return Entry(self._reading()(raw), raw, before.column)
        if field in self._vocabulary.words.defaults:
            return Entry(self._vocabulary.default(field).value, "", before.column)
        return Entry(None, "", before.column)

    def _listed(self, before: tuple[Entry[object], ...]) -> tuple[Entry[object], ...]:
        """A list with one of its entries read again, one more, or one less."""
        number = min(self._where.number or 0, len(before))
        old: Entry[object] = before[number] if number < len(before) else EMPTY
        new = (self._entry(old),) if self._raw.strip() else ()
        return (*before[:number], *new, *before[number + 1 :])

    def _with_school(self, family: Family) -> Family:
        """The family with the school whose number is typed, if it has none of that number yet."""
        number = self._reading()(self._raw) if self._raw.strip() else None
        if not isinstance(number, str) or _school_key(family, number) is not None:
            return family
        school = School(free_key(number, {school.key for school in family.schools}), Entry(number, self._raw))
        return replace(family, schools=(*family.schools, school))

    def _visit(self, visit: Visit, family: Family) -> Visit | None:
        where = self._where
        if where.record:
            return self._with_record(visit)
        after = self._with_part(visit)
        if after is None:
            return None
        if where.field == VISIT_SCHOOL and after.school.value is not None:
            return replace(after, school=replace(after.school, value=_school_key(family, after.school.value)))
        return _followed(visit, after)

    def _with_record(self, visit: Visit) -> Visit | None:
        """A visit in which one of its observations, interventions or responses has one part read again."""
        key = self._where.record
        observations = _one_replaced(visit.observations, key, lambda one: self._observation(one, visit))
        if observations is not None:
            return replace(visit, observations=observations)
        interventions = _one_replaced(visit.interventions, key, lambda one: self._intervention(one, visit))
        if interventions is not None:
            return replace(visit, interventions=interventions)
        responses = _one_replaced(visit.responses, key, lambda one: self._response(one, visit))
        return replace(visit, responses=responses) if responses is not None else None

    def _settled(self, record: OneKind, visit: Visit) -> OneKind:
        """A record whose time was emptied has that of its visit."""
        return record if self._raw.strip() else _following_visit(record, EMPTY, visit.start)

    def _observation(self, observation: Observation, visit: Visit) -> Observation | None:
        if self._is_value:
            return self._observed(observation)
        after = self._with_part(observation)
        if after is None:
            return None
        return self._settled(self._period(after, visit) if self._where.field == OBSERVATION_END else after, visit)

    def _intervention(self, intervention: Intervention, visit: Visit) -> Intervention | None:
        after = self._with_part(intervention)
        if after is None:
            return None
        may_end = self._where.field in (INTERVENTION_END, INTERVENTION_STATUS)
        return self._settled(self._ended(after) if may_end else after, visit)

    def _response(self, response: QuestionnaireResponse, visit: Visit) -> QuestionnaireResponse | None:
        if self._where.field in (ANSWER_VALUE, ANSWER_LINK_ID):
            return self._answered(response)
        after = self._with_part(response)
        if after is None:
            return None
        if self._where.field == RESPONSE_QUESTIONNAIRE:
            answers = tuple(self._read_answer(after, one.link_id, one.value, one) for one in after.answers)
            after = replace(after, answers=answers)
        return self._settled(after, visit)

    def _observed(self, observation: Observation) -> Observation:
        """An observation with another value, or of another variable."""
        variable, value, unit = observation.variable, observation.value, observation.unit
        raw, is_variable = self._raw, self._where.field == OBSERVATION_VARIABLE
        if is_variable:
            variable = Entry(self._vocabulary.variable(raw) if raw.strip() else None, raw.strip(), variable.column)
            raw = value.raw
        is_typed = bool(unit.raw) and not is_variable and raw != value.raw
        typed = self._vocabulary.unit_within(variable.value or "", raw) if is_typed else None
        values = ValueEntries(self._vocabulary, variable.value, value.column, unit.column)
        # A unit that is typed with a number is meant, whatever stood in the cell beside it.
        new_value, new_unit = values[raw, typed or unit.raw]
        if new_unit is EMPTY and unit.value is not None and not is_variable:
            # The unit stood in the same cell, and only the number was typed again.
            new_unit = unit
        return replace(observation, variable=variable, value=new_value, unit=new_unit)

    def _period(self, observation: Observation, visit: Visit) -> Observation:
        """An observation with an end is a period where its variable can have one; its start must then be written."""
        known = self._vocabulary.standard.variable.get(observation.variable.value or "")
        is_period = known is not None and known.takes_period and not observation.end.is_empty
        start = observation.start
        if not start.raw:
            start = EMPTY if is_period else Entry(visit.start.value)
        return replace(observation, is_period=is_period, start=start)

    def _ended(self, intervention: Intervention) -> Intervention:
        """An intervention whose status is not written: it follows from whether there is an end."""
        if intervention.status.raw:
            return intervention
        status = self._vocabulary.default(INTERVENTION_STATUS, is_ended=not intervention.end.is_empty)
        return replace(intervention, status=replace(status, column=intervention.status.column))

    def _answered(self, response: QuestionnaireResponse) -> QuestionnaireResponse | None:
        """A response with one answer read again."""
        where = self._where
        places = [
            place
            for place, answer in enumerate(response.answers)
            if where.link_id in (answer.link_id.value, answer.link_id.raw)
        ]
        if not places:
            return None
        place = where.number if where.number in places else places[0]
        answer = response.answers[place]
        new = (
            self._read_answer(response, answer.link_id, Entry(None, self._raw, answer.value.column), answer)
            if where.field == ANSWER_VALUE
            else self._read_answer(response, Entry(None, self._raw, answer.link_id.column), answer.value, answer)
        )
        return replace(response, answers=(*response.answers[:place], new, *response.answers[place + 1 :]))

    def _read_answer(
        self, response: QuestionnaireResponse, link: Entry[str], value: Entry[int | bool | str], answer: Answer
    ) -> Answer:
        questionnaire = response.questionnaire.value or ""
        return read_answer(self._vocabulary, questionnaire, link, value, answer.origin)


def _school_key(family: Family, number: str) -> str | None:
    return next((school.key for school in family.schools if school.identifier.value == number), None)


def _one_replaced(
    records: tuple[Keyed, ...], key: str, change: Callable[[Keyed], Keyed | None]
) -> tuple[Keyed, ...] | None:
    """``records`` with the one of ``key`` changed; None where there is none, or it can't be changed so."""
    for place, record in enumerate(records):
        if record.key == key:
            changed = change(record)
            if changed is not None:
                return (*records[:place], changed, *records[place + 1 :])
    return None


def _followed(before: Visit, after: Visit) -> Visit:
    """A visit with the records that follow its citizen and start."""
    if before.start == after.start and before.subject == after.subject:
        return after

    def following(records: tuple[OneKind, ...]) -> tuple[OneKind, ...]:
        return tuple(
            _following_visit(_following_subject(each, before, after), before.start, after.start) for each in records
        )

    return with_recorded(after, following)


def _following_subject(record: OneKind, before: Visit, after: Visit) -> OneKind:
    subject = record.subject
    if subject.raw or subject.value is None or subject.value != before.subject.value:
        return record
    return replace(record, subject=Entry(after.subject.value))


def _following_visit(record: OneKind, before: Entry[Moment], now: Entry[Moment]) -> OneKind:
    """A record whose time was not written has that of the visit; a period has its own."""
    entry = record.authored if isinstance(record, QuestionnaireResponse) else record.start
    is_period = isinstance(record, Observation) and record.is_period
    if entry.raw or is_period or entry.value not in (None, before.value):
        return record
    if isinstance(record, QuestionnaireResponse):
        return replace(record, authored=Entry(now.value))
    return replace(record, start=Entry(now.value))
