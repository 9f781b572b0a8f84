"""What a code of the official kind of check, of a receipt or of a history may mean, told without a finding."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.findings.catalogue import FindingType, finding_types, types_by_level
from ldbu_desktop.findings.model import Level
from ldbu_desktop.findings.report_examples import change_lines
from ldbu_desktop.findings.text import contradictions_of, rendered
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.language import Language, filled
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.report_examples import found_in_example

_OPEN = dict.fromkeys(
    ("found", "expected", "element", "obstacles", "earlier", "resource", "target", "variables", "problem"), "…"
)
"""Facts that only a report has."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code means in one language.

    ``example`` are places of a sample report with what stands there instead, None where it is taken away, and
    ``shown`` what is found in it then; both are empty for a code that no report shows by a small change.
    """

    message: str
    why: str
    remedy: str
    contradictions: tuple[str, ...] = ()
    example: tuple[tuple[str, str | None], ...] = ()
    shown: str = ""


@cache
def _official() -> dict[str, tuple[FindingType, ...]]:
    """The official validator's kinds of message, each with the types that it is told as."""
    told: dict[str, tuple[FindingType, ...]] = {}
    for one in types_by_level()[Level.CONFORMANCE]:
        for kind in one.official:
            told[kind] = (*told.get(kind, ()), one)
    return told


@cache
def codes() -> tuple[str, ...]:
    """Every code that a check, a receipt or a history may show: our codes, rules, official kinds, and reasons."""
    levels = types_by_level()
    ours = (one.code for level in (Level.CONFORMANCE, Level.RULE) for one in levels[level])
    return (*ours, *_official(), *(one.code for level in (Level.EXPORT, Level.HISTORY) for one in levels[level]))


def meanings(code: str, language: Language, standard: Standard) -> tuple[Meaning, ...]:
    """What a code may mean; nothing for one that no check shows."""
    if code in _official():
        return tuple(_meaning(code, one, language, standard) for one in _official()[code])
    return (_meaning(code, finding_types()[code], language, standard),) if code in codes() else ()


def with_example(code: str, meaning: Meaning, language: Language, standard: Standard) -> Meaning:
    """A meaning with the example of its code, which is checked as a report is."""
    found = found_in_example(code, standard)
    if found is None:
        return meaning
    shown = cpr_masked(rendered(found, language, standard).message)
    return replace(meaning, example=tuple(change_lines(code)), shown=shown)


def _meaning(code: str, type: FindingType, language: Language, standard: Standard) -> Meaning:
    def text(one: Text) -> str:
        return filled(one[language], {**_OPEN, "key": code}, language)

    struck = contradictions_of(type, code, language, standard)
    return Meaning(text(type.message), text(type.why), text(type.remedy), struck)
