"""Two languages, one choice."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

import ldbu_desktop
from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.language import (
    Language,
    alphabetical,
    choose,
    chosen,
    filled,
    is_one,
    natural,
    placeholders,
    quoted,
    tr,
)


def test_text_in_each_language() -> None:
    text = Text(da="vægt", en="weight")
    assert [text[language] for language in Language] == ["vægt", "weight"]


def test_faces_speak_the_chosen_language() -> None:
    assert chosen() is Language.DANISH
    assert tr("Fejl") == "Fejl"
    choose(Language.ENGLISH)
    assert tr("Fejl") == "Fault"


def test_a_text_is_quoted_as_its_language_does() -> None:
    assert quoted("x") == "»x«"
    assert quoted("x", Language.ENGLISH) == "“x”"
    choose(Language.ENGLISH)
    assert quoted("x") == "“x”"


def test_facts_are_filled_in() -> None:
    assert tr("Skabelonen ligger i {file}", file="a.xlsx") == "Skabelonen ligger i a.xlsx"


def test_a_count_has_a_mark_at_the_thousands_and_the_number_of_a_place_has_none() -> None:
    assert filled("{count} rapporter", {"count": 10_824}, Language.DANISH) == "10.824 rapporter"
    assert filled("{count} reports", {"count": 10_824}, Language.ENGLISH) == "10,824 reports"
    assert filled("række {row} i {year}", {"row": 10_824, "year": 2026}, Language.DANISH) == "række 10824 i 2026"


def test_text_without_english_is_told_in_danish() -> None:
    choose(Language.ENGLISH)
    assert tr("findes ikke på engelsk {name}", name="x") == "findes ikke på engelsk x"


@pytest.mark.parametrize(
    ("count", "danish", "english"),
    [
        (0, False, False),
        (1, True, True),
        (2, False, False),
        (-1, True, True),
        (1.0, True, False),
        (Decimal("1.5"), True, False),
        (Decimal("0.5"), True, False),
        (Decimal("0.0"), False, False),
        (Decimal("2.5"), False, False),
    ],
)
def test_what_is_told_in_the_singular_is_cldrs(count: object, danish: bool, english: bool) -> None:
    assert is_one(count, Language.DANISH) is danish
    assert is_one(count, Language.ENGLISH) is english


@pytest.mark.parametrize(
    ("written", "language", "told"),
    [
        ("1", Language.DANISH, True),
        ("1.000", Language.DANISH, False),
        ("1,5", Language.DANISH, True),
        ("+1,0", Language.DANISH, True),
        ("1,000", Language.ENGLISH, False),
        ("1.5", Language.ENGLISH, False),
        ("1", Language.ENGLISH, True),
        ("many", Language.ENGLISH, False),
    ],
)
def test_a_count_may_be_written_already(written: str, language: Language, told: bool) -> None:
    assert is_one(written, language) is told


def test_words_follow_their_count() -> None:
    text = "{n, plural, one {# fil i {x}} other {}}"
    assert (
        filled("{n, plural, one {# fil} other {# filer}} i {x}", {"n": 1, "x": "{y}"}, Language.DANISH) == "1 fil i {y}"
    )
    assert filled("{n, plural, one {# fil} other {# filer}}", {"n": "1.200"}, Language.DANISH) == "1.200 filer"
    assert filled("{n, plural, one {# fil} other {# filer}}", {"n": 10824}, Language.DANISH) == "10.824 filer"
    assert filled("{n, plural, one {# file} other {# files}}", {"n": 10824}, Language.ENGLISH) == "10,824 files"
    assert placeholders("{n, plural, one {en} other {# filer}} i {x}") == {"n", "x"}
    with pytest.raises(ValueError, match="field name"):
        filled(text, {"n": 1, "x": 2}, Language.DANISH)


def test_the_danish_letters_are_the_last_of_the_alphabet() -> None:
    words = ["Åben", "ært", "Ørn", "zebra", "Abe", "æble", "ål"]
    assert sorted(words, key=alphabetical) == ["Abe", "zebra", "æble", "ært", "Ørn", "Åben", "ål"]


def test_numbers_in_texts_are_sorted_by_their_size() -> None:
    texts = ["10 måneder", "2 måneder", "  2  Måneder b", "Åse", "Ane 10", "Ane 9", "9"]
    assert sorted(texts, key=lambda text: natural(text) or ()) == [
        "2 måneder", "  2  Måneder b", "9", "10 måneder", "Ane 9", "Ane 10", "Åse",
    ]  # fmt: skip
    assert natural("   ") is None
    assert natural("7" * 40) is not None


def test_marks_around_what_is_quoted_are_those_of_the_language() -> None:
    """A text of one piece says them itself; whatever is put together has them from one place."""
    source = Path(ldbu_desktop.__file__).parent
    by_hand = re.compile(r'(?<!tr\()[fr]"»\{')
    found = [path.name for path in source.rglob("*.py") if by_hand.search(path.read_text(encoding="utf-8"))]
    assert found == ["language.py"]
