"""What a questionnaire's answers come to: the running sum, how complete it is, and its published marks as facts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, colour, font

_LINE = 6 * GRID
_ICON = 18


class ScoreLine(QWidget):
    """Drawn, not filled: nothing here can be typed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._words = ""
        self._marks: tuple[tuple[str, str], ...] = ()

    def tell(self, words: str, marks: Sequence[tuple[str, str]]) -> bool:
        """Say how the sum stands, and each mark that is reached with its source; True if the height changed."""
        marks = tuple(marks)
        changed = len(marks) != len(self._marks)
        if (words, marks) != (self._words, self._marks):
            self._words, self._marks = words, marks
            self.setAccessibleName("; ".join((words, *(text for text, _ in marks))))
            self.update()
        return changed

    def height_for(self, width: int) -> int:
        """A line for the sum, and two for each mark."""
        return _LINE + len(self._marks) * (_LINE + 4 * GRID) + 2 * GRID

    def arrange(self, width: int) -> None:
        """There is nothing within it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        painter.setFont(font(BODY, bold=True))
        painter.setPen(colour("text"))
        painter.drawText(QRect(0, 0, self.width(), _LINE), Qt.AlignmentFlag.AlignVCenter, self._words)
        top = _LINE
        for text, source in self._marks:
            painter.drawPixmap(QPoint(0, top + 3), pixmap("check", "check", _ICON))
            room = QRect(_ICON + 2 * GRID, top, self.width() - _ICON - 2 * GRID, _LINE)
            painter.setFont(font(BODY))
            painter.setPen(colour("check"))
            told = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, told)
            painter.setFont(font(SMALL))
            painter.setPen(colour("muted"))
            told = QFontMetrics(painter.font()).elidedText(source, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room.translated(0, 5 * GRID), Qt.AlignmentFlag.AlignVCenter, told)
            top += _LINE + 4 * GRID
        painter.end()
