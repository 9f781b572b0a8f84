"""Cells: what is written can be read, and a code is one of those that may stand there; what must stand there does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, cast

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.findings.checks.check import Check, check
from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.findings.checks.scopes import FamilyScope, VisitScope
from ldbu_desktop.findings.model import Finding, Level
from ldbu_desktop.journal.dates import DANISH_TIME, moment_in_both
from ldbu_desktop.journal.fields import (
    INTERVENTION_ACTIVITY_STATUS,
    INTERVENTION_CODE,
    INTERVENTION_START,
    INTERVENTION_STATUS,
    OBSERVATION_MISSING_REASON,
    OBSERVATION_START,
    OBSERVATION_STATUS,
    OBSERVATION_UNIT,
    RESPONSE_AUTHORED,
    RESPONSE_STATUS,
    VISIT_CLASS,
    VISIT_START,
    VISIT_STATUS,
    VISIT_TYPE,
)
from ldbu_desktop.journal.model import (
    EMPTY,
    Citizen,
    Entry,
    Observation,
    Parenthood,
    School,
    Visit,
    VisitRecord,
)
from ldbu_desktop.journal.people import age_days
from ldbu_desktop.journal.plain_speech import certain_reading, doubtful_readings, typed_readings
from ldbu_desktop.journal.readings import NumberAndUnit, moment
from ldbu_desktop.journal.written_dates import TURNED_ROUND, DateForm, date_part, days_by_form, possible_days
from ldbu_desktop.standard.model import Variable

_MISSING = {
    VISIT_TYPE: "visit-type-missing",
    VISIT_CLASS: "visit-class-missing",
    VISIT_START: "visit-start-missing",
    VISIT_STATUS: "status-missing",
    OBSERVATION_STATUS: "status-missing",
    INTERVENTION_STATUS: "status-missing",
    INTERVENTION_ACTIVITY_STATUS: "status-missing",
    RESPONSE_STATUS: "status-missing",
    OBSERVATION_START: "observation-time-missing",
    INTERVENTION_CODE: "intervention-code-missing",
    INTERVENTION_START: "intervention-start-missing",
    RESPONSE_AUTHORED: "response-time-missing",
}
"""The code for a mandatory part (``min`` 1 in its profile) in which nothing stands."""

_CODE_FAULTS = ("code-misspelled", "code-unknown", "code-of-other-variable")
_READING_FAULTS = (*_CODE_FAULTS, "date-unreadable", "date-ambiguous", "date-month-first", "boolean-unreadable")
_TURNED_ROUND = {
    DateForm.MONTH_FIRST: Text(da="med måneden først", en="with the month first"),
    DateForm.YEAR_DAY_MONTH: Text(da="med dagen før måneden", en="with the day before the month"),
}
_IDENTITY = frozenset(("identifier", "reference"))
"""Kinds of parts that other checks look at."""
_LATE = time(23, 59)
"""A check knows the day, and no hour: all of it may have been."""
_CLOCK = re.compile(r"(?:(?:T|\s)\s*(?:kl\.?\s*)?(?:[01]?\d|2[0-3])[:.][0-5]\d.*)?")


def code_fault(rules: RuleBook, variable_id: str, entry: Entry[Any]) -> tuple[str, dict[str, Any]]:
    """The code and facts for what stands in ``entry`` and is none of the codes of ``variable_id``."""
    facts: dict[str, Any] = {"name": rules.label(variable_id)}
    owner = rules.owner(entry)
    if owner is not None:
        return "code-of-other-variable", {**facts, "other": rules.label(owner)}
    written = str(entry.raw or entry.value)
    near = rules.nearest_concept(variable_id, written)
    if near is not None:
        return "code-misspelled", {**facts, "nearest": near.label}
    return "code-unknown", {**facts, "options": rules.options(variable_id)[:6]}


def _date_fault(entry: Entry[Any], today: date, said: tuple[Text, ...]) -> tuple[str, dict[str, Any]]:
    """Whether a date that was not read means no day, several, or one with month and day the other way round.

    ``said`` are the moments that somebody can mean who says it in words, where there are several.
    """
    days = possible_days(entry.raw, today.year + 1)
    if not days or not _CLOCK.fullmatch(entry.raw.strip(), len(date_part(entry.raw))):
        return ("date-ambiguous", {"days": said}) if said else ("date-unreadable", {})
    if len(days) == 1:
        forms = [form for form, day in days_by_form(entry.raw, today.year + 1).items() if day is not None]
        if not TURNED_ROUND.issuperset(forms):
            return "date-unreadable", {}
        return "date-month-first", {"day": days[0], "order": _TURNED_ROUND[forms[0]]}
    return "date-ambiguous", {"days": tuple(map(moment_in_both, days))}


def _part_fault(
    rules: RuleBook, today: date, part: str, entry: Entry[Any], at: VisitScope | None = None
) -> tuple[str, dict[str, Any]] | None:
    """What is wrong with one part of a record as a cell in which no such value stands; None where nothing is."""
    codes = rules.codes.get(part)
    if entry.is_empty:
        code = _MISSING.get(part)
        return (code, {"name": rules.label(part)}) if code is not None else None
    if codes is not None:
        return code_fault(rules, part, entry)
    kind = rules.standard.variable[part].kind
    if kind == "moment":
        code, facts = _date_fault(entry, today, _moments_said(at, part, entry) if at is not None else ())
        return code, {"name": rules.label(part), **facts}
    if kind == "boolean":
        return "boolean-unreadable", {"name": rules.label(part)}
    return None


def _moments_said(scope: VisitScope, part: str, entry: Entry[Any]) -> tuple[Text, ...]:
    """What somebody can mean who says a moment in words, where that is several things; nothing where it is not."""
    variable, now = scope.rules.standard.variable[part], datetime.combine(scope.within.today, _LATE, DANISH_TIME)
    readings = typed_readings(entry.raw, variable, "", scope.within.family, scope.visit, now)
    said = [read for one in readings if (read := moment(one)) is not None]
    return tuple(map(moment_in_both, said)) if len(readings) > 1 else ()


def _faults(scope: VisitScope, record: Visit | VisitRecord, but: str = "") -> Iterator[Finding]:
    """What is wrong with the parts of a record, cell by cell; ``but`` is a part that is passed over."""
    for part, attribute, codes, _ in scope.rules.parts[type(record)]:
        entries = getattr(record, attribute)
        if part == but or (entries is EMPTY and part not in _MISSING):
            continue
        is_one = isinstance(entries, Entry)
        for number, entry in enumerate((entries,) if is_one else entries):
            if entry.value in codes if codes is not None else entry.value is not None:
                continue
            fault = _part_fault(scope.rules, scope.within.today, part, entry, scope)
            if fault is not None:
                nth = None if is_one else number
                yield scope.finding(fault[0], record, entry, part=part, nth=nth, **fault[1])


@check(
    Level.CELL,
    *_READING_FAULTS,
    "visit-type-missing",
    "visit-class-missing",
    "visit-start-missing",
    "status-missing",
    "intervention-code-missing",
    "intervention-start-missing",
    "response-time-missing",
    looks_at=("common", "times", "school", "based_on", "interventions", "responses"),
)
def records_are_readable(scope: VisitScope) -> Iterator[Finding]:
    """The parts of the visit, its interventions and its questionnaire responses."""
    visit = scope.visit
    yield from _faults(scope, visit)
    for intervention in visit.interventions:
        yield from _faults(scope, intervention)
    for response in visit.responses:
        yield from _faults(scope, response)


@check(Level.CELL, *_READING_FAULTS, "status-missing", "observation-time-missing", looks_at=("doubtful",))
def observations_are_readable(scope: VisitScope) -> Iterator[Finding]:
    """The parts of each observation but its value."""
    statuses = scope.rules.codes[OBSERVATION_STATUS]
    reasons = scope.rules.codes[OBSERVATION_MISSING_REASON]
    for observation in scope.doubtful:
        reason = observation.missing_reason
        end = observation.end
        if (
            observation.status.value in statuses
            and observation.start.value is not None
            and (reason.value in reasons if reason.value is not None else not reason.raw)
            and (end.value is not None or not end.raw)
        ):
            continue
        # A start that follows from the visit's is missing where the visit's is, and is told there;
        # a feeding period without its start has a code of its own.
        is_told_elsewhere = observation.start.is_empty and (scope.day is None or observation.is_period)
        yield from _faults(scope, observation, but=OBSERVATION_START if is_told_elsewhere else "")


@check(
    Level.CELL, *_CODE_FAULTS, "number-unreadable", "number-ambiguous", "variable-unknown", "variable-misspelled",
    "variable-missing", "unit-unknown", looks_at=("doubtful",),
)  # fmt: skip
def values_are_readable(scope: VisitScope) -> Iterator[Finding]:
    """What is observed, and its value and unit."""
    all_observed = scope.rules.observed
    for observation in scope.doubtful:
        known = all_observed.get(observation.variable.value or "")
        value = observation.value
        if known is None:
            yield _unknown_variable(scope, observation)
        elif known.is_quantity:
            if isinstance(value.value, str) or (value.value is None and value.raw):
                yield _unreadable_number(scope, observation, known.variable)
            unit = observation.unit
            if unit.value not in known.factors and not unit.is_empty:
                units = tuple(Text(da=code, en=code) for code in known.factors)
                yield scope.finding(
                    "unit-unknown", observation, unit, part=OBSERVATION_UNIT, name=known.variable.label, units=units
                )
        elif value.value not in known.concepts and not value.is_empty:
            code, facts = code_fault(scope.rules, known.variable.id, value)
            yield scope.finding(code, observation, value, part=known.variable.id, **facts)


def _unknown_variable(scope: VisitScope, observation: Observation) -> Finding:
    entry = observation.variable
    if entry.is_empty:
        return scope.finding("variable-missing", observation, part="observation.variable")
    near = scope.rules.nearest_variable(str(entry.raw or entry.value))
    if near is None:
        return scope.finding("variable-unknown", observation, entry, part="observation.variable")
    return scope.finding(
        "variable-misspelled", observation, entry, part="observation.variable", nearest=scope.rules.label(near)
    )


def _unreadable_number(scope: VisitScope, observation: Observation, variable: Variable) -> Finding:
    value = cast("Entry[object]", observation.value)
    unit = observation.unit.value or variable.units[0].code
    age = age_days(scope.within.family, scope.visit)
    readings = doubtful_readings(value.raw, variable, unit, age)
    facts: dict[str, Any] = {"name": variable.label}
    if readings:
        facts["readings"] = tuple(_number_in_both(one, unit) for one in readings)
    elif typed := certain_reading(value.raw, variable, unit, age):
        facts["typed"] = typed
    code = "number-ambiguous" if readings else "number-unreadable"
    return scope.finding(code, observation, value, part=variable.id, **facts)


def _number_in_both(reading: NumberAndUnit, unit: str) -> Text:
    """A reading of a number, with its unit, as people write it."""
    told = f"{format(reading.number.normalize(), 'f')} {reading.unit or unit}"
    return Text(da=told.replace(".", ","), en=told)


@check(Level.CELL, *_CODE_FAULTS, "boolean-unreadable", "date-unreadable", "date-ambiguous", "date-month-first")
def citizens_are_readable(scope: FamilyScope) -> Iterator[Finding]:
    """The parts of citizens, parenthoods and schools but their numbers."""
    records: tuple[Citizen | Parenthood | School, ...] = (
        *scope.family.citizens,
        *scope.family.parenthoods,
        *scope.family.schools,
    )
    for record in records:
        for part, attribute, codes, kind in scope.rules.parts[type(record)]:
            entry = getattr(record, attribute)
            if kind in _IDENTITY or (entry.value in codes if codes is not None else entry.value is not None):
                continue
            fault = _part_fault(scope.rules, scope.today, part, entry)
            if fault is not None:
                yield scope.finding(fault[0], record, entry, part=part, **fault[1])


VISIT_CHECKS: tuple[Check[VisitScope], ...] = (
    records_are_readable,
    observations_are_readable,
    values_are_readable,
)
FAMILY_CHECKS: tuple[Check[FamilyScope], ...] = (citizens_are_readable,)
