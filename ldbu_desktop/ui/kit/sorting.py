"""Rows in the order of a column: worked out in pieces, so that those of a very long table halt nothing."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from heapq import merge
from typing import Any, Generic, NamedTuple, TypeVar, overload

from ldbu_desktop.work import Cancellation, Progress

Row = TypeVar("Row")

Key = Callable[[Row], Any]
"""What rows are ordered by: anything that can be compared; None where nothing stands, which comes last."""

Background = Callable[[Callable[[Progress, Cancellation], Sequence[int]], Callable[[Sequence[int]], None]], object]
"""Works numbers of rows out beside the window, and hands them to what is given, in the window's thread."""

_PIECE = 5000
"""So many rows are sorted at a time: Python lets nobody in meanwhile."""


class Order(NamedTuple):
    """The column by which rows are ordered, by its id, and which way."""

    column: str
    is_descending: bool = False


def in_order(
    rows: Iterable[Row], key: Key[Row], cancellation: Cancellation, *, is_descending: bool = False
) -> Sequence[int]:
    """The numbers of ``rows`` in the order of their keys; those with the same stay as they stand.

    Raises :class:`~ldbu_desktop.faults.Cancelled`.
    """
    keys: list[Any] = []
    for row in rows:
        keys.append(key(row))
        if len(keys) % _PIECE == 0:
            cancellation.check()
    there = [at for at, key_of in enumerate(keys) if key_of is not None]
    pieces = []
    for first in range(0, len(there), _PIECE):
        cancellation.check()
        pieces.append(sorted(there[first : first + _PIECE], key=keys.__getitem__, reverse=is_descending))
    found = array("L", merge(*pieces, key=keys.__getitem__, reverse=is_descending))
    found.extend(at for at, key_of in enumerate(keys) if key_of is None)
    return found


class Arranged(Sequence[Row], Generic[Row]):
    """Rows in another order: which is which is only looked up when it is asked for."""

    def __init__(self, rows: Sequence[Row], numbers: Sequence[int]) -> None:
        self._rows, self.numbers = rows, numbers

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, row: int) -> Row: ...
    @overload
    def __getitem__(self, row: slice) -> list[Row]: ...
    def __getitem__(self, row: int | slice) -> Row | list[Row]:
        if isinstance(row, slice):
            return [self._rows[number] for number in self.numbers[row]]
        return self._rows[self.numbers[row]]
