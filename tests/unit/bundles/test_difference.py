"""What was read beyond what we would build: laid over again it says the same, and an edit always shows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.bundles.difference import difference, laid_over
from ldbu_desktop.bundles.json_out import json_text

LEAVES = st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["a", "b", ""])
NAMES = st.sampled_from(["id", "url", "linkId", "system", "code", "coding", "reference", "valueString", "valueInteger"])
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=12
)


@given(read=VALUES, built=VALUES)
def test_laid_over_what_was_built_it_is_what_was_read(read: Any, built: Any) -> None:
    assert json_text(laid_over(difference(read, built), built)) == json_text(read)


@given(value=VALUES)
def test_there_is_no_difference_between_equals(value: Any) -> None:
    assert difference(value, value) is None


@given(read=VALUES, built=VALUES, now=VALUES)
def test_whatever_is_built_later_is_text_again(read: Any, built: Any, now: Any) -> None:
    later = json.loads(json_text(laid_over(difference(read, built), now)))
    assert later is None or isinstance(later, dict | list | str | int | float)
    assert json_text(laid_over(difference(built, built), now)) == json_text(now)


@pytest.mark.parametrize(
    ("read", "built", "edited", "expected"),
    [
        # A value that was written in another form takes the new one.
        (
            {"start": "2020-01-01T10:00:00.000Z"},
            {"start": "2020-01-01T10:00:00Z"},
            {"start": "2021"},
            {"start": "2021"},
        ),
        # One part of a period is edited, the other keeps its form.
        (
            {"start": "a0", "end": "b0"},
            {"start": "a", "end": "b"},
            {"start": "x", "end": "b"},
            {"start": "x", "end": "b0"},
        ),
        # A code is edited: the text and the second coding beside the old one go.
        (
            {"code": {"coding": [{"code": "1"}, {"code": "local"}], "text": "one"}},
            {"code": {"coding": [{"code": "1"}]}},
            {"code": {"coding": [{"code": "2"}]}},
            {"code": {"coding": [{"code": "2"}]}},
        ),
        # What we never write stays, and so does what the reader left out.
        ({"note": "n"}, {"status": "a"}, {"status": "b"}, {"note": "n", "status": "b"}),
        ({"note": "n"}, {"status": "a"}, {"status": "a"}, {"note": "n"}),
        # A value under another name for the same element gives way to the one that is there now.
        ({"valueString": "54"}, {}, {"valueQuantity": {"value": 54}}, {"valueQuantity": {"value": 54}}),
        ({"valueString": "54"}, {}, {}, {"valueString": "54"}),
        # An element of a list that is taken out stays out, one that is put in is added.
        (
            [{"linkId": "1", "text": "A"}, {"linkId": "2", "text": "B"}],
            [{"linkId": "1"}, {"linkId": "2"}],
            [{"linkId": "2"}, {"linkId": "3"}],
            [{"linkId": "2", "text": "B"}, {"linkId": "3"}],
        ),
        # An element that was not in the file is left out as long as it is the same.
        ([{"linkId": "1"}], [{"linkId": "1"}, {"linkId": "2"}], [{"linkId": "1"}, {"linkId": "2"}], [{"linkId": "1"}]),
        # Extensions are known by their URL, others keep their place.
        (
            [{"url": "other"}, {"url": "ours", "valueString": "a", "id": "x"}],
            [{"url": "ours", "valueString": "a"}],
            [{"url": "ours", "valueString": "b"}],
            [{"url": "other"}, {"url": "ours", "valueString": "b", "id": "x"}],
        ),
        # An element that is known by nothing keeps its place only where all others do.
        (
            [{"display": "A", "id": "x"}, {"display": "B"}],
            [{"display": "A"}, {"display": "B"}],
            [{"display": "C"}, {"display": "B"}],
            [{"display": "C", "id": "x"}, {"display": "B"}],
        ),
        (
            [{"display": "A", "id": "x"}, {"display": "B"}],
            [{"display": "A"}, {"display": "B"}],
            [{"display": "C"}, {"display": "D"}, {"display": "B"}],
            [{"display": "B"}, {"display": "C"}, {"display": "D"}],
        ),
        # What became something else altogether is what it became.
        ({"a": {"b": 1}}, {"a": {"c": 1}}, {"a": 5}, {"a": 5}),
        ({"a": [1, 2]}, {"a": [1]}, {"a": 5}, {"a": 5}),
    ],
)
def test_an_edit_shows(read: Any, built: Any, edited: Any, expected: Any) -> None:
    assert laid_over(difference(read, built), edited) == expected
