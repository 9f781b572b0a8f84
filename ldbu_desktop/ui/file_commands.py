"""What is opened, kept, left and locked: files and case files, and what is asked when they are left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.casefile import ENDING
from ldbu_desktop.faults import Fault
from ldbu_desktop.language import tr
from ldbu_desktop.ui import file_filters
from ldbu_desktop.ui.at_work import AtWork
from ldbu_desktop.ui.idle_lock import IdleLock
from ldbu_desktop.ui.message import Message
from ldbu_desktop.ui.opening import Opening
from ldbu_desktop.ui.pace import next_turn
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.whole_files import is_there


def sample_path() -> Path:
    """The sample that the start page and the menu open: the one with something to find."""
    return resource("samples", "familie-med-fejl.xlsx")


class FileCommands:
    """A method a thing that can be done with files, and a question what must hold for it."""

    def __init__(self, at: AtWork, settings: Settings, message: Message, window: QWidget) -> None:
        self.opened = at.opened
        self.opening = Opening(at.opened)
        self._at, self._settings, self._message, self._window = at, settings, message, window
        self._answered: object = None
        self.opened.keeping.changed.connect(self._name_work)
        self.opened.opened.connect(lambda: self._remember(self.opened.work.paths))
        self.opened.mapping_asked.connect(lambda: self._remember(self.opened.asked.paths if self.opened.asked else ()))
        self.idle_lock = IdleLock(self.lock, settings.lock_after, window)

    def _name_work(self) -> None:
        """Remember which file the corrections are to that are kept: their own file does not tell."""
        kept, work = self.opened.keeping.kept, self.opened.work
        if kept is not None and work.paths:
            self._settings.remember_work(kept.file.path, work.paths[0].name)

    def _remember(self, paths: Sequence[Path]) -> None:
        """Remember files among the recent ones, when it is known that something in them can be read."""
        for path in paths:
            self._settings.remember(path.absolute())

    @property
    def must_ask(self) -> bool:
        """Whether there are corrections to what was read from files, and nothing was said of what becomes of them; or
        something was filled that is kept nowhere.

        Findings that were accepted are asked about where they would be lost; else they are kept without a word.
        """
        work, kept = self.opened.work, self.opened.keeping.kept
        if work.is_filled:
            return work.file is None and work.history.can_undo and work.journal is not self._answered
        if not work.is_open or work.steps.done is self._answered:
            return False
        if kept is None:
            return any(work.steps.corrections) or bool(work.accepted_at())
        return kept.has_news and any(work.steps.corrections)

    def leave(self, then: Callable[[], object]) -> None:
        """Do something that leaves what is open, when it was answered what becomes of corrections to it.

        What is being typed is one of them.
        """
        self._at.leave_field()
        if not self.must_ask:
            then()
            return
        from ldbu_desktop.rendering.kept_corrections import changes_words
        from ldbu_desktop.ui.leaving import LeavingDialog

        work = self.opened.work
        told = "" if work.is_filled else changes_words(step.operation for step in work.steps.done)
        can_keep = self.opened.keeping.kept is not None
        LeavingDialog(told, lambda what: self._leave_as(what, then), self._window, can_keep=can_keep).open()

    def _leave_as(self, what: str, then: Callable[[], object]) -> None:
        from ldbu_desktop.ui.leaving import COPY, SAVE, THROW_AWAY

        def go() -> None:
            work = self.opened.work
            self._answered = work.journal if work.is_filled else work.steps.done
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

    def close(self) -> None:
        """Leave what is open."""
        self.leave(self.opened.close)

    def open(self, paths: Sequence[Path]) -> None:
        """Open files; they are remembered when they were read."""
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
        self.opening.files(paths)

    def _open_maps(self, maps: Sequence[Path], paths: Sequence[Path]) -> None:
        """Show what files are taken for by maps: those chosen together with them, else what is open."""
        work, asked = self.opened.work, self.opened.asked
        for_paths = tuple(paths) or work.paths or (asked.paths if asked else ())
        if for_paths:
            self.opening.files_by_maps(for_paths, maps)
        else:
            self._message.show_note(
                lambda: tr("Et kort siger, hvad kolonnerne i en journaleksport er. Åbn den, og så kortet.")
            )

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

        self.opened.forms.folder = self._settings.forms_folder
        known = any(one.suffix == ENDING and is_there(one) for one in self._settings.recent)
        mode = OPEN if path is not None or (known and not saves_open) else NEW
        asked = CaseDialog(
            self.opened,
            self.opening,
            self._settings,
            self._window,
            mode,
            path,
            saves_open=saves_open,
            is_locked=is_locked,
        )
        if then is not None:
            asked.accepted.connect(lambda: next_turn(self._window, then))  # when all have heard that the case is open
        asked.open()

    def save(self) -> None:
        """Save what is filled; where it is kept nowhere, ask where to."""
        if self.opened.work.file is None:
            self.save_as()
            return
        self._at.leave_field()
        self.opened.autosave.settle()
        self.opened.autosave.save()

    def save_as(self) -> None:
        """Ask where to keep what is open as a case file."""
        self._at.leave_field()
        self.ask_case(saves_open=True)

    def write_copy(self, then: Callable[[], object] | None = None) -> None:
        """Ask where to, and write a corrected copy of the files that are open; and then do something more."""
        from ldbu_desktop.ui.mending.file_jobs import write_copy

        self._at.leave_field()
        write_copy(self.opened, self._window, self._message, then)

    def has_files(self) -> bool:
        """Whether what is open was read from files, and is checked."""
        return self._at.is_real and bool(self.opened.work.paths) and self.opened.findings is not None

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
        self._at.leave_field()
        if not self.opened.autosave.is_saved:
            return
        for dialog in self._window.findChildren(QDialog):
            dialog.reject()
        self.opened.close()

        def look_again() -> None:
            if self.opened.path is not None and self.opened.visit(seen.visit) is not None:
                self.opened.select(seen)

        self.ask_case(path, is_locked=True, then=look_again)

    def choose_forms(self) -> None:
        """Ask for the folder with the user's own forms."""
        from PySide6.QtWidgets import QFileDialog

        start = str(self._settings.forms_folder or "")
        if name := QFileDialog.getExistingDirectory(self._window, tr("Mappen med egne skemaer"), start):
            self._settings.forms_folder = Path(name)
            self.opened.forms.use_folder(Path(name))

    def lock_after(self, minutes: int) -> None:
        """Lock the window from now on when nobody touched it for so long; 0 is never."""
        self._settings.lock_after = minutes
        self.idle_lock.wait_for(minutes)
