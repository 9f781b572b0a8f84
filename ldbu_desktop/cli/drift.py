"""``ldbu drift``: what changed between two editions of the standard, told to people or to machines."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

from ldbu_desktop.cli.program import Exit
from ldbu_desktop.language import chosen, tr

if TYPE_CHECKING:
    from ldbu_desktop.standard.comparison import Difference
    from ldbu_desktop.standard.drift import Change
    from ldbu_desktop.use_cases.drift import Comparison

EXAMPLE = "ldbu drift kl.dk.fhir.children#2.0.1 shipped"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Vis, hvad der er ændret mellem to udgaver af standarden.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    what = tr(
        "en officiel FHIR-pakke (package.tgz, en mappe eller navn#version), eller shipped for det, der følger med"
    )
    parser.add_argument("before", metavar=tr("FØR"), help=what)
    parser.add_argument("after", metavar=tr("EFTER"), help=tr("det samme for den udgave, der sammenlignes med"))
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help=tr("text til mennesker (forvalgt), json til maskiner"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the changes. That something changed is an answer and no fault: the exit code is 0."""
    from ldbu_desktop.use_cases.drift import compare_editions
    from ldbu_desktop.use_cases.standards import shipped_standard

    found = compare_editions(arguments.before, arguments.after, shipped_standard())
    for line in _json_lines(found) if arguments.format == "json" else _lines(found):
        print(line)  # noqa: T201 - this is what was asked for
    return Exit.CLEAN


def _json_lines(found: Comparison) -> Iterator[str]:
    yield json.dumps(asdict(found), ensure_ascii=False, indent=1)


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


def _lines(comparison: Comparison) -> Iterator[str]:
    changes = comparison.changes
    yield tr("Fra {before} til {after}", before=comparison.before, after=comparison.after)
    titles = _titles()
    for aspect, same_aspect in groupby(changes, key=lambda change: change.aspect):
        found = list(same_aspect)
        yield ""
        yield f"{titles[aspect.value]} ({len(found)})"
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
        yield from map(_differing, comparison.differences)
    yield ""
    yield tr("Ændringer: {count}", count=len(changes)) if changes else tr("Ingen forskel på det, der kontrolleres.")


def _differing(one: Difference) -> str:
    """A fact that the catalogue and the package state differently, or that only one of them has."""
    from ldbu_desktop.use_cases.drift import name_of
    from ldbu_desktop.use_cases.standards import shipped_standard

    subject = name_of(one.subject, shipped_standard(), chosen())
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


def _sign(change: Change) -> str:
    return {"added": "+", "removed": "−", "changed": "~"}[change.kind.value]


def _difference(change: Change) -> str:
    if change.kind.value == "changed" and change.before and change.after:
        return f": {change.before} → {change.after}"
    if change.kind.value == "changed" and (change.before or change.after):
        return "".join(f": {sign} {text}" for sign, text in (("−", change.before), ("+", change.after)) if text)
    if change.kind.value == "changed":
        return ": " + tr("er formuleret anderledes")
    told = change.before or change.after
    return f": {told}" if told else ""
