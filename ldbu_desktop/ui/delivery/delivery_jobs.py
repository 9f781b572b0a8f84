"""Finding out what awaits delivery, and delivering, in the background."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ldbu_desktop.language import tr
from ldbu_desktop.ui.session import Session
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.bundles.model import ExportOptions, Receipt
    from ldbu_desktop.workspace.deliveries import Awaiting


def await_delivery(session: Session, then: Callable[[Awaiting], None], *, only_new: bool, send_anyway: bool) -> bool:
    """Find out what awaits delivery; False where no case file remembers deliveries."""
    if session.findings is None or session.work.file is None:
        return False
    deliveries = session.work.deliveries

    def work(_progress: Progress, cancellation: Cancellation) -> Awaiting:
        now = datetime.now(UTC)
        return deliveries.awaiting(now, only_new=only_new, send_anyway=send_anyway, cancellation=cancellation)

    session.jobs.start("awaiting", lambda: "", work, then, session.failed.emit, quiet=True)
    return True


def deliver(
    session: Session, folder: Path, options: ExportOptions, then: Callable[[Receipt], None], *, only_new: bool = False
) -> None:
    """Write the delivery reports of what is ready; ``only_new``: of what was not delivered so."""
    opened = session.work
    if opened.findings is None:
        return
    deliveries, journal = opened.deliveries, opened.journal

    def written(receipt: Receipt) -> None:
        from ldbu_desktop.workspace.deliveries import Written

        visits = frozenset(visit for file in receipt.written for visit in file.visits)
        opened.written = Written(receipt.time, journal, visits)
        session.delivered.emit()
        then(receipt)

    def work(progress: Progress, cancellation: Cancellation) -> Receipt:
        from ldbu_desktop.use_cases.export import export

        return export(deliveries, folder, options, datetime.now(UTC), progress, cancellation, only_new=only_new)

    session.jobs.start("deliver", lambda: tr("Skriver"), work, written, session.failed.emit)
