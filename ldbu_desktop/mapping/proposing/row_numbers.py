"""Columns that only count the rows of a file: the same number is another row's in the next one, and no key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ldbu_desktop.mapping.columns import header_key
from ldbu_desktop.mapping.proposing.drafts import ColumnDraft, TableDraft
from ldbu_desktop.mapping.proposing.lexicon import synonyms

_FEWEST = 3


def row_numbers(tables: Sequence[TableDraft]) -> frozenset[int]:
    """The columns, by identity, that count rows.

    One to which another table refers, in rows of its own, is a key within the file.
    """
    counting = {id(column): column for table in tables for column in table.columns if _counts(column)}
    return frozenset(
        found
        for found, column in counting.items()
        if not any(
            other.is_structure and id(other) not in counting and _refers(other, column)
            for table in tables
            for other in table.columns
        )
    )


def _counts(column: ColumnDraft) -> bool:
    """Whether a column is called a number of rows, and has 1, 2, 3 ... in them; only some of many rows are compared."""
    if not column.is_structure or header_key(column.header) not in _names() or not column.column.is_unique:
        return False
    numbers = [int(cell) if cell.isdecimal() else 0 for cell in map(str.strip, column.cells)]
    if len(numbers) < _FEWEST:
        return False
    step = numbers[1] - numbers[0]
    return numbers == [1 + step * at for at in range(len(numbers))] and numbers[-1] <= column.column.told


def _refers(column: ColumnDraft, key: ColumnDraft) -> bool:
    own = column.column.texts.keys()
    return header_key(column.header) == header_key(key.header) and own <= key.column.texts.keys()


@cache
def _names() -> frozenset[str]:
    """What such columns are called."""
    return frozenset(map(header_key, synonyms().row_numbers))
