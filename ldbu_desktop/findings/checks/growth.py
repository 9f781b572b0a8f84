"""Growth over time: measurements beside each other and beside WHO's reference. Nothing here judges a child."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from ldbu_desktop.findings.checks.check import Check, check
from ldbu_desktop.findings.checks.rule_book import Observed
from ldbu_desktop.findings.checks.scopes import FamilyScope, Measurement, SiftedVisit
from ldbu_desktop.findings.model import Finding, Level
from ldbu_desktop.growth.child import CORRECTED_BEFORE, sex_of
from ldbu_desktop.growth.flags import ENTRY_LIMITS, unlikely_changes
from ldbu_desktop.growth.model import Measure, Sex, gestation_of
from ldbu_desktop.growth.reference import UNITS
from ldbu_desktop.growth.scores import Scoring, scoring, size_at
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.model import Observation
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR

_TODDLER_DAYS = 731
"""The age that a child without a birthday is taken to have."""

_TENTH = Decimal("0.1")
_DAY = attrgetter("day")


class _Child(NamedTuple):
    """What a child's measurements are held against. ``early_days`` is by how much it was born before term."""

    birth: date
    sex: Sex
    early_days: int

    def seen_at(self, days: int) -> int:
        """The age in days that growth is seen by at an age in days."""
        return days - self.early_days if days < CORRECTED_BEFORE else days


def _series(scope: FamilyScope) -> dict[tuple[str, str], list[Measurement]]:
    """The measurements by variable and child, in the order of their days."""
    taken: dict[tuple[str, str], list[Measurement]] = {}
    for visit in scope.visits:
        if visit.visit.status.value == ENTERED_IN_ERROR:
            continue
        if visit.day is not None and visit.day <= scope.today:
            for of_whom, measurement in visit.measured:
                taken.setdefault(of_whom, []).append(measurement)
        for observation in visit.doubtful:
            _add_doubtful(scope, visit, observation, taken)
    for series in taken.values():
        series.sort(key=_DAY)
    return taken


def _add_doubtful(
    scope: FamilyScope, visit: SiftedVisit, observation: Observation, taken: dict[tuple[str, str], list[Measurement]]
) -> None:
    """Take a measurement in which something else may be wrong, where its size and day are known."""
    number, known = observation.value.value, scope.rules.measured.get(observation.variable.value or "")
    if not isinstance(number, Decimal) or known is None or observation.status.value == ENTERED_IN_ERROR:
        return
    subject = observation.subject.value
    moment = observation.start.value or visit.visit.start.value
    factor = known.factors.get(observation.unit.value or "")
    if factor is None or number <= 0 or moment is None or subject is None:
        return
    day, size = day_of(moment), number * factor
    birth = scope.births.get(subject)
    plausible = scope.rules.ranges[known.variable.id, (day - birth).days if birth is not None else None]
    if day > scope.today or (plausible is not None and not plausible.low <= size <= plausible.high):
        # It is told as a slip; beside it every true measurement would look wrong.
        return
    measurement = Measurement(day, size, float(size), visit.visit, observation)
    taken.setdefault((known.variable.id, subject), []).append(measurement)


def _at(scope: FamilyScope, code: str, measured: Measurement, known: Observed, **facts: Any) -> Finding:
    return scope.finding(
        code,
        measured.observation,
        measured.observation.value,
        visit=measured.visit,
        part=known.variable.id,
        name=known.variable.label,
        size=measured.size,
        day=measured.day,
        unit=known.variable.units[0].code,
        **facts,
    )


@check(Level.FAMILY, "size-shrinks", "weight-drop", "growth-unlikely", "growth-change-unlikely")
def children_grow(scope: FamilyScope) -> Iterator[Finding]:
    """A child's sizes are possible for its age, change as sizes do, and become less only as newborns' weights do."""
    children: dict[str, _Child | None] = {}
    for (name, subject), series in _series(scope).items():
        known = scope.rules.measured[name]
        child = children[subject] if subject in children else children.setdefault(subject, _child(scope, subject))
        doubted: set[int] = set()
        for finding, measured in _shrinking(scope, known, series, child):
            doubted.add(id(measured.observation))
            yield finding
        if child is not None and known.variable.reference is not None:
            yield from _beside_reference(scope, known, series, child, doubted)


def _child(scope: FamilyScope, key: str) -> _Child | None:
    citizen, birth = scope.citizens.get(key), scope.births.get(key)
    sex = sex_of(citizen.cpr.value or "") if citizen is not None else None
    if citizen is None or not citizen.is_child or birth is None or sex is None:
        return None
    gestation = gestation_of(citizen.gestation.value) if citizen.gestation.value else None
    return _Child(birth, sex, gestation.early_days if gestation is not None else 0)


def _shrinking(
    scope: FamilyScope, known: Observed, series: Sequence[Measurement], child: _Child | None
) -> Iterator[tuple[Finding, Measurement]]:
    """What grows does not become less, beyond what the catalogue says may be lost at the age."""
    losses = known.variable.losses
    if not losses:
        return
    code = "weight-drop" if known.variable.reference == "weight-for-age" else "size-shrinks"
    for before, later in pairwise(series):
        if later.number >= before.number:
            continue
        age = (later.day - child.birth).days if child is not None else _TODDLER_DAYS
        accepted = next(loss for loss in losses if loss.to_days is None or age < loss.to_days)
        if before.size - later.size > accepted.of(before.size):
            yield _at(scope, code, later, known, before=before.size, before_day=before.day), later


def _beside_reference(
    scope: FamilyScope, known: Observed, series: Sequence[Measurement], child: _Child, doubted: Collection[int]
) -> Iterator[Finding]:
    """What WHO's programs take for an entry error, and what changes as no child does. Nothing is told twice."""
    measure, unit, z_at, low, high = _reference(known.variable.reference or "", child.sex)
    factor = float(known.factors[unit])
    scores: list[tuple[int, float | None]] = []
    for measured in series:
        days, size = (measured.day - child.birth).days, measured.number / factor
        age = child.seen_at(days) if child.early_days else days
        z = z_at(age, size)
        if z is not None and not low <= z <= high:
            if id(measured.observation) not in doubted:
                yield _too_far(scope, known, measured, (measure, child.sex, age), z)
            z = None
        elif age != days - child.early_days:
            z = z_at(days - child.early_days, size)
        scores.append((days, z))
    for at, change in unlikely_changes(scores).items():
        measured, before = series[at], series[change.before]
        if id(measured.observation) not in doubted:
            yield _at(
                scope, "growth-change-unlikely", measured, known,
                before=before.size, before_day=before.day, change=_rounded(abs(change.difference)),
            )  # fmt: skip


@cache
def _reference(measure_id: str, sex: Sex) -> tuple[Measure, str, Scoring, float, float]:
    """What a measure is held against: its unit, what tells z-scores, and those beyond which it is an entry error."""
    measure = Measure(measure_id)
    return measure, UNITS[measure], scoring(measure, sex), *ENTRY_LIMITS[measure]


def _too_far(
    scope: FamilyScope, known: Observed, measured: Measurement, at: tuple[Measure, Sex, int], z: float
) -> Finding:
    factor = known.factors[UNITS[at[0]]]
    limits = (size_at(*at, limit) or 0 for limit in ENTRY_LIMITS[at[0]])
    low, high = (_rounded(limit) * factor for limit in limits)
    return _at(scope, "growth-unlikely", measured, known, z=_rounded(z), low=low, high=high)


def _rounded(number: float) -> Decimal:
    return Decimal(number).quantize(_TENTH)


FAMILY_CHECKS: tuple[Check[FamilyScope], ...] = (children_grow,)
