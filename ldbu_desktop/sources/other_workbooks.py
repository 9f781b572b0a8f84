"""Workbooks of other formats (.xls, .xlsb, .ods): they can't be looked through before they are read.

What the reader leaves empty, the cells whose formula failed, and what it does not tell is found beside it
(``open_document``, ``binary_parts``).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
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
from ldbu_desktop.sources.binary_parts import binary_workbook_parts, old_workbook_parts
from ldbu_desktop.sources.found import FileType
from ldbu_desktop.sources.open_document import open_document_parts
from ldbu_desktop.sources.rows import TableRows
from ldbu_desktop.sources.sheet_parts import OtherParts, SheetPart
from ldbu_desktop.sources.tables import CellTexts, Table
from ldbu_desktop.sources.workbook import parts_at


@contextmanager
def open_other_workbook(source: Path | bytes, file: str, kind: FileType) -> Iterator[list[Table]]:
    """The sheets of a workbook as tables, as :func:`~ldbu_desktop.sources.workbook.open_workbook` gives them.

    Raises :class:`FileFault`.
    """
    with reading(file, CalamineError, expat.ExpatError, ValueError, IndexError, struct.error):
        content = source.read_bytes() if isinstance(source, Path) else source
        workbook = _opened(content, file)
        parts = _PARTS[kind](content)
    texts = CellTexts()
    with workbook:
        tables = []
        for position, sheet in enumerate(workbook.sheets_metadata):
            if sheet.typ == SheetTypeEnum.WorkSheet:
                is_hidden = sheet.visible != SheetVisibleEnum.Visible
                table = Table(
                    file, sheet.name, iter(()), is_hidden=is_hidden, is_1904=parts.is_1904, has_number_cells=True
                )
                part = parts.sheets[position] if position < len(parts.sheets) else SheetPart()
                table.rows = TableRows(parts_at(workbook, position, table, part, texts))
                tables.append(table)
        yield tables


_PARTS: dict[FileType, Callable[[bytes], OtherParts]] = {
    FileType.OLD_WORKBOOK: old_workbook_parts,
    FileType.BINARY_WORKBOOK: binary_workbook_parts,
    FileType.OPEN_DOCUMENT: open_document_parts,
}


def _opened(content: bytes, file: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_object(BytesIO(content))
    except PasswordError as error:
        raise FileFault("file-protected", file=file) from error
