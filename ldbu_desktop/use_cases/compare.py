"""Compare two deliveries, or two exports as they would be delivered: what came, went, changed, and which verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from ldbu_desktop.bundles.identity import named
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.plan import ReportOf, planned
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.conformance.model import Verdict
from ldbu_desktop.deliveries.comparison import NOBODY, DeliveryComparison, DeliverySide, Mark, compared
from ldbu_desktop.deliveries.model import Key
from ldbu_desktop.deliveries.report_facts import reports_in
from ldbu_desktop.findings.model import Finding, Location
from ldbu_desktop.journal.model import Journal, Record
from ldbu_desktop.json_text import parse
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.coverage import hold_reports
from ldbu_desktop.use_cases.engines import gateway_for
from ldbu_desktop.use_cases.history import HistoryRun, accepting, read_reports
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.validate import validate
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
) -> DeliveryComparison:
    """What differs between the reports of two files, folders or archives, or between two journals' exports.

    An export is compared by the reports of its visits as they would be written now, ready or not; findings in the
    journal itself are compared where both are exports. ``run`` is filled meanwhile. Raises as
    :func:`~ldbu_desktop.use_cases.history.check_history` and :func:`~ldbu_desktop.use_cases.load.load` do.
    """
    cancellation = cancellation or Cancellation()
    are_exports = not hold_reports([before]), not hold_reports([after])
    sides = []
    for path, is_export, told in zip((before, after), are_exports, (run.before, run.after), strict=True):
        if is_export:
            journal = load([path], standard, progress, cancellation)
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
                side.add(value, report, _errors(verdict, report.outer))
            run.counts.reports += len(reports)
            progress(Step(run.counts.reports, None, "report"))
    return side


def side_of_journal(journal: Journal, standard: Standard, run: HistoryRun, *, with_findings: bool) -> DeliverySide:
    """A journal as it would be delivered now, visit by visit.

    ``with_findings``: with what is found in the journal, in place of what is found in the reports.
    """
    side, engine = DeliverySide(), gateway_for(standard)
    writer = ReportWriter(journal, standard, datetime.now(UTC))
    every = {visit.key for family in journal.families for visit in family.visits}
    for planned_report in planned(journal, every, ReportOf.VISIT):
        data = json_text(planned_report.built(writer).bundle)
        verdict, value = engine.check(data), parse(data).value
        origin = planned_report.visits[0].origin
        place = f"{origin.file}:{origin.line or origin.row}"
        for report in reports_in(value, place, standard, accepting(verdict)):
            side.add(value, report, () if with_findings else _errors(verdict, report.outer))
            run.counts.reports += 1
    run.counts.unread += not journal.is_read
    if with_findings:
        about = _Ids(journal, writer)
        for finding in validate(journal, standard, date.today()).all:
            at = finding.location
            mark = Mark(finding.code, finding.rule, about.of(at), at.variable or at.field)
            side.findings.setdefault(mark, finding)
    return side


class _Ids:
    """The resource that a place in a journal is delivered as: its record, or else its visit."""

    def __init__(self, journal: Journal, writer: ReportWriter) -> None:
        self._keys: dict[tuple[str, str], Key] = {}
        for family in journal.families:
            records: list[Record] = [*family.citizens, *family.parenthoods, *family.schools, *family.visits]
            for visit in family.visits:
                records += visit.records
            for record in records:
                self._keys[family.key, record.key] = (named(record)[0], writer.identities.of(record))

    def of(self, at: Location) -> Key:
        """What is delivered of a place; nothing of a file or a family as a whole."""
        return self._keys.get((at.family, at.record)) or self._keys.get((at.family, at.visit), NOBODY)


def _errors(verdict: Verdict, outer: int) -> Iterator[tuple[int, str, Finding]]:
    """The errors of the report at an entry of a delivery: each its own entry in it (-1: none), and the path inside."""
    for one in verdict.errors:
        path = one.path
        if outer >= 0 and path[:1] == ("entry",):
            if path[:2] != ("entry", outer):
                continue
            path = path[3:]
        entry, inside = -1, path
        if path[:1] == ("entry",) and len(path) > 1 and isinstance(path[1], int):
            entry, inside = path[1], path[3:]
        yield entry, ".".join(step for step in inside if isinstance(step, str)), one
