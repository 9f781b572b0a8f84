"""Every fault that can be raised has a text in both languages, filled by its own facts."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import ldbu_desktop
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import Cancelled, CatalogueFault, Fault, FileFault
from ldbu_desktop.language import Language, placeholders
from ldbu_desktop.rendering.faults import fault_text

TEXTS: dict[str, dict[str, str]] = json.loads(resource("messages", "faults.json").read_text(encoding="utf-8"))
FAULTS = {fault.__name__ for fault in Fault.__subclasses__()} | {"Fault"}


def raised() -> Iterator[tuple[str, frozenset[str]]]:
    """The key and the names of the facts of every fault that is made with a literal key."""
    for path in Path(ldbu_desktop.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FAULTS and node.args:
                key = node.args[0]
                if isinstance(key, ast.Constant):
                    facts = [keyword.arg for keyword in node.keywords]
                    yield str(key.value), frozenset(name for name in facts if name)


@pytest.mark.parametrize(("key", "facts"), sorted(set(raised()), key=str))
def test_fault_has_texts_that_its_facts_fill(key: str, facts: frozenset[str]) -> None:
    assert set(TEXTS[key]) == set(Language)
    for text in TEXTS[key].values():
        assert placeholders(text) <= facts


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
