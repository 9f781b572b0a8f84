"""The rows of a table, one by one or many at a time: those of one width come together, a column at a time.

A hundred thousand rows hold few different texts. Where a column of some rows does, each of them travels once, and
whoever reads the column looks it up once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, repeat
from typing import Any, TypeVar

from msgspec import Struct

from ldbu_desktop.sources.tables import Row

Value = TypeVar("Value")

_FEW = 256
"""So many texts a byte can tell apart."""

_PLACES = bytes(range(_FEW))


class Column(Struct, frozen=True, array_like=True):
    """The texts of a column of some rows: one a row, or the few that there are with the ``places`` of each row's."""

    texts: list[str]
    places: bytes = b""

    @classmethod
    def of(cls, cells: Sequence[str]) -> Column:
        """The column of ``cells``."""
        texts = list(dict.fromkeys(cells))
        if len(texts) > min(_FEW, len(cells) // 2):
            return cls(list(cells))
        if len(texts) == 1:
            return cls(texts, bytes(len(cells)))
        places = dict(zip(texts, range(_FEW), strict=False))
        return cls(texts, bytes(map(places.__getitem__, cells)))

    @classmethod
    def of_values(cls, cells: Sequence[object], texts: Mapping[Any, str]) -> Column:
        """The column of the texts of ``cells``; cells that are equal have one text."""
        values = dict.fromkeys(cells)
        if len(values) > min(_FEW, len(cells) // 2):
            return cls(list(map(texts.__getitem__, cells)))
        told: dict[str, int] = {}
        places = {value: told.setdefault(texts[value], len(told)) for value in values}
        return cls(list(told), bytes(map(places.__getitem__, cells)))

    @property
    def filled(self) -> int:
        """How many of the rows have a text."""
        if not self.places:
            return len(self.texts) - self.texts.count("")
        return len(self.places) - (self.places.count(self.texts.index("")) if "" in self.texts else 0)

    @property
    def cells(self) -> Iterable[str]:
        """The text of each row."""
        return self._of_rows(self.texts)

    def through(self, known: Mapping[str, Value]) -> Iterable[Value]:
        """What is ``known`` of the text of each row."""
        return self._of_rows(list(map(known.__getitem__, self.texts)))

    def at(self, row: int) -> str:
        """The text of one of the rows."""
        return self.texts[self.places[row]] if self.places else self.texts[row]

    def counted(self) -> Counter[str]:
        """How many rows have each text, in the order in which the texts come."""
        if not self.places:
            return Counter(self.texts)
        return Counter({self.texts[place]: rows for place, rows in Counter(self.places).items()})

    def where(self, holds: Callable[[str], object]) -> list[int]:
        """The rows of whose text something holds."""
        held = [bool(holds(text)) for text in self.texts]
        if True not in held:
            return []
        return [row for row, is_held in enumerate(self._of_rows(held)) if is_held]

    def with_texts(self, texts: list[str]) -> Column:
        """The column with other texts in place of its own, which may be the same in several places."""
        return Column(texts, self.places)

    def beside(self, other: Column, made: Callable[[str, str], str]) -> Column:
        """The column of what is made of the texts of each row in two."""
        return Column.of(list(map(made, self.cells, other.cells)))

    def picked(self, rows: Sequence[int]) -> Column:
        """The column of some of its rows: of the texts in those, in the order in which they come."""
        if not self.places:
            return Column(list(_taken(self.texts, rows)))
        places = bytes(_taken(self.places, rows))
        anew = bytearray(_FEW)
        texts: list[str] = []
        for place in dict.fromkeys(places):
            anew[place] = len(texts)
            texts.append(self.texts[place])
        return Column(texts, places.translate(anew))

    def _of_rows(self, values: list[Value]) -> Iterable[Value]:
        if not self.places:
            return values
        return repeat(values[0], len(self.places)) if len(values) == 1 else map(values.__getitem__, self.places)

    def is_of(self, rows: int) -> bool:
        """Whether it is a column of so many rows."""
        if not self.places:
            return len(self.texts) == rows
        # What is left of the places without those of a text is none's.
        return len(self.places) == rows and not self.places.translate(None, _PLACES[: len(self.texts)])


CELLS_TOGETHER = 8_000
"""About so many cells come together."""


class RowGroup(Struct, frozen=True, array_like=True):
    """Rows of one width by their numbers. Raises ``ValueError`` where a column is not of as many rows."""

    numbers: Sequence[int]
    columns: list[Column]

    def __post_init__(self) -> None:
        rows = len(self.numbers)
        if not (rows and self.columns and all(column.is_of(rows) for column in self.columns)):
            raise ValueError("columns of different rows")

    def __len__(self) -> int:
        return len(self.numbers)

    @classmethod
    def of(cls, rows: Sequence[Row]) -> RowGroup:
        """A group of some rows, each of which has as many cells."""
        numbers, cells = zip(*rows, strict=True)
        return cls(numbers, list(map(Column.of, zip(*cells, strict=True))))

    @property
    def filled(self) -> int:
        """How many cells have a text."""
        return sum(column.filled for column in self.columns)

    @property
    def has_full_column(self) -> bool:
        """Whether a column has a text in every row: then no row is empty."""
        return any(all(map(str.strip, column.texts)) for column in self.columns)

    def rows(self) -> Iterator[Row]:
        """The rows one by one."""
        return zip(self.numbers, map(list, zip(*(column.cells for column in self.columns), strict=True)), strict=True)

    def cells(self, row: int) -> list[str]:
        """The cells of one of the rows."""
        return [column.at(row) for column in self.columns]

    def picked(self, rows: Sequence[int]) -> RowGroup:
        """Some of the rows."""
        if len(rows) == len(self):
            return self
        return RowGroup(_taken(self.numbers, rows), [column.picked(rows) for column in self.columns])

    def with_empty_column(self) -> RowGroup:
        """The same rows with an empty cell after their last."""
        return RowGroup(self.numbers, [*self.columns, self.column_of("")])

    def column_of(self, text: str) -> Column:
        """A column in which every row has the same text."""
        return Column([text], bytes(len(self.numbers)))


Part = RowGroup | Iterable[Row]
"""Some rows of a table: together, or one by one where they are not alike."""


class TableRows(Iterator[Row]):
    """The rows of a table, each taken once: one by one, or as they come together."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._parts = iter(parts)
        self._left: Iterator[Row] = iter(())

    @classmethod
    def of(cls, rows: Iterable[Row]) -> TableRows:
        """Rows that may come one by one."""
        return rows if isinstance(rows, cls) else cls((rows,))

    def __next__(self) -> Row:
        while (row := next(self._left, None)) is None:
            part = next(self._parts)
            self._left = part.rows() if isinstance(part, RowGroup) else iter(part)
        return row

    def put_back(self, rows: Iterable[Row]) -> None:
        """Have ``rows`` come next again."""
        self._left = chain(rows, self._left)

    def parts(self) -> Iterator[RowGroup | Iterator[Row]]:
        """What is left, as it comes; rows that come one by one are taken before the next part is asked for."""
        while True:
            if (row := next(self._left, None)) is not None:
                yield chain((row,), self._left)
            elif (part := next(self._parts, None)) is None:
                return
            elif isinstance(part, RowGroup):
                yield part
            else:
                self._left = iter(part)


def rows_or_groups(rows: TableRows, most: int) -> Iterator[RowGroup | list[Row]]:
    """What is left of the rows: as they come together, and ``most`` at a time where they come one by one."""
    for part in rows.parts():
        if isinstance(part, RowGroup):
            yield part
        else:
            while together := list(islice(part, most)):
                yield together


def _taken(values: Sequence[Value], rows: Sequence[int]) -> Sequence[Value]:
    """The values of some rows; those that follow each other are taken together."""
    if isinstance(rows, range):
        return values[rows.start : rows.stop]
    return [values[row] for row in rows]
