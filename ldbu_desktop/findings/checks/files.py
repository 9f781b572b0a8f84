"""Files: what the reading had to tell becomes findings."""

from __future__ import annotations

from collections.abc import Iterator

from ldbu_desktop.findings.catalogue import types_by_level
from ldbu_desktop.findings.checks.check import Check, check
from ldbu_desktop.findings.checks.scopes import shown
from ldbu_desktop.findings.model import Finding, Level, Location
from ldbu_desktop.journal.model import Entry, Journal

NOTE_CODES = frozenset(one.code for one in types_by_level()[Level.FILE] if one.code.startswith("file-"))
"""What a reading may tell: all codes that begin with ``file-``."""


@check(Level.FILE, *NOTE_CODES)
def notes_are_told(journal: Journal) -> Iterator[Finding]:
    """The notes of the files, in their order."""
    for note in journal.notes:
        location = Location(note.origin, note.column)
        yield Finding(note.code, location, shown(Entry(None, note.raw)), facts=dict(note.facts))


JOURNAL_CHECKS: tuple[Check[Journal], ...] = (notes_are_told,)
