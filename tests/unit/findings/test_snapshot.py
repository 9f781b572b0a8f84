"""All findings of a journal with many faults, on a fixed day."""

from __future__ import annotations

from collections.abc import Callable

from syrupy.assertion import SnapshotAssertion

from ldbu_desktop.findings.examples import example_by_code
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.summary import Findings

FAULTS = (
    "sor-malformed", "cpr-check-digit", "duplicate-visit", "unit-slip", "too-many-decimals", "value-implausible",
    "code-misspelled", "code-of-other-variable", "feeding-period-without-start",
    "size-shrinks", "intervention-code-missing", "questionnaire-incomplete", "answer-not-an-option", "school-missing",
    "exam-finding-empty", "visit-in-future",
)  # fmt: skip


def told(finding: Finding) -> dict[str, object]:
    at = {name: value for name, value in finding.location._asdict().items() if value not in ("", -1)}
    return {"code": finding.code, "found": finding.found, "rule": finding.rule, "at": at, "facts": dict(finding.facts)}


def test_a_journal_with_many_faults(found: Callable[..., Findings], snapshot: SnapshotAssertion) -> None:
    changes = [change for code in FAULTS for change in example_by_code()[code].rows]
    findings = found(*changes)
    assert set(FAULTS) <= set(findings.by_code)
    assert [told(finding) for finding in findings.all] == snapshot
