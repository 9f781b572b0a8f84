"""Deadlines of a journal: what the visits that were held lack of what the gateway demands, and until when."""

from __future__ import annotations

from datetime import datetime

from ldbu_desktop import clock
from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.findings.deadlines import Deadline, deadlines
from ldbu_desktop.journal.dates import DANISH_TIME, local
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.standard.model import Standard


def danish(moment: datetime | None) -> datetime:
    """A point in time on Danish clocks, as it is meant where none is told; None is now."""
    if moment is None:
        return clock.now()
    return moment.replace(tzinfo=DANISH_TIME) if moment.tzinfo is None else local(moment)


def deadlines_in(journal: Journal, standard: Standard, now: datetime) -> tuple[Deadline, ...]:
    """All of them, the most urgent first, as seen at ``now``, which has a time zone."""
    return deadlines(journal.families, RuleBook(standard), now)
