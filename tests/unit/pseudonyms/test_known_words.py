"""Which words are nobody's."""

from __future__ import annotations

import pytest

from ldbu_desktop.pseudonyms.known_words import KnownWords

WORDS = KnownWords()


@pytest.mark.parametrize(
    "text",
    ["Vægt (i gram)", "Barnets søvn", "visit.type.text", "EncounterDateTime", "BodyMass_g", "Søvnstatus", "k_starttid",
     "Gravides", "PUF nr. 1", "soevn", "B-besøg"],
)  # fmt: skip
def test_a_text_of_known_words_is_nobodys(text: str) -> None:
    assert WORDS.is_of_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "Annas vægt",
        "Vægt Liv Nielsen",
        "NielsenVægt",
        "Vægt 48213",
        "12345",
        "",
        "Morten",
        "Søvnhansen",
        "Per Bo",
        "Hansen",
        "Madsen",
        "Annes",
        "A B",
    ],
)
def test_a_text_with_any_other_word_or_many_digits_is_somebodys(text: str) -> None:
    assert not WORDS.is_of_words(text)
