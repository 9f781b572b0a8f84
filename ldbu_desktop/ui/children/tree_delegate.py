"""Draws a row of the tree: two lines of text, and at the right the severity with its shape and count."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.ui.children.tree_model import Role
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.rows import TextLine, draw_ground, draw_lines
from ldbu_desktop.ui.severity import colour_of, icon_of
from ldbu_desktop.ui.theme import GRID, SMALL, colour, font, scaled

_HEIGHT = 11 * GRID
_ICON = 16


class TreeDelegate(QStyledItemDelegate):
    """Two lines and a mark; all rows are as tall, so that a long tree opens at once."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As tall as two lines."""
        return QSize(0, scaled(_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, option, option.rect.adjusted(0, 1, -GRID, -1))
        area = option.rect.adjusted(2 * GRID, GRID, -4 * GRID, -GRID)
        right = self._draw_mark(painter, area, index)
        lines = (
            TextLine(index.data(), is_bold=not index.parent().isValid()),
            TextLine(index.data(Role.SECOND_LINE), SMALL, "muted"),
        )
        draw_lines(painter, area.adjusted(0, 0, -right, 0), lines)
        painter.restore()

    def _draw_mark(self, painter: QPainter, area: QRect, index: QModelIndex | QPersistentModelIndex) -> int:
        """Draw whether it was delivered, the severity and how many findings there are; returns the width of that."""
        if index.data(Role.IS_DELIVERED):
            side = scaled(_ICON)
            place = QRect(area.right() - side, area.center().y() - side // 2 + 1, side, side)
            painter.drawPixmap(place, pixmap("deliver", "muted", _ICON))
            area = area.adjusted(0, 0, -side - GRID, 0)
            return side + GRID + self._draw_severity(painter, area, index)
        return self._draw_severity(painter, area, index)

    def _draw_severity(self, painter: QPainter, area: QRect, index: QModelIndex | QPersistentModelIndex) -> int:
        if not index.data(Role.IS_JUDGED):
            return 0
        severity, count = index.data(Role.SEVERITY), index.data(Role.COUNT)
        name = colour_of(severity)
        told = count_words(count) if count else ""
        painter.setFont(font(SMALL, bold=True))
        width = QFontMetrics(painter.font()).horizontalAdvance(told)
        picture = pixmap(icon_of(severity), name, _ICON)
        side = scaled(_ICON)
        x = area.right() - side
        painter.drawPixmap(QRect(x, area.center().y() - side // 2 + 1, side, side), picture)
        painter.setPen(colour(name))
        painter.drawText(QRect(x - GRID - width, area.top(), width, area.height()), Qt.AlignmentFlag.AlignVCenter, told)
        return side + (width + GRID if told else 0) + 2 * GRID
