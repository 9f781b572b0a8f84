"""Cells in quotes: what a line holds, whether it goes on in the next, and what a stray quote costs.

The standard library's reader of csv gives a cell without end to a quote that is never closed, and takes every row up
to the next quote for its text. Here a cell goes on over several lines only where the row that comes of it fits the
others, and where the lines that it takes in are no rows themselves.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import NamedTuple

QUOTE = '"'
QUOTES_BROKEN = "file-quotes-broken"
"""The code of a row whose quotes do not fit together."""
_FULL_ROWS = 4
"""Rows of so few cells are not taken for rows with trimmed ends."""


class RowShape(NamedTuple):
    """What stands between cells, and how many cells the widest rows have."""

    delimiter: str
    width: int

    @property
    def fewest(self) -> int:
        """How many cells a row has at least, since programs trim empty ends."""
        return self.width if self.width <= _FULL_ROWS else self.width // 2 + 1

    def fits(self, cells: int) -> bool:
        """Whether a row of so many cells is like the others."""
        return self.fewest <= cells <= self.width

    def split(self, text: str) -> list[str]:
        """The cells of a line in which quotes are letters like others."""
        return text.split(self.delimiter)


def one_line(text: str, shape: RowShape) -> list[str] | None:
    """The cells of a row that ends where its line does; None where a quote is not closed, or closed too early."""
    delimiter = shape.delimiter
    if text.startswith(QUOTE) and text.endswith(QUOTE):
        # All cells are in quotes: the usual way of programs that write any.
        cells = text[1:-1].split(f"{QUOTE}{delimiter}{QUOTE}")
        if text.count(QUOTE) == 2 * len(cells):
            return cells if not _hides_cells(cells, text, shape) else None
    read = _read([text], delimiter)
    return None if read is None or _hides_cells(read, text, shape) else read


def several_lines(lines: Sequence[str], shape: RowShape) -> list[str] | None:
    """The cells of a row that goes on over ``lines``; None where they are rows of their own, or no row together."""
    cells = _read(lines, shape.delimiter)
    if cells is None or not shape.fits(len(cells)):
        return None
    widths = [len(shape.split(line)) for line in lines]
    rows = widths.count(shape.width) if len(cells) == shape.width else sum(map(shape.fits, widths))
    return cells if rows < 2 or shape.width == 1 else None


def unquoted(text: str, shape: RowShape) -> list[str]:
    """The cells of a line whose quotes do not fit together, without those that have no other within their cell."""
    return [_without_stray(cell) for cell in shape.split(text)]


def _without_stray(cell: str) -> str:
    bare = cell.strip()
    if bare.count(QUOTE) % 2 == 0:
        return bare[1:-1].replace(QUOTE * 2, QUOTE) if len(bare) > 1 and bare[0] == bare[-1] == QUOTE else cell
    return bare.removeprefix(QUOTE) if bare.startswith(QUOTE) else bare.removesuffix(QUOTE)


def _hides_cells(cells: list[str], text: str, shape: RowShape) -> bool:
    """Whether a row is too narrow by just the delimiters that stand within its quotes."""
    return len(cells) < shape.width == text.count(shape.delimiter) + 1


def _read(lines: Sequence[str], delimiter: str) -> list[str] | None:
    """What the standard library reads; with its other ways of writing a quote where the lines have them."""
    ended = [f"{line}\n" for line in lines]
    first = lines[0]
    try:
        if f"\\{QUOTE}" in first:
            reader = csv.reader(ended, delimiter=delimiter, strict=True, escapechar="\\", doublequote=False)
        else:
            spaced = f"{delimiter} {QUOTE}" in first
            reader = csv.reader(ended, delimiter=delimiter, strict=True, skipinitialspace=spaced)
        rows = list(reader)
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None
