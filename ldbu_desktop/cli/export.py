"""``ldbu export``: write the delivery reports of the visits that are right, and a receipt."""

from __future__ import annotations

import argparse
from pathlib import Path

from ldbu_desktop.cli.console import progress_bar, say
from ldbu_desktop.cli.journal_files import add_accepted, add_files, add_maps, checked
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.language import tr

EXAMPLE = "ldbu export eksport.xlsx --to aflevering"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Skriv afleveringsrapporter for de kontakter der er i orden, og en kvittering.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    add_files(parser)
    add_maps(parser)
    add_accepted(parser)
    parser.add_argument("--to", required=True, type=Path, metavar=tr("MAPPE"), help=tr("mappen som der skrives i"))
    parser.add_argument(
        "--report",
        choices=("visit", "child"),
        default="visit",
        help=tr("en rapport pr. kontakt (forvalgt) eller pr. barn"),
    )
    parser.add_argument("--incremental", action="store_true", help=tr("saml rapporterne i én inkrementel aflevering"))
    parser.add_argument(
        "--layout", choices=("pretty", "compact", "ndjson"), default="pretty", help=tr("hvordan JSON skrives")
    )
    parser.add_argument(
        "--send-anyway",
        action="store_true",
        help=tr("skriv bevidst målinger med årsag til manglende værdi, som standardens egen regel obs-1 afviser"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Export, and tell what was written, left out and not read; the exit code tells whether anything was."""
    from ldbu_desktop.use_cases.read_ahead import read_ahead  # before all that is imported beside it

    read_ahead(arguments.files)
    from datetime import UTC, datetime

    from ldbu_desktop.bundles.model import ExportOptions
    from ldbu_desktop.rendering.export import export_lines
    from ldbu_desktop.use_cases.export import export
    from ldbu_desktop.use_cases.standards import shipped_standard
    from ldbu_desktop.work import Cancellation

    standard = shipped_standard()
    deliveries = checked(arguments.files, standard, arguments.maps, arguments.accepted).deliveries
    options = ExportOptions(
        report=arguments.report,
        incremental=arguments.incremental,
        layout=arguments.layout,
        send_anyway=arguments.send_anyway,
    )
    with progress_bar(tr("Skriver")) as progress:
        receipt = export(deliveries, arguments.to, options, datetime.now(UTC), progress, Cancellation())
    findings = deliveries.findings
    for line in export_lines(receipt, findings, standard):
        say(line)
    is_whole = receipt.is_whole and findings.is_all_read and not findings.of_no_visit
    return Exit.CLEAN if is_whole else Exit.REJECTED
