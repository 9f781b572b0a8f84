"""A line in which may be typed what nobody else is to read: it is readable only while the keyboard is in the line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QFocusEvent

from ldbu_desktop.ui.kit.text_line import TextLine


class CoveringLine(TextLine):
    """``cover`` says how a text is shown elsewhere; ``typed`` is what was typed, covered or not.

    Nobody hears that it is covered, since nothing else is meant.
    """

    def __init__(self, cover: Callable[[str], str] = str) -> None:
        super().__init__()
        self._cover = cover
        self._covered: str | None = None
        self.textChanged.connect(self._forget)

    @property
    def typed(self) -> str:
        """What was typed."""
        return self.text() if self._covered is None else self._covered

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show what was typed to who goes on with it."""
        if self._covered is not None:
            self._put(self._covered)
            self._covered = None
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Cover what was typed; its own menu or list does not take the keyboard from it."""
        super().focusOutEvent(event)
        typed = self.text()
        if event.reason() != Qt.FocusReason.PopupFocusReason and (shown := self._cover(typed)) != typed:
            self._put(shown)
            self._covered = typed

    def _put(self, text: str) -> None:
        with QSignalBlocker(self):
            self.setText(text)

    def _forget(self) -> None:
        self._covered = None
