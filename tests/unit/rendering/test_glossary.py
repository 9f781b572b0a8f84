"""The glossary: every word that it should have, once, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

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


def test_danish_letters_stand_last() -> None:
    choose(Language.DANISH)
    assert [one.term.da for one in glossary()][-2:] == ["Værdi", "Årsag"]
