"""Sheets of an export with the key of each column, and how they are written as files."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

Cell = str | int | float | date | datetime | time | None


@dataclass
class Answer:
    """What a value must be taken for: a code, a reason why there is none, or a question."""

    code: str | None = None
    is_missing: bool = False
    must: str = "map"


@dataclass
class Key:
    """What a column must be taken for.

    ``must`` is ``map`` where a good mapper proposes it at first sight, ``ask`` where it may be proposed and must not be
    applied, ``leave`` where it is nothing that the standard has.
    """

    variable: str | None = None
    part: str | None = None
    subject: str | None = None
    visit: str | None = None
    unit: str | None = None
    must: str = "map"
    values: dict[str, Answer] = field(default_factory=dict)


@dataclass
class Column:
    """A column: the texts of its header rows, its cells, and its key."""

    headers: tuple[str, ...]
    cells: list[Cell]
    key: Key


@dataclass
class Sheet:
    """A sheet: what stands above its header, the columns, and what stands below. ``left`` columns are empty."""

    name: str
    columns: list[Column]
    above: list[list[Cell]] = field(default_factory=list)
    below: list[list[Cell]] = field(default_factory=list)
    left: int = 0
    shape: str = "visit"
    is_merged: bool = False

    @property
    def header_rows(self) -> tuple[int, int]:
        """The first and the last row of headers, from 1."""
        return len(self.above) + 1, len(self.above) + max(len(column.headers) for column in self.columns)

    def rows(self) -> list[list[Cell]]:
        """All rows as they are written."""
        depth = max(len(column.headers) for column in self.columns)
        margin: list[Cell] = [None] * self.left
        heads: list[list[Cell]] = []
        for row in range(depth):
            texts = [column.headers[row] if row < len(column.headers) else "" for column in self.columns]
            if row < depth - 1:
                # A group is written above its first column only.
                texts = [text if at == 0 or text != texts[at - 1] else "" for at, text in enumerate(texts)]
            heads.append([*margin, *texts])
        length = max((len(column.cells) for column in self.columns), default=0)
        data: list[list[Cell]] = [
            [*margin, *(column.cells[row] if row < len(column.cells) else None for column in self.columns)]
            for row in range(length)
        ]
        return [*self.above, *heads, *data, *self.below]

    def merged(self) -> list[tuple[int, int, int]]:
        """The groups of columns that are merged: row, first and last column, from 1."""
        depth = max(len(column.headers) for column in self.columns)
        found = []
        for row in range(depth - 1):
            at = 0
            while at < len(self.columns):
                last = at
                text = self.columns[at].headers[row] if row < len(self.columns[at].headers) else ""
                while (
                    last + 1 < len(self.columns) and text and self.columns[last + 1].headers[row : row + 1] == (text,)
                ):
                    last += 1
                if last > at:
                    found.append((len(self.above) + row + 1, self.left + at + 1, self.left + last + 1))
                at = last + 1
        return found


@dataclass
class Export:
    """An export: its sheets, and how it is written. A text file has one sheet, of the file's own name."""

    name: str
    sheets: list[Sheet]
    ending: str = "xlsx"
    delimiter: str = ";"
    encoding: str = "utf-8-sig"

    def write(self, folder: Path) -> list[Path]:
        """Write the export: a workbook, or a text file a sheet."""
        if self.ending == "xlsx":
            return [self._workbook(folder)]
        paths = []
        for sheet in self.sheets:
            path = folder / f"{sheet.name}.{self.ending}"
            told = StringIO()
            csv.writer(told, delimiter=self.delimiter, lineterminator="\r\n").writerows(
                [[_text(cell) for cell in row] for row in sheet.rows()]
            )
            path.write_bytes(told.getvalue().encode(self.encoding, "replace"))
            paths.append(path)
        return paths

    def _workbook(self, folder: Path) -> Path:
        book = Workbook()
        book.remove(book.active)
        for sheet in self.sheets:
            page = book.create_sheet(sheet.name)
            for row in sheet.rows():
                page.append([cell if cell != "" else None for cell in row])
            if sheet.is_merged:
                for row_at, first, last in sheet.merged():
                    page.merge_cells(start_row=row_at, end_row=row_at, start_column=first, end_column=last)
        path = folder / f"{self.name}.xlsx"
        book.save(path)
        return path

    def column_keys(self) -> list[dict[str, Any]]:
        """The key of each column, as it is kept beside the file."""
        return [
            {
                "sheet": sheet.name,
                "column": get_column_letter(sheet.left + at + 1),
                "header": " ".join(dict.fromkeys(text for text in column.headers if text)),
                **asdict(column.key),
            }
            for sheet in self.sheets
            for at, column in enumerate(sheet.columns)
        ]

    def key_text(self) -> str:
        """The keys as JSON."""
        tables = [
            {"sheet": sheet.name, "header_rows": list(sheet.header_rows), "shape": sheet.shape} for sheet in self.sheets
        ]
        return json.dumps({"tables": tables, "columns": self.column_keys()}, ensure_ascii=False, indent=1) + "\n"


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%d-%m-%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return str(cell)


def decimal(number: float, mark: str = ",", places: int = 1) -> str:
    """A number as text."""
    return f"{number:.{places}f}".replace(".", mark)


def column(headers: str | tuple[str, ...], cells: Sequence[Cell], key: Key | None = None) -> Column:
    """A column; one without a key is nothing that the standard has."""
    return Column((headers,) if isinstance(headers, str) else headers, list(cells), key or Key(must="leave"))
