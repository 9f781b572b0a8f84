"""Moments and quantities in order, and nothing where the order can't be said."""

from __future__ import annotations

from typing import Any

import pytest

from ldbu_desktop.conformance.invariants.moments import at_most, quantity_at_most
from ldbu_desktop.json_text import Written


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2021", "2022", True),
        ("2021-05", "2021-04", False),
        ("2021-05-03", "2021-05-03", True),
        ("2021-05", "2021-05-03", None),
        ("2021-05-03T10:00:00+02:00", "2021-05-03T09:00:00Z", True),
        ("2021-05-03T10:00:00-02:00", "2021-05-03T09:00:00Z", False),
        ("2021-05-03T10:00:00", "2021-05-03T09:00:00Z", None),
        ("2021-13-03T10:00:00+02:00", "2021-05-03T09:00:00Z", None),
        ("soon", "2021", None),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", True),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", False),
        ("9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59Z", False),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", True),
        ("0004-02-29T23:00:00-02:00", "0004-03-01T01:00:00Z", True),
    ],
)
def test_moments_are_compared(first: str, second: str, expected: bool | None) -> None:
    assert at_most(first, second) is expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ({"value": 1}, {"value": Written("1.5")}, True),
        ({"value": 2}, {"value": Written("1.5")}, False),
        ({"value": 1, "unit": "g"}, {"value": 2, "unit": "kg"}, None),
        ({"value": "x"}, {"value": 2}, None),
        ({}, {"value": 2}, None),
    ],
)
def test_quantities_are_compared(low: dict[str, Any], high: dict[str, Any], expected: bool | None) -> None:
    assert quantity_at_most(low, high) is expected
