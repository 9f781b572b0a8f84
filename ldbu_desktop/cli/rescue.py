"""``ldbu rescue``: what is whole of a damaged case file, in a new one."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ldbu_desktop.cli.console import progress_bar, say
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.language import tr

EXAMPLE = "ldbu rescue sag.ldbu --to reddet.ldbu"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Red det, der er helt i en beskadiget sagsfil, over i en ny med samme adgangskode.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    parser.add_argument("file", type=Path, metavar=tr("FIL"), help=tr("sagsfilen (.ldbu); den bliver kun læst"))
    parser.add_argument("--to", required=True, type=Path, metavar=tr("FIL"), help=tr("den nye sagsfil"))


def run(arguments: argparse.Namespace) -> int:
    """Rescue, and tell what was lost; the exit code tells whether anything was."""
    from ldbu_desktop.rendering.rescue import rescue_lines
    from ldbu_desktop.use_cases.rescue import rescue_case
    from ldbu_desktop.work import Cancellation

    passphrase = _passphrase()
    with progress_bar(tr("Læser")) as progress:
        rescued = rescue_case(arguments.file, passphrase, arguments.to, progress, Cancellation())
    rescued.case.close()
    for line in rescue_lines(rescued.salvage):
        say(line)
    return Exit.CLEAN if rescued.salvage.is_whole else Exit.REJECTED


def _passphrase() -> str:
    """The passphrase: typed unseen on a terminal, else the first line of standard input; it is never an argument."""
    if sys.stdin.isatty():
        from getpass import getpass

        return getpass(f"{tr('Adgangskode')}: ")
    return sys.stdin.readline().rstrip("\r\n")
