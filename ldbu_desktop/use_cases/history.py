"""Look at delivery reports as one sequence: what is wrong with them together, though each may be right by itself."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from ldbu_desktop.deliveries.history import all_findings
from ldbu_desktop.deliveries.lives import Family
from ldbu_desktop.deliveries.model import HistoryCounts, HistoryFinding, Report
from ldbu_desktop.deliveries.report_index import ReportIndex
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.check import TELL_EVERY
from ldbu_desktop.use_cases.read_reports import HistoryRun, read_reports
from ldbu_desktop.work import Cancellation, Progress, Step, no_progress


def check_history(
    paths: Sequence[Path],
    standard: Standard,
    run: HistoryRun,
    package: Path | None = None,
    jobs: int | None = None,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Generator[HistoryFinding, None, None]:
    """What is wrong with the reports of files, folders and archives as one sequence, family by family.

    ``run`` is filled meanwhile. Each report is held against the profiles as :func:`~ldbu_desktop.use_cases.check.check`
    does, since one that the gateway rejects tells nothing. Raises as that does, and :class:`OutputFault` where there is
    no room for what is put by.
    """
    for _, found in families(paths, standard, run, package, jobs, progress, cancellation):
        yield from found


def families(
    paths: Sequence[Path],
    standard: Standard,
    run: HistoryRun,
    package: Path | None = None,
    jobs: int | None = None,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Generator[tuple[Family | None, list[HistoryFinding]], None, None]:
    """The families of a history with what is wrong with the reports of each; see :func:`check_history`."""
    cancellation = cancellation or Cancellation()
    counts = run.counts
    with ReportIndex() as index:
        with closing(read_reports(paths, standard, run, package, jobs, cancellation)) as read:
            told = monotonic()
            for _, reports, _ in read:
                for report in reports:
                    index.add(report)
                    _count(report, counts)
                if (now := monotonic()) - told > TELL_EVERY:
                    told = now
                    progress(Step(counts.reports, None, "report"))
        progress(Step(counts.reports, counts.reports, "report"))
        for family, found in all_findings(index, standard):
            cancellation.check()
            if family is not None:
                about = {family.whom(one) for report in family.reports for one in report.instances}
                counts.citizens += len(about - {""})
                counts.resources += len(family.lives)
            for one in found:
                counts.findings[one.code] = counts.findings.get(one.code, 0) + 1
            yield family, found


def _count(report: Report, counts: HistoryCounts) -> None:
    counts.reports += 1
    counts.failed += not report.is_accepted
    if report.time is not None:
        day = datetime.fromtimestamp(report.time, UTC).date()
        counts.first = min(counts.first or day, day)
        counts.last = max(counts.last or day, day)
