"""The window: header, rail, pages and status, and what each action does."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QActionGroup, QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QMessageBox, QStackedWidget, QWidget

from ldbu_desktop.casefile import ENDING
from ldbu_desktop.journal.identity import without_cpr
from ldbu_desktop.language import Language, choose, chosen, tr
from ldbu_desktop.ui.actions import ACTIONS, MENU_TEXTS, Actions, Menu, When
from ldbu_desktop.ui.header import Header
from ldbu_desktop.ui.jobs import Jobs
from ldbu_desktop.ui.kit.widgets import column, row
from ldbu_desktop.ui.live import Live
from ldbu_desktop.ui.message import Message
from ldbu_desktop.ui.pages import CHILDREN, DELIVERY, PAGES, START, Steps
from ldbu_desktop.ui.rail import Rail
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.ui.start.page import StartPage
from ldbu_desktop.ui.status import Status
from ldbu_desktop.ui.theme import Look, dress, is_dark
from ldbu_desktop.ui.window_actions import WindowActions
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.ui.children.page import ChildrenPage

_SIZE = (1360, 820)
_LEAST = (880, 560)

_POLISHED_AT_ONCE = 12

_ROOMS = (
    "ldbu_desktop.use_cases.load",
    "ldbu_desktop.use_cases.validate",
    "ldbu_desktop.editing.values",
    "ldbu_desktop.findings.text",
    "ldbu_desktop.use_cases.preview",
    "ldbu_desktop.use_cases.export",
    "ldbu_desktop.use_cases.forms",
    "ldbu_desktop.use_cases.casefile",
    "ldbu_desktop.editing.answers",
    "ldbu_desktop.editing.proposals",
    "ldbu_desktop.growth.tables",
)
"""What the pages call; none of it knows Qt, so it can be imported in any thread."""

_PREPARE_EVERY = 15
"""Milliseconds between two steps at building pages that nobody asked for yet: the window answers in between."""


class MainWindow(QMainWindow):
    """One window, one way of working. Pages are built when they are first gone to."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("LDBU Desktop")
        self.setAcceptDrops(True)
        self.resize(*_SIZE)
        self.setMinimumSize(*_LEAST)
        self.settings = settings
        self.live = Live()
        self.jobs = Jobs(self)
        self.session = Session(self.jobs, self)
        self.actions_ = Actions(self, self.live)
        self.header = Header(self.actions_, self.live)
        self.message = Message(self.live)
        self.rail = Rail(self.live)
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        self.status = Status(self.session, self.live)
        self._pages: dict[str, QWidget] = {}
        self._has_icons = self._is_warming = self._is_warm = False
        self._building: dict[str, Steps] = {}
        self._preparing = QTimer(self, interval=_PREPARE_EVERY)
        self._preparing.setObjectName("preparing")
        self._preparing.timeout.connect(self.prepare)
        self._lay_out()
        self._make_menus()
        self.doer = WindowActions(self)
        self._connect()
        self.go(START)
        if (state := settings.state("window")) is not None:
            self.restoreGeometry(state)

    def _lay_out(self) -> None:
        right = QWidget()
        right.setObjectName("work")
        lines = column(right)
        lines.addWidget(self.message)
        lines.addWidget(self.stack, 1)
        beside = row(self.rail, right, spacing=0)
        beside.setStretch(1, 1)
        whole = QWidget()
        whole.setObjectName("whole")
        lines = column(whole)
        lines.addWidget(self.header)
        lines.addLayout(beside, 1)
        lines.addWidget(self.status)
        self.setCentralWidget(whole)

    def _make_menus(self) -> None:
        bar = self.menuBar()
        bar.setObjectName("menuBar")
        self.live.name(bar, lambda: tr("Menuer"))
        groups: dict[str, QActionGroup] = {}
        for menu in Menu:
            made = bar.addMenu("")
            made.setObjectName(f"menu-{menu}")
            self.live.say(made.setTitle, MENU_TEXTS[menu])
            self.live.name(made, MENU_TEXTS[menu])
            last_group: str | None = None
            for data in (one for one in ACTIONS if one.menu is menu):
                if last_group is not None and data.group != last_group:
                    made.addSeparator()
                last_group = data.group
                made.addAction(self.actions_[data.id])
                if data.group:
                    group = groups.setdefault(data.group, QActionGroup(self))
                    group.addAction(self.actions_[data.id])

    def _connect(self) -> None:
        session = self.session
        session.opened.connect(self._opened)
        session.failed.connect(self.message.show_fault)
        self.jobs.broke.connect(self._break)
        self.rail.chosen.connect(self.go)
        for signal in (session.opened, session.judged, session.mended, session.selected):
            signal.connect(self.enable)
        session.unmasked.connect(lambda: self.actions_["unmask"].setChecked(session.shows_cpr))
        QApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: self._follow_system())
        self.live.also(self._mark_choices)
        self.live.also(self._tell_file)
        self.enable()

    def _break(self, error: Exception) -> None:
        raise error

    def enable(self) -> None:
        """Enable what makes sense with what is open and selected."""
        session = self.session
        there = {
            When.JOURNAL: session.is_open,
            When.VISIT: bool(session.selection.visit),
            When.FINDINGS: session.findings is not None and session.findings.count > 0,
            When.EDITED: session.can_undo,
            When.FILLED: session.is_filled,
        }
        self.actions_.enable({when for when, is_there in there.items() if is_there})
        self.actions_["redo"].setEnabled(session.can_redo)
        for page in (CHILDREN, DELIVERY):
            self.rail.enable(page, session.is_open)

    def page(self, name: str) -> QWidget:
        """A page, built when it is first asked for."""
        while name not in self._pages:
            self._build(name)
        return self._pages[name]

    def _build(self, name: str) -> None:
        """Take one step at building a page."""
        if name not in self._building:
            data = next(page for page in PAGES if page.id == name)
            self._building[name] = data.make(self.session, self.settings, self.live)
        made = next(self._building[name])
        if made is not None:
            del self._building[name]
            self._pages[name] = made
            self.stack.addWidget(made)
            self.doer.connect_page(name, made)

    def prepare(self) -> None:
        """Build the other pages step by step while the user looks at the first, so that they are there when needed."""
        if not self._has_icons:
            self._has_icons = True
            self.actions_.draw(self.live)
            return
        if not self._is_warming:
            self._warm_up()
        if not self._is_warm:
            return
        missing = next((page.id for page in PAGES if page.id not in self._pages), None)
        if missing is not None:
            self._build(missing)
        elif not self._polish():
            self._preparing.stop()

    def _warm_up(self) -> None:
        """Import the rooms behind the pages in the background; the window would stand still meanwhile."""
        self._is_warming = True

        def work(_progress: Progress, _cancellation: Cancellation) -> None:
            for room in _ROOMS:
                import_module(room)

        def done(_result: None) -> None:
            self._is_warm = True

        self.jobs.start("warm up", lambda: "", work, done, self.session.failed.emit, quiet=True)

    def go_when_built(self, name: str) -> None:
        """Go to a place, after what is left of building it; the window answers in between."""
        if name in self._pages:
            self.go(name)
            return
        if self._is_warm or not self._is_warming:
            self._build(name)
        QTimer.singleShot(1, self, lambda: self.go_when_built(name))

    def _polish(self) -> bool:
        """Let the style have a look at some more parts that were not shown yet; False if there are none left."""
        parts = self.stack.findChildren(QWidget)
        waiting = [part for part in parts if not part.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)]
        for part in waiting[:_POLISHED_AT_ONCE]:
            part.ensurePolished()
        return bool(waiting)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to prepare as soon as the window is painted and answers."""
        super().showEvent(event)
        self._preparing.start()

    def go(self, name: str) -> None:
        """Go to a place."""
        page = self.page(name)
        if isinstance(page, StartPage):
            page.show_recent()
        self.stack.setCurrentWidget(page)
        self.rail.show_page(name)

    def open(self, paths: Sequence[Path]) -> None:
        """Open files, and remember them."""
        if not paths:
            return
        if len(paths) == 1 and paths[0].suffix == ENDING:
            self.session.case.open_remembered(paths[0], lambda: self.doer.ask_case(paths[0]))
            return
        self.message.clear()
        for path in paths:
            self.settings.remember(path.resolve())
        self.session.open(paths)

    def _opened(self) -> None:
        self.message.clear()
        self._tell_file()
        # In a turn of its own: what the pages show and what the window paints anew need not halt it together.
        QTimer.singleShot(1, self, lambda: self.go_when_built(CHILDREN if self.session.is_open else START))

    def _tell_file(self) -> None:
        names = self._file_names()
        told = names[0] if len(names) == 1 else tr("{count} filer", count=len(names)) if names else ""
        self.header.show_file(told)
        self.setWindowTitle(f"{told} – LDBU Desktop" if told else "LDBU Desktop")

    def _file_names(self) -> list[str]:
        session = self.session
        if session.is_filled:
            path = session.case.path
            return [without_cpr(path.name) if path else tr("Prøve, gemmes ikke")]
        return [without_cpr(source.name) for source in (session.journal.sources if session.is_open else ())]

    def choose_language(self, language: Language) -> None:
        """Say everything in another language."""
        if language is not chosen():
            choose(language)
            self.settings.language = language
            self.live.refresh()

    def choose_look(self, look: Look) -> None:
        """Draw everything in other colours."""
        self.settings.look = look
        self._dress(look)

    def _follow_system(self) -> None:
        if self.settings.look is Look.SYSTEM:
            self._dress(Look.SYSTEM)

    def _dress(self, look: Look) -> None:
        dress(cast(QApplication, QApplication.instance()), look)
        self.live.refresh()

    def _mark_choices(self) -> None:
        """Tick the language and the look in use in the menus, and draw the button that switches."""
        self.actions_["danish"].setChecked(chosen() is Language.DANISH)
        self.actions_["english"].setChecked(chosen() is Language.ENGLISH)
        for look in Look:
            self.actions_[f"look-{look}"].setChecked(self.settings.look is look)
        self.header.show_look(is_dark())

    def choose_files(self) -> None:
        """Ask which files to open."""
        tables = tr("Journaleksport (*.xlsx *.csv)")
        bundles = tr("Afleveringsrapporter (*.json *.ndjson *.zip)")
        everything = tr("Alle filer (*)")
        both = tr("Alt, der kan åbnes (*.xlsx *.csv *.json *.ndjson *.zip)")
        filters = ";;".join((both, tables, bundles, everything))
        names, _ = QFileDialog.getOpenFileNames(self, tr("Åbn filer"), "", filters)
        self.open([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask which folder to open."""
        if name := QFileDialog.getExistingDirectory(self, tr("Åbn mappe")):
            self.open([Path(name)])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the files that were dropped."""
        self.open([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is filled and remember how the window was, then stop all work."""
        page = cast("ChildrenPage | None", self._pages.get(CHILDREN))
        if page is not None and self.session.is_filled:
            page.filling.settle()
        if not self.session.case.is_saved and not self._gives_up():
            event.ignore()
            return
        self.session.case.leave()
        self._preparing.stop()
        self.settings.keep_state("window", self.saveGeometry())
        if page is not None:
            page.keep()
        self.jobs.close()
        for timer in self.findChildren(QTimer):
            timer.stop()
        super().closeEvent(event)

    def _gives_up(self) -> bool:
        """Ask whether what could not be saved is given up; what kept it from being saved stands in the message."""
        asked = QMessageBox(self)
        asked.setObjectName("unsaved")
        asked.setIcon(QMessageBox.Icon.Warning)
        asked.setText(tr("Det sidste, du har udfyldt, kunne ikke gemmes."))
        asked.setInformativeText(tr("Bliv i vinduet for at prøve igen, eller luk uden at gemme det."))
        stay = asked.addButton(tr("Bliv her"), QMessageBox.ButtonRole.RejectRole)
        close = asked.addButton(tr("Luk uden at gemme"), QMessageBox.ButtonRole.DestructiveRole)
        stay.setObjectName("unsavedStay")
        close.setObjectName("unsavedClose")
        asked.setDefaultButton(stay)
        asked.exec()
        return asked.clickedButton() is close
