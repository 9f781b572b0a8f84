"""Which keys leave a field, and which way: the same in every field of the form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_STEPS = {
    Qt.Key.Key_Return: 1,
    Qt.Key.Key_Enter: 1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_Up: -1,
}
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)
_CONFIRMING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def step_of(event: QKeyEvent) -> int:
    """1 for a key that leaves the field forward, -1 for one that leaves it back, 0 for any other."""
    return _STEPS.get(Qt.Key(event.key()), 0) if event.modifiers() in _PLAIN else 0


def confirms(event: QKeyEvent) -> bool:
    """Whether a key says that what is proposed is right: Enter does, passing by does not."""
    return event.key() in _CONFIRMING and event.modifiers() in _PLAIN


def digit_of(event: QKeyEvent) -> str:
    """The digit that is typed; nothing for any other key."""
    text = event.text()
    return text if len(text) == 1 and text in "0123456789" and event.modifiers() in _PLAIN else ""
