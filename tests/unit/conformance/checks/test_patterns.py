"""Regular expressions from packages: what is quick is searched for, what might take for ever is not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.conformance.checks.patterns import SlowPattern, replaced, searched, ways


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", 1),
        ("^a$", 1),
        ("a*", 101),
        ("a+", 100),
        ("a?b?", 4),
        ("a{5}", 1),
        ("a{2,5}", 4),
        ("a{,3}", 4),
        ("a{98,}", 3),
        ("a|b|c", 3),
        ("(a|b){3}", 8),
        ("((0|5|6){1})", 3),
        ("(a?){2}", 4),
        ("a*?b*", 101 * 101),
        ("[(+*]x", 1),
        (r"\(a\+", 1),
        ("[]a]+", 100),
        ("(?:a|b)(?P<x>c)(?=d)", 2),
        ("(a|b)*", float("inf")),
        ("(a+)+", float("inf")),
        ("(a|aa){61}", float("inf")),
        ("a)", 1),
        ("(((", 1),
    ],
)
def test_ways_are_counted(pattern: str, expected: float) -> None:
    assert ways(pattern, 100) == expected


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(a*)*b", "a*a*a*a*a*b", "(.*a){20}", "a?" * 40 + "a" * 40])
def test_what_might_take_for_ever_is_refused(pattern: str) -> None:
    with pytest.raises(SlowPattern):
        searched(pattern, "a" * 200)
    with pytest.raises(SlowPattern):
        replaced(pattern, "", "a" * 200)


@given(st.text("ab1 ", max_size=20), st.sampled_from(["^a", "b$", "[0-9]{1,3}", "(a|b) ", ".1", "a*b"]))
def test_the_rest_is_what_the_language_finds(text: str, pattern: str) -> None:
    assert (searched(pattern, text) is None) == (re.search(pattern, text, re.DOTALL) is None)
    assert replaced(pattern, "x", text) == re.sub(pattern, "x", text, flags=re.DOTALL)


def test_groups_stand_in_what_replaces() -> None:
    assert replaced("([a-z])([0-9])", "$2$1", "a1 b2") == "1a 2b"
