"""Tables that stand beside each other in one sheet: each is read as if it stood there alone.

Only what is certainly several tables is parted: those of which each has all headers that one of its shape must have,
with an empty column between, or with the first header again. Columns stay where they are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice

from ldbu_desktop.mapping.columns import Shapes, header_key
from ldbu_desktop.sources.rows import TableRows
from ldbu_desktop.sources.tables import Row, Table

_HEADER_WITHIN = 1000
"""Rows in which the first header is looked for."""


def apart(table: Table, shapes: Shapes) -> list[Table]:
    """The tables that stand beside each other, from the left; the first of them counts what all hold."""
    rows = table.rows = TableRows.of(table.rows)
    seen: list[Row] = []
    cuts: tuple[int, ...] = ()
    for row in islice(rows, _HEADER_WITHIN):
        seen.append(row)
        if shapes.of_header(row[1], table.sheet) is not None:
            cuts = _cuts(row[1], shapes, table.sheet)
            break
    rows.put_back(seen)
    if not cuts:
        return [table]
    parting = _Parting(table, shapes, cuts, seen[-1][0])
    others = [
        Table(table.file, table.sheet, parting.rows(at), is_hidden=table.is_hidden, is_1904=table.is_1904,
              has_number_cells=table.has_number_cells)
        for at in range(1, len(cuts) + 1)
    ]  # fmt: skip
    table.rows = parting.rows(0)
    return [table, *others]


def _cuts(cells: Sequence[str], shapes: Shapes, sheet: str) -> tuple[int, ...]:
    """The columns in which a row of headers begins those of another table."""
    keys = list(map(header_key, cells))
    cuts: list[int] = []
    begin = next((at for at, key in enumerate(keys) if key), 0)
    for at in range(begin + 1, len(keys)):
        may_begin = keys[at] and (not keys[at - 1] or keys[at] == keys[begin])
        if may_begin and _is_whole(cells[begin:at], shapes, sheet) and _is_whole(cells[at:], shapes, sheet):
            cuts.append(at)
            begin = at
    return tuple(cuts)


def _is_whole(cells: Sequence[str], shapes: Shapes, sheet: str) -> bool:
    """Whether cells are all headers that a table of their shape must have."""
    shape = shapes.of_header(cells, sheet)
    return shape is not None and shape.required.keys() <= {shape.fields.get(header_key(text)) for text in cells}


class _Parting:
    """Shares out the rows of a sheet as they are asked for, until one table stands across the columns again."""

    def __init__(self, table: Table, shapes: Shapes, cuts: tuple[int, ...], header_row: int) -> None:
        self._rows, self._shapes, self._sheet = table.rows, shapes, table.sheet
        self._cuts, self._header_row = cuts, header_row
        self._ranges = list(zip((0, *cuts), (*cuts, None), strict=True))
        self._waiting: list[deque[Row]] = [deque() for _ in self._ranges]
        self._is_over = False

    def rows(self, at: int) -> Iterator[Row]:
        """The rows of one of the tables, with the columns of the others empty."""
        waiting = self._waiting[at]
        while True:
            while waiting:
                yield waiting.popleft()
            row = next(self._rows, None)
            if row is None:
                return
            self._share(row)

    def _share(self, row: Row) -> None:
        number, cells = row
        self._is_over = self._is_over or self._is_across(number, cells)
        if number < self._header_row or self._is_over:
            self._waiting[0].append(row)
            return
        for (first, last), waiting in zip(self._ranges, self._waiting, strict=True):
            part = [""] * first + cells[first:last]
            if any(map(str.strip, part)):
                waiting.append((number, part))

    def _is_across(self, number: int, cells: Sequence[str]) -> bool:
        """Whether a row has the headers of a table that stands across the columns of those above it."""
        if number <= self._header_row or self._shapes.of_header(cells, self._sheet) is None:
            return False
        return not any(_is_whole(cells[first:last], self._shapes, self._sheet) for first, last in self._ranges)
