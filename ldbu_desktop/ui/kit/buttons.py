"""Buttons and ticks that Enter presses as space does, wherever they stand: Qt's own buttons do so in dialogs only.

A tick in a dialog is Qt's own: there Enter does what the dialog is for.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QRadioButton, QToolButton

from ldbu_desktop.ui.kit.model_index import AnyIndex

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def is_plain_enter(event: QKeyEvent) -> bool:
    """Whether a key is Enter, and nothing is held with it."""
    return event.key() in _ENTER and event.modifiers() in _PLAIN


def turn_tick(cell: AnyIndex) -> bool:
    """Set the tick of a cell, or take it away; False where it has none that a user sets."""
    if not cell.flags() & Qt.ItemFlag.ItemIsUserCheckable:
        return False
    is_on = Qt.CheckState(cell.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
    after = Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked
    return cell.model().setData(cell, after, Qt.ItemDataRole.CheckStateRole)


def pressed_by(event: QKeyEvent, button: QAbstractButton) -> bool:
    """Press ``button`` if the key is Enter, once for each time that it is pressed down; whether it was."""
    if not is_plain_enter(event):
        return False
    if not event.isAutoRepeat():
        button.click()
    return True


def _kept_near(button: QAbstractButton) -> bool:
    """Give what is around a button the keyboard, where it can't have it any more; whether that was so.

    Qt gives it to the next control, whatever that does: who presses Enter once too often would press that.
    """
    around = button.parentWidget()
    is_gone = button.isHidden() or not button.isEnabled()
    if not is_gone or around is None or not around.isVisible() or not around.isEnabled():
        return False
    around.setFocus(Qt.FocusReason.OtherFocusReason)
    return True


class PushButton(QPushButton):
    """A push button."""

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Leave the keyboard near where the button was."""
        return _kept_near(self) or super().focusNextPrevChild(is_next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it."""
        if not pressed_by(event, self):
            super().keyPressEvent(event)


class ToolButton(QToolButton):
    """A button that shows its icon only."""

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Leave the keyboard near where the button was."""
        return _kept_near(self) or super().focusNextPrevChild(is_next)

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
