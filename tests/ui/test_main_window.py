"""The window around the pages: its dialogs, language and colours, the names of its controls, files dropped on it."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QSettings, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QAccessible, QScreen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ldbu_desktop.faults import FileFault
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language, tr
from ldbu_desktop.ui.application import start
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.children.tree_model import VisitFilter
from ldbu_desktop.ui.form.inner_button import InnerButton
from ldbu_desktop.ui.history.page import HistoryPage
from ldbu_desktop.ui.kit.buttons import PushButton, ToolButton
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.page import INSPECTOR, TREE
from ldbu_desktop.ui.pages import HISTORY, PAGES, PRACTICE, START
from ldbu_desktop.ui.session import OPEN
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.ui.theme import ColourScheme
from tests.profiles import each
from tests.ui.conftest import build_all_pages
from tests.ui.hand import activate, dialog, drop, is_taken


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 3_000_000)


UNREADABLE: dict[str, Callable[[Path], object]] = {
    "tom.csv": Path.touch,
    "støj.xlsx": lambda path: path.write_bytes(bytes(range(256)) * 16),
    "bombe.xlsx": _bomb,
    "tom mappe": Path.mkdir,
    "væk.xlsx": lambda path: None,
    "ring.csv": lambda path: path.symlink_to(path),
    "rør.csv": lambda path: os.mkfifo(path),
    f"{'lang' * 80}.csv": lambda path: None,
    "sag.ldbu": lambda path: path.write_bytes(b"ingen sag"),
}
"""Files that nobody can read, by their names: how each is made."""


class _ShownAsWindows(QObject):
    """What is shown as a window of its own, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.found.append(watched)
        return False


def test_no_part_is_shown_as_a_window_before_it_has_its_place(
    qapp: QApplication, qtbot: QtBot, settings: Settings
) -> None:
    shown = _ShownAsWindows()
    qapp.installEventFilter(shown)
    window = start(qapp, settings)
    with qtbot.waitExposed(window):
        window.show()
    build_all_pages(window)
    qapp.removeEventFilter(shown)
    assert shown.found == [window]
    window.close()
    window.deleteLater()


def test_files_that_are_dropped_are_opened(window: MainWindow, qtbot: QtBot, export: Path) -> None:
    with qtbot.waitSignal(window.session.judged, timeout=20_000):
        drop(window, QUrl.fromLocalFile(str(export)), QUrl("https://eksempel.dk/x.csv"))
    qtbot.waitUntil(lambda: not window.jobs.is_busy())
    assert "3 kontakter" in window.status.state.text()
    assert window.settings.recent == [export]


def test_what_is_no_file_here_is_told_and_words_are_not_taken(window: MainWindow) -> None:
    drop(window, QUrl("https://eksempel.dk/x.csv"))
    assert window.message.isVisible()
    assert not window.jobs.is_busy(OPEN)
    words = QMimeData()
    words.setText("x")
    assert not is_taken(window, words)


def test_a_note_stays_on_the_page_that_it_is_about_and_what_went_wrong_is_there_until_it_is_closed(
    opened: MainWindow, tmp_path: Path
) -> None:
    opened.session.wrote.emit(lambda: "Gemt.", tmp_path / "a.pdf")
    opened.actions_["page-children"].trigger()  # where one is
    assert opened.message.isVisible()
    opened.actions_["page-deadlines"].trigger()
    assert not opened.message.isVisible()
    opened.session.failed.emit(FileFault("file-not-found", file="a.csv"))
    opened.actions_["page-children"].trigger()
    assert opened.message.isVisible()
    opened.session.noted.emit(lambda: "Det her gik tabt.")
    opened.actions_["page-deadlines"].trigger()
    assert opened.message.isVisible()
    opened.message.close_.click()
    assert not opened.message.isVisible()


@pytest.mark.parametrize("name", each([*UNREADABLE], 3))
def test_a_file_that_cannot_be_read_is_told_wherever_it_comes_from_and_is_no_recent_file(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    UNREADABLE[name](path)
    for bring in (
        lambda: drop(window, QUrl.fromLocalFile(str(path))),
        lambda: window.open([path]),  # as a recent file is
    ):
        window.message.clear()
        bring()
        qtbot.waitUntil(window.message.isVisible, timeout=20_000)
        qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=20_000)
        assert path.name in window.message.text.text()
        assert not window.session.is_open
        assert window.settings.recent == []


def test_the_keyboard_is_in_the_page_from_the_start(window: MainWindow, qtbot: QtBot) -> None:
    activate(window, qtbot)
    assert window.focusWidget().objectName() == "doorExport"
    window.actions_["page-history"].trigger()
    assert window.focusWidget().objectName() == "historyFolder"


def test_what_is_remembered_is_written_when_the_window_is_closed(
    qapp: QApplication, settings: Settings, tmp_path: Path
) -> None:
    window = start(qapp, settings)
    window.close()
    window.deleteLater()
    kept = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    assert settings.state("window") is not None
    assert kept.value("state/window") == settings.state("window")


def test_the_window_is_no_larger_than_the_screen(
    qapp: QApplication, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = QSize(960, 500)  # of a screen of 1920 x 1080 at 200 %, beside a bar of the system's
    monkeypatch.setattr(QScreen, "availableSize", lambda _screen: room)
    window = start(qapp, settings)
    assert window.size() == window.minimumSize() == room
    window.close()
    window.deleteLater()


def test_a_file_is_dropped_where_it_is_wanted(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.pages.go(HISTORY)
    page = window.pages.page(HISTORY)
    assert isinstance(page, HistoryPage)
    drop(window, QUrl.fromLocalFile(str(tmp_path)))
    qtbot.waitUntil(lambda: page.history is not None, timeout=20_000)
    assert not window.session.is_open


def test_a_page_that_is_waited_for_is_not_built_once_the_window_has_closed(window: MainWindow, qtbot: QtBot) -> None:
    window.pages.go_soon(PRACTICE)
    window.close()
    qtbot.wait(1000)
    assert not window.pages.is_built(PRACTICE)
    assert window.pages.shown_id == START


@pytest.mark.parametrize("pages_ahead", [True], ids=["ahead"])
def test_the_other_pages_are_prepared_while_one_looks_at_the_first(window: MainWindow, qtbot: QtBot) -> None:
    preparing = window.findChild(QTimer, "preparing")
    assert preparing is not None
    qtbot.waitUntil(lambda: not preparing.isActive(), timeout=120_000)
    assert len(window.findChildren(QWidget, "page")) == len(PAGES)
    assert window.pages.currentWidget() is window.pages.page(START)


@pytest.mark.parametrize(("action", "name"), [("keys", "keySheet"), ("about", "about")])
def test_dialogs_open_and_close(opened: MainWindow, action: str, name: str) -> None:
    opened.actions_[action].trigger()
    shown = dialog(opened, name)
    shown.close()
    assert not shown.isVisible()


def test_language_and_colours_switch_while_all_is_open(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    build_all_pages(opened)
    opened.session.select(Where(visit="K1"))
    opened.header.language.click()
    assert opened.settings.language is Language.ENGLISH
    assert opened.actions_["english"].isChecked()
    assert page.visit_page.heading.text() == "Postnatal visit"
    assert opened.rail.buttons["children"].text() == "Children"
    assert opened.header.deliver.text() == "Deliver"
    opened.header.look.click()
    assert opened.settings.look is ColourScheme.DARK
    assert opened.actions_["look-dark"].isChecked()
    opened.actions_["look-light"].trigger()
    opened.actions_["look-system"].trigger()
    opened.actions_["danish"].trigger()
    assert page.visit_page.heading.text() == "Barselsbesøg"
    opened.actions_["look-light"].trigger()


def test_what_was_said_to_be_written_is_said_in_the_language_in_use(window: MainWindow, tmp_path: Path) -> None:
    window.session.wrote.emit(lambda: tr("Kortet er gemt."), tmp_path / "a.ldbumap")
    danish = window.message.text.text()
    window.commands.choose_language(Language.ENGLISH)
    english = window.message.text.text()
    assert tr("Kortet er gemt.") in english
    assert english != danish
    assert all(str(tmp_path / "a.ldbumap") in told for told in (danish, english))
    assert window.message.accessibleName() == english


def test_every_control_has_a_name_for_people_and_for_scripts(opened: MainWindow, page: ChildrenPage) -> None:
    build_all_pages(opened)
    opened.session.select(Where(visit="K1"))
    opened.actions_["keys"].trigger()
    opened.actions_["about"].trigger()
    unnamed, unspoken = [], []
    for widget in opened.findChildren(QWidget):
        is_inner = widget.objectName().startswith("qt_") or type(widget).__name__ in ("QWidget", "QFrame", "QSizeGrip")
        if is_inner and widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        inside = type(widget.parent()).__name__
        if type(widget).__name__ in ("QToolButton", "QMenu") and isinstance(widget.parent(), QLineEdit | QMenuBar):
            continue
        if type(widget).__name__ in ("QScrollBar", "QSplitterHandle", "QLineEditIconButton", "QStackedWidget"):
            continue
        if not widget.objectName():
            unnamed.append(f"{type(widget).__name__} in {inside} {widget.parent().objectName()}")
        can_be_used = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not isinstance(widget, QLabel)
        if can_be_used and not (widget.accessibleName() or getattr(widget, "text", str)()):
            unspoken.append(f"{type(widget).__name__} {widget.objectName()} in {widget.parent().objectName()}")
    assert "\n".join(unnamed) == ""
    assert "\n".join(unspoken) == ""


def test_every_button_is_pressed_by_enter(window: MainWindow) -> None:
    """What is a button of ours answers Enter; Qt's own parts, as the arrows of a menu bar, are not ours."""
    build_all_pages(window)
    ours = [made for made in window.findChildren(QAbstractButton) if made.focusPolicy() != Qt.FocusPolicy.NoFocus]
    pushed = [made for made in ours if isinstance(made, QPushButton | QToolButton)]
    assert len(pushed) > 50
    assert not [made.objectName() for made in pushed if not isinstance(made, PushButton | ToolButton | InnerButton)]


@pytest.mark.parametrize("page", each([page.id for page in PAGES], 3))
def test_the_panes_at_the_sides_are_those_of_the_page_one_is_on(opened: MainWindow, page: str) -> None:
    opened.pages.go(page)
    shown = opened.pages.shown
    assert shown is opened.pages.page(page)
    for action, pane in (("tree-pane", TREE), ("inspector", INSPECTOR)):
        assert opened.actions_[action].isEnabled() is (pane in shown.sides)
        before = shown.has_pane(pane)
        opened.actions_[action].trigger()
        assert opened.pages.shown is shown
        assert shown.has_pane(pane) is (before != (pane in shown.sides))
        assert opened.actions_[action].isChecked() is shown.has_pane(pane)


def test_places_and_segments_are_one_of_several_to_a_screen_reader(opened: MainWindow) -> None:
    page = cast(ChildrenPage, opened.pages.page("children"))
    of_rail = list(opened.rail.buttons.values())
    of_tree = [page.tree_pane.filter.button(each) for each in VisitFilter]
    for made in (*of_rail, *of_tree):
        interface = QAccessible.queryAccessibleInterface(made)
        assert interface.role() == QAccessible.Role.RadioButton
        assert interface.text(QAccessible.Text.Name)
    for several in (of_rail, of_tree):
        states = [QAccessible.queryAccessibleInterface(made).state() for made in several]
        assert sum(bool(state.checked) for state in states) == 1


def test_the_rail_is_gone_along_by_keys(opened: MainWindow, qtbot: QtBot) -> None:
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    opened.rail.buttons["children"].setFocus()
    qtbot.keyClick(opened.rail.buttons["children"], Qt.Key.Key_Down)
    assert opened.pages.currentWidget() is opened.pages.page("deadlines")
    opened.rail.buttons["burden"].setFocus()
    qtbot.keyClick(opened.rail.buttons["burden"], Qt.Key.Key_Return)
    assert opened.pages.currentWidget() is opened.pages.page("burden")
    qtbot.mouseClick(opened.rail.buttons["start"], Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert opened.pages.currentWidget() is opened.pages.page("start")
    qtbot.waitUntil(lambda: not opened.jobs.is_busy(), timeout=20_000)


def test_a_low_window_has_every_page_on_its_rail(window: MainWindow, qtbot: QtBot) -> None:
    buttons = [one for one in window.rail.buttons.values() if one.isVisible()]

    def stand_apart() -> bool:
        places = [one.geometry() for one in buttons]
        is_apart = all(above.bottom() < below.top() for above, below in pairwise(places))
        return is_apart and all(window.rail.rect().contains(place) for place in places)

    names = []
    for height in (window.minimumHeight(), 900):
        window.resize(window.minimumWidth(), height)
        qtbot.waitUntil(lambda height=height: window.height() == height)
        qtbot.waitUntil(stand_apart)
        names.append(buttons[0].height())
    assert names[0] < names[1]


def test_a_narrow_window_has_room_for_all_of_its_head(opened: MainWindow, qtbot: QtBot) -> None:
    opened.resize(opened.minimumSize())
    qtbot.waitUntil(lambda: opened.width() == opened.minimumWidth())
    header = opened.header
    assert header.minimumSizeHint().width() <= header.width()
