"""The parts of a workbook (.xlsx), looked through before its reader gets them.

The reader of workbooks makes room for every cell between the first and the last that hold something: a stray one in
the far corner would fill the memory. It gives an empty cell for a formula that failed and for one that was never
calculated, and tells nothing of what is hidden. Each sheet that is not ordinary (``ordinary_sheets``) is therefore
parsed as a stream, in full XML: prefixes, other quotes and cells without addresses are seen as the reader sees them.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import IO
from xml.parsers import expat

from msgspec import Struct, field

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import limits
from ldbu_desktop.sources.ordinary_sheets import ordinary_extent

_WORKBOOK = "xl/workbook.xml"
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_NOUGHT = ("0", "0.0")
"""What some programs write as the result of a formula that they leave to be calculated when the workbook is opened."""
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_TRUE = frozenset(("1", "true", "on"))
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class SheetPart(Struct):
    """What the reader does not tell of one sheet. Rows count from 1 and columns from 0.

    ``errors`` are failed formulas by row as (column, text), ``unvalued`` the places of formulas never calculated;
    ``hidden_rows`` and ``hidden_columns`` those that hold something; ``merged`` the cells that are shown as one, as the
    reader tells them (first and last row and column from 0), where it does not; ``cells`` how many cells hold
    something, and ``rectangle`` how many there are between the outermost.
    """

    errors: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    unvalued: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    cells: int = 0
    rectangle: int = 0


class WorkbookParts(Struct):
    """The sheets of a workbook by name, and from when its serial numbers of days count."""

    sheets: dict[str, SheetPart]
    is_1904: bool = False


class OtherParts(Struct):
    """What the reader does not tell of a workbook of another format: its sheets in their order, as in WorkbookParts."""

    sheets: list[SheetPart] = field(default_factory=list)
    is_1904: bool = False


def inspect(stream: IO[bytes], file: str) -> WorkbookParts:
    """Look through a workbook.

    Raises :class:`FileFault` for sheets that span more cells than the limit; :class:`zipfile.BadZipFile` and
    :class:`EOFError` for a damaged file.
    """
    with zipfile.ZipFile(stream) as archive:
        names = part_names(archive)
        workbook = workbook_part(archive)
        properties = _properties(archive, workbook)
        parts = WorkbookParts({}, properties.get("date1904") in _TRUE)
        is_uncalculated = properties.get("fullCalcOnLoad") in _TRUE
        room = limits.SHEET_CELLS
        for sheet, part in _sheet_paths(archive, workbook, names).items():
            looked_at = _looked_at(archive, part, is_uncalculated=is_uncalculated)
            room -= looked_at.rectangle
            if room < 0 or looked_at.rectangle - looked_at.cells > limits.EMPTY_CELLS:
                raise FileFault("file-sheet-too-large", file=file, sheet=sheet, limit=limits.SHEET_CELLS)
            parts.sheets[sheet] = looked_at
    return parts


def workbook_part(archive: zipfile.ZipFile) -> str:
    """The name of the part that lists the sheets: by the package's relations, which need not call it as Excel does."""
    found = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            found.append(attributes.get("Target", "").lstrip("/"))

    if "_rels/.rels" in archive.namelist():
        _parse(archive, "_rels/.rels", start)
    return found[0] if found and found[0] in archive.namelist() else _WORKBOOK


def rewritten(stream: IO[bytes]) -> BytesIO | None:
    """The workbook with parts by the names and in the encoding that its reader knows; None if it has them already."""
    with zipfile.ZipFile(stream) as archive:
        workbook = workbook_part(archive)
        foreign = {name for name in archive.namelist() if _is_foreign(archive, name)}
        if workbook == _WORKBOOK and not foreign:
            return None
        folder, _, name = workbook.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels"
        renamed = {workbook: _WORKBOOK, relations: "xl/_rels/workbook.xml.rels"}
        result = BytesIO()
        with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
            for part in archive.namelist():
                data = _as_utf8(archive.read(part)) if part in foreign else archive.read(part)
                if part in (relations, "_rels/.rels", "[Content_Types].xml"):
                    data = data.replace(f"/{folder}/".encode(), b"/xl/").replace(workbook.encode(), _WORKBOOK.encode())
                inner = f"xl/{part.removeprefix(f'{folder}/')}" if part.startswith(f"{folder}/") else part
                copy.writestr(renamed.get(part, inner), data)
        result.seek(0)
        return result


def _is_foreign(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a part is XML in another encoding than UTF-8."""
    if not name.endswith((".xml", ".rels")):
        return False
    with archive.open(name) as part:
        head = part.read(200)
    declared = _DECLARED.match(head)
    return head.startswith(_UTF16_MARKS) or (
        declared is not None and declared[1].upper() not in (b"UTF-8", b"US-ASCII")
    )


def _as_utf8(data: bytes) -> bytes:
    declared = _DECLARED.match(data)
    codec = "utf-16" if data.startswith(_UTF16_MARKS) else declared[1].decode("ascii") if declared else "utf-8"
    try:
        text = data.decode(codec)
    except (UnicodeDecodeError, LookupError) as error:
        raise zipfile.BadZipFile from error
    return text.partition("?>")[2].encode() if text.lstrip().startswith("<?xml") else text.encode()


# --- which parts the sheets are ---------------------------------------------------------------------------------------


def part_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The parts by their names as the reader of workbooks compares them, which must tell them apart."""
    names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
    if len(names) != len(archive.namelist()):
        raise zipfile.BadZipFile
    return names


def _sheet_paths(archive: zipfile.ZipFile, workbook: str, names: dict[str, str]) -> dict[str, str]:
    """The path of each sheet's part within the workbook, by the sheet's name."""
    sheets: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            key = next((value for one, value in attributes.items() if one.rpartition(":")[2] == "id"), "")
            sheets[attributes.get("name", "")] = key

    related = related_parts(archive, workbook, names)
    _parse(archive, workbook, sheet)
    return {sheet_name: related[key] for sheet_name, key in sheets.items() if key in related}


def related_parts(archive: zipfile.ZipFile, workbook: str, names: dict[str, str]) -> dict[str, str]:
    """The parts that a workbook's own part refers to, by the keys that it has for them."""
    targets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    folder, _, name = workbook.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels".lower()
    if relations in names:
        _parse(archive, names[relations], relation)
    paths = {}
    for key, target in targets.items():
        is_whole = target.startswith(("/", f"{folder}/"))
        path = posixpath.normpath(target.lstrip("/") if is_whole else posixpath.join(folder, target)).lower()
        if path in names:
            paths[key] = names[path]
    return paths


def _properties(archive: zipfile.ZipFile, workbook: str) -> dict[str, str]:
    """What a workbook tells of itself and of how it is calculated."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] in ("workbookPr", "calcPr"):
            found.update(attributes)

    _parse(archive, workbook, start)
    return found


# --- a sheet ----------------------------------------------------------------------------------------------------------


def _looked_at(archive: zipfile.ZipFile, part: str, *, is_uncalculated: bool) -> SheetPart:
    with archive.open(part) as stream:
        extent = ordinary_extent(stream, is_calculated=not is_uncalculated)
    if extent is not None and extent.rectangle <= limits.EMPTY_CELLS + extent.cells:
        return SheetPart(cells=extent.cells, rectangle=extent.rectangle)
    listener = _SheetListener(part, is_uncalculated=is_uncalculated)
    parser = _parser(part, listener.start)
    listener.parser = parser
    _feed(parser, archive, part)
    return listener.finished()


class _SheetListener:
    """Follows a sheet's cells by their starting tags alone: ends and texts are listened to where they matter."""

    def __init__(self, part: str, *, is_uncalculated: bool) -> None:
        self._part = SheetPart()
        self._name = part
        self._is_uncalculated = is_uncalculated
        self.parser: expat.XMLParserType
        self._row, self._column = 0, -1
        self._first_row = self._first_column = 10**9
        self._last_row = self._last_column = -1
        self._is_row_hidden = False
        self._hidden: list[tuple[int, int]] = []
        self._columns: set[int] = set()
        self._kind = ""
        self._text: list[str] = []
        self._formula: bool | None = None
        self._is_filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            if self._formula is not None or self._kind == "e":
                self._settle()
            self._is_filled = False
            self._kind = attributes.get("t", "")
            address = attributes.get("r")
            if address is None:
                self._column += 1
            else:
                self._move_to(address)
        elif name in ("v", "is"):
            if not self._is_filled:
                self._is_filled = True
                self._fill()
            if self._formula is not None or self._kind == "e":
                self._text = []
                self.parser.CharacterDataHandler = self._text.append
                self.parser.EndElementHandler = self._end
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._begin_row(attributes)
        elif name == "col" and attributes.get("hidden") in _TRUE:
            low, high = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self._hidden.append((low - 1, min(high, _LAST_COLUMN) - 1))

    def _move_to(self, address: str) -> None:
        found = _ADDRESS.fullmatch(address)
        if found is None:
            raise zipfile.BadZipFile(self._name)
        letters, digits = found.groups()
        column = _COLUMNS.get(letters)
        if column is None:
            column = _COLUMNS[letters] = _column(letters)
        self._row, self._column = int(digits), column
        if self._row > _LAST_ROW or column >= _LAST_COLUMN:
            raise zipfile.BadZipFile(self._name)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        if self._formula is not None or self._kind == "e":
            self._settle()
        self._kind = ""
        number = attributes.get("r")
        self._row = self._row + 1 if number is None else int(number) if number.isdecimal() else 0
        if not 0 < self._row <= _LAST_ROW:
            raise zipfile.BadZipFile(self._name)
        self._column = -1
        self._is_row_hidden = attributes.get("hidden") in _TRUE

    def _fill(self) -> None:
        """The cell holds something."""
        row, column, part = self._row, self._column, self._part
        part.cells += 1
        if row > self._last_row:
            self._last_row = row
        if row < self._first_row:
            self._first_row = row
        if column > self._last_column:
            self._last_column = column
        if column < self._first_column:
            self._first_column = column
        if self._hidden:
            self._columns.add(column)
        if self._is_row_hidden and (not part.hidden_rows or part.hidden_rows[-1] != row):
            part.hidden_rows.append(row)

    def _end(self, name: str) -> None:
        self.parser.CharacterDataHandler = None
        self.parser.EndElementHandler = None

    def _settle(self) -> None:
        """The last cell had a formula or an error: remember what its reader would not tell."""
        text = "".join(self._text)
        if self._kind == "e":
            self._part.errors.setdefault(self._row, []).append((self._column, text))
        elif (self._is_uncalculated and text in _NOUGHT) or (
            not text and not (self._kind == "str" and self._is_filled)
        ):
            self._part.unvalued.append((self._row, self._column))
        self._formula, self._kind, self._text = None, "", []

    def finished(self) -> SheetPart:
        """What was seen."""
        if self._formula is not None or self._kind == "e":
            self._settle()
        part = self._part
        if part.cells:
            height = self._last_row - self._first_row + 1
            part.rectangle = height * (self._last_column - self._first_column + 1)
        part.hidden_columns = sorted(
            column for column in self._columns if any(low <= column <= high for low, high in self._hidden)
        )
        return part


_COLUMNS: dict[str, int] = {}
"""Columns by their letters: there are few, and each comes again in every row."""


def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


# --- XML --------------------------------------------------------------------------------------------------------------

_Start = Callable[[str, dict[str, str]], None]


def _parse(archive: zipfile.ZipFile, part: str, start: _Start) -> None:
    """Hand the starting tags of a small part to ``start``."""
    _feed(_parser(part, start), archive, part)


def _parser(part: str, start: _Start) -> expat.XMLParserType:
    """A parser that refuses entities: no workbook has them, and they can be made to grow without end."""

    def refuse(*_: object) -> None:
        raise zipfile.BadZipFile(part)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    return parser


def _feed(parser: expat.XMLParserType, archive: zipfile.ZipFile, part: str) -> None:
    try:
        with archive.open(part) as stream:
            parser.ParseFile(stream)
    except (expat.ExpatError, KeyError, ValueError) as error:
        raise zipfile.BadZipFile(part) from error
