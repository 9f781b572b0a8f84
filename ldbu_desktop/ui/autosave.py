"""When work is saved, to a case file or a work file: as soon as the window has painted, and put away when idle."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from ldbu_desktop import clock
from ldbu_desktop.faults import Fault
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.ui.jobs import Jobs

_BEGIN = "begin-saving"

_IDLE = 3000
"""Milliseconds without anything saved, after which the window is idle."""


class SavedFile(Protocol):
    """The file that work is saved to."""

    @property
    def is_begun(self) -> bool:
        """Whether it is there, so that saving takes a few milliseconds only."""
        ...

    @property
    def is_saved(self) -> bool:
        """Whether all that was given to be saved is saved."""
        ...

    def settle(self) -> None:
        """Put what was saved into the file itself."""
        ...

    def close(self, *, leave_unsaved: bool = False) -> None:
        """Let go of it."""
        ...


class Saving(Protocol):
    """What knows what waits to be saved."""

    @property
    def file(self) -> SavedFile:
        """Where it is saved to."""
        ...

    @property
    def is_waiting(self) -> bool:
        """Whether something waits."""
        ...

    def save(self) -> None:
        """Save it, or what could not be saved before."""
        ...


class Autosave(QObject):
    """Saves what waits in a history. ``saved`` tells that it lies in the file, ``failed`` a fault."""

    saved = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._history: Saving | None = None
        self.saved_at: datetime | None = None
        self._waiting = QTimer(self, interval=0, singleShot=True)
        self._waiting.setObjectName("saving")
        self._waiting.timeout.connect(self._save_soon)
        self._idle = QTimer(self, interval=_IDLE, singleShot=True)
        self._idle.setObjectName("puttingAway")
        self._idle.timeout.connect(self._put_away)

    def begin(self, history: Saving | None) -> None:
        """Save what is done from now on to another file, or nowhere."""
        self._history = history
        self.saved_at = clock.now() if history is not None else None

    def wait(self) -> None:
        """Save as soon as the window has painted."""
        if self._history is not None and self._history.is_waiting:
            self._waiting.start()

    def settle(self) -> None:
        """Save what waits for it, now."""
        self._waiting.stop()
        if self._history is not None and self._history.is_waiting:
            self.save()

    def _save_soon(self) -> None:
        """Save at once, and in the background where the file is to be made first."""
        history = self._history
        if history is None or history.file.is_begun:
            self.save()
            return

        def work(_progress: Progress, _cancellation: Cancellation) -> None:
            history.save()

        def then(_done: None) -> None:
            if history is self._history:
                self._tell_saved()
                self.wait()

        self._jobs.start(_BEGIN, lambda: "", work, then, self.failed.emit, quiet=True)

    def save(self) -> None:
        """Write what was done to the file. Where that fails it is told, and what was done stays here."""
        if self._history is None:
            return
        try:
            self._history.save()
        except Fault as fault:
            self.failed.emit(fault)
            return
        self._tell_saved()

    def _tell_saved(self) -> None:
        self.saved_at = clock.now()
        self.saved.emit()
        self._idle.start()

    @property
    def is_saved(self) -> bool:
        """Whether all that was done lies in the file, if there is one; what waits for it is saved first."""
        self.settle()
        return self._history is None or self._history.file.is_saved

    def leave(self) -> None:
        """Save what is not saved yet, and let go of the file."""
        self.settle()
        self._idle.stop()
        for line in (_BEGIN, "put-away"):
            self._jobs.cancel(line)
        if self._history is not None:
            try:
                self._history.file.close()
            except Fault as fault:
                self.failed.emit(fault)
                self._history.file.close(leave_unsaved=True)
        self.begin(None)

    def _put_away(self) -> None:
        """Put what was saved into the file itself, in the background while nothing is typed.

        Where that can't be done now, all is safe in the log beside it, and the next pause comes.
        """
        if self._history is None:
            return
        file = self._history.file

        def work(_progress: Progress, _cancellation: Cancellation) -> None:
            file.settle()

        self._jobs.start("put-away", lambda: "", work, lambda _done: None, lambda _fault: None, quiet=True)
