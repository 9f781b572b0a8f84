"""The chart of growth, drawn by pyqtgraph. Import it only where a chart is shown: it takes half a second."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)

from ldbu_desktop.growth.model import ReferenceLine, Series
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.growth_words import unit_words
from ldbu_desktop.ui.growth.ages import Span, ends, marks
from ldbu_desktop.ui.theme import GRID, SMALL, colour, font

_DASHES: Mapping[int, Qt.PenStyle] = {
    0: Qt.PenStyle.SolidLine,
    1: Qt.PenStyle.DotLine,
    2: Qt.PenStyle.SolidLine,
    3: Qt.PenStyle.DashLine,
}
"""How the reference lines differ without colour, by how far they are from the median."""

_NEAR = 28
"""Pixels within which the pointer means a point."""

_MARK_ROOM = 30
_FRAME_WIDTH, _FRAME_HEIGHT = 90, 60
"""Pixels that the axes take, roughly."""

_POINT, _RING = 9, 17
_LABEL_ROOM = 13
_HEADROOM = 0.06


class _Axis(pg.AxisItem):  # type: ignore[misc]
    """An axis whose numbers are written in the language in use."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """The numbers at the marks."""
        return [told.replace(".", tr(",")) for told in super().tickStrings(values, scale, spacing)]


class GrowthChart(pg.PlotWidget):  # type: ignore[misc]
    """One series over age. Arrow keys, Home and End go from point to point; so does the pointer.

    ``pointed`` tells the place of the point that is looked at, ``opened`` of the one whose visit is asked for.
    """

    pointed = Signal(int)
    opened = Signal(int)

    def __init__(self) -> None:
        self._values = _Axis("left")
        super().__init__(axisItems={"left": self._values, "right": _Axis("right")}, background=None)
        self.setObjectName("growthChart")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(220)
        self._series: Series | None = None
        self._span = Span(1)
        self.place = -1
        self._spots: list[tuple[float, float]] = []
        plot = self.getPlotItem()
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setContentsMargins(GRID, 2 * GRID, GRID, GRID)
        plot.setMouseEnabled(False, False)
        plot.showAxis("right")
        self._view = plot.getViewBox()
        self._view.setDefaultPadding(0)
        self._ring = pg.ScatterPlotItem(pxMode=True)
        self.viewport().setMouseTracking(True)

    def show_series(self, series: Series, span: Span) -> None:
        """Draw a series over a span of age; the latest point is looked at first."""
        self._series, self._span = series, span
        self.place = len(series.points) - 1
        self.draw()

    def draw(self) -> None:
        """Draw everything, in the language and the colours in use."""
        plot, series = self.getPlotItem(), self._series
        self.setBackground(colour("surface"))
        plot.clear()
        if series is None:
            return
        first, last = ends(series.points, self._span)
        low, high = _reach(series, first, last)
        self._view.setRange(xRange=(first, last), yRange=(low, high), padding=0)
        self._dress(series)
        for line in series.lines:
            plot.addItem(_reference(line))
        self._draw_course(series)
        self._draw_points(series, low, high)
        plot.addItem(self._ring)
        self._mark(series)
        self._look()

    def _draw_points(self, series: Series, low: float, high: float) -> None:
        """Points by what they are: filled, hollow without a score, a triangle where doubtful, at the edge if beyond."""
        spots = []
        edge = (high - low) * _HEADROOM
        for point in series.points:
            name = "check" if point.is_doubtful else "accent"
            size = float(point.size)
            spots.append(
                {
                    "pos": (point.age.used, min(max(size, low + edge), high - edge)),
                    "symbol": ("t" if size < low else "t1") if point.is_doubtful else "o",
                    "size": _POINT + 3 if point.is_doubtful else _POINT,
                    "pen": pg.mkPen(colour("surface" if point.z is not None else name), width=1.5),
                    "brush": pg.mkBrush(colour(name if point.z is not None else "surface")),
                }
            )
        self._spots = [spot["pos"] for spot in spots]
        self.getPlotItem().addItem(pg.ScatterPlotItem(spots=spots, antialias=True))

    def _dress(self, series: Series) -> None:
        plot = self.getPlotItem()
        for name in ("left", "bottom", "right"):
            axis = plot.getAxis(name)
            axis.setPen(pg.mkPen(colour("line")))
            axis.setTextPen(pg.mkPen(colour("muted")))
            axis.setTickPen(pg.mkPen(colour("line")))
            axis.setStyle(tickFont=font(SMALL), tickLength=0 if name == "right" else -4, hideOverlappingLabels=False)
        style = {"color": colour("muted").name(), "font-size": f"{SMALL}pt"}
        plot.getAxis("left").setLabel(unit_words(series.charted.unit), **style)
        plot.getAxis("right").setLabel(tr("SD") if series.lines else "", **style)

    def _draw_course(self, series: Series) -> None:
        """A thin line through the points that are not doubtful; with corrected ages, where they would lie without."""
        plot = self.getPlotItem()
        kept = [point for point in series.points if not point.is_doubtful]
        days, sizes = [point.age.used for point in kept], [float(point.size) for point in kept]
        plot.addItem(pg.PlotCurveItem(days, sizes, pen=pg.mkPen(colour("accent"), width=1.5), antialias=True))
        moved = [point for point in kept if point.age.corrected is not None]
        faint = pg.mkPen(colour("edge"), style=Qt.PenStyle.DotLine)
        for point in moved:
            size = float(point.size)
            plot.addItem(pg.PlotCurveItem([point.age.used, point.age.days], [size, size], pen=faint, antialias=True))
        plot.addItem(
            pg.ScatterPlotItem(
                [point.age.days for point in moved],
                [float(point.size) for point in moved],
                size=6,
                symbol="o",
                pen=pg.mkPen(colour("edge")),
                brush=pg.mkBrush(colour("surface")),
                antialias=True,
            )
        )

    def _mark(self, series: Series) -> None:
        """Marks along the age, as close as there is room for, and the names of the lines at the right."""
        plot = self.getPlotItem()
        first, last = ends(series.points, self._span)
        told, in_years = marks(first, last, max(self.width() - _FRAME_WIDTH, _MARK_ROOM) / _MARK_ROOM)
        plot.getAxis("bottom").setTicks([told])
        style = {"color": colour("muted").name(), "font-size": f"{SMALL}pt"}
        plot.getAxis("bottom").setLabel(tr("Alder i år") if in_years else tr("Alder i måneder"), **style)
        ends_at = {line.z: _end(line, last) for line in series.lines}
        low, high = self._view.viewRange()[1]
        pixels = (self.height() - _FRAME_HEIGHT) / (high - low)
        closest = min((above - below for below, above in pairwise(ends_at.values())), default=0.0) * pixels
        # Those between are left out where there is no room for all.
        shown = ends_at if closest >= _LABEL_ROOM else {z: size for z, size in ends_at.items() if z % 3 == 0}
        names = [(size, f"{z:+d}".replace("-", "−") if z else "0") for z, size in shown.items()]
        plot.getAxis("right").setTicks([names])

    def look_at(self, place: int) -> None:
        """Look at another point."""
        if self._series is None or not 0 <= place < len(self._series.points) or place == self.place:
            return
        self.place = place
        self._look()
        self.pointed.emit(place)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _look(self) -> None:
        """Draw a ring around the point that is looked at."""
        at = [{"pos": self._spots[self.place]}] if self._spots else []
        pen = pg.mkPen(colour("accent"), width=2)
        self._ring.setData(spots=at, size=_RING, pen=pen, brush=None, symbol="o", antialias=True)

    def place_of(self, place: int) -> QPointF:
        """Where a point is drawn, in the widget's pixels."""
        return QPointF(self.mapFromScene(self._view.mapViewToScene(QPointF(*self._spots[place]))))

    def _nearest(self, position: QPointF) -> int:
        """The place of the point that a position means; -1 for none."""
        away = [(self.place_of(place) - position).manhattanLength() for place in range(len(self._spots))]
        return away.index(min(away)) if away and min(away) <= _NEAR else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Look at the point under the pointer."""
        self.look_at(self._nearest(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look at the point that is clicked."""
        self.look_at(self._nearest(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing more."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the visit of the point."""
        place = self._nearest(event.position())
        if place >= 0:
            self.opened.emit(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls what the chart stands in."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from point to point, or to the point's visit."""
        count = len(self._spots)
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

    def close(self) -> None:
        """Let go of what is drawn; pyqtgraph takes its scene apart here."""
        self._series = None
        super().close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the marks anew."""
        super().resizeEvent(event)
        series: Series | None = getattr(self, "_series", None)  # Qt resizes while the chart is being made
        if series is not None:
            self._mark(series)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show that the chart has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1), 6, 6)
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show it."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self.viewport().update()


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


def _reference(line: ReferenceLine) -> Any:
    """A reference line, told apart by its stroke as well."""
    name = "muted" if line.z == 0 else "edge"
    pen = pg.mkPen(colour(name), width=1.5 if line.z == 0 else 1, style=_DASHES[abs(line.z)])
    return pg.PlotCurveItem(list(line.days), list(line.sizes), pen=pen, antialias=True)


def _end(line: ReferenceLine, last: float) -> float:
    """The size at which a line leaves the chart, or ends within it."""
    sizes = (size for day, size in zip(line.days, line.sizes, strict=True) if day >= last)
    return next(sizes, line.sizes[-1])
