"""What a CPR number tells, what stands in for one, and how both are hidden."""

from __future__ import annotations

import pytest

from ldbu_desktop.journal.identity import is_provisional
from ldbu_desktop.journal.mask import without_cpr


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("050515-0AB1", True),
        ("0505150AB1", True),
        (" 050515 7xy9 ", True),
        ("050515-ABCD", True),
        ("650515-9995", True),
        ("6505159995", True),
        ("050515-9995", False),
        ("990515-0AB1", False),
        ("051315-0AB1", False),
        ("655515-9995", False),
        ("05051599", False),
        ("950515-9995", False),
        ("barn-0AB1", False),
        ("", False),
    ],
)
def test_a_provisional_number_is_told_from_others(written: str, told: bool) -> None:
    assert is_provisional(written) is told


def test_a_provisional_number_is_hidden_as_others_are() -> None:
    assert without_cpr("se 050515-0AB1 og 050520-9996") == "se 050515-•••• og 050520-••••"
    assert without_cpr("sag 2020-0AB1") == "sag 2020-0AB1"
