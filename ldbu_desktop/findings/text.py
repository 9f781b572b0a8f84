"""The words of a finding, made when they are shown: from its code's texts and its facts, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.model import FactValue, Finding, Location, RuleSource, Severity
from ldbu_desktop.journal.identity import without_cpr
from ldbu_desktop.journal.model import NO_COLUMN
from ldbu_desktop.language import Language, Text, filled
from ldbu_desktop.standard.model import Standard

_OR = Text(da="eller", en="or")
_ROW = Text(da="række {row}", en="row {row}")
_LINE = Text(da="linje {line}", en="line {line}")
_FORM = Text(da="skemaet", en="the form")
_ASIDE = " ({place})"
"""Where something is that was filled in the form stands in no file, and need not be told beside."""


@dataclass(frozen=True, slots=True)
class RenderedFinding:
    """A finding in words. ``place`` is where it is in the file: ``Observationer!F122``, or a line and a FHIRPath."""

    code: str
    severity: Severity
    source: RuleSource
    title: str
    message: str
    why: str
    remedy: str
    found: str
    expected: str
    place: str
    rule: str


def rendered(finding: Finding, language: Language, standard: Standard) -> RenderedFinding:
    """``finding`` in ``language``; CPR numbers are masked whatever the facts hold."""
    type = type_of(finding)
    place = place_text(finding.location, language)
    facts: dict[str, Any] = {name: fact_text(fact, language) for name, fact in finding.facts.items()}
    facts |= {
        "found": finding.found,
        "place": place or _FORM[language],
        "rule": finding.rule,
        "version": f"{standard.header.package} {standard.header.version}",
    }

    def told(text: Text) -> str:
        words = text[language] if place else text[language].replace(_ASIDE, "")
        return without_cpr(filled(words, facts, language))

    return RenderedFinding(
        type.code,
        type.severity,
        type.source,
        told(type.title),
        told(type.message),
        told(type.why),
        told(type.remedy),
        without_cpr(finding.found),
        told(type.expected),
        place,
        finding.rule,
    )


def fact_text(fact: FactValue, language: Language) -> str:
    """A fact as people write it: ``5,25``, ``7.7.2020``, terms in the reader's language."""
    if isinstance(fact, Text):
        return fact[language]
    if isinstance(fact, tuple):
        told = [each[language] for each in fact]
        if len(told) < 2:
            return "".join(told)
        return f"{', '.join(told[:-1])} {_OR[language]} {told[-1]}"
    if isinstance(fact, Decimal):
        number = format(fact, "f")
        return number.replace(".", ",") if language is Language.DANISH else number
    if isinstance(fact, datetime):
        return f"{_day_text(fact, language)} {fact:%H.%M}" if language is Language.DANISH else f"{fact:%Y-%m-%d %H:%M}"
    return _day_text(fact, language) if isinstance(fact, date) else str(fact)


def _day_text(day: date, language: Language) -> str:
    return f"{day.day}.{day.month}.{day.year}" if language is Language.DANISH else f"{day:%Y-%m-%d}"


def place_text(location: Location, language: Language) -> str:
    """Where in the file a finding is; the file's name where there is no closer place."""
    origin = location.origin
    if origin.row:
        table = origin.sheet or origin.file
        if location.column == NO_COLUMN:
            return without_cpr(f"{table}, {_ROW[language].format(row=origin.row)}")
        return without_cpr(f"{table}!{column_letters(location.column)}{origin.row}")
    if origin.line:
        line = _LINE[language].format(line=origin.line)
        return f"{line} · {origin.path}" if origin.path else line
    return without_cpr(origin.path or origin.sheet or origin.file)


def column_letters(column: int) -> str:
    """A column's letters as a spreadsheet shows them: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
