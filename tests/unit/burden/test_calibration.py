"""Calibration by measurement: the factor, its limits, what falls back on what, and how well predictions hit."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.burden.calibration import (
    ENOUGH_FOR_RANGE,
    FACTOR_LIMITS,
    active_by_field,
    active_seconds,
    calibrated,
    calibration,
    factor,
    score,
    score_before_updating,
)
from ldbu_desktop.burden.model import NOTHING, Band, MeasuredTime

PREDICTED = Band(30, 40, 60)
PREDICTIONS = st.floats(min_value=0.1, max_value=1000)


def measured(*seconds: float) -> list[MeasuredTime]:
    return [MeasuredTime(PREDICTED, each) for each in seconds]


def test_active_time_leaves_out_long_gaps_and_steps_back() -> None:
    assert active_seconds([]) == active_seconds([5]) == 0
    assert active_seconds([0, 10, 70, 131, 140]) == 10 + 60 + 9
    assert active_seconds([100, 40, 50]) == 10


def test_active_time_goes_to_the_field_that_was_worked_in() -> None:
    signs = [(0.0, "weight"), (4.0, "weight"), (6.0, "height"), (100.0, "height"), (103.0, "sleep")]
    assert active_by_field(signs) == {"weight": 6.0, "height": 3.0}
    assert active_by_field([]) == {}


def test_nothing_measured_falls_back_on_the_site_and_then_on_one() -> None:
    assert factor([]) == 1
    assert factor([], site=1.4) == 1.4
    assert factor([], site=9) == FACTOR_LIMITS[1]
    assert factor(measured(0, -1)) == 1
    assert factor([MeasuredTime(NOTHING, 5)]) == 1


def test_one_s_own_measurements_come_before_the_site_s() -> None:
    assert factor(measured(40), site=2) == 1


@given(st.lists(st.tuples(PREDICTIONS, PREDICTIONS), max_size=40))
def test_the_factor_is_within_its_limits_and_between_one_and_the_median(pairs: list[tuple[float, float]]) -> None:
    found = factor([MeasuredTime(Band(one, one, one), other) for one, other in pairs])
    assert FACTOR_LIMITS[0] <= found <= FACTOR_LIMITS[1]
    ratios = sorted(other / one for one, other in pairs)
    if ratios and ratios[0] > 1:
        assert found >= 1
    if ratios and ratios[-1] < 1:
        assert found <= 1


def test_the_factor_comes_nearer_the_median_with_more_measurements() -> None:
    few, many = factor(measured(80)), factor(measured(*[80] * 20))
    assert 1 < few < many < 2
    assert many == pytest.approx(math.exp(20 / 25 * math.log(2)))


def test_thirty_measured_visits_give_their_own_range() -> None:
    seconds = [40 + each for each in range(ENOUGH_FOR_RANGE)]
    before = calibrated(PREDICTED, measured(*seconds[:-1]))
    after = calibrated(PREDICTED, measured(*seconds))
    assert before.low / before.typical == pytest.approx(PREDICTED.low / PREDICTED.typical)
    assert (after.low, after.high) == pytest.approx((42.9, 66.1))


def test_scores_are_shares_of_what_was_measured() -> None:
    found = score(measured(40, 50, 80, 0))
    assert found is not None
    assert found.n == 3
    assert found.mape == pytest.approx((0 + 0.2 + 0.5) / 3)
    assert found.median_ape == pytest.approx(0.2)
    assert found.bias == pytest.approx(120 / 170 - 1)
    assert found.inside == pytest.approx(2 / 3)
    assert score([]) is None


def test_a_prediction_is_scored_before_its_measurement_is_known() -> None:
    first = score_before_updating(measured(80))
    assert first is not None
    assert first.mape == 0.5
    assert score_before_updating(measured(80), after=1) is None
    later = score_before_updating(measured(*[80] * 30), after=10)
    assert later is not None
    assert later.n == 20
    assert later.mape < first.mape


def test_what_measuring_has_taught() -> None:
    nothing = calibration([])
    assert (nothing.n, nothing.factor, nothing.median, nothing.range) == (0, 1, None, None)
    assert nothing.uncalibrated is nothing.calibrated is None
    some = calibration(measured(60, 52, 55, 240, 58))
    assert (some.n, some.median, some.range) == (5, 58, None)
    assert some.uncalibrated is not None
    assert some.uncalibrated.n == 5
    many = calibration(measured(*[40 + each for each in range(ENOUGH_FOR_RANGE)]))
    assert many.range == pytest.approx((42.9, 66.1))
