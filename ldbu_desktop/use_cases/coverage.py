"""What of the standard is exercised: by reports, by a history of them, or by an export as it would be delivered."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.plan import ReportOf, planned
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.deliveries.coverage import Coverage, CoverageCounter
from ldbu_desktop.deliveries.lives import family_of
from ldbu_desktop.deliveries.report_index import ReportIndex
from ldbu_desktop.deliveries.scenarios import scenarios
from ldbu_desktop.findings.summary import is_all_read
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.sources.found import STANDARD_INPUT, FileType, FoundFile
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.engines import gateway_for
from ldbu_desktop.use_cases.load import load_by_maps
from ldbu_desktop.use_cases.read_reports import HistoryRun, read_reports
from ldbu_desktop.work import Cancellation, Progress, Step, no_progress

_REPORTS = frozenset((FileType.JSON, FileType.NDJSON))


def coverage_of(
    paths: Sequence[Path],
    standard: Standard,
    run: HistoryRun,
    package: Path | None = None,
    jobs: int | None = None,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
    maps: Sequence[Path] = (),
) -> Coverage:
    """What files, folders and archives exercise: the reports in them, or where there are none the export.

    Foreign exports are read by ``maps``, or by those that are remembered. ``run`` is filled meanwhile. Raises as
    :func:`~ldbu_desktop.use_cases.history.check_history` and :func:`~ldbu_desktop.use_cases.load.load` do.
    """
    cancellation = cancellation or Cancellation()
    if not hold_reports(paths):
        journal = load_by_maps(paths, maps, standard, progress, cancellation)
        run.counts.unread += not is_all_read(journal)
        return coverage_of_journal(journal, standard, cancellation)
    counter = CoverageCounter(standard)
    with ReportIndex() as index:
        with closing(read_reports(paths, standard, run, package, jobs, cancellation)) as read:
            for value, reports, _ in read:
                counter.add(value, is_accepted=all(one.is_accepted for one in reports))
                for report in reports:
                    index.add(report)
                run.counts.reports += len(reports)
                progress(Step(run.counts.reports, None, "report"))
        index.arrange()
        for family in index.families():
            cancellation.check()
            counter.found.scenarios.update(scenarios(family_of(family)))
    return counter.found


def hold_reports(paths: Sequence[Path]) -> bool:
    """Whether any of the files is JSON; standard input can be nothing else."""
    if any(str(path) == STANDARD_INPUT for path in paths):
        return True
    with Reader() as reader:
        return any(isinstance(one, FoundFile) and one.kind in _REPORTS for one in reader.files(paths))


def coverage_of_journal(journal: Journal, standard: Standard, cancellation: Cancellation | None = None) -> Coverage:
    """What a journal exercises, visit by visit as it would be delivered now, ready or not."""
    cancellation = cancellation or Cancellation()
    counter, engine = CoverageCounter(standard), gateway_for(standard)
    writer = ReportWriter(journal, standard, datetime.now(UTC))
    every = {visit.key for family in journal.families for visit in family.visits}
    for report in planned(journal, every, ReportOf.VISIT):
        cancellation.check()
        bundle = report.built(writer).bundle
        counter.add(bundle, is_accepted=engine.check(json_text(bundle)).valid)
    return counter.found
