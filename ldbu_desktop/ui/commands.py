"""What the window's actions do. It knows what is open, the pages and the window that dialogs stand over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.casefile import ENDING
from ldbu_desktop.faults import Fault
from ldbu_desktop.language import Language, choose, chosen, tr
from ldbu_desktop.ui import file_filters
from ldbu_desktop.ui.idle_lock import IdleLock
from ldbu_desktop.ui.kit.actions import Actions
from ldbu_desktop.ui.message import Message
from ldbu_desktop.ui.opening import Opening
from ldbu_desktop.ui.page import INSPECTOR, TREE, Exercise, PageContext, Undoable
from ldbu_desktop.ui.pages import CHILDREN, Pages
from ldbu_desktop.ui.projector import Projector
from ldbu_desktop.ui.qt_translation import translate_qt
from ldbu_desktop.ui.theme import ColourScheme, dress, is_dark
from ldbu_desktop.ui.writing import Writing

if TYPE_CHECKING:
    from ldbu_desktop.findings.model import Finding
    from ldbu_desktop.ui.children.page import ChildrenPage
    from ldbu_desktop.ui.form.filling import Filling
    from ldbu_desktop.ui.session import Session


def sample_path() -> Path:
    """The sample that the start page and the menu open: the one with something to find."""
    return resource("samples", "familie-med-fejl.xlsx")


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
        self.opened = context.session
        self.opening = Opening(context.session)
        self.writing = Writing(context.session, message, pages, window)
        self.settings = context.settings
        self._window = window
        self._live = context.live
        self._message = message
        self._pages = pages
        self._actions = actions
        self._answered: object = None
        self.opened.keeping.changed.connect(self._name_work)
        self.idle_lock = IdleLock(self.lock, self.settings.lock_after, window)

    def _name_work(self) -> None:
        """Remember which file the corrections are to that are kept: their own file does not tell."""
        kept, work = self.opened.keeping.kept, self.opened.work
        if kept is not None and work.paths:
            self.settings.remember_work(kept.file.path, work.paths[0].name)

    @property
    def _exercise(self) -> Exercise | None:
        """What is worked on at the page that is shown, in place of what is open."""
        page = self._pages.shown
        return page.exercise if page is not None else None

    @property
    def session(self) -> Session:
        """What is worked on at the page that is shown: what is open, or an exercise."""
        exercise = self._exercise
        return self.opened if exercise is None else exercise.session

    # --- what must hold

    def is_open(self) -> bool:
        """Whether something is open, whatever is worked on."""
        return self.opened.is_open

    def is_real(self) -> bool:
        """Whether something is open and worked on: an exercise is never kept or delivered."""
        return self._exercise is None and self.opened.is_open

    def has_journal(self) -> bool:
        """Whether there is something to work on."""
        return self.session.is_open

    def has_visit(self) -> bool:
        """Whether a visit is selected."""
        return bool(self.session.selection.visit)

    def has_findings(self) -> bool:
        """Whether something was found."""
        found = self.session.work.found
        return found is not None and found.count > 0

    def can_mend(self) -> bool:
        """Whether something can be done about the finding that is looked at."""
        finding = self.session.finding_here if self.has_findings() else None
        if finding is None:
            return False
        from ldbu_desktop.workspace.mending import remedies

        return bool(remedies([finding]))

    def can_accept(self) -> bool:
        """Whether the finding that is looked at can be accepted, or is, so that it can be taken back."""
        finding = self.session.finding_here if self.session.work.found is not None else None
        work = self.session.work
        return finding is not None and (work.may_accept(finding) or work.acceptance_of(finding) is not None)

    def has_accepted(self) -> bool:
        """Whether something is accepted."""
        findings = self.opened.findings
        return self.is_real() and findings is not None and bool(findings.accepted)

    def has_files(self) -> bool:
        """Whether what is open was read from files, and is checked."""
        return self.is_real() and bool(self.opened.work.paths) and self.opened.findings is not None

    @property
    def _undoable(self) -> Undoable:
        """What undo is about on the page that is shown."""
        page = self._pages.shown
        return self.session if page is None or page.undoable is None else page.undoable

    def can_undo(self) -> bool:
        """Whether something can be undone on the page that is shown."""
        return self._undoable.can_undo

    def can_redo(self) -> bool:
        """Whether something that was undone there can be done again."""
        return self._undoable.can_redo

    def undo(self) -> None:
        """Undo the last that was done on the page that is shown."""
        self._undoable.undo()

    def redo(self) -> None:
        """Do again there what was undone last."""
        self._undoable.redo()

    def is_filled(self) -> bool:
        """Whether what is open is filled in the form."""
        return self.session.is_filled

    # --- leaving what is open

    @property
    def must_ask(self) -> bool:
        """Whether there are corrections to what was read from files, and nothing was said of what becomes of them."""
        work, kept = self.opened.work, self.opened.keeping.kept
        if not work.is_open or work.is_filled or work.steps.done is self._answered:
            return False
        return (kept is None or kept.has_news) and any(work.steps.corrections)

    def leave(self, then: Callable[[], object]) -> None:
        """Do something that leaves what is open, when it was answered what becomes of corrections to it."""
        if not self.must_ask:
            then()
            return
        from ldbu_desktop.ui.leaving import LeavingDialog

        work = self.opened.work
        count = sum(1 for _ in work.steps.corrections)
        can_keep = self.opened.keeping.kept is not None
        LeavingDialog(count, lambda what: self._leave_as(what, then), self._window, can_keep=can_keep).open()

    def _leave_as(self, what: str, then: Callable[[], object]) -> None:
        from ldbu_desktop.ui.leaving import COPY, SAVE, THROW_AWAY

        def go() -> None:
            self._answered = self.opened.work.steps.done
            then()

        if what == SAVE:
            self.ask_case(saves_open=True, then=then)
        elif what == COPY:
            self.write_copy(then=go)
        else:
            if what == THROW_AWAY and self.opened.keeping.kept is not None:
                try:
                    self.opened.keeping.kept.throw_away()
                except Fault as fault:
                    self.opened.failed.emit(fault)
                    return
            go()

    def close_files(self) -> None:
        """Leave what is open."""
        self.leave(self.opened.close)

    # --- files

    def open(self, paths: Sequence[Path]) -> None:
        """Open files, and remember them."""
        if paths:
            self.leave(lambda: self._open(paths))

    def _open(self, paths: Sequence[Path]) -> None:
        if len(paths) == 1 and paths[0].suffix == ENDING:
            self.opening.remembered_case(paths[0], lambda: self.ask_case(paths[0]))
            return
        self._message.clear()
        if maps := [path for path in paths if path.suffix == file_filters.MAP_ENDING]:
            self._open_maps(maps, [path for path in paths if path not in maps])
            return
        for path in paths:
            self.settings.remember(path.resolve())
        self.opening.files(paths)

    def _open_maps(self, maps: Sequence[Path], paths: Sequence[Path]) -> None:
        """Show what files are taken for by maps: those chosen together with them, else what is open."""
        work, asked = self.opened.work, self.opened.asked
        for_paths = tuple(paths) or work.paths or (asked.paths if asked else ())
        if for_paths:
            self.opening.files_by_maps(for_paths, maps)
        else:
            self._message.show_note(tr("Et kort siger, hvad kolonnerne i en journaleksport er. Åbn den, og så kortet."))

    def open_files(self) -> None:
        """Ask which files to open."""
        from PySide6.QtWidgets import QFileDialog

        names, _ = QFileDialog.getOpenFileNames(self._window, tr("Åbn filer"), "", file_filters.whatever_opens())
        self.open([Path(name) for name in names])

    def open_folder(self) -> None:
        """Ask which folder to open."""
        from PySide6.QtWidgets import QFileDialog

        if name := QFileDialog.getExistingDirectory(self._window, tr("Åbn mappe")):
            self.open([Path(name)])

    def open_sample(self) -> None:
        """Open the sample."""
        self.open([sample_path()])

    def quit(self) -> None:
        """Close the window."""
        self._window.close()

    def fill(self) -> None:
        """Ask which case to fill."""
        self.leave(self.ask_case)

    def ask_case(
        self,
        path: Path | None = None,
        *,
        saves_open: bool = False,
        is_locked: bool = False,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Ask which case to fill; for ``path`` its passphrase only, with ``saves_open`` where to keep what is open."""
        from ldbu_desktop.ui.form.case_dialog import NEW, OPEN, CaseDialog

        self.opened.forms.folder = self.settings.forms_folder
        known = any(one.suffix == ENDING for one in self.settings.recent)
        mode = OPEN if path is not None or (known and not saves_open) else NEW
        asked = CaseDialog(
            self.opened,
            self.opening,
            self.settings,
            self._window,
            mode,
            path,
            saves_open=saves_open,
            is_locked=is_locked,
        )
        if then is not None:
            asked.accepted.connect(then)
        asked.open()

    def save(self) -> None:
        """Save what is filled; where it is kept nowhere, ask where to."""
        if self.opened.work.file is None:
            self.save_as()
            return
        self.children_page.filling.settle()
        self.opened.autosave.settle()
        self.opened.autosave.save()

    def save_as(self) -> None:
        """Ask where to keep what is open as a case file."""
        self.ask_case(saves_open=True)

    def validate(self) -> None:
        """Tell what is missing too, at the visit that is filled or in the whole file."""
        session = self.session
        if not session.is_filled:
            session.judge()
            return
        self.filling.settle()
        visit = session.selection.visit
        family = session.family_of(visit)
        session.ask(*((family.key, visit) if family else (*session.work.index.families, *session.work.index.visits)))

    def choose_forms(self) -> None:
        """Ask for the folder with the user's own forms."""
        from PySide6.QtWidgets import QFileDialog

        start = str(self.settings.forms_folder or "")
        if name := QFileDialog.getExistingDirectory(self._window, tr("Mappen med egne skemaer"), start):
            self.settings.forms_folder = Path(name)
            self.opened.forms.use_folder(Path(name))

    def choose_wording(self) -> None:
        """Show the words of the official questionnaires, where the user has the package and holds the rights."""
        from ldbu_desktop.ui.form.wording import ask_wording

        if (package := ask_wording(self._window)) is not None:
            self.session.forms.show_wording(package)

    # --- pages

    def go(self, page: str) -> None:
        """Go to a page, by its id."""
        self._pages.go(page)

    @property
    def children_page(self) -> ChildrenPage:
        """The page of children and visits, wherever the window is: that of the exercise that is worked on."""
        exercise = self._exercise
        return cast("ChildrenPage", self._pages.page(CHILDREN) if exercise is None else exercise.page)

    @property
    def children(self) -> ChildrenPage:
        """The page of children and visits, after going to it."""
        if self._exercise is None:
            self.go(CHILDREN)
        return self.children_page

    @property
    def filling(self) -> Filling:
        """What is in the middle of that page while a case is filled, after going to it."""
        return self.children.filling

    def choose_visit(self) -> None:
        """Choose which visit to begin."""
        self.filling.choose_visit()

    def not_obtained(self) -> None:
        """Say of the field that has the keyboard, or is looked at, that its answer was not obtained."""
        if self.session.is_filled:
            self.children_page.filling.form_page.not_obtained()
        else:
            self.children.visit_page.values.ask_reason()

    def search(self) -> None:
        """Let the user type what to look for in the tree."""
        page = self.children
        page.show_pane(TREE, True)
        page.tree_pane.search.take_keyboard()

    def step_finding(self, by: int) -> None:
        """Go to the next finding (``by`` 1) or the one before (-1), with the keyboard in its value."""
        self._leave_field()
        page = self.children
        if page.inspector.step(by):
            page.take_keyboard()

    def mend(self) -> None:
        """Mend the finding that is looked at where its answer is known; else ask how."""
        from ldbu_desktop.workspace.mending import known_preview

        self._leave_field()
        finding = self.session.finding_here
        if finding is None:
            return
        seen = known_preview(self.session.work, finding)
        if seen is None or not self.session.take(seen):
            self._ask_mending([finding])

    def mend_all(self) -> None:
        """Ask how to mend all that is selected in the list of findings, or all with the cause that is looked at."""
        self._leave_field()
        if findings := self.children.inspector.to_mend():
            self._ask_mending(findings)

    def accept(self) -> None:
        """Ask why the finding that is looked at is right as it is; one that is accepted is taken back."""
        self._leave_field()
        session, finding = self.session, self.session.finding_here
        if finding is None:
            return
        if session.work.acceptance_of(finding) is not None:
            session.take_back(finding)
            return
        alike = [one for one in self.children.inspector.to_mend() if one != finding]
        if session.work.may_accept(finding):
            from ldbu_desktop.ui.inspector.accept_dialog import AcceptDialog

            AcceptDialog(session, self.settings, [finding, *alike], self._window).open()

    def save_accepted(self) -> None:
        """Ask where to, and write what is accepted: for the command line, and for the next export."""
        from ldbu_desktop.ui.saving import FileKind, ask_where

        findings, paths = self.opened.findings, self.opened.work.paths
        if findings is None:
            return
        name_ = f"{tr('accepteret')}.json"
        proposed = str(paths[0].with_name(name_)) if paths else name_
        kinds = (FileKind(lambda: tr("Accepterede fund"), ".json"),)
        asked = ask_where(self._window, tr("Gem de accepterede fund"), proposed, kinds)
        if asked is None:
            return
        from ldbu_desktop.use_cases.acceptances import write_accepted

        try:
            count = write_accepted(findings, asked[0])
        except Fault as fault:
            self.opened.failed.emit(fault)
            return
        self._message.show_note(
            tr("{count, plural, one {# accepteret fund} other {# accepterede fund}} er gemt.", count=count),
            tr("»ldbu validate --accepted« læser filen: {file}", file=asked[0]),
        )

    def _leave_field(self) -> None:
        """Take what is being typed."""
        if (editor := QApplication.focusWidget()) is not None and editor.objectName() == "valueEditor":
            editor.clearFocus()
        self.children_page.settle()

    def _ask_mending(self, findings: Sequence[Finding]) -> None:
        from ldbu_desktop.ui.mending.dialog import MendingDialog

        MendingDialog(self.session, findings, self._window).open()

    def write_copy(self, then: Callable[[], object] | None = None) -> None:
        """Ask where to, and write a corrected copy of the files that are open; and then do something more."""
        from ldbu_desktop.ui.mending.file_jobs import write_copy

        write_copy(self.opened, self._window, self._message, then)

    def step_visit(self, by: int) -> None:
        """Go to the next visit (``by`` 1) or the one before (-1)."""
        self.children.tree_pane.step(by)

    def inspect(self, view: str) -> None:
        """Turn the inspector to a view."""
        page = self.children
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

    def has_case(self) -> bool:
        """Whether a case file is open, which can be locked."""
        return self.opened.path is not None

    def lock(self) -> None:
        """Save and close the case file, so that nothing of it is in the window, and ask for its passphrase.

        What can't be saved keeps it open: nothing is ever lost by that.
        """
        path, seen = self.opened.path, self.opened.selection
        if path is None:
            return
        for page in self._pages.built:
            page.settle()
        if not self.opened.autosave.is_saved:
            return
        for dialog in self._window.findChildren(QDialog):
            dialog.reject()
        self.opened.close()

        def look_again() -> None:
            if self.opened.path is not None and self.opened.visit(seen.visit) is not None:
                self.opened.select(seen)

        self.ask_case(path, is_locked=True, then=look_again)

    def lock_after(self, minutes: int) -> None:
        """Lock the window from now on when nobody touched it for so long; 0 is never."""
        self.settings.lock_after = minutes
        self.idle_lock.wait_for(minutes)

    def turn_projector(self) -> None:
        """Show everything to a room, large and with CPR numbers covered; or as before."""
        projector = self.projector
        projector.turn()
        self.opened.unmask(False)
        self._pages.show_afar(projector.is_on)
        self.dress(self.settings.look)

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
        self._live.refresh()

    def find(self) -> None:
        """Find an action, a child or a visit by typing."""
        from ldbu_desktop.ui.finder import Finder

        Finder(self.session, self._actions, self._window).open()

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

    def show_about(self) -> None:
        """Show what the program is."""
        from ldbu_desktop.ui.about import About

        About(self.opened, self._window).open()
