"""A line to search with: it waits for a pause in typing, so that nothing is searched for that is still being typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ldbu_desktop.ui.icons import icon
from ldbu_desktop.ui.kit.covering_line import CoveringLine
from ldbu_desktop.ui.retranslation import Retranslation

_PAUSE = 150
"""Milliseconds without a key before the search is done."""


class SearchLine(CoveringLine):
    """``searched`` tells, after a pause or at once when Enter is pressed, that something else is looked for."""

    searched = Signal()

    def __init__(
        self,
        name: str,
        live: Retranslation,
        hint: Callable[[], str],
        title: Callable[[], str],
        cover: Callable[[str], str] = str,
    ) -> None:
        super().__init__(cover)
        self.setClearButtonEnabled(True)
        self.setObjectName(name)
        live.say(self.setPlaceholderText, hint)
        live.name(self, title)
        mark = self.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        live.draw(mark, "search", "muted")
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.setObjectName("searching")
        self._pause.timeout.connect(self.searched)
        self.textChanged.connect(lambda _text: self._pause.start())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the line's own: it does nothing to what the keyboard goes to by it. Esc looks for nothing more."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.settle()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()

    def settle(self) -> None:
        """Search now for what is waited with."""
        if self._pause.isActive():
            self._pause.stop()
            self.searched.emit()

    def take_keyboard(self) -> None:
        """Let the user type what to look for."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
