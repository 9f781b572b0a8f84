"""How many visits are not delivered as they are now: found out in the background after each delivery and change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.ui.session import Session

_LINE = "undelivered"


class Undelivered(QObject):
    """``count`` is None where nothing was delivered, or it is not known yet. ``changed`` tells of another one.

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

        def look(_progress: Progress, cancellation: Cancellation) -> int:
            if deliveries.file is None:
                return written.left_of(journal) if written is not None else 0
            found = deliveries.awaiting(datetime.now(UTC), only_new=True, send_anyway=False, cancellation=cancellation)
            return len(found.ready) + len(found.rejected)

        session.jobs.start(_LINE, lambda: "", look, self._take, session.failed.emit, quiet=True)

    def _take(self, count: int | None) -> None:
        if count != self.count:
            self.count = count
            self.changed.emit()
