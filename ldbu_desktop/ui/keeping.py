"""Corrections to what was read from files: kept from the first on, and those of another day fetched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ldbu_desktop.faults import Fault
from ldbu_desktop.language import tr
from ldbu_desktop.ui.autosave import Autosave
from ldbu_desktop.ui.jobs import Jobs
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.workspace.kept_corrections import Fetched, KeptCorrections
    from ldbu_desktop.workspace.workspace import Workspace

_FETCH = "fetch"


class Keeping(QObject):
    """What keeps the corrections to the ``work`` that is open, once it was looked for: ``kept``.

    ``changed``: it is there, or holds others of another day. ``fetched``: the change that those made. ``failed``: a
    fault, for people. ``folder`` is where corrections are kept; without it they are not.
    """

    changed = Signal()
    fetched = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, autosave: Autosave, work: Callable[[], Workspace], parent: QObject) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        self.kept: KeptCorrections | None = None
        self._jobs, self._autosave, self._work = jobs, autosave, work
        self._looked_for: Workspace | None = None

    def leave(self) -> None:
        """Other work will be open."""
        self._jobs.cancel(_FETCH)
        self.kept = None

    def begin(self) -> None:
        """Keep from now on the corrections to what was read from files, and look for those of another day."""
        work, folder = self._work(), self.folder
        if folder is None or not work.paths or work.is_filled or work is self._looked_for:
            return
        self._looked_for = work

        def look(_progress: Progress, cancellation: Cancellation) -> KeptCorrections:
            from ldbu_desktop.use_cases.keep_corrections import keep_corrections

            return keep_corrections(work, folder, cancellation)

        def then(kept: KeptCorrections) -> None:
            if work is not self._work():  # other work was opened meanwhile
                kept.file.close()
                return
            self.kept = kept
            self._autosave.begin(kept)
            self._autosave.wait()
            self.changed.emit()
            if kept.file.warning is not None:
                self.failed.emit(kept.file.warning)

        # A line of its own: what was found is never dropped, since it holds a lock.
        self._jobs.start(f"keep {id(work)}", lambda: "", look, then, self.failed.emit, quiet=True)

    def note_case(self, name: str) -> None:
        """Remember that what was done is saved as a case file of that name too."""
        if self.kept is not None:
            try:
                self.kept.also_in(name)
            except Fault as fault:
                self.failed.emit(fault)

    def fetch(self) -> None:
        """Do again in the background what was done another day."""
        kept = self.kept
        if kept is None:
            return

        def again(_progress: Progress, _cancellation: Cancellation) -> Fetched:
            return kept.fetched()

        def then(fetched: Fetched) -> None:
            if kept is not self.kept:
                return
            try:
                change = kept.fetch(fetched)
            except Fault as fault:
                self.failed.emit(fault)
                return
            if change is None:  # something was done meanwhile
                self.fetch()
                return
            self.fetched.emit(change)
            self.changed.emit()

        self._jobs.start(_FETCH, lambda: tr("Henter rettelserne"), again, then, self.failed.emit)
