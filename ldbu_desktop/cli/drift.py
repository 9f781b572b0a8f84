"""``ldbu drift``: what changed between two editions of the standard, told to people or to machines."""

from __future__ import annotations

import argparse

from ldbu_desktop.cli.console import say
from ldbu_desktop.cli.output import add_text_or_json
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.language import tr

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
    add_text_or_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the changes. That something changed is an answer and no fault: the exit code is 0."""
    from ldbu_desktop.rendering.drift import drift_json, drift_lines
    from ldbu_desktop.use_cases.drift import compare_editions
    from ldbu_desktop.use_cases.standards import shipped_standard

    standard = shipped_standard()
    found = compare_editions(arguments.before, arguments.after, standard)
    for line in drift_json(found) if arguments.format == "json" else drift_lines(found, standard):
        say(line)
    return Exit.CLEAN
