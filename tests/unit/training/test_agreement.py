"""Agreement: against the published example of Fleiss' kappa, and at its edges."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.training.agreement import agreement, spread_of, spreads

# Fleiss (1971), table 1: thirty patients, each diagnosed by six psychiatrists with one of five categories.
FLEISS = re.findall(
    ".{6}",
    "444444222555233335555555222444113333333355113334114444555555144444124444222333144444224445"
    "333335111455111112224444133555555555244444224555114444144445222224111155224444133333555555",
)


def test_the_published_example() -> None:
    found = agreement({str(patient): list(diagnoses) for patient, diagnoses in enumerate(FLEISS)})
    assert (found.things, found.raters) == (30, 6)
    assert found.kappa == pytest.approx(0.430, abs=0.0005)
    assert found.observed == pytest.approx(0.5556, abs=0.0005)


def test_all_the_same_tells_nothing_of_chance() -> None:
    assert agreement({"a": ["x", "x"], "b": ["x", "x"]}) == (2, 2, 1.0, None)


@pytest.mark.parametrize("answers", [{}, {"a": ["x"]}, {"a": ["x", "y"], "b": ["x", "y", "z"]}])
def test_what_can_not_be_added_up(answers: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match="same number of raters"):
        agreement(answers)


def test_where_a_room_differs_most_stands_first() -> None:
    found = spreads({"same": ["a", "a", "a"], "split": ["a", "b", "c"], "one": ["a"], "two": ["a", "b", "b"]})
    assert [one.thing for one in found] == ["split", "two", "same"]
    assert found[1].answers == (("b", 2), ("a", 1))
    assert found[1].raters == 3


@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=20))
def test_a_spread_counts_everybody_once(answers: list[str]) -> None:
    found = spread_of("thing", answers)
    assert found.raters == len(answers)
    assert (found.observed == 1) == (len(set(answers)) == 1)
