"""Tables, written as new files: nothing of the old file but what is handed over comes into them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from io import BytesIO, StringIO
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from ldbu_desktop.sources.quoting import QUOTE
from ldbu_desktop.sources.tables import SPREADSHEET_ERRORS, Row
from ldbu_desktop.sources.text_encoding import UTF8_MARK, text_encoding

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_DAY = re.compile(r"(\d\d)-(\d\d)-(\d{4})(?: (\d\d):(\d\d)(?::(\d\d))?)?")
_WHOLE = re.compile(r"0|[1-9]\d{0,14}")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_ERROR: Final = "e"
"""The kind of a cell whose formula failed, as workbooks write it."""
_LONGEST_CELL: Final = 32_767
_FORMATS: Final = {True: "dd-mm-yyyy hh:mm", False: "dd-mm-yyyy"}


class Type(Enum):
    """What kind of value a cell of a workbook held."""

    TEXT = auto()
    NUMBER = auto()
    DAY = auto()
    OTHER = auto()


Range = tuple[int, int, int, int]
"""The first and last row (from 1) and the first and last column (from 0) of cells that are shown as one."""

Types = Iterator[list[Type]]
"""The kinds of the cells of each row, from the first row of a sheet."""


class WorkbookWriter:
    """A new workbook with values only: no properties, comments, names, formulas or settings of another."""

    def __init__(self, *, is_1904: bool) -> None:
        from openpyxl import Workbook
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        self._book: Workbook = Workbook(write_only=True)
        if is_1904:
            self._book.epoch = CALENDAR_MAC_1904
        self._book.properties.creator = ""

    def add(self, name: str, rows: Iterator[Row], types: Types | None, merged: Callable[[], Iterable[Range]]) -> None:
        """A sheet; ``types`` are the kinds of the cells that the rows were made of, None where nobody knows.

        ``merged`` tells which cells are shown as one, and is asked when all rows have been read.
        """
        from openpyxl.worksheet.cell_range import CellRange

        sheet: Any = self._book.create_sheet(name)
        written = 0
        for number, cells in rows:
            kinds: list[Type] = []
            while written < number:
                kinds = next(types, []) if types is not None else []
                written += 1
                if written < number:
                    sheet.append([])
            is_known = types is not None
            sheet.append([self._cell(sheet, text, _at(kinds, at, is_known=is_known)) for at, text in enumerate(cells)])
        for top, bottom, left, right in merged():
            sheet.merged_cells.add(CellRange(min_col=left + 1, min_row=top, max_col=right + 1, max_row=bottom))

    def _cell(self, sheet: Any, text: str, kind: Type | None) -> Any:
        from openpyxl.cell import WriteOnlyCell

        value: object = None
        if kind is Type.NUMBER or (kind is None and not text.startswith("0") and _WHOLE.fullmatch(text)):
            value = _number(text)
        elif kind is Type.DAY:
            value = _day(text)
        if value is None and not text:
            return None
        cell = WriteOnlyCell(sheet, value if value is not None else _FORBIDDEN.sub("", text)[:_LONGEST_CELL])
        if isinstance(value, datetime):
            cell.number_format = _FORMATS[value.time() != time() or " " in text]
        elif value is None:
            cell.data_type = _ERROR if kind is Type.OTHER and text in SPREADSHEET_ERRORS else "s"
        return cell

    def save(self, stream: IO[bytes]) -> None:
        """Write it."""
        self._book.save(stream)


def _at(kinds: list[Type], at: int, *, is_known: bool) -> Type | None:
    return kinds[at] if at < len(kinds) else Type.OTHER if is_known else None


def _number(text: str) -> int | float | None:
    if not _NUMBER.fullmatch(text):
        return None
    return int(text) if _WHOLE.fullmatch(text) else float(text)


def _day(text: str) -> datetime | None:
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None


def types_of(workbook: Path | BytesIO, sheet: str) -> Types | None:
    """The kinds of the cells of a sheet; None where the workbook is none that can be looked into so."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(workbook, read_only=True, data_only=True)
    except Exception:  # whatever a foreign workbook makes of the library: it has been read in the sandbox
        return None
    kinds = _types(book, sheet)
    try:
        next(kinds)
    except Exception:  # the same, of one of its sheets
        return None
    return kinds


def _types(book: Workbook, sheet: str) -> Types:
    """The kinds of the cells of each row, after a list that is none: then the sheet is known to be readable."""
    with closing(book):
        rows = book[sheet].iter_rows(min_row=1, min_col=1)
        first = next(rows, ())
        yield []
        yield from (list(map(_type, row)) for row in chain([first], rows))


def _type(cell: Any) -> Type:
    value = cell.value
    if isinstance(value, bool) or cell.data_type == _ERROR:
        return Type.OTHER
    if isinstance(value, int | float):
        return Type.NUMBER
    if isinstance(value, datetime | date) and not isinstance(value, timedelta):
        return Type.DAY
    return Type.TEXT if isinstance(value, str) else Type.OTHER


def text_of(rows: Iterator[Row], delimiter: str, broken: Container[int] = ()) -> str:
    """A table as the text of a file; ``broken`` are the rows whose quotes did not fit together, nor shall now."""
    delimiter = delimiter or ";"
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    at = 1
    for number, cells in rows:
        while at < number:
            text.write("\r\n")
            at += 1
        if number in broken:
            text.write(f"{QUOTE}{delimiter.join(cell.replace(QUOTE, '') for cell in cells)}\r\n")
        else:
            writer.writerow(cells)
        at += 1 + sum(cell.count("\n") for cell in cells)
    return text.getvalue()


def encoded(text: str, content: BytesIO) -> bytes:
    """A text as the file ``content`` is encoded."""
    encoding = text_encoding(content)
    content.seek(0)
    head = content.read(max(encoding.mark, len(UTF8_MARK)))
    if encoding.wide:
        return head[: encoding.mark] + text.encode(encoding.wide, "replace")
    if head.startswith(UTF8_MARK):
        return UTF8_MARK + text.encode("utf-8", "replace")
    return text.encode("utf-8" if _is_utf8(content.getvalue()) else encoding.legacy, "replace")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
