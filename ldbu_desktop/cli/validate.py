"""``ldbu validate``: read journal exports and tell what would be rejected, where, why and what to do."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ldbu_desktop.cli.console import progress_bar
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.journal.model import NO_COLUMN
from ldbu_desktop.language import chosen, tr

if TYPE_CHECKING:
    from ldbu_desktop.findings.model import Finding
    from ldbu_desktop.findings.summary import Findings
    from ldbu_desktop.standard.model import Standard

EXAMPLE = "ldbu validate eksport.xlsx --format json"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Læs journaleksporter, og fortæl hvad der ville blive afvist, hvor, hvorfor og hvad man gør.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    add_files(parser)
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help=tr("text til mennesker (forvalgt), json til maskiner"),
    )
    parser.add_argument("--all", action="store_true", help=tr("vis alle steder, ikke kun de første ved hver årsag"))


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
        return validate(journal, standard, date.today(), progress, Cancellation())


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; the exit code tells whether any rejects."""
    from ldbu_desktop.findings.model import Severity
    from ldbu_desktop.standard.catalogue import shipped_standard

    standard = shipped_standard()
    findings = read_and_validate(arguments.files, standard)
    if arguments.format == "json":
        _write_json(findings, standard)
    else:
        from ldbu_desktop.cli.findings_text import tell_findings

        tell_findings(findings, standard, everything=arguments.all)
    return Exit.REJECTED if findings.counts[Severity.REJECTED] else Exit.CLEAN


def _write_json(findings: Findings, standard: Standard) -> None:
    """Write the findings as one JSON object, one finding a line, without ever holding them all as text."""
    write = sys.stdout.write
    write('{"findings": [')
    between = "\n"
    for finding in findings.all:
        write(between + json.dumps(_finding_data(finding, standard), ensure_ascii=False))
        between = ",\n"
    counts = {
        **{str(severity): count for severity, count in findings.counts.items()},
        "visits": findings.journal.visit_count,
        "ready": len(findings.ready_visits),
        "rejected_visits": len(findings.rejected_visits),
    }
    write(f'\n], "counts": {json.dumps(counts)}}}\n')


def _finding_data(finding: Finding, standard: Standard) -> dict[str, Any]:
    """A finding for machines: codes and places by name, and the words in the language in use."""
    from ldbu_desktop.findings.text import column_letters, rendered

    words, at = rendered(finding, chosen(), standard), finding.location
    has_cell = at.origin.row and at.column != NO_COLUMN
    return {
        "code": finding.code,
        "severity": words.severity,
        "source": words.source,
        "rule": finding.rule or None,
        "location": {
            "file": at.origin.file or None,
            "sheet": at.origin.sheet or None,
            "cell": f"{column_letters(at.column)}{at.origin.row}" if has_cell else None,
            "line": at.origin.line or at.origin.row or None,
            "path": at.origin.path or None,
        },
        "visit": at.visit or None,
        "variable": at.variable or at.field or None,
        "found": words.found,
        "expected": words.expected,
        "message": words.message,
        "remedy": words.remedy,
    }
