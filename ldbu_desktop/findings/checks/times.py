"""Times: the order and precision of periods, and where an observation's time lies beside its visit, birth and today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ldbu_desktop.findings.checks.check import Check, check
from ldbu_desktop.findings.checks.scopes import VisitScope
from ldbu_desktop.findings.model import Finding, Level
from ldbu_desktop.journal.dates import can_not_be_ordered, day_of, is_before
from ldbu_desktop.journal.fields import OBSERVATION_END, OBSERVATION_START, RESPONSE_AUTHORED
from ldbu_desktop.journal.model import Entry, Intervention, Moment, Observation, Visit

_NEAR_DAYS = 2
"""An observation belongs to its visit; the standard lets documentation be finished for two days after it."""


def _period_fault(start: Entry[Moment], end: Entry[Moment]) -> str | None:
    """What is rejected in a period."""
    if start.value is None or end.value is None:
        return None
    if can_not_be_ordered(start.value, end.value):
        return "period-mixed-precision"
    return "end-before-start" if is_before(end.value, start.value) else None


@check(
    Level.VARIABLE, "end-before-start", "period-mixed-precision", "period-not-accepted", "feeding-period-without-start",
    looks_at=("times", "doubtful", "interventions"),
)  # fmt: skip
def periods_are_in_order(scope: VisitScope) -> Iterator[Finding]:
    """Periods of the visit, its interventions and its observations."""
    visit = scope.visit
    yield from _period_finding(scope, visit, "visit")
    for intervention in visit.interventions:
        yield from _period_finding(scope, intervention, "intervention")
    for observation in scope.doubtful:
        end = observation.end
        if not observation.is_period and end.value is None:
            continue
        known = scope.observed(observation)
        facts: dict[str, Any] = {"name": scope.rules.label(observation.variable.value or "")}
        if known is not None and not known.takes_period:
            yield scope.finding("period-not-accepted", observation, end, part=OBSERVATION_END, **facts)
        elif observation.start.is_empty:
            yield scope.finding(
                "feeding-period-without-start", observation, observation.start, part=OBSERVATION_START, **facts
            )
        else:
            yield from _period_finding(scope, observation, "observation")


def _period_finding(
    scope: VisitScope, record: Visit | Intervention | Observation, record_name: str
) -> Iterator[Finding]:
    fault = _period_fault(record.start, record.end)
    if fault is not None and record.start.value is not None:
        name = scope.rules.label(f"{record_name}.end")
        yield scope.finding(fault, record, record.end, part=f"{record_name}.end", name=name, start=record.start.value)


@check(
    Level.VARIABLE, "recorded-in-future", "recorded-before-birth", "recorded-far-from-visit",
    looks_at=("doubtful", "responses"),
)  # fmt: skip
def times_are_near_the_visit(scope: VisitScope) -> Iterator[Finding]:
    """An observation is made at its visit, after birth and before today; a feeding period lies before its visit.

    Where the visit itself lies wrong, that is told at the visit and not again at each observation.
    """
    visit_start = scope.visit.start.value
    today = scope.within.today
    visit_is_over = scope.day is None or scope.day <= today
    for observation in scope.doubtful:
        start: Moment | None = observation.start.value
        if start is None or start is visit_start:
            continue
        day = day_of(start)
        facts: dict[str, Any] = {"name": scope.rules.label(observation.variable.value or "")}
        code = None
        birth = scope.within.births.get(observation.subject.value or "")
        if day > today:
            if not visit_is_over:
                continue
            code = "recorded-in-future"
        elif birth is not None and day < birth:
            if scope.day is not None and scope.day < birth:
                continue
            code, facts["birth"] = "recorded-before-birth", birth
        elif scope.day is not None and not observation.is_period and abs((day - scope.day).days) > _NEAR_DAYS:
            code, facts["visit_day"], facts["days"] = "recorded-far-from-visit", scope.day, _NEAR_DAYS
        if code is not None:
            yield scope.finding(code, observation, observation.start, part=OBSERVATION_START, **facts)
    for response in scope.visit.responses:
        if response.authored.value is not None and day_of(response.authored.value) > today:
            name = scope.rules.label(RESPONSE_AUTHORED)
            yield scope.finding("recorded-in-future", response, response.authored, part=RESPONSE_AUTHORED, name=name)


VISIT_CHECKS: tuple[Check[VisitScope], ...] = (periods_are_in_order, times_are_near_the_visit)
