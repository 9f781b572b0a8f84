"""Units of measure as UCUM writes them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.conformance.profiles.units import is_unit


@pytest.mark.parametrize(
    "code",
    [
        "g",
        "kg",
        "cm",
        "kg/m2",
        "mm[Hg]",
        "{score}",
        "1",
        "m.s-1",
        "/min",
        "(kg)/m2",
        "10*3",
        "%",
        "kg{wet}",
        "",
        "{a}{b}",
        "kg{wet}{dry}",
    ],
)
def test_a_unit_is_known(code: str) -> None:
    assert is_unit(code)


@pytest.mark.parametrize(
    "code", ["gram", "kg m", "kg/", "(kg", "kg)", "{", "æ", "m..s", "+", "g." * 300, "{a}kg", "kg[", "kg{wet"]
)
def test_what_is_no_unit_is_not(code: str) -> None:
    assert not is_unit(code)


@given(st.text(alphabet="kgm/.(){}[]12+-* ", max_size=30))
def test_a_blank_stands_in_no_unit_but_in_braces(code: str) -> None:
    assert not is_unit(code) or " " not in re.sub(r"{[^}]*}", "", code)
