"""Variables: one observation by itself. Its value or the reason why there is none, its unit, size and subject."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.findings.checks.check import Check, check
from ldbu_desktop.findings.checks.rule_book import Observed
from ldbu_desktop.findings.checks.scopes import VisitScope
from ldbu_desktop.findings.model import Finding, Level
from ldbu_desktop.journal.dates import age_text
from ldbu_desktop.journal.fields import (
    INTERVENTION_SUBJECT,
    OBSERVATION_MISSING_REASON,
    OBSERVATION_SUBJECT,
    OBSERVATION_UNIT,
    RESPONSE_SUBJECT,
)
from ldbu_desktop.journal.model import Intervention, Observation, QuestionnaireResponse

_SLIPS = tuple(Decimal(factor) for factor in ("10", "0.1", "1000", "0.001"))
"""A decimal mark one place off, or thousands."""


@check(
    Level.VARIABLE, "value-and-missing-reason", "value-missing", "exam-finding-empty", "missing-reason-contradicted",
    "missing-reason-refused", looks_at=("doubtful",),
)  # fmt: skip
def value_or_reason(scope: VisitScope) -> Iterator[Finding]:
    """Either a value, or a reason why there is none where the standard takes one."""
    for observation in scope.doubtful:
        reason = observation.missing_reason
        value = observation.value
        if value.value is not None and reason.value is None and not reason.raw:
            continue
        known = scope.observed(observation)
        if known is None:
            continue
        name = known.variable.label
        part = OBSERVATION_MISSING_REASON
        if not reason.is_empty and known.missing_reason == "refused":
            yield scope.finding("missing-reason-refused", observation, reason, part=part, name=name)
        elif not reason.is_empty and not value.is_empty:
            yield scope.finding("value-and-missing-reason", observation, reason, part=part, name=name)
        elif reason.value is not None and known.missing_reason == "contradicted":
            yield scope.finding("missing-reason-contradicted", observation, reason, part=part, name=name)
        elif reason.is_empty and value.is_empty:
            code = "exam-finding-empty" if known.variable.repeats else "value-missing"
            yield scope.finding(code, observation, value, part=known.variable.id, name=name)


@check(
    Level.VARIABLE, "unit-missing", "unit-slip", "factor-slip", "value-implausible", "value-negative", "value-zero",
    "too-many-decimals", looks_at=("doubtful",),
)  # fmt: skip
def measurement_is_plausible(scope: VisitScope) -> Iterator[Finding]:
    """A measurement has a unit, at most the decimals that are taken, and a size that a child of the age can have."""
    for observation in scope.doubtful:
        number = observation.value.value
        if not isinstance(number, Decimal):
            continue
        known = scope.observed(observation)
        if known is None or not known.is_quantity:
            continue
        factor = known.factors.get(observation.unit.value or "")
        if factor is None:  # how many decimals it has is asked once it is known of what
            if observation.unit.is_empty:
                units = tuple(Text(da=code, en=code) for code in known.factors)
                yield scope.finding(
                    "unit-missing", observation, observation.value, part=OBSERVATION_UNIT,
                    name=known.variable.label, units=units,
                )  # fmt: skip
            continue
        size = _size_finding(scope, observation, known, number, number * factor)
        if known.has_too_many_decimals(number):
            yield _too_precise(scope, observation, known, number, size)
        if number <= 0:
            code = "value-negative" if number < 0 else "value-zero"
            yield scope.finding(code, observation, observation.value, part=known.variable.id, name=known.variable.label)
        elif size is not None:
            yield size


def _too_precise(
    scope: VisitScope, observation: Observation, known: Observed, number: Decimal, size: Finding | None
) -> Finding:
    """The rule looks at the written form: ``54.50`` fails as ``54.55`` does. A slip of size is mended, not rounded."""
    unit = observation.unit.value or ""
    slip = size.facts.get("meant") if size is not None else None
    meant, meant_unit = _in_fewer_decimals(known, slip if isinstance(slip, Decimal) else number, unit)
    return scope.finding(
        "too-many-decimals",
        observation,
        observation.value,
        part=known.variable.id,
        name=known.variable.label,
        number=number,
        decimals=known.decimals,
        meant=meant,
        meant_unit=meant_unit,
        typed=f"{format(meant, 'f').replace('.', ',')} {meant_unit}".strip(),
        unit=unit,
    )


def _in_fewer_decimals(known: Observed, number: Decimal, unit: str) -> tuple[Decimal, str]:
    """The same size with as many decimals as are taken, in another unit if need be; rounded where no unit has it."""
    if not known.has_too_many_decimals(number):
        return number, unit
    rounded, factor = _rounded(number, known.decimals or 0), known.factors[unit]
    if rounded == number:
        return rounded, unit
    for other, of_other in known.factors.items():
        exact = (number * factor / of_other).normalize() + 0
        if not known.has_too_many_decimals(exact) and exact * of_other == number * factor:
            return Decimal(format(exact, "f")), other
    return rounded, unit


def _rounded(number: Decimal, decimals: int) -> Decimal:
    """``number`` with so many decimals, however many digits it has; a half is rounded up, as one learns it."""
    digits = Context(prec=len(number.as_tuple().digits) + 2, rounding=ROUND_HALF_UP)
    return number.quantize(Decimal(1).scaleb(-decimals), context=digits)


def _size_finding(
    scope: VisitScope, observation: Observation, known: Observed, number: Decimal, size: Decimal
) -> Finding | None:
    """The finding for a size that no child of the age has, with the slip that explains it if one does."""
    age = scope.age_days(observation)
    plausible = scope.rules.ranges[known.variable.id, age]
    if age is None or plausible is None or plausible.low <= size <= plausible.high:
        return None
    unit = observation.unit.value or ""
    own_factor = known.factors[unit]
    facts: dict[str, Any] = {
        "name": known.variable.label,
        "number": number,
        "unit": unit,
        "age": age_text(age),
        "low": _in_unit(plausible.low, own_factor),
        "high": _in_unit(plausible.high, own_factor),
        "range_source": plausible.source,
    }
    part = known.variable.id
    value = observation.value
    others = {**known.factors, **{unit.code: unit.factor for unit in known.variable.mistaken_units}}
    for other, factor in others.items():
        if other != unit and plausible.low <= size / own_factor * factor <= plausible.high:
            meant = _in_unit(size / own_factor * factor, own_factor)
            return scope.finding("unit-slip", observation, value, part=part, other=other, meant=meant, **facts)
    for slip in _SLIPS:
        if plausible.low <= size * slip <= plausible.high:
            meant = _in_unit(size * slip, own_factor)
            return scope.finding("factor-slip", observation, value, part=part, meant=meant, **facts)
    return scope.finding("value-implausible", observation, value, part=part, **facts)


def _in_unit(size: Decimal, factor: Decimal) -> Decimal:
    """A size in the variable's first unit as people write it in the unit of ``factor``."""
    told = (size / factor).normalize()
    return told.quantize(Decimal(1)) if told == told.to_integral_value() else told


@check(
    Level.VARIABLE, "parent-variable-on-child", "child-variable-on-parent", "parent-missing", "parent-not-stated",
    "subject-missing", "subject-unknown", looks_at=("doubtful", "interventions", "responses"),
)  # fmt: skip
def subject_is_right(scope: VisitScope) -> Iterator[Finding]:
    """Whom each record is about is there, and is a child or a parent as the variable asks."""
    citizens = scope.within.citizens
    for observation in scope.doubtful:
        known = scope.observed(observation)
        citizen = citizens.get(observation.subject.value or "")
        if citizen is None:
            if observation.subject.raw == "" and observation.subject.value == scope.visit.subject.value is not None:
                # It follows from the visit's citizen, and is told there.
                continue
            yield _subject_finding(scope, observation, known)
        elif known is not None and known.subject != "either" and citizen.is_child != (known.subject == "child"):
            code = "parent-variable-on-child" if citizen.is_child else "child-variable-on-parent"
            yield scope.finding(
                code, observation, observation.subject, part=OBSERVATION_SUBJECT, name=known.variable.label
            )
    others: tuple[Intervention | QuestionnaireResponse, ...] = (*scope.visit.interventions, *scope.visit.responses)
    for record in others:
        if record.subject.value not in citizens and (record.subject.raw or scope.citizen is not None):
            code = "subject-missing" if record.subject.is_empty else "subject-unknown"
            part = INTERVENTION_SUBJECT if isinstance(record, Intervention) else RESPONSE_SUBJECT
            yield scope.finding(code, record, record.subject, part=part, name=scope.rules.label(part))


def _subject_finding(scope: VisitScope, observation: Observation, known: Observed | None) -> Finding:
    """Why an observation has no citizen."""
    code = "subject-unknown"
    if observation.subject.is_empty:
        code = "subject-missing"
        if known is not None and known.subject == "parent":
            code = "parent-not-stated" if scope.within.parents else "parent-missing"
    name = known.variable.label if known is not None else scope.rules.label(OBSERVATION_SUBJECT)
    return scope.finding(code, observation, observation.subject, part=OBSERVATION_SUBJECT, name=name)


VISIT_CHECKS: tuple[Check[VisitScope], ...] = (value_or_reason, measurement_is_plausible, subject_is_right)
