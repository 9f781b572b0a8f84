"""Which words are nobody's."""

from __future__ import annotations

import pytest

from ldbu_desktop.pseudonyms.known_words import KnownWords

WORDS = KnownWords()


@pytest.mark.parametrize(
    "text",
    ["Vægt (i gram)", "Barnets søvn", "visit.type.text", "EncounterDateTime", "BodyMass_g", "Søvnstatus", "k_starttid",
     "Gravides", "PUF nr. 1", "soevn", "B-besøg", "RygerIHjemmet?", "Ingen bekymring"],
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
        "Bekymrandersen",
        "A B",
    ],
)
def test_a_text_with_any_other_word_or_many_digits_is_somebodys(text: str) -> None:
    assert not WORDS.is_of_words(text)


@pytest.mark.parametrize("name", ["Liv", "Bo", "Per", "Ali", "Iris"])
def test_what_is_a_code_or_an_author_elsewhere_is_somebodys_name(name: str) -> None:
    assert not WORDS.is_known(name)
    assert not WORDS.is_nobodys(name)
    assert not WORDS.is_known_in("text", name)


@pytest.mark.parametrize(
    ("element", "text", "is_known"),
    [
        ("code", "HH", True),
        ("resourceType", "Patient", True),
        ("language", "liv", True),
        ("valueCode", "unknown", True),
        ("display", "home health", True),
        ("given", "Line", False),
        ("family", "Dag", False),
        ("city", "gram", False),
        ("text", "Hjemmebesøg", True),
    ],
)
def test_codes_stay_where_codes_stand_and_nothing_where_people_are_called(
    element: str, text: str, *, is_known: bool
) -> None:
    assert WORDS.is_known_in(element, text) is is_known


@pytest.mark.parametrize(
    ("text", "slip"),
    [("Hjemmebesø", "hjemmebesøgg"), ("besøg uge 22", None), ("ca. 3500", None), ("1500o", None), ("Ida Jensen", None)],
)
def test_what_is_like_a_word_is_like_it_after_and_no_number_is_made(text: str, slip: str | None) -> None:
    assert WORDS.slip_of(text) == slip
