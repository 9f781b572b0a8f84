"""Draws a report: the sign of its verdict, its name, and the verdict in words."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ldbu_desktop.ui.check.reports_model import Role
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, colour, font
from ldbu_desktop.ui.words import colour_of, icon_of

Index = QModelIndex | QPersistentModelIndex

_HEIGHT = 11 * GRID
_ICON = 16


class ReportsDelegate(QStyledItemDelegate):
    """All rows are as tall, so that a long list opens at once."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as two lines."""
        return QSize(0, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected or option.state & QStyle.StateFlag.State_MouseOver:
            has_focus = is_selected and option.state & QStyle.StateFlag.State_HasFocus
            painter.setPen(colour("accent") if has_focus else Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent_tint" if is_selected else "raised"))
            painter.drawRoundedRect(option.rect.adjusted(GRID, 1, -GRID, -1), 6, 6)
        area = option.rect.adjusted(4 * GRID, GRID, -3 * GRID, -GRID)
        severity = index.data(Role.SEVERITY)
        name = colour_of(severity)
        place = QRect(area.left(), area.center().y() - _ICON // 2 + 1, _ICON, _ICON)
        painter.drawPixmap(place, pixmap(icon_of(severity), name, _ICON))
        area.setLeft(area.left() + _ICON + 3 * GRID)
        half = area.height() // 2
        lines = (
            (index.data(), BODY, "text", Qt.TextElideMode.ElideMiddle),
            (index.data(Role.SECOND_LINE), SMALL, "muted" if severity is None else name, Qt.TextElideMode.ElideRight),
        )
        for at, (text, size, ink, elide) in enumerate(lines):
            painter.setFont(font(size))
            painter.setPen(colour(ink))
            line = QRect(area.left(), area.top() + at * half, area.width(), half)
            told = QFontMetrics(painter.font()).elidedText(text, elide, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, told)
        painter.restore()
