"""Texts of a column as entries, each distinct text read once: a hundred thousand rows hold few different texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ldbu_desktop.journal.model import EMPTY, Entry
from ldbu_desktop.journal.readings import CellReader
from ldbu_desktop.sources.rows import RowGroup


class ColumnEntries(dict[str, Entry[Any]]):
    """The entries of one column by raw text; an empty cell gives ``default``, which is what follows without a text.

    What was ``decided`` for a text by the whole column goes before what the text says alone.
    """

    __slots__ = ("_decided", "_default", "_read", "column")

    def __init__(
        self, read: CellReader, column: int, default: Entry[Any] = EMPTY, decided: Mapping[str, object] | None = None
    ) -> None:
        super().__init__()
        self._read = read
        self.column = column
        self._default = default
        self._decided = decided or {}

    def __missing__(self, raw: str) -> Entry[Any]:
        if not raw or raw.isspace():
            entry = self._default
        else:
            entry = Entry(self._decided[raw] if raw in self._decided else self._read(raw), raw, self.column)
        self[raw] = entry
        return entry

    def of(self, group: RowGroup) -> Iterable[Entry[Any]]:
        """The entries of some rows, each distinct text looked up once."""
        return group.columns[self.column].through(self)


def follows(value: object) -> Entry[Any]:
    """A value that is not written, since it follows from others."""
    return Entry(value)


def several(raw: str, entries: ColumnEntries) -> tuple[Entry[Any], ...]:
    """The entries of a cell that holds several texts with semicolons between them."""
    if ";" not in raw:
        entry = entries[raw]
        return () if entry is EMPTY else (entry,)
    return tuple(entries[part] for part in map(str.strip, raw.split(";")) if part)
