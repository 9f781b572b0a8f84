"""Accepting findings of open work: those that a file names, or that are pointed out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from ldbu_desktop.editing.operations import AcceptFindings
from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.acceptance import accepting, basis_of, value_of
from ldbu_desktop.findings.accepted_file import AcceptedEntry, read_accepted, write_accepted
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.model import Acceptance
from ldbu_desktop.workspace.workspace import Workspace

__all__ = ["AcceptedEntry", "accept", "accepting_all", "read_accepted", "write_accepted"]


def accept(work: Workspace, entries: Sequence[AcceptedEntry]) -> None:
    """Accept what of ``entries`` is found in work that was checked; the others are told as expired.

    An entry that fits several findings holds for none. Raises :class:`CallFault` for one that may name a person.
    """
    findings = work.findings
    if findings is None or not entries:
        return
    by_code: dict[str, list[Finding]] = {}
    for finding in findings.all:
        by_code.setdefault(finding.code, []).append(finding)
    accepted = []
    for entry in entries:
        fitting = [one for one in by_code.get(entry.code, ()) if _fits(entry, one, work)]
        if len(fitting) == 1:
            of = work.families(fitting[0].location.family)
            accepted.append(accepting(fitting[0], of, entry.reason, entry.by, entry.at))
        else:
            accepted.append(
                Acceptance(
                    entry.code, "", entry.visit, entry.record or entry.file, entry.variable, "", entry.found,
                    "-", entry.reason, entry.by, entry.at,
                )
            )  # fmt: skip
    work.do(AcceptFindings(tuple(accepted)))


def _fits(entry: AcceptedEntry, finding: Finding, work: Workspace) -> bool:
    at = finding.location
    said = (
        (entry.visit, (at.visit,)),
        (entry.record, (at.record,)),
        (entry.variable, (at.variable, at.field)),
        (entry.file, (at.origin.file,)),
        (entry.sheet, (at.origin.sheet,)),
        (entry.basis, (basis_of(finding),)),
    )
    return all(not told or told in known for told, known in said) and (
        entry.found == value_of(finding, work.families(at.family))
    )


def accepting_all(work: Workspace, findings: Iterable[Finding], reason: str, role: str, at: datetime) -> AcceptFindings:
    """The operation that accepts findings. Raises :class:`CallFault` as :func:`accepting` does, and for none."""
    accepted = tuple(accepting(one, work.families(one.location.family), reason, role, at) for one in findings)
    if not accepted:
        raise CallFault("accept-without-reason")
    return AcceptFindings(accepted)
