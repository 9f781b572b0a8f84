"""A baseline: what was found in an earlier run, so that only what is new since is told.

It is the answer of the same command as ``--format json`` (or ``jsonl``) wrote it: each finding in it has a fingerprint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Final, Literal

import msgspec

from ldbu_desktop.conformance.model import CheckedReport, Verdict
from ldbu_desktop.deliveries.model import HistoryFinding
from ldbu_desktop.faults import Fault, FileFault
from ldbu_desktop.findings.fingerprint import Fingerprints, Known
from ldbu_desktop.findings.summary import FamilyFindings, Findings
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.json_text import NOT_READABLE
from ldbu_desktop.rendering.fingerprints import fault_fingerprint, history_fingerprint
from ldbu_desktop.sources.found import Left
from ldbu_desktop.whole_files import read_whole

MOST_BYTES: Final = 256 * 1024 * 1024
"""So much of an earlier answer is read."""

Command = Literal["validate", "check", "history"]

_OF_ANSWER: Final = {"findings": b"[", "reports": b"[", "errors": b"[", "counts": b"{", "account": b"{"}
"""What tells answers from other files and from each other, and how that begins: lists, and objects of counts."""

_TOLD_BY: Final[Mapping[Command, Callable[[set[str]], bool]]] = {
    "validate": lambda told: "account" in told,
    "check": lambda told: not told.isdisjoint({"reports", "errors"}),
    "history": lambda told: {"findings", "counts"} <= told and "account" not in told,
}
"""Whether an answer that has these parts is of the command."""

_FINGERPRINT: Final = re.compile(rb'"fingerprint"\s*:\s*"([\w-]*)"', re.ASCII)
"""Within JSON that is whole: a quote that is part of a text has a stroke before it."""
_FINDING: Final = re.compile(rb'"severity"\s*:')


def read_baseline(path: Path, command: Command) -> Known:
    """What an earlier answer of the command told.

    Raises :class:`FileFault` where there is none, it is of another command, or it tells findings without fingerprints.
    """
    name = without_cpr(path.name)
    data = read_whole(path, MOST_BYTES, FileFault("baseline-unreadable", file=name))
    try:
        told = _told(data)
    except NOT_READABLE as error:
        raise FileFault("baseline-unreadable", file=name) from error
    known = [found[1].decode() for found in _FINGERPRINT.finditer(data)]
    if not _TOLD_BY[command](told) or (_FINDING.search(data) and not known):
        raise FileFault("baseline-unreadable", file=name)
    return Known(known)


def _told(data: bytes) -> set[str]:
    """The parts of an answer that the one document, or the lines, have: all is read, and only their names are kept."""
    try:
        return _parts(data)
    except msgspec.DecodeError:
        return {name for line in BytesIO(data) if line.strip() for name in _parts(line)}


def _parts(document: bytes) -> set[str]:
    members = msgspec.json.decode(document, type=dict[str, msgspec.Raw])
    return {name for name, begins in _OF_ANSWER.items() if memoryview(members.get(name, b""))[:1] == begins}


def new_findings(findings: Findings, known: Known) -> Findings:
    """The findings of a journal that are new."""
    new = partial(known.new, fingerprint=Fingerprints(findings.journal).of)
    about_files = new(findings.about_files)
    by_family = {}
    for key, family in findings.by_family.items():
        left = {id(one) for one in new(family.all)}
        judged = tuple(
            each._replace(
                about=tuple(one for one in each.about if id(one) in left),
                visits=tuple(tuple(one for one in visit if id(one) in left) for visit in each.visits),
            )
            for each in family.judged
        )
        by_family[key] = FamilyFindings(judged)
    return Findings(
        findings.journal, findings.rules, findings.context, findings.today, about_files, by_family,
        findings.family_of_visit, whole=findings,
    )  # fmt: skip


def new_of_report(checked: CheckedReport, known: Known) -> CheckedReport:
    """A report with what is new in its verdict; a file that could not be checked before either is passed over."""
    if checked.fault is not None:
        is_known = not checked.is_passed_over and known.takes(fault_fingerprint(checked.file, checked.fault))
        return replace(checked, left=Left.FOREIGN) if is_known else checked
    errors, others = checked.verdict.errors, checked.verdict.others
    of = Fingerprints().of
    return replace(checked, verdict=Verdict(known.new(errors, of), known.new(others, of)))


def is_new_over_time(finding: HistoryFinding, known: Known) -> bool:
    """Whether a finding over time is new."""
    return not known.takes(history_fingerprint(finding))


def new_faults(faults: Iterable[tuple[str, Fault]], known: Known) -> tuple[tuple[str, Fault], ...]:
    """The files that could not be read and that were not told before."""
    return known.new(faults, lambda one: fault_fingerprint(*one))
