"""The chart of growth: one series over age, with the reference's lines behind it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from ldbu_desktop.growth.model import Point, ReferenceLine, Series
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.growth_words import unit_words
from ldbu_desktop.rendering.words import amount_words
from ldbu_desktop.ui.growth.ages import Span, ends, marks
from ldbu_desktop.ui.growth.sizes import rungs
from ldbu_desktop.ui.theme import GRID, SMALL, colour, font, scaled

_DASHES: Mapping[int, Qt.PenStyle] = {
    0: Qt.PenStyle.SolidLine,
    1: Qt.PenStyle.DotLine,
    2: Qt.PenStyle.SolidLine,
    3: Qt.PenStyle.DashLine,
}
"""How the reference lines differ without colour, by how far they are from the median."""

_NEAR = 28
"""Pixels within which the pointer means a point."""

_MARK_ROOM, _RUNG_ROOM = 30, 40
"""Pixels that a mark along the age has, and one along the size."""

_POINT, _MOVED, _RING = 4.5, 3.0, 8.5
"""Pixels from the middle of a point to its edge, of where it would lie by its real age, and of the ring around it."""

_LABEL_ROOM = 13
_HEADROOM = 0.06
_TICK = 4


class Mark(NamedTuple):
    """A mark on an axis: where it stands, in the axis' own measure, and what is written there."""

    at: float
    text: str


def _large(pixels: float) -> float:
    """A distance that goes with the size of the text, to a part of a pixel."""
    return pixels * scaled(1000) / 1000


class GrowthChart(QWidget):
    """One series over age. Arrow keys, Home and End go from point to point; so does the pointer.

    ``pointed`` tells the place of the point that is looked at, ``opened`` of the one whose visit is asked for.
    """

    pointed = Signal(int)
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("growthChart")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._series: Series | None = None
        self._days = self.reach = (0.0, 1.0)
        self.place = -1

    def show_series(self, series: Series, span: Span) -> None:
        """Draw a series over a span of age; the latest point is looked at first."""
        self._series = series
        self.place = len(series.points) - 1
        self._days = ends(series.points, span)
        self.reach = _reach(series, *self._days)
        self.update()

    @property
    def unit(self) -> str:
        """What the sizes are counted in, as it stands above their axis."""
        return unit_words(self._series.charted.unit) if self._series is not None else ""

    # --- where things stand

    @property
    def frame(self) -> QRectF:
        """Where the series is drawn: what the numbers and names of the axes leave."""
        metrics = QFontMetricsF(font(SMALL))
        left = max((metrics.horizontalAdvance(rung.text) for rung in self._rungs()), default=0.0)
        right = metrics.horizontalAdvance("+3")
        line = metrics.height()
        whole = QRectF(self.rect()).adjusted(2 * GRID, 2 * GRID, -2 * GRID, -2 * GRID)
        return whole.adjusted(left + 2 * GRID, line + GRID, -right - 2 * GRID, -2 * line - 2 * GRID - _large(_TICK))

    def _rungs(self) -> list[Mark]:
        room = max(self.height() / _large(_RUNG_ROOM) - 1, 2)
        return [Mark(at, amount_words(Decimal(text))) for at, text in rungs(*self.reach, room)]

    def names(self) -> list[Mark]:
        """The names of the reference's lines, where they end; those between are left out where there is no room."""
        if self._series is None:
            return []
        low, high = self.reach
        ends_at = {line.z: _end(line, self._days[1]) for line in self._series.lines}
        pixels = self.frame.height() / (high - low)
        closest = min((above - below for below, above in pairwise(ends_at.values())), default=0.0) * pixels
        return [
            Mark(size, f"{z:+d}".replace("-", "−") if z else "0")
            for z, size in ends_at.items()
            if closest >= _large(_LABEL_ROOM) or z % 3 == 0
        ]

    def place_of(self, place: int) -> QPointF:
        """Where a point is drawn, in the widget's pixels; one beyond what is shown lies at the edge."""
        if self._series is None:
            return QPointF()
        return self._at(self.frame, self._series.points[place])

    def _at(self, frame: QRectF, point: Point) -> QPointF:
        low, high = self.reach
        edge = (high - low) * _HEADROOM
        return self._spot(frame, point.age.used, min(max(float(point.size), low + edge), high - edge))

    def _spot(self, frame: QRectF, day: float, size: float) -> QPointF:
        (first, last), (low, high) = self._days, self.reach
        x = frame.left() + (day - first) / (last - first) * frame.width()
        return QPointF(x, frame.bottom() - (size - low) / (high - low) * frame.height())

    # --- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw everything, in the language and the colours in use."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour("surface"))
        if self._series is not None:
            frame = self.frame
            self._draw_axes(painter, frame, self._series)
            ring = _large(_RING)
            painter.setClipRect(frame.adjusted(-ring, -ring, ring, ring))
            self._draw_course(painter, frame, self._series)
            for place, point in enumerate(self._series.points):
                self._draw_point(painter, self._at(frame, point), point, is_looked_at=place == self.place)
            painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _draw_axes(self, painter: QPainter, frame: QRectF, series: Series) -> None:
        metrics = QFontMetricsF(font(SMALL))
        line, (first, last) = metrics.height(), self._days
        painter.setPen(colour("line"))
        painter.drawLine(frame.topLeft(), frame.bottomLeft())
        painter.drawLine(frame.bottomLeft(), frame.bottomRight())
        painter.setFont(font(SMALL))
        right, middle = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter
        for rung in self._rungs():
            spot = self._spot(frame, first, rung.at)
            painter.setPen(colour("line"))
            painter.drawLine(spot, spot + QPointF(-_large(_TICK), 0))
            painter.setPen(colour("muted"))
            painter.drawText(QRectF(0, spot.y() - line / 2, spot.x() - 2 * GRID, line), right | middle, rung.text)
        for name in self.names():
            spot = self._spot(frame, last, name.at)
            painter.drawText(QRectF(spot.x() + GRID, spot.y() - line / 2, self.width(), line), middle, name.text)
        room, tick = _large(_MARK_ROOM), _large(_TICK)
        ages, in_years = marks(first, last, max(frame.width(), room) / room)
        centre = Qt.AlignmentFlag.AlignHCenter
        for day, text in ages:
            spot = self._spot(frame, day, self.reach[0])
            painter.setPen(colour("line"))
            painter.drawLine(spot, spot + QPointF(0, tick))
            painter.setPen(colour("muted"))
            painter.drawText(QRectF(spot.x() - room, spot.y() + tick, 2 * room, line), centre, text)
        below = QRectF(frame.left(), frame.bottom() + tick + line + GRID, frame.width(), line)
        painter.drawText(below, centre, tr("Alder i år") if in_years else tr("Alder i måneder"))
        above = QRectF(2 * GRID, 2 * GRID, self.width() - 4 * GRID, line)
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft, self.unit)
        if series.lines:
            painter.drawText(above, right, tr("SD"))

    def _draw_course(self, painter: QPainter, frame: QRectF, series: Series) -> None:
        """The reference, a thin line through the points that are not doubtful, and where they lie uncorrected."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        last = self._days[1]
        for line in series.lines:
            painter.setPen(_stroke(line))
            known = zip(line.days, line.sizes, strict=True)
            painter.drawPolyline(QPolygonF([self._spot(frame, day, size) for day, size in known if day <= last]))
        kept = [point for point in series.points if not point.is_doubtful]
        painter.setPen(QPen(colour("accent"), 1.5))
        painter.drawPolyline(QPolygonF([self._spot(frame, point.age.used, float(point.size)) for point in kept]))
        for point in (point for point in kept if point.age.corrected is not None):
            moved = self._spot(frame, point.age.days, float(point.size))
            painter.setPen(QPen(colour("edge"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(self._at(frame, point), moved)
            painter.setPen(colour("edge"))
            painter.setBrush(colour("surface"))
            painter.drawEllipse(moved, _large(_MOVED), _large(_MOVED))

    def _draw_point(self, painter: QPainter, spot: QPointF, point: Point, *, is_looked_at: bool) -> None:
        """A point by what it is: filled, hollow without a score, a triangle where doubtful; ringed if looked at."""
        name = "check" if point.is_doubtful else "accent"
        painter.setPen(QPen(colour("surface" if point.z is not None else name), 1.5))
        painter.setBrush(colour(name if point.z is not None else "surface"))
        if point.is_doubtful:
            up = -1 if float(point.size) >= self.reach[0] else 1
            size = _large(_POINT)
            corners = ((0, up * size * 1.5), (-size * 1.4, -up * size), (size * 1.4, -up * size))
            painter.drawPolygon(QPolygonF([spot + QPointF(x, y) for x, y in corners]))
        else:
            painter.drawEllipse(spot, _large(_POINT), _large(_POINT))
        if is_looked_at:
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(spot, _large(_RING), _large(_RING))

    # --- going from point to point

    def look_at(self, place: int) -> None:
        """Look at another point."""
        if self._series is None or not 0 <= place < len(self._series.points) or place == self.place:
            return
        self.place = place
        self.update()
        self.pointed.emit(place)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _nearest(self, position: QPointF) -> int:
        """The place of the point that a position means; -1 for none."""
        count = len(self._series.points) if self._series is not None else 0
        away = [(self.place_of(place) - position).manhattanLength() for place in range(count)]
        return away.index(min(away)) if away and min(away) <= _large(_NEAR) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Look at the point under the pointer."""
        self.look_at(self._nearest(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look at the point that is clicked."""
        self.look_at(self._nearest(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the visit of the point."""
        place = self._nearest(event.position())
        if place >= 0:
            self.opened.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from point to point, or to the point's visit."""
        count = len(self._series.points) if self._series is not None else 0
        goals = {
            Qt.Key.Key_Left: self.place - 1,
            Qt.Key.Key_Right: self.place + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }
        key = Qt.Key(event.key())
        if key in goals:
            self.look_at(goals[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.place >= 0:
            self.opened.emit(self.place)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the chart has the keyboard."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self.update()


def _reach(series: Series, first: float, last: float) -> tuple[float, float]:
    """The smallest and largest size to show between two days: the reference, and every point that is no slip.

    Without a reference the points alone say it; a single one stands in the middle of a tenth to either side.
    """
    sizes = [
        size for line in series.lines for day, size in zip(line.days, line.sizes, strict=True) if first <= day <= last
    ]
    sizes += [float(point.size) for point in series.points if not point.is_entry_error and point.age.used <= last]
    if not sizes:
        return 0.0, 1.0
    room = (max(sizes) - min(sizes)) * _HEADROOM or max(sizes) / 10
    return max(0.0, min(sizes) - room), max(sizes) + room


def _stroke(line: ReferenceLine) -> QPen:
    """How a reference line is drawn: told apart by its stroke as well."""
    return QPen(colour("muted" if line.z == 0 else "edge"), 1.5 if line.z == 0 else 1, _DASHES[abs(line.z)])


def _end(line: ReferenceLine, last: float) -> float:
    """The size at which a line leaves the chart, or ends within it."""
    sizes = (size for day, size in zip(line.days, line.sizes, strict=True) if day >= last)
    return next(sizes, line.sizes[-1])
