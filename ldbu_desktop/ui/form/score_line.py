"""What a questionnaire's answers come to: the running sum, how complete it is, and its published marks as facts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.wrapped import WRAPPED, words_height
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

    def height_for(self, width: int) -> int:
        """A line for the sum, and what the words and the source of each mark need."""
        return scaled(_LINE) + sum(sum(_heights(mark, width - scaled(_BESIDE))) for mark in self.marks) + 2 * GRID

    def arrange(self, width: int) -> None:
        """There is nothing within it."""

    def begin(self, section: str) -> None:
        """Tell a screen reader the heading of the section that begins with it; nothing where none does."""
        self.setAccessibleDescription(section)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        painter.setFont(font(BODY, bold=True))
        painter.setPen(colour("text"))
        painter.drawText(QRect(0, 0, self.width(), scaled(_LINE)), Qt.AlignmentFlag.AlignVCenter, self._words)
        top, width = scaled(_LINE), self.width() - scaled(_BESIDE)
        for text, source in self.marks:
            told, cited = _heights((text, source), width)
            painter.drawPixmap(QPoint(0, top + 3), pixmap("check", "check", _ICON))
            painter.setFont(font(BODY))
            painter.setPen(colour("check"))
            painter.drawText(QRect(scaled(_BESIDE), top, width, told), WRAPPED, text)
            painter.setFont(font(SMALL))
            painter.setPen(colour("muted"))
            painter.drawText(QRect(scaled(_BESIDE), top + told, width, cited), WRAPPED, source)
            top += told + cited
        painter.end()


def _heights(mark: tuple[str, str], width: int) -> tuple[int, int]:
    text, source = mark
    return words_height(text, BODY, width, scaled(_LINE)), words_height(source, SMALL, width, scaled(_CITED))
