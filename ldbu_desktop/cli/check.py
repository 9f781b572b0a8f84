"""``ldbu check``: what the official validator would say about delivery reports, in a moment and in plain words."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack, closing
from datetime import datetime
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TextIO, cast

from ldbu_desktop import __version__
from ldbu_desktop.cli.console import progress_bar
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.faults import CallFault, Cancelled
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.work import Progress, Step, no_progress

if TYPE_CHECKING:
    from ldbu_desktop.cli.check_formats.form import Form, Occasion
    from ldbu_desktop.use_cases.checked_report import CheckedReport

EXAMPLE = "ldbu check aflevering/ --format jsonl"

_FORMS = {
    "text": ("text", "Text"),
    "json": ("machine", "JsonDocument"),
    "jsonl": ("machine", "JsonLines"),
    "operationoutcome": ("outcome", "OperationOutcomes"),
    "junit": ("junit", "JUnit"),
    "html": ("page", "Page"),
}
"""The module below ``check_formats`` and the class of each form: only the one that is asked for is imported."""

_BAR_AFTER = 0.5
"""Seconds of work before a progress bar is worth its while."""


def summary() -> str:
    """What the command does, in a line."""
    return tr("Forkontrollér afleveringsrapporter: ville de blive afvist, hvor, hvorfor, og hvad gør man?")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar=tr("FIL"),
        help=tr(".json, .ndjson, .zip, en mappe, eller - for standard input"),
    )
    parser.add_argument(
        "--format",
        choices=tuple(_FORMS),
        default="text",
        help=tr("text til mennesker (forvalgt); json, jsonl, operationoutcome og junit til maskiner; html til rapport"),
    )
    parser.add_argument(
        "--standard",
        metavar=tr("PAKKE"),
        help=tr("en officiel FHIR-pakke (package.tgz eller navn#version) i stedet for den standard, der følger med"),
    )
    parser.add_argument(
        "--jobs", type=_jobs, metavar=tr("ANTAL"), help=tr("antal processer; udelades det, bruges alle ved mange filer")
    )
    parser.add_argument("--all", action="store_true", help=tr("vis alle steder, ikke kun de første ved hver årsag"))


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(tr("skal være et tal fra 1 til 64"))
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Write the verdicts; the exit code tells whether any report would be rejected or could not be checked."""
    from ldbu_desktop.use_cases.check import check
    from ldbu_desktop.use_cases.checked_report import engine_for

    package = None
    if arguments.standard is not None:
        from ldbu_desktop.use_cases.packages import package_path

        package = package_path(arguments.standard)
    engine = engine_for(package)
    stream = _output()
    form = _form(arguments.format, stream, _occasion(engine.version, everything=arguments.all))
    tally = {Exit.CLEAN: 0, Exit.REJECTED: 0, Exit.FAULT: 0}
    is_complete = False
    with ExitStack() as stack:
        stack.callback(stream.flush)
        progress = _LateBar(stack) if arguments.format != "jsonl" or not stream.isatty() else no_progress
        reports = stack.enter_context(closing(check(arguments.paths, package, arguments.jobs, progress)))
        try:
            for checked in reports:
                form.add(checked)
                tally[_exit(checked)] += 1
            is_complete = True
        except KeyboardInterrupt:
            raise Cancelled from None
        finally:
            form.end(is_complete=is_complete)
    if not any(tally.values()):
        raise CallFault("check-nothing-found")
    return max(code for code, count in tally.items() if count)


def _exit(checked: CheckedReport) -> Exit:
    if checked.fault is not None:
        return Exit.FAULT
    return Exit.CLEAN if checked.verdict.valid else Exit.REJECTED


def _output() -> TextIO:
    """Standard output, able to write any text: half of a surrogate pair is written as an escape."""
    stream = sys.stdout
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


def _occasion(standard_version: str, *, everything: bool) -> Occasion:
    from ldbu_desktop.cli.check_formats.form import Occasion

    return Occasion(
        standard=tr("standarden for børn {version}", version=standard_version),
        program=f"LDBU Desktop {__version__}",
        at=datetime.now().astimezone(),
        language=chosen(),
        everything=everything,
    )


def _form(name: str, stream: TextIO, occasion: Occasion) -> Form:
    module, kind = _FORMS[name]
    made = getattr(import_module(f"ldbu_desktop.cli.check_formats.{module}"), kind)
    return cast("Form", made(stream, occasion))


class _LateBar:
    """Shows a progress bar once the work has lasted a while, so that short work does not pay for it."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._shown: Progress | None = None
        self._begun = monotonic()

    def __call__(self, step: Step) -> None:
        if self._shown is None and monotonic() - self._begun > _BAR_AFTER:
            self._shown = self._stack.enter_context(progress_bar(tr("Kontrollerer")))
        if self._shown is not None:
            self._shown(step)
