"""The case that is filled in the form: a case file that saves itself, or a trial that is kept nowhere."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ldbu_desktop.faults import Fault
from ldbu_desktop.language import tr
from ldbu_desktop.ui.judged import Places, places_of
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.journal.model import Journal
    from ldbu_desktop.standard.model import Standard
    from ldbu_desktop.ui.session import Selection, Session
    from ldbu_desktop.use_cases.casefile import CaseFile
    from ldbu_desktop.use_cases.fill.answers import Place
    from ldbu_desktop.use_cases.forms import Forms
    from ldbu_desktop.use_cases.wording import Wording


@dataclass(frozen=True, slots=True)
class DeliveryMemory:
    """What a case file knows of deliveries, and how the journal stands against it; used in the background."""

    file: CaseFile
    journal: Journal
    standard: Standard

    def undelivered(self, now: datetime, cancellation: Cancellation | None = None) -> frozenset[str]:
        """The visits that were not delivered as they are."""
        from ldbu_desktop.use_cases.fill.deliveries import resources_of, undelivered

        visits = [visit.key for family in self.journal.families for visit in family.visits]
        said = resources_of(self.journal, self.standard, visits, now, cancellation)
        return undelivered(said, {key: one.resources for key, one in self.file.delivered.items()})

    def remember(self, visits: Collection[str], now: datetime) -> None:
        """Remember that these were delivered as they are."""
        from ldbu_desktop.use_cases.fill.deliveries import resources_of

        self.file.remember_delivery(resources_of(self.journal, self.standard, visits, now), now)


class Case(QObject):
    """Beside the session: where what is filled is kept, and what is typed into the form.

    ``entered`` tells that another case is filled, or none.
    """

    entered = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.is_filled = False
        self.file: CaseFile | None = None
        self.path: Path | None = None
        self.saved_at: datetime | None = None
        self._is_going = False
        self._asked: set[str] = set()
        self._forms: Forms | None = None
        self.forms_folder: Path | None = None
        self.wording: Wording = {}
        self._waiting = QTimer(self, interval=0, singleShot=True)
        self._waiting.timeout.connect(self.save)
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
        from ldbu_desktop.use_cases.fill.families import new_case

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
            from ldbu_desktop.use_cases.casefile import CaseFile
            from ldbu_desktop.use_cases.fill.families import new_case

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

    def delivery_memory(self, journal: Journal) -> DeliveryMemory | None:
        """What is known of deliveries; None where no case file remembers."""
        return DeliveryMemory(self.file, journal, self._session.standard) if self.file is not None else None

    @property
    def has_delivered(self) -> bool:
        """Whether something of the case was delivered before."""
        return self.file is not None and bool(self.file.delivered)

    # --- what the user is told about

    def asks(self, visit: str) -> bool:
        """Whether what is missing at a visit is told at its fields: only after it was asked for."""
        return visit in self._asked

    def ask(self, *visits: str) -> None:
        """Tell from now on what is missing at these visits."""
        self._asked.update(visits)
        self._session.mended.emit()

    # --- what is filled

    def answer(self, place: Place, raw: str) -> None:
        """Read ``raw`` as the answer at ``place``; what it bears on is checked again."""
        from ldbu_desktop.use_cases.fill.answers import answered

        self._change(place, lambda journal: answered(journal, place, raw, self._session.standard))

    def feed(self, place: Place, raw: str, start: str, end: str) -> None:
        """Add a period in which the child was fed in one way."""
        from ldbu_desktop.use_cases.fill.feeding import fed

        self._change(place, lambda journal: fed(journal, place, raw, start, end, self._session.standard))

    def go_on(self, place: Place) -> None:
        """Let the visit be part of the intervention that ``place`` names."""
        from ldbu_desktop.use_cases.fill.interventions import continued

        self._change(place, lambda journal: continued(journal, place.family, place.visit, place.record))

    def end(self, place: Place) -> None:
        """End the intervention that ``place`` names at the visit."""
        from ldbu_desktop.use_cases.fill.interventions import ended

        visit = self._session.visit(place.visit)
        when = visit.start.value if visit is not None else None
        if when is not None:
            standard = self._session.standard
            self._change(place, lambda journal: ended(journal, place.family, place.record, when, standard))

    def _change(self, place: Place, step: Callable[[Journal], Journal]) -> None:
        from ldbu_desktop.ui.session import Selection

        session = self._session
        try:
            journal = self._corrected(step(session.journal), place.family)
        except Fault as fault:
            session.failed.emit(fault)
            return
        if journal is not session.journal:
            session.change(journal, Selection(place.family, place.visit, place.record, "", place.variable))

    def _corrected(self, after: Journal, family: str) -> Journal:
        """What was delivered and is taken away stays as entered in error, so that whoever received it is told."""
        if self.file is None or not self.file.delivered:
            return after
        from ldbu_desktop.use_cases.fill.corrections import corrected
        from ldbu_desktop.use_cases.fill.deliveries import sent_resources

        sent = sent_resources({visit: one.resources for visit, one in self.file.delivered.items()})
        return corrected(self._session.journal, after, family, sent, self._session.standard)

    def remove(self, family: str, visit: str) -> None:
        """Take a visit away. One that was delivered is withdrawn: it goes out once more, as entered in error."""
        from ldbu_desktop.use_cases.fill.answers import Place
        from ldbu_desktop.use_cases.fill.corrections import withdrawn
        from ldbu_desktop.use_cases.fill.visits import without_visit

        if self.file is not None and visit in self.file.delivered:
            self._change(Place(family, visit, "", ""), lambda journal: withdrawn(journal, family, visit))
        else:
            self._change(Place(family, "", "", ""), lambda journal: without_visit(journal, family, visit))

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
            self._is_going = True
            self._session.go_to(journal)
            self._is_going = False

    def _label(self) -> str:
        return self._session.selection.variable
