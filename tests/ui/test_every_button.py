"""Enter presses whichever button has the keyboard, and the keys of the panes fold those of the page one is on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.form.case_dialog import NEW, OPEN, CaseDialog
from ldbu_desktop.ui.form.inner_button import InnerButton
from ldbu_desktop.ui.inspector.accept_dialog import AcceptDialog
from ldbu_desktop.ui.kit.buttons import CheckBox, PushButton, RadioButton, ToolButton
from ldbu_desktop.ui.leaving import LeavingDialog
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.mending.dialog import MendingDialog
from ldbu_desktop.ui.page import INSPECTOR, TREE
from ldbu_desktop.ui.pages import PAGES
from ldbu_desktop.ui.receipt import ReceiptDialog
from ldbu_desktop.use_cases.receipt import ReceiptPage
from tests.profiles import each
from tests.ui.hand import activate
from tests.ui.test_every_page_afar import columns_and_reports, exercises, filled_case, filled_pages, settle


class Presses:
    """Buttons that were pressed; what they do is not done, so that the window stays as it is."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._pressed: list[QAbstractButton] = []
        self._patch = monkeypatch

    def deaf(self, whole: QWidget) -> list[str]:
        """The names of the buttons within ``whole`` that take the keyboard and that Enter does not press."""
        buttons = [one for one in whole.findChildren(QAbstractButton) if not _is_tick_of_dialog(one, whole)]
        with self._patch.context() as patch:
            for kind in (PushButton, ToolButton, InnerButton, CheckBox, RadioButton):
                patch.setattr(kind, "click", lambda button: self._pressed.append(button), raising=False)
            return [button.objectName() for button in buttons if self._takes_keyboard(button) and self._is_deaf(button)]

    def _takes_keyboard(self, button: QAbstractButton) -> bool:
        return button.isVisible() and button.isEnabled() and bool(button.focusPolicy() & Qt.FocusPolicy.TabFocus)

    def _is_deaf(self, button: QAbstractButton) -> bool:
        button.setFocus(Qt.FocusReason.TabFocusReason)
        if not button.hasFocus():
            return True
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pressed.clear()
            QTest.keyClick(button, key)
            if self._pressed != [button]:
                return True
        return False


def _is_tick_of_dialog(button: QAbstractButton, whole: QWidget) -> bool:
    """There Enter does what the dialog is for."""
    return isinstance(whole, QDialog) and isinstance(button, QCheckBox)


@pytest.fixture
def presses(monkeypatch: pytest.MonkeyPatch) -> Presses:
    """What Enter presses."""
    return Presses(monkeypatch)


def dialogs(window: MainWindow) -> Iterator[QDialog]:
    """The dialogs that actions open, one at a time."""
    for action in ("keys", "manual", "glossary", "commands", "about"):
        window.actions_[action].trigger()
        yield next(one for one in window.findChildren(QDialog) if one.isVisible())
    for mode in (NEW, OPEN):
        dialog = CaseDialog(window.session, window.commands.files.opening, window.settings, window, mode)
        dialog.show()
        yield dialog
    yield from questions(window)


def questions(window: MainWindow) -> Iterator[QDialog]:
    """The dialogs that ask about what is open."""
    session, findings = window.session, window.session.findings
    assert findings is not None
    acceptable = [one for one in findings.all if session.work.may_accept(one)]
    for made in (
        MendingDialog(session, findings.all[:1], window),
        AcceptDialog(session, window.settings, acceptable, window),
        *(LeavingDialog(1, lambda _what: None, window, can_keep=can_keep) for can_keep in (True, False)),
        ReceiptDialog(ReceiptPage(Path(), "Kvittering", "", ()), lambda *_: None, lambda _: None, window),
    ):
        made.show()
        yield made


def test_enter_presses_every_button_of_every_page_and_dialog(
    opened: MainWindow, qtbot: QtBot, presses: Presses
) -> None:
    window = opened
    activate(window, qtbot)
    found: dict[str, list[str]] = {}
    for page in PAGES:
        window.pages.go(page.id)
        settle(window, qtbot)
        if deaf := presses.deaf(window):
            found[page.id] = deaf
    for dialog in dialogs(window):
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        if deaf := presses.deaf(dialog):
            found[dialog.objectName()] = deaf
        dialog.close()
    assert found == {}


@pytest.mark.parametrize("walk", each([columns_and_reports, filled_pages, exercises], 1))
def test_enter_presses_every_button_of_whatever_a_page_shows(
    opened: MainWindow,
    qtbot: QtBot,
    presses: Presses,
    tmp_path: Path,
    walk: Callable[[MainWindow, QtBot, Path], Iterator[str]],
) -> None:
    activate(opened, qtbot)
    found: dict[str, list[str]] = {}
    for state in walk(opened, qtbot, tmp_path):
        settle(opened, qtbot)
        if deaf := presses.deaf(opened):
            found[state] = deaf
    assert found == {}


def test_enter_presses_every_button_of_a_form(window: MainWindow, qtbot: QtBot, presses: Presses) -> None:
    activate(window, qtbot)
    found: dict[str, list[str]] = {}
    for state in filled_case(window, qtbot):
        settle(window, qtbot)
        if deaf := presses.deaf(window):
            found[state] = deaf
    assert found == {}


def test_a_button_of_qt_alone_would_be_found(qtbot: QtBot, presses: Presses) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    made = QPushButton(whole)
    made.setObjectName("plain")
    whole.show()
    qtbot.waitExposed(whole)
    whole.activateWindow()
    qtbot.waitUntil(whole.isActiveWindow)
    assert presses.deaf(whole) == ["plain"]


def test_the_keys_of_the_panes_are_about_the_page_one_is_on(opened: MainWindow, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    for page in PAGES:
        opened.pages.go(page.id)
        shown = opened.pages.shown
        assert shown is not None
        for key, pane in ((Qt.Key.Key_B, TREE), (Qt.Key.Key_I, INSPECTOR)):
            before = shown.has_pane(pane)
            for is_back in (False, True):
                QTest.keyClick(QApplication.focusWidget() or opened, key, Qt.KeyboardModifier.ControlModifier)
                assert opened.pages.shown is shown
                is_turned = pane in shown.sides and not is_back
                assert shown.has_pane(pane) is (before != is_turned), (page.id, pane)
