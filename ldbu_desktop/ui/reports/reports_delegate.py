"""Draws a report: the sign of its verdict, its name, and the verdict in words."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.rows import TextLine, draw_ground, draw_lines
from ldbu_desktop.ui.reports.reports_model import Role
from ldbu_desktop.ui.severity import colour_of, icon_of
from ldbu_desktop.ui.theme import GRID, SMALL, scaled

_HEIGHT = 11 * GRID
_ICON = 16


class ReportsDelegate(QStyledItemDelegate):
    """All rows are as tall, so that a long list opens at once."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As tall as two lines."""
        return QSize(0, scaled(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, option, option.rect.adjusted(GRID, 1, -GRID, -1))
        area = option.rect.adjusted(4 * GRID, GRID, -3 * GRID, -GRID)
        severity = index.data(Role.SEVERITY)
        name = colour_of(severity)
        place = QRect(area.left(), area.center().y() - scaled(_ICON) // 2 + 1, scaled(_ICON), scaled(_ICON))
        painter.drawPixmap(place, pixmap(icon_of(severity), name, _ICON))
        area.setLeft(area.left() + scaled(_ICON) + 3 * GRID)
        ink = "muted" if severity is None else name
        lines = (
            TextLine(index.data(), elided=Qt.TextElideMode.ElideMiddle),
            TextLine(index.data(Role.SECOND_LINE), SMALL, ink),
        )
        draw_lines(painter, area, lines)
        painter.restore()
