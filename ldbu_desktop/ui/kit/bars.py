"""A chart of bars below each other on one scale, each parted and with its range."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, colour, font, scaled

_ROW = 13 * GRID
_NAME = 6 * GRID
_BAR = 5 * GRID
_LEGEND = 8 * GRID
_END = 34 * GRID
"""Room for the number at the end of a bar."""


class Share(NamedTuple):
    """What a part of the bars is: its words in the legend, its colour's name, and whether it is hatched as well."""

    words: str
    ink: str
    is_hatched: bool = False

    def brush(self) -> QBrush:
        """What the part is filled with."""
        pattern = Qt.BrushStyle.Dense4Pattern if self.is_hatched else Qt.BrushStyle.SolidPattern
        return QBrush(colour(self.ink), pattern)


class Bar(NamedTuple):
    """One bar: its name, its size in words, the range of its size, and its parts from the left."""

    name: str
    words: str
    low: float
    high: float
    parts: tuple[tuple[Share, float], ...]


class BarChart(QWidget):
    """Bars below each other. What it shows is also said in its accessible description."""

    def __init__(self, name: str, live: Retranslation, title: Callable[[], str]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bars: tuple[Bar, ...] = ()
        live.name(self, title)
        live.also(self.update)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw other bars."""
        self._bars = tuple(bars)
        self.setAccessibleDescription("; ".join(f"{bar.name}: {bar.words}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As tall as its bars and the legend."""
        return QSize(scaled(120 * GRID), scaled(_LEGEND + _ROW * len(self._bars) + GRID))

    def changeEvent(self, event: QEvent) -> None:
        """Be as tall as the text that is used asks for."""
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the legend and the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_legend(painter)
        longest = max((bar.high for bar in self._bars), default=0.0) or 1.0
        scale = max(self.width() - scaled(_END), scaled(_END)) / longest
        for at, bar in enumerate(self._bars):
            self._draw_bar(painter, bar, scaled(_LEGEND + at * _ROW), scale)

    def _draw_legend(self, painter: QPainter) -> None:
        painter.setFont(font(SMALL))
        metrics = QFontMetrics(painter.font())
        shares: dict[Share, bool] = {}
        for bar in self._bars:
            for share, size in bar.parts:
                shares[share] = shares.get(share, False) or size > 0
        x, step = 0.0, scaled(GRID)
        for share in (share for share, is_there in shares.items() if is_there):
            painter.fillRect(QRectF(x, step * 2, step * 3, step * 3), share.brush())
            painter.setPen(colour("muted"))
            place = QRectF(x + step * 4, 0, self.width(), step * 7)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, share.words)
            x += step * 4 + metrics.horizontalAdvance(share.words) + step * 5

    def _draw_bar(self, painter: QPainter, bar: Bar, top: int, scale: float) -> None:
        painter.setFont(font(BODY))
        painter.setPen(colour("text"))
        name = QFontMetrics(painter.font()).elidedText(bar.name, Qt.TextElideMode.ElideRight, self.width())
        above, thick, step = scaled(_NAME), scaled(_BAR), scaled(GRID)
        painter.drawText(QRectF(0, top, self.width(), above), Qt.AlignmentFlag.AlignVCenter, name)
        line = QRectF(0, top + above, 0, thick)
        for share, size in bar.parts:
            if size > 0:
                line = QRectF(line.right(), line.top(), size * scale, thick)
                painter.fillRect(line, share.brush())
        middle = line.center().y()
        low, high = bar.low * scale, bar.high * scale
        painter.setPen(QPen(colour("text"), 1.5))
        painter.drawLine(int(low), int(middle), int(high), int(middle))
        for end in (low, high):
            painter.drawLine(int(end), int(middle) - step, int(end), int(middle) + step)
        painter.setFont(font(SMALL, bold=True))
        place = QRectF(high + 2 * step, line.top(), scaled(_END), thick)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, bar.words)
