"""Workbooks (.xlsx): sheets as tables. Each sheet is inspected before it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from ldbu_desktop.column_letters import column_letters
from ldbu_desktop.faults import FileFault
from ldbu_desktop.sandbox.guard import reading
from ldbu_desktop.sources import limits
from ldbu_desktop.sources.rows import CELLS_TOGETHER, Column, Part, RowGroup, TableRows
from ldbu_desktop.sources.sheet_parts import SheetPart, WorkbookParts, inspect, rewritten
from ldbu_desktop.sources.tables import NO_COLUMN, CellTexts, Gaps, Remark, Row, Table, are_plain


@contextmanager
def open_workbook(source: Path | bytes, file: str) -> Iterator[list[Table]]:
    """The sheets of a workbook as tables; charts are no tables. ``file`` is what it is called.

    Raises :class:`FileFault` for a workbook that is damaged, protected by a password, or has a sheet over a limit.
    """
    with reading(file, CalamineError):
        parts, workbook = _opened(source, file)
    texts = CellTexts()
    try:
        tables = []
        for position, sheet in enumerate(workbook.sheets_metadata):
            if sheet.typ == SheetTypeEnum.WorkSheet:
                is_hidden = sheet.visible != SheetVisibleEnum.Visible
                table = Table(
                    file, sheet.name, iter(()), is_hidden=is_hidden, is_1904=parts.is_1904, has_number_cells=True
                )
                if sheet.name not in parts.sheets:
                    raise FileFault("file-damaged", file=file)
                table.rows = TableRows(parts_at(workbook, position, table, parts.sheets[sheet.name], texts))
                tables.append(table)
        yield tables
    finally:
        workbook.close()


_ENDINGS = (".xlsx", ".xlsm")
"""By any other ending the reader would take a workbook for one of another format: it is handed over without a name."""


def _opened(source: Path | bytes, file: str) -> tuple[WorkbookParts, CalamineWorkbook]:
    """What the reader of workbooks does not tell, and the reader: it gets nothing that was not looked through."""
    with source.open("rb") if isinstance(source, Path) else BytesIO(source) as stream:
        copy = rewritten(stream)
        parts = inspect(copy or stream, file)
    if copy is None and isinstance(source, Path) and source.suffix.lower() in _ENDINGS:
        return parts, CalamineWorkbook.from_path(source)
    content = copy or BytesIO(source.read_bytes() if isinstance(source, Path) else source)
    content.seek(0)
    return parts, CalamineWorkbook.from_filelike(content)


def parts_at(
    workbook: CalamineWorkbook, position: int, table: Table, part: SheetPart, texts: CellTexts
) -> Iterator[Part]:
    """The rows of the sheet at a position, which is read when the first is asked for. Raises :class:`FileFault`."""
    with reading(table.file, CalamineError):
        sheet = workbook.get_sheet_by_index(position)
    yield from _parts_of(sheet, table, part, texts)


def _parts_of(sheet: CalamineSheet, table: Table, part: SheetPart, texts: CellTexts) -> Iterator[Part]:
    """The rows of a sheet; what there is to tell and to count of them is told and counted at ``table``."""
    _remark_hidden(table, part)
    unvalued = _remark_formulas(table, part)
    start = sheet.start
    if start is None:
        return
    left = [""] * start[1]
    width = len(left) + sheet.width
    _remark_merged(table, sheet.merged_cell_ranges or part.merged)
    is_plain = not left and not part.errors and not unvalued and width <= limits.COLUMNS
    gaps = Gaps(table)
    numbered = enumerate(sheet.iter_rows(), start=1)
    if is_plain:
        most = max(CELLS_TOGETHER // width, 1)
        while together := list(islice(numbered, most)):
            yield _together(together, table, gaps, texts) or _filled(together, table, gaps, texts)
        gaps.tell()
        return
    beyond = 0

    def mended(number: int, cells: list[str]) -> list[str]:
        nonlocal beyond
        row = left + cells
        _put_errors(table, row, number, part)
        _clear(row, unvalued.get(number, ()))
        cut = row[limits.COLUMNS :]
        beyond += len(cut) - cut.count("")
        del row[limits.COLUMNS :]
        return row

    yield _filled(numbered, table, gaps, texts, mended)
    gaps.tell()
    if width > limits.COLUMNS:
        table.remarks.append(
            Remark("file-columns-cut", 1, limits.COLUMNS, facts={"columns": width, "limit": limits.COLUMNS})
        )
        table.count_beside(beyond)
        table.leave_out("file-columns-cut", 1, limits.COLUMNS, cells=beyond)


_NumberedCells = tuple[int, list[Any]]
"""A row as the reader of workbooks tells it."""


def _together(rows: list[_NumberedCells], table: Table, gaps: Gaps, texts: CellTexts) -> RowGroup | None:
    """Rows of which none is empty, a column at a time; None where one may be."""
    numbers, cells = zip(*rows, strict=True)
    group = RowGroup(numbers, [_column(column, texts) for column in zip(*cells, strict=True)])
    if not group.has_full_column:
        return None
    gaps.pass_by(numbers[0], numbers[-1])
    table.count(group.filled, len(group))
    return group


def _column(cells: tuple[Any, ...], texts: CellTexts) -> Column:
    if {*map(type, cells)} == {str} and are_plain("\n".join(cells)):
        return Column.of(cells)
    # A truth value is equal to a number, and has another text.
    if 0 in cells or 1 in cells:
        return Column.of(list(map(texts.__getitem__, cells)))
    return Column.of_values(cells, texts)


def _filled(
    rows: Iterable[_NumberedCells],
    table: Table,
    gaps: Gaps,
    texts: CellTexts,
    mended: Callable[[int, list[str]], list[str]] | None = None,
) -> Iterator[Row]:
    """The rows that are not empty, one by one."""
    text_of = texts.__getitem__
    for number, cells in rows:
        row = list(map(text_of, cells))
        if mended is not None:
            row = mended(number, row)
        if row[0] or any(row):
            gaps.pass_by(number, number)
            table.count(len(row) - row.count(""))
            yield number, row


def _put_errors(table: Table, row: list[str], number: int, part: SheetPart) -> None:
    """The reader of workbooks leaves a failed formula's cell empty; here it gets the text that the sheet shows."""
    for column, text in part.errors.get(number, ()):
        row.extend([""] * (column + 1 - len(row)))
        row[column] = text
        if column < limits.COLUMNS:
            table.remarks.append(Remark("file-cell-error", number, column, text))


def _clear(row: list[str], columns: Iterable[int]) -> None:
    """What stands for the result of a formula that was never calculated is no value."""
    for column in columns:
        if column < len(row):
            row[column] = ""


def _remark_merged(table: Table, ranges: list[tuple[tuple[int, int], tuple[int, int]]] | None) -> None:
    if ranges:
        table.merged = [(top + 1, bottom + 1, left, right) for (top, left), (bottom, right) in ranges]
        (top, left), (bottom, right) = min(ranges)
        first = f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
        table.remarks.append(Remark("file-merged-cells", top + 1, left, first, {"ranges": len(ranges)}))


def _remark_hidden(table: Table, part: SheetPart) -> None:
    """What is hidden is read: the first place of it, and how much."""
    rows, columns = part.hidden_rows, part.hidden_columns
    if rows or columns:
        first_row, first_column = (rows[0], NO_COLUMN) if rows else (1, columns[0])
        facts = {"rows": len(rows), "columns": len(columns)}
        table.remarks.append(Remark("file-hidden-cells", first_row, first_column, facts=facts))


def _remark_formulas(table: Table, part: SheetPart) -> dict[int, list[int]]:
    """One remark a column: a workbook that was never calculated has whole columns of them. Returns the cells by row."""
    cells: dict[int, list[int]] = {}
    by_row: dict[int, list[int]] = {}
    for row, column in part.unvalued:
        cells.setdefault(column, []).append(row)
        by_row.setdefault(row, []).append(column)
    for column, rows in cells.items():
        table.remarks.append(Remark("file-formula-without-value", rows[0], column, facts={"cells": len(rows)}))
        table.count_beside(len(rows))
        table.leave_out("file-formula-without-value", rows[0], column, cells=len(rows))
    return by_row
