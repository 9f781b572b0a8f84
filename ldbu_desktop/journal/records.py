"""Records of a journal: found by their keys, and the journal, family or visit with another in their place."""

from __future__ import annotations

from typing import Protocol, TypeVar

from msgspec.structs import replace

from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.model import Family, Journal, Visit, VisitRecord
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR

OneKind = TypeVar("OneKind", bound=VisitRecord)
"""Records of one kind at a visit."""


class RecordsChange(Protocol):
    """What makes other records of those of one kind at a visit."""

    def __call__(self, records: tuple[OneKind, ...], /) -> tuple[OneKind, ...]: ...


def stands(record: VisitRecord, visit: Visit) -> bool:
    """Whether a record is what is told at a visit: one that was withdrawn is not, unless all of the visit was."""
    return record.status.value != ENTERED_IN_ERROR or visit.status.value == ENTERED_IN_ERROR


def find_family(journal: Journal, key: str) -> Family | None:
    """A family by its key; None where there is none."""
    return next((one for one in journal.families if one.key == key), None)


def find_visit(journal: Journal, family: str, key: str) -> tuple[Family, Visit] | None:
    """A visit by its key, with its family; None where there is none."""
    for known in journal.families:
        if known.key == family:
            for visit in known.visits:
                if visit.key == key:
                    return known, visit
    return None


def family_in(journal: Journal, key: str) -> Family:
    """A family by its key. Raises :class:`CallFault` where there is none."""
    family = find_family(journal, key)
    if family is None:
        raise CallFault("edit-nowhere", field="family")
    return family


def visit_in(journal: Journal, family: str, key: str) -> tuple[Family, Visit]:
    """A visit by its key, with its family. Raises :class:`CallFault` where there is none."""
    found = find_visit(journal, family, key)
    if found is None:
        raise CallFault("edit-nowhere", field="visit")
    return found


def with_family_as(journal: Journal, before: Family, after: Family) -> Journal:
    """``journal`` in which one family is another."""
    return replace(journal, families=tuple(after if one is before else one for one in journal.families))


def with_visit_as(journal: Journal, family: Family, before: Visit, after: Visit) -> Journal:
    """``journal`` in which one visit of a family is another."""
    visits = tuple(after if one is before else one for one in family.visits)
    return with_family_as(journal, family, replace(family, visits=visits))


def with_recorded(visit: Visit, change: RecordsChange) -> Visit:
    """A visit in which the records of each kind are what ``change`` makes of them; the same where it makes none."""
    observations, interventions = change(visit.observations), change(visit.interventions)
    responses = change(visit.responses)
    if observations is visit.observations and interventions is visit.interventions and responses is visit.responses:
        return visit
    return replace(visit, observations=observations, interventions=interventions, responses=responses)
