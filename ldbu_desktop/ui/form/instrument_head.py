"""The line of a questionnaire in the form: what it is and how far it is filled; it opens and folds its questions."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication

from ldbu_desktop.ui.form.key_stop import KeyStop
from ldbu_desktop.ui.form.steps import digit_of, step_of
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.drawn_words import draw_line
from ldbu_desktop.ui.theme import BODY, GRID, colour, font, scaled

_HEIGHT = 9 * GRID
_ARROW = 4 * GRID


class InstrumentHead(KeyStop):
    """Space or a click opens it; a digit does, and answers the first question; Enter passes by.

    ``opened`` tells that it is open or folded now.
    """

    opened = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.is_open = False
        self._title = self._state = ""

    def tell(self, title: str, state: str) -> None:
        """Say what it is and how far it is filled."""
        if (title, state) != (self._title, self._state):
            self._title, self._state = title, state
            self.setAccessibleName(f"{title}, {state}")
            self.update()

    def open(self, is_open: bool) -> None:
        """Show the questions, or fold them away."""
        if is_open != self.is_open:
            self.is_open = is_open
            self.update()
            self.opened.emit(is_open)

    def height_for(self, width: int) -> int:
        """One line."""
        return scaled(_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colour("accent" if self.hasFocus() else "line"))
        pen.setWidthF(2 if self.hasFocus() else 1)
        painter.setPen(pen)
        painter.setBrush(colour("raised"))
        inset = pen.widthF() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
        side = scaled(_ARROW)
        painter.drawPixmap(3 * GRID, (self.height() - side) // 2, pixmap(self._arrow, "muted", _ARROW))
        room = QRect(5 * GRID + side, 0, self.width() - 8 * GRID - side, self.height())
        painter.setPen(colour("muted"))
        told = draw_line(painter, room, self._state, font(BODY), at_end=True)
        painter.setPen(colour("text"))
        draw_line(painter, room.adjusted(0, 0, -told - 2 * GRID, 0), self._title, font(BODY, bold=True))
        painter.end()

    @property
    def _arrow(self) -> str:
        return "next" if self.is_open else "forward"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space opens and goes to the first question, or folds; the arrows right and left do as in a tree."""
        if event.key() == Qt.Key.Key_Space:
            self.open(not self.is_open)
            if self.is_open:
                self.left.emit(1)
        elif digit_of(event):
            self.open(True)
            self.left.emit(1)
            if (first := QApplication.focusWidget()) not in (self, None):
                QApplication.sendEvent(first, QKeyEvent(event))
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.open(event.key() == Qt.Key.Key_Right)
        elif by := step_of(event):
            self.left.emit(by)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens or folds."""
        self.open(not self.is_open)
