"""A delivery: its reports are built, judged once more, written, and told in a receipt."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from dataclasses import asdict
from datetime import datetime
from uuid import NAMESPACE_OID

from ldbu_desktop.bundles.identity import name_id
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.ledger import Ledger
from ldbu_desktop.bundles.model import ExportOptions, LeftOut, NotRead, Reason, Receipt
from ldbu_desktop.bundles.parcels import FilePerReport, Layout, NdjsonFile, OneDelivery, Parcel, Staging
from ldbu_desktop.bundles.plan import PlannedReport, ReportOf, corrected_together, planned
from ldbu_desktop.bundles.receipt import NOT_CONFORMANT, NOT_REACHED
from ldbu_desktop.bundles.selection import Selection
from ldbu_desktop.bundles.write import BuiltReport, ReportWriter
from ldbu_desktop.conformance.model import CheckedReport
from ldbu_desktop.faults import Cancelled
from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.work import Cancellation, Progress, Step

CheckReports = Callable[[Iterator[BundleText], Cancellation], Generator[CheckedReport, None, None]]
"""Gives the verdict on each text, in their order, until it is asked to stop."""

_NAME_LENGTH = 13


class Delivery:
    """One delivery while it goes on: of all visits without obstacles, or of ``visits`` only."""

    def __init__(
        self,
        findings: Findings,
        standard: Standard,
        options: ExportOptions,
        now: datetime,
        visits: frozenset[str] | None,
        verdicts: CheckReports,
        ledger: Ledger | None = None,
    ) -> None:
        self._findings = findings
        self._options = options
        self._now = now
        self._verdicts = verdicts
        self._writer = ReportWriter(findings.journal, standard, now, options.base_url, ledger)
        chosen = Selection(findings, visits, send_anyway=options.send_anyway)
        self._left_out, self._waived = chosen.left_out, chosen.waived
        sent = self._writer.ledger.visits
        gone = (visits or frozenset()) & sent.keys() - findings.family_of_visit.keys()
        plan = planned(findings.journal, chosen.ready | gone, ReportOf(options.report), sent)
        self._plan = corrected_together(plan, self._writer) if sent else plan

    def write(self, staged: Staging, progress: Progress, cancellation: Cancellation) -> Receipt:
        """Write the planned reports as far as the work is not stopped."""
        parcel = self._parcel(staged)
        done = 0
        for done, (plan, built, refusal) in enumerate(self._judged(cancellation), 1):
            if refusal is None:
                parcel.add(self._stem(plan, built), built)
            else:
                self._left_out += [LeftOut(key, (refusal,)) for key in built.visits]
            progress(Step(done, len(self._plan), "report"))
        is_whole = done == len(self._plan)
        parcel.end(is_whole=is_whole)
        return self._receipt(parcel, is_cancelled=not is_whole)

    def _parcel(self, staged: Staging) -> Parcel:
        layout = Layout(self._options.layout)
        name = "|".join(["delivery", *(plan.name for plan in self._plan)])
        if self._options.incremental:
            return OneDelivery(staged, f"delivery-{_short(name)}", self._writer, name, layout)
        if layout is Layout.NDJSON:
            return NdjsonFile(staged, f"reports-{_short(name)}")
        return FilePerReport(staged, layout)

    def _judged(self, cancellation: Cancellation) -> Iterator[tuple[PlannedReport, BuiltReport, Reason | None]]:
        """The reports, built here and judged wherever a processor is free, until the work is asked to stop.

        Each with why it is not sent though there is no finding: the last check of what would leave the house.
        """
        waiting: deque[tuple[PlannedReport, BuiltReport]] = deque()

        def texts() -> Iterator[BundleText]:
            for plan in self._plan:
                built = plan.built(self._writer)
                waiting.append((plan, built))
                yield BundleText(built.id, json_text(built.bundle))

        with suppress(Cancelled), closing(self._verdicts(texts(), cancellation)) as judged:
            for checked in judged:
                if cancellation.is_asked:
                    return
                plan, built = waiting.popleft()
                yield plan, built, self._refusal(built, checked)

    def _refusal(self, built: BuiltReport, checked: CheckedReport) -> Reason | None:
        if checked.fault is not None:
            return Reason(NOT_CONFORMANT, checked.fault.key)
        waived = {reason.rule for key in built.visits for reason in self._waived.get(key, ())}
        broken = [error.key for error in checked.verdict.errors if error.key not in waived]
        return Reason(NOT_CONFORMANT, broken[0], len(broken)) if broken else None

    def _stem(self, plan: PlannedReport, built: BuiltReport) -> str:
        """A file's name without CPR number: what kind of visit, and a part of an id that is made of the report's."""
        types = {visit.type.value for visit in plan.visits}
        only = self._writer.standard.visit_type_by_code.get(types.pop() or "") if len(types) == 1 else None
        kind = "child" if self._options.report == ReportOf.CHILD else only.id if only is not None else "visits"
        return f"{kind}-{_short(built.id or plan.name)}"

    def _receipt(self, parcel: Parcel, *, is_cancelled: bool) -> Receipt:
        sent = {key for file in parcel.written for key in file.visits}
        told = {left_out.visit for left_out in self._left_out}
        not_reached = [
            LeftOut(key, (Reason(NOT_REACHED),))
            for plan in self._plan
            for key in plan.keys
            if key not in sent and key not in told
        ]
        return Receipt(
            self._now,
            asdict(self._options),
            tuple(parcel.written),
            (*self._left_out, *not_reached),
            {key: reasons for key, reasons in self._waived.items() if key in sent},
            tuple(
                NotRead(found.code, found.location.origin.file, found.location.origin.line)
                for found in self._findings.about_files
                if type_of(found).severity is Severity.REJECTED
            ),
            sum(len(family.unplaced) for family in self._findings.journal.families),
            is_cancelled,
        )


def _short(name: str) -> str:
    return name_id(NAMESPACE_OID.bytes, name)[:_NAME_LENGTH]
