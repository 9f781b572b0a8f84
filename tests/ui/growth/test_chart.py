"""The chart of growth: what it draws, and how one gets from point to point."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ldbu_desktop.growth.model import DAYS_A_MONTH, Growth, Series
from ldbu_desktop.ui.growth.ages import SPANS, Span, ends, fitting, marks
from ldbu_desktop.ui.growth.chart import GrowthChart
from ldbu_desktop.ui.growth.sizes import rungs
from ldbu_desktop.ui.theme import ColourScheme, colour, dress
from tests.ui.growth.conftest import INFANT, PRETERM, SCHOOL_CHILD, SLIP, UNMEASURED, grown


def weights(growth: Growth) -> Series:
    """The weight series."""
    return growth.by_id["weight"]


@pytest.fixture
def chart(qapp: QApplication, qtbot: QtBot) -> GrowthChart:
    """A chart that is shown, with three weights on it."""
    dress(qapp, ColourScheme.LIGHT)
    made = GrowthChart()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show_series(weights(INFANT), Span(1))
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def pointed(chart: GrowthChart) -> list[int]:
    """The places that the chart tells of."""
    places: list[int] = []
    chart.pointed.connect(places.append)
    return places


def move(chart: GrowthChart, to: QPointF) -> None:
    """Move the pointer within the chart."""
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, to, to, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(chart, event)


def test_arrows_go_from_point_to_point(chart: GrowthChart, pointed: list[int], qtbot: QtBot) -> None:
    assert chart.place == 2
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(chart, key)
    assert pointed == [1, 0, 2, 0]


def test_enter_and_double_click_ask_for_the_visit(chart: GrowthChart, qtbot: QtBot) -> None:
    opened: list[int] = []
    chart.opened.connect(opened.append)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    place = chart.place_of(1).toPoint()
    qtbot.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(300, 40))
    assert opened == [2, 1]


def test_other_keys_are_left_to_the_window(chart: GrowthChart, qtbot: QtBot, pointed: list[int]) -> None:
    qtbot.keyClick(chart, Qt.Key.Key_F7)
    qtbot.keyClick(chart, Qt.Key.Key_Tab)
    assert pointed == []


def test_the_pointer_tells_the_nearest_point(chart: GrowthChart, pointed: list[int], qtbot: QtBot) -> None:
    move(chart, chart.place_of(0) + QPointF(6, 5))
    move(chart, chart.place_of(0) + QPointF(200, -150))
    move(chart, chart.place_of(1))
    move(chart, chart.place_of(1))
    assert pointed == [0, 1]
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place_of(2).toPoint())
    assert pointed == [0, 1, 2]


def test_the_wheel_is_no_trap_and_dragging_moves_nothing(chart: GrowthChart, qtbot: QtBot) -> None:
    before = chart.reach, chart.place_of(0)
    at = QPointF(300, 200)
    wheel = QWheelEvent(
        at, at, QPoint(0, 120), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    chart.wheelEvent(wheel)
    assert not wheel.isAccepted()
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    move(chart, QPointF(300, 100))
    qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
    assert (chart.reach, chart.place_of(0)) == before


def test_points_lie_where_they_should(chart: GrowthChart) -> None:
    places = [chart.place_of(at) for at in range(3)]
    assert places[0].x() < places[1].x() < places[2].x()
    assert places[0].y() > places[1].y() > places[2].y()
    assert all(chart.rect().contains(place.toPoint()) for place in places)


def test_a_slip_is_drawn_at_the_edge_and_moves_nothing(chart: GrowthChart) -> None:
    reach = chart.reach
    chart.show_series(weights(SLIP), Span(1))
    assert chart.reach == pytest.approx(reach)
    assert chart.rect().contains(chart.place_of(1).toPoint())


def test_a_point_before_term_is_in_sight(chart: GrowthChart) -> None:
    chart.show_series(weights(PRETERM), Span(1))
    assert chart.rect().contains(chart.place_of(0).toPoint())
    assert weights(PRETERM).points[0].age.used < 0


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("measure", ["weight", "height", "head-circumference", "bmi"])
@pytest.mark.parametrize("growth", [INFANT, SCHOOL_CHILD, UNMEASURED])
def test_any_series_in_any_span(chart: GrowthChart, growth: Growth, measure: str, span: Span) -> None:
    chart.show_series(growth.by_id[measure], span)
    QApplication.processEvents()
    image = chart.grab().toImage()
    assert not image.isNull()
    names = [told for _, told in chart.names()]
    assert names in (["−3", "−2", "−1", "0", "+1", "+2", "+3"], ["−3", "0", "+3"])


@pytest.mark.parametrize("symbol", ["series", "slip below", "no score", "moved"])
def test_each_kind_of_point_looks_its_own(chart: GrowthChart, symbol: str) -> None:
    grounds = {
        "series": ("accent", weights(INFANT), 2),
        "slip below": ("check", weights(grown((3, {"weight": "3200"}), (61, {"weight": "51"}))), 1),
        "no score": ("surface", weights(PRETERM), 0),
        "moved": ("accent", weights(PRETERM), 1),
    }
    name, series, place = grounds[symbol]
    chart.show_series(series, Span(1))
    at = chart.place_of(place).toPoint()
    ratio = chart.devicePixelRatioF()
    seen = chart.grab().toImage().pixelColor(round(at.x() * ratio), round(at.y() * ratio))
    assert seen == QColor(colour(name))


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (2.9, 11.3), (45.0, 84.0), (0.001, 99_000.0), (7.0, 7.002)])
@pytest.mark.parametrize("room", [2, 5.5, 12])
def test_sizes_are_marked_at_easy_numbers(low: float, high: float, room: float) -> None:
    told = rungs(low, high, room)
    assert all(low - 1e-6 <= at <= high + 1e-6 for at, _ in told)
    assert len(told) <= room + 1
    assert len({text for _, text in told}) == len(told)
    assert all(float(text) == pytest.approx(at) for at, text in told)


def test_before_anything_is_shown_nothing_is_drawn(qapp: QApplication, qtbot: QtBot) -> None:
    dress(qapp, ColourScheme.LIGHT)
    made = GrowthChart()
    qtbot.addWidget(made)
    made.resize(300, 300)
    image = made.grab().toImage()
    assert {image.pixelColor(x, y).rgb() for x in (20, 150, 280) for y in (20, 150, 280)} == {colour("surface").rgb()}
    assert made.names() == []
    assert made.place_of(0) == QPointF()


def test_without_points_there_is_nothing_to_go_to(chart: GrowthChart, pointed: list[int], qtbot: QtBot) -> None:
    opened: list[int] = []
    chart.opened.connect(opened.append)
    chart.show_series(weights(UNMEASURED), Span(1))
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Left, Qt.Key.Key_Return):
        qtbot.keyClick(chart, key)
    move(chart, QPointF(300, 200))
    assert pointed == opened == []


def test_names_of_lines_are_fewer_where_there_is_little_room(chart: GrowthChart) -> None:
    chart.resize(600, 400)
    full = len(chart.names())
    chart.resize(600, 220)
    chart.show_series(grown((1, {"height": "50"})).by_id["height"], Span(19))
    QApplication.processEvents()
    few = len(chart.names())
    assert (full, few) == (7, 3)


def test_the_keyboard_is_seen(chart: GrowthChart, qtbot: QtBot) -> None:
    chart.activateWindow()
    qtbot.waitUntil(chart.isActiveWindow)
    chart.clearFocus()
    accent = colour("accent").rgb()

    def edge() -> int:
        return chart.grab().toImage().pixelColor(chart.width() // 2, 1).rgb()

    assert edge() != accent
    chart.setFocus()
    qtbot.waitUntil(chart.hasFocus)
    assert edge() == accent


def test_the_dark_chart_is_dark(chart: GrowthChart, qapp: QApplication) -> None:
    dress(qapp, ColourScheme.DARK)
    QApplication.processEvents()
    ground = chart.grab().toImage().pixelColor(4, 4)
    assert ground == QColor(colour("surface"))
    dress(qapp, ColourScheme.LIGHT)


def test_the_shortest_span_that_holds_the_points() -> None:
    spans = [fitting(weights(growth).points).years for growth in (UNMEASURED, INFANT, SCHOOL_CHILD)]
    assert spans == [1, 1, 19]
    assert fitting(weights(grown((400, {"weight": "9000"}))).points).years == 2
    assert fitting(weights(grown((9000, {"weight": "60000"}))).points).years == 19


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("room", [2, 9, 18, 40])
def test_marks_are_few_enough_and_inside(span: Span, room: float) -> None:
    first, last = ends((), span)
    told, in_years = marks(first, last, room)
    assert told[0] == (0, "0")
    assert all(first <= at <= last for at, _ in told)
    assert len(told) <= max(room + 1, 5)
    assert in_years == (span.years >= 5 or room == 2)


def test_marks_before_term() -> None:
    told, in_years = marks(-70, 365, 20)
    assert not in_years
    assert told[0] == (-2 * DAYS_A_MONTH, "−2")
