"""What a reader of spreadsheets does not tell of a binary workbook: failed formulas, missing values, what is hidden.

Both formats are rows of records, each with its kind and its length: BIFF8 (.xls, in one stream of a compound file) by
[MS-XLS], BIFF12 (.xlsb, a part of an archive for each sheet) by [MS-XLSB]. Only cells, rows and columns are looked at.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO

from ldbu_desktop.sources import limits
from ldbu_desktop.sources.compound_file import stream_of
from ldbu_desktop.sources.sheet_parts import OtherParts, SheetPart, part_names, related_parts

_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
_NEWER_ERROR = "#N/A"
_WHEN_OPENED = 0x02
"""Of a formula's flags: it is calculated when the workbook is opened, so that nobody has calculated it yet."""

Records = Iterator[tuple[int, bytes]]


class _Cells:
    """What is seen of one sheet's cells; rows and columns count from 0."""

    def __init__(self) -> None:
        self._part = SheetPart()
        self._filled: set[tuple[int, int]] = set()
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []

    def fill(self, row: int, column: int, columns: int = 1) -> None:
        """Cells beside each other hold something."""
        if row in self._hidden_rows:
            self._filled.update((row, at) for at in range(column, column + columns))
        for low, high in self._hidden_columns:
            self._filled.update((row, at) for at in range(max(low, column), min(high + 1, column + columns)))

    def fail(self, row: int, column: int, code: int) -> None:
        """A cell's formula has failed, or somebody has written an error."""
        self._part.errors.setdefault(row + 1, []).append((column, _ERRORS.get(code, _NEWER_ERROR)))
        self.fill(row, column)

    def leave_unvalued(self, row: int, column: int) -> None:
        """A cell's formula was never calculated."""
        self._part.unvalued.append((row + 1, column))

    def hide_row(self, row: int) -> None:
        """A row is hidden: it is told before its cells."""
        self._hidden_rows.add(row)

    def hide_columns(self, first: int, last: int) -> None:
        """Columns are hidden: they are told before the cells."""
        self._hidden_columns.append((first, min(last, limits.COLUMNS)))

    def merge(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """The cells between two are shown as one."""
        self._part.merged.append((first, last))

    def part(self) -> SheetPart:
        """All that was seen."""
        part, filled = self._part, self._filled
        part.hidden_rows = sorted({row + 1 for row, _ in filled if row in self._hidden_rows})
        part.hidden_columns = sorted(
            {column for _, column in filled if any(low <= column <= high for low, high in self._hidden_columns)}
        )
        return part


# --- .xls -------------------------------------------------------------------------------------------------------------

_FORMULAS, _STRING, _BOOL_OR_ERROR, _ROW, _COLUMN_INFO = (0x0006, 0x0206, 0x0406), 0x0207, 0x0205, 0x0208, 0x007D
_VALUES, _MANY_NUMBERS = frozenset((0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6)), 0x00BD
_SHEET, _DATE_MODE, _CALCULATED_BY, _BEGIN, _END = 0x0085, 0x0022, 0x01C1, 0x0809, 0x000A


def old_workbook_parts(content: bytes) -> OtherParts:
    """What is not told of each sheet of an .xls, in their order.

    Raises :class:`ValueError` and :class:`struct.error` for records that are no workbook's.
    """
    stream = stream_of(content, "Workbook", "Book") or b""
    starts, is_1904, is_calculated = [], False, False
    for kind, data in _biff8(stream, 0):
        if kind == _SHEET:
            starts.append(int.from_bytes(data[:4], "little"))
        elif kind == _DATE_MODE:
            is_1904 = data[:2] == b"\1\0"
        elif kind == _CALCULATED_BY:
            is_calculated = True
    return OtherParts([_old_sheet(_biff8(stream, at), is_calculated=is_calculated) for at in starts], is_1904)


def _biff8(stream: bytes, at: int) -> Records:
    """The records from a place on to the end of what begins there; what begins within it is passed over."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + size]
        elif depth < 1:
            return
        at += 4 + size


def _old_sheet(records: Records, *, is_calculated: bool) -> SheetPart:
    cells = _Cells()
    awaited: tuple[int, int] | None = None
    for kind, data in records:
        if kind == _STRING and awaited:
            cells.fill(*awaited)
            awaited = None
        elif kind in _FORMULAS:
            awaited = _old_formula(cells, data, awaited, is_calculated=is_calculated)
        elif kind == _BOOL_OR_ERROR:
            row, column, code, is_error = struct.unpack_from("<HH2xBB", data)
            if is_error:
                cells.fail(row, column, code)
            else:
                cells.fill(row, column)
        elif kind in _VALUES:
            cells.fill(*struct.unpack_from("<HH", data))
        elif kind == _MANY_NUMBERS:
            row, column = struct.unpack_from("<HH", data)
            cells.fill(row, column, (len(data) - 6) // 6)
        elif kind == _ROW and data[12] & 0x20:
            cells.hide_row(int.from_bytes(data[:2], "little"))
        elif kind == _COLUMN_INFO and data[8] & 1:
            cells.hide_columns(*struct.unpack_from("<HH", data))
    if awaited:
        cells.leave_unvalued(*awaited)
    return cells.part()


def _old_formula(
    cells: _Cells, data: bytes, awaited: tuple[int, int] | None, *, is_calculated: bool
) -> tuple[int, int] | None:
    """A formula's result, or its place where the text that is its result comes in a record of its own.

    A program that calculates says with what it did; of any other an empty text is no result.
    """
    if awaited:
        cells.leave_unvalued(*awaited)
    row, column, result, flags = struct.unpack_from("<HH2x8sH", data)
    kind = result[0] if result[6:] == b"\xff\xff" else None
    if kind == 0:
        return row, column
    if kind == 2:
        cells.fail(row, column, result[2])
    elif kind == 3:
        if not is_calculated:
            cells.leave_unvalued(row, column)
    elif kind is None and not any(result) and flags & _WHEN_OPENED:
        cells.leave_unvalued(row, column)
    else:
        cells.fill(row, column)
    return None


# --- .xlsb ------------------------------------------------------------------------------------------------------------

_WORKBOOK = "xl/workbook.bin"
_SHEET_12, _DATES, _CALCULATION, _ROW_12, _COLUMN_12, _MERGED = 156, 153, 157, 0, 60, 176
_ERROR, _FORMULA_ERROR, _FORMULA_NUMBER = 3, 11, 9
_VALUES_12 = frozenset((2, 4, 5, 6, 7, 8, 10, _FORMULA_NUMBER))


def binary_workbook_parts(content: bytes) -> OtherParts:
    """What is not told of each sheet of an .xlsb, in their order.

    Raises :class:`ValueError` and :class:`struct.error` for records that are no workbook's, and what reading a damaged
    archive raises.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = part_names(archive)
        keys, is_1904, is_calculated = [], False, True
        for kind, data in _biff12(archive.read(names[_WORKBOOK])) if _WORKBOOK in names else ():
            if kind == _SHEET_12:
                length = int.from_bytes(data[8:12], "little")
                keys.append(data[12 : 12 + 2 * length].decode("utf-16-le"))
            elif kind == _DATES:
                is_1904 = bool(data[0] & 1)
            elif kind == _CALCULATION:
                is_calculated = not data[24] & 1
        related = related_parts(archive, _WORKBOOK, names)
        sheets = [archive.read(related[key]) if key in related else b"" for key in keys]
    return OtherParts([_binary_sheet(_biff12(sheet), is_calculated=is_calculated) for sheet in sheets], is_1904)


def _biff12(stream: bytes) -> Records:
    at = 0
    while at < len(stream):
        kind, at = _packed(stream, at, 2)
        size, at = _packed(stream, at, 4)
        yield kind, stream[at : at + size]
        at += size


def _packed(stream: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of so many bytes at most, seven bits in each, and the place after it."""
    number = 0
    for position in range(most):
        byte = stream[at + position] if at + position < len(stream) else 0
        number |= (byte & 0x7F) << 7 * position
        if not byte & 0x80:
            break
    return number, at + position + 1


def _binary_sheet(records: Records, *, is_calculated: bool) -> SheetPart:
    cells, row = _Cells(), 0
    for kind, data in records:
        if kind == _ROW_12:
            row = int.from_bytes(data[:4], "little")
            if data[11] & 0x10:
                cells.hide_row(row)
        elif kind in (_ERROR, _FORMULA_ERROR):
            cells.fail(row, int.from_bytes(data[:4], "little"), data[8])
        elif kind == _FORMULA_NUMBER and not is_calculated and not any(data[8:16]):
            cells.leave_unvalued(row, int.from_bytes(data[:4], "little"))
        elif kind in _VALUES_12:
            cells.fill(row, int.from_bytes(data[:4], "little"))
        elif kind == _COLUMN_12 and data[16] & 1:
            cells.hide_columns(*struct.unpack_from("<II", data))
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", data)
            cells.merge((top, left), (bottom, right))
    return cells.part()
