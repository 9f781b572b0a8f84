"""First findings: what is told of the beginning of large files while the rest of them is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import chain
from typing import NamedTuple

from ldbu_desktop.findings.catalogue import types_by_level
from ldbu_desktop.findings.causes import Cause, causes
from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.findings.checks.scopes import journal_context
from ldbu_desktop.findings.model import Finding, Level
from ldbu_desktop.findings.run import file_findings, found_of
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.work import GoesOn

FIRST_ROWS = 1000
"""Rows of each table that are read before the rest: they are read and checked within a second."""

_MOST = 8
"""Causes that are told."""

_LEVELS = (Level.FILE, Level.CELL, Level.VARIABLE)
"""Levels of what is found by rows as they stand: of a visit or a family there may be more further down."""


class FirstFindings(NamedTuple):
    """What stands in the first ``rows`` and is wrong whatever the rest says, the heaviest causes first.

    It is never what open work is judged by: that comes when all is read.
    """

    rows: int
    causes: tuple[Cause[Finding], ...]


def first_findings(read: Callable[[GoesOn], Journal], standard: Standard, today: date) -> FirstFindings:
    """What is found in the first rows of the tables that ``read`` reads as far as it is told to. Raises as it does."""
    journal = read(lambda rows: rows < FIRST_ROWS)
    codes = frozenset(one.code for level in _LEVELS for one in types_by_level()[level] if not one.rest_decides)
    rules, context = RuleBook(standard), journal_context(journal)
    about_files = (finding for finding in file_findings(journal) if finding.code in codes)
    of_families = (found_of(family, context, rules, today, codes) for family in journal.families)
    found = causes(chain(about_files, *of_families))
    return FirstFindings(journal.account.found.rows, found[:_MOST])
