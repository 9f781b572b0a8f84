"""Drawing of rows that lists and trees share: the ground of a row that is selected or pointed at, and lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ldbu_desktop.ui.kit.drawn_words import draw_line
from ldbu_desktop.ui.theme import BODY, GRID, colour, font

_BAR = 3


class TextLine(NamedTuple):
    """A line of text in a row. It is shortened where there is too little room: at its end, if not said otherwise.

    ``beside`` is how much of the width something else has at its end, in pixels.
    """

    text: str
    size: float = BODY
    ink: str = "text"
    is_bold: bool = False
    elided: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    beside: int = 0


def draw_ground(painter: QPainter, option: QStyleOptionViewItem, frame: QRect) -> None:
    """Draw what lies behind a row that is selected or under the mouse; with an edge where it has the keyboard.

    A bar at its left tells the selected one by more than a tint.
    """
    is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if is_selected or option.state & QStyle.StateFlag.State_MouseOver:
        has_focus = is_selected and option.state & QStyle.StateFlag.State_HasFocus
        painter.setPen(colour("accent") if has_focus else Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent_tint" if is_selected else "raised"))
        painter.drawRoundedRect(frame, 6, 6)
    if is_selected:
        draw_bar(painter, frame)


def draw_bar(painter: QPainter, frame: QRect) -> None:
    """Draw the bar at the left of what is selected."""
    painter.fillRect(QRect(frame.left(), frame.top() + GRID, _BAR, frame.height() - 2 * GRID), colour("accent"))


def draw_lines(painter: QPainter, area: QRect, lines: Sequence[TextLine]) -> None:
    """Draw lines below each other that share the height evenly."""
    height = area.height() // len(lines)
    for at, line in enumerate(lines):
        painter.setPen(colour(line.ink))
        place = QRect(area.left(), area.top() + at * height, area.width() - line.beside, height)
        draw_line(painter, place, line.text, font(line.size, bold=line.is_bold), elided=line.elided)
