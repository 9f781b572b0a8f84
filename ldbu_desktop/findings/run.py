"""Running the checks: over the whole journal family by family, or over one family again after an edit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ldbu_desktop.findings import (
    cells,
    deliveries,
    families,
    files,
    identity,
    questionnaires,
    times,
    variables,
    visits,
)
from ldbu_desktop.findings.checks import Check
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.rule_book import RuleBook
from ldbu_desktop.findings.scopes import FamilyScope, JournalContext, VisitScope
from ldbu_desktop.journal.model import Family, Journal
from ldbu_desktop.work import Cancellation, Progress, Step

VISIT_CHECKS: tuple[Check[VisitScope], ...] = (
    *cells.VISIT_CHECKS,
    *variables.VISIT_CHECKS,
    *times.VISIT_CHECKS,
    *questionnaires.VISIT_CHECKS,
    *visits.VISIT_CHECKS,
)
FAMILY_CHECKS: tuple[Check[FamilyScope], ...] = (
    *cells.FAMILY_CHECKS,
    *identity.FAMILY_CHECKS,
    *families.FAMILY_CHECKS,
)
JOURNAL_CHECKS: tuple[Check[Journal], ...] = (*files.JOURNAL_CHECKS, *deliveries.JOURNAL_CHECKS)

_TELL_AFTER_VISITS = 100
"""Progress is told, and a request to stop heard, after so many visits."""


def family_findings(family: Family, context: JournalContext, rules: RuleBook, today: date) -> tuple[Finding, ...]:
    """All findings of one family: its citizens and history first, then visit by visit in the order of the file."""
    within = FamilyScope(family, context, rules, today)
    found: list[Finding] = []
    for family_check in FAMILY_CHECKS:
        found.extend(family_check.function(within))
    for visit in family.visits:
        scope = VisitScope(within, visit)
        for visit_check in VISIT_CHECKS:
            found.extend(visit_check.function(scope))
    return tuple(found)


def file_findings(journal: Journal) -> tuple[Finding, ...]:
    """The findings about the files and delivery reports as a whole."""
    return tuple(finding for journal_check in JOURNAL_CHECKS for finding in journal_check.function(journal))


def journal_findings(
    journal: Journal,
    context: JournalContext,
    rules: RuleBook,
    today: date,
    progress: Progress,
    cancellation: Cancellation,
) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """The findings of each family, by its key and in the order of the file; progress counts visits.

    Raises :class:`~ldbu_desktop.faults.Cancelled` when asked to stop.
    """
    total = journal.visit_count
    done = told = 0
    for family in journal.families:
        yield family.key, family_findings(family, context, rules, today)
        done += len(family.visits)
        if done - told >= _TELL_AFTER_VISITS:
            told = done
            cancellation.check()
            progress(Step(done, total, "visit"))
    cancellation.check()
    progress(Step(total, total, "visit"))
