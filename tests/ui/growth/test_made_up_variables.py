"""A quantity that the catalogue charts is drawn and printed without a line of code of its own."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ldbu_desktop.growth.model import Growth
from ldbu_desktop.growth.series import growth_of
from ldbu_desktop.journal.model import EMPTY, Citizen, Entry, Family, Observation
from ldbu_desktop.rendering.growth_words import doubt_words, source_words, summary_words
from ldbu_desktop.rendering.visit_summary import visit_summary
from ldbu_desktop.ui.growth.ages import SPANS, Span
from ldbu_desktop.ui.growth.pane import GrowthPane
from ldbu_desktop.ui.pace import at_once
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import ColourScheme, dress
from tests.oracle.synthetic import entry
from tests.unit.standard.made_up import ANSWERS, MARK, PULSE, SCREEN_TIME, made_up_standard
from tests.unit.use_cases.test_growth import measured, visit

CHILD = Citizen("B1", True, Entry("0505209996", "0505209996"))


def family(*pulses: str) -> Family:
    """A child whose pulse was taken at visits two months apart."""
    visits = (
        visit(
            61 * number,
            measured(PULSE, pulse, "/min", key=f"P{number}"),
            told(SCREEN_TIME, number),
            told(MARK, number),
            key=f"K{number}",
        )
        for number, pulse in enumerate(pulses, start=1)
    )
    return Family("F", (CHILD,), visits=tuple(visits))


def told(variable: str, number: int) -> Observation:
    """A made-up answer about the child."""
    answer = entry(next(iter(ANSWERS[variable])))
    return replace(measured(variable, "1", "", key=f"{variable}{number}"), value=answer, unit=EMPTY)


def growth(*pulses: str) -> Growth:
    """The growth of that child."""
    return growth_of(family(*pulses), "B1", made_up_standard())


@pytest.fixture
def pane(qapp: QApplication, qtbot: QtBot) -> GrowthPane:
    """A pane of the made-up standard."""
    dress(qapp, ColourScheme.LIGHT)
    made = GrowthPane(Retranslation(), made_up_standard())
    at_once(made.lay_out())
    qtbot.addWidget(made)
    made.resize(760, 700)
    made.show_growth(growth("130", "120", "90"))
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_it_is_drawn_without_a_reference(pane: GrowthPane, qtbot: QtBot) -> None:
    pane.view.choose("table")
    assert pane.measure.choice == PULSE
    assert pane.measure.button(PULSE).text() == "Puls"
    assert pane.model.rowCount() == 3
    assert pane.chart.unit == "/min"
    assert pane.chart.names() == []
    qtbot.mouseClick(pane.measure.button("weight"), Qt.MouseButton.LeftButton)
    assert pane.model.rowCount() == 0
    pane.measure.choose(PULSE)
    pane.show_growth(growth("120"))
    assert pane.model.rowCount() == 1


@pytest.mark.parametrize("pulses", [("130", "120"), ("120", "120"), ("120",), ()])
@pytest.mark.parametrize("span", SPANS)
def test_any_number_of_points_can_be_drawn(pane: GrowthPane, pulses: tuple[str, ...], span: Span) -> None:
    pane.chart.show_series(growth(*pulses).by_id[PULSE], span)
    assert pane.chart.place == len(pulses) - 1


def test_it_is_told_in_words_without_a_score() -> None:
    found = growth("130", "90")
    series = found.by_id[PULSE]
    assert "WHO" not in source_words(found, series)
    assert "2" in summary_words(series)
    assert doubt_words(series, series.points[1]) == ""


def test_it_is_printed() -> None:
    one = family("130")
    summary = visit_summary(one, one.visits[0], made_up_standard(), (), date(2026, 1, 1))
    lines = {(line.label, line.value) for part in summary.parts for line in part.lines}
    assert lines >= {("Puls", "130\u00a0/min"), ("Skærmtid", next(iter(ANSWERS[SCREEN_TIME].values())))}
    assert next(iter(ANSWERS[MARK].values())) in {label for label, _ in lines}
