"""All codes of findings with their facts, in lines for people or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from ldbu_desktop.findings.code_versions import NEXT, KnownCode
from ldbu_desktop.findings.model import Level
from ldbu_desktop.language import Language, tr
from ldbu_desktop.rendering.document import SEVERITY_SIGNS
from ldbu_desktop.rendering.journal_findings import source_word
from ldbu_desktop.rendering.machine import encoded, encoded_lines
from ldbu_desktop.rendering.words import severity_word


def codes_json(codes: Sequence[KnownCode], language: Language, about: dict[str, str]) -> Iterator[str]:
    """The codes for machines, a code a line; ``about`` says what lists them."""
    head = encoded_lines(about).removesuffix("\n}")
    yield f'{head},\n "codes": ['
    yield ",\n".join(f"  {encoded(_row(one, language))}" for one in codes)
    yield " ]\n}"


def _row(one: KnownCode, language: Language) -> dict[str, Any]:
    type = one.type
    return {
        "code": type.code,
        "level": str(one.level),
        "severity": str(type.severity),
        "source": str(type.source),
        "source_version": one.source_version or None,
        "rule": one.rule or None,
        "official": list(type.official),
        "blocks": type.blocks,
        "since": one.since,
        "title": (type.title if type.title[language] else type.message)[language],
    }


def codes_lines(codes: Sequence[KnownCode], language: Language) -> Iterator[str]:
    """The codes for people, level by level."""
    titles = _levels()
    for level, of_level in groupby(codes, key=lambda one: one.level):
        found = list(of_level)
        yield f"{titles[level]} ({len(found)})"
        for one in found:
            type = one.type
            since = tr("næste udgave") if one.since == NEXT else one.since
            source = " ".join(part for part in (source_word(type.source), one.source_version) if part)
            facts = " · ".join(
                part
                for part in (severity_word(type.severity).lower(), source, one.rule, since)
                if part and part != type.code
            )
            yield f"  {SEVERITY_SIGNS[type.severity]} {type.code:<40} {facts}"
        yield ""


def _levels() -> dict[Level, str]:
    return {
        Level.FILE: tr("Filer"),
        Level.CELL: tr("Celler"),
        Level.VARIABLE: tr("Variabler"),
        Level.VISIT: tr("Kontakter"),
        Level.FAMILY: tr("Familier"),
        Level.CONFORMANCE: tr("Afleveringsrapporter"),
        Level.RULE: tr("Officielle regler"),
        Level.EXPORT: tr("Eksport"),
        Level.HISTORY: tr("Afleveringer over tid"),
    }
