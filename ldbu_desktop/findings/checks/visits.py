"""Visits: what has to be there for the gateway, what the guide asks for, and when, with whom and where a visit is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ldbu_desktop.findings.checks.check import Check, check
from ldbu_desktop.findings.checks.scopes import VisitScope
from ldbu_desktop.findings.model import Finding, Level
from ldbu_desktop.journal.dates import age_text, day_of
from ldbu_desktop.journal.fields import (
    VISIT_END,
    VISIT_INTERVENTIONS,
    VISIT_SCHOOL,
    VISIT_START,
    VISIT_STATUS,
    VISIT_SUBJECT,
    VISIT_TYPE,
    part_of,
)
from ldbu_desktop.journal.model import Observation, VisitRecord
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR, NEVER_HELD, NOT_OVER

_LONGEST_DAYS = 1
_SCHOOL_NUMBER = re.compile("[0-9]{6}")


@check(Level.VISIT, "mandatory-missing-gateway", "mandatory-missing-guide", looks_at=("common", "doubtful"))
def mandatory_is_there(scope: VisitScope) -> Iterator[Finding]:
    """The gateway's demands, and beside them the guide's table: what is missing by both is told as the gateway's.

    The gateway asks whatever the statuses are. The guide's table is about visits that were held, and what stands.
    """
    visit_type = scope.type
    if visit_type is None:
        return
    visit = scope.visit
    present = scope.sifted.variables
    told = set()
    at = visit_type.label
    for demand in scope.rules.demands[visit_type.code]:
        if visit.visit_class.value in demand.classes and present.isdisjoint(demand.satisfied_by):
            told.add(demand.variable)
            name = scope.rules.label(demand.variable)
            yield scope.finding(
                "mandatory-missing-gateway", visit, variable=demand.variable, rule=demand.invariant, name=name,
                visit_type=at,
            )  # fmt: skip
    if visit.status.value in NEVER_HELD:
        return
    standing = present
    if any(one.status.value == ENTERED_IN_ERROR for one in scope.doubtful):
        standing = {one.variable.value for one in visit.observations if one.status.value != ENTERED_IN_ERROR}
    for variable in scope.rules.asked[visit_type.code]:
        if variable not in standing and variable not in told:
            name = scope.rules.label(variable)
            yield scope.finding("mandatory-missing-guide", visit, variable=variable, name=name, visit_type=at)


@check(Level.VISIT, "visit-before-birth", "visit-in-future", "visit-too-long", "visit-type-unusual-age")
def visit_is_in_time(scope: VisitScope) -> Iterator[Finding]:
    """A visit lies after the child's birth and before today, and takes less than a day."""
    visit = scope.visit
    day = scope.day
    if day is None:
        return
    part = VISIT_START
    if day > scope.within.today:
        yield scope.finding("visit-in-future", visit, visit.start, part=part, day=day, today=scope.within.today)
    end = visit.end.value
    if end is not None and (day_of(end) - day).days > _LONGEST_DAYS:
        yield scope.finding("visit-too-long", visit, visit.end, part=VISIT_END, day=day, end=end)
    visit_type = scope.type
    if scope.birth is None or scope.citizen is None or not scope.citizen.is_child or visit_type is None:
        return
    if day < scope.birth:
        yield scope.finding("visit-before-birth", visit, visit.start, part=part, day=day, birth=scope.birth)
        return
    age = (day - scope.birth).days
    from_days, to_days = visit_type.from_days, visit_type.to_days
    if from_days is not None and to_days is not None and not from_days <= age < to_days:
        yield scope.finding(
            "visit-type-unusual-age",
            visit,
            visit.type,
            part=VISIT_TYPE,
            visit_type=visit_type.label,
            age=age_text(age),
            from_age=age_text(from_days),
            to_age=age_text(to_days),
        )


@check(
    Level.VISIT, "visit-subject-missing", "visit-subject-unknown", "parent-visit-on-child", "child-visit-on-parent",
    "visit-not-finished", looks_at=("common",),
)  # fmt: skip
def visit_is_with_somebody(scope: VisitScope) -> Iterator[Finding]:
    """A visit has a citizen who is there, of the kind that its type is for, and is over."""
    visit = scope.visit
    visit_type = scope.type
    part = VISIT_SUBJECT
    if scope.citizen is None:
        code = "visit-subject-missing" if visit.subject.is_empty else "visit-subject-unknown"
        yield scope.finding(code, visit, visit.subject, part=part)
    elif visit_type is not None and visit_type.subject == ("parent" if scope.citizen.is_child else "child"):
        code = "parent-visit-on-child" if scope.citizen.is_child else "child-visit-on-parent"
        yield scope.finding(code, visit, visit.subject, part=part, visit_type=visit_type.label)
    if visit.status.value in NOT_OVER:
        status = scope.rules.codes[VISIT_STATUS][visit.status.value].label
        yield scope.finding("visit-not-finished", visit, visit.status, part=VISIT_STATUS, status=status)


@check(
    Level.VISIT, "school-missing", "school-not-expected", "school-unknown", "school-number-missing",
    "school-number-unusual", looks_at=("common", "school"),
)  # fmt: skip
def school_is_told(scope: VisitScope) -> Iterator[Finding]:
    """A school visit has its school, and no other visit has one."""
    visit = scope.visit
    entry = visit.school
    visit_type = scope.type
    part = VISIT_SCHOOL
    if entry.is_empty:
        is_with_child = scope.citizen is not None and scope.citizen.is_child
        if visit_type is not None and visit_type.is_at_school and is_with_child:
            yield scope.finding("school-missing", visit, entry, part=part, visit_type=visit_type.label)
        return
    school = scope.within.schools.get(entry.value or "")
    if school is None:
        yield scope.finding("school-unknown", visit, entry, part=part)
    elif school.identifier.value is None:
        yield scope.finding("school-number-missing", visit, entry, part=part)
    elif not _SCHOOL_NUMBER.fullmatch(school.identifier.value):
        yield scope.finding("school-number-unusual", visit, entry, part=part, number=school.identifier.value)
    if visit_type is not None and not visit_type.is_at_school:
        yield scope.finding("school-not-expected", visit, entry, part=part, visit_type=visit_type.label)


@check(Level.VISIT, "based-on-unknown", looks_at=("based_on",))
def interventions_are_known(scope: VisitScope) -> Iterator[Finding]:
    """The interventions that a visit follows from are in the journal."""
    for nth, entry in enumerate(scope.visit.based_on):
        if entry.value not in scope.within.interventions:
            yield scope.finding("based-on-unknown", scope.visit, entry, part=VISIT_INTERVENTIONS, nth=nth)


@check(Level.VISIT, "duplicate-observation", looks_at=("repeated",))
def observations_stand_once(scope: VisitScope) -> Iterator[Finding]:
    """Each variable is observed once of each citizen at a visit; findings and feeding periods once each."""
    observations = scope.visit.observations
    if len({(one.variable.value, one.subject.value) for one in observations}) == len(observations):
        return
    seen: set[object] = set()
    for observation in observations:
        variable = observation.variable.value
        what: object = (variable, observation.subject.value)
        if variable is None or observation.status.value == ENTERED_IN_ERROR:
            continue
        known = scope.rules.observed.get(variable)
        # Several are in order where one subject can have several: findings differ by value, periods by time.
        if observation.is_period or (known is not None and known.variable.repeats):
            value = observation.value.value if observation.value.value is not None else observation.value.raw
            what = (what, value, observation.start.value, observation.end.value)
        if what in seen:
            name = scope.rules.label(variable)
            yield scope.finding("duplicate-observation", observation, observation.value, part=variable, name=name)
        seen.add(what)


@check(
    Level.VISIT, "correction-inside-visit", "parts-of-erroneous-visit",
    looks_at=("doubtful", "interventions", "responses", "error"),
)  # fmt: skip
def corrections_are_whole(scope: VisitScope) -> Iterator[Finding]:
    """A part entered in error within a visit that stands, and parts that stand within a visit entered in error."""
    visit = scope.visit
    code = "parts-of-erroneous-visit" if scope.is_erroneous else "correction-inside-visit"
    # What is not doubtful stands.
    observations: Sequence[Observation] = visit.observations if scope.is_erroneous else scope.doubtful
    records: tuple[VisitRecord, ...] = (*observations, *visit.interventions, *visit.responses)
    for record in records:
        if (record.status.value == ENTERED_IN_ERROR) != scope.is_erroneous:
            yield scope.finding(code, record, record.status, part=part_of(record, "status"))


VISIT_CHECKS: tuple[Check[VisitScope], ...] = (
    mandatory_is_there,
    visit_is_in_time,
    visit_is_with_somebody,
    school_is_told,
    interventions_are_known,
    observations_stand_once,
    corrections_are_whole,
)
