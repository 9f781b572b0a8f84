"""What is so for a while, as feeding is: from when to when. A period may be open: it still goes on."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from ldbu_desktop.editing.observations import new_observation, with_observation
from ldbu_desktop.editing.values import edited
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.dates import day_of, is_before
from ldbu_desktop.journal.fields import OBSERVATION_END, OBSERVATION_START
from ldbu_desktop.journal.model import EMPTY, Entry, Family, Journal, Moment, Observation, Visit
from ldbu_desktop.journal.records import family_in, stands, visit_in, with_visit_as
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.model import Standard


class Ending(NamedTuple):
    """A period that still goes on when another begins: where it is, and the end that would make the other follow it."""

    where: Where
    end: Moment


def with_period(journal: Journal, where: Where, raw: str, start: str, end: str, standard: Standard) -> Journal:
    """``journal`` with one more period in which it was as ``raw`` says, from ``start`` to ``end`` as typed.

    Other periods stay as they are: see :func:`endings`.
    """
    family, visit = visit_in(journal, where.family, where.visit)
    variable = standard.variable.get(where.variable)
    if variable is None or not variable.takes_period:
        raise CallFault("edit-nowhere", field=where.variable)
    period = replace(new_observation(visit, where, variable, standard), is_period=True, start=EMPTY)
    journal = with_visit_as(journal, family, visit, with_observation(visit, None, period))
    for field, text in (("", raw), (OBSERVATION_START, start), (OBSERVATION_END, end)):
        if text.strip():
            journal = edited(journal, Where(family.key, visit.key, period.key, field, where.variable), text, standard)
    return journal


def endings(journal: Journal, family: str, record: str) -> tuple[Ending, ...]:
    """The ends that keep the period ``record`` apart from the same child's others: of those that go on into it, and
    its own where it goes on into the next. They are proposed; nothing ends by itself."""
    known = family_in(journal, family)
    periods = [(visit, one) for visit in known.visits for one in visit.observations if one.is_period]
    new = next(((visit, one) for visit, one in periods if one.key == record), None)
    if new is None or new[1].start.value is None:
        return ()
    start, child = new[1].start.value, new[1].subject.value
    of = new[1].variable.value
    periods = [(visit, one) for visit, one in periods if one.variable.value == of]
    others = [(visit, one) for visit, one in periods if one.subject.value == child and stands(one, visit)]
    proposed = [_ending(known, visit, one, start) for visit, one in others if _goes_on_into(one, start)]
    starts = (one.start.value for _, one in others)
    later = [each for each in starts if each is not None and _goes_on_into(new[1], each)]
    if later:
        proposed.append(_ending(known, *new, min(later, key=day_of)))
    return tuple(proposed)


def with_endings(journal: Journal, chosen: tuple[Ending, ...]) -> Journal:
    """``journal`` in which periods end as it was proposed."""
    for ending in chosen:
        family, visit = visit_in(journal, ending.where.family, ending.where.visit)
        for one in visit.observations:
            if one.key == ending.where.record:
                after = with_observation(visit, one, replace(one, end=Entry(ending.end)))
                journal = with_visit_as(journal, family, visit, after)
    return journal


def _goes_on_into(period: Observation, start: Moment) -> bool:
    begun, end = period.start.value, period.end.value
    if begun is None or not is_before(begun, start):
        return False
    return period.end.is_empty or (end is not None and is_before(start, end))


def _ending(family: Family, visit: Visit, period: Observation, end: Moment) -> Ending:
    """An end told as exactly as the period's beginning is."""
    exact = end if isinstance(period.start.value, datetime) else day_of(end)
    return Ending(Where(family.key, visit.key, period.key), exact)
