"""``ldbu explain``: what a finding means, why it is found and what to do."""

from __future__ import annotations

import argparse

from ldbu_desktop.cli.console import console, say
from ldbu_desktop.language import chosen, tr

EXAMPLE = "ldbu explain visit-before-birth"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Forklar en kode fra forkontrollen, eller vis alle koder.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    parser.add_argument("code", nargs="?", metavar=tr("KODE"), help=tr("koden på et fund; udelades den, vises alle"))


def run(arguments: argparse.Namespace) -> int:
    """Print one explanation, or the list of all codes."""
    from ldbu_desktop.cli.findings_text import SIGNS, severity_word, source_word
    from ldbu_desktop.use_cases.explain import explanation, titles

    if arguments.code is None:
        for code, (severity, title) in titles(chosen()).items():
            say(f"{SIGNS[severity][0]} {code:<40} {title}")
        return 0
    told = explanation(arguments.code, chosen())
    out = console()
    sign, style = SIGNS[told.severity]
    out.print(f"{sign} {told.title}", style=style, markup=False)
    facts = f"{told.code} · {severity_word(told.severity)} · {source_word(told.source)}"
    out.print(facts, style="dim", markup=False)
    for heading, text in (
        (tr("Hvorfor"), told.shown.why),
        (tr("Gør"), told.shown.remedy),
        (tr("Eksempel"), f"{told.example}\n{told.shown.message}"),
    ):
        out.print(f"\n[bold]{heading}[/]")
        out.print(text, markup=False)
    return 0
