"""Bars below each other: what is drawn is as long as it is said to be, and is said in words too."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.kit.bars import Bar, BarChart, Share
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import ColourScheme, colour, dress, enlarge

TYPED, READ = Share("Skrevet", "accent"), Share("Læst", "check", is_hatched=True)
WIDTH = 900


@pytest.fixture
def chart(qapp: QApplication, qtbot: QtBot) -> BarChart:
    """A chart without bars."""
    dress(qapp, ColourScheme.LIGHT)
    made = BarChart("bars", Retranslation(), lambda: "Tid")
    qtbot.addWidget(made)
    return made


def inked(chart: BarChart) -> list[int]:
    """How many pixels of the first part's colour there are in each line that has any."""
    chart.resize(WIDTH, chart.sizeHint().height())
    picture: QImage = chart.grab().toImage()
    ink = colour("accent").rgb()
    lines = (sum(picture.pixel(x, y) == ink for x in range(picture.width())) for y in range(picture.height()))
    return [count for count in lines if count]


def test_a_bar_of_twice_the_size_is_twice_as_long(chart: BarChart) -> None:
    bars = [
        Bar(name, words, 0.9 * size, 1.1 * size, ((TYPED, size), (READ, 0)))
        for name, words, size in (("Kort", "10 s", 10.0), ("Langt", "20 s", 20.0))
    ]
    chart.show_bars(bars)
    lengths = inked(chart)
    half = len(lengths) // 2
    assert max(lengths[half:]) == pytest.approx(2 * max(lengths[:half]), rel=0.1)
    assert chart.accessibleDescription() == "Kort: 10 s; Langt: 20 s"
    assert chart.sizeHint().height() > 0


def test_parts_stand_beside_each_other(chart: BarChart) -> None:
    chart.show_bars([Bar("Alt", "20 s", 18, 22, ((TYPED, 20.0),))])
    whole = max(inked(chart))
    chart.show_bars([Bar("Delt", "20 s", 18, 22, ((TYPED, 10.0), (READ, 10.0)))])
    assert max(inked(chart)) == pytest.approx(whole / 2, rel=0.15)


def test_nothing_to_draw(chart: BarChart) -> None:
    chart.show_bars([])
    assert inked(chart) == []
    assert chart.accessibleDescription() == ""


def test_the_bars_grow_with_the_text(chart: BarChart) -> None:
    chart.show_bars([Bar("Alt", "20 s", 18, 22, ((TYPED, 20.0),))])
    near = chart.sizeHint()
    try:
        enlarge(2)
        assert chart.sizeHint() == near * 2
        assert chart.grab().height() > 0
    finally:
        enlarge(1)
