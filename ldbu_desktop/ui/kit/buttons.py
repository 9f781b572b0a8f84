"""Buttons and ticks that Enter presses as space does, wherever they stand: Qt's own buttons do so in dialogs only.

A tick in a dialog is Qt's own: there Enter does what the dialog is for.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QRadioButton, QToolButton

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def is_plain_enter(event: QKeyEvent) -> bool:
    """Whether a key is Enter, and nothing is held with it."""
    return event.key() in _ENTER and event.modifiers() in _PLAIN


def pressed_by(event: QKeyEvent, button: QAbstractButton) -> bool:
    """Press ``button`` if the key is Enter, once for each time that it is pressed down; whether it was."""
    if not is_plain_enter(event):
        return False
    if not event.isAutoRepeat():
        button.click()
    return True


class PushButton(QPushButton):
    """A push button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it."""
        if not pressed_by(event, self):
            super().keyPressEvent(event)


class ToolButton(QToolButton):
    """A button that shows its icon only."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it."""
        if not pressed_by(event, self):
            super().keyPressEvent(event)


class CheckBox(QCheckBox):
    """A tick on a page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sets it, or takes it away."""
        if not pressed_by(event, self):
            super().keyPressEvent(event)


class RadioButton(QRadioButton):
    """One of several, of which one holds."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses it."""
        if not pressed_by(event, self):
            super().keyPressEvent(event)
