"""The program for a room: how high letters are in the picture, what is covered, shown, and given back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.page import INSPECTOR, TREE
from ldbu_desktop.ui.pages import CHILDREN, PRACTICE, REPORTS
from ldbu_desktop.ui.practice.page import PracticePage
from ldbu_desktop.ui.practice.practice import Way
from ldbu_desktop.ui.projector import LETTER, LINES
from ldbu_desktop.ui.theme import (
    AFAR,
    BODY,
    GRID,
    LARGER,
    LIGHT,
    SMALL,
    TITLE,
    colours,
    contrast,
    enlarge,
    font,
    points,
    scale_for_letters,
    scaled,
)
from tests.profiles import each
from tests.ui.hand import activate


def ink_height(part: QLabel) -> int:
    """How high the letters are in a picture of a label that says ``H``: the lines that have ink."""
    part.setText("H")
    picture = part.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    dark = [
        line
        for line in range(picture.height())
        if any(picture.pixelColor(at, line).lightness() < 128 for at in range(picture.width()))
    ]
    return dark[-1] - dark[0] + 1 if dark else 0


@pytest.mark.parametrize("lines", [1080, 720, 768])
def test_letters_are_high_enough_for_the_picture(qapp: QApplication, lines: int) -> None:
    try:
        wanted = LETTER * lines / LINES
        enlarge(scale_for_letters(wanted))
        for size in (SMALL, BODY, TITLE):
            assert points(size) >= LARGER * BODY
            made = QFontMetricsF(font(size))
            assert made.capHeight() >= wanted - 0.5, size
    finally:
        enlarge(1)
    assert (points(SMALL), points(BODY), scaled(10)) == (SMALL, BODY, 10)


def test_the_contrast_is_higher() -> None:
    assert contrast(AFAR.text, AFAR.surface) >= 7
    assert contrast(AFAR.muted, AFAR.surface) >= 7
    assert contrast(AFAR.line, AFAR.surface) > contrast(LIGHT.line, LIGHT.surface)


def test_one_switch_shows_all_to_a_room_and_gives_it_back(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    window = opened
    activate(window, qtbot)
    window.actions_["unmask"].trigger()
    before = window.geometry()
    window.actions_["projector"].trigger()
    wanted = LETTER * window.screen().size().height() / LINES
    assert window.actions_["projector"].isChecked()
    assert not window.session.shows_cpr
    assert not window.actions_["unmask"].isEnabled()
    assert window.geometry() == window.screen().geometry()
    for part in (window.header, window.rail, window.status, page.tree_pane, page.inspector):
        assert not part.isVisible()
    assert colours() is AFAR
    made = QLabel(window)
    made.resize(200, 120)
    made.show()
    assert ink_height(made) >= wanted - 1
    made.deleteLater()
    window.actions_["projector"].trigger()
    assert not window.projector.is_on
    assert colours() is LIGHT
    assert window.geometry() == before
    for part in (window.header, window.rail, window.status, page.tree_pane, page.inspector):
        assert part.isVisible()


@pytest.mark.parametrize("width", [1000, 1500])
@pytest.mark.parametrize("folded", each([(), (TREE,), (INSPECTOR,), (TREE, INSPECTOR)], 2), ids="-".join)
def test_panes_that_were_folded_stay_so_for_a_room_and_after_it(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot, width: int, folded: tuple[str, ...]
) -> None:
    window = opened
    activate(window, qtbot)
    window.resize(width, 800)
    for pane in folded:
        page.show_pane(pane, False)
    before = {pane for pane in page.sides if page.has_pane(pane)}
    window.actions_["projector"].trigger()
    assert not any(page.has_pane(pane) for pane in page.sides)
    window.actions_["tree-pane"].trigger()
    assert page.has_pane(TREE)
    page.show_afar(True)
    assert page.has_pane(TREE)
    window.actions_["projector"].trigger()
    qtbot.waitUntil(lambda: window.width() == width)
    assert {pane for pane in page.sides if page.has_pane(pane)} == before


def test_findings_in_reports_are_for_a_room_too(window: MainWindow, qtbot: QtBot) -> None:
    page = window.pages.page(REPORTS)
    page.show_pane(INSPECTOR, False)
    window.actions_["projector"].trigger()
    assert [pane for pane in page.sides if page.has_pane(pane)] == [INSPECTOR]
    window.actions_["projector"].trigger()
    assert [pane for pane in page.sides if page.has_pane(pane)] == [TREE]


def test_the_pointer_and_the_keys_are_shown(window: MainWindow, qtbot: QtBot) -> None:
    activate(window, qtbot)
    window.actions_["projector"].trigger()
    halo, key = window.projector.halo, window.projector.key
    assert halo is not None
    assert key is not None
    place = QPoint(300, 200)
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(
        window,
        QMouseEvent(
            QMouseEvent.Type.MouseMove, QPointF(place), QPointF(place), Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton, none,
        ),
    )  # fmt: skip
    assert halo.geometry().center() in (place, place - QPoint(1, 1))
    assert not halo.grab().isNull()
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, Qt.Key.Key_A)
    QTest.keyClick(target, Qt.Key.Key_Shift)
    assert not key.isVisible()  # what is written is nobody's business
    QTest.keyClick(target, Qt.Key.Key_PageDown)
    assert key.isVisible()
    assert key.text()
    qtbot.waitUntil(lambda: not key.isVisible(), timeout=5000)
    window.actions_["projector"].trigger()
    assert window.projector.halo is None


def test_nothing_of_an_exercise_is_cut(window: MainWindow, qtbot: QtBot) -> None:
    activate(window, qtbot)
    page = window.pages.page(PRACTICE)
    assert isinstance(page, PracticePage)
    window.pages.go(PRACTICE)
    window.actions_["projector"].trigger()
    page.choice.choose("barselsbesoeg")
    case = page.choice.case
    assert case is not None
    page.begin(case, Way.SHOW)
    page.practice.step(1)
    QApplication.processEvents()
    assert not page.practice.session.shows_cpr
    assert page.minimumSizeHint().width() <= window.width()
    for part in (page.work.next, page.work.back, page.work.again):
        assert part.width() >= part.sizeHint().width(), part.objectName()
        assert part.visibleRegion().boundingRect() == part.rect()
    assert_within(page.work.title)
    page.leave()
    window.actions_["projector"].trigger()
    assert page.practice.is_afar is False


def assert_within(part: QWidget) -> None:
    """A label has room for its words on as many lines as they take."""
    assert part.height() >= part.heightForWidth(part.width())


def test_rows_are_as_high_as_before_when_the_window_is_near_again(opened: MainWindow, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    for page in (CHILDREN, PRACTICE):
        opened.pages.go(page)
    shown = opened.pages.shown
    assert isinstance(shown, PracticePage)
    children = opened.pages.page(CHILDREN)
    assert isinstance(children, ChildrenPage)
    tables = shown.choice.table, children.overview.table

    def heights() -> list[int]:
        return [table.rowHeight(0) for table in tables]

    before = [table.verticalHeader().defaultSectionSize() for table in tables]
    qtbot.waitUntil(lambda: heights() == before)
    opened.commands.turn_projector()
    qtbot.waitUntil(lambda: all(now > was for now, was in zip(heights(), before, strict=True)))
    opened.commands.turn_projector()
    qtbot.waitUntil(lambda: heights() == before)


def test_a_chart_of_growth_is_as_high_as_its_text_needs(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    window = opened
    activate(window, qtbot)
    window.session.select(Where(visit="K1"))
    window.actions_["growth"].trigger()
    qtbot.waitUntil(lambda: page.growth is not None and page.middle.currentWidget() is page.growth, timeout=10_000)
    assert page.growth is not None
    pane = page.growth.pane
    for _ in range(3):  # at a desk, before a room, and at the desk again
        for part in (pane.chart, pane.table):
            assert part.minimumHeight() == scaled(55 * GRID)
        qtbot.waitUntil(lambda: pane.stack.height() >= pane.chart.minimumHeight(), timeout=5000)
        window.actions_["projector"].trigger()
    window.actions_["projector"].trigger()
