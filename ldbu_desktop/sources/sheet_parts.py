"""The parts of a workbook, looked through before they are read: how large a sheet is, and what its reader passes over.

The reader gives an empty cell for a formula that failed and for one that was never calculated, and it fills the memory
for a stray cell at the far corner. A sheet is unpacked once and searched in chunks; only one that has such formulas is
parsed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO
from xml.parsers import expat

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import limits

_CHUNK = 1024 * 1024
_OVERLAP = 64
_ERROR_MARK = b't="e"'
_FORMULA_MARK = b"</f>"
"""Formulas that are shared have no end tag of their own, but the one that they share has."""
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=\"(\d{1,7})\"")
_BEYOND_Z = re.compile(rb' r="([A-Z]{2,3})\d')
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_LETTERS = 26


@dataclass(slots=True)
class SheetPart:
    """What the reader passes over in one sheet: failed formulas by row as (column, text), and places never calculated.

    Rows count from 1 and columns from 0.
    """

    errors: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    unvalued: list[tuple[int, int]] = field(default_factory=list)


def inspect(path: Path) -> dict[str, SheetPart]:
    """Look through the sheets of a workbook, by the sheets' names.

    Raises :class:`FileFault` for a sheet that spans more cells than the limit; :class:`zipfile.BadZipFile` and
    :class:`EOFError` for a damaged file.
    """
    with zipfile.ZipFile(path) as archive:
        parts = {}
        for sheet, part in _sheet_paths(archive).items():
            parts[sheet] = _inspect_part(archive, part, path.name, sheet)
    return parts


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """The path of each sheet's part within the workbook, by the sheet's name."""
    targets = {}
    if _RELATIONS in archive.namelist():
        for name, attributes in _elements(archive, _RELATIONS):
            if name == "Relationship":
                targets[attributes.get("Id", "")] = attributes.get("Target", "")
    paths = {}
    for name, attributes in _elements(archive, _WORKBOOK):
        relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
        target = targets.get(relation, "")
        path = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl", target))
        if name == "sheet" and path in archive.namelist():
            paths[attributes.get("name", "")] = path
    return paths


def _elements(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The elements of a small part in their order, without namespaces."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = _parser(part)
    parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(":")[2], attributes))
    with archive.open(part) as stream:
        _parse(parser, stream, part)
    return iter(found)


def _parser(part: str) -> expat.XMLParserType:
    """A parser that refuses entities: no workbook has them, and they can be made to grow without end."""

    def refuse(*_: object) -> None:
        raise zipfile.BadZipFile(part)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _parse(parser: expat.XMLParserType, stream: IO[bytes], part: str) -> None:
    try:
        parser.ParseFile(stream)
    except expat.ExpatError as error:
        raise zipfile.BadZipFile(part) from error


def _inspect_part(archive: zipfile.ZipFile, part: str, file: str, sheet: str) -> SheetPart:
    is_marked = is_beyond_z = False
    last_row = 0
    for chunk in _chunks(archive, part):
        is_marked = is_marked or _ERROR_MARK in chunk or _FORMULA_MARK in chunk
        is_beyond_z = is_beyond_z or _BEYOND_Z.search(chunk) is not None
        # Rows stand in order, so the last one in a chunk is its largest.
        position = chunk.rfind(b"<row ")
        if position >= 0 and (row := _ROW.match(chunk, position)):
            last_row = max(last_row, int(row[1]))
    columns = _LETTERS
    if is_beyond_z and last_row * limits.COLUMNS > limits.SHEET_CELLS:
        columns = _widest(archive, part)
    if last_row * columns > limits.SHEET_CELLS:
        raise FileFault("file-sheet-too-large", file=file, sheet=sheet, limit=limits.SHEET_CELLS)
    return _formulas(archive, part) if is_marked else SheetPart()


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The unpacked part; each chunk starts with the end of the one before, so that no mark is cut in two."""
    with archive.open(part) as stream:
        end = b""
        while chunk := stream.read(_CHUNK):
            yield end + chunk
            end = chunk[-_OVERLAP:]


def _widest(archive: zipfile.ZipFile, part: str) -> int:
    """How many columns the sheet spans."""
    letters = {found for chunk in _chunks(archive, part) for found in _BEYOND_Z.findall(chunk)}
    return max((_column(found.decode("ascii")) + 1 for found in letters), default=_LETTERS)


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return column - 1


class _CellListener:
    """Follows a sheet's cells, and keeps those that hold an error or a formula without a value."""

    def __init__(self) -> None:
        self.part = SheetPart()
        self._place = ""
        self._is_error = self._has_formula = False
        self._value: list[str] | None = None
        self._text = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._place, self._is_error = attributes.get("r", ""), attributes.get("t") == "e"
            self._has_formula, self._text = False, ""
        elif tag == "f":
            self._has_formula = True
        elif tag == "v":
            self._value = []

    def text(self, text: str) -> None:
        if self._value is not None:
            self._value.append(text)

    def end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "v" and self._value is not None:
            self._text, self._value = "".join(self._value), None
        elif tag == "c" and (place := _CELL.fullmatch(self._place)):
            row, column = int(place[2]), _column(place[1])
            if self._is_error:
                self.part.errors.setdefault(row, []).append((column, self._text))
            elif self._has_formula and not self._text:
                self.part.unvalued.append((row, column))


def _formulas(archive: zipfile.ZipFile, part: str) -> SheetPart:
    listener, parser = _CellListener(), _parser(part)
    parser.StartElementHandler = listener.start
    parser.EndElementHandler = listener.end
    parser.CharacterDataHandler = listener.text
    with archive.open(part) as stream:
        _parse(parser, stream, part)
    return listener.part
