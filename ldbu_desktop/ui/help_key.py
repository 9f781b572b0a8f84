"""F1 in dialogs: while one is open the keys of the window rest, and so each has that key itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog

_NAME: Final = "helpKey"


class HelpKey(QObject):
    """Gives each dialog that gets the keyboard the key, Qt's own dialogs included; ``show`` gets the dialog."""

    def __init__(self, show: Callable[[QDialog], object], parent: QObject) -> None:
        super().__init__(parent)
        self._show = show
        cast(QGuiApplication, QGuiApplication.instance()).focusWindowChanged.connect(self._reach)

    def _reach(self) -> None:
        dialog = QApplication.activeWindow()
        if not isinstance(dialog, QDialog) or dialog.findChild(
            QShortcut, _NAME, Qt.FindChildOption.FindDirectChildrenOnly
        ):
            return
        key = QShortcut(QKeySequence(Qt.Key.Key_F1), dialog)
        key.setObjectName(_NAME)
        key.activated.connect(partial(self._show, dialog))
