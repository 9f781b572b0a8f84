"""The test vectors of the model, to the digit, each by its number. No errors and no judgement are counted in them."""

from __future__ import annotations

import pytest

from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.calibration import Measured, calibrated, factor
from ldbu_desktop.burden.interactions import actions, interaction_seconds
from ldbu_desktop.burden.model import Actions, Band

PLAIN = Assumptions({"p_err": Band(0, 0, 0)})


def rounded(band: Band, digits: int) -> tuple[float, float, float]:
    return round(band.low, digits), round(band.typical, digits), round(band.high, digits)


def words(count: int) -> Band:
    return PLAIN.seconds(Actions(words=count))


@pytest.mark.parametrize(
    ("interaction", "keys", "sentences", "seconds"),
    [
        ("choice", 0, 0, 2.65),
        ("list", 0, 0, 3.95),
        ("number", 4, 0, 4.17),
        ("number-tab", 4, 0, 2.75),
        ("text", 300, 4, 89.8),
        ("homing", 0, 0, 0.40),
    ],
)
def test_interactions_as_in_the_table(interaction: str, keys: int, sentences: int, seconds: float) -> None:
    assert round(interaction_seconds(PLAIN, interaction, keys, sentences).typical, 2) == seconds


def test_vector_1_weight_by_mouse() -> None:
    assert rounded(interaction_seconds(PLAIN, "number", 4) + words(2), 3) == (3.800, 4.674, 6.386)


def two_months_form() -> Band:
    entry = actions("number", 4).plus(actions("number-tab", 4).times(2)).plus(actions("homing"))
    return PLAIN.seconds(entry.plus(actions("choice").times(7 + 1))) + words(40)


def test_vector_2_two_months_form() -> None:
    assert rounded(two_months_form(), 3) == (33.80, 41.354, 57.414)


def test_vector_6_calibration() -> None:
    measured = [Measured(Band(33.80, 41.35, 57.41), seconds) for seconds in (60, 52, 55, 240, 58)]
    assert round(factor(measured), 4) == 1.1843
    assert round(calibrated(Band(33.80, 41.35, 57.41), measured).typical, 2) == 48.97
