"""``ldbu explain``: what a finding means, why it is found and what to do."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ldbu_desktop.cli.console import console, say
from ldbu_desktop.language import chosen, tr

if TYPE_CHECKING:
    from ldbu_desktop.use_cases.meanings import Meaning

EXAMPLE = "ldbu explain visit-before-birth"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Forklar en kode fra forkontrollen, eller vis alle koder.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    parser.add_argument("code", nargs="?", metavar=tr("KODE"), help=tr("koden på et fund; udelades den, vises alle"))


def run(arguments: argparse.Namespace) -> int:
    """Print one explanation, or the list of all codes."""
    from ldbu_desktop.use_cases.meanings import meanings
    from ldbu_desktop.use_cases.standards import shipped_standard

    if arguments.code is None:
        _list()
    elif found := meanings(arguments.code, chosen(), shipped_standard()):
        _explain_check(arguments.code, found)
        _example_of_check(arguments.code, found[0])
    else:
        _explain(arguments.code)
    return 0


def _list() -> None:
    """The codes of what is found in the journal's export, then those of finished reports."""
    from ldbu_desktop.rendering.document import SEVERITY_SIGNS
    from ldbu_desktop.use_cases.explain import titles
    from ldbu_desktop.use_cases.meanings import codes, meanings
    from ldbu_desktop.use_cases.standards import shipped_standard

    standard = shipped_standard()
    for code, (severity, title) in titles(chosen()).items():
        say(f"{SEVERITY_SIGNS[severity]} {code:<40} {title}")
    for code in codes():
        say(f"· {code:<40} {meanings(code, chosen(), standard)[0].message}")


def _explain_check(code: str, found: Sequence[Meaning]) -> None:
    """What a code of ``ldbu check`` or of a receipt means: one meaning after the other."""
    out = console()
    for told in found:
        out.print(told.message, style="bold", markup=False)
        out.print(code, style="dim", markup=False)
        _part(tr("Hvorfor"), told.why)
        _part(tr("Gør"), told.remedy)
        for contradiction in told.contradictions:
            _part(tr("En modsigelse i standarden, der kan spille ind"), contradiction)
        out.print()


def _example_of_check(code: str, meaning: Meaning) -> None:
    """A change of a sample report by which the code is found, or that there is none."""
    from ldbu_desktop.use_cases.meanings import with_example
    from ldbu_desktop.use_cases.standards import shipped_standard

    told = with_example(code, meaning, chosen(), shipped_standard())
    if not told.shown:
        _part(tr("Eksempel"), tr("Ingen lille ændring af en rapport giver netop denne kode; der er intet eksempel."))
        return
    lines = [
        tr("{place} er taget ud", place=place) if value is None else f"{place}: {value}"
        for place, value in told.example
    ]
    _part(tr("Eksempel"), "\n".join((*lines, told.shown)))


def _part(heading: str, text: str) -> None:
    console().print(f"\n[bold]{heading}[/]")
    console().print(text, markup=False)


def _explain(code: str) -> None:
    """What a code of ``ldbu validate`` means, with an example that gives it."""
    from ldbu_desktop.rendering.document import SEVERITY_SIGNS
    from ldbu_desktop.rendering.journal_findings import source_word
    from ldbu_desktop.rendering.words import severity_word
    from ldbu_desktop.use_cases.explain import explanation
    from ldbu_desktop.use_cases.standards import shipped_standard

    told = explanation(code, chosen(), shipped_standard())
    out = console()
    out.print(f"{SEVERITY_SIGNS[told.severity]} {told.title}", style="bold", markup=False)
    facts = f"{told.code} · {severity_word(told.severity).lower()} · {source_word(told.source)}"
    out.print(facts, style="dim", markup=False)
    _part(tr("Hvorfor"), told.shown.why)
    _part(tr("Gør"), told.shown.remedy)
    _part(tr("Eksempel"), f"{told.example}\n{told.shown.message}")
