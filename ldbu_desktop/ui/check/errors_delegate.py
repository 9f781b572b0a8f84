"""Draws a heading above the causes; causes and places as the inspector draws them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from ldbu_desktop.ui.check.errors_model import HeadingRole
from ldbu_desktop.ui.inspector.causes_delegate import CausesDelegate
from ldbu_desktop.ui.theme import GRID, SMALL, colour, font

_HEADING_HEIGHT = 8 * GRID


class ErrorsDelegate(CausesDelegate):
    """A heading is lower than the other rows, so the view must not take all rows to be as tall."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As tall as two lines; a heading as one."""
        if index.data(HeadingRole.IS_HEADING):
            return QSize(0, _HEADING_HEIGHT)
        return super().sizeHint(option, index)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        if not index.data(HeadingRole.IS_HEADING):
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setFont(font(SMALL, bold=True))
        painter.setPen(colour("muted"))
        area = option.rect.adjusted(0, 0, -3 * GRID, -GRID)
        told = QFontMetrics(painter.font()).elidedText(index.data(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, told)
        painter.restore()
