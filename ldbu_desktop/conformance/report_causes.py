"""Findings of many reports by cause, so that one correction can clear them all, and how many reports stand how."""

from __future__ import annotations

from collections.abc import Callable

from ldbu_desktop.conformance.model import CheckedReport, ConformanceFinding
from ldbu_desktop.faults import Fault
from ldbu_desktop.findings.catalogue import FindingType, type_of
from ldbu_desktop.findings.causes import Cause, Causes, Occurrence

ReportCause = Cause[ConformanceFinding]
ReportPlace = Occurrence[ConformanceFinding]


class ReportTally:
    """Collects reports as they are checked; memory grows with the number of causes, not with the reports.

    ``limit`` is how many places of each cause are kept; None keeps all.
    """

    def __init__(self, limit: int | None) -> None:
        self._causes = Causes[ConformanceFinding](limit)
        self.valid = self.rejected = self.unchecked = 0
        self.faults: list[tuple[str, Fault]] = []

    @property
    def reports(self) -> int:
        """How many reports there were."""
        return self.valid + self.rejected + self.unchecked

    def add(self, checked: CheckedReport) -> None:
        """Count one report and its findings."""
        if checked.fault is not None:
            self.unchecked += checked.is_report
            self.faults.append((checked.file, checked.fault))
            return
        if checked.verdict.valid:
            self.valid += 1
        else:
            self.rejected += 1
        for finding in (*checked.verdict.errors, *checked.verdict.others):
            self._causes.add(checked.file, finding)

    @property
    def rejecting(self) -> list[ReportCause]:
        """What makes reports invalid, the most frequent first."""
        return self._sorted(lambda one: one.rejects)

    @property
    def remarks(self) -> list[ReportCause]:
        """What the official validator would remark on without rejecting."""
        return self._sorted(lambda one: not one.rejects and not one.is_ours)

    @property
    def own(self) -> list[ReportCause]:
        """What the official validator leaves out."""
        return self._sorted(lambda one: one.is_ours)

    def _sorted(self, wanted: Callable[[FindingType], bool]) -> list[ReportCause]:
        found = [cause for cause in self._causes if wanted(type_of(cause.first))]
        return sorted(found, key=lambda cause: (-cause.files, cause.first.rule, cause.element))
