"""Tables with headings and rows, and a workbook of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from msgspec import Struct

from ldbu_desktop.whole_files import write_whole

Cell = str | float | None

_LONGEST = 32_767
"""Characters that a cell of a workbook holds."""
MOST_ROWS = 1_048_575
"""Rows that a sheet holds beside its headings."""


class DataTable(Struct, frozen=True):
    """A table with a heading for each column; numbers stay numbers."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def workbook(tables: Iterable[DataTable]) -> bytes:
    """The tables as an Excel workbook, a sheet a table; what a sheet has no room for goes on in a further one."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    alignment, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    for table in tables:
        for begin in range(0, max(len(table.rows), 1), MOST_ROWS):
            sheet = book.create_sheet(table.title if not begin else f"{table.title} {begin // MOST_ROWS + 1}")
            for column, width in enumerate(_widths(table), start=1):
                sheet.column_dimensions[get_column_letter(column)].width = width
            sheet.freeze_panes = "B2"
            for number, row in enumerate((table.headings, *table.rows[begin : begin + MOST_ROWS])):
                cells = [WriteOnlyCell(sheet, shown(value) if isinstance(value, str) else value) for value in row]
                for cell, value in zip(cells, row, strict=True):
                    cell.alignment = alignment
                    if number == 0:
                        cell.font = bold
                    if isinstance(value, str):
                        # What somebody else wrote is text, also when it begins with an equals sign.
                        cell.data_type = "s"
                sheet.append(cells)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def write_workbook(path: Path, tables: Iterable[DataTable], *, is_private: bool = False) -> None:
    """Write a workbook, whole or not at all, for its owner only if it ``is_private``.

    Raises :class:`~ldbu_desktop.faults.OutputFault`.
    """
    contents = workbook(tables)
    write_whole(path, lambda temporary: temporary.write_bytes(contents), is_private=is_private)


def shown(text: str) -> str:
    """A text as a workbook can hold it."""
    told = "".join(mark if mark >= " " or mark in "\t\n" else "\N{REPLACEMENT CHARACTER}" for mark in text)
    told = told.encode("utf-8", "replace").decode("utf-8")
    return told if len(told) <= _LONGEST else told[: _LONGEST - 1] + "…"


def _widths(table: DataTable) -> list[int]:
    columns: Sequence[tuple[Cell, ...]] = list(zip(*table.rows, strict=True)) or [() for _ in table.headings]
    texts = [max((len(cell) for cell in column if isinstance(cell, str)), default=0) for column in columns]
    return [min(max(text, 12), 60) for text in texts]
