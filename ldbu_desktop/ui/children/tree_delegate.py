"""Draws a row of the tree: two lines of text, and at the right the severity with its shape and count."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ldbu_desktop.ui.children.tree_model import Role
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, colour, font
from ldbu_desktop.ui.words import colour_of, count_words, icon_of

_HEIGHT = 11 * GRID
_ICON = 16


class TreeDelegate(QStyledItemDelegate):
    """Two lines and a mark; all rows are as tall, so that a long tree opens at once."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As tall as two lines."""
        return QSize(0, _HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent_tint" if is_selected else "raised"))
            painter.drawRoundedRect(option.rect.adjusted(0, 1, -GRID, -1), 6, 6)
        if is_selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(option.rect.adjusted(0, 1, -GRID, -1), 6, 6)
        area = option.rect.adjusted(2 * GRID, GRID, -4 * GRID, -GRID)
        right = self._draw_mark(painter, area, index)
        self._draw_lines(painter, area.adjusted(0, 0, -right, 0), index)
        painter.restore()

    def _draw_mark(self, painter: QPainter, area: QRect, index: QModelIndex | QPersistentModelIndex) -> int:
        """Draw the severity and how many findings there are; returns the width that it takes."""
        if not index.data(Role.IS_JUDGED):
            return 0
        severity, count = index.data(Role.SEVERITY), index.data(Role.COUNT)
        name = colour_of(severity)
        told = count_words(count) if count else ""
        painter.setFont(font(SMALL, bold=True))
        width = QFontMetrics(painter.font()).horizontalAdvance(told)
        picture = pixmap(icon_of(severity), name, _ICON)
        x = area.right() - _ICON
        painter.drawPixmap(QRect(x, area.center().y() - _ICON // 2 + 1, _ICON, _ICON), picture)
        painter.setPen(colour(name))
        painter.drawText(QRect(x - GRID - width, area.top(), width, area.height()), Qt.AlignmentFlag.AlignVCenter, told)
        return _ICON + (width + GRID if told else 0) + 2 * GRID

    def _draw_lines(self, painter: QPainter, area: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        is_group = not index.parent().isValid()
        half = area.height() // 2
        for at, (text, size, name) in enumerate(
            (
                (index.data(Qt.ItemDataRole.DisplayRole), BODY, "text"),
                (index.data(Role.SECOND_LINE), SMALL, "muted"),
            )
        ):
            painter.setFont(font(size, bold=is_group and at == 0))
            painter.setPen(colour(name))
            line = QRect(area.left(), area.top() + at * half, area.width(), half)
            told = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, told)
