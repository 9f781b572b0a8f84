"""Families and their history: visits beside each other, growth over time, and records that can't be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ldbu_desktop.findings.age import day_of, is_before
from ldbu_desktop.findings.checks import Check, check
from ldbu_desktop.findings.model import Finding, Level
from ldbu_desktop.findings.rule_book import ENTERED_IN_ERROR, Observed
from ldbu_desktop.findings.scopes import FamilyScope
from ldbu_desktop.journal.model import Moment, Observation, Visit

_SHRINKS_BY = Decimal("0.5")
"""Centimetres within which two measurings of the same child may differ."""

_FIRST_DAYS = 14
_TODDLER_DAYS = 731
_LOSS_AT_FIRST = Decimal("0.10")
_LOSS_OF_INFANTS = Decimal("0.05")
_LOSS_LATER = Decimal("0.10")
"""Shares of the weight before. Newborns lose up to a tenth in their first days and have it back within two weeks;
after that an infant that loses a twentieth is more likely to have been weighed or typed wrong."""


class Measurement(NamedTuple):
    """A measurement in the variable's first unit, with where it was taken."""

    day: date
    size: Decimal
    visit: Visit
    observation: Observation


@dataclass(frozen=True, slots=True)
class FeedingPeriod:
    """A feeding period that has both ends."""

    start: Moment
    end: Moment
    value: object
    visit: Visit
    observation: Observation


def _series(scope: FamilyScope) -> Iterator[tuple[Observed, list[Measurement]]]:
    """Each child's measurements of each variable in the order of their days, where there are several."""
    measured = scope.rules.measured
    taken: dict[tuple[str, str], list[Measurement]] = {}
    for visit in scope.family.visits:
        if visit.status.value == ENTERED_IN_ERROR:
            continue
        for observation in visit.observations:
            known = measured.get(observation.variable.value or "")
            if known is None or observation.status.value == ENTERED_IN_ERROR:
                continue
            number, subject = observation.value.value, observation.subject.value
            moment = observation.start.value or visit.start.value
            factor = known.factors.get(observation.unit.value or "")
            if not isinstance(number, Decimal) or factor is None or number <= 0 or moment is None or subject is None:
                continue
            day, size = day_of(moment), number * factor
            birth = scope.births.get(subject)
            plausible = scope.rules.range_at(known.variable.id, (day - birth).days if birth is not None else None)
            if day > scope.today or (plausible is not None and not plausible.low <= size <= plausible.high):
                # It is told as a slip; beside it every true measurement would look wrong.
                continue
            measurement = Measurement(day, size, visit, observation)
            taken.setdefault((known.variable.id, subject), []).append(measurement)
    for (name, _), series in taken.items():
        if len(series) > 1:
            yield measured[name], sorted(series, key=lambda measurement: measurement.day)


def _at(scope: FamilyScope, code: str, later: Measurement, before: Measurement, known: Observed) -> Finding:
    return scope.finding(
        code,
        later.observation,
        later.observation.value,
        visit=later.visit,
        part=known.variable.id,
        name=known.variable.label,
        size=later.size,
        before=before.size,
        day=later.day,
        before_day=before.day,
        unit=known.variable.units[0].code,
    )


@check(Level.FAMILY, "size-shrinks", "weight-drop")
def children_grow(scope: FamilyScope) -> Iterator[Finding]:
    """Height and head circumference do not become less; weight does not, beyond what newborns lose."""
    for known, series in _series(scope):
        is_weight = known.variable.id in scope.rules.weights
        for before, later in pairwise(series):
            lost = before.size - later.size
            if is_weight:
                birth = scope.births.get(later.observation.subject.value or "")
                age = (later.day - birth).days if birth is not None else _TODDLER_DAYS
                if lost > before.size * _accepted_loss(age):
                    yield _at(scope, "weight-drop", later, before, known)
            elif lost > _SHRINKS_BY:
                yield _at(scope, "size-shrinks", later, before, known)


def _accepted_loss(age_days: int) -> Decimal:
    if age_days <= _FIRST_DAYS:
        return _LOSS_AT_FIRST
    return _LOSS_OF_INFANTS if age_days < _TODDLER_DAYS else _LOSS_LATER


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
                "duplicate-visit", visit, visit.start, visit=visit, part="visit.start", visit_type=label, day=what[2]
            )
        seen.setdefault(what, visit)


@check(Level.FAMILY, "feeding-periods-overlap")
def feeding_periods_follow_each_other(scope: FamilyScope) -> Iterator[Finding]:
    """A child is fed in one way at a time; the same period told again at a later visit is no overlap."""
    of_child: dict[str, list[FeedingPeriod]] = {}
    for visit in scope.family.visits:
        for observation in visit.observations:
            if observation.status.value == ENTERED_IN_ERROR:
                continue
            start, end = observation.start.value, observation.end.value
            if observation.is_period and start is not None and end is not None and observation.subject.value:
                period = FeedingPeriod(start, end, observation.value.value, visit, observation)
                of_child.setdefault(observation.subject.value, []).append(period)
    for periods in of_child.values():
        periods.sort(key=lambda period: day_of(period.start))
        for before, later in pairwise(periods):
            same = (before.start, before.end, before.value) == (later.start, later.end, later.value)
            if not same and is_before(later.start, before.end):
                yield scope.finding(
                    "feeding-periods-overlap", later.observation, later.observation.start, visit=later.visit,
                    part="observation.start", start=later.start, before_end=before.end,
                )  # fmt: skip


@check(Level.FAMILY, "record-unplaced")
def records_have_a_visit(scope: FamilyScope) -> Iterator[Finding]:
    """Records that point to no visit that is there."""
    for record in scope.family.unplaced:
        variable = record.variable.value if isinstance(record, Observation) else None
        yield scope.finding("record-unplaced", record, found=variable or "")


FAMILY_CHECKS: tuple[Check[FamilyScope], ...] = (
    visits_stand_once,
    children_grow,
    feeding_periods_follow_each_other,
    records_have_a_visit,
)
