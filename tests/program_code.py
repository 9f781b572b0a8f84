"""The program's own code as trees, for tests of what may stand in it."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator
from pathlib import Path

import ldbu_desktop

PROGRAM = Path(ldbu_desktop.__file__).parent


def tree_of(text: str) -> ast.Module:
    """The tree of a text of code. No waste is collected meanwhile: there is none, and looking for it takes longest."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        return ast.parse(text)
    finally:
        if was_collecting:
            gc.enable()


def trees(folder: Path = PROGRAM) -> Iterator[tuple[str, ast.Module]]:
    """Every Python file below a folder, by its path there; one at a time, as all of them fill half a gigabyte."""
    for path in sorted(folder.rglob("*.py")):
        yield path.relative_to(folder).as_posix(), tree_of(path.read_text(encoding="utf-8"))
