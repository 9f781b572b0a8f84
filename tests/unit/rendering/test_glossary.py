"""The glossary: every word that it should have, once, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering.glossary import glossary, glossary_entries
from ldbu_desktop.rendering.words import SEVERITIES, severity_word


@pytest.fixture(params=list(Language))
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    choose(request.param)
    yield request.param
    choose(Language.DANISH)


def test_every_word_stands_once_with_its_meaning(language: Language) -> None:
    terms = [one.term[language] for one in glossary_entries()]
    assert len(set(terms)) == len(terms)
    assert all(one.term[language].strip() and one.meaning[language].strip().endswith(".") for one in glossary_entries())


def test_how_things_stand_is_explained(language: Language) -> None:
    terms = {one.term[language] for one in glossary()}
    assert {severity_word(None), *map(severity_word, SEVERITIES)} <= terms


def test_words_are_found_in_their_meaning_too(language: Language) -> None:
    assert {one.term.en for one in glossary("ldbumap")} == {"Map"}
    assert glossary("KL gateway") != ()
    assert glossary("does not occur") == []


def test_a_word_is_found_by_what_others_call_it() -> None:
    assert [one.term.da for one in glossary("udtræk")] == ["Eksport"]
    assert [one.term.da for one in glossary("filtjek")] == ["Forkontrol"]


def english() -> dict[str, str]:
    """What is said in English, by what is said in Danish."""
    return dict(json.loads(resource("translations", "en.json").read_text(encoding="utf-8")))


def texts_in(told: Any) -> Iterator[tuple[Language, str]]:
    """The texts of a file of messages, each with its language."""
    if isinstance(told, dict):
        for key, value in told.items():
            if key in tuple(Language) and isinstance(value, str):
                yield Language(key), value
            elif key != "others":
                yield from texts_in(value)
    elif isinstance(told, list):
        for one in told:
            yield from texts_in(one)


TEXTS = [
    *((Language.DANISH, text) for text in english()),
    *((Language.ENGLISH, text) for text in english().values()),
    *(
        (language, text)
        for path in sorted(resource("messages").rglob("*.json"))
        if "examples" not in path.name
        for language, text in texts_in(json.loads(path.read_text(encoding="utf-8")))
    ),
    *(
        (Language(path.parent.name), path.read_text(encoding="utf-8"))
        for path in sorted(resource("manual").glob("*/*.md"))
    ),
]
"""Everything that is said to people: in the window, in the terminal, in findings and in the manual."""
NOT_OURS = re.compile(r"»[^«]*«|“[^”]*”|`[^`]*`|\{\w+\}")
"""What is quoted from a file or a screen, or filled in."""


@pytest.mark.parametrize(
    ("language", "word"),
    [(language, word) for one in glossary_entries() for language, words in one.others.items() for word in words],
)
def test_one_word_is_used_for_one_thing(language: Language, word: str) -> None:
    other = re.compile(rf"\b{re.escape(word)}", re.IGNORECASE)
    told = [text for of, text in TEXTS if of is language and other.search(NOT_OURS.sub("", text))]
    assert told == []


def test_danish_letters_stand_last() -> None:
    choose(Language.DANISH)
    assert [one.term.da for one in glossary()][-3:] == ["Værdi", "Øvelse", "Årsag"]
