"""Edit one value of a journal: what is typed is read as a file's text is, and a new journal holds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.fields import FIELDS
from ldbu_desktop.journal.keys import free_key
from ldbu_desktop.journal.model import (
    EMPTY,
    Answer,
    Entry,
    Family,
    Intervention,
    Journal,
    Observation,
    QuestionnaireResponse,
    School,
    Visit,
)
from ldbu_desktop.mapping.long_records import read_answer
from ldbu_desktop.mapping.quantities import ValueEntries
from ldbu_desktop.mapping.readings import Reading, citizen_key
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.model import Standard

VARIABLE = "observation.variable"
"""The part of an observation that says what is observed; the catalogue has no variable of that name."""


Changed = TypeVar("Changed", bound=Struct)


class Address(NamedTuple):
    """One value of a journal, by keys. ``record`` is empty for a value of the visit itself.

    ``field`` is the catalogue's id of the part; it is empty, or the observed variable's own id, for an observation's
    value, and ``observation.variable`` for what is observed. ``variable`` is the link id for a part of an answer;
    ``number`` tells apart what stands in a list (reasons, interventions behind a visit, answers to one question).
    """

    family: str
    visit: str
    record: str
    field: str
    variable: str = ""
    number: int = 0


def edited(journal: Journal, at: Address, raw: str, standard: Standard) -> Journal:
    """``journal`` with ``raw`` as the text at ``at``; what followed from the value before follows the new one.

    Nothing is judged: what can't be read stays as an entry that is unreadable. Raises :class:`CallFault` where there
    is no such value.
    """
    editor = _Editor(at, raw, standard)
    families = list(journal.families)
    for place, family in enumerate(families):
        changed = editor.family(family) if family.key == at.family else None
        if changed is not None:
            families[place] = changed
            return replace(journal, families=tuple(families))
    raise CallFault("edit-nowhere", field=at.field or at.variable)


class _Editor:
    """Makes the changed copy of each record that an edit bears on; None where the edit is not about it."""

    def __init__(self, at: Address, raw: str, standard: Standard) -> None:
        self._at = at
        self._raw = raw
        self._vocabulary = vocabulary_of(standard)
        self._is_value = at.field in ("", at.variable, VARIABLE)

    def family(self, family: Family) -> Family | None:
        """A family in which one record is another."""
        at = self._at
        for name in ("citizens", "parenthoods", "schools"):
            records = getattr(family, name)
            changed = _one_replaced(records, at.record, self._simple_record)
            if changed is not None:
                return _with(family, name, changed)
        for place, visit in enumerate(family.visits):
            if visit.key == at.visit:
                known = self._with_school(family) if at.field == "visit.school" else family
                edited_visit = self._visit(visit, known)
                if edited_visit is not None:
                    visits = (*known.visits[:place], edited_visit, *known.visits[place + 1 :])
                    return replace(known, visits=visits)
        return None

    def _simple_record(self, record: Any) -> Any | None:
        """A record with one part read again; None where it has no such part."""
        attribute = FIELDS[type(record)].get(self._at.field)
        if attribute is None:
            return None
        before = getattr(record, attribute)
        after: object = self._entry(before) if isinstance(before, Entry) else self._listed(before)
        return _with(record, attribute, after)

    def _reading(self) -> Reading:
        field = self._at.field
        if field.endswith(".subject") or field == "parent.child":
            return citizen_key
        if field == "visit.school":
            return self._vocabulary.reading("school.identifier")
        return self._vocabulary.reading(field)

    def _entry(self, before: Entry[Any]) -> Entry[Any]:
        """What is typed, read; an emptied part holds what holds where nothing is written."""
        raw = self._raw
        if raw.strip():
            if self._at.field == "observation.unit":
                return Entry(self._vocabulary.unit(self._at.variable, raw), raw, before.column)
            return Entry(self._reading()(raw), raw, before.column)
        if self._at.field in self._vocabulary.words.defaults:
            return Entry(self._vocabulary.default(self._at.field).value, "", before.column)
        return Entry(None, "", before.column)

    def _listed(self, before: tuple[Entry[Any], ...]) -> tuple[Entry[Any], ...]:
        """A list with one of its entries read again, one more, or one less."""
        number = min(self._at.number, len(before))
        old = before[number] if number < len(before) else EMPTY
        new = (self._entry(old),) if self._raw.strip() else ()
        return (*before[:number], *new, *before[number + 1 :])

    def _with_school(self, family: Family) -> Family:
        """The family with the school whose number is typed, if it has none of that number yet."""
        number = self._entry(EMPTY)
        if number.value is None or self._school_key(family, number.value) is not None:
            return family
        taken = {school.key for school in family.schools}
        return replace(family, schools=(*family.schools, School(free_key(number.value, taken), number)))

    def _school_key(self, family: Family, number: str) -> str | None:
        return next((school.key for school in family.schools if school.identifier.value == number), None)

    def _visit(self, visit: Visit, family: Family) -> Visit | None:
        at = self._at
        if at.record:
            for name in ("observations", "interventions", "responses"):
                changed = _one_replaced(getattr(visit, name), at.record, lambda record: self._recorded(record, visit))
                if changed is not None:
                    return _with(visit, name, changed)
            return None
        after: Visit | None = self._simple_record(visit)
        if after is None:
            return None
        if at.field == "visit.school" and after.school.value is not None:
            key = self._school_key(family, after.school.value)
            return replace(after, school=after.school._replace(value=key))
        return _followed(visit, after)

    def _recorded(self, record: Any, visit: Visit) -> Any | None:
        """An observation, intervention or response with one part read again."""
        at = self._at
        if isinstance(record, Observation) and self._is_value:
            return self._observed(record)
        if isinstance(record, QuestionnaireResponse) and at.field in ("answer.value", "answer.link-id"):
            return self._answered(record)
        after = self._simple_record(record)
        if isinstance(after, Observation) and at.field == "observation.end":
            after = self._period(after, visit)
        if isinstance(after, QuestionnaireResponse) and at.field == "response.questionnaire":
            answers = tuple(self._read_answer(after, answer.link_id, answer.value, answer) for answer in after.answers)
            after = replace(after, answers=answers)
        if isinstance(after, Intervention) and at.field in ("intervention.end", "intervention.status"):
            after = self._ended(after)
        if not self._raw.strip() and after is not None:
            after = _following_visit(after, EMPTY, visit.start)
        return after

    def _observed(self, observation: Observation) -> Observation:
        """An observation with another value, or of another variable."""
        variable, value, unit = observation.variable, observation.value, observation.unit
        raw = self._raw
        if self._at.field == VARIABLE:
            variable = Entry(self._vocabulary.variable(raw) if raw.strip() else None, raw.strip(), variable.column)
            raw = value.raw
        values = ValueEntries(self._vocabulary, variable.value, value.column, unit.column)
        new_value, new_unit = values[raw, unit.raw]
        if new_unit is EMPTY and unit.value is not None and self._at.field != VARIABLE:
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
        status = self._vocabulary.default("intervention.status", is_ended=not intervention.end.is_empty)
        return replace(intervention, status=status._replace(column=intervention.status.column))

    def _answered(self, response: QuestionnaireResponse) -> QuestionnaireResponse | None:
        """A response with one answer read again."""
        at = self._at
        places = [
            place
            for place, answer in enumerate(response.answers)
            if at.variable in (answer.link_id.value, answer.link_id.raw)
        ]
        if not places:
            return None
        place = at.number if at.number in places else places[0]
        answer = response.answers[place]
        link, value = answer.link_id, answer.value
        if at.field == "answer.value":
            value = Entry(None, self._raw, value.column)
        else:
            link = Entry(None, self._raw, link.column)
        new = self._read_answer(response, link, value, answer)
        return replace(response, answers=(*response.answers[:place], new, *response.answers[place + 1 :]))

    def _read_answer(
        self, response: QuestionnaireResponse, link: Entry[Any], value: Entry[Any], answer: Answer
    ) -> Answer:
        questionnaire = response.questionnaire.value or ""
        return read_answer(self._vocabulary, questionnaire, link, value, answer.origin)


def _with(record: Changed, attribute: str, value: Any) -> Changed:
    """A record in which one attribute is another."""
    changes: dict[str, Any] = {attribute: value}
    return replace(record, **changes)


def _one_replaced(records: tuple[Any, ...], key: str, change: Callable[[Any], Any | None]) -> tuple[Any, ...] | None:
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

    def following(records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            _following_visit(_following_subject(each, before, after), before.start, after.start) for each in records
        )

    return replace(
        after,
        observations=following(after.observations),
        interventions=following(after.interventions),
        responses=following(after.responses),
    )


def _following_subject(record: Any, before: Visit, after: Visit) -> Any:
    subject = record.subject
    if subject.raw or subject.value is None or subject.value != before.subject.value:
        return record
    return replace(record, subject=Entry(after.subject.value))


def _following_visit(record: Any, before: Entry[Any], now: Entry[Any]) -> Any:
    """A record whose time was not written has that of the visit; a period has its own."""
    attribute = "authored" if isinstance(record, QuestionnaireResponse) else "start"
    entry = getattr(record, attribute)
    is_period = isinstance(record, Observation) and record.is_period
    if entry.raw or is_period or entry.value not in (None, before.value):
        return record
    return _with(record, attribute, Entry(now.value))
