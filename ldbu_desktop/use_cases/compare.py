"""Compare two deliveries, or two exports as they would be delivered: what came, went, changed, and which verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from ldbu_desktop.deliveries.comparison import DeliveryComparison, DeliverySide, compared
from ldbu_desktop.deliveries.report_verdicts import errors_of
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.as_delivered import side_of_journal
from ldbu_desktop.use_cases.coverage import hold_reports
from ldbu_desktop.use_cases.load import load_by_maps
from ldbu_desktop.use_cases.read_reports import HistoryRun, read_reports
from ldbu_desktop.work import Cancellation, Progress, Step, no_progress


@dataclass(slots=True)
class CompareRun:
    """The two sides while they are read: what of each could not be."""

    before: HistoryRun = field(default_factory=HistoryRun)
    after: HistoryRun = field(default_factory=HistoryRun)

    @property
    def is_all_read(self) -> bool:
        """Whether every file of both sides was read."""
        return not self.before.counts.unread and not self.after.counts.unread


def compare_deliveries(
    before: Path,
    after: Path,
    standard: Standard,
    run: CompareRun,
    package: Path | None = None,
    jobs: int | None = None,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
    maps: Sequence[Path] = (),
) -> DeliveryComparison:
    """What differs between the reports of two files, folders or archives, or between two journals' exports.

    An export is compared by the reports of its visits as they would be written now, ready or not; findings in the
    journal itself are compared where both are exports. Foreign exports are read by ``maps``, or by those that are
    remembered. ``run`` is filled meanwhile. Raises as
    :func:`~ldbu_desktop.use_cases.history.check_history` and :func:`~ldbu_desktop.use_cases.load.load` do.
    """
    cancellation = cancellation or Cancellation()
    are_exports = not hold_reports([before]), not hold_reports([after])
    sides = []
    for path, is_export, told in zip((before, after), are_exports, (run.before, run.after), strict=True):
        if is_export:
            journal = load_by_maps([path], maps, standard, progress, cancellation)
            sides.append(side_of_journal(journal, standard, told, with_findings=all(are_exports)))
        else:
            sides.append(_side_of_reports(path, standard, told, package, jobs, progress, cancellation))
    return compared(*sides)


def _side_of_reports(
    path: Path,
    standard: Standard,
    run: HistoryRun,
    package: Path | None,
    jobs: int | None,
    progress: Progress,
    cancellation: Cancellation,
) -> DeliverySide:
    side = DeliverySide()
    with closing(read_reports([path], standard, run, package, jobs, cancellation)) as read:
        for value, reports, verdict in read:
            for report in reports:
                side.add(value, report, errors_of(verdict, report.outer))
            run.counts.reports += len(reports)
            progress(Step(run.counts.reports, None, "report"))
    return side
