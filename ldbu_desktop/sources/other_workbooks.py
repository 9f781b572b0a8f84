"""Workbooks of other formats (.xls, .xlsb, .ods): they can't be looked through before they are read.

What the reader leaves empty, the cells whose formula failed, is found beside it in an .ods (``open_document``); in the
binary formats it can't be told from an empty cell, and that it is so is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sandbox.guard import reading
from ldbu_desktop.sources.found import FileType
from ldbu_desktop.sources.open_document import open_document_parts
from ldbu_desktop.sources.sheet_parts import SheetPart
from ldbu_desktop.sources.tables import CellTexts, Remark, Table
from ldbu_desktop.sources.workbook import rows_at


@contextmanager
def open_other_workbook(source: Path | bytes, file: str, kind: FileType) -> Iterator[list[Table]]:
    """The sheets of a workbook as tables, as :func:`~ldbu_desktop.sources.workbook.open_workbook` gives them.

    Raises :class:`FileFault`.
    """
    with reading(file, CalamineError, expat.ExpatError):
        parts = open_document_parts(source)
        workbook = _opened(source, file)
    texts = CellTexts()
    with workbook:
        tables = []
        for position, sheet in enumerate(workbook.sheets_metadata):
            if sheet.typ == SheetTypeEnum.WorkSheet:
                is_hidden = sheet.visible != SheetVisibleEnum.Visible
                table = Table(file, sheet.name, iter(()), is_hidden=is_hidden, has_number_cells=True)
                if kind is not FileType.OPEN_DOCUMENT:
                    table.remarks.append(Remark("file-errors-not-seen", 1, facts={"kind": kind.value}))
                part = parts[position] if position < len(parts) else SheetPart()
                table.rows = rows_at(workbook, position, table, part, texts)
                tables.append(table)
        yield tables


def _opened(source: Path | bytes, file: str) -> CalamineWorkbook:
    try:
        content = source.read_bytes() if isinstance(source, Path) else source
        return CalamineWorkbook.from_object(BytesIO(content))
    except PasswordError as error:
        raise FileFault("file-protected", file=file) from error
