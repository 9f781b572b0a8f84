"""Draws a row of the tree: two lines of text, four where they are long, at the right the severity with its shape and
count, and the day that a visit was delivered."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.ui.children.tree_model import Role
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.drawn_words import draw_line, width_of
from ldbu_desktop.ui.kit.rows import TextLine, draw_ground, draw_lines
from ldbu_desktop.ui.kit.wrapped import wrapped_lines
from ldbu_desktop.ui.severity import colour_of, icon_of
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, colour, font, scaled

_HEIGHT, _BETWEEN = 64, 2
_MOST_OF_NAME, _MOST_LINES = 2, 4
"""Lines that a name may take, and a name with what stands below it."""
_ICON, _SMALL_ICON = 16, 14


class TreeDelegate(QStyledItemDelegate):
    """A name and what stands below it on the lines that they need, and a mark. All rows are as tall: a long tree opens
    at once."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As tall as the most lines."""
        return QSize(0, scaled(_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, option, option.rect.adjusted(0, 1, -GRID, -1))
        area = option.rect.adjusted(2 * GRID, 1, -4 * GRID, -1)
        delivered = index.data(Role.DELIVERED)
        is_visit = index.parent().isValid()
        # The name of a visit is long, and has its lines alone; what was delivered has its day on the last.
        beside = 0
        if delivered or not is_visit:
            beside = self._draw_severity(painter, _lines(area, 1, 1)[0] if delivered else area, index)
        names = wrapped_lines(index.data(), font(BODY, bold=not is_visit), area.width() - beside, _MOST_OF_NAME)
        mark = self._delivered_width(delivered) if delivered else self._severity_width(index) if is_visit else 0
        width = area.width() - (0 if is_visit else beside)
        below = _below(index.data(Role.SECOND_LINE), width, mark, _MOST_LINES - len(names))
        upper, lower = _lines(area, len(names), len(below))
        last = lower.adjusted(0, lower.height() * (len(below) - 1) // len(below), 0, 0)
        if delivered:
            self._draw_delivered(painter, last, delivered, is_corrected=index.data(Role.IS_CORRECTED))
        elif is_visit:
            self._draw_severity(painter, last, index)
        draw_lines(painter, upper.adjusted(0, 0, -beside, 0), [TextLine(name, is_bold=not is_visit) for name in names])
        lower.setWidth(width)
        lines = [TextLine(line, SMALL, "muted") for line in below]
        draw_lines(painter, lower, [*lines[:-1], lines[-1]._replace(beside=mark)])
        painter.restore()

    def _delivered_width(self, day: str) -> int:
        """How wide the mark and the day of a visit that was delivered are."""
        return width_of(day, font(SMALL)) + scaled(_SMALL_ICON) + 2 * GRID

    def _draw_delivered(self, painter: QPainter, area: QRect, day: str, *, is_corrected: bool) -> None:
        """Draw the mark and the day of a visit that was delivered, and whether it was corrected since."""
        side = scaled(_SMALL_ICON)
        painter.setPen(colour("muted"))
        width = draw_line(painter, area, day, font(SMALL), at_end=True)
        picture = QRect(area.right() - width - GRID - side, area.center().y() - side // 2 + 1, side, side)
        painter.drawPixmap(picture, pixmap("edit" if is_corrected else "deliver", "muted", _SMALL_ICON))

    def _severity_width(self, index: QModelIndex | QPersistentModelIndex) -> int:
        """How wide the severity and how many findings there are is; nothing before it is known."""
        if not index.data(Role.IS_JUDGED):
            return 0
        _, count = index.data(Role.STATE)
        told = width_of(count_words(count), font(SMALL, bold=True)) + GRID if count else 0
        return scaled(_ICON) + told + 2 * GRID

    def _draw_severity(self, painter: QPainter, area: QRect, index: QModelIndex | QPersistentModelIndex) -> int:
        """Draw the severity and how many findings there are; returns the width of that."""
        if not (room := self._severity_width(index)):
            return 0
        severity, count = index.data(Role.STATE)
        name = colour_of(severity)
        picture = pixmap(icon_of(severity), name, _ICON)
        side = scaled(_ICON)
        x = area.right() - side
        painter.drawPixmap(QRect(x, area.center().y() - side // 2 + 1, side, side), picture)
        if count:
            beside = area.adjusted(0, 0, x - GRID - area.right() - 1, 0)
            painter.setPen(colour(name))
            draw_line(painter, beside, count_words(count), font(SMALL, bold=True), at_end=True)
        return room


def _below(told: str, width: int, mark: int, most: int) -> list[str]:
    """What stands below a name, in lines: a mark is beside the last, or has one for itself where there is room."""
    lines = wrapped_lines(told, font(SMALL), width, most)
    is_beside = width_of(lines[-1], font(SMALL)) + mark <= width
    return lines if is_beside or len(lines) == most else [*lines, ""]


def _lines(area: QRect, names: int, more: int) -> tuple[QRect, QRect]:
    """Where the name stands, on so many lines, and where what is below it: together in the middle of the row."""
    name, below = names * QFontMetrics(font(BODY)).height(), more * QFontMetrics(font(SMALL)).height()
    top = area.top() + max(area.height() - name - scaled(_BETWEEN) - below, 0) // 2
    upper = QRect(area.left(), top, area.width(), name)
    return upper, QRect(area.left(), upper.bottom() + 1 + scaled(_BETWEEN), area.width(), below)
