"""The window's keys stay the window's, also where the keyboard is in a line of text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN, DELIVERY


def test_the_page_of_deliveries_is_gone_to_from_a_line(opened: MainWindow, qtbot: QtBot) -> None:
    opened.pages.go(CHILDREN)
    line = opened.findChild(QLineEdit, "treeSearch")
    assert line is not None
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClick(line, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert opened.pages.shown is opened.pages.page(DELIVERY)


def test_undo_is_the_window_s_where_nothing_was_typed(opened: MainWindow, qtbot: QtBot) -> None:
    """And the line's own as long as something was."""
    opened.pages.go(CHILDREN)
    line, session = opened.findChild(QLineEdit, "treeSearch"), opened.session
    assert line is not None
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    session.edit(Where("B1", "K1", field="visit.type"), "Etableringsbesøg")
    assert len(session.work.steps.done) == 1
    qtbot.keyClicks(line, "x")
    assert line.isUndoAvailable()
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (line.text(), len(session.work.steps.done)) == ("", 1)
    again = QKeySequence.keyBindings(QKeySequence.StandardKey.Redo)[0][0]
    qtbot.keyClick(line, again.key(), again.keyboardModifiers())
    assert (line.text(), len(session.work.steps.done)) == ("x", 1)
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(session.work.steps.done) == 0
    line.setFocus()
    redo = opened.actions_["redo"].shortcut()[0]
    qtbot.keyClick(line, redo.key(), redo.keyboardModifiers())
    assert len(session.work.steps.done) == 1
