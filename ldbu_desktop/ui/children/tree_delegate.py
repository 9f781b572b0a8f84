"""Draws a row of the tree: two lines of text, at the right the severity with its shape and count, and the day that a
visit was delivered."""

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
_ICON, _SMALL_ICON = 16, 14


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
        delivered = index.data(Role.DELIVERED)
        is_visit = index.parent().isValid()
        upper = area.adjusted(0, 0, 0, -area.height() // 2)
        lower = upper.translated(0, upper.height())
        # The name of a visit is long, and has the first line alone; what was delivered has its day on the second.
        marks = upper if delivered else lower if is_visit else area
        marked = self._draw_severity(painter, marks, index)
        told = self._draw_delivered(painter, lower, delivered) if delivered else marked
        first = TextLine(index.data(), is_bold=not is_visit)
        second = TextLine(index.data(Role.SECOND_LINE), SMALL, "muted")
        draw_lines(painter, upper.adjusted(0, 0, -marked if marks is not lower else 0, 0), (first,))
        draw_lines(painter, lower.adjusted(0, 0, -told, 0), (second,))
        painter.restore()

    def _draw_delivered(self, painter: QPainter, area: QRect, day: str) -> int:
        """Draw the mark and the day of a visit that was delivered; returns the width of that."""
        side = scaled(_SMALL_ICON)
        painter.setFont(font(SMALL))
        painter.setPen(colour("muted"))
        width = QFontMetrics(painter.font()).horizontalAdvance(day)
        place = QRect(area.right() - width, area.top(), width + 1, area.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, day)
        picture = QRect(place.left() - GRID - side, area.center().y() - side // 2 + 1, side, side)
        painter.drawPixmap(picture, pixmap("deliver", "muted", _SMALL_ICON))
        return width + side + 2 * GRID

    def _draw_severity(self, painter: QPainter, area: QRect, index: QModelIndex | QPersistentModelIndex) -> int:
        """Draw the severity and how many findings there are; returns the width of that."""
        if not index.data(Role.IS_JUDGED):
            return 0
        severity, count = index.data(Role.STATE)
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
