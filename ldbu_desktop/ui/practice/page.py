"""The page of exercises: the choice, the exercise under way, and a room's results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog

from ldbu_desktop import clock
from ldbu_desktop.faults import Fault
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.fault_hunts import hunt_paper
from ldbu_desktop.rendering.training import hunt_title
from ldbu_desktop.training.fault_hunt import FaultChoice, FaultHunt
from ldbu_desktop.training.model import Case
from ldbu_desktop.training.results import ENDING
from ldbu_desktop.ui.giving_up import gives_up
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.kit.widgets import column
from ldbu_desktop.ui.pace import until_done
from ldbu_desktop.ui.page import Exercise, KeyedPage, PageContext
from ldbu_desktop.ui.practice.choice import ChoicePane
from ldbu_desktop.ui.practice.family import FamilyPane
from ldbu_desktop.ui.practice.faults import FaultsPane
from ldbu_desktop.ui.practice.paper import Paper
from ldbu_desktop.ui.practice.practice import Practice, Way
from ldbu_desktop.ui.practice.room import RoomPane
from ldbu_desktop.ui.practice.work import WorkPane
from ldbu_desktop.ui.saving import FileKind, ask_where
from ldbu_desktop.use_cases.exercises import all_cases
from ldbu_desktop.use_cases.fault_hunts import fault_hunt
from ldbu_desktop.use_cases.handouts import card, handout
from ldbu_desktop.use_cases.write_case import write_case
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.ui.session import Session

_FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Backspace, Qt.Key.Key_PageUp)
"""The keys that show one answer more or less; those of a presenter's remote are among them."""

Parts = tuple[ChoicePane, WorkPane, RoomPane, FaultsPane, FamilyPane]


class PracticePage(KeyedPage):
    """One thing at a time: a case is chosen, or one is worked on."""

    def __init__(self, context: PageContext, practice: Practice, parts: Parts) -> None:
        super().__init__()
        self._context = context
        self.practice = practice
        context.live.name(self, lambda: tr("Øvelser"))
        self.choice, self.work, self.room, self.faults, self.family = parts
        self.stack = Stack()
        self.stack.setObjectName("practiceStack")
        self._paper = Paper(context.session, self)
        self._written = ""  # the id of the case that is written here, whose file may be written again
        column(self).addWidget(self.stack)
        self.choice.begun.connect(self.begin)
        self.choice.chooses_folder.connect(self._ask_for_folder)
        self.choice.adds_up.connect(self.show_room)
        self.choice.prints.connect(self._print_case)
        self.choice.prints_card.connect(self._print_card)
        self.choice.chooses_faults.connect(self.show_faults)
        self.faults.begun.connect(self.begin_hunt)
        self.faults.prints.connect(self._print_hunt)
        self.faults.left.connect(lambda: self.stack.setCurrentWidget(self.choice))
        self.room.left.connect(lambda: self.stack.setCurrentWidget(self.choice))
        self.choice.writes_family.connect(lambda: self.write_from(context.session))
        self.family.left.connect(lambda: self.stack.setCurrentWidget(self.choice))
        self.family.begun.connect(lambda case: self.begin(case, Way.WRITE))
        for changed in (context.session.opened, context.session.selected, context.session.changed):
            changed.connect(self._offer_family)
        context.live.also(self._offer_family)
        self.work.left.connect(self._go_back)
        self.work.saves.connect(self._save_result)
        self.work.author.saves.connect(self._save_case)
        self.work.finished.connect(self._finish)
        session = self.practice.session
        for signal in (session.opened, session.judged, session.changed, session.selected, session.unmasked):
            signal.connect(self._tell_others)

    def lay_out(self) -> Iterator[None]:
        """Put the panes in their places, one a slice: the style looks at all that is in it."""
        for part in (self.choice, self.work, self.room, self.faults, self.family):
            self.stack.addWidget(part)
            yield
        yield from self.work.lay_out()

    def _tell_others(self) -> None:
        self.undoable_changed.emit()

    # --- which

    def get_ahead(self) -> Iterator[object]:
        """Slices until our own exercises are read, beside the window: it would stand still for that on arrival."""
        session = self._context.session

        def read(_progress: Progress, _cancellation: Cancellation) -> None:
            all_cases(session.standard)

        yield from until_done(session.jobs.beside, read)

    def arrive(self) -> None:
        """Read the exercises, when they are gone to for the first time."""
        if not self.choice.cases.rows:
            self.read_cases()

    def read_cases(self) -> None:
        """Read the exercises, with those of the site's own folder; what does not fit there is told."""
        session, folder = self._context.session, self._context.settings.cases_folder
        try:
            read = all_cases(session.standard, folder)
        except Fault as fault:
            session.failed.emit(fault)
            read = all_cases(session.standard)
        for flaw in read.faults:
            session.failed.emit(flaw)
        self.choice.show_cases(read.cases)

    def _ask_for_folder(self) -> None:
        settings = self._context.settings
        name = QFileDialog.getExistingDirectory(self, tr("Mappen med egne øvelser"), str(settings.cases_folder or ""))
        if name:
            settings.cases_folder = Path(name)
            self.read_cases()

    def show_room(self) -> None:
        """Go to what a room answered."""
        self.stack.setCurrentWidget(self.room)
        self.room.open.setFocus()

    def show_faults(self) -> None:
        """Go to the choice of faults that are to be found."""
        self.stack.setCurrentWidget(self.faults)
        self.faults.arrive()

    # --- a case from a family

    def _offer_family(self) -> None:
        session = self._context.session
        self.choice.offer_family(session.current_family is not None)
        if not session.is_open and self.family.is_of(session):
            self.family.forget()  # what was open is closed or locked
            if self.stack.currentWidget() is self.family:
                self.stack.setCurrentWidget(self.choice)

    @property
    def is_written(self) -> bool:
        """Whether a case is written here now."""
        return self.practice.is_under_way and self.practice.way is Way.WRITE

    def write_from(self, session: Session) -> None:
        """Begin a case from the family that is selected in ``session``: real work, or an exercise, which ends."""
        family, visit = session.current_family, session.selection.visit
        if family is None or self.is_written:
            return
        if self.exercise is not None:
            self.settle()
            family = session.current_family or family
            self.leave()
        self.stack.setCurrentWidget(self.family)
        self.family.begin(session, family, visit)

    # --- on paper

    def _print_case(self, case: Case) -> None:
        context = self._context
        paper = handout(case.id, context.session.standard, context.settings.cases_folder)
        self._paper.offer(self.choice.print, *paper, case.id)

    def _print_card(self, visit_type: str) -> None:
        paper = card(visit_type, self._context.session.standard)
        self._paper.offer(self.choice.card, *paper, f"{tr('huskekort')}-{visit_type}")

    def _print_hunt(self, choice: FaultChoice) -> None:
        def print_(hunt: FaultHunt) -> None:
            paper = hunt_paper(hunt, self._context.session.standard)
            self._paper.offer(self.faults.print, hunt_title(choice.number), paper, choice.id)

        self._make(choice, print_)

    # --- one under way

    def begin(self, case: Case, way: Way) -> None:
        """Work on a case."""
        practice = self.practice
        practice.session.forms.folder = self._context.settings.forms_folder
        practice.begin(case, way)
        self._written = case.id
        self._go_on(lambda: case.title[chosen()] or tr("Ny øvelse"), has_sides=way is not Way.SHOW)

    def begin_hunt(self, choice: FaultChoice) -> None:
        """Find chosen faults in an export that is made with them."""

        def go(hunt: FaultHunt) -> None:
            self.practice.begin_hunt(hunt)
            self._go_on(lambda: hunt_title(choice.number), has_sides=True)

        self._make(choice, go)

    def _make(self, choice: FaultChoice, then: Callable[[FaultHunt], None]) -> None:
        """Make an export with chosen faults, and remember what was chosen."""
        self.faults.keep()
        session = self._context.session
        standard, today = session.standard, clock.today()
        session.jobs.start(
            "hunt",
            lambda: tr("Laver en eksport med fejl"),
            lambda _progress, _cancellation: fault_hunt(choice, standard, today),
            then,
            session.failed.emit,
        )

    def _go_on(self, title: Callable[[], str], *, has_sides: bool) -> None:
        """Show what is worked on now."""
        self.exercise = Exercise(self.practice.session, self.work.form, title)
        self.sides = self.work.form.sides if has_sides else {}
        self.stack.setCurrentWidget(self.work)
        self.exercise_changed.emit()
        self.work.start()

    def _go_back(self) -> None:
        """Leave the exercise, unless it is written here and shall be saved first."""
        advice = tr("Bliv her for at gemme den, eller gå tilbage uden at gemme den.")
        if not (told := self.unsaved()) or gives_up(self, told, advice, tr("Gå tilbage uden at gemme")):
            self.leave()

    def leave(self) -> None:
        """Leave the exercise that is worked on; what is open is there as it was."""
        came_from = self.choice if self.practice.hunt is None else self.faults
        self.stack.setCurrentWidget(came_from)
        self.exercise, self.sides = None, {}
        self.practice.leave()
        self.exercise_changed.emit()
        came_from.table.setFocus()

    def _finish(self) -> None:
        if (case := self.practice.case) is not None:
            self._context.settings.remember_case(case.id)
            self.choice.cases.retell()

    def _save_result(self) -> None:
        case, hunt = self.practice.case, self.practice.hunt
        name = case.id if case is not None else hunt.choice.id if hunt is not None else ""
        if not name:
            return
        self.settle()
        kinds = (FileKind(lambda: tr("Besvarelse uden navn"), ENDING),)
        asked = ask_where(self, tr("Gem besvarelsen"), f"{name}{ENDING}", kinds)
        if asked is None:
            return
        try:
            self.practice.write_result(asked[0])
        except Fault as fault:
            self._context.session.failed.emit(fault)
            return
        self._context.session.wrote.emit(lambda: tr("Besvarelsen er gemt. Den har ingen navne."), asked[0])

    def _save_case(self, case: Case) -> None:
        """Write a case to the site's own folder, which is asked for where there is none, and offer it."""
        session, settings = self._context.session, self._context.settings
        if settings.cases_folder is None:
            self._ask_for_folder()
        folder = settings.cases_folder
        if folder is None:
            return
        try:
            written = write_case(case, folder, session.standard, self._written)
        except Fault as fault:
            session.failed.emit(fault)
            return
        for flaw in written.faults:
            session.failed.emit(flaw)
        if written.path is None:
            return
        self._written = written.path.stem
        self.work.author.keep()
        self.read_cases()
        self.choice.choose(self._written)
        session.wrote.emit(lambda: tr("Øvelsen er gemt og passer. Prøv den fra listen."), written.path)

    def unsaved(self) -> str:
        """A case that is written here and is in no file."""
        is_unsaved = self.is_written and self.work.author.is_unsaved
        return tr("Øvelsen, du skriver, er ikke gemt.") if is_unsaved else ""

    def settle(self) -> None:
        """Take what is being typed."""
        if self.exercise is not None:
            self.exercise.page.settle()

    def show_afar(self, is_afar: bool) -> None:
        """Show the page to a room, or as before."""
        self.practice.is_afar = is_afar
        self.choice.show_afar(is_afar)
        self.work.show_afar(is_afar)
        self.practice.session.unmask(self.exercise is not None and not is_afar)

    def show_pane(self, pane: str, wanted: bool) -> None:
        """Show or hide one of the panes at the sides of the form."""
        self.work.form.show_pane(pane, wanted)

    def doer(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does in an exercise."""
        if self.exercise is None or event.modifiers() not in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            return None
        key, practice = event.key(), self.practice
        if key == Qt.Key.Key_F3:
            return self._reset
        if practice.is_shown:
            by = 1 if key in _FORWARD else -1 if key in _BACK else 0
            return (lambda: practice.step(by)) if by else None
        return self.work.tell_key if key == Qt.Key.Key_F4 else None

    def _reset(self) -> None:
        self.practice.reset()
        self.work.start()
