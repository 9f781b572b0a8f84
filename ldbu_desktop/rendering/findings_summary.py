"""What a manager needs of the findings of a journal: how much is ready, and which causes are worth mending."""

from __future__ import annotations

from msgspec import Struct

from ldbu_desktop.findings.causes import Cause
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.summary import Findings

MOST = 5
"""Causes that stand on the first page."""


class CauseShare(Struct, frozen=True):
    """A cause with the visits that are rejected for it, whatever else they are rejected for."""

    cause: Cause[Finding]
    visits: int


class FindingsSummary(Struct, frozen=True):
    """How many of ``visits`` are ``ready`` and ``rejected``, and the causes that reject most, the heaviest first.

    ``ready_after`` is how many of the rejected are ready when those causes are mended and nothing else.
    """

    visits: int
    ready: int
    rejected: int
    causes: tuple[CauseShare, ...]
    ready_after: int


def findings_summary(findings: Findings, most: int = MOST) -> FindingsSummary:
    """The summary of ``findings``, with the ``most`` important causes."""
    cause_of: dict[int, int] = {}
    for number, cause in enumerate(findings.causes):
        for finding in (*cause.findings, *cause.following):
            cause_of[id(finding)] = number
    visits: dict[int, int] = {}
    obstacles: list[frozenset[int]] = []
    for visit in findings.rejected_visits:
        causes = frozenset(cause_of[id(one)] for one in findings.obstacles(visit))
        obstacles.append(causes)
        for number in causes:
            visits[number] = visits.get(number, 0) + 1
    heaviest = sorted(visits, key=lambda number: (-visits[number], number))[:most]
    mended = frozenset(heaviest)
    ready, rejected = len(findings.ready_visits), len(findings.rejected_visits)
    return FindingsSummary(
        ready + rejected,
        ready,
        rejected,
        tuple(CauseShare(findings.causes[number], visits[number]) for number in heaviest),
        sum(causes <= mended for causes in obstacles),
    )
