"""A drawn part of the form that the keyboard stops at; all keys of the form leave it alike."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.ui.form.steps import is_tab


class KeyStop(QWidget):
    """``left`` tells that a key left it and which way, ``came`` that the keyboard is here."""

    left = Signal(int)
    came = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def event(self, event: QEvent) -> bool:
        """Tab leaves like the other keys."""
        if is_tab(event):
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw it as the one that has the keyboard, and tell that."""
        super().focusInEvent(event)
        self.update()
        self.came.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Draw it as left."""
        super().focusOutEvent(event)
        self.update()
