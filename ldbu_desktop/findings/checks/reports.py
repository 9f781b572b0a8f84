"""Delivery reports that were read: what holds for the report as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from ldbu_desktop.findings.checks.check import Check, check
from ldbu_desktop.findings.checks.scopes import shown
from ldbu_desktop.findings.model import Finding, Level, Location
from ldbu_desktop.journal.model import Journal


@check(Level.FILE, "two-visits-in-one-report", "report-without-visit", "report-time-missing", "report-time-unreadable")
def reports_are_whole(journal: Journal) -> Iterator[Finding]:
    """A report is about one visit and says when it was made."""
    for report in journal.reports:
        location = Location(report.origin, record=report.key)
        if len(report.visits) > 1:
            facts = {"number": len(report.visits)}
            yield Finding("two-visits-in-one-report", location, facts=facts)
        elif not report.visits:
            yield Finding("report-without-visit", location)
        if report.timestamp.value is None:
            code = "report-time-missing" if report.timestamp.is_empty else "report-time-unreadable"
            yield Finding(code, location, shown(report.timestamp))


JOURNAL_CHECKS: tuple[Check[Journal], ...] = (reports_are_whole,)
