"""The program's own code as trees, for tests of what may stand in it."""

from __future__ import annotations

import ast
import gc
import re
from collections.abc import Callable, Iterable, Iterator
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


def trees(
    folder: Path = PROGRAM, may_have: Callable[[str], object] = lambda text: True
) -> Iterator[tuple[str, ast.Module]]:
    """Every Python file below a folder, by its path there; one at a time, as all of them fill half a gigabyte.

    Where ``may_have`` sees by the text alone that a file has nothing of what is looked for, that is left out.
    """
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if may_have(text):
            yield path.relative_to(folder).as_posix(), tree_of(text)


def has_words(words: Iterable[str]) -> Callable[[str], object]:
    """Whether a text has one of these words, be it alone or with others in quotation marks, or as a name."""
    one_of = "|".join(map(re.escape, sorted(words)))
    return re.compile(rf"(?<![\w-])(?:{one_of})(?![\w-])").search
