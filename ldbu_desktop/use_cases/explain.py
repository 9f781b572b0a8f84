"""Explain a code: what it means, whose rule it is, what to do, and an example that gives exactly it."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date

from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.catalogue import FindingType, journal_types, types_by_level
from ldbu_desktop.findings.examples import (
    Example,
    Sheets,
    changed_journal,
    example_by_code,
    example_sheets,
    shipped_examples,
)
from ldbu_desktop.findings.model import Finding, Level, RuleSource, Severity
from ldbu_desktop.findings.text import RenderedFinding, rendered
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.language import Language
from ldbu_desktop.mapping.exports import ExportReader
from ldbu_desktop.nearest import nearest
from ldbu_desktop.rendering.conformance_text import codes as check_codes
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.validate import validate

EXAMPLE_FILE = "eksempel.xlsx"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A type of finding in words. ``shown`` is what its example gives, worded as it would be in an export."""

    code: str
    level: Level
    severity: Severity
    source: RuleSource
    blocks: str
    may_be_sent_anyway: bool
    title: str
    example: str
    shown: RenderedFinding


def codes() -> tuple[str, ...]:
    """All codes, in the order of their levels."""
    return tuple(journal_types())


def titles(language: Language) -> dict[str, tuple[Severity, str]]:
    """Severity and title of every code."""
    return {code: (type.severity, type.title[language]) for code, type in journal_types().items()}


def explanation(code: str, language: Language, standard: Standard) -> Explanation:
    """What ``code`` means, told on its example.

    Raises :class:`CallFault` for a code that there is not, with the nearest one that there is.
    """
    type = _type(code)
    findings = validate(example_journal(code, standard), standard, example_day())
    first: Finding = findings.by_code[code][0]
    return Explanation(
        code,
        next(level for level, types in types_by_level().items() if type in types),
        type.severity,
        type.source,
        type.blocks,
        type.may_be_sent_anyway,
        type.title[language],
        type.example[language],
        rendered(first, language, standard),
    )


def _type(code: str) -> FindingType:
    types = journal_types()
    if code not in types:
        known = dict.fromkeys((*types, *check_codes()))
        raise CallFault("code-unknown", code=code, nearest=nearest(code, known) or next(iter(types)))
    return types[code]


def example_day() -> date:
    """The day on which examples are judged."""
    return shipped_examples().today


def example(code: str) -> Example:
    """How the example of ``code`` differs from the clean export."""
    return example_by_code()[_type(code).code]


def example_rows(code: str) -> Sheets:
    """The example of ``code`` as sheets of the long shape, headers first."""
    return example_sheets(example(code))


def clean_journal(standard: Standard) -> Journal:
    """The clean export, as it is read; nothing is found in it."""
    return journal_of(example_sheets(), standard)


def example_journal(code: str, standard: Standard) -> Journal:
    """The example of ``code``, as it is read."""
    return changed_journal(journal_of(example_rows(code), standard), example(code))


def journal_of(sheets: Sheets, standard: Standard) -> Journal:
    """The journal of sheets in the long shape, read as those of a file are."""

    def opened() -> AbstractContextManager[list[Table]]:
        return nullcontext(
            [
                Table(EXAMPLE_FILE, name, iter([(number, list(row)) for number, row in enumerate(rows, start=1)]))
                for name, rows in sheets.items()
            ]
        )

    journal = ExportReader(standard).read(opened)
    return journal or Journal()
