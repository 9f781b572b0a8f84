"""Every text of the faces is literal, has an English one with the same placeholders, and none is left over."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from functools import cache

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.language import placeholders
from tests.program_code import PROGRAM, trees

ROOMS = ("ui", "cli", "rendering", "use_cases")


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for room in ROOMS:
        for path, tree in trees(PROGRAM / room):
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
                    yield f"{room}/{path}:{node.lineno}", node


@cache
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
