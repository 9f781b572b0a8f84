"""Two languages, one choice."""

from __future__ import annotations

from ldbu_desktop.language import Language, Text, choose, chosen, tr


def test_text_in_each_language() -> None:
    text = Text(da="vægt", en="weight")
    assert [text[language] for language in Language] == ["vægt", "weight"]


def test_faces_speak_the_chosen_language() -> None:
    assert chosen() is Language.DANISH
    assert tr("Fejl") == "Fejl"
    choose(Language.ENGLISH)
    assert tr("Fejl") == "Fault"


def test_facts_are_filled_in() -> None:
    assert tr("Skabelonen ligger i {file}", file="a.xlsx") == "Skabelonen ligger i a.xlsx"


def test_text_without_english_is_told_in_danish() -> None:
    choose(Language.ENGLISH)
    assert tr("findes ikke på engelsk {name}", name="x") == "findes ikke på engelsk x"
