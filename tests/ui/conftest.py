"""Real windows on a small export with known faults. A test that leaves a thread, a timer, a job or a window fails.

A window of a test builds a page when it is gone to, and a key is made in fewer rounds: what the program does ahead, and
as slowly as it can, was more than half of all that these tests took. What tries just that asks for it.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ldbu_desktop.language import Language, choose
from ldbu_desktop.ui.application import start
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.file_commands import FileCommands
from ldbu_desktop.ui.jobs import Job, Jobs, Work
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN, PAGES, Pages
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.ui.theme import ColourScheme
from ldbu_desktop.work import Cancellation, Progress

T = TypeVar("T")

SHEETS = {
    "borgere": """borger_id;cpr;rolle;barn;sor;aktiv
B1;050520-9996;barn;;451000016003;ja
M1;291182-9996;forælder;B1;451000016003;ja
B2;050515-9995;barn;;451000016003;ja
""",
    "kontakter": """kontakt_id;borger_id;kontakttype;kontaktform;start;slut
K1;B1;Barselsbesøg;Hjemmebesøg;08-05-2020 10:30;08-05-2020 11:45
K2;B1;Almindelig forebyggende småbørnskontakt;Hjemmebesøg;18-08-2020 08:30;18-08-2020 09:00
K3;B2;Almindelig forebyggende skolebørnskontakt;Ambulant;04-10-2021 09:00;04-10-2021 09:40
""",
    "observationer": """kontakt_id;borger_id;variabel;værdi;enhed
K1;;Vægt;tre kilo;g
K1;;Forældre-barn-relation;Velfungerende forældre-barn-relation;
K1;;Ernæring;Ammes primært;
K2;;Vægt;5250;g
K2;;Søvn;Søvn med normale variationer;
K3;;Vægt;21400;g
""",
}
"""One rejected visit (K1: the weight can't be read) and two that are ready."""


def _jobs_running(qapp: QApplication) -> list[str]:
    """The lines of all jobs that run, in windows of whatever test."""
    return [job.line for widget in qapp.topLevelWidgets() for jobs in widget.findChildren(Jobs) for job in jobs.running]


@pytest.fixture(autouse=True)
def nothing_left_running(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a thread or a timer running, or a window."""
    before = set(threading.enumerate())
    choose(Language.DANISH)
    yield
    choose(Language.DANISH)
    timers = [
        f"{widget.objectName()}: {timer.objectName()}"
        for widget in qapp.topLevelWidgets()
        if not widget.isVisible()
        for timer in widget.findChildren(QTimer)
        if timer.isActive() and not timer.objectName().startswith("qt_")
    ]
    assert not timers
    assert not _jobs_running(qapp)
    # Threads of Qt's pool are known to Python only as dummies; that none of them works is asked just above.
    begun = {thread for thread in set(threading.enumerate()) - before if type(thread).__name__ != "_DummyThread"}
    for thread in begun:
        thread.join(30)  # The keyring answers in its own time, also when nobody waits for it any more.
    assert not {thread for thread in begun if thread.is_alive()}
    # What the test has done with goes now, and begins nothing in the next one while it waits to be deleted.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # One that is left would still answer, and what was asked of the next window be told by it.
    assert not [one for one in qapp.topLevelWidgets() if isinstance(one, MainWindow)]


@pytest.fixture
def pages_ahead() -> bool:
    """Whether a window builds its pages before they are gone to; a test parametrizes it where that is what it tries."""
    return False


@pytest.fixture(autouse=True)
def measured_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measure coverage in jobs too: Python tells only the threads that it begins itself, and not Qt's, what traces."""
    start = Jobs.start

    def started(jobs: Jobs, line: str, words: Callable[[], str], work: Work[T], *to: Any, **how: Any) -> Job:
        def traced(progress: Progress, cancellation: Cancellation) -> T:
            sys.settrace(threading.gettrace())
            try:
                return work(progress, cancellation)
            finally:
                sys.settrace(None)

        return start(jobs, line, words, traced, *to, **how)

    monkeypatch.setattr(Jobs, "start", started)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of this test only."""
    made = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    made.look = ColourScheme.LIGHT
    return made


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A folder with a small export."""
    folder = tmp_path / "export"
    folder.mkdir()
    for name, text in SHEETS.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, settings: Settings, pages_ahead: bool, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """A window that is shown."""
    if not pages_ahead:
        monkeypatch.setattr(Pages, "prepare", lambda pages: iter(()))
    made = start(qapp, settings)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    monkeypatch.setattr(FileCommands, "must_ask", False)  # nobody is there to be asked
    monkeypatch.setattr(Pages, "unsaved", lambda pages: {})
    made.close()
    made.deleteLater()


def open_and_wait(qtbot: QtBot, window: MainWindow, *paths: Path) -> None:
    """Open files and wait until they are read and checked."""
    with qtbot.waitSignal(window.session.judged, timeout=20_000):
        window.open(list(paths))
    qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=20_000)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.pages.page(CHILDREN))
    shown = cast(ChildrenPage, window.pages.page(CHILDREN)).inspector.causes
    qtbot.waitUntil(lambda: shown.causes == window.session.work.causes())
    QApplication.processEvents()


def settle_facets(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the facets have counted what was done."""
    counting = cast(ChildrenPage, window.pages.page(CHILDREN)).tree_pane.findChild(QTimer, "countingAgain")
    assert counting is not None
    qtbot.waitUntil(lambda: not counting.isActive() and not window.jobs.is_busy(), timeout=10_000)


def build_all_pages(window: MainWindow) -> None:
    """Build every page, for what is tried of all of them."""
    for page in PAGES:
        window.pages.page(page.id)


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, export: Path) -> MainWindow:
    """A window with the export open and checked."""
    open_and_wait(qtbot, window, export)
    return window


@pytest.fixture
def session(opened: MainWindow) -> Session:
    """The session of a window with the export open."""
    return opened.session


@pytest.fixture
def page(opened: MainWindow) -> ChildrenPage:
    """The page of children and visits with the export open."""
    made = opened.pages.page("children")
    assert isinstance(made, ChildrenPage)
    return made
