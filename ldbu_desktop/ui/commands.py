"""What the window's actions do. It knows what is worked on, the pages and the window that dialogs stand over."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ldbu_desktop.language import Language, choose, chosen
from ldbu_desktop.ui.at_work import AtWork
from ldbu_desktop.ui.file_commands import FileCommands
from ldbu_desktop.ui.finding_commands import FindingCommands
from ldbu_desktop.ui.kit.actions import Actions
from ldbu_desktop.ui.message import Message
from ldbu_desktop.ui.pace import next_turn
from ldbu_desktop.ui.page import INSPECTOR, TREE, PageContext, Undoable
from ldbu_desktop.ui.pages import CHILDREN, PRACTICE, Pages
from ldbu_desktop.ui.projector import Projector
from ldbu_desktop.ui.qt_translation import translate_qt
from ldbu_desktop.ui.theme import ColourScheme, dress, dress_window, is_dark
from ldbu_desktop.ui.writing import Writing

if TYPE_CHECKING:
    from ldbu_desktop.ui.form.filling import Filling
    from ldbu_desktop.ui.practice.page import PracticePage


class Commands:
    """A method a thing that can be done, and a question a thing that must hold for it."""

    def __init__(
        self,
        window: QWidget,
        context: PageContext,
        message: Message,
        pages: Pages,
        actions: Actions[Commands],
        projector: Projector,
    ) -> None:
        self.projector = projector
        self.settings = context.settings
        self.at = AtWork(context.session, pages)
        self.files = FileCommands(self.at, self.settings, message, window)
        self.findings = FindingCommands(self.at, self.settings, message, window)
        self.writing = Writing(self.at, message, pages, window)
        self._message = message
        self._window = window
        self._live = context.live
        self._pages = pages
        self._actions = actions

    # --- what must hold

    def is_open(self) -> bool:
        """Whether something is open, whatever is worked on."""
        return self.at.opened.is_open

    def is_real(self) -> bool:
        """Whether something is open and worked on: an exercise is never kept or delivered."""
        return self.at.is_real

    def has_journal(self) -> bool:
        """Whether there is something to work on."""
        return self.at.session.is_open

    def has_visit(self) -> bool:
        """Whether a visit is selected."""
        return bool(self.at.session.selection.visit)

    @property
    def _undoable(self) -> Undoable:
        """What undo is about on the page that is shown."""
        page = self._pages.shown
        return self.at.session if page is None or page.undoable is None else page.undoable

    def can_undo(self) -> bool:
        """Whether something can be undone on the page that is shown."""
        return self._undoable.can_undo

    def can_redo(self) -> bool:
        """Whether something that was undone there can be done again."""
        return self._undoable.can_redo

    def undo(self) -> None:
        """Undo the last that was done on the page that is shown; what differs of the journal then is gone to."""
        undoable = self._undoable
        undoable.undo()
        self._look_at(undoable)

    def redo(self) -> None:
        """Do again there what was undone last, and go to it as well."""
        undoable = self._undoable
        undoable.redo()
        self._look_at(undoable)

    def _look_at(self, undone: Undoable) -> None:
        """Nothing of the journal is undone out of sight, whichever place was looked at before."""
        if undone is self.at.session and self.at.session.selection.visit and self._pages.shown_id != CHILDREN:
            self.at.children.take_keyboard()

    def is_filled(self) -> bool:
        """Whether what is open is filled in the form."""
        return self.at.session.is_filled

    @property
    def _practice(self) -> PracticePage:
        return cast("PracticePage", self._pages.page(PRACTICE))

    def can_write_case(self) -> bool:
        """Whether there is a family that a case can be written from: not while one is written."""
        has_family = self.at.session.is_open and self.at.session.current_family is not None
        return has_family and not (self.at.exercise is not None and self._practice.is_written)

    def write_case(self) -> None:
        """Write a case from the family that is worked on."""
        session = self.at.session
        self.at.leave_field()
        self.go(PRACTICE)
        self._practice.write_from(session)

    # --- what is worked on

    def validate(self) -> None:
        """Tell what is missing too, at the visit that is filled or in the whole file."""
        session = self.at.session
        if not session.is_filled:
            self.at.leave_field()
            session.judge()
            return
        self.at.children.settle()
        visit = session.selection.visit
        family = session.family_of(visit)
        session.ask(*((family.key, visit) if family else (*session.work.index.families, *session.work.index.visits)))

    def choose_wording(self) -> None:
        """Show the words of the official questionnaires, where the user has the package and holds the rights."""
        from ldbu_desktop.ui.form.wording import ask_wording

        if (package := ask_wording(self._window)) is not None:
            self.at.session.forms.show_wording(package)

    # --- pages

    def go(self, page: str) -> None:
        """Go to a page, by its id; a note of what was done stays behind."""
        if page != self._pages.shown_id:
            self._message.leave()
        self._pages.go(page)

    @property
    def filling(self) -> Filling:
        """What is in the middle of that page while a case is filled, after going to it."""
        return self.at.children.filling

    def choose_visit(self) -> None:
        """Choose which visit to begin."""
        self.at.children.choose_visit()

    def not_obtained(self) -> None:
        """Say of the field that has the keyboard, or is looked at, that its answer was not obtained."""
        if self.at.session.is_in_form:
            self.at.children_page.filling.form_page.not_obtained()
        else:
            self.at.children.visit_page.values.ask_reason()

    def search(self) -> None:
        """Let the user type what to look for in the tree."""
        page = self.at.children
        page.show_pane(TREE, True)
        page.tree_pane.search.take_keyboard()

    def step_visit(self, by: int) -> None:
        """Go to the next visit (``by`` 1) or the one before (-1)."""
        self.at.children.tree_pane.step(by)

    def inspect(self, view: str) -> None:
        """Turn the inspector to a view."""
        page = self.at.children
        page.show_pane(INSPECTOR, True)
        page.inspector.show_view(view)

    def has_side(self, pane: str) -> bool:
        """Whether the page that is shown has a pane at that side, seen or folded away."""
        page = self._pages.shown
        return page is not None and pane in page.sides

    def has_pane(self, pane: str) -> bool:
        """Whether a pane at the side of the page that is shown is to be seen."""
        page = self._pages.shown
        return page is not None and page.has_pane(pane)

    def turn_pane(self, pane: str) -> None:
        """Show a pane at the side of the page that is shown, or fold it away."""
        page = self._pages.shown
        if page is not None:
            page.show_pane(pane, not page.has_pane(pane))

    # --- the window

    def quit(self) -> None:
        """Close the window."""
        self._window.close()

    def choose_language(self, language: Language) -> None:
        """Say everything in another language."""
        if language is not chosen():
            choose(language)
            translate_qt()
            self.settings.language = language
            self._live.refresh()

    def turn_language(self) -> None:
        """Say everything in the other language."""
        self.choose_language(Language.ENGLISH if chosen() is Language.DANISH else Language.DANISH)

    def turn_projector(self) -> None:
        """Show everything to a room, large and with CPR numbers covered; or as before."""
        projector = self.projector
        projector.turn()
        self.at.opened.unmask(False)
        self._pages.show_afar(projector.is_on)
        self.dress(self.settings.look)
        next_turn(self._window, self._pages.show_focus)

    def choose_look(self, look: ColourScheme) -> None:
        """Draw everything in other colours."""
        self.settings.look = look
        self.dress(look)

    def turn_look(self) -> None:
        """Draw everything in light colours where it is dark, and the other way round."""
        self.choose_look(ColourScheme.LIGHT if is_dark() else ColourScheme.DARK)

    def follow_system(self) -> None:
        """Take the system's colours, where they are what is wanted."""
        if self.settings.look is ColourScheme.SYSTEM:
            self.dress(ColourScheme.SYSTEM)

    def dress(self, look: ColourScheme) -> None:
        """Draw everything in the colours of ``look``, for now."""
        dress(cast(QApplication, QApplication.instance()), look)
        dress_window(self._window)
        self._live.refresh()

    def find(self) -> None:
        """Find an action, a child or a visit by typing."""
        from ldbu_desktop.ui.finder import Finder

        Finder(self.at.session, self._actions, self._window).open()

    def show_keys(self) -> None:
        """Show the sheet of keys."""
        from ldbu_desktop.ui.keys import KeySheet

        KeySheet(self._actions, self._window).open()

    def show_glossary(self) -> None:
        """Show what the program's words mean."""
        from ldbu_desktop.ui.glossary import Glossary

        Glossary(self._window).open()

    def show_manual(self) -> None:
        """Show the page of the manual that fits the page that is shown."""
        from ldbu_desktop.ui.manual import Manual

        Manual(self._window, self._pages.shown_id).open()

    def show_manual_of(self, dialog: QDialog) -> None:
        """Show the page of the manual that fits a dialog, or else the page that it is open on."""
        from ldbu_desktop.ui.manual import NAME, Manual

        if dialog.objectName() != NAME:
            Manual(dialog, dialog.objectName(), self._pages.shown_id).open()

    def show_about(self) -> None:
        """Show what the program is."""
        from ldbu_desktop.ui.about import About

        About(self.at.opened, self._window).open()
