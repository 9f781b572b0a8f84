"""A line of text in the window: the window's own keys stay the window's, whatever the system has them do in a line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit


class TextLine(QLineEdit):
    """Leaves Ctrl+E to the window: on some systems it goes to the end of the line, as End does everywhere; and undo
    where nothing was typed that could be taken back."""

    def is_of_window(self, event: QKeyEvent) -> bool:
        """Whether a key is the window's, though the line could take it."""
        if event.matches(QKeySequence.StandardKey.Undo):
            return not self.isUndoAvailable()
        if event.matches(QKeySequence.StandardKey.Redo):
            return not self.isRedoAvailable()
        return event.key() == Qt.Key.Key_E and event.modifiers() == Qt.KeyboardModifier.ControlModifier

    def event(self, event: QEvent) -> bool:
        """Let go of what is the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.is_of_window(event):
            event.ignore()
            return False
        return super().event(event)
