"""The house: no file imports in a circle, and the tests mirror its rooms and reach only what it shows of itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.program_code import PROGRAM, trees

TESTS = Path(__file__).resolve().parents[1]
PUBLIC = frozenset({"_replace", "_asdict", "_fields", "_make", "_exit"})
"""Names with an underscore that are public all the same: of named tuples, and ``os._exit``."""
PRIVATE = re.compile(r"_[A-Za-z]\w*")
WITHIN_A_PATH = re.compile(r"\w\.(_[A-Za-z]\w*)\b")


def private_names(node: ast.AST) -> list[str]:
    """The private names that a node of a program's tree gives to something."""
    match node:
        case ast.Attribute(attr=name, ctx=ast.Store()) | ast.Name(id=name, ctx=ast.Store()):
            return [name] * bool(PRIVATE.fullmatch(name))
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name] * bool(PRIVATE.fullmatch(name))
    return []


class Facts(NamedTuple):
    """What is asked of all files of the program: the private names there are, and what imports what."""

    privates: frozenset[str]
    graph: dict[str, set[str]]


@cache
def facts() -> Facts:
    """What all files of the program say of themselves; read once, as that takes seconds."""
    known = frozenset(module_of(path.relative_to(PROGRAM).as_posix()) for path in PROGRAM.rglob("*.py"))
    found = {path.stem for path in PROGRAM.rglob("_[a-z]*.py")}
    graph = {}
    for path, tree in trees():
        nodes = [*ast.walk(tree)]
        found.update(name for node in nodes for name in private_names(node))
        graph[module_of(path)] = set(imported_files(nodes, known)) - {module_of(path)}
    return Facts(frozenset(found) - PUBLIC, graph)


def privates() -> frozenset[str]:
    """Every private name of the program: of its modules, classes and objects."""
    return facts().privates


def may_reach(text: str) -> bool:
    """Whether a text has any private name of the program at all."""
    return not privates().isdisjoint(PRIVATE.findall(text))


def reached(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every private name of the program that a test's tree reaches, with its line.

    As an attribute of anything but the test's own object, as an import, or as text: alone, as ``setattr`` takes it, or
    within a path of names or a program.
    """
    for node in ast.walk(tree):
        names: list[str] = []
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls")):
                pass
            case ast.Attribute(attr=name):
                names = [name]
            case ast.Import(names=imported):
                names = [part for one in imported for part in one.name.split(".")]
            case ast.ImportFrom(module=module, names=imported):
                names = [*(module or "").split("."), *(one.name for one in imported)]
            case ast.Call(args=[_, ast.Constant(value=str(name)), *_]):
                names = [name]
            case ast.Constant(value=str(text)):
                names = [text] if text.isupper() else WITHIN_A_PATH.findall(text)
        for name in names:
            if name in privates():
                yield getattr(node, "lineno", 0), name


def test_no_test_reaches_a_private_name_of_the_program() -> None:
    found = [f"{place}:{line} {name}" for place, tree in trees(TESTS, may_reach) for line, name in reached(tree)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "page._tried_by_this_test.do()",
        "from ldbu_desktop.ui.form.page import _tried_by_this_test",
        "import ldbu_desktop._tried_by_this_test",
        "monkeypatch.setattr(page, '_tried_by_this_test', None)",
        "monkeypatch.setattr('ldbu_desktop.ui.form.page._tried_by_this_test', None)",
        "PROGRAM = 'page._tried_by_this_test = 2'",
        "for name in ('_TRIED_BY_THIS_TEST',): pass",
    ],
)
def test_every_way_to_a_private_name_is_seen(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "privates", lambda: frozenset({"_tried_by_this_test", "_TRIED_BY_THIS_TEST"}))
    assert list(reached(ast.parse(text)))


@pytest.mark.parametrize(
    "text",
    [
        "self._tried_by_this_test",
        "place._replace(a=1)",
        "'_tried_by_this_test'",
        "_tried_by_this_test = 1",
        "page.session",
    ],
)
def test_what_is_public_or_the_tests_own_is_left_alone(text: str) -> None:
    assert not list(reached(ast.parse(text)))


@pytest.mark.parametrize(("tests", "program"), [("unit", "."), ("ui", "ui")])
def test_each_folder_of_tests_has_the_name_of_the_room_that_it_tries(tests: str, program: str) -> None:
    beside = {"packaging"}  # Tried too, though it is no room of the program.
    rooms = {path.parent.name for path in (PROGRAM / program).glob("*/__init__.py")}
    folders = {path.parent.name for path in (TESTS / tests).glob("*/test_*.py")}
    assert folders - rooms - beside == set()


@pytest.mark.parametrize(("tests", "program"), [("unit", "."), ("ui", "ui")])
def test_each_room_has_its_folder_of_tests(tests: str, program: str) -> None:
    beside = {"ui"}  # The window is tried in a folder of its own, room by room.
    rooms = {path.parent.name for path in (PROGRAM / program).glob("*/__init__.py")} - beside
    assert rooms - {path.parent.name for path in (TESTS / tests).glob("*/test_*.py")} == set()


def imported_files(nodes: Iterable[ast.AST], known: frozenset[str]) -> Iterator[str]:
    """The program's files that a file imports anywhere in it: at once, later, or for its types only."""
    for node in nodes:
        match node:
            case ast.Import(names=names):
                yield from (one.name for one in names if one.name in known)
            case ast.ImportFrom(module=str(module), names=names):
                within = [f"{module}.{one.name}" for one in names]
                yield from (name for name in within if name in known)
                if module in known and not all(name in known for name in within):
                    yield module


def module_of(path: str) -> str:
    """The module that a file of the program is, by its path there."""
    return f"ldbu_desktop.{path.removesuffix('.py').replace('/', '.').removesuffix('.__init__')}"


def test_no_file_imports_in_a_circle() -> None:
    """Not even later or for its types only: a file can be read, moved and tried with what stands below it."""
    graph = facts().graph
    assert sum(map(len, graph.values())) > len(graph)
    order = [*TopologicalSorter(graph).static_order()]
    assert set(order) == {module_of(path.relative_to(PROGRAM).as_posix()) for path in PROGRAM.rglob("*.py")}
