"""Several journals as one: a citizen who is in two files is one citizen, and two who only share a key are two."""

from __future__ import annotations

from collections.abc import Sequence

from ldbu_desktop.journal.model import Journal, SourceFile


def merged(journals: Sequence[Journal], sources: tuple[SourceFile, ...]) -> Journal:
    """One journal of all, read from ``sources``."""
    return Journal(
        tuple(family for journal in journals for family in journal.families),
        tuple(report for journal in journals for report in journal.reports),
        tuple(note for journal in journals for note in journal.notes),
        sources,
    )
