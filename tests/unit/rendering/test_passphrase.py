"""How hard a passphrase is to guess is told honestly: as a span of time, and what is wrong with it."""

from __future__ import annotations

import pytest

from ldbu_desktop.casefile.passphrase import Strength, strength
from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering.passphrase import strength_words


def told(length: int, guesses: float, *, is_common: bool = False) -> str:
    """What is told of a passphrase of this length."""
    return strength_words(Strength(length, guesses, is_common))


def test_what_keeps_a_passphrase_from_being_taken_is_told() -> None:
    reasons = [told(0, 0), told(5, 4), told(11, 9), told(17, 4), told(17, 20, is_common=True)]
    assert len(set(reasons[:4])) == 4
    assert reasons[3] == reasons[4]
    assert "7" in reasons[1]
    assert "1" in reasons[2]


@pytest.mark.parametrize(
    ("guesses", "danish", "english"),
    [
        (7.0, "1 time", "1 hour"),
        (8.5, "4 timer", "4 hours"),
        (10.0, "6 dage", "6 days"),
        (13.0, "16 år", "16 years"),
        (40.0, "mere end tusind år", "more than a thousand years"),
    ],
)
def test_the_time_is_a_rough_figure(guesses: float, danish: str, english: str) -> None:
    assert told(20, guesses).endswith(f"{danish}.")
    choose(Language.ENGLISH)
    assert told(20, guesses).endswith(f"{english}.")


def test_a_passphrase_of_four_words_takes_long() -> None:
    assert strength_words(strength("korrekt hest batteri hæfteklamme")) == told(32, 40.0)
