"""Fingerprints of what has no finding of its own in a journal: of faults, and of findings over time."""

from __future__ import annotations

from ldbu_desktop.deliveries.model import HistoryFinding, Place
from ldbu_desktop.faults import Fault
from ldbu_desktop.findings.fingerprint import INDEX, digest
from ldbu_desktop.journal.mask import cpr_removed


def fault_fingerprint(file: str, fault: Fault) -> str:
    """The fingerprint of a file that could not be read."""
    return digest(fault.key, cpr_removed(file))


def history_fingerprint(finding: HistoryFinding) -> str:
    """The fingerprint of a finding over time."""
    return digest(finding.code, finding.severity.value, _at(finding.earlier), _at(finding.later))


def _at(place: Place) -> str:
    return INDEX.sub("", place.at)
