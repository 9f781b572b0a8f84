"""What several tests do at a window, and read of it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.main_window import MainWindow


def activate(window: MainWindow, qtbot: QtBot) -> None:
    """Give the window the keyboard; without a window manager it must be asked for and waited for."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def dialog(window: MainWindow, name: str) -> QWidget:
    """The dialog that is open."""
    return next(one for one in window.findChildren(QWidget, name) if one.isVisible())


def texts(model: QAbstractItemModel, parent: QModelIndex | None = None) -> list[str]:
    """The first column of the rows below ``parent``."""
    within = parent or QModelIndex()
    return [str(model.index(row, 0, within).data()) for row in range(model.rowCount(within))]
