"""Which keys leave a field, and which way: the same in every field of the form."""

from __future__ import annotations

from typing import TypeGuard

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

_STEPS = {
    Qt.Key.Key_Return: 1,
    Qt.Key.Key_Enter: 1,
    Qt.Key.Key_Tab: 2,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Backtab: -2,
    Qt.Key.Key_Up: -1,
}
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)
_CONFIRMING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def step_of(event: QKeyEvent) -> int:
    """1 for a key that goes on to the next field to be filled, -1 for one that goes back, 0 for any other.

    Tab goes to every field, also to those that are passed by: 2 and -2.
    """
    return _STEPS.get(Qt.Key(event.key()), 0) if event.modifiers() in _PLAIN else 0


def is_tab(event: QEvent) -> TypeGuard[QKeyEvent]:
    """Whether an event is Tab or Shift+Tab, which Qt takes for itself before a field sees it."""
    return (
        event.type() == QEvent.Type.KeyPress
        and isinstance(event, QKeyEvent)
        and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
    )


def confirms(event: QKeyEvent) -> bool:
    """Whether a key says that what is proposed is right: Enter does, passing by does not."""
    return event.key() in _CONFIRMING and event.modifiers() in _PLAIN


def key_typed(event: QKeyEvent) -> str:
    """The digit or letter that is typed, letters as capitals; nothing for any other key."""
    text = event.text().upper()
    return text if len(text) == 1 and text.isalnum() and event.modifiers() in _PLAIN else ""


def digit_of(event: QKeyEvent) -> str:
    """The digit that is typed; nothing for any other key."""
    typed = key_typed(event)
    return typed if typed and typed in "0123456789" else ""


def way_of(by: int) -> int:
    """1 for forward and -1 for back, however a field was left."""
    return 1 if by > 0 else -1
