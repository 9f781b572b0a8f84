"""The records that a report holds: those of its visits, and those that they refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ldbu_desktop.bundles.identity import Named, named
from ldbu_desktop.journal.model import (
    Family,
    Intervention,
    Journal,
    Record,
    Visit,
    VisitRecord,
)


class RecordIndex:
    """The records of a journal by name, the visit at which each was recorded, and the family of each visit."""

    def __init__(self, journal: Journal) -> None:
        self.record: dict[Named, Record] = {}
        self.visit: dict[Named, Visit] = {}
        self.family: dict[Named, Family] = {}
        for family in journal.families:
            self.record.update((named(record), record) for record in _all(family))
            self.family.update((named(visit), family) for visit in family.visits)
            self.visit.update((named(one), visit) for visit in family.visits for one in recorded(visit))


def _all(family: Family) -> Iterator[Record]:
    yield from family.citizens
    yield from family.parenthoods
    yield from family.schools
    for visit in family.visits:
        yield visit
        yield from recorded(visit)
    yield from family.unplaced


def recorded(visit: Visit) -> Iterator[VisitRecord]:
    """All that was recorded at a visit."""
    yield from visit.interventions
    yield from visit.observations
    yield from visit.responses


def _any(_record: Record) -> bool:
    return True


def involved(
    family: Family, visits: Sequence[Visit], index: RecordIndex, is_told: Callable[[Record], bool] = _any
) -> Iterator[Record]:
    """The records of a report about ``visits`` that are told, what is referred to before what refers to it.

    Citizens, schools and interventions are there if something refers to them, and a parenthood if both its citizens
    are: so a report about a parent alone says nothing of the child.
    """
    visits = [visit for visit in visits if is_told(visit)]
    causes = [cause for cause in _causes(visits, index) if is_told(cause)]
    told = [record for visit in visits for record in (visit, *recorded(visit)) if is_told(record)]
    subjects = {record.subject.value for record in (*causes, *told)}
    citizens = {citizen.key: citizen for citizen in family.citizens if citizen.key in subjects}
    yield from sorted(citizens.values(), key=lambda citizen: not citizen.is_child)
    for parenthood in family.parenthoods:
        if parenthood.parent.value in citizens and parenthood.child.value in citizens and is_told(parenthood):
            yield parenthood
    schools = {record.school.value for record in told if isinstance(record, Visit)}
    yield from (school for school in family.schools if school.key in schools)
    yield from causes
    yield from told


def _causes(visits: Sequence[Visit], index: RecordIndex) -> list[Intervention]:
    """The interventions of other visits that these visits are based on."""
    within = {intervention.key for visit in visits for intervention in visit.interventions}
    keys = dict.fromkeys(entry.value for visit in visits for entry in visit.based_on if entry.value is not None)
    found = (index.record.get(("CarePlan", key)) for key in keys if key not in within)
    return [record for record in found if isinstance(record, Intervention)]
