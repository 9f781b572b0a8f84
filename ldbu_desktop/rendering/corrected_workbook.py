"""A corrected copy of a workbook: changed cells marked, findings as comments, changes as a sheet, the rest alike."""

from __future__ import annotations

import os
import re
import zipfile
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from copy import copy
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NamedTuple
from xml.sax.saxutils import escape

from ldbu_desktop.faults import FileFault
from ldbu_desktop.journal.dates import DANISH_TIME
from ldbu_desktop.journal.readings import moment, number
from ldbu_desktop.rendering.tables import DataTable, shown
from ldbu_desktop.sandbox.messages import sendable
from ldbu_desktop.sandbox.sandbox import Sandbox

Place = tuple[str, int, int]
"""A sheet, a row from 1 and a column from 0."""


class Copied(NamedTuple):
    """What a copy does not have: ``lost`` are the folders of parts that only the spreadsheet program can keep (charts,
    pictures, macros), ``left`` the cells that can't be changed since they are merged with others."""

    lost: tuple[str, ...] = ()
    left: tuple[Place, ...] = ()


_MARK = "FFF3C4"
_AUTHOR = "LDBU Desktop"
_LONGEST_COMMENT = 2000
_KEPT = re.compile(
    r"xl/(worksheets|theme|styles\.xml|sharedStrings\.xml|workbook\.xml|_rels|calcChain\.xml|comments|tables|"
    r"printerSettings|drawings/vmlDrawing|threadedComments|persons|metadata\.xml|richData)|\[Content_Types\]|_rels/|"
    r"docProps/"
)
"""Parts that a copy has by another name, or that only tell what others do."""
_AS_LARGE = 12
"""How many times the memory and time of reading a workbook it may take to have all of it at once."""

_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*)><f([^>]*)(?:/>|>(.*?)</f>)<v\s*(?:/>|></v>)</c>', re.DOTALL)
_TYPE = re.compile(rb'\s+t="[^"]*"')


def corrected_workbook(
    source: Path,
    target: Path,
    changes: Mapping[Place, str],
    comments: Mapping[Place, str],
    journal: DataTable,
    *,
    has_macros: bool,
) -> Copied:
    """Write to ``target`` a copy of the workbook ``source`` with ``changes`` made; ``journal`` becomes a sheet.

    ``has_macros``: the copy is a file that may have them, and keeps them; spreadsheets open no other file with macros
    in it, and none of that kind that is written as the others are. Raises :class:`~ldbu_desktop.faults.FileFault` for a
    workbook that takes too much memory or time.
    """
    from openpyxl.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    _try(source)
    book = _loaded(source, has_macros=has_macros)
    fill = PatternFill("solid", fgColor=_MARK)
    left = []
    for (sheet, row, column), text in changes.items():
        cell = book[sheet].cell(row, column + 1)
        if isinstance(cell, MergedCell):
            left.append((sheet, row, column))
            continue
        cell.value = _typed(cell, text)
        if isinstance(cell.value, str):
            cell.data_type = "s"
        cell.fill = copy(fill)
    for (sheet, row, column), told in comments.items():
        cell = book[sheet].cell(row, column + 1)
        if isinstance(cell, MergedCell):
            continue
        before = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
        cell.comment = Comment(shown(f"{before}{told}")[:_LONGEST_COMMENT], _AUTHOR, height=160, width=360)
    _add_sheet(book, journal)
    made = BytesIO()
    book.save(made)
    parts = {sheet.path.lstrip("/"): sheet.title for sheet in book.worksheets}
    _close(book)
    values = _formula_values(source)
    if values:
        made = _put_back(made, {part: values.get(title, {}) for part, title in parts.items()})
    target.write_bytes(made.getbuffer())
    return Copied(_lost(source, target), tuple(left))


def _loaded(source: Path, *, has_macros: bool) -> Any:
    from openpyxl import load_workbook

    return load_workbook(source, keep_vba=has_macros, rich_text=True, keep_links=True)


def _close(book: Any) -> None:
    if book.vba_archive is not None:
        book.vba_archive.close()
    book.close()


def _try(source: Path) -> None:
    """Load a workbook in a sandbox first: what can be read row by row may still be too much at once."""
    with Sandbox() as sandbox:
        size = source.stat().st_size * _AS_LARGE
        sandbox.begin(f"{__name__}:told", sendable(source.name), size, os.fsencode(source)).take()


def told(path: bytes) -> Generator[bytes, bytes, bytes]:
    """Nothing, when a workbook was loaded: what is run in the sandbox.

    Other programs write what this library does not know; a spreadsheet that saves it again writes what it does.
    """
    source = Path(os.fsdecode(path))
    try:
        _close(_loaded(source, has_macros=True))
        _formula_values(source)
    except (OSError, MemoryError):
        raise
    except Exception as error:
        raise FileFault("copy-kind-unknown", file=sendable(source.name)) from error
    return b""
    yield b""


def _typed(cell: Any, text: str) -> Any:
    """A text as the cell had what stood there: a number where that was one, a day where that was one."""
    if not text:
        return None
    day = moment(text) if cell.is_date else None
    if isinstance(day, datetime):
        return day.astimezone(DANISH_TIME).replace(tzinfo=None)
    if isinstance(day, date):
        return day
    read = number(text)
    if read is not None and (cell.data_type in ("n", "f") or cell.value is None) and not _is_identifier(text):
        return int(read) if read == read.to_integral_value() else float(read)
    return shown(text)


def _is_identifier(text: str) -> bool:
    """Whether digits would be lost if it were a number."""
    digits = text.strip()
    return (digits.startswith("0") and digits[1:2].isdigit()) or len(digits) > 10


def _add_sheet(book: Any, table: DataTable) -> None:
    from openpyxl.styles import Alignment, Font

    title, number_of = table.title, 2
    while title in book.sheetnames:
        title, number_of = f"{table.title} {number_of}", number_of + 1
    sheet = book.create_sheet(title)
    for row, cells in enumerate((table.headings, *table.rows), start=1):
        for column, value in enumerate(cells, start=1):
            cell = sheet.cell(row, column, shown(str(value)))
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if row == 1:
                cell.font = Font(bold=True)
    for column in range(1, len(table.headings) + 1):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = 24
    sheet.freeze_panes = "A2"


# --- what formulas had worked out -------------------------------------------------------------------------------------


def _formula_values(source: Path) -> dict[str, dict[str, Any]]:
    """What the formulas of each sheet had worked out, by cell: the writer of workbooks forgets it."""
    from openpyxl import load_workbook

    formulas = load_workbook(source, read_only=True)
    for sheet in formulas.worksheets:
        sheet.reset_dimensions()  # a sheet may say that it goes on for ever
    cells = {
        sheet.title: {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
        for sheet in formulas.worksheets
    }
    formulas.close()
    if not any(cells.values()):
        return {}
    worked_out = load_workbook(source, read_only=True, data_only=True)
    for sheet in worked_out.worksheets:
        sheet.reset_dimensions()
    values = {
        sheet.title: {
            cell.coordinate: cell.internal_value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None and cell.coordinate in cells[sheet.title]
        }
        for sheet in worked_out.worksheets
    }
    worked_out.close()
    return values


def _put_back(copy: IO[bytes], values: Mapping[str, Mapping[str, Any]]) -> BytesIO:
    """The copy with what formulas had worked out, by the part that a sheet is."""
    made = BytesIO()
    with zipfile.ZipFile(copy) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            data = before.read(part)
            if values.get(part.filename):
                data = _with_values(data, values[part.filename])
            after.writestr(part, data)
    return made


def _with_values(sheet: bytes, values: Mapping[str, Any]) -> bytes:
    def told(found: re.Match[bytes]) -> bytes:
        value = values.get(found[1].decode())
        if value is None:
            return found[0]
        kind, text = _as_xml(value)
        formula = b"<f" + found[3] + (b"/>" if found[4] is None else b">" + found[4] + b"</f>")
        head = b'<c r="' + found[1] + b'"' + _TYPE.sub(b"", found[2]) + kind + b">"
        return head + formula + b"<v>" + text.encode() + b"</v></c>"

    return _FORMULA.sub(told, sheet)


def _as_xml(value: Any) -> tuple[bytes, str]:
    """A value's type and text in a sheet."""
    if isinstance(value, bool):
        return b' t="b"', str(int(value))
    if isinstance(value, date | time | timedelta):
        from openpyxl.utils.datetime import to_excel

        value = to_excel(value)
    if isinstance(value, int | float):
        return b"", repr(value)
    text = str(value)
    return (b' t="e"' if text.startswith("#") else b' t="str"'), escape(text)


# --- what a copy does not have ----------------------------------------------------------------------------------------


def _lost(source: Path, target: Path) -> tuple[str, ...]:
    """The folders of which the copy has fewer parts."""
    before, after = _folders(source), _folders(target)
    return tuple(sorted(folder for folder, count in before.items() if after[folder] < count))


def _folders(workbook: Path) -> Counter[str]:
    with zipfile.ZipFile(workbook) as archive:
        names: Sequence[str] = archive.namelist()
    return Counter(name.removeprefix("xl/").partition("/")[0] for name in names if not _KEPT.match(name))
