"""A delivery: its reports are built, judged once more, written, and told in a receipt."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import asdict
from datetime import datetime
from itertools import accumulate, count
from typing import Any, NamedTuple, Protocol
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
from ldbu_desktop.sharing import can_share, shared_out
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.work import Cancellation, Progress, Step


class Gateway(Protocol):
    """Tells of a report that would be sent whether it would be taken."""

    def verdict(self, text: BundleText, made_of: Any) -> CheckedReport:
        """The verdict on one text, which this process gives; it need not be read where all it is made of is ours."""

    def verdicts(self, texts: Iterator[BundleText], cancellation: Cancellation) -> Generator[CheckedReport, None, None]:
        """The verdict on each text, in their order, wherever a processor is free, until it is asked to stop."""


class _Numbered(NamedTuple):
    """A planned report with its place in the delivery, and how many reports before it are new."""

    place: int
    plan: PlannedReport
    new_before: int


class _Made(NamedTuple):
    """What became of a planned report: the id of its bundle, and its content in the parcel or why it is not sent."""

    report_id: str
    refusal: Reason | None
    content: Any


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
        gateway: Gateway,
        ledger: Ledger | None = None,
    ) -> None:
        self._findings = findings
        self._options = options
        self._now = now
        self._gateway = gateway
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
        with closing(self._made(parcel, cancellation)) as every:
            for done, (plan, made) in enumerate(zip(self._plan, every, strict=False), 1):
                if made.refusal is None:
                    parcel.add(self._stem(plan, made.report_id), made.report_id, made.content, plan.keys)
                else:
                    self._left_out += [LeftOut(key, (made.refusal,)) for key in plan.keys]
                progress(Step(done, len(self._plan), "report"))
        is_whole = done == len(self._plan)
        parcel.end(is_whole=is_whole)
        return self._receipt(parcel, is_cancelled=not is_whole)

    def _parcel(self, staged: Staging) -> Parcel[Any]:
        layout = Layout(self._options.layout)
        name = "|".join(["delivery", *(plan.name for plan in self._plan)])
        if self._options.incremental:
            return OneDelivery(staged, f"delivery-{_short(name)}", self._writer, name, layout)
        if layout is Layout.NDJSON:
            return NdjsonFile(staged, f"reports-{_short(name)}")
        return FilePerReport(staged, layout)

    def _made(self, parcel: Parcel[Any], cancellation: Cancellation) -> Generator[_Made, None, None]:
        """The reports as far as the work is not asked to stop: by several processes, each from the plan to the content.

        Where none can come out of this one they are built here, and judged wherever a processor is free.
        """
        new = accumulate((plan.read is None for plan in self._plan), initial=0)
        numbered = [_Numbered(*one) for one in zip(count(), self._plan, new)]
        share = self._shared if can_share() else self._by_this_process
        with suppress(Cancelled), closing(share(numbered, parcel, cancellation)) as every:
            for made in every:
                if cancellation.is_asked:
                    return
                yield made

    def _shared(
        self, numbered: Sequence[_Numbered], parcel: Parcel[Any], _cancellation: Cancellation
    ) -> Generator[_Made, None, None]:
        def make(one: _Numbered) -> _Made:
            built = self._built(one)
            text = _text(built)
            checked = self._gateway.verdict(text, built.bundle if _is_all_ours(one.plan, built) else None)
            return self._judged(one, built, text, checked, parcel)

        return shared_out(numbered, make)

    def _by_this_process(
        self, numbered: Sequence[_Numbered], parcel: Parcel[Any], cancellation: Cancellation
    ) -> Generator[_Made, None, None]:
        waiting: deque[tuple[_Numbered, BuiltReport, BundleText]] = deque()

        def texts() -> Iterator[BundleText]:
            for one in numbered:
                built = self._built(one)
                text = _text(built)
                waiting.append((one, built, text))
                yield text

        with closing(self._gateway.verdicts(texts(), cancellation)) as verdicts:
            for checked in verdicts:
                yield self._judged(*waiting.popleft(), checked, parcel)

    def _built(self, one: _Numbered) -> BuiltReport:
        self._writer.go_on_at(one.new_before)
        return one.plan.built(self._writer)

    def _judged(
        self, one: _Numbered, built: BuiltReport, text: BundleText, checked: CheckedReport, parcel: Parcel[Any]
    ) -> _Made:
        """The last check of what would leave the house: it may not be sent though there is no finding."""
        refusal = self._refusal(built, checked)
        return _Made(built.id, refusal, parcel.content(one.place, built, text.data) if refusal is None else None)

    def _refusal(self, built: BuiltReport, checked: CheckedReport) -> Reason | None:
        if checked.fault is not None:
            return Reason(NOT_CONFORMANT, checked.fault.key)
        waived = {reason.rule for key in built.visits for reason in self._waived.get(key, ())}
        broken = [error.key for error in checked.verdict.errors if error.key not in waived]
        return Reason(NOT_CONFORMANT, broken[0], len(broken)) if broken else None

    def _stem(self, plan: PlannedReport, report_id: str) -> str:
        """A file's name without CPR number: what kind of visit, and a part of an id that is made of the report's."""
        types = {visit.type.value for visit in plan.visits}
        only = self._writer.standard.visit_type_by_code.get(types.pop() or "") if len(types) == 1 else None
        kind = "child" if self._options.report == ReportOf.CHILD else only.id if only is not None else "visits"
        return f"{kind}-{_short(report_id or plan.name)}"

    def _receipt(self, parcel: Parcel[Any], *, is_cancelled: bool) -> Receipt:
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


def _is_all_ours(plan: PlannedReport, built: BuiltReport) -> bool:
    """Whether nothing in a report is taken from one that was read, which may hold whatever JSON can."""
    if plan.read is not None or plan.gone:
        return False
    return all(record is not None and record.carried is None for record in built.records)


def _text(built: BuiltReport) -> BundleText:
    return BundleText(built.id, json_text(built.bundle))


def _short(name: str) -> str:
    return name_id(NAMESPACE_OID.bytes, name)[:_NAME_LENGTH]
