"""Numbers and text exactly as they are meant."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from ldbu_desktop.bundles.json_out import json_text, number
from ldbu_desktop.json_text import Written


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("54.0", 1, b"54.0"),
        ("54.5", 1, b"54.5"),
        ("54.50", 1, b"54.5"),
        ("54.00", 1, b"54.0"),
        ("54.55", 1, b"54.55"),
        ("5250", 1, b"5250"),
        ("5.00", 0, b"5"),
        ("54.50", None, b"54.50"),
        ("1E+3", 1, b"1000"),
        ("-0.5", 1, b"-0.5"),
    ],
)
def test_a_number_has_the_form_that_is_meant(value: str, decimals: int | None, expected: bytes) -> None:
    assert json_text(number(Decimal(value), decimals)) == expected


def test_pretty_and_compact_say_the_same() -> None:
    value = {"a": [Written("1.50"), 2, {}], "æ": '\u2028"', "b": []}
    assert msgspec.json.decode(json_text(value, is_pretty=True)) == msgspec.json.decode(json_text(value))
    assert json_text(value, is_pretty=True).splitlines()[1:3] == [b'  "a": [', b"    1.50,"]


def test_only_json_is_written() -> None:
    with pytest.raises(TypeError):
        json_text({"a": object()})


def test_a_number_may_have_any_exponent() -> None:
    assert json_text({"value": Written("1e-99999999")}, is_pretty=True) == b'{\n  "value": 1e-99999999\n}'
