"""Export: the delivery reports of the visits that are right, and a receipt of what was sent, left out, and why."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from ldbu_desktop.bundles.delivery import Delivery
from ldbu_desktop.bundles.model import ExportOptions, Receipt
from ldbu_desktop.bundles.parcels import staging
from ldbu_desktop.bundles.receipt import receipt_document, write_receipt
from ldbu_desktop.bundles.receipt_file import STEM
from ldbu_desktop.conformance.checked_report import check_made, check_text
from ldbu_desktop.conformance.model import CheckedReport
from ldbu_desktop.journal.dates import local
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.check import checked_texts
from ldbu_desktop.use_cases.engines import gateway_for
from ldbu_desktop.work import Cancellation, Progress, no_progress
from ldbu_desktop.workspace.deliveries import Deliveries


def export(
    deliveries: Deliveries,
    folder: Path,
    options: ExportOptions,
    now: datetime,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
    *,
    only_new: bool = False,
) -> Receipt:
    """Write the reports of all visits without obstacles, and the receipt, to :func:`delivery_folder` of ``folder``.

    The receipt tells which that was. Where a case file keeps the work, what is unfinished waits, and what was sent is
    remembered; ``only_new`` sends what was not delivered as it is. Visits with rejecting findings are left out, and the
    others are sent. Stopped in between, the files that are whole are kept and the receipt says so. Raises
    :class:`~ldbu_desktop.faults.OutputFault` where the folder can't be written to; then it is as it was.
    """
    cancellation = cancellation or Cancellation()
    folder = delivery_folder(folder, local(now).date())
    findings, standard = deliveries.findings, deliveries.standard
    visits = deliveries.visits(now, only_new=only_new, send_anyway=options.send_anyway, cancellation=cancellation)
    delivery = Delivery(findings, standard, options, now, visits, _Gateway(standard), deliveries.ledger)
    with staging(folder) as staged:
        receipt = delivery.write(staged, progress, cancellation)
        write_receipt(receipt_document(receipt, findings.journal, standard), staged)
        staged.put()
    receipt = replace(receipt, folder=folder)
    deliveries.remember([visit for file in receipt.written for visit in file.visits], now)
    return receipt


@dataclass(frozen=True, slots=True)
class _Gateway:
    """The engine's verdicts by a standard on what is to be sent."""

    standard: Standard

    def verdict(self, text: BundleText, made_of: Any) -> CheckedReport:
        engine = gateway_for(self.standard)
        return check_made(engine, text, made_of) if made_of is not None else check_text(engine, text)

    def verdicts(self, texts: Iterator[BundleText], cancellation: Cancellation) -> Generator[CheckedReport, None, None]:
        return checked_texts(texts, partial(gateway_for, self.standard), None, cancellation)


def delivery_folder(folder: Path, day: date) -> Path:
    """Where a delivery to ``folder`` is written: there, or in a new folder in it, named by day and number.

    What the receipt of an earlier delivery vouches for is never written over.
    """
    if not any(folder.glob(f"{STEM}*.json")):
        return folder
    numbers = (number for number in count(1) if not (folder / f"{day:%Y-%m-%d}-{number}").exists())
    return folder / f"{day:%Y-%m-%d}-{next(numbers)}"
