"""Enter presses whatever button has the keyboard, once for each time that it is pressed down."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.kit.buttons import PushButton, ToolButton
from ldbu_desktop.ui.kit.widgets import button
from ldbu_desktop.ui.retranslation import Retranslation


@pytest.mark.parametrize("kind", [PushButton, ToolButton])
def test_enter_presses_it(qtbot: QtBot, kind: type[PushButton] | type[ToolButton]) -> None:
    made = kind()
    qtbot.addWidget(made)
    pressed: list[bool] = []
    made.clicked.connect(lambda: pressed.append(True))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(made, key)
    assert len(pressed) == 3
    QTest.keyClick(made, Qt.Key.Key_A)
    QTest.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(made, held)
    assert len(pressed) == 3
    made.setEnabled(False)
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert len(pressed) == 3


@pytest.mark.parametrize("kind", [PushButton, ToolButton])
def test_the_keyboard_stays_near_a_button_that_cannot_have_it_any_more(
    qtbot: QtBot, kind: type[PushButton] | type[ToolButton]
) -> None:
    """The button beside it is not pressed by who presses Enter once too often."""
    around = QWidget()
    qtbot.addWidget(around)
    first, beside = kind(around), kind(around)
    beside.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    first.clicked.connect(lambda: first.setEnabled(False))
    pressed: list[bool] = []
    beside.clicked.connect(lambda: pressed.append(True))
    around.show()
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)
    first.setFocus()
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget() or around, Qt.Key.Key_Return)
    assert (around.hasFocus(), pressed) == (True, [])
    first.setEnabled(True)
    first.setFocus()
    first.hide()
    assert around.hasFocus()
    beside.setFocus()
    QTest.keyClick(beside, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not None
    beside.setFocus()
    around.setEnabled(False)
    assert not beside.hasFocus()


def test_a_button_is_called_what_it_says_whatever_that_becomes(qtbot: QtBot) -> None:
    made = button("ret", Retranslation(), lambda: "Ret")
    qtbot.addWidget(made)
    heard = QAccessible.queryAccessibleInterface(made)
    assert heard.text(QAccessible.Text.Name) == "Ret"
    made.setText("Ret 5")
    assert heard.text(QAccessible.Text.Name) == "Ret 5"
