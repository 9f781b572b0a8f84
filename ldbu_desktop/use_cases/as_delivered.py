"""A journal as it would be delivered now, ready or not: the side of a comparison that no report was written of yet."""

from __future__ import annotations

from datetime import UTC, datetime

from ldbu_desktop import clock
from ldbu_desktop.bundles.identity import named
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.plan import ReportOf, planned
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.deliveries.comparison import NOBODY, DeliverySide, Mark
from ldbu_desktop.deliveries.model import Key
from ldbu_desktop.deliveries.report_facts import reports_in
from ldbu_desktop.deliveries.report_verdicts import accepting, errors_of
from ldbu_desktop.findings.model import Location
from ldbu_desktop.findings.summary import is_all_read
from ldbu_desktop.journal.model import Journal, Record
from ldbu_desktop.json_text import parse
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.engines import gateway_for
from ldbu_desktop.use_cases.read_reports import HistoryRun
from ldbu_desktop.use_cases.validate import validate


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
            side.add(value, report, () if with_findings else errors_of(verdict, report.outer))
            run.counts.reports += 1
    run.counts.unread += not is_all_read(journal)
    if with_findings:
        about = _Ids(journal, writer)
        for finding in validate(journal, standard, clock.today()).all:
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
