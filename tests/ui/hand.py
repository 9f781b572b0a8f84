"""What several tests do at a window, and read of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.main_window import MainWindow


def activate(window: MainWindow, qtbot: QtBot) -> None:
    """Give the window the keyboard; without a window manager it must be asked for and waited for."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def announcements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is given to say from now on, wherever the keyboard is."""
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    return said


def is_taken(window: MainWindow, data: QMimeData) -> bool:
    """Drag something over the window and let go of it, where the window takes it."""
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    enter.ignore()
    window.dragEnterEvent(enter)
    if enter.isAccepted():
        window.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    return enter.isAccepted()


def drop(window: MainWindow, *urls: QUrl) -> None:
    """Drag files, or what else has an address, into the window."""
    data = QMimeData()
    data.setUrls(urls)
    assert is_taken(window, data)


def dialog(window: MainWindow, name: str) -> QWidget:
    """The dialog that is open."""
    return next(one for one in window.findChildren(QWidget, name) if one.isVisible())


@contextmanager
def pressed_when_asked(name: str) -> Iterator[None]:
    """Press a button of the question that halts what is done within, however long it is until that is asked."""
    pressed: list[QPushButton] = []
    looking = QTimer(interval=20)

    def look() -> None:
        question = QApplication.activeModalWidget()
        button = question.findChild(QPushButton, name) if isinstance(question, QMessageBox) else None
        if button is not None:
            looking.stop()
            pressed.append(button)
            button.click()

    looking.timeout.connect(look)
    looking.start()
    yield
    looking.stop()
    assert pressed, f"nobody asked for {name}"


def texts(model: QAbstractItemModel, parent: QModelIndex | None = None) -> list[str]:
    """The first column of the rows below ``parent``."""
    within = parent or QModelIndex()
    return [str(model.index(row, 0, within).data()) for row in range(model.rowCount(within))]
