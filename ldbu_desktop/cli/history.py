"""``ldbu history``: what is wrong with delivery reports taken together, which no gateway can see."""

from __future__ import annotations

import argparse
from contextlib import ExitStack, closing

from ldbu_desktop.cli.check import add_reports, late_bar, package_of
from ldbu_desktop.cli.output import add_baseline, add_output, occasion, sheet, tell_known
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.faults import CallFault
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.history import HISTORY_FORMATS

EXAMPLE = "ldbu history leveringer/ --format json"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Kontrollér afleveringer over tid: passer rapporterne sammen, når de læses i rækkefølge?")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    add_reports(parser)
    add_output(parser, HISTORY_FORMATS)
    add_baseline(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write what is found; the exit code tells whether anything must be mended or could not be read."""
    from ldbu_desktop.findings.model import Severity
    from ldbu_desktop.use_cases.baseline import is_new_over_time, new_faults, read_baseline
    from ldbu_desktop.use_cases.check import standard_version
    from ldbu_desktop.use_cases.history import check_history
    from ldbu_desktop.use_cases.read_reports import HistoryRun
    from ldbu_desktop.use_cases.standards import shipped_standard

    known = read_baseline(arguments.baseline, "history") if arguments.baseline is not None else None
    package = package_of(arguments)
    shipped = shipped_standard()
    standard = tr("standarden for børn {version}", version=standard_version(shipped, package))
    told = HistoryRun()
    must_be_mended = is_complete = False
    with sheet(arguments) as paper, ExitStack() as stack:
        about = occasion(standard, shipped, everything=arguments.all)
        renderer = HISTORY_FORMATS[arguments.format](paper, about)
        progress = late_bar(stack)
        found = check_history(arguments.paths, shipped, told, package, arguments.jobs, progress)
        try:
            for finding in stack.enter_context(closing(found)):
                if known is not None and not is_new_over_time(finding, known):
                    told.counts.findings[finding.code] -= 1
                    continue
                renderer.add(finding)
                must_be_mended = must_be_mended or finding.severity is Severity.MEND
            is_complete = True
        finally:
            renderer.end(told.counts, told.faults, is_complete=is_complete)
    unread = told.counts.unread
    if known is not None:
        unread = len(new_faults(told.faults, known)) if unread else 0
        tell_known(known.count)
    if not told.counts.reports:
        if told.counts.unread:
            return Exit.FAULT
        raise CallFault("check-nothing-found")
    return Exit.REJECTED if must_be_mended or unread else Exit.CLEAN
