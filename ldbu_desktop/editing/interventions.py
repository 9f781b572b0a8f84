"""Interventions: begun at a visit, gone on with at later ones, and ended."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from ldbu_desktop.editing.values import edited
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.fields import (
    INTERVENTION_ACTIVITY_STATUS,
    INTERVENTION_CODE,
    INTERVENTION_END,
    INTERVENTION_STATUS,
    VISIT_INTERVENTIONS,
    entry_at,
)
from ldbu_desktop.journal.keys import free_key
from ldbu_desktop.journal.model import EMPTY, Entry, Family, Intervention, Journal, Moment, Visit
from ldbu_desktop.journal.records import family_in, stands, visit_in, with_visit_as
from ldbu_desktop.journal.where import Where
from ldbu_desktop.mapping.entries import follows
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.model import Standard


def intervened_at(visit: Visit, where: Where) -> Entry[object]:
    """What stands at a part of an intervention; of its reasons the one that is meant, else the first."""
    intervention = _intervention(visit, where)
    return entry_at(intervention, where.field, where.number) if intervention is not None else EMPTY


def intervened(journal: Journal, family: Family, visit: Visit, where: Where, raw: str, standard: Standard) -> Journal:
    """``journal`` with ``raw`` as a part of an intervention; without a key of one it begins another."""
    known = _intervention(visit, where) if where.record else None
    if known is None:
        if not raw.strip():
            return journal
        known = _new_intervention(visit, where, raw, standard)
        now = replace(visit, interventions=(*visit.interventions, known))
        journal = with_visit_as(journal, family, visit, now)
    elif where.field == INTERVENTION_CODE and not raw.strip():
        kept = tuple(one for one in visit.interventions if one is not known)
        return with_visit_as(journal, family, visit, replace(visit, interventions=kept))
    number = len(known.reasons) if where.number is None else where.number
    return edited(journal, Where(family.key, visit.key, known.key, where.field, number=number), raw, standard)


def continued(journal: Journal, family: str, visit: str, intervention: str) -> Journal:
    """``journal`` in which a visit is part of an intervention that is there, by their keys; said twice it is once."""
    known, now = visit_in(journal, family, visit)
    _begun_at(known, intervention, VISIT_INTERVENTIONS)
    if any(entry.value == intervention for entry in now.based_on):
        return journal
    return with_visit_as(journal, known, now, replace(now, based_on=(*now.based_on, Entry(intervention))))


def not_continued(journal: Journal, family: str, visit: str, intervention: str) -> Journal:
    """``journal`` in which a visit is no part of an intervention any more."""
    known, now = visit_in(journal, family, visit)
    others = tuple(entry for entry in now.based_on if entry.value != intervention)
    return with_visit_as(journal, known, now, replace(now, based_on=others))


def ended(journal: Journal, family: str, intervention: str, end: Moment, standard: Standard) -> Journal:
    """``journal`` in which an intervention ends at ``end``, told as exactly as its beginning is."""
    known = family_in(journal, family)
    visit, one = _begun_at(known, intervention, INTERVENTION_END)
    words = vocabulary_of(standard)
    is_day = one.start.value is not None and not isinstance(one.start.value, datetime)
    after = replace(
        one,
        end=Entry(day_of(end) if is_day else end),
        status=words.default(INTERVENTION_STATUS, is_ended=True),
        activity_status=words.default(INTERVENTION_ACTIVITY_STATUS, is_ended=True),
    )
    others = tuple(after if each is one else each for each in visit.interventions)
    return with_visit_as(journal, known, visit, replace(visit, interventions=others))


def _begun_at(family: Family, intervention: str, field: str) -> tuple[Visit, Intervention]:
    """The visit at which an intervention began. Raises :class:`CallFault` where there is none."""
    for visit in family.visits:
        for one in visit.interventions:
            if one.key == intervention:
                return visit, one
    raise CallFault("edit-nowhere", field=field)


def _intervention(visit: Visit, where: Where) -> Intervention | None:
    for one in visit.interventions:
        if where.record:
            if one.key == where.record:
                return one
        elif one.subject.value == where.subject and stands(one, visit):
            return one
    return None


def _new_intervention(visit: Visit, where: Where, raw: str, standard: Standard) -> Intervention:
    words = vocabulary_of(standard)
    code = words.reading(INTERVENTION_CODE)(raw) if where.field == INTERVENTION_CODE else None
    taken = {one.key for one in visit.interventions}
    return Intervention(
        free_key(f"{visit.key}/intervention" + (f"/{code}" if code else ""), taken),
        Entry(where.subject),
        start=follows(visit.start.value),
        status=words.default(INTERVENTION_STATUS),
        activity_status=words.default(INTERVENTION_ACTIVITY_STATUS),
    )
