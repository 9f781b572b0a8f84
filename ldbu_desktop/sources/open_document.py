"""What a reader of spreadsheets does not tell of an OpenDocument one (.ods): failed formulas, and what is hidden.

An older program writes a failed formula as the number nought with the error as its text: it is known by what is shown.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.parsers import expat

from ldbu_desktop.sources import limits
from ldbu_desktop.sources.sheet_parts import OtherParts, SheetPart
from ldbu_desktop.sources.tables import SPREADSHEET_ERRORS

CONTENT = "content.xml"
_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _PARAGRAPH = f"{_SPACE}table:1.0 ", f"{_SPACE}office:1.0 ", f"{_SPACE}text:1.0 p"
_VALUE_TYPE = re.compile(r"\S+ value-type")
_ERROR_NUMBER = re.compile(r"(?:Err|Fejl):\d{3}")
_CHUNK = 64 * 1024
_MOST_REPEATED = 1000
"""So many cells of rows that are the same are told one by one; a sheet may be formatted to its end."""

Attributes = dict[str, str]


def open_document_parts(content: bytes) -> OtherParts:
    """What is not told of each sheet, in their order; none for what is no OpenDocument.

    Raises :class:`expat.ExpatError` and what reading a damaged archive raises.
    """
    if not zipfile.is_zipfile(BytesIO(content)):
        return OtherParts()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if CONTENT not in archive.namelist():
            return OtherParts()
        reading = _Reading()
        with archive.open(CONTENT) as stream:
            while chunk := stream.read(_CHUNK):
                reading.parser.Parse(chunk, False)
        reading.parser.Parse(b"", True)
    return OtherParts(reading.sheets, reading.is_1904)


class _Reading:
    """The sheets as their elements come. What stands within a cell's note, or in a drawing, is none of the cell's."""

    def __init__(self) -> None:
        self.sheets: list[SheetPart] = []
        self.is_1904 = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._beside = 0
        self._row = self._rows = self._column = 0
        self._cell: Attributes | None = None
        self._text = ""
        self._is_shown = False
        self._is_hidden_row = False
        self._hidden_columns: set[int] = set()
        self._filled: list[int] = []
        self._errors: list[tuple[int, str]] = []
        self._unvalued: list[int] = []

    def _start(self, name: str, told: Attributes) -> None:
        if self._beside or name in (f"{_OFFICE}annotation", f"{_TABLE}shapes", f"{_TABLE}tracked-changes"):
            self._beside += 1
        elif name == f"{_TABLE}null-date":
            self.is_1904 = told.get(f"{_TABLE}date-value", "").startswith("1904")
        elif name == f"{_TABLE}table":
            self.sheets.append(SheetPart())
            self._row = self._column = 0
            self._hidden_columns = set()
        elif name == f"{_TABLE}table-column":
            first, self._column = self._column, self._column + _repeated(told, "columns")
            if _is_hidden(told):
                self._hidden_columns.update(range(first, min(self._column, limits.COLUMNS)))
        elif name == f"{_TABLE}table-row":
            self._rows, self._column = _repeated(told, "rows"), 0
            self._is_hidden_row = _is_hidden(told)
            self._filled, self._errors, self._unvalued = [], [], []
        elif name in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._cell, self._text, self._is_shown = told, "", False
        elif name == _PARAGRAPH:
            self._is_shown = True

    def _end(self, name: str) -> None:
        if self._beside:
            self._beside -= 1
        elif name in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell") and self._cell is not None:
            self._take_cell(self._cell)
            self._cell = None
        elif name == f"{_TABLE}table-row":
            self._take_row()

    def _characters(self, text: str) -> None:
        if self._cell is not None and not self._beside and len(self._text) < _CHUNK:
            self._text += text

    def _take_cell(self, cell: Attributes) -> None:
        first, self._column = self._column, self._column + _repeated(cell, "columns")
        columns = range(first, min(self._column, limits.COLUMNS))
        text = self._text.strip()
        is_formula = f"{_TABLE}formula" in cell
        values = [value for name, value in cell.items() if _VALUE_TYPE.fullmatch(name)]
        if "error" in values or (is_formula and _is_error(text)):
            self._errors += [(column, text or "#N/A") for column in columns]
        elif is_formula and not values and not self._is_shown:
            self._unvalued += columns
        if values or text:
            self._filled += columns
        wide, high = _counted(cell, "columns-spanned"), _counted(cell, "rows-spanned")
        if wide > 1 or high > 1:
            self.sheets[-1].merged.append(((self._row, first), (self._row + high - 1, first + wide - 1)))

    def _take_row(self) -> None:
        sheet = self.sheets[-1]
        most = max(1, _MOST_REPEATED // max(1, len(self._errors) + len(self._unvalued)))
        numbers = range(self._row + 1, self._row + 1 + min(self._rows, most))
        self._row += self._rows
        if self._errors:
            sheet.errors.update((number, list(self._errors)) for number in numbers)
        sheet.unvalued += [(number, column) for number in numbers for column in self._unvalued]
        if self._filled and self._is_hidden_row:
            sheet.hidden_rows += numbers
        seen = set(sheet.hidden_columns)
        sheet.hidden_columns += [
            column for column in self._filled if column in self._hidden_columns and column not in seen
        ]


def _repeated(told: Attributes, of: str) -> int:
    return _counted(told, f"{of}-repeated")


def _counted(told: Attributes, what: str) -> int:
    written = told.get(f"{_TABLE}number-{what}", "1")
    return int(written) if written.isdecimal() else 1


def _is_hidden(told: Attributes) -> bool:
    return told.get(f"{_TABLE}visibility", "visible") != "visible"


def _is_error(text: str) -> bool:
    return text.upper() in SPREADSHEET_ERRORS or _ERROR_NUMBER.fullmatch(text) is not None
