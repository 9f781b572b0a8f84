"""One id, one person: what reports say of it fits together, or the contradiction is kept at both.

An id that comes again updates what was told before, so a municipality may change from one report to the next. A CPR
number can't: a wrong one is voided, by ``active`` = false or by voiding all that was told of it. What stands beside
another number after that leaves open whom the id means, and nothing is chosen. Nor can what was recorded of one person
become another's: it is voided, and told anew under an id of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from ldbu_desktop.journal.fields import (
    CITIZEN_ACTIVE,
    CITIZEN_CPR,
    CITIZEN_ORGANISATION,
    INTERVENTION_SUBJECT,
    OBSERVATION_SUBJECT,
    RESPONSE_SUBJECT,
    VISIT_SUBJECT,
)
from ldbu_desktop.journal.model import (
    Citizen,
    Contradiction,
    Entry,
    Family,
    Intervention,
    Moment,
    Observation,
    QuestionnaireResponse,
    Visit,
    VisitRecord,
)
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR

_AT_ONCE = {"organisation": CITIZEN_ORGANISATION, "active": CITIZEN_ACTIVE}
"""What may change from one report to the next, and be one thing only within a report."""

_Told = tuple[Citizen, Iterable[str]]
"""A Patient with its own place, and the keys of the citizens that it stands for."""

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class _Person:
    """Whom an id means by one CPR number: the first that told it, and what was told last of it being active."""

    first: Citizen
    keys: dict[str, None] = field(default_factory=dict)
    is_active: bool = True
    last: datetime = _NEVER


class PatientIds:
    """The Patient ids of all reports, and the people that each is said to be."""

    def __init__(self) -> None:
        self._people: dict[str, dict[str, _Person]] = {}
        self._at_once: dict[str, list[Contradiction]] = {}

    def add(self, patients: Sequence[tuple[str, Citizen]], timestamp: Moment | None) -> None:
        """Take the Patients of one report, each by its id, as the citizen that it stands for with its own place."""
        when = timestamp if isinstance(timestamp, datetime) and timestamp.tzinfo is not None else _NEVER
        within: dict[tuple[str, str], Citizen] = {}
        for resource_id, citizen in patients:
            cpr = _number(citizen.cpr)
            first = within.setdefault((resource_id, cpr), citizen)
            for name, part in _AT_ONCE.items():
                if _differ(getattr(first, name), getattr(citizen, name)):
                    _tell(self._at_once, part, name, (first, [first.key]), (citizen, [citizen.key]))
            if cpr:
                person = self._people.setdefault(resource_id, {}).setdefault(cpr, _Person(citizen))
                person.keys[citizen.key] = None
                if when >= person.last:
                    person.last, person.is_active = when, citizen.active.value is not False

    def told_in(self, families: tuple[Family, ...]) -> tuple[Family, ...]:
        """``families``, of which each citizen knows what is said otherwise under its id."""
        found = {key: list(told) for key, told in self._at_once.items()}
        doubtful = [list(people.values()) for people in self._people.values() if len(people) > 1]
        if not found and not doubtful:
            return families
        withdrawn = _Withdrawn(families)
        for people in doubtful:
            standing = [one for one in people if one.is_active and not withdrawn.has(one)]
            for other in standing[1:]:
                _tell(found, CITIZEN_CPR, "cpr", (standing[0].first, standing[0].keys), (other.first, other.keys))
        return tuple(
            replace(family, citizens=tuple(_with(citizen, found) for citizen in family.citizens)) for family in families
        )


class _Withdrawn:
    """Of whom all that was told has been voided: a record that was voided once is told no more under its id."""

    def __init__(self, families: Iterable[Family]) -> None:
        self._told: dict[str, set[tuple[type, str]]] = {}
        self._voided: set[tuple[type, str]] = set()
        for record in _records(families):
            name = type(record), record.carried.resource_id if record.carried is not None else record.key
            self._told.setdefault(record.subject.value or "", set()).add(name)
            if record.status.value == ENTERED_IN_ERROR:
                self._voided.add(name)

    def has(self, person: _Person) -> bool:
        """Whether something was told of a person, and nothing of it stands."""
        told = set[tuple[type, str]]().union(*(self._told.get(key, ()) for key in person.keys))
        return bool(told) and told <= self._voided


def _records(families: Iterable[Family]) -> Iterator[Visit | VisitRecord]:
    for family in families:
        for visit in family.visits:
            yield visit
            yield from visit.records
        yield from family.unplaced


def told_of_one_person(families: tuple[Family, ...]) -> tuple[Family, ...]:
    """``families``, of which each visit knows where it, or what was recorded at it, is told of somebody else by its id.

    What was told of a person and voided stands no more: then the id is not in doubt.
    """
    cprs = {citizen.key: _number(citizen.cpr) for family in families for citizen in family.citizens}
    told: dict[tuple[type, str], dict[str, list[_Recorded]]] = {}
    for family in families:
        for visit in family.visits:
            for record in (visit, *visit.records):
                if record.carried is not None and record.carried.resource_id and record.subject.value is not None:
                    person = cprs.get(record.subject.value) or record.subject.value
                    name = type(record), record.carried.resource_id
                    told.setdefault(name, {}).setdefault(person, []).append((visit.key, record))
    found: dict[str, list[Contradiction]] = {}
    doubtful = [(kind, list(people.values())) for (kind, _), people in told.items() if len(people) > 1]
    # Where the visit itself is told of two, all that was recorded at it is.
    for kind, people in sorted(doubtful, key=lambda each: each[0] is not Visit):
        standing = [records for records in people if not any(map(_is_voided, records))]
        if kind is Visit or not all(visit in found for records in standing for visit, _ in records):
            _tell_strangers(found, standing)
    if not found:
        return families
    return tuple(
        replace(family, visits=tuple(_with_told(visit, found) for visit in family.visits)) for family in families
    )


_Recorded = tuple[str, Visit | VisitRecord]
"""What was recorded under an id, and the key of the visit that it was recorded at."""


def _is_voided(recorded: _Recorded) -> bool:
    return recorded[1].status.value == ENTERED_IN_ERROR


def _tell_strangers(found: dict[str, list[Contradiction]], people: Sequence[Sequence[_Recorded]]) -> None:
    """Keep with all that is told under an id that it is told of another too."""
    for at, records in enumerate(people):
        others = [other for position, other in enumerate(people) if position != at]
        for visit, record in records:
            for other in others:
                (_, first), *_ = other
                part = _SUBJECTS[type(record)]
                said = Contradiction(part, record.subject, record.origin, first.subject, first.origin)
                found.setdefault(visit, []).append(said)


_SUBJECTS: Mapping[type, str] = {
    Visit: VISIT_SUBJECT,
    Observation: OBSERVATION_SUBJECT,
    Intervention: INTERVENTION_SUBJECT,
    QuestionnaireResponse: RESPONSE_SUBJECT,
}


def _with_told(visit: Visit, found: Mapping[str, list[Contradiction]]) -> Visit:
    told = found.get(visit.key)
    return visit if told is None else replace(visit, contradictions=tuple(told))


def _tell(found: dict[str, list[Contradiction]], part: str, name: str, one: _Told, other: _Told) -> None:
    """Keep with each of two what the other says."""
    for (mine, keys), (theirs, _) in ((one, other), (other, one)):
        said = Contradiction(part, getattr(theirs, name), theirs.origin, getattr(mine, name), mine.origin)
        for key in keys:
            found.setdefault(key, []).append(said)


def _with(citizen: Citizen, found: Mapping[str, list[Contradiction]]) -> Citizen:
    told = found.get(citizen.key)
    return citizen if told is None else replace(citizen, contradictions=tuple(told))


def _number(cpr: Entry[str]) -> str:
    """A CPR number as it is compared: its digits are the same with a hyphen and without."""
    return (cpr.value or cpr.raw).replace("-", "").strip()


def _differ(one: Entry[Any], other: Entry[Any]) -> bool:
    """Whether two say something, and not the same."""
    if one.is_empty or other.is_empty:
        return False
    return (one.value, one.raw if one.value is None else "") != (other.value, other.raw if other.value is None else "")
