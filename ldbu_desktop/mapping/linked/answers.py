"""Answers that have a column each: the cell that is made of the marks in them, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

from ldbu_desktop.journal.model import EMPTY, Entry
from ldbu_desktop.mapping.entries import ColumnEntries
from ldbu_desktop.mapping.linked.clock import BETWEEN
from ldbu_desktop.mapping.linked.meanings import Meanings
from ldbu_desktop.mapping.links import NOT_THIS_ANSWER
from ldbu_desktop.sources.rows import Column

_AND = " + "
"""What stands between the marks of a row in which several answers are marked."""


def chosen_of(columns: Mapping[int, Column], is_said: Callable[[int, str], bool]) -> Column:
    """The column of the marks in several: each cell has the places and the texts of those that say something."""
    marked = [
        column.with_texts([f"{at}{BETWEEN}{text}" if is_said(at, text) else "" for text in column.texts])
        for at, column in columns.items()
    ]
    return reduce(lambda one, other: one.beside(other, _both), marked)


def _both(one: str, other: str) -> str:
    return BETWEEN.join(filter(None, (one, other)))


def says_something(known: Meanings | None, text: str) -> bool:
    """Whether a text in a column of one answer is a mark, or something that nobody has said the meaning of."""
    if not text.strip():
        return False
    return known is None or text not in known or known[text] != NOT_THIS_ANSWER


class AnswerEntries(ColumnEntries):
    """What the marks of each row say: the answer that is marked, at its own cell; of several nobody can tell."""

    __slots__ = ("_known",)

    def __init__(self, known: Mapping[int, Meanings | None], column: int, default: Entry[Any] = EMPTY) -> None:
        super().__init__(str, column, default)
        self._known = known

    def __missing__(self, raw: str) -> Entry[Any]:
        if not raw:
            entry = self._default
        else:
            told = raw.split(BETWEEN)
            marks = [(int(at), text) for at, text in zip(told[::2], told[1::2], strict=True)]
            codes = {self._code(at, text) for at, text in marks}
            at, text = marks[0]
            if len(codes) == 1:
                entry = Entry(codes.pop(), text, at)
            else:
                entry = Entry(None, _AND.join(text for _, text in marks), at)
        self[raw] = entry
        return entry

    def _code(self, at: int, text: str) -> object:
        known = self._known[at]
        return known[text] if known is not None and text in known else None
