"""Where a count stands before a word in a text of the program, both languages have the word in both forms."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.bundled_files import resource

PLURAL = re.compile(r"\{\w+, plural, one \{([^{}]*)\} other \{([^{}]*)\}\}")
BEFORE_A_WORD = re.compile(r"\{(\w+)\} ([a-zæøå]{2,}|å)\b")
ONE = re.compile(r"1 (?!til |to )[a-zæøå]{2,}")
FOLLOWS_ANYTHING = frozenset(
    re.findall(
        r"\w+",
        """
        af og eller fra er var har ikke med på om at be ville hører kan der må fordi men så som hos siden til ved kræver
        tager findes kendes ligger skal mangler peger siger står stod uden handler afviser bygger ser bruges udelades
        sendes skrives
        in of and or from is was were are has not with on about would belongs can does by that may since but for as to
        will must cannot lacks points stands takes builds looks rejects requires spans could lies only there the than if
        left more klar ready sent afvises rejected written stopped blev besvaret answered recorded without
        afleveret delivered
        """,
    )
)
"""Words that are the same after one and after many, in the texts where they stand behind a fact."""
NO_COUNTS = frozenset(
    ("age", "day", "dkk", "earlier", "encoding", "key", "last", "place", "reports", "seconds", "sheet", "unit", "who")
)
"""Facts that are never counts of the word behind them: ages with *old*, a last line, reports told in words …"""


def texts(told: Any, where: str) -> Iterator[tuple[str, str]]:
    """All texts in a file of texts, each with where it stands."""
    if isinstance(told, str):
        yield where, told
    elif isinstance(told, dict):
        for name, value in told.items():
            yield from texts(value, f"{where} {told.get('code', name)}")
    elif isinstance(told, list):
        for value in told:
            yield from texts(value, where)


def shipped() -> dict[str, str]:
    """Every text that is filled with facts, of faces, findings, faults and forms alike."""
    found: dict[str, str] = {}
    english = json.loads(resource("translations", "en.json").read_text(encoding="utf-8"))
    found |= {f"da {danish}": danish for danish in english} | {f"en {danish}": told for danish, told in english.items()}
    folder = Path(str(resource("messages")))
    paths = [path for path in sorted(folder.rglob("*.json")) if path.name != "examples.json"]
    for path in (*paths, Path(str(resource("burden", "texts.json")))):
        told = texts(json.loads(path.read_text(encoding="utf-8")), path.name)
        found |= {f"{where} {number}": text for number, (where, text) in enumerate(told)}
    return found


SHIPPED = shipped()


def test_a_word_behind_a_count_has_both_forms() -> None:
    bare = {
        (name, text)
        for text in SHIPPED.values()
        for name, word in BEFORE_A_WORD.findall(PLURAL.sub("", text))
        if name not in NO_COUNTS and word not in FOLLOWS_ANYTHING
    }
    assert bare == set()


def test_a_count_of_one_has_no_text_of_its_own() -> None:
    english = json.loads(resource("translations", "en.json").read_text(encoding="utf-8"))
    assert [text for text in (*english, *english.values()) if ONE.match(text)] == []


def test_both_languages_have_the_same_plurals() -> None:
    english = json.loads(resource("translations", "en.json").read_text(encoding="utf-8"))
    for danish, told in english.items():
        assert bool(PLURAL.search(danish)) == bool(PLURAL.search(told)), danish


@pytest.mark.parametrize("text", sorted({text for text in SHIPPED.values() if ", plural" in text}))
def test_plurals_are_well_formed(text: str) -> None:
    forms = PLURAL.findall(text)
    assert len(forms) == text.count(", plural")
    assert all("#" in one and "#" in other for one, other in forms)
    assert "#" not in PLURAL.sub("", text)
