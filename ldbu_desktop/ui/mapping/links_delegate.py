"""Draws a line of the list of links: a table as a heading, a column on two lines, a value on one below its column."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ldbu_desktop.mapping.links import State
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.rows import TextLine, draw_bar, draw_lines
from ldbu_desktop.ui.mapping.lines import ColumnLine, ConstantLine, Line, TableLine, ValueLine
from ldbu_desktop.ui.mapping.links_model import Role
from ldbu_desktop.ui.theme import GRID, SMALL, colour, scaled

_HEIGHTS: Final = {TableLine: 10 * GRID, ConstantLine: 10 * GRID, ColumnLine: 10 * GRID, ValueLine: 7 * GRID}
_ICON: Final = 16
_ARROW: Final = 4 * GRID


def height_of(line: Line) -> int:
    """How high a line is."""
    return scaled(_HEIGHTS[type(line)])


class LinksDelegate(QStyledItemDelegate):
    """All cells of a row are drawn alike: the selected row as one tinted bar."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one cell."""
        line: Line = index.data(Role.LINE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colour("accent_tint"))
            if index.column() == 0:
                draw_bar(painter, option.rect)
        elif isinstance(line, TableLine):
            painter.fillRect(option.rect, colour("raised"))
        area = option.rect.adjusted(2 * GRID, 2, -2 * GRID, -2)
        if index.column() == 0:
            area = self._draw_arrow(painter, area, line)
        if (mark := index.data(Role.MARK)) is not None:
            side = scaled(_ICON)
            place = QRect(area.left(), area.top() + (self._first_height(area, index) - side) // 2, side, side)
            painter.drawPixmap(place, pixmap(mark.icon, mark.ink, _ICON))
            area = area.adjusted(side + 2 * GRID, 0, 0, 0)
        draw_lines(painter, area, self._lines(line, index))
        painter.restore()

    @staticmethod
    def _first_height(area: QRect, index: AnyIndex) -> int:
        return area.height() // 2 if index.data(Role.SECOND_LINE) else area.height()

    def _draw_arrow(self, painter: QPainter, area: QRect, line: Line) -> QRect:
        if isinstance(line, TableLine):
            return area
        if isinstance(line, ColumnLine) and line.values:
            name = "next" if line.is_open else "forward"
            place = QRect(area.left(), area.center().y() - scaled(_ARROW) // 2, scaled(_ARROW), scaled(_ARROW))
            painter.drawPixmap(place, pixmap(name, "muted", _ARROW))
        deeper = 2 if isinstance(line, ValueLine) else 1
        return area.adjusted(deeper * (scaled(_ARROW) + GRID), 0, 0, 0)

    def _lines(self, line: Line, index: AnyIndex) -> list[TextLine]:
        first, second = index.data() or "", index.data(Role.SECOND_LINE) or ""
        if isinstance(line, ValueLine) and index.column() == 0:
            return [TextLine(f"{first}  ·  {second}", ink="text")]
        ink = self._ink(line, index)
        lines = [TextLine(first, ink=ink, is_bold=isinstance(line, TableLine))]
        if second:
            lines.append(TextLine(second, SMALL, "muted"))
        return lines

    @staticmethod
    def _ink(line: Line, index: AnyIndex) -> str:
        if (mark := index.data(Role.MARK)) is not None:
            return str(mark.ink)
        is_out = isinstance(line, ColumnLine | ValueLine) and line.link.state in (State.LEFT_OUT, State.UNMAPPED)
        return "muted" if is_out and index.column() > 0 else "text"
