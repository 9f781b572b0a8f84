"""Where an answer stands in the journal, and the journal with another family or visit."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.model import (
    Entry,
    Family,
    Intervention,
    Journal,
    Observation,
    QuestionnaireResponse,
    Visit,
)
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR


class Place(NamedTuple):
    """Where an answer stands.

    ``part`` is ``value``, ``missing-reason``, ``unit``, ``start`` or ``end`` of an observation. ``record`` is the key
    of one of several records (a finding, a feeding period, an intervention); without it a variable that takes several
    gets one more. ``subject`` is empty for what is about the visit itself. ``unit`` is that of a number typed without
    one, the variable's first if it is empty. ``number`` is which entry of a list is meant, counted from 0 (the reasons
    of an intervention, the interventions behind a visit); without it the list gets one more.
    """

    family: str
    visit: str
    subject: str
    variable: str
    part: str = "value"
    questionnaire: str = ""
    link_id: str = ""
    record: str = ""
    unit: str = ""
    number: int | None = None


def place_in(journal: Journal, place: Place) -> tuple[Family, Visit] | None:
    """The family and the visit that ``place`` names; None where there are none."""
    for family in journal.families:
        if family.key == place.family:
            for visit in family.visits:
                if visit.key == place.visit:
                    return family, visit
    return None


def family_in(journal: Journal, key: str) -> Family:
    """A family by its key. Raises :class:`CallFault` where there is none."""
    family = next((one for one in journal.families if one.key == key), None)
    if family is None:
        raise CallFault("edit-nowhere", field="family")
    return family


def visit_in(journal: Journal, family: str, key: str) -> tuple[Family, Visit]:
    """A visit by its key, with its family. Raises :class:`CallFault` where there is none."""
    found = place_in(journal, Place(family, key, "", ""))
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


def stands(record: Observation | Intervention | QuestionnaireResponse, visit: Visit) -> bool:
    """Whether a record is what is told at a visit: one that was withdrawn is not, unless all of the visit was."""
    return record.status.value != ENTERED_IN_ERROR or visit.status.value == ENTERED_IN_ERROR


def said_again(entry: Entry[str]) -> Entry[str]:
    """What is said elsewhere, as it would be typed here."""
    return Entry(entry.value, entry.raw)
