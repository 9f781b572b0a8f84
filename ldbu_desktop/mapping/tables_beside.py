"""Tables that stand beside each other in one sheet: each is read as if it stood there alone.

Only what is certainly several tables is parted: those of which each has all headers that one of its shape must have,
with an empty column between, or with the first header again. Columns stay where they are.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import islice, pairwise

from ldbu_desktop.mapping.columns import Shapes, header_key
from ldbu_desktop.mapping.shared_rows import SharedRows
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
    spans = [range(first, last) for first, last in pairwise((0, *cuts, sys.maxsize))]
    shared = SharedRows(table.rows, spans, _Whole(table.sheet, shapes, spans, seen[-1][0]))
    others = [
        Table(table.file, table.sheet, shared.of(at), is_hidden=table.is_hidden, is_1904=table.is_1904,
              has_number_cells=table.has_number_cells)
        for at in range(1, len(spans))
    ]  # fmt: skip
    table.rows = shared.of(0)
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


class _Whole:
    """Whether a row is parted no more: it stands above the headers, or below a table that stands across the columns."""

    def __init__(self, sheet: str, shapes: Shapes, spans: Sequence[range], header_row: int) -> None:
        self._sheet, self._shapes = sheet, shapes
        self._spans, self._header_row = spans, header_row
        self._is_over = False

    def __call__(self, row: Row) -> bool:
        """Whether a row is, where all above it have been asked about."""
        number, cells = row
        self._is_over = self._is_over or self._is_across(number, cells)
        return number < self._header_row or self._is_over

    def _is_across(self, number: int, cells: Sequence[str]) -> bool:
        """Whether a row has the headers of a table that stands across the columns of those above it."""
        if number <= self._header_row or self._shapes.of_header(cells, self._sheet) is None:
            return False
        return not any(_is_whole(cells[span.start : span.stop], self._shapes, self._sheet) for span in self._spans)
