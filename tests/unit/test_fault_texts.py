"""Every fault that can be raised has a text in both languages, filled by its own facts."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator
from functools import cache

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import Cancelled, CatalogueFault, Fault, FileFault
from ldbu_desktop.language import Language, placeholders
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.standard import consistency
from tests.program_code import trees

TEXTS: dict[str, dict[str, str]] = json.loads(resource("messages", "faults.json").read_text(encoding="utf-8"))
FAULTS = {fault.__name__ for fault in Fault.__subclasses__()} | {"Fault"}


@cache
def raised() -> frozenset[tuple[str, frozenset[str]]]:
    """The key and the names of the facts of every fault that is made, with a literal key or one of ``KEYS_OF``."""
    return frozenset(_raised())


def _raised() -> Iterator[tuple[str, frozenset[str]]]:
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FAULTS and node.args:
                key = node.args[0]
                facts = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
                for one in [str(key.value)] if isinstance(key, ast.Constant) else KEYS_OF.get(ast.unparse(key), ()):
                    yield one, facts


def _keys_of_flaws() -> Iterator[str]:
    """The keys that the flaws of a catalogue have: the third value of each."""
    for node in ast.walk(ast.parse(inspect.getsource(consistency))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Flaw":
            yield ast.literal_eval(node.args[2])


KEYS_OF = {"flaw.key": frozenset(_keys_of_flaws())}
"""The keys that a fault may have where it is handed one, by how that is written."""


def test_every_flaw_of_a_catalogue_has_a_key_that_is_raised() -> None:
    assert KEYS_OF["flaw.key"] == {"catalogue-dangling", "catalogue-duplicate", "catalogue-order"}
    assert {key for key, facts in raised() if facts == {"file", "line", "what"}} >= KEYS_OF["flaw.key"]


def test_every_fault_has_texts_that_its_facts_fill() -> None:
    assert {key for key, _ in raised() if set(TEXTS.get(key, ())) != set(Language)} == set()
    unfilled = {
        (key, language)
        for key, facts in raised()
        for language, text in TEXTS[key].items()
        if not placeholders(text) <= facts
    }
    assert unfilled == set()
    assert len(raised()) > 100


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_tell_the_same_facts(key: str) -> None:
    assert placeholders(TEXTS[key]["da"]) == placeholders(TEXTS[key]["en"])
    assert all(text.strip() for text in TEXTS[key].values())


def test_text_is_told_in_the_language_that_is_placeholders() -> None:
    fault = FileFault("file-not-found", file="a.xlsx")
    assert fault_text(fault, Language.DANISH) != fault_text(fault, Language.ENGLISH)
    assert fault_text(fault, Language.DANISH).startswith("a.xlsx")


def test_fault_as_developers_see_it() -> None:
    assert str(CatalogueFault("catalogue-unreadable", file="a.json", why="x")) == (
        "catalogue-unreadable (file=a.json, why=x)"
    )
    assert str(Cancelled()) == "cancelled"
