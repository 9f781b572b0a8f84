"""F1 in dialogs: while one is open the keys of the window rest, and so each has that key itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

_NAME: Final = "helpKey"


class HelpKey(QObject):
    """Gives each dialog of a window that gets the keyboard the key, Qt's own included; ``show`` gets the dialog."""

    def __init__(self, show: Callable[[QDialog], object], window: QWidget) -> None:
        super().__init__(window)
        self._show, self._window = show, window
        cast(QGuiApplication, QGuiApplication.instance()).focusWindowChanged.connect(self._reach)

    def _reach(self) -> None:
        dialog = QApplication.activeWindow()
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        if (
            not isinstance(dialog, QDialog)
            or not _is_of(self._window, dialog)
            or dialog.findChild(QShortcut, _NAME, direct)
        ):
            return
        key = QShortcut(QKeySequence(Qt.Key.Key_F1), dialog)
        key.setObjectName(_NAME)
        key.activated.connect(partial(self._show, dialog))


def _is_of(window: QWidget, part: QWidget) -> bool:
    """Whether a part belongs to a window, in whatever dialog of it."""
    above: QWidget | None = part
    while above is not None and above is not window:
        above = above.parentWidget()
    return above is window
