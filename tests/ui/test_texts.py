"""Every text of the faces is literal, has an English one with the same placeholders, and none is left over."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import ldbu_desktop
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.language import Language, choose, placeholders
from ldbu_desktop.ui import words

ROOMS = ("ui", "cli", "rendering")


def _calls() -> Iterator[tuple[str, ast.Call]]:
    house = Path(ldbu_desktop.__file__).parent
    for room in ROOMS:
        for path in sorted((house / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
                    yield f"{path.name}:{node.lineno}", node


def _literals() -> dict[str, tuple[str, ast.Call]]:
    told = {}
    for where, call in _calls():
        text = call.args[0]
        assert isinstance(text, ast.Constant), where
        told[str(text.value)] = (where, call)
    return told


def _english() -> dict[str, str]:
    return dict(json.loads(resource("translations", "en.json").read_text(encoding="utf-8")))


def test_every_text_has_an_english_one_and_none_is_left_over() -> None:
    told, english = set(_literals()), set(_english())
    assert told - english == set()
    assert english - told == set()


def test_placeholders_are_those_of_the_call_in_both_languages() -> None:
    english = _english()
    for text, (where, call) in _literals().items():
        given = {keyword.arg for keyword in call.keywords}
        if given and None not in given:
            assert placeholders(text) == given, where
        assert placeholders(english[text]) == placeholders(text), where


def test_no_text_is_empty_and_underlined_letters_are_in_both() -> None:
    for danish, english in _english().items():
        assert english.strip(), danish
        assert ("&" in danish) == ("&" in english), danish


@pytest.mark.parametrize("language", list(Language))
def test_values_are_told_in_the_language_in_use(language: Language) -> None:
    from datetime import UTC, date, datetime
    from decimal import Decimal

    choose(language)
    is_danish = language is Language.DANISH
    assert words.number_words(Decimal("54.0")) == ("54,0" if is_danish else "54.0")
    assert words.count_words(10_000) == ("10.000" if is_danish else "10,000")
    assert words.day_words(date(2020, 5, 7)) == ("7. maj 2020" if is_danish else "7 May 2020")
    summer = datetime(2020, 7, 7, 10, 45, tzinfo=UTC)
    assert words.moment_words(summer) == ("7. juli 2020 kl. 12.45" if is_danish else "7 Jul 2020 at 12:45")
    choose(Language.DANISH)


def test_cpr_numbers_are_covered() -> None:
    assert words.cpr_words("0505209996", shown=False) == "••••••-9996"
    assert words.cpr_words("0505209996", shown=True) == "050520-9996"
    assert "0505" not in words.cpr_words("05052099", shown=False)
    assert words.covered("se 050520-9996", shown=False) == "se ••••••-9996"
