"""Which visits are not delivered as they are now: found out in the background after each delivery and change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.ui.session import Session
    from ldbu_desktop.workspace.deliveries import Undelivered as Found

_LINE = "undelivered"


class Undelivered(QObject):
    """``count`` is None where nothing was delivered, or it is not known yet. ``changed`` tells of another one, and the
    session of other visits that were corrected since they were delivered.

    What is filled is told by its case file, which remembers; what was read from files by what was written since.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.count: int | None = None
        for signal in (session.opened, session.judged, session.changed, session.delivered):
            signal.connect(self._look)

    def _look(self) -> None:
        session, work = self._session, self._session.work
        written, journal = work.written, work.journal
        if work.findings is None or not (work.has_delivered or written is not None):
            session.jobs.cancel(_LINE)
            self._take(None)
            return
        deliveries = work.deliveries

        def look(_progress: Progress, cancellation: Cancellation) -> Found | None:
            if deliveries.file is None:
                return written.left_of(journal) if written is not None else None
            return deliveries.undelivered(datetime.now(UTC), cancellation)

        def then(found: Found | None) -> None:
            if work is session.work:
                self._take(found)

        session.jobs.start(_LINE, lambda: "", look, then, session.failed.emit, quiet=True)

    def _take(self, found: Found | None) -> None:
        if self._session.work.take_corrected(found.corrected if found is not None else frozenset()):
            self._session.corrected.emit()
        count = found.left if found is not None else None
        if count != self.count:
            self.count = count
            self.changed.emit()
