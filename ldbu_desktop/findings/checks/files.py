"""Files: what the reading had to tell becomes findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ldbu_desktop.fault_texts import fault_words
from ldbu_desktop.findings.catalogue import codes_where, types_by_level
from ldbu_desktop.findings.checks.check import Check, check
from ldbu_desktop.findings.checks.scopes import shown
from ldbu_desktop.findings.model import FactValue, Finding, Level, Location
from ldbu_desktop.journal.model import Entry, Journal

NOTE_CODES = frozenset(one.code for one in types_by_level()[Level.FILE] if one.code.startswith("file-"))
"""What a reading may tell: all codes that begin with ``file-``."""

LEFT_OUT_CODES = codes_where(lambda one: "{reason}" in one.message.da)
"""What is told of whole files: the fact ``fault`` names the fault that says why, and its facts stand beside it."""


@check(Level.FILE, *NOTE_CODES)
def notes_are_told(journal: Journal) -> Iterator[Finding]:
    """The notes of the files, in their order."""
    for note in journal.notes:
        location = Location(note.origin, note.column, variable=str(note.facts.get("variable", "")))
        facts: dict[str, FactValue] = dict(note.facts)
        if approved := facts.get("approved"):
            facts["approved"] = date.fromisoformat(str(approved))
        if note.code in LEFT_OUT_CODES:
            facts["reason"] = fault_words(str(facts["fault"]), {"file": note.origin.file, **facts})
        yield Finding(note.code, location, shown(Entry(None, note.raw)), facts=facts)


JOURNAL_CHECKS: tuple[Check[Journal], ...] = (notes_are_told,)
