"""The chart of the comparison: a bar a form, parted by who asks for what the time goes to, with its range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ldbu_desktop.burden.model import Band, Need
from ldbu_desktop.language import tr
from ldbu_desktop.ui.burden.words import NEED_COLOURS, band_words, need_words
from ldbu_desktop.ui.live import Live
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, colour, font

_ROW = 13 * GRID
_BAR = 5 * GRID
_LEGEND = 8 * GRID
_END = 34 * GRID
"""Room for the number at the end of a bar."""


class Bar(NamedTuple):
    """One form's bar: its name, its seconds in all, and of them the typical ones of each need."""

    name: str
    seconds: Band
    parts: dict[Need, float]


class BarChart(QWidget):
    """Bars below each other on one scale. What it shows is also said in its accessible description."""

    def __init__(self, live: Live) -> None:
        super().__init__()
        self.setObjectName("burdenChart")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bars: tuple[Bar, ...] = ()
        live.name(self, lambda: tr("Tid pr. besøg, fordelt efter hvem der beder om det"))
        live.also(self.update)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw other bars."""
        self._bars = tuple(bars)
        self.setAccessibleDescription("; ".join(f"{bar.name}: {band_words(bar.seconds, 's')}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As tall as its bars and the legend."""
        return QSize(120 * GRID, _LEGEND + _ROW * len(self._bars) + GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the legend and the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_legend(painter)
        longest = max((bar.seconds.high for bar in self._bars), default=0.0) or 1.0
        scale = max(self.width() - _END, _END) / longest
        for at, bar in enumerate(self._bars):
            self._draw_bar(painter, bar, _LEGEND + at * _ROW, scale)

    def _draw_legend(self, painter: QPainter) -> None:
        painter.setFont(font(SMALL))
        metrics = QFontMetrics(painter.font())
        x = 0.0
        for need in (need for need in Need if any(bar.parts.get(need) for bar in self._bars)):
            words = need_words(need)
            painter.fillRect(QRectF(x, 2 * GRID, 3 * GRID, 3 * GRID), _brush(need))
            painter.setPen(colour("muted"))
            painter.drawText(QRectF(x + 4 * GRID, 0, self.width(), 7 * GRID), Qt.AlignmentFlag.AlignVCenter, words)
            x += 4 * GRID + metrics.horizontalAdvance(words) + 5 * GRID

    def _draw_bar(self, painter: QPainter, bar: Bar, top: int, scale: float) -> None:
        painter.setFont(font(BODY))
        painter.setPen(colour("text"))
        name = QFontMetrics(painter.font()).elidedText(bar.name, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(0, top, self.width(), 6 * GRID), Qt.AlignmentFlag.AlignVCenter, name)
        line = QRectF(0, top + 6 * GRID, 0, _BAR)
        for need in Need:
            width = bar.parts.get(need, 0.0) * scale
            if width > 0:
                line = QRectF(line.right(), line.top(), width, _BAR)
                painter.fillRect(line, _brush(need))
        middle = line.center().y()
        low, high = bar.seconds.low * scale, bar.seconds.high * scale
        painter.setPen(QPen(colour("text"), 1.5))
        painter.drawLine(int(low), int(middle), int(high), int(middle))
        for end in (low, high):
            painter.drawLine(int(end), int(middle) - GRID, int(end), int(middle) + GRID)
        painter.setFont(font(SMALL, bold=True))
        place = QRectF(high + 2 * GRID, line.top(), _END, _BAR)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, band_words(bar.seconds, "s"))


def _brush(need: Need) -> QBrush:
    """The colour of a need; what could be avoided is hatched, so that it is known without its colour."""
    pattern = Qt.BrushStyle.Dense4Pattern if need is Need.AVOIDABLE else Qt.BrushStyle.SolidPattern
    return QBrush(colour(NEED_COLOURS[need]), pattern)
