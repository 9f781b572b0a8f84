"""``ldbu deadlines``: which visits lack something mandatory, and until when it is waited for."""

from __future__ import annotations

import argparse
from datetime import datetime

from ldbu_desktop.cli.journal_files import add_files, add_maps, opened
from ldbu_desktop.cli.output import add_target, add_text_or_json, sheet
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.language import tr

EXAMPLE = "ldbu deadlines eksport.xlsx --at 2026-03-12T08:00"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Vis, hvilke kontakter der mangler noget obligatorisk, og hvornår det senest skal være skrevet.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    add_files(parser)
    add_maps(parser)
    parser.add_argument(
        "--at",
        type=datetime.fromisoformat,
        metavar=tr("TIDSPUNKT"),
        help=tr("set fra dette tidspunkt i dansk tid, fx 2026-03-12T08:00 (forvalgt: nu)"),
    )
    add_text_or_json(parser)
    add_target(parser)


def run(arguments: argparse.Namespace) -> int:
    """Tell the deadlines; the exit code tells whether anything is missing or was not read."""
    from ldbu_desktop.rendering.account import account_words
    from ldbu_desktop.rendering.deadlines import deadline_document, deadline_lines
    from ldbu_desktop.rendering.machine import encoded_lines
    from ldbu_desktop.rendering.terminal import for_screen
    from ldbu_desktop.use_cases.deadlines import danish, deadlines_in
    from ldbu_desktop.use_cases.standards import shipped_standard

    standard = shipped_standard()
    now = danish(arguments.at)
    with sheet(arguments) as paper:
        journal = opened(arguments.files, standard, arguments.maps).journal
        found = deadlines_in(journal, standard, now)
        if arguments.format == "json":
            paper.text.write(encoded_lines(deadline_document(found, journal, standard, now)) + "\n")
        else:
            for line in (*deadline_lines(found, journal, standard, now), "", account_words(journal.account)):
                paper.text.write(f"{for_screen(line)}\n")
    is_whole = journal.is_read and not journal.account.not_read
    return Exit.CLEAN if is_whole and not found else Exit.REJECTED
