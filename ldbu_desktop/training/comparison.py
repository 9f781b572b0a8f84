"""A learner's journal held against the key of a case, value by value. No points, no ranking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.journal.dates import day_of, local
from ldbu_desktop.journal.fields import (
    FIELDS,
    INTERVENTION_CODE,
    INTERVENTION_END,
    VISIT_END,
    VISIT_INTERVENTIONS,
    VISIT_START,
    VISIT_STATUS,
    VISIT_SUBJECT,
    VISIT_TYPE,
    entry_at,
)
from ldbu_desktop.journal.model import Citizen, Entry, Family, Intervention, Journal, Observation, Visit
from ldbu_desktop.journal.records import find_family, stands, visit_in
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.journals import alone, beginning, start_of, with_answer
from ldbu_desktop.training.model import Case, CaseVisit, KeyAnswer


class Outcome(StrEnum):
    """What a learner's answer is, beside the key."""

    RIGHT = "right"
    ACCEPTED = "accepted"
    """Other than the key, and as right."""
    DISCUSS = "discuss"
    """A matter of judgement: other than the key, and to be talked about."""
    DIFFERENT = "different"
    """Other than the key."""
    MISSING = "missing"
    TOO_MUCH = "too-much"
    """Not asked for."""


UNREAD = "? "
"""Before what could not be read: it may be anything."""


class Said(NamedTuple):
    """What is said about one thing: of whom, by the catalogue's id or by questionnaire and link id, and what.

    ``asked`` is a variable's id, a part of the visit, ``intervention.code``, or ``questionnaire/link id``. ``told`` is
    the answer in one form however it was typed: a code, a number with its unit, a day, a reason for having none.
    """

    subject: str
    asked: str
    told: str


class Compared(NamedTuple):
    """One answer beside the key. ``expected`` is empty where nothing is to be told, or it is too much; ``found`` where
    nothing was told.

    ``where`` is its place in the learner's journal, as exactly as it is there.
    """

    visit: str
    subject: str
    asked: str
    outcome: Outcome
    expected: str
    found: str
    why: Text | None
    rule: str
    where: Where


def compared(case: Case, journal: Journal, standard: Standard) -> tuple[Compared, ...]:
    """Every answer of the key and all that the learner told beside it, visit by visit in the order of the case."""
    family = find_family(journal, case.id)
    visits = {visit.key: visit for visit in family.visits} if family is not None else {}
    found = list[Compared]()
    seen = {visit.id for visit in case.before}
    for wanted in case.visits:
        visit = _learners(case, wanted, visits, seen, standard)
        seen.add(visit.key if visit is not None else wanted.id)
        found += _Beside(case, wanted, visit, family, standard).all()
    for visit in visits.values():
        if visit.key not in seen:
            told = Said(visit.subject.value or "", VISIT_TYPE, _told(visit.type))
            found.append(_too_much(told, Where(case.id, visit.key), visit.key))
    return tuple(found)


def said_at(visit: Visit, standard: Standard) -> list[Said]:
    """All that is said at a visit; not what the case or the program gives: whom it is about, its start and status."""
    own = visit.subject.value or ""
    said = [
        Said(own, field, _to_the_minute(entry) if field == VISIT_END else _told(entry))
        for field in FIELDS[Visit]
        if field not in GIVEN and (entry := entry_at(visit, field)).raw
    ]
    said.append(Said(own, VISIT_TYPE, _told(visit.type)))
    for record in visit.records:
        if not stands(record, visit):
            continue
        subject = record.subject.value or own
        match record:
            case Observation():
                said.append(Said(subject, record.variable.value or "", _observed(record, standard)))
            case Intervention():
                reasons = sorted(map(_told, record.reasons))
                said.append(Said(subject, INTERVENTION_CODE, " ".join((_told(record.code), *reasons))))
            case _:
                of = record.questionnaire.value or ""
                said += [Said(subject, f"{of}/{one.link_id.value}", _told(one.value)) for one in record.answers]
    return said


GIVEN = frozenset({VISIT_TYPE, VISIT_SUBJECT, VISIT_START, VISIT_STATUS, VISIT_INTERVENTIONS})
"""Parts of a visit that the case or the program gives, so that nobody is asked for them."""


def _told(entry: Entry[Any]) -> str:
    """A value in one form however it was typed; what can't be read as it was typed, behind :data:`UNREAD`."""
    if entry.value is None:
        return f"{UNREAD}{entry.raw.strip()}" if entry.is_unreadable else ""
    return f"{day_of(entry.value):%Y-%m-%d}" if isinstance(entry.value, date) else str(entry.value)


def _to_the_minute(entry: Entry[Any]) -> str:
    """A moment as precise as it is told: a day is another answer than a time of that day."""
    value = entry.value
    return f"{local(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else _told(entry)


def _observed(one: Observation, standard: Standard) -> str:
    if one.missing_reason.raw:
        return _told(one.missing_reason)
    told = _told(one.value)
    if isinstance(one.value.value, Decimal):
        factors = {unit.code: unit.factor for unit in standard.variable[one.variable.value or ""].units}
        told = f"{(one.value.value * factors.get(one.unit.value or '', Decimal(1))).normalize():f}"
    return f"{told} {_told(one.start)}–{_told(one.end)}" if one.is_period else told


def _learners(
    case: Case, wanted: CaseVisit, visits: dict[str, Visit], seen: set[str], standard: Standard
) -> Visit | None:
    """The learner's visit that is the case's: the one that was begun for them, else one of the same day."""
    if wanted.id in visits:
        return visits[wanted.id]
    day = day_of(start_of(wanted, standard))
    begun = {visit.id for visit in case.visits}
    same_day = [
        visit
        for visit in visits.values()
        if visit.key not in seen | begun and visit.start.value is not None and day_of(visit.start.value) == day
    ]
    return min(same_day, key=lambda visit: visit.subject.value != wanted.about, default=None)


def _too_much(said: Said, at: Where, visit: str) -> Compared:
    return Compared(visit, said.subject, said.asked, Outcome.TOO_MUCH, "", said.told, None, "", at)


class _Wanted(NamedTuple):
    """One thing that the key asks for, with what is as right."""

    answer: KeyAnswer
    told: str
    others: frozenset[str]


class _Beside:
    """One visit of the case beside the learner's, who may not have begun it."""

    def __init__(
        self, case: Case, wanted: CaseVisit, visit: Visit | None, family: Family | None, standard: Standard
    ) -> None:
        people = {citizen.key: citizen for citizen in family.citizens} if family is not None else {}
        self._case, self._wanted, self._standard = case, wanted, standard
        self._at = Where(case.id, visit.key if visit is not None else "")
        self._mine: dict[tuple[str, str], list[str]] = {}
        told = said_at(visit, standard) if visit is not None else []
        for said in (*told, *self._about(people), *self._running(family, visit)):
            if said.asked != VISIT_TYPE or not wanted.begun:
                self._mine.setdefault(said[:2], []).append(said.told)

    def all(self) -> Iterator[Compared]:
        """What the key asks for, in its order, then what is too much."""
        asked: dict[tuple[str, str], list[_Wanted]] = {}
        if not self._wanted.begun:
            code = next(one.code for one in self._standard.visit_types if one.id == self._wanted.type)
            why = KeyAnswer(self._wanted.why or _NOTHING)
            asked[self._wanted.about, VISIT_TYPE] = [_Wanted(why, code, frozenset())]
        for answer in self._wanted.key:
            if answer.omitted:
                thing = answer.about or self._wanted.about, answer.asked
                others = frozenset(self._expected(answer, raw)[thing] for raw in answer.accepted)
                asked.setdefault(thing, []).append(_Wanted(answer, "", others))
                continue
            expected, *accepted = (self._expected(answer, raw) for raw in (answer.answer, *answer.accepted))
            for thing, told in expected.items():
                others = frozenset(one[thing] for one in accepted if thing in one)
                asked.setdefault(thing, []).append(_Wanted(answer, told, others))
        for thing, wanted in asked.items():
            yield from self._thing(thing, wanted, self._mine.pop(thing, []))
        also = self._wanted.also
        for (subject, name), more in self._mine.items():
            if name not in also and name.split("/")[0] not in also:
                yield from (_too_much(Said(subject, name, told), self._at, self._wanted.id) for told in more)

    def _about(self, people: Mapping[str, Citizen]) -> list[Said]:
        """What is said of people themselves, where the key asks for it."""
        asked = {(answer.about, answer.asked) for answer in self._wanted.key if answer.asked in FIELDS[Citizen]}
        entries = [(one, field, entry_at(people[one], field)) for one, field in asked if one in people]
        return [Said(one, field, _told(entry)) for one, field, entry in entries if entry.raw]

    def _running(self, family: Family | None, visit: Visit | None) -> Iterator[Said]:
        """What is said at the visit of interventions that began before, where the key asks for it."""
        if family is None or visit is None:
            return
        asked = {answer.asked for answer in self._wanted.key}
        before = {one.id for one in self._case.before}
        begun = {one.key: one for each in family.visits if each.key in before for one in each.interventions}
        if VISIT_INTERVENTIONS in asked:
            for entry in visit.based_on:
                one = begun.get(entry.value or "")
                if one is not None:
                    yield Said(one.subject.value or "", VISIT_INTERVENTIONS, _told(one.code))
        if INTERVENTION_END in asked:
            for one in begun.values():
                if not one.end.is_empty:
                    yield Said(one.subject.value or "", INTERVENTION_END, f"{_told(one.code)} {_told(one.end)}")

    def _thing(self, thing: tuple[str, str], wanted: list[_Wanted], mine: list[str]) -> Iterator[Compared]:
        """What the key asks for about one thing beside what was told: the same first, then what is as right."""
        matched: dict[int, tuple[Outcome, str]] = {}
        for outcome in (Outcome.RIGHT, Outcome.ACCEPTED):
            for number, one in enumerate(wanted):
                good = {one.told} if outcome is Outcome.RIGHT else one.others
                hit = next((told for told in mine if told in good), None)
                if number not in matched and hit is not None:
                    mine.remove(hit)
                    matched[number] = outcome, hit
        for number, one in enumerate(wanted):
            if number not in matched and mine:
                matched[number] = Outcome.DISCUSS if one.answer.discuss else Outcome.DIFFERENT, mine.pop(0)
        for number, one in enumerate(wanted):
            unsaid = Outcome.RIGHT if one.answer.omitted else Outcome.MISSING
            outcome, found = matched.get(number, (unsaid, ""))
            yield Compared(self._wanted.id, *thing, outcome, one.told, found, one.answer.why, one.answer.rule, self._at)
        yield from (_too_much(Said(*thing, told), self._at, self._wanted.id) for told in mine)

    def _expected(self, answer: KeyAnswer, raw: str) -> dict[tuple[str, str], str]:
        """What is said where only this answer is given: it is read as a learner's is."""
        wanted, case = self._wanted, alone(self._case, self._wanted, answer)
        journal = with_answer(beginning(case, self._standard), case, wanted, answer, raw, self._standard)
        family, visit = visit_in(journal, case.id, wanted.id)
        about = self._about({one.key: one for one in family.citizens}) if answer.asked in FIELDS[Citizen] else []
        said = (*said_at(visit, self._standard), *about, *self._running(family, visit))
        return {one[:2]: one.told for one in said if one.asked != VISIT_TYPE}


_NOTHING = Text("", "")
