"""The receipt of a delivery: what was sent, what was left out and why, from which files, by which standard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ldbu_desktop import __version__
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.model import Reason, Receipt
from ldbu_desktop.bundles.parcels import Staging
from ldbu_desktop.bundles.receipt_file import RECEIPT
from ldbu_desktop.findings.catalogue import InReceipt, finding_types
from ldbu_desktop.journal.mask import without_person
from ldbu_desktop.journal.model import Journal, Note
from ldbu_desktop.standard.model import Standard

NOT_CONFORMANT: Final = "report-not-conformant"
NOT_REACHED: Final = "export-cancelled"
"""Reasons of the export itself; all others are codes of findings."""


def receipt_document(receipt: Receipt, journal: Journal, standard: Standard) -> dict[str, Any]:
    """The receipt as JSON. Visits stand by key and files by name, and nothing that looks like a CPR number."""
    return {
        "program": {"name": "LDBU Desktop", "version": __version__},
        "standard": {"package": standard.header.package, "version": standard.header.version},
        "time": receipt.time.isoformat(timespec="seconds"),
        "state": "cancelled" if receipt.is_cancelled else "complete",
        "options": dict(receipt.options),
        "counts": {
            "visits": journal.visit_count,
            "sent": receipt.sent,
            "left_out": len(receipt.left_out),
            "files": receipt.files,
            "records_without_visit": receipt.unplaced,
            "reports_without_visit": sum(not report.visits for report in journal.reports),
        },
        "inputs": [
            {"name": without_person(source.name), "kind": source.kind, "size": source.size, "sha256": source.sha256}
            for source in journal.sources
        ],
        "files": [
            {"name": file.name, "size": file.size, "sha256": file.sha256, "visits": [*map(without_person, file.visits)]}
            for file in receipt.written
        ],
        "not_read": [
            {"code": missed.code, "file": without_person(missed.file), "line": missed.line}
            for missed in receipt.not_read
        ],
        "read_by": [*map(_map_used, _noted(journal, "read_by"))],
        "same_for_all": [*map(_constant, _noted(journal, "same_for_all"))],
        "left_out": [_told(left_out.visit, left_out.reasons) for left_out in receipt.left_out],
        "sent_knowingly": [_told(visit, reasons) for visit, reasons in receipt.knowingly.items()],
    }


def _told(visit: str, reasons: tuple[Reason, ...]) -> dict[str, Any]:
    told = [
        {
            "code": reason.code,
            **({"variable": reason.variable} if reason.variable else {}),
            **({"rule": reason.rule} if reason.rule else {}),
            "times": reason.times,
        }
        for reason in reasons
    ]
    return {"visit": without_person(visit), "reasons": told}


def _noted(journal: Journal, where: InReceipt) -> Iterator[Note]:
    """The notes that one list of a receipt tells."""
    types = finding_types()
    return (note for note in journal.notes if types[note.code].in_receipt == where)


def _map_used(note: Note) -> dict[str, Any]:
    """By which answers a file was read that no standard describes, and whose they were."""
    facts = note.facts
    file = without_person(note.origin.file)
    return {"file": file, "map": facts["system"], "approved": facts["approved"], "by": facts["by"]}


def _constant(note: Note) -> dict[str, Any]:
    """What no file said, and somebody set for all rows of a table."""
    at = note.origin
    file, sheet = without_person(at.file), without_person(at.sheet)
    return {"file": file, "sheet": sheet, "variable": note.facts["variable"], "value": note.raw}


def write_receipt(document: Mapping[str, Any], staged: Staging) -> None:
    """Write the receipt beside what it vouches for."""
    staged.write(RECEIPT, json_text(dict(document), is_pretty=True) + b"\n")
