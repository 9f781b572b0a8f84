"""Families and their history: visits beside each other, and records that can't be told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from ldbu_desktop.findings.checks.check import Check, check
from ldbu_desktop.findings.checks.scopes import FamilyScope
from ldbu_desktop.findings.model import Finding, Level
from ldbu_desktop.journal.dates import day_of, is_before
from ldbu_desktop.journal.fields import OBSERVATION_START, VISIT_START
from ldbu_desktop.journal.model import Moment, Observation, Visit
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR


class FeedingPeriod(Struct, frozen=True):
    """A feeding period that has both ends."""

    start: Moment
    end: Moment
    value: object
    visit: Visit
    observation: Observation

    @property
    def what(self) -> tuple[Moment, Moment, object]:
        """What is told, whoever tells it."""
        return self.start, self.end, self.value


@check(Level.FAMILY, "duplicate-visit")
def visits_stand_once(scope: FamilyScope) -> Iterator[Finding]:
    """No citizen has two visits of a type on one day."""
    seen: dict[object, Visit] = {}
    for visit in scope.family.visits:
        start = visit.start.value
        if start is None or visit.subject.value is None or visit.type.value is None:
            continue
        if visit.status.value == ENTERED_IN_ERROR:
            continue
        what = (visit.subject.value, visit.type.value, day_of(start))
        if what in seen:
            visit_type = scope.rules.visit_types.get(visit.type.value)
            label = visit_type.label if visit_type is not None else ""
            yield scope.finding(
                "duplicate-visit", visit, visit.start, visit=visit, part=VISIT_START, visit_type=label, day=what[2]
            )
        seen.setdefault(what, visit)


@check(Level.FAMILY, "feeding-periods-overlap")
def feeding_periods_follow_each_other(scope: FamilyScope) -> Iterator[Finding]:
    """A child is fed in one way at a time; the same period told again at a later visit is no overlap."""
    of_child: dict[tuple[str, str | None], list[FeedingPeriod]] = {}
    for visit in scope.visits:
        for observation in visit.doubtful:
            if observation.status.value == ENTERED_IN_ERROR:
                continue
            start, end = observation.start.value, observation.end.value
            if observation.is_period and start is not None and end is not None and observation.subject.value:
                period = FeedingPeriod(start, end, observation.value.value, visit.visit, observation)
                of_child.setdefault((observation.subject.value, observation.variable.value), []).append(period)
    for periods in of_child.values():
        yield from _overlaps(scope, sorted(periods, key=lambda period: (day_of(period.start), day_of(period.end))))


def _overlaps(scope: FamilyScope, periods: Sequence[FeedingPeriod]) -> Iterator[Finding]:
    """Each period that begins before one of those before it, in the order of their starts, has ended."""
    longest, told = periods[0], {periods[0].what}
    for period in periods[1:]:
        if period.what in told:
            continue
        told.add(period.what)
        if is_before(period.start, longest.end):
            yield scope.finding(
                "feeding-periods-overlap", period.observation, period.observation.start, visit=period.visit,
                part=OBSERVATION_START, start=period.start, before_end=longest.end,
            )  # fmt: skip
        if is_before(longest.end, period.end):
            longest = period


@check(Level.FAMILY, "record-unplaced")
def records_have_a_visit(scope: FamilyScope) -> Iterator[Finding]:
    """Records that point to no visit that is there."""
    for record in scope.family.unplaced:
        variable = record.variable.value if isinstance(record, Observation) else None
        yield scope.finding("record-unplaced", record, found=variable or "")


FAMILY_CHECKS: tuple[Check[FamilyScope], ...] = (
    visits_stand_once,
    feeding_periods_follow_each_other,
    records_have_a_visit,
)
