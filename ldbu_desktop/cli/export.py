"""``ldbu export``: write the delivery reports of the visits that are right, and a receipt."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ldbu_desktop.cli.console import progress_bar, say
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.cli.validate import add_files, read_and_validate
from ldbu_desktop.language import tr

if TYPE_CHECKING:
    from ldbu_desktop.bundles.receipt import Reason, Receipt

EXAMPLE = "ldbu export eksport.xlsx --to aflevering"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Skriv afleveringsrapporter for de kontakter der er i orden, og en kvittering.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    add_files(parser)
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
        help=tr("send bevidst målinger med årsag til manglende værdi, som standardens egen regel obs-1 afviser"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Export, and tell what was written and what was left out; the exit code tells whether anything was."""
    from datetime import UTC, datetime

    from ldbu_desktop.standard.catalogue import shipped_standard
    from ldbu_desktop.use_cases.export import ExportOptions, export
    from ldbu_desktop.work import Cancellation

    standard = shipped_standard()
    findings = read_and_validate(arguments.files, standard)
    options = ExportOptions(
        report=arguments.report,
        incremental=arguments.incremental,
        layout=arguments.layout,
        send_anyway=arguments.send_anyway,
    )
    with progress_bar(tr("Skriver")) as progress:
        receipt = export(findings, standard, arguments.to, options, datetime.now(UTC), progress, Cancellation())
    _tell(receipt, arguments.to)
    return Exit.REJECTED if receipt.left_out else Exit.CLEAN


def _tell(receipt: Receipt, folder: Path) -> None:
    """Say what was written, and what was left out for which reasons."""
    say(
        tr(
            "{sent} kontakter er skrevet i {files} filer i {folder}; kvitteringen ligger ved siden af.",
            sent=receipt.sent,
            files=receipt.files,
            folder=folder,
        )
    )
    for visit, reasons in receipt.knowingly.items():
        say(tr("Sendt bevidst: {visit} ({reasons})", visit=visit, reasons=_codes(reasons)))
    for left_out in receipt.left_out:
        say(tr("Ikke skrevet: {visit} ({reasons})", visit=left_out.visit, reasons=_codes(left_out.reasons)))


def _codes(reasons: tuple[Reason, ...]) -> str:
    return ", ".join(f"{reason.code} {reason.rule}".strip() for reason in reasons)
