"""The window: header, rail, pages and status around what is open, and what it does when it is closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ldbu_desktop.faults import FileFault
from ldbu_desktop.language import tr
from ldbu_desktop.policy import required_policy
from ldbu_desktop.ui.actions import ACTIONS
from ldbu_desktop.ui.commands import Commands
from ldbu_desktop.ui.first_line import FirstLine
from ldbu_desktop.ui.header import HeaderBar
from ldbu_desktop.ui.help_key import HelpKey
from ldbu_desktop.ui.jobs import Jobs
from ldbu_desktop.ui.kept_line import KeptLine
from ldbu_desktop.ui.kit.actions import Actions
from ldbu_desktop.ui.kit.following_scroll import FollowingScroll
from ldbu_desktop.ui.kit.widgets import column, row
from ldbu_desktop.ui.message import Message
from ldbu_desktop.ui.pace import Interpreter, Slicer, next_frame, once_painted
from ldbu_desktop.ui.page import PageContext
from ldbu_desktop.ui.pages import CHILDREN, MAPPING, START, Pages, PagesView
from ldbu_desktop.ui.projector import Projector
from ldbu_desktop.ui.rail import Rail
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.ui.status import Status
from ldbu_desktop.ui.theme import GRID, dress_window, is_dark, is_large

if TYPE_CHECKING:
    from ldbu_desktop.findings.model import Finding
    from ldbu_desktop.journal.where import Where

_SIZE = (1360, 820)
_LEAST = (1000, 560)
_NEEDED = QSize(1000, 530)
"""What is below the menus of such a window. With less it is scrolled, as on 1280 x 720 at 200 %."""


class MainWindow(QMainWindow):
    """One window, one way of working. It puts the parts together; what they do is theirs."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("LDBU Desktop")
        self.setAcceptDrops(True)
        room = self.screen().availableSize()
        self.resize(QSize(*_SIZE).boundedTo(room))
        self.setMinimumSize(QSize(*_LEAST).boundedTo(room))
        dress_window(self)  # before it has parts: each is looked at once, as it comes in
        self.settings = settings
        self.live = Retranslation()
        self.jobs = Jobs(self)
        self.session = Session(self.jobs, self)
        self.session.keeping.folder = settings.work_folder
        self.actions_ = Actions(ACTIONS, self, self.live)
        context = PageContext(
            self.session, settings, self.live, self.actions_, self.open, self.show_place, self.check, self.show_receipt
        )
        self.header = HeaderBar(self.actions_, self.live)
        self.message = Message(self.live)
        self.kept_line = KeptLine(self.session, self.live)
        self.first_line = FirstLine(self.session, self.live)
        self.rail = Rail(self.actions_, self.live)
        self.pages = Pages(context, self.jobs)
        self.status = Status(self.session, self.live)
        self.projector = Projector(self, (self.header, self.rail, self.status))
        self.commands = Commands(self, context, self.message, self.pages, self.actions_, self.projector)
        self._help_key = HelpKey(self.commands.show_manual_of, self)
        self._preparing = Slicer(self._prepare(), self, "preparing")
        bar = self.menuBar()  # heard before the page below it
        bar.setObjectName("menuBar")
        self.live.name(bar, lambda: tr("Menuer"))
        self.actions_.fill(bar, self.live)
        self._lay_out()
        once_painted(self._whole, self._go_on_preparing)
        self._connect()
        self.pages.go(START)
        self.pages.page(START).setFocus()  # else the line on top has the keyboard, also on the page gone to first
        self._tell_policy()
        if (state := settings.state("window")) is not None:
            self.restoreGeometry(state)

    def _lay_out(self) -> None:
        right = QWidget()
        right.setObjectName("work")
        lines = column(right)
        lines.addWidget(self.message)
        lines.addWidget(self.kept_line)
        lines.addWidget(self.first_line)
        self.pages_view = PagesView(self.pages)
        lines.addWidget(self.pages_view, 1)
        beside = row(self.rail, right, spacing=0)
        beside.setStretch(1, 1)
        whole = QWidget()
        whole.setObjectName("whole")
        whole.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole.setProperty("exercise", False)
        lines = column(whole)
        lines.addWidget(self.header)
        lines.addLayout(beside, 1)
        lines.addWidget(self.status)
        # Where text is large each page is scrolled by itself.
        self.live.also(lambda: whole.setMinimumSize(QSize(1, 1) if is_large() else _NEEDED))
        self.setCentralWidget(FollowingScroll("windowView", whole))
        self._whole = whole

    def _connect(self) -> None:
        session = self.session
        self.actions_.connect(self.commands)
        self.pages.gone.connect(self.rail.show_page)
        self.pages.can_changed.connect(self.actions_.refresh)
        for changed in (self.pages.gone, self.pages.exercise_changed):
            changed.connect(self._tell_exercise)
        self.header.look.clicked.connect(self.commands.turn_look)
        self.header.language.setVisible(self.actions_["danish"].isVisible())
        self.header.language.clicked.connect(self.commands.turn_language)
        session.opened.connect(self._opened)
        session.failed.connect(self.message.show_fault)
        session.noted.connect(lambda words: self.message.show_note(words, stays=True))
        session.selected.connect(self._come)
        session.mapping_asked.connect(self._ask_mapping)
        self.jobs.broke.connect(self._break)
        for signal in (session.opened, session.checked, session.changed, session.selected, session.unmasked):
            signal.connect(self.actions_.refresh)
        QApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: self.commands.follow_system())
        self.live.also(self.actions_.refresh)
        self.live.also(lambda: self.header.show_look(is_dark()))
        self.live.also(self._tell_file)

    def _tell_policy(self) -> None:
        """Say that the machine has a policy that can't be read, and that the strictest holds."""
        try:
            required_policy()
        except FileFault as fault:
            self.message.show_fault(fault)

    def _break(self, error: Exception) -> None:
        raise error

    def _prepare(self) -> Iterator[object]:
        """Make ready, in slices, what is not needed before the window is painted."""
        Interpreter.start_ends()
        yield from self.actions_.draw(self.live)
        yield from self.pages.prepare()

    def _go_on_preparing(self) -> None:
        if self.isVisible():  # and not closed at once
            self._preparing.start()

    def open(self, paths: Sequence[Path]) -> None:
        """Open files; they are remembered when they were read."""
        self.commands.files.open(paths)

    def show_place(self, where: Where, finding: Finding | None = None) -> None:
        """Go to a place of the journal on its page, with the keyboard in its value, and to a finding there."""
        self.session.select(where, finding)
        self.commands.at.children.take_keyboard()

    def check(self, paths: Sequence[Path]) -> None:
        """Check finished reports, on their page."""
        self.commands.writing.check(paths)

    def show_receipt(self, path: Path) -> None:
        """Show a receipt, or that of a folder, as a page."""
        self.commands.writing.show_receipt(path)

    def _opened(self) -> None:
        self.message.clear()
        self._tell_file()
        # In a turn of its own: what the pages show and what the window paints anew need not halt it together.
        next_frame(self, lambda: self.pages.go_soon(CHILDREN if self.session.is_open else START))

    def _ask_mapping(self) -> None:
        """What waits for an answer is asked about on its page."""
        self.message.clear()
        next_frame(self, lambda: self.pages.go_soon(MAPPING))

    def _come(self) -> None:
        """A visit is looked at on its page, wherever it was chosen."""
        if self.session.selection.visit and self.pages.is_built(CHILDREN):
            self.pages.come_to(CHILDREN)

    def _tell_exercise(self) -> None:
        """An exercise has a frame around all that is in the window."""
        page = self.pages.shown
        is_exercise = page is not None and page.exercise is not None
        if self._whole.property("exercise") is not is_exercise:
            self._whole.setProperty("exercise", is_exercise)
            edge = 2 * GRID if is_exercise else 0
            self._whole.setContentsMargins(edge, edge, edge, edge)
            self._whole.style().unpolish(self._whole)
            self._whole.style().polish(self._whole)
        self.actions_.refresh()
        self._tell_file()

    def _tell_file(self) -> None:
        page = self.pages.shown
        if page is not None and page.exercise is not None:
            told = f"{tr('Øvelse')}: {page.exercise.title()}"
            self.header.show_file(told)
            self.setWindowTitle(f"{told} – LDBU Desktop")
            return
        names = self._file_names()
        told = names[0] if names else ""
        if len(names) > 1:
            from ldbu_desktop.rendering.words import files_words

            told = files_words(len(names))
        self.header.show_file(told)
        self.setWindowTitle(f"{told} – LDBU Desktop" if told else "LDBU Desktop")

    def _file_names(self) -> list[str]:
        session = self.session
        if not session.is_open:
            return []
        from ldbu_desktop.journal.mask import without_cpr

        if session.is_filled:
            path = session.path
            return [without_cpr(path.name) if path else tr("Prøve, gemmes ikke")]
        return [without_cpr(source.name) for source in session.journal.sources]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files that were dropped to the page that is shown, or open them; say so where some are no files."""
        urls = event.mimeData().urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        page = self.pages.shown
        take = (page.takes_files if page is not None else None) or self.open
        if paths:
            take(paths)
        if len(paths) < len(urls):
            self.message.show_note(
                lambda: tr("Kun filer, der ligger på computeren, kan åbnes. Gem filen først, og træk den så ind.")
            )
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask what becomes of corrections, save what is filled, remember how the window was, then stop all work."""
        for page in self.pages.built:
            page.settle()
        if self.commands.files.must_ask:
            event.ignore()
            self.commands.files.leave(self.close)
            return
        for name, told in self.pages.unsaved().items():
            if not self._gives_up(told):
                event.ignore()
                self.pages.go(name)
                self.pages.page(name).show_unsaved()
                return
        told = tr("Det sidste, du har udfyldt, kunne ikke gemmes.")
        if not self.session.autosave.is_saved and not self._gives_up(told):
            event.ignore()
            return
        self.session.autosave.leave()
        self._preparing.stop()
        self.pages.stop()
        self.settings.keep_state("window", self.saveGeometry())
        for page in self.pages.built:
            page.keep()
        self.settings.settle()
        for jobs in self.findChildren(Jobs):
            jobs.close()
        for timer in self.findChildren(QTimer):
            timer.stop()
        super().closeEvent(event)

    def _gives_up(self, what: str) -> bool:
        """Ask whether what is not saved is given up; what kept it from being saved stands in the message."""
        from ldbu_desktop.ui.giving_up import gives_up

        advice = tr("Bliv i vinduet for at gemme det, eller luk uden at gemme det.")
        return gives_up(self, what, advice, tr("Luk uden at gemme"))
