"""One Patient id, one person: what reports say of it fits together, or the contradiction is kept at both.

An id that comes again updates what was told before, so a municipality may change from one report to the next. A CPR
number can't: a wrong one is voided, by ``active`` = false or by voiding all that was told of it. What stands beside
another number after that leaves open whom the id means, and nothing is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from ldbu_desktop.journal.fields import CITIZEN_ACTIVE, CITIZEN_CPR, CITIZEN_ORGANISATION
from ldbu_desktop.journal.model import Citizen, Contradiction, Entry, Family, Moment, Visit, VisitRecord
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
