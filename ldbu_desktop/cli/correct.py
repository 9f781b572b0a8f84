"""``ldbu correct``: a corrected copy of a journal export, with what is found as comments at its cells."""

from __future__ import annotations

import argparse
from pathlib import Path

from ldbu_desktop.cli.console import progress_bar, say
from ldbu_desktop.cli.journal_files import add_accepted, add_files, add_maps, checked
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.language import tr

EXAMPLE = "ldbu correct eksport.xlsx --to rettet.xlsx --mend"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Skriv en kopi af en journaleksport med fundene ved cellerne, og ret det, hvor svaret er kendt.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    add_files(parser)
    add_maps(parser)
    add_accepted(parser)
    parser.add_argument(
        "--to", required=True, type=Path, metavar=tr("FIL"), help=tr("kopien; ved flere filer mappen til dem")
    )
    parser.add_argument("--mend", action="store_true", help=tr("ret alt, hvor fundet selv siger, hvad der menes"))


def run(arguments: argparse.Namespace) -> int:
    """Write the copy and tell what it has not; the exit code tells what ``ldbu validate`` would still tell of it."""
    from ldbu_desktop.findings.model import Severity
    from ldbu_desktop.rendering.corrections import copy_lines
    from ldbu_desktop.use_cases.correct import correct
    from ldbu_desktop.use_cases.standards import shipped_standard
    from ldbu_desktop.workspace.mending import mend_known

    standard = shipped_standard()
    work = checked(arguments.files, standard, arguments.maps, arguments.accepted)
    if arguments.mend:
        with progress_bar(tr("Retter")):
            mend_known(work)
    copy = correct(work, arguments.files, arguments.to)
    for line in copy_lines(copy.written, copy.changed, copy.elsewhere, copy.lost, standard):
        say(line)
    findings = work.all_findings
    is_right = findings.is_all_read and not findings.counts[Severity.REJECTED]
    return Exit.CLEAN if is_right and not copy.elsewhere else Exit.REJECTED
