"""Explain a code: what it means, whose rule it is, what to do, and an example that gives exactly it."""

from __future__ import annotations

from dataclasses import dataclass

from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.catalogue import FindingType, journal_types, types_by_level
from ldbu_desktop.findings.model import Finding, Level, RuleSource, Severity
from ldbu_desktop.findings.text import RenderedFinding, rendered
from ldbu_desktop.language import Language
from ldbu_desktop.nearest import nearest
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.examples import example_day, example_journal
from ldbu_desktop.use_cases.meanings import codes as check_codes
from ldbu_desktop.use_cases.validate import validate


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
