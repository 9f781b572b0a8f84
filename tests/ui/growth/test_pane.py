"""The pane of growth: what it shows of a child, and what it asks for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.growth.model import Gestation, Growth
from ldbu_desktop.language import Language, choose
from ldbu_desktop.ui.growth.pane import GrowthPane
from ldbu_desktop.ui.growth.series_table import COLUMNS, measured
from ldbu_desktop.ui.kit.table_model import TableModel
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import LIGHT, ColourScheme, dress
from tests.ui.growth.conftest import INFANT, NAMELESS, PRETERM, SCHOOL_CHILD, SLIP, UNMEASURED, grown


def test_the_latest_measurement_is_told_first(pane: GrowthPane) -> None:
    assert pane.stack.currentWidget() is pane.chart
    assert pane.measure.choice == "weight"
    assert pane.span.choice == "1"
    assert "6\u00a0900\u00a0g" in pane.reading.text()
    assert "z " in pane.reading.text()
    assert pane.doubt.isHidden()
    assert pane.hints.isHidden()


def test_every_control_has_a_name_and_can_be_told_apart(pane: GrowthPane) -> None:
    names = []
    for kind in (QAbstractButton, QLineEdit):
        for control in pane.findChildren(kind):
            if control.objectName().startswith("growth"):
                names.append(control.objectName())
                assert control.accessibleName(), control.objectName()
    assert len(names) == len(set(names)) == 11
    assert pane.table.accessibleName()
    assert pane.chart.accessibleName()
    assert "5\u00a0100\u00a0g" not in pane.chart.accessibleDescription()
    assert "6\u00a0900\u00a0g" in pane.chart.accessibleDescription()


def test_another_measure_is_shown(pane: GrowthPane, qtbot: QtBot) -> None:
    qtbot.mouseClick(pane.measure.button("head-circumference"), Qt.MouseButton.LeftButton)
    assert "34,0\u00a0cm" in pane.reading.text()
    assert "5 år" in pane.source.text()
    pane.measure.choose("bmi")
    assert "kg/m²" in pane.reading.text()
    pane.measure.choose("height")
    assert "liggende" in pane.source.text()


def test_a_measure_that_was_not_taken_shows_its_reference(pane: GrowthPane) -> None:
    pane.show_growth(SLIP)
    pane.measure.choose("head-circumference")
    assert pane.stack.currentWidget() is pane.chart
    assert pane.reading.text() == "Hovedomfang er ikke målt endnu."


def test_a_slip_is_told_and_leads_to_its_visit(pane: GrowthPane, wanted: list[str]) -> None:
    pane.show_growth(SLIP)
    assert "51\u00a0000\u00a0g" in pane.hints.text()
    assert not pane.hints.isHidden()
    pane.hints.linkActivated.emit("K61")
    assert wanted == ["K61"]
    pane.chart.look_at(1)
    assert "WHO" in pane.doubt.text()
    assert not pane.doubt.isHidden()


def test_links_hold_keys_that_a_file_may_have(pane: GrowthPane) -> None:
    key = "a'b<c>&\"d"
    growth = SLIP
    series = growth.series[0]
    odd = [point.__class__(**{**_fields(point), "visit": key}) for point in series.points]
    told = Growth(
        "B1", growth.birth, growth.sex, None, (series.__class__(**{**_fields(series), "points": tuple(odd)}),)
    )
    pane.show_growth(told)
    assert "<c>" not in pane.hints.text()
    assert "&lt;c&gt;" in pane.hints.text()


def _fields(value: object) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__slots__}  # type: ignore[attr-defined]


def test_many_slips_are_counted(pane: GrowthPane) -> None:
    pane.show_growth(grown(*((days, {"weight": "90000"}) for days in range(0, 70, 10))))
    assert pane.hints.text().count("<a ") == 4
    assert "3 til" in pane.hints.text()


def test_what_can_not_be_placed_is_told(pane: GrowthPane) -> None:
    pane.show_growth(grown((3, {"weight": "3200"}), (61, {"weight": "0"}), (-5, {"height": "50"})))
    assert "uden et tal" in pane.hints.text()
    assert "før fødslen" in pane.hints.text()


@pytest.mark.parametrize(
    ("growth", "words"), [(None, "Vælg et barn"), (UNMEASURED, "ikke målt"), (NAMELESS, "CPR-nummer")]
)
def test_where_there_is_nothing_it_says_why(pane: GrowthPane, growth: Growth | None, words: str) -> None:
    pane.show_growth(growth)
    assert pane.stack.currentWidget() is pane.none
    assert words in pane.none.text.text()
    assert not pane.measure.isVisible()
    assert not pane.early.isVisible()
    pane.show_growth(INFANT)
    assert pane.stack.currentWidget() is pane.chart
    assert pane.measure.isVisible()


def test_the_same_child_keeps_what_is_chosen(pane: GrowthPane) -> None:
    pane.measure.choose("height")
    pane.span.choose("5")
    pane.show_growth(grown((3, {"height": "50.0"}), (70, {"height": "58.0"})))
    assert (pane.measure.choice, pane.span.choice) == ("height", "5")


def test_another_child_begins_anew(pane: GrowthPane) -> None:
    pane.measure.choose("head-circumference")
    pane.show_growth(Growth("B2", INFANT.birth, INFANT.sex, None, SCHOOL_CHILD.series))
    assert (pane.measure.choice, pane.span.choice) == ("weight", "19")


def test_the_table_says_the_same(pane: GrowthPane, wanted: list[str], qtbot: QtBot) -> None:
    pane.show_growth(SLIP)
    qtbot.mouseClick(pane.view.button("table"), Qt.MouseButton.LeftButton)
    assert pane.stack.currentWidget() is pane.table
    assert not pane.span.isVisible()
    model = pane.model
    assert model.rowCount() == 3
    told = [[model.data(model.index(row, column)) for column in range(len(COLUMNS))] for row in range(3)]
    assert told[1][:3] == ["8 uger", "51\u00a0000\u00a0g", "over 20"]
    assert "WHO" in told[1][3]
    assert told[0][3] is None
    assert model.data(model.cell(1, "doubt"), Qt.ItemDataRole.DecorationRole) is not None
    assert model.data(model.cell(0, "doubt"), Qt.ItemDataRole.DecorationRole) is None
    pane.table.setCurrentIndex(model.index(1, 0))
    assert "51\u00a0000\u00a0g" in pane.reading.text()
    pane.table.activated.emit(model.index(1, 0))
    assert wanted == ["K61"]
    pane.show_growth(INFANT)
    assert pane.stack.currentWidget() is pane.table


def test_the_model_is_a_sound_one() -> None:
    model = TableModel(COLUMNS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert (model.rowCount(), model.columnCount()) == (0, 4)
    model.show(measured(SLIP.series[0]))
    assert model.rowCount() == 3
    assert model.columnCount(model.index(0, 0)) == model.rowCount(model.index(0, 0)) == 0
    horizontal = Qt.Orientation.Horizontal
    assert all(model.headerData(column, horizontal) for column in range(len(COLUMNS)))
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(0, horizontal, Qt.ItemDataRole.FontRole) is None
    assert model.headerData(1, horizontal, Qt.ItemDataRole.TextAlignmentRole) is not None
    assert model.data(model.index(-1, 0)) is None
    model.show(measured(None))
    assert model.rowCount() == 0
    assert tester.model() is model


def test_a_gestation_is_given(pane: GrowthPane, qtbot: QtBot) -> None:
    given: list[object] = []
    pane.gestation_given.connect(given.append)
    pane.gestation.setText("34+2")
    pane.gestation.editingFinished.emit()
    assert given == [Gestation(34, 2)]
    assert pane.gestation_fault.isHidden()
    pane.gestation.setText("uge 7")
    pane.gestation.editingFinished.emit()
    assert given == [Gestation(34, 2)]
    assert not pane.gestation_fault.isHidden()
    pane.show_growth(PRETERM)
    assert pane.gestation.text() == "30+0"
    assert pane.gestation_fault.isHidden()
    assert "korrigeret" in pane.reading.text()
    assert "30+0" in pane.source.text()
    pane.gestation.editingFinished.emit()
    assert len(given) == 1, "what is known is not given again"
    pane.gestation.clear()
    pane.gestation.editingFinished.emit()
    assert given[1:] == [None]


def test_without_a_child_no_gestation_is_known(pane: GrowthPane) -> None:
    given: list[object] = []
    pane.gestation_given.connect(given.append)
    pane.show_growth(None)
    pane.gestation.setText("30")
    pane.gestation.editingFinished.emit()
    assert given == [Gestation(30)]


def test_language_and_colours_change_at_once(pane: GrowthPane, live: Retranslation, qapp: QApplication) -> None:
    pane.show_growth(SLIP)
    before = pane.hints.text()
    choose(Language.ENGLISH)
    dress(qapp, ColourScheme.DARK)
    live.refresh()
    assert pane.measure.button("weight").text() == "Weight"
    assert "entry errors" in pane.hints.text()
    assert LIGHT.accent in before
    assert LIGHT.accent not in pane.hints.text()
    assert "0.1" in pane.reading.text() or "." in pane.reading.text()


def test_nothing_is_cut_at_400_pixels(pane: GrowthPane, qtbot: QtBot) -> None:
    pane.show_growth(SLIP)
    pane.resize(400, 760)
    QApplication.processEvents()
    assert pane.width() == 400
    assert pane.minimumSizeHint().width() <= 400
    for button in pane.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.width() >= QFontMetrics(button.font()).horizontalAdvance(button.text()), button.objectName()
            right = button.mapTo(pane, button.rect().topRight()).x()
            assert right <= 400, button.objectName()
    assert pane.chart.height() >= 220


def test_what_is_waited_for_is_told(pane: GrowthPane) -> None:
    pane.wait(is_coming=True)
    assert pane.stack.currentWidget() is pane.none
    coming = pane.none.text.text()
    pane.wait(is_coming=False)
    assert pane.none.text.text() != coming
    pane.show_growth(INFANT)
    assert pane.stack.currentWidget() is pane.chart


def test_tab_goes_down_the_pane(pane: GrowthPane, qtbot: QtBot) -> None:
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    pane.measure.button("weight").setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget | None] = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == [pane.view.button("chart"), pane.span.button("1"), pane.chart, pane.gestation]
