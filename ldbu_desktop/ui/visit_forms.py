"""The forms that visits are filled with, and the words of their questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ldbu_desktop.faults import Fault
from ldbu_desktop.language import tr

if TYPE_CHECKING:
    from ldbu_desktop.forms.library import Forms
    from ldbu_desktop.standard.model import Standard
    from ldbu_desktop.ui.jobs import Jobs
    from ldbu_desktop.use_cases.wording import Wording


class VisitForms(QObject):
    """Ours, and those of a folder of the user's.

    ``changed`` tells that there are others, or other words. ``failed``: a fault, for people.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, standard: Callable[[], Standard], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._standard = standard
        self._forms: Forms | None = None
        self.folder: Path | None = None
        self.wording: Wording = {}

    @property
    def all(self) -> Forms:
        """The forms, read when they are first asked for; what is wrong with the user's own is told."""
        if self._forms is None:
            from ldbu_desktop.use_cases.forms import forms

            try:
                self._forms = forms(self.folder, self._standard())
            except Fault as fault:
                self.failed.emit(fault)
                self._forms = forms(None, self._standard())
            for flaw in self._forms.faults:
                self.failed.emit(flaw)
        return self._forms

    def use_folder(self, folder: Path | None) -> None:
        """Fill visits with the forms of a folder of the user's too."""
        self.folder, self._forms = folder, None
        self.changed.emit()

    def show_wording(self, path: Path) -> None:
        """Show the questions in the words of an official package, until the window closes.

        It is for the caller to have asked whether the user holds the rights.
        """
        from ldbu_desktop.use_cases.wording import wording_of

        standard = self._standard()

        def then(found: Wording) -> None:
            self.wording = found
            self.changed.emit()

        self._jobs.start(
            "wording",
            lambda: tr("Læser pakken"),
            lambda _progress, _cancellation: wording_of(path, standard),
            then,
            self.failed.emit,
        )
