"""The case that is filled in the form: a case file that saves itself, or a trial that is kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from ldbu_desktop.faults import Fault
from ldbu_desktop.language import tr
from ldbu_desktop.ui.filled import Filled
from ldbu_desktop.ui.judged import Places, places_of
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.journal.model import Journal
    from ldbu_desktop.ui.session import Selection, Session
    from ldbu_desktop.use_cases.casefile import CaseFile
    from ldbu_desktop.use_cases.forms import Forms
    from ldbu_desktop.use_cases.wording import Wording

_IDLE = 3000
"""Milliseconds without anything saved, after which the window is idle."""


class Case(Filled):
    """Beside the session: where what is filled is kept, and what is typed into the form.

    ``entered`` tells that another case is filled, or none.
    """

    entered = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.is_filled = False
        self.path: Path | None = None
        self.saved_at: datetime | None = None
        self._is_going = False
        self._asked: set[str] = set()
        self._forms: Forms | None = None
        self.forms_folder: Path | None = None
        self.wording: Wording = {}
        self._waiting = QTimer(self, interval=0, singleShot=True)
        self._waiting.setObjectName("saving")
        self._waiting.timeout.connect(self.save)
        self._idle = QTimer(self, interval=_IDLE, singleShot=True)
        self._idle.setObjectName("puttingAway")
        self._idle.timeout.connect(self._put_away)
        session.mended.connect(self._keep)

    @property
    def forms(self) -> Forms:
        """The forms to fill visits with: ours, and those of the user's folder."""
        if self._forms is None:
            from ldbu_desktop.use_cases.forms import forms

            try:
                self._forms = forms(self.forms_folder, self._session.standard)
            except Fault as fault:
                self._session.failed.emit(fault)
                self._forms = forms(None, self._session.standard)
            for flaw in self._forms.faults:
                self._session.failed.emit(flaw)
        return self._forms

    def use_forms_of(self, folder: Path | None) -> None:
        """Fill visits with the forms of a folder of the user's too."""
        self.forms_folder, self._forms = folder, None
        self._session.mended.emit()

    def show_wording(self, path: Path) -> None:
        """Show the questions in the words of an official package, until the window closes.

        It is for the caller to have asked whether the user holds the rights.
        """
        from ldbu_desktop.use_cases.wording import wording_of

        standard = self._session.standard

        def then(found: Wording) -> None:
            self.wording = found
            self._session.mended.emit()

        self._session.jobs.start(
            "wording",
            lambda: tr("Læser pakken"),
            lambda _progress, _cancellation: wording_of(path, standard),
            then,
            self._session.failed.emit,
        )

    # --- which case it is

    def try_out(self) -> None:
        """Fill a case that is kept nowhere."""
        from ldbu_desktop.editing.families import new_case

        self._enter(None, None, (new_case(), ({}, {})))

    def create(
        self,
        path: Path,
        passphrase: str,
        refused: Callable[[Fault], None] | None = None,
        *,
        from_open: bool = False,
        is_remembered: bool = False,
    ) -> None:
        """Make a case file, empty or with what is open, and fill it. Its key is made in the background.

        ``is_remembered`` keeps the key in the system's place for secrets, so that it is not asked for here again.
        """
        journal = self._session.journal if from_open else None
        selection = self._session.selection if from_open else None

        def work(_progress: Progress, _cancellation: Cancellation) -> tuple[CaseFile, Places]:
            from ldbu_desktop.editing.families import new_case
            from ldbu_desktop.use_cases.casefile import CaseFile

            file = CaseFile.create(path, passphrase, journal if journal is not None else new_case())
            return file, places_of(file.journal)

        self._start(tr("Opretter sagsfilen"), path, work, selection, refused, is_remembered=is_remembered)

    def _remember(self, file: CaseFile) -> None:
        """Keep the key in the system's place for secrets, in the background: it may have to be unlocked first."""

        def work(_progress: Progress, _cancellation: Cancellation) -> None:
            file.remember_key()

        jobs, failed = self._session.jobs, self._session.failed.emit
        jobs.start("keyring", lambda: tr("Husker nøglen"), work, lambda _done: None, failed)

    def open_remembered(self, path: Path, otherwise: Callable[[], None]) -> None:
        """Open a case file whose key this computer remembers; where it does not, do ``otherwise``."""

        def work(_progress: Progress, _cancellation: Cancellation) -> tuple[CaseFile, Places] | None:
            from ldbu_desktop.use_cases.casefile import CaseFile

            file = CaseFile.open_remembered(path)
            return None if file is None else (file, places_of(file.journal))

        def then(found: tuple[CaseFile, Places] | None) -> None:
            if found is None:
                otherwise()
            else:
                self._enter(found[0], path, (found[0].journal, found[1]))

        words, failed = tr("Åbner sagsfilen"), self._session.failed.emit
        self._session.jobs.start("open", lambda: words, work, then, failed, stays=True)

    def open(
        self,
        path: Path,
        passphrase: str,
        refused: Callable[[Fault], None] | None = None,
        *,
        is_remembered: bool = False,
    ) -> None:
        """Open a case file and fill it further. ``refused`` hears of a fault first: a passphrase that is wrong."""

        def work(_progress: Progress, _cancellation: Cancellation) -> tuple[CaseFile, Places]:
            from ldbu_desktop.use_cases.casefile import CaseFile

            file = CaseFile.open(path, passphrase)
            return file, places_of(file.journal)

        self._start(tr("Åbner sagsfilen"), path, work, None, refused, is_remembered=is_remembered)

    def look(self, path: Path, passphrase: str, refused: Callable[[Fault], None]) -> None:
        """Open a copy of a case file that is kept nowhere: the file may lie where nothing can be written."""

        def work(_progress: Progress, _cancellation: Cancellation) -> tuple[Journal, Places]:
            from ldbu_desktop.use_cases.casefile import journal_of

            journal = journal_of(path, passphrase)
            return journal, places_of(journal)

        words = tr("Åbner sagsfilen")
        jobs = self._session.jobs
        jobs.start("open", lambda: words, work, lambda read: self._enter(None, None, read), refused, stays=True)

    def _start(
        self,
        words: str,
        path: Path,
        work: Callable[[Progress, Cancellation], tuple[CaseFile, Places]],
        selection: Selection | None,
        refused: Callable[[Fault], None] | None = None,
        *,
        is_remembered: bool = False,
    ) -> None:
        def then(made: tuple[CaseFile, Places]) -> None:
            file, places = made
            self._enter(file, path, (file.journal, places))
            if selection is not None:
                self._session.select(selection)
            if is_remembered:
                self._remember(file)

        fault = refused or self._session.failed.emit
        self._session.jobs.start("open", lambda: words, work, then, fault, stays=True)

    def _enter(self, file: CaseFile | None, path: Path | None, read: tuple[Journal, Places]) -> None:
        self.leave()
        self.is_filled, self.file, self.path = True, file, path
        self.saved_at = datetime.now().astimezone() if file is not None else None
        self._session.paths = ()
        self._session.show_journal(*read)
        self.entered.emit()

    def leave(self) -> None:
        """Save what is not saved yet, and let go of the case file."""
        self.settle()
        self._idle.stop()
        self._session.jobs.cancel("put-away")
        if self.file is not None:
            try:
                self.file.close()
            except Fault as fault:
                self._session.failed.emit(fault)
                self.file.close(leave_unsaved=True)
        was_filled = self.is_filled
        self.is_filled, self.file, self.path, self.saved_at = False, None, None, None
        self._asked.clear()
        if was_filled:
            self.entered.emit()

    # --- what the user is told about

    def asks(self, place: str) -> bool:
        """Whether what is missing at a visit or a family is told at its fields: only after it was asked for."""
        return place in self._asked

    def ask(self, *places: str) -> None:
        """Tell from now on what is missing at these visits and families, by their keys."""
        self._asked.update(places)
        self._session.mended.emit()

    # --- when it is saved

    def _keep(self) -> None:
        """Save as soon as the window has painted."""
        if self.file is not None and not self._is_going:
            self._waiting.start()

    def settle(self) -> None:
        """Save what waits for it, now."""
        if self._waiting.isActive():
            self._waiting.stop()
            self.save()

    def save(self) -> None:
        """Write what was filled to the case file. Where that fails it is told, and what was filled stays here."""
        if self.file is None:
            return
        try:
            self.file.save(self._session.journal, self._label())
        except Fault as fault:
            self._session.failed.emit(fault)
            return
        self.saved_at = datetime.now().astimezone()
        self._session.saved.emit()
        self._idle.start()

    def _put_away(self) -> None:
        """Put what was saved into the case file itself, in the background while nothing is typed.

        Where that can't be done now, all is safe in the log beside it, and the next pause comes.
        """
        file = self.file
        if file is None:
            return

        def work(_progress: Progress, _cancellation: Cancellation) -> None:
            file.settle()

        self._session.jobs.start("put-away", lambda: "", work, lambda _done: None, lambda _fault: None, quiet=True)

    @property
    def is_saved(self) -> bool:
        """Whether all that was filled lies in the case file, if there is one; what waits for it is saved first."""
        self.settle()
        return self.file is None or self.file.is_saved

    @property
    def can_undo(self) -> bool:
        """Whether the case file knows a way back."""
        return self.file is not None and (self.file.to_undo is not None or self._waiting.isActive())

    @property
    def can_redo(self) -> bool:
        """Whether something was undone that can be done again."""
        return self.file is not None and self.file.to_redo is not None

    def undo(self) -> None:
        """Go back one step, also one of an earlier day."""
        self.settle()
        self._go(lambda file: file.undo())

    def redo(self) -> None:
        """Take again the step that was undone last."""
        self.settle()
        self._go(lambda file: file.redo())

    def _go(self, step: Callable[[CaseFile], Journal | None]) -> None:
        if self.file is None:
            return
        try:
            journal = step(self.file)
        except Fault as fault:
            self._session.failed.emit(fault)
            return
        if journal is not None:
            before = self._session.journal
            self._is_going = True
            self._session.go_to(journal)
            self._is_going = False
            self.tell_lost(before, journal)

    def _label(self) -> str:
        return self._session.selection.variable
