"""What held visits lack of what the gateway demands, and until when it is waited for.

A mandatory observation that is missing makes a report fail the first night after the visit and again the second; after
that it goes out with the reason why there is none. So the noon that ends the second night is the deadline, and a value
or a reason recorded before it is in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from ldbu_desktop.findings.checks.rule_book import RuleBook, VisitDemand
from ldbu_desktop.journal.dates import day_of, local
from ldbu_desktop.journal.model import Family, Observation, Visit
from ldbu_desktop.journal.nights import last_noon
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR, NEVER_HELD, NOT_OVER
from ldbu_desktop.journal.where import Where


class Urgency(StrEnum):
    """When a deadline is, as seen from a moment."""

    TOO_LATE = "too-late"
    TODAY = "today"
    TOMORROW = "tomorrow"
    LATER = "later"


class Deadline(NamedTuple):
    """A mandatory observation that a visit lacks, and ``until`` when it is waited for, in Danish time.

    ``where`` has the record that has neither value nor reason, if there is one, and else about whom it is to be;
    ``others`` the further places where a reason has to stand, since it is about each of several parents.
    ``may_lack`` tells whether a reason for having no value is taken at all.
    """

    where: Where
    others: tuple[Where, ...]
    day: date
    until: datetime
    invariant: str
    may_lack: bool

    def urgency(self, now: datetime) -> Urgency:
        """How urgent it is at a moment, which has a time zone."""
        if now >= self.until:
            return Urgency.TOO_LATE
        days = (self.until.date() - local(now).date()).days
        return (Urgency.TODAY, Urgency.TOMORROW)[days] if days < 2 else Urgency.LATER


def deadlines(families: Iterable[Family], rules: RuleBook, now: datetime) -> tuple[Deadline, ...]:
    """What the visits that were held until ``now`` lack, the most urgent first; a visit whose day is unknown has none.

    ``now`` has a time zone. An observation with a value that could not be read is lacking too: it can't be told.
    """
    today = local(now).date()
    found = [
        one
        for family in families
        for visit in family.visits
        if (day := _held_on(visit)) is not None and day <= today
        for one in _lacking(family, visit, day, rules)
    ]
    return tuple(sorted(found, key=lambda one: one.until))


def _held_on(visit: Visit) -> date | None:
    start, status = visit.start.value, visit.status.value
    return None if start is None or status in NOT_OVER or status in NEVER_HELD else day_of(start)


def _lacking(family: Family, visit: Visit, day: date, rules: RuleBook) -> Iterator[Deadline]:
    told = {one.variable.value for one in visit.observations if _tells(one)}
    for demand in rules.demands.get(visit.type.value or "", ()):
        if visit.visit_class.value in demand.classes and told.isdisjoint(demand.satisfied_by):
            places = list(_places(family, visit, demand, rules))
            known = rules.observed[demand.variable]
            may_lack = known.missing_reason != "refused" and all(place.record or place.subject for place in places)
            yield Deadline(places[0], tuple(places[1:]), day, last_noon(day), demand.invariant, may_lack)


def _tells(one: Observation) -> bool:
    """Whether an observation stands and has a value, or why there is none."""
    is_told = one.value.value is not None or one.missing_reason.value is not None
    return is_told and one.status.value != ENTERED_IN_ERROR


def _places(family: Family, visit: Visit, demand: VisitDemand, rules: RuleBook) -> Iterator[Where]:
    """Where what is demanded is to stand: in records that have nothing yet, else about whom it has to be."""
    empty = [
        one.key
        for one in visit.observations
        if one.variable.value == demand.variable and one.status.value != ENTERED_IN_ERROR
    ]
    here = Where(family.key, visit.key, variable=demand.variable)
    if empty:
        yield from (here._replace(record=key) for key in empty)
        return
    subject = visit.subject.value or ""
    parents = [one.key for one in family.citizens if not one.is_child]
    is_of_parents = rules.observed[demand.variable].subject == "parent" and subject not in parents
    about = (parents or [""]) if is_of_parents else [subject]
    yield from (here._replace(subject=key) for key in about)
