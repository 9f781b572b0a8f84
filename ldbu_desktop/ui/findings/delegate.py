"""Draws a cause with its shape, two lines and its count; findings below it without a shape; and headings."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.ui.findings.model import Role
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.drawn_words import width_of
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.rows import TextLine, draw_ground, draw_lines
from ldbu_desktop.ui.kit.wrapped import wrapped_lines
from ldbu_desktop.ui.severity import colour_of, icon_of
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, colour, font, scaled

_HEIGHT = 11 * GRID
_MORE = 4 * GRID
"""What another line takes."""
_SECOND = 4 * GRID + 2
"""What the line below a title takes."""
_MOST_LINES, _MOST_BELOW = 4, 2
"""In so many lines a title and what stands below it are told."""
_TITLE = Qt.ItemDataRole.DisplayRole
_AROUND = 20 * GRID
"""What of a row's width is no room for the title."""
_HEADING_HEIGHT = 8 * GRID
_ICON = 16


class FindingsDelegate(QStyledItemDelegate):
    """Rows without ``wraps`` are as tall as each other but for headings, so that many findings open at once."""

    wraps = True

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As tall as a cause needs for its title and for what stands below it; a heading as one line."""
        if index.data(Role.IS_HEADING):
            return QSize(0, scaled(_HEADING_HEIGHT))
        more = len(self._lines(index, _TITLE)) + len(self._lines(index, Role.SECOND_LINE)) - 2
        return QSize(0, scaled(_HEIGHT) + more * scaled(_MORE))

    def _lines(self, index: AnyIndex, role: int) -> list[str]:
        """A text of a cause in the lines that it needs in the room that the list has; all else on one."""
        text = str(index.data(role))
        if not self.wraps or index.data(Role.SEVERITY) is None:
            return [text]
        face, most = (font(BODY), _MOST_LINES) if role == _TITLE else (font(SMALL), _MOST_BELOW)
        view = cast(QAbstractItemView, self.parent())
        counted = width_of(count_words(index.data(Role.COUNT)), font(SMALL, bold=True))
        return wrapped_lines(text, face, view.viewport().width() - scaled(_AROUND) - counted, most)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the row."""
        painter.save()
        if index.data(Role.IS_HEADING):
            self._draw_heading(painter, option.rect.adjusted(0, 0, -3 * GRID, -GRID), index.data())
        else:
            self._draw_row(painter, option, index)
        painter.restore()

    def _draw_heading(self, painter: QPainter, area: QRect, text: str) -> None:
        painter.setFont(font(SMALL, bold=True))
        painter.setPen(colour("muted"))
        told = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, told)

    def _draw_row(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, option, option.rect.adjusted(0, 1, -GRID, -1))
        area = option.rect.adjusted(2 * GRID, GRID, -3 * GRID, -GRID)
        severity = index.data(Role.SEVERITY)
        if severity is not None:
            name = colour_of(severity)
            place = QRect(area.left(), area.center().y() - scaled(_ICON) // 2, scaled(_ICON), scaled(_ICON))
            painter.drawPixmap(place, pixmap(icon_of(severity), name, _ICON))
            area = area.adjusted(scaled(_ICON) + 2 * GRID, 0, 0, 0)
            area = area.adjusted(0, 0, -self._draw_count(painter, area, index.data(Role.COUNT), name), 0)
        second = self._lines(index, Role.SECOND_LINE)
        height = scaled(_SECOND) + (len(second) - 1) * scaled(_MORE)
        draw_lines(painter, area.adjusted(0, 0, 0, -height), [TextLine(text) for text in self._lines(index, _TITLE)])
        below = area.adjusted(0, area.height() - height, 0, 0)
        draw_lines(painter, below, [TextLine(text, SMALL, "muted") for text in second])

    def _draw_count(self, painter: QPainter, area: QRect, count: int, name: str) -> int:
        """Draw how often it is found, in a small tinted round; returns the width that it takes."""
        painter.setFont(font(SMALL, bold=True))
        told = count_words(count)
        width = QFontMetrics(painter.font()).horizontalAdvance(told) + 3 * GRID
        place = QRect(area.right() - width, area.center().y() - 2 * GRID, width, 5 * GRID)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(f"{name}_tint"))
        painter.drawRoundedRect(place, 10, 10)
        painter.setPen(colour(name))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, told)
        return width + 2 * GRID
