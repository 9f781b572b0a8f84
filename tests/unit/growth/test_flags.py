"""What is most likely an entry error, in one measurement and between several."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.growth.flags import ENTRY_LIMITS, Scored, changes, is_entry_error
from ldbu_desktop.growth.model import Measure, UnlikelyKind


@pytest.mark.parametrize(
    ("measure", "low", "high"),
    [(Measure.WEIGHT, -6, 5), (Measure.HEIGHT, -6, 6), (Measure.HEAD, -5, 5), (Measure.BMI, -5, 5)],
)
def test_limits_are_whos(measure: Measure, low: float, high: float) -> None:
    assert not is_entry_error(measure, low)
    assert not is_entry_error(measure, high)
    assert is_entry_error(measure, low - 0.01)
    assert is_entry_error(measure, high + 0.01)


def test_every_measure_has_limits() -> None:
    assert set(ENTRY_LIMITS) == set(Measure)


def found(*series: tuple[int, float]) -> dict[int, tuple[UnlikelyKind, int]]:
    """What is found in a series, by place."""
    told = changes([Scored(*each) for each in series])
    return {place: (change.kind, change.before) for place, change in told.items()}


def test_a_steady_child_has_no_changes() -> None:
    assert found((0, 0.5), (8, -0.2), (60, -1.0), (150, -1.8), (300, -2.2)) == {}
    assert found() == {}
    assert found((0, 4.0)) == {}


def test_a_jump_within_a_year() -> None:
    assert found((0, 0.0), (60, 3.1)) == {1: (UnlikelyKind.JUMP, 0)}
    assert found((0, 0.0), (60, 3.0)) == {}
    assert found((0, 0.0), (366, -3.1)) == {1: (UnlikelyKind.JUMP, 0)}
    assert found((0, 0.0), (367, -3.1)) == {}


def test_one_that_stands_out_is_told_once_and_its_neighbours_not() -> None:
    assert found((0, 0.0), (60, 4.0), (120, 0.3)) == {1: (UnlikelyKind.STANDS_OUT, 0)}
    assert found((0, 0.0), (60, -2.1), (120, 0.3)) == {1: (UnlikelyKind.STANDS_OUT, 0)}


def test_one_beside_neighbours_that_differ_does_not_stand_out() -> None:
    assert found((0, 0.0), (60, 2.5), (120, -1.1)) == {2: (UnlikelyKind.JUMP, 1)}
    assert found((0, 0.0), (60, 2.5), (120, 0.6)) == {}
    assert found((0, 0.0), (60, 2.5), (800, 0.2)) == {}


@given(st.lists(st.tuples(st.integers(0, 6000), st.floats(-6, 6)), max_size=12))
def test_changes_point_back_and_are_large(series: list[tuple[int, float]]) -> None:
    scored = [Scored(*each) for each in sorted(series)]
    for place, change in changes(scored).items():
        assert 0 <= change.before < place
        assert change.difference == scored[place].z - scored[change.before].z
        assert abs(change.difference) > 2


@given(st.lists(st.floats(-0.9, 0.9), min_size=2, max_size=12), st.floats(-4, 4))
def test_small_steps_are_never_told(steps: list[float], start: float) -> None:
    scored = [Scored(60 * at, start + step) for at, step in enumerate(steps)]
    assert all(abs(now.z - before.z) < 2 for before, now in pairwise(scored))
    assert changes(scored) == {}
