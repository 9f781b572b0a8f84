"""Interventions over several visits: one that a later visit goes on with, and one that ends."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.age import day_of
from ldbu_desktop.journal.model import Entry, Family, Intervention, Journal, Moment, Visit
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.model import Standard


def continued(journal: Journal, family: str, visit: str, intervention: str) -> Journal:
    """``journal`` in which a visit is part of an intervention that is there, by their keys; said twice it is once."""
    known = _family(journal, family)
    now = next((one for one in known.visits if one.key == visit), None)
    if now is None or not any(one.key == intervention for each in known.visits for one in each.interventions):
        raise CallFault("edit-nowhere", field="visit.interventions")
    if any(entry.value == intervention for entry in now.based_on):
        return journal
    return _with(journal, known, replace(now, based_on=(*now.based_on, Entry(intervention))))


def ended(journal: Journal, family: str, intervention: str, end: Moment, standard: Standard) -> Journal:
    """``journal`` in which an intervention ends at ``end``, told as exactly as its beginning is."""
    known = _family(journal, family)
    for visit in known.visits:
        for one in visit.interventions:
            if one.key == intervention:
                after = _ended(one, end, standard)
                others = tuple(after if each is one else each for each in visit.interventions)
                return _with(journal, known, replace(visit, interventions=others))
    raise CallFault("edit-nowhere", field="intervention.end")


def _ended(intervention: Intervention, end: Moment, standard: Standard) -> Intervention:
    words = Vocabulary(standard)
    is_day = intervention.start.value is not None and not isinstance(intervention.start.value, datetime)
    return replace(
        intervention,
        end=Entry(day_of(end) if is_day else end),
        status=words.default("intervention.status", is_ended=True),
        activity_status=words.default("intervention.activity-status", is_ended=True),
    )


def _family(journal: Journal, key: str) -> Family:
    family = next((one for one in journal.families if one.key == key), None)
    if family is None:
        raise CallFault("edit-nowhere", field="family")
    return family


def _with(journal: Journal, family: Family, visit: Visit) -> Journal:
    after = replace(family, visits=tuple(visit if one.key == visit.key else one for one in family.visits))
    return replace(journal, families=tuple(after if one is family else one for one in journal.families))
