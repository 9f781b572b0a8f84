"""``ldbu validate``: read journal exports and tell what would be rejected, where, why and what to do."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ldbu_desktop.cli.console import progress_bar
from ldbu_desktop.cli.output import add_output, occasion, sheet
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.formats import OF_FINDINGS, write_findings

if TYPE_CHECKING:
    from ldbu_desktop.findings.summary import Findings
    from ldbu_desktop.standard.model import Standard

EXAMPLE = "ldbu validate eksport.xlsx --format json"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Læs journaleksporter, og fortæl hvad der ville blive afvist, hvor, hvorfor og hvad man gør.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    add_files(parser)
    add_output(parser, OF_FINDINGS)


def add_files(parser: argparse.ArgumentParser) -> None:
    """Declare the files that are read, for every command that reads a journal."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar=tr("FIL"),
        help=tr(".xlsx, .csv, .json, .ndjson, .zip eller en mappe"),
    )


def read_and_validate(files: list[Path], standard: Standard) -> Findings:
    """The findings of the journal that ``files`` hold, with progress on a terminal."""
    from ldbu_desktop.use_cases.load import load
    from ldbu_desktop.use_cases.validate import validate
    from ldbu_desktop.work import Cancellation

    with progress_bar(tr("Læser")) as progress:
        journal = load(files, standard, progress, Cancellation())
    with progress_bar(tr("Kontrollerer")) as progress:
        return validate(journal, standard, date.today(), progress, Cancellation(), alone=False)


def run(arguments: argparse.Namespace) -> int:
    """Tell the findings; the exit code tells whether any rejects."""
    from ldbu_desktop.findings.model import Severity
    from ldbu_desktop.use_cases.standards import shipped_standard

    standard = shipped_standard()
    about = occasion(f"{standard.header.package} {standard.header.version}", standard, everything=arguments.all)
    with sheet(arguments) as paper:
        findings = read_and_validate(arguments.files, standard)
        write_findings(findings, standard, arguments.format, paper, about)
    return Exit.REJECTED if findings.counts[Severity.REJECTED] or not findings.journal.is_read else Exit.CLEAN
