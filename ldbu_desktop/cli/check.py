"""``ldbu check``: what the official validator would say about delivery reports, in a moment and in plain words."""

from __future__ import annotations

import argparse
from contextlib import ExitStack, closing
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from ldbu_desktop.cli.console import progress_bar
from ldbu_desktop.cli.output import add_baseline, add_output, occasion, sheet, tell_known
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.faults import CallFault
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.formats import FORMATS, report_renderer
from ldbu_desktop.work import Progress, Step, no_progress

if TYPE_CHECKING:
    from ldbu_desktop.conformance.model import CheckedReport

EXAMPLE = "ldbu check aflevering/ --format jsonl"

BAR_AFTER = 0.5
"""Seconds of work before a progress bar is worth its while."""


def summary() -> str:
    """What the command does, in a line."""
    return tr("Kontrollér afleveringsrapporter: ville de blive afvist, hvor, hvorfor, og hvad gør man?")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    add_reports(parser)
    add_output(parser, FORMATS)
    add_baseline(parser)
    parser.add_argument(
        "--accepted",
        type=_nothing_accepted,
        metavar=tr("FIL"),
        help=tr(
            "gælder ikke her: det, en rapport afvises for, kan ingen acceptere; gives til validate, export, correct"
        ),
    )


def _nothing_accepted(_file: str) -> None:
    raise argparse.ArgumentTypeError(
        tr("det, en rapport afvises for, kan ikke accepteres; filen gælder for validate, export og correct")
    )


def add_reports(parser: argparse.ArgumentParser) -> None:
    """Declare which reports to read, by which standard, and how."""
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar=tr("FIL"),
        help=tr(".json, .ndjson, .zip, en mappe, eller - for standard input"),
    )
    add_processing(parser)


def add_processing(parser: argparse.ArgumentParser) -> None:
    """Declare by which standard to check reports, and how."""
    parser.add_argument(
        "--standard",
        metavar=tr("PAKKE"),
        help=tr("en officiel FHIR-pakke (package.tgz eller navn#version) i stedet for den standard, der følger med"),
    )
    parser.add_argument(
        "--jobs", type=_jobs, metavar=tr("ANTAL"), help=tr("antal processer; udelades det, bruges alle ved mange filer")
    )


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(tr("skal være et tal fra 1 til 64"))
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Write the verdicts; the exit code tells whether any report would be rejected or could not be checked."""
    from ldbu_desktop.use_cases.baseline import new_of_report, read_baseline
    from ldbu_desktop.use_cases.check import check, standard_version
    from ldbu_desktop.use_cases.standards import shipped_standard

    known = read_baseline(arguments.baseline, "check") if arguments.baseline is not None else None
    package = package_of(arguments)
    shipped = shipped_standard()
    standard = tr("standarden for børn {version}", version=standard_version(shipped, package))
    tally = {Exit.CLEAN: 0, Exit.REJECTED: 0, Exit.FAULT: 0}
    is_complete = False
    with sheet(arguments) as paper, ExitStack() as stack:
        renderer = report_renderer(arguments.format, paper, occasion(standard, shipped, everything=arguments.all))
        is_seen = arguments.format == "jsonl" and paper.text.isatty()
        progress = no_progress if is_seen else late_bar(stack)
        reports = stack.enter_context(closing(check(arguments.paths, shipped, package, arguments.jobs, progress)))
        try:
            for report in reports:
                checked = new_of_report(report, known) if known is not None else report
                renderer.add(checked)
                tally[_exit(checked)] += not checked.is_passed_over
            is_complete = True
        finally:
            renderer.end(is_complete=is_complete)
    if known is not None:
        tell_known(known.count)
        if known.count and not any(tally.values()):
            return Exit.CLEAN
    if not any(tally.values()):
        raise CallFault("check-nothing-found")
    if tally[Exit.FAULT] and not (tally[Exit.CLEAN] or tally[Exit.REJECTED]):
        return Exit.FAULT
    return Exit.REJECTED if tally[Exit.FAULT] or tally[Exit.REJECTED] else Exit.CLEAN


def package_of(arguments: argparse.Namespace) -> Path | None:
    """The official package that was asked for. Raises :class:`~ldbu_desktop.faults.FileFault` where there is none."""
    if arguments.standard is None:
        return None
    from ldbu_desktop.use_cases.packages import package_path

    return package_path(arguments.standard)


def _exit(checked: CheckedReport) -> Exit:
    if checked.fault is None:
        return Exit.CLEAN if checked.is_valid else Exit.REJECTED
    return Exit.FAULT


def late_bar(stack: ExitStack) -> Progress:
    """A progress bar that is shown once the work has lasted a while, and goes when ``stack`` is closed."""
    return _LateBar(stack)


class _LateBar:
    """Shows a progress bar once the work has lasted a while, so that short work does not pay for it."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._shown: Progress | None = None
        self._begun = monotonic()

    def __call__(self, step: Step) -> None:
        if self._shown is None and monotonic() - self._begun > BAR_AFTER:
            self._shown = self._stack.enter_context(progress_bar(tr("Kontrollerer")))
        if self._shown is not None:
            self._shown(step)
