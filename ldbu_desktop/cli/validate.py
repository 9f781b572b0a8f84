"""``ldbu validate``: read journal exports and tell what would be rejected, where, why and what to do."""

from __future__ import annotations

import argparse

from ldbu_desktop.cli.journal_files import add_accepted, add_files, add_maps, checked
from ldbu_desktop.cli.output import add_baseline, add_output, occasion, sheet, tell_known
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.formats import OF_FINDINGS, write_findings

EXAMPLE = "ldbu validate eksport.xlsx --format json"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Læs journaleksporter, og fortæl hvad der ville blive afvist, hvor, hvorfor og hvad man gør.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    add_files(parser)
    add_maps(parser)
    add_accepted(parser)
    add_output(parser, OF_FINDINGS)
    add_baseline(parser)


def run(arguments: argparse.Namespace) -> int:
    """Tell the findings; the exit code tells whether any rejects, or something was not read."""
    from ldbu_desktop.use_cases.read_ahead import read_ahead  # before all that is imported beside it

    read_ahead(arguments.files)
    from ldbu_desktop.findings.model import Severity
    from ldbu_desktop.use_cases.standards import shipped_standard

    known = None
    if arguments.baseline is not None:
        from ldbu_desktop.use_cases.baseline import new_findings, read_baseline

        known = read_baseline(arguments.baseline, "validate")
    standard = shipped_standard()
    about = occasion(f"{standard.header.package} {standard.header.version}", standard, everything=arguments.all)
    with sheet(arguments) as paper:
        findings = checked(arguments.files, standard, arguments.maps, arguments.accepted).all_findings
        if known is not None:
            findings = new_findings(findings, known)
        write_findings(findings, standard, arguments.format, paper, about)
    if known is not None:
        tell_known(known.count)
    is_right = findings.is_all_read and not findings.counts[Severity.REJECTED]
    return Exit.CLEAN if is_right else Exit.REJECTED
