"""A case begun from a family that is open. Nobody of it is in the case: people have other names and numbers, days are
moved, and of what was written only what is read goes along, as the catalogue says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from msgspec.structs import replace

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.dates import local
from ldbu_desktop.journal.fields import (
    FIELDS,
    INTERVENTION_CODE,
    OBSERVATION_VARIABLE,
    RESPONSE_QUESTIONNAIRE,
    VISIT_SCHOOL,
    VISIT_TYPE,
    entry_at,
)
from ldbu_desktop.journal.model import (
    EMPTY,
    Entry,
    Family,
    Intervention,
    Moment,
    Observation,
    QuestionnaireResponse,
    Visit,
    VisitRecord,
)
from ldbu_desktop.journal.records import stands, visit_in
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.authoring import NOTHING, answers_at, running_at, type_ids
from ldbu_desktop.training.comparison import GIVEN, Said, said_at
from ldbu_desktop.training.journals import alone, beginning, with_answer
from ldbu_desktop.training.model import Case, CaseVisit, KeyAnswer, Level, Person

_MINUTES = 10
_ID = "ny-oevelse"
_VISIT = "kontakt"
_RECORDED = Text("Registreret ved kontakten.", "Recorded at the visit.")
_NOT_SAID = frozenset((Said("", "", ""),))


@dataclass(frozen=True, slots=True)
class Disguise:
    """Who stands in the case instead of whom, by key, how many days everything is moved, and the places there are.

    ``organisation`` is the SOR code of the municipality and ``school`` the number of the school, where there is one.
    """

    people: Mapping[str, Person]
    days: int
    organisation: str
    school: str


class LeftOut(NamedTuple):
    """Something that does not go along: at which visit, by its key, and what; all of the visit where it is its type."""

    visit: str
    asked: str


class BegunCase(NamedTuple):
    """A case without words, and what of the family is not in it though it was written there."""

    case: Case
    left_out: tuple[LeftOut, ...]


def visits_in_order(family: Family) -> list[Visit]:
    """The visits of a family by their start, without those that were withdrawn; whose start is not known are last."""
    return sorted((one for one in family.visits if one.status.value != ENTERED_IN_ERROR), key=_place)


def _place(visit: Visit) -> tuple[bool, datetime]:
    start = visit.start.value
    if start is None:
        return True, datetime.min
    at = local(start) if isinstance(start, datetime) else datetime.combine(start, time.min)
    return False, at.replace(tzinfo=None)


def moved(moment: Moment, days: int) -> Moment | None:
    """A moment so many days later, by Danish clocks; None where there is no such day."""
    at = local(moment).replace(tzinfo=None) if isinstance(moment, datetime) else moment
    try:
        return at + timedelta(days)
    except OverflowError:
        return None


def begun_case(family: Family, asked: frozenset[str], disguise: Disguise, standard: Standard) -> BegunCase:
    """The case whose key is what was recorded at the visits ``asked``; those before the last of them are there already.

    Visits after it are not of the case. Every answer in it is read back as it was.
    """
    maker = _Maker(family, disguise, standard)
    ordered = visits_in_order(family)
    last = max((at for at, visit in enumerate(ordered) if visit.key in asked), default=-1)
    for visit in ordered[: last + 1]:
        maker.add(visit, is_before=visit.key not in asked)
    return BegunCase(maker.case, tuple(maker.left_out))


class _Maker:
    """Adds visits to ``case`` one after another: each may go on with what began at one before."""

    def __init__(self, family: Family, disguise: Disguise, standard: Standard) -> None:
        people = tuple(disguise.people[citizen.key] for citizen in family.citizens)
        self.case = Case(_ID, NOTHING, NOTHING, Level.MIDDLE, _MINUTES, disguise.organisation, NOTHING, people, ())
        self.left_out = list[LeftOut]()
        self._disguise, self._standard = disguise, standard
        self._running: dict[str, Intervention] = {}

    def add(self, visit: Visit, *, is_before: bool) -> None:
        """Add a visit, or tell that nothing can be said of it."""
        known, about = self._known(visit), self._person(visit.subject).value
        type_id = type_ids(self._standard).get(known.type.value or "")
        self.left_out += [LeftOut(visit.key, asked) for asked in self._unread(visit)]
        made = key = None
        if type_id is not None and about is not None and known.start.value is not None:
            number = len(self.case.before) + len(self.case.visits) + 1
            made = CaseVisit(f"{_VISIT}-{number}", type_id, about, known.start.raw, ())
            key = tuple(self._answers(made, known, about, visit.key, is_before=is_before))
        if made is None or not key:
            self.left_out.append(LeftOut(visit.key, VISIT_TYPE))
        elif is_before:
            told = replace(made, key=tuple(replace(one, why=_RECORDED) for one in key))
            self.case = replace(self.case, before=(*self.case.before, told))
            self._running |= {one.key: one for one in known.interventions}
        else:
            self.case = replace(self.case, visits=(*self.case.visits, replace(made, key=key)))

    def _answers(self, made: CaseVisit, known: Visit, about: str, key: str, *, is_before: bool) -> Iterator[KeyAnswer]:
        """The answers at a visit that are read back as they are; others stay behind, which is told."""
        running = () if is_before else running_at(known, about, self._running, self._standard)
        said = frozenset(said_at(known, self._standard))
        for answer in (*answers_at(known, about, self._standard), *running):
            if self._said_again(made, answer) <= said:
                yield answer
            else:
                self.left_out.append(LeftOut(key, answer.asked or answer.questionnaire))

    def _said_again(self, made: CaseVisit, answer: KeyAnswer) -> frozenset[Said]:
        """What is said where only this answer is given, as a learner's is read."""
        case = alone(replace(self.case, visits=(made,)), made, answer)
        try:
            told = with_answer(beginning(case, self._standard), case, made, answer, answer.answer, self._standard)
        except CallFault:
            return _NOT_SAID
        visit = visit_in(told, case.id, made.id)[1]
        said = said_at(visit, self._standard)
        return frozenset(one for one in said if one.asked not in (VISIT_TYPE, VISIT_SCHOOL))

    # --- what is known, in the catalogue's own form

    def _known(self, visit: Visit) -> Visit:
        """A visit of which nothing is left but what was read."""
        school = self._disguise.school
        return replace(
            visit,
            subject=self._person(visit.subject),
            type=_value(visit.type),
            visit_class=_value(visit.visit_class),
            start=self._moved(visit.start),
            end=self._moved(visit.end),
            school=EMPTY if visit.school.is_empty else Entry(school, school),
            observations=tuple(map(self._observation, filter(self._is_known, visit.observations))),
            interventions=tuple(map(self._intervention, filter(self._is_known, visit.interventions))),
            responses=tuple(map(self._response, filter(self._is_known, visit.responses))),
        )

    def _is_known(self, record: VisitRecord) -> bool:
        """Whether it is known of whom a record is, and what it is about."""
        subject = record.subject.value
        if subject is not None and subject not in self._disguise.people:
            return False
        match record:
            case Observation():
                said = (record.value.value, record.missing_reason.value)
                variable = self._standard.variable.get(record.variable.value or "")
                return variable in self._standard.observed and said != (None, None)
            case Intervention():
                return record.code.value is not None
        return record.questionnaire.value is not None

    def _unread(self, visit: Visit) -> Iterator[str]:
        """What is written at a visit and is not known: it may be anything, and stays behind."""
        yield from (name for name in FIELDS[Visit] if name not in GIVEN and entry_at(visit, name).is_unreadable)
        for record in visit.records:
            if not stands(record, visit):
                continue
            parts: tuple[Entry[Any], ...]
            match record:
                case Observation():
                    name, parts = record.variable.value or OBSERVATION_VARIABLE, (record.value, record.missing_reason)
                case Intervention():
                    name, parts = INTERVENTION_CODE, (record.code, *record.reasons)
                case _:
                    name = record.questionnaire.value or RESPONSE_QUESTIONNAIRE
                    parts = tuple(answer.value for answer in record.answers)
            written = [part for part in parts if part.raw or part.value is not None]
            yield from (name for part in written if part.is_unreadable or not self._is_known(record))

    def _observation(self, one: Observation) -> Observation:
        return replace(
            one,
            subject=self._person(one.subject),
            value=_amount(one),
            unit=_value(one.unit),
            missing_reason=_value(one.missing_reason),
            start=self._moved(one.start) if one.is_period else EMPTY,
            end=self._moved(one.end) if one.is_period else EMPTY,
        )

    def _intervention(self, one: Intervention) -> Intervention:
        reasons = tuple(_value(reason) for reason in one.reasons if reason.value is not None)
        subject, end = self._person(one.subject), self._moved(one.end)
        return replace(one, subject=subject, code=_value(one.code), reasons=reasons, end=end)

    def _response(self, one: QuestionnaireResponse) -> QuestionnaireResponse:
        answers = tuple(replace(each, value=_value(each.value)) for each in one.answers if each.value.value is not None)
        return replace(one, subject=self._person(one.subject), answers=answers)

    def _person(self, entry: Entry[str]) -> Entry[str]:
        person = self._disguise.people.get(entry.value or "")
        return Entry(person.id) if person is not None else EMPTY

    def _moved(self, entry: Entry[Moment]) -> Entry[Moment]:
        later = moved(entry.value, self._disguise.days) if entry.value is not None else None
        if later is None:
            return EMPTY
        return Entry(later, f"{later:%Y-%m-%d %H:%M}" if isinstance(later, datetime) else f"{later:%Y-%m-%d}")


def _amount(one: Observation) -> Entry[Any]:
    """What was observed, a number with its unit where that is known."""
    value = _value(one.value)
    is_amount = isinstance(value.value, Decimal) and one.unit.value
    return Entry(value.value, f"{value.raw} {one.unit.value}") if is_amount else value


def _value(entry: Entry[Any]) -> Entry[Any]:
    """A value as the program writes it, whatever stood in the file."""
    match entry.value:
        case None:
            return EMPTY
        case bool() as value:
            return Entry(value, "ja" if value else "nej")
        case Decimal() as value:
            return Entry(value, f"{value:f}".replace(".", ","))
        case value:
            return Entry(value, str(value))
