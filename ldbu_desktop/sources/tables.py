"""A table as a file holds it: rows of texts with their numbers, and what there is to tell about how it was read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import NamedTuple

from msgspec import Struct, field

from ldbu_desktop.account import Account, Amount, NotRead
from ldbu_desktop.characters import plain

Row = tuple[int, list[str]]
"""A row's number from 1 as the file counts, and its cells as texts from the first column; empty cells are ``""``."""

SPREADSHEET_ERRORS = frozenset(
    {
        *("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"),
        *("#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!"),
        *("#REFERENCE!", "#I/T", "#VÆRDI!", "#NAVN?", "#DIVISION/0!", "#NUL!"),
    }
)
"""What a spreadsheet shows where a formula has failed, in English and Danish."""


NO_COLUMN = -1


class Remark(NamedTuple):
    """Something to tell about the reading, by the code of a finding; columns count from 0, rows from 1."""

    code: str
    row: int = 0
    column: int = NO_COLUMN
    raw: str = ""
    facts: Mapping[str, str | int] = {}


class Table(Struct):
    """One sheet or text file. ``rows`` can be read once; ``remarks`` and ``account`` are complete when they have been.

    ``is_1904`` says from when the sheet's serial numbers of days count: 1904 instead of 1900. ``has_number_cells``:
    a number may be one of the program's own, which has no decimal sign until it is told as text, with a point.
    ``merged`` are the cells that are shown as one, as first and last row (from 1) and first and last column (from 0);
    it is complete when the first row has been read. ``delimiter`` stands between the cells of a text file, of which
    ``bytes_read`` are read.
    """

    file: str
    sheet: str
    rows: Iterator[Row]
    remarks: list[Remark] = field(default_factory=list)
    is_hidden: bool = False
    is_1904: bool = False
    has_number_cells: bool = False
    not_read: list[NotRead] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    delimiter: str = ""
    bytes_read: int = 0
    _rows: int = 0
    _cells: int = 0

    def count(self, cells: int, rows: int = 1) -> None:
        """Count a row, or some, with so many cells that hold something."""
        self._rows += rows
        self._cells += cells

    def count_beside(self, cells: int) -> None:
        """Count cells that hold something and are in no row that is handed on."""
        self._cells += cells

    def leave_out(self, code: str, row: int, column: int, *, cells: int = 0, rows: int = 0) -> None:
        """Tell what was counted and is not among the rows."""
        amount = Amount(rows=rows, cells=cells)
        self.not_read.append(NotRead(code, amount, self.file, self.sheet, row, column))

    def count_all(self, found: Amount) -> None:
        """Count what was found by somebody else who read the rows."""
        self._rows, self._cells = found.rows, found.cells

    @property
    def account(self) -> Account:
        """What the rows hold, and what of it the reading left out."""
        return Account(Amount(rows=self._rows, cells=self._cells), tuple(self.not_read))


class Gaps:
    """Empty rows between rows that are not: one remark for a table, since they may end what somebody meant to send."""

    def __init__(self, table: Table) -> None:
        self.expected = 0
        self._table = table
        self._first_empty = 0
        self._rows = 0

    def reach(self, number: int) -> None:
        """A row comes that is not the expected one: those between are empty, unless it is the first of all."""
        if self.expected:
            self._first_empty = self._first_empty or self.expected
            self._rows += number - self.expected

    def pass_by(self, first: int, last: int) -> None:
        """Rows come that follow each other, from the first to the last."""
        if first != self.expected:
            self.reach(first)
        self.expected = last + 1

    def tell(self) -> None:
        """Remark the empty rows, if there were any."""
        if self._rows:
            self._table.remarks.append(Remark("file-empty-rows", self._first_empty, facts={"rows": self._rows}))


_REMEMBERED = 200_000
"""Values of cells that are remembered at most: keys come once each, and must not fill the memory."""


class CellTexts(dict[object, str]):
    """The one cell normaliser: the text of every value that a spreadsheet cell can hold, remembered by value.

    A whole number has no decimal point (an identifier stays an identifier); a number has the fifteen digits that
    spreadsheets show; a day is ``dd-mm-yyyy``, a time follows it as ``hh:mm``.
    """

    def __missing__(self, cell: object) -> str:
        text = cell_text(cell)
        if len(self) >= _REMEMBERED:
            self.clear()
        # To a dictionary 1 and True are the same key.
        if isinstance(cell, str) or cell not in (0, 1):
            self[cell] = text
        return text


_DRESS = ("'", "=")
_DRESSED = re.compile(r'="((?:[^"]|"")*)"|\'([^\']*)|(\d+)\.0')


def undressed(text: str) -> str:
    """A cell's text without what only keeps a spreadsheet from making a number of it, or what is left where it did.

    ``="0505209996"``, ``'0505209996`` and ``505209996.0`` are identifiers; so written they match what they stand for.
    """
    found = _DRESSED.fullmatch(text.strip())
    if found is None:
        return text
    if found[1] is not None:
        return found[1].replace('""', '"')
    return found[2] if found[2] is not None else found[3]


def are_plain(texts: str) -> bool:
    """Whether each of some lines is a cell's text as it stands."""
    is_dressed = "'" in texts or "=" in texts or ".0" in texts
    return not is_dressed and plain(texts) == texts


def cell_text(cell: object) -> str:
    """The text of one cell's value."""
    if isinstance(cell, str):
        is_dressed = cell[:1] in _DRESS or cell[-2:] == ".0"
        return plain(undressed(cell) if is_dressed else cell)
    if isinstance(cell, bool):
        return "SAND" if cell else "FALSK"
    if isinstance(cell, int | float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        # Fractions of a day are not exact: 10:30 may be a hair before it.
        cell = (cell + timedelta(microseconds=500_000)).replace(microsecond=0) if cell.microsecond else cell
        return f"{cell.day:02}-{cell.month:02}-{cell.year:04} {_clock_text(cell)}"
    if isinstance(cell, date):
        return f"{cell.day:02}-{cell.month:02}-{cell.year:04}"
    if isinstance(cell, time):
        return _clock_text(cell)
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return ""


def _clock_text(clock: datetime | time) -> str:
    seconds = f":{clock.second:02}" if clock.second else ""
    return f"{clock.hour:02}:{clock.minute:02}{seconds}"


def _number_text(number: float) -> str:
    if not isfinite(number):
        return str(number)
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.15g}"
    decimals = text.partition(".")[2]
    # A number cell is never thousands; a fourth decimal keeps 5.125 from being taken for five thousand.
    return f"{text}0" if len(decimals) == 3 and decimals.isdigit() else text
