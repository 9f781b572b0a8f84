"""First findings: what is told of the beginning of large files while the rest of them is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from ldbu_desktop.findings.catalogue import types_by_level
from ldbu_desktop.findings.causes import Cause, causes
from ldbu_desktop.findings.model import Finding, Level
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.validate import validate
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
    told = {one.code for level in _LEVELS for one in types_by_level()[level] if not one.rest_decides}
    found = causes(finding for finding in validate(journal, standard, today).all if finding.code in told)
    return FirstFindings(journal.account.found.rows, found[:_MOST])
