"""``ldbu coverage``: what of the standard an export, reports or a history of them exercise."""

from __future__ import annotations

import argparse
from contextlib import ExitStack

from ldbu_desktop.cli.check import add_reports, late_bar, package_of
from ldbu_desktop.cli.journal_files import add_maps
from ldbu_desktop.cli.output import add_output, occasion, sheet, tell_beside, tell_not_all_read
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.coverage_answer import COVERAGE_FORMATS, CoverageAnswer

EXAMPLE = "ldbu coverage leveringer/ --format xlsx --to daekning.xlsx"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Vis, hvad af standarden en eksport eller afleverede rapporter har prøvet, og hvad ikke.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    add_reports(parser)
    add_maps(parser)
    add_output(parser, COVERAGE_FORMATS)


def run(arguments: argparse.Namespace) -> int:
    """Write what is exercised. That something is not is an answer and no fault."""
    from ldbu_desktop.use_cases.check import standard_version
    from ldbu_desktop.use_cases.coverage import coverage_of
    from ldbu_desktop.use_cases.read_reports import HistoryRun
    from ldbu_desktop.use_cases.standards import shipped_standard

    package = package_of(arguments)
    shipped = shipped_standard()
    standard = tr("standarden for børn {version}", version=standard_version(shipped, package))
    told = HistoryRun()
    with ExitStack() as stack:
        found = coverage_of(
            arguments.paths, shipped, told, package, arguments.jobs, late_bar(stack), maps=arguments.maps
        )
    tell_beside(told, shipped, found=found.reports)
    with sheet(arguments) as paper:
        answer = CoverageAnswer(found, told.faults, told.counts.passed_over, is_complete=not told.counts.unread)
        COVERAGE_FORMATS[arguments.format](answer, paper, occasion(standard, shipped, everything=arguments.all))
    if told.counts.unread:
        tell_not_all_read()
        return Exit.REJECTED
    return Exit.CLEAN
