"""When the work that a case file keeps is saved: as soon as the window has painted, and wholly put away when idle."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ldbu_desktop.faults import Fault
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.ui.jobs import Jobs
    from ldbu_desktop.workspace.history import FileHistory

_IDLE = 3000
"""Milliseconds without anything saved, after which the window is idle."""


class Autosave(QObject):
    """Saves what waits in a case file's history. ``saved`` tells that it lies in the file, ``failed`` a fault."""

    saved = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._history: FileHistory | None = None
        self.saved_at: datetime | None = None
        self._waiting = QTimer(self, interval=0, singleShot=True)
        self._waiting.setObjectName("saving")
        self._waiting.timeout.connect(self.save)
        self._idle = QTimer(self, interval=_IDLE, singleShot=True)
        self._idle.setObjectName("puttingAway")
        self._idle.timeout.connect(self._put_away)

    def begin(self, history: FileHistory | None) -> None:
        """Save what is done from now on to another case file, or nowhere."""
        self._history = history
        self.saved_at = datetime.now().astimezone() if history is not None else None

    def wait(self) -> None:
        """Save as soon as the window has painted."""
        if self._history is not None and self._history.is_waiting:
            self._waiting.start()

    def settle(self) -> None:
        """Save what waits for it, now."""
        if self._waiting.isActive():
            self._waiting.stop()
            self.save()

    def save(self) -> None:
        """Write what was filled to the case file. Where that fails it is told, and what was filled stays here."""
        if self._history is None:
            return
        try:
            self._history.save()
        except Fault as fault:
            self.failed.emit(fault)
            return
        self.saved_at = datetime.now().astimezone()
        self.saved.emit()
        self._idle.start()

    @property
    def is_saved(self) -> bool:
        """Whether all that was filled lies in the case file, if there is one; what waits for it is saved first."""
        self.settle()
        return self._history is None or self._history.file.is_saved

    def leave(self) -> None:
        """Save what is not saved yet, and let go of the case file."""
        self.settle()
        self._idle.stop()
        self._jobs.cancel("put-away")
        if self._history is not None:
            try:
                self._history.file.close()
            except Fault as fault:
                self.failed.emit(fault)
                self._history.file.close(leave_unsaved=True)
        self.begin(None)

    def _put_away(self) -> None:
        """Put what was saved into the case file itself, in the background while nothing is typed.

        Where that can't be done now, all is safe in the log beside it, and the next pause comes.
        """
        if self._history is None:
            return
        file = self._history.file

        def work(_progress: Progress, _cancellation: Cancellation) -> None:
            file.settle()

        self._jobs.start("put-away", lambda: "", work, lambda _done: None, lambda _fault: None, quiet=True)
