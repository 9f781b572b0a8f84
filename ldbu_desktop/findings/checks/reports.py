"""Delivery reports that were read: what holds for the report as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from ldbu_desktop.findings.checks.check import Check, check
from ldbu_desktop.findings.checks.scopes import VisitScope, shown
from ldbu_desktop.findings.model import Finding, Level, Location
from ldbu_desktop.journal.model import NO_COLUMN, Family, Journal, Obstacle, Origin, Rejection, Visit
from ldbu_desktop.journal.occasions import Occasions
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR


@check(Level.FILE, "two-visits-in-one-report", "report-without-visit", "report-time-missing", "report-time-unreadable")
def reports_are_whole(journal: Journal) -> Iterator[Finding]:
    """A report is about one visit and says when it was made."""
    seen = _encounters(journal) if any(len(report.visits) > 1 for report in journal.reports) else {}
    for report in journal.reports:
        location = Location(report.origin, record=report.key)
        if len(report.visits) > 1:
            number = _visit_count(seen[key] for key in report.visits if key in seen)
            if number > 1:
                yield Finding("two-visits-in-one-report", location, facts={"number": number})
        elif not report.visits:
            yield Finding("report-without-visit", location)
        if report.timestamp.value is None:
            code = "report-time-missing" if report.timestamp.is_empty else "report-time-unreadable"
            yield Finding(code, location, shown(report.timestamp))


class _Encounter(NamedTuple):
    visit: Visit
    is_child: bool


def _encounters(journal: Journal) -> dict[str, _Encounter]:
    """The visits by key, each with whether it is in a child's journal."""
    found: dict[str, _Encounter] = {}
    for family in journal.families:
        children = {citizen.key for citizen in family.citizens if citizen.is_child}
        found.update((visit.key, _Encounter(visit, visit.subject.value in children)) for visit in family.visits)
    return found


def _visit_count(encounters: Iterable[_Encounter]) -> int:
    """How many visits they are: what was withdrawn is none, and a child and its parents share one."""
    occasions = Occasions()
    for visit, is_child in encounters:
        if visit.status.value != ENTERED_IN_ERROR:
            occasions.add(visit.start.value, visit.subject.value or "", is_child=is_child)
    return occasions.count


REJECTED = "report-rejected"
"""The code of what conformance says of the report that a visit was read from."""


ACCEPTED = "report-accepted"
"""The code of what we would reject in a report that conformance accepts."""


@check(Level.VISIT, REJECTED, ACCEPTED, looks_at=("refusal",))
def report_is_accepted(scope: VisitScope) -> Iterator[Finding]:
    """The report that the visit was read from would be accepted; what it then is that we find, is for conformance."""
    refusal = scope.visit.refusal
    for rejection in refusal.rejections if refusal is not None else ():
        yield rejection_finding(scope.within.family, scope.visit, rejection)


def rejection_finding(family: Family, visit: Visit, rejection: Rejection) -> Finding:
    """A reason to reject a visit's report as a finding at the visit."""
    origin = replace(visit.origin, path=rejection.path, line=rejection.line)
    location = Location(origin, NO_COLUMN, family.key, visit.key, rejection.record)
    return Finding(REJECTED, location, rejection.found, rejection.rule, obstacles=(_told(rejection),))


def _told(of: Rejection | Obstacle) -> Finding:
    """What conformance found, whose words are told."""
    within = tuple(map(_told, of.obstacles)) if isinstance(of, Rejection) else ()
    return Finding(of.code, Location(Origin(path=of.path)), of.found, of.rule, of.facts, obstacles=within)


VISIT_CHECKS: tuple[Check[VisitScope], ...] = (report_is_accepted,)
JOURNAL_CHECKS: tuple[Check[Journal], ...] = (reports_are_whole,)
