"""What differs between two editions of the standard, in lines for people or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby

from ldbu_desktop.conformance.profiles.editions import EditionComparison
from ldbu_desktop.language import Language, chosen, tr
from ldbu_desktop.rendering.machine import encoded_lines
from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.standard.comparison import Difference
from ldbu_desktop.standard.drift import DriftChange
from ldbu_desktop.standard.model import Standard


def drift_json(found: EditionComparison) -> Iterator[str]:
    """The comparison for machines."""
    yield encoded_lines(asdict(found))


def _titles() -> dict[str, str]:
    return {
        "profile": tr("Profiler"),
        "rule": tr("Regler"),
        "cardinality": tr("Hvor mange gange et felt må stå"),
        "type": tr("Typer og hvad der må henvises til"),
        "value": tr("Fastlagte værdier"),
        "binding": tr("Hvilket værdisæt et felt skal følge"),
        "slice": tr("Særlige udgaver af felter"),
        "value-set": tr("Værdisæt"),
        "code": tr("Koder i værdisæt"),
        "term": tr("Betegnelser for koder"),
        "questionnaire": tr("Spørgeskemaer"),
        "question": tr("Spørgsmål"),
    }


def drift_lines(comparison: EditionComparison, standard: Standard) -> Iterator[str]:
    """What changed, aspect by aspect, and where our catalogue says otherwise."""
    changes = comparison.changes
    yield tr("Fra {before} til {after}", before=comparison.before, after=comparison.after)
    titles = _titles()
    for aspect, same_aspect in groupby(changes, key=lambda change: change.aspect):
        found = list(same_aspect)
        yield ""
        yield f"{titles[aspect.value]} ({count_words(len(found))})"
        for subject, same_subject in groupby(found, key=lambda change: change.subject):
            about = list(same_subject)
            if not about[0].place:
                yield from (f"  {_sign(change)} {subject}" for change in about)
                continue
            yield f"  {subject}"
            yield from (f"    {_sign(change)} {change.place}{_difference(change)}" for change in about)
    if comparison.differences:
        yield ""
        yield tr("Programmets katalog siger andet end pakken ({count})", count=len(comparison.differences))
        yield from (_differing(one, standard) for one in comparison.differences)
    yield ""
    yield tr("Ændringer: {count}", count=len(changes)) if changes else tr("Ingen forskel på det, der kontrolleres.")


def _differing(one: Difference, standard: Standard) -> str:
    """A fact that the catalogue and the package state differently, or that only one of them has."""
    subject = _name_of(one.subject, standard, chosen())
    about = " · ".join(part for part in (subject, one.place.rpartition("/")[2]) if part)
    same = bool(one.place) and one.place in {one.ours, one.theirs}
    if not one.theirs:
        return f"  + {about}" + (" " if same else f": {one.ours} ") + tr("(kun i programmets katalog)")
    if not one.ours:
        return f"  − {about}" + (" " if same else f": {one.theirs} ") + tr("(kun i pakken)")
    return f"  ~ {about}: " + tr("kataloget {ours}, pakken {theirs}", ours=_plain(one.ours), theirs=_plain(one.theirs))


def _plain(fact: str) -> str:
    words = {"True": tr("ja"), "False": tr("nej"), "refused": tr("afvises"), "accepted": tr("tages imod")}
    return words.get(fact, fact)


def _sign(change: DriftChange) -> str:
    return {"added": "+", "removed": "−", "changed": "~"}[change.kind.value]


def _difference(change: DriftChange) -> str:
    if change.kind.value == "changed" and change.before and change.after:
        return f": {change.before} → {change.after}"
    if change.kind.value == "changed" and (change.before or change.after):
        return "".join(f": {sign} {text}" for sign, text in (("−", change.before), ("+", change.after)) if text)
    if change.kind.value == "changed":
        return ": " + tr("er formuleret anderledes")
    told = change.before or change.after
    return f": {told}" if told else ""


def _name_of(subject: str, standard: Standard, language: Language) -> str:
    """What a difference is about: a variable by its label, anything else as it is."""
    variable = standard.variable.get(subject)
    return variable.label[language] if variable is not None else subject
