"""``ldbu map``: what the columns and values of any journal's export are taken for, and what waits for a yes."""

from __future__ import annotations

import argparse
from datetime import date

from ldbu_desktop.cli.console import progress_bar, say
from ldbu_desktop.cli.journal_files import add_files
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.language import chosen, tr

EXAMPLE = "ldbu map eksport.xlsx --format json"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Vis, hvad kolonner og værdier i en journaleksport tages for, før noget læses.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    add_files(parser)
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help=tr("text til mennesker (forvalgt), json til maskiner"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Tell the proposal; the exit code tells whether anything of it waits for a yes."""
    from ldbu_desktop.rendering.machine import encoded
    from ldbu_desktop.rendering.proposal import proposal_facts, proposal_lines
    from ldbu_desktop.use_cases.map import propose
    from ldbu_desktop.use_cases.standards import shipped_standard
    from ldbu_desktop.work import Cancellation

    standard = shipped_standard()
    with progress_bar(tr("Læser")) as progress:
        proposal = propose(arguments.files, standard, date.today(), progress, Cancellation())
    if arguments.format == "json":
        say(encoded(proposal_facts(proposal)))
    else:
        for line in proposal_lines(proposal, standard, chosen()):
            say(line)
    return Exit.REJECTED if proposal.waiting() else Exit.CLEAN
