"""Buttons within a field of the form, and the way between its parts: Tab goes through them, Enter passes them by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ldbu_desktop.ui.form.steps import confirms, is_tab, step_of, way_of


class InnerButton(QPushButton):
    """Enter and space press it; ``left`` tells that another key left it, and which way, ``came`` that it is here."""

    left = Signal(int)
    came = Signal()

    def __init__(self, name: str, owner: QWidget, kind: str = "link") -> None:
        super().__init__(owner)
        self.setObjectName(name)
        self.setProperty("kind", kind)

    def event(self, event: QEvent) -> bool:
        """Tab leaves like the other keys."""
        if is_tab(event):
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it, or go on."""
        if confirms(event):
            self.click()
        elif by := step_of(event):
            self.left.emit(by)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that it is looked at."""
        super().focusInEvent(event)
        self.came.emit()


def went_within(parts: Sequence[QWidget], part: QWidget, by: int) -> bool:
    """Give the keyboard to the next of ``parts`` that is shown; False where there is none that way."""
    shown = [one for one in parts if not one.isHidden() or one is part]
    at = shown.index(part) + way_of(by)
    if not 0 <= at < len(shown):
        return False
    shown[at].setFocus(Qt.FocusReason.TabFocusReason if by > 0 else Qt.FocusReason.BacktabFocusReason)
    return True
