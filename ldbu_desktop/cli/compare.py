"""``ldbu compare``: what differs between two deliveries, or two exports, in the catalogue's words."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path

from ldbu_desktop.cli.check import add_processing, late_bar, package_of
from ldbu_desktop.cli.console import say
from ldbu_desktop.cli.journal_files import add_maps
from ldbu_desktop.cli.output import add_text_or_json, occasion, tell_beside, tell_not_all_read
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.language import tr

EXAMPLE = "ldbu compare gammel-udgave/ ny-udgave/ --format json"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Sammenlign to afleveringer eller eksporter: hvad er nyt, væk eller ændret, og hvilke svar?")


def exit_codes() -> str:
    """What is answered to the shell, in words."""
    return tr(
        "Slutkoder:\n"
        "  0  alt er læst, og intet er forskelligt\n"
        "  1  noget er forskelligt, eller noget er ikke læst\n"
        "  2  kaldet er forkert, eller intet kunne læses"
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    what = tr("en aflevering (.json, .ndjson, .zip eller en mappe) eller en eksport fra journalen")
    parser.add_argument("before", type=Path, metavar=tr("FØR"), help=what)
    parser.add_argument("after", type=Path, metavar=tr("EFTER"), help=tr("det samme, som der sammenlignes med"))
    add_processing(parser)
    add_maps(parser)
    add_text_or_json(parser)
    parser.add_argument("--ids", action="store_true", help=tr("lad også et andet id for det samme være en forskel"))
    parser.add_argument("--all", action="store_true", help=tr("vis alle forskelle, ikke kun de første af hver slags"))


def run(arguments: argparse.Namespace) -> int:
    """Print the differences; the exit code tells whether there are any, or something could not be read."""
    from ldbu_desktop.rendering.comparison import comparison_json, comparison_lines
    from ldbu_desktop.use_cases.check import standard_version
    from ldbu_desktop.use_cases.compare import CompareRun, compare_deliveries
    from ldbu_desktop.use_cases.standards import shipped_standard

    package = package_of(arguments)
    shipped = shipped_standard()
    told = CompareRun()
    with ExitStack() as stack:
        progress = late_bar(stack)
        found = compare_deliveries(
            arguments.before, arguments.after, shipped, told, package, arguments.jobs, progress, maps=arguments.maps
        )
    for side, reports in zip((told.before, told.after), found.reports, strict=True):
        tell_beside(side, shipped, found=reports)
    standard = tr("standarden for børn {version}", version=standard_version(shipped, package))
    about = occasion(standard, shipped, everything=arguments.all)
    not_read = (told.before.left_out, told.after.left_out)
    lines = comparison_json if arguments.format == "json" else comparison_lines
    for line in lines(found, not_read, about, is_complete=told.is_all_read):
        say(line)
    if not told.is_all_read:
        tell_not_all_read()
    differs = found.differs or (arguments.ids and bool(found.renamed))
    return Exit.REJECTED if differs or not told.is_all_read else Exit.CLEAN
