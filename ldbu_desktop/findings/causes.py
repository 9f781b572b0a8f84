"""Findings by cause, so that they are understood, and often mended, together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.findings.model import Finding, Severity

_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Cause:
    """Findings that have one cause, so that they are understood, and often mended, together."""

    code: str
    severity: Severity
    variable: str
    field: str
    found: str
    findings: tuple[Finding, ...]


def causes(findings: Iterable[Finding]) -> tuple[Cause, ...]:
    """Findings grouped by cause, heaviest first and then the most frequent."""
    types = finding_types()
    groups: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in findings:
        at = finding.location
        found = finding.found if types[finding.code].cause_by == "found" else ""
        # A response that is wrong is mostly wrong in all its answers: that is one cause, whatever the questions.
        variable = "" if at.field.startswith("answer.") else at.variable
        groups.setdefault((finding.code, variable, at.field, found), []).append(finding)
    told = [
        Cause(code, types[code].severity, variable, field, found, tuple(members))
        for (code, variable, field, found), members in groups.items()
    ]
    return tuple(sorted(told, key=lambda cause: (_WEIGHT[cause.severity], -len(cause.findings))))


def worst_of(findings: Iterable[Finding]) -> Severity | None:
    """The heaviest severity among ``findings``; None where there are none."""
    types = finding_types()
    return min((types[finding.code].severity for finding in findings), key=_WEIGHT.__getitem__, default=None)
