"""A screen that is too small, as 1280 x 720 at 200 % is: all is there and read, and comes into sight by the keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.form.case_dialog import NEW, CaseDialog
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN, PAGES
from tests.profiles import each
from tests.ui.conftest import build_all_pages, open_and_wait
from tests.ui.hand import activate
from tests.ui.legible import illegible
from tests.ui.test_every_button import dialogs
from tests.ui.test_every_page_afar import columns_and_reports, exercises, filled_case, filled_pages, settle

ROOM = QSize(640, 360)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> MainWindow:
    """A window on a small screen, as large as that."""
    monkeypatch.setattr(QScreen, "availableSize", lambda _screen: ROOM)
    made: MainWindow = request.getfixturevalue("window")
    assert made.size() == ROOM
    return made


def seen(part: QWidget, within: QWidget, rect: QRect | None = None) -> bool:
    """Whether all of a part, or of a place in it, is to be seen in a view."""
    place = (rect or part.rect()).translated(part.mapTo(within, QPoint()))
    return within.rect().contains(place)


def view_of(whole: QWidget, name: str) -> QWidget:
    """What is seen of a scrolled whole."""
    view = whole.findChild(QScrollArea, name)
    assert view is not None
    return view.viewport()


def test_every_page_can_be_read(small: MainWindow, qtbot: QtBot, export: Path) -> None:
    open_and_wait(qtbot, small, export)
    build_all_pages(small)
    wrong: dict[str, list[str]] = {}
    for page in PAGES:
        small.pages.go(page.id)
        settle(small, qtbot)
        if found := cut(small):
            wrong[page.id] = found
    assert wrong == {}


def cut(window: MainWindow) -> list[str]:
    """What can't be read: of the rail the names are only said, and headings of columns are told in full by a tip."""
    return [one for one in illegible(window) if not one.startswith("rail/") and "Header: " not in one]


@pytest.mark.parametrize("walk", each([filled_pages, columns_and_reports, exercises], 1))
def test_whatever_a_page_shows_can_be_read(
    small: MainWindow,
    qtbot: QtBot,
    export: Path,
    tmp_path: Path,
    walk: Callable[[MainWindow, QtBot, Path], Iterator[str]],
) -> None:
    open_and_wait(qtbot, small, export)
    wrong: dict[str, list[str]] = {}
    for state in walk(small, qtbot, tmp_path):
        settle(small, qtbot)
        if found := cut(small):
            wrong[state] = found
    assert wrong == {}


def test_a_form_can_be_read(small: MainWindow, qtbot: QtBot) -> None:
    wrong: dict[str, list[str]] = {}
    for state in filled_case(small, qtbot):
        settle(small, qtbot)
        if found := cut(small):
            wrong[state] = found
    assert wrong == {}


def test_what_has_the_keyboard_is_within_sight(
    small: MainWindow, qtbot: QtBot, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_and_wait(qtbot, small, export)
    activate(small, qtbot)
    view = view_of(small, "windowView")
    last, first = small.header.language, small.rail.buttons[CHILDREN]
    assert not seen(last, view)
    with monkeypatch.context() as pressed:
        pressed.setattr(QApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
        last.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not seen(last, view)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    last.setFocus(Qt.FocusReason.TabFocusReason)
    assert seen(last, view)
    children = small.pages.page(CHILDREN)
    assert isinstance(children, ChildrenPage)
    overview = children.overview.table
    overview.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClick(overview, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert overview.currentIndex().row() > 0
    assert seen(overview.viewport(), view, overview.visualRect(overview.currentIndex()))
    small.commands.turn_projector()
    qtbot.waitUntil(lambda: not small.header.isVisible())
    assert small.centralWidget().widget().minimumSize() == QSize(1, 1)
    small.commands.turn_projector()


def test_every_dialog_is_within_the_screen_and_all_its_buttons_are_reached(
    small: MainWindow, qtbot: QtBot, export: Path
) -> None:
    open_and_wait(qtbot, small, export)
    for dialog in dialogs(small):
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        assert dialog.size().boundedTo(ROOM) == dialog.size(), dialog.objectName()
        for button in dialog.findChildren(QPushButton):
            if button.isVisible() and button.isEnabled():
                button.setFocus(Qt.FocusReason.TabFocusReason)
                assert seen(button, dialog), (dialog.objectName(), button.objectName())
        dialog.close()


def test_what_a_dialog_tells_is_within_sight(small: MainWindow, qtbot: QtBot) -> None:
    dialog = CaseDialog(small.session, small.commands.files.opening, small.settings, small, NEW)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.passphrase.setText("kort")
    dialog.go.click()
    QApplication.processEvents()
    assert dialog.told.text()
    assert seen(dialog.told, view_of(dialog, "dialogView"))
    assert isinstance(dialog, QDialog)
    dialog.close()
