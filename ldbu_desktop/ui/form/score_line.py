"""What a questionnaire's answers come to: the running sum, how complete it is, and its published marks as facts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.drawn_words import draw_line, draw_wrapped
from ldbu_desktop.ui.kit.wrapped import words_height
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, colour, font, scaled

_LINE, _CITED = 6 * GRID, 4 * GRID
_ICON = 18
_BESIDE = _ICON + 2 * GRID
"""Where the words of a mark begin, beside its icon."""


class ScoreLine(QWidget):
    """Drawn, not filled: nothing here can be typed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._words = ""
        self.marks: tuple[tuple[str, str], ...] = ()

    def tell(self, words: str, marks: Sequence[tuple[str, str]]) -> bool:
        """Say how the sum stands, and each mark that is reached with its source; True if the marks are others now."""
        marks = tuple(marks)
        changed = marks != self.marks
        if (words, marks) != (self._words, self.marks):
            self._words, self.marks = words, marks
            self.setAccessibleName("; ".join((words, *(text for text, _ in marks))))
            self.update()
        return changed

    def arrange(self, width: int) -> int:
        """How high it needs to be: a line for the sum, and what the words and the source of each mark need."""
        return scaled(_LINE) + sum(sum(_heights(mark, width - scaled(_BESIDE))) for mark in self.marks) + 2 * GRID

    def begin(self, section: str) -> None:
        """Tell a screen reader the heading of the section that begins with it; nothing where none does."""
        self.setAccessibleDescription(section)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        painter.setPen(colour("text"))
        draw_line(painter, QRect(0, 0, self.width(), scaled(_LINE)), self._words, font(BODY, bold=True))
        top, width = scaled(_LINE), self.width() - scaled(_BESIDE)
        for text, source in self.marks:
            told, cited = _heights((text, source), width)
            painter.drawPixmap(QPoint(0, top + 3), pixmap("check", "check", _ICON))
            painter.setPen(colour("check"))
            draw_wrapped(painter, QRect(scaled(_BESIDE), top, width, told), text, font(BODY))
            painter.setPen(colour("muted"))
            draw_wrapped(painter, QRect(scaled(_BESIDE), top + told, width, cited), source, font(SMALL))
            top += told + cited
        painter.end()


def _heights(mark: tuple[str, str], width: int) -> tuple[int, int]:
    text, source = mark
    return words_height(text, BODY, width, scaled(_LINE)), words_height(source, SMALL, width, scaled(_CITED))
