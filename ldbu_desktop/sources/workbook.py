"""Workbooks (.xlsx): sheets as tables. Each sheet is inspected before it is read, and read ahead of its turn."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import limits
from ldbu_desktop.sources.sheet_parts import SheetPart, inspect
from ldbu_desktop.sources.tables import CellTexts, Gaps, Remark, Row, Table, column_letters


@contextmanager
def open_workbook(path: Path) -> Iterator[list[Table]]:
    """The sheets of a workbook as tables; charts are no tables.

    Raises :class:`FileFault` for a workbook that is damaged, protected by a password, or has a sheet over a limit.
    """
    with _told_as_faults(path.name):
        parts = inspect(path)
        workbook = CalamineWorkbook.from_path(path)
    texts = CellTexts()
    reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="workbook")
    try:
        tables = []
        for position, sheet in enumerate(workbook.sheets_metadata):
            if sheet.typ == SheetTypeEnum.WorkSheet:
                is_hidden = sheet.visible != SheetVisibleEnum.Visible
                table = Table(path.name, sheet.name, iter(()), is_hidden=is_hidden)
                # Reading needs no interpreter: the next sheets are read while the first are understood.
                coming = reader.submit(workbook.get_sheet_by_index, position)
                table.rows = _rows(coming, table, parts.get(sheet.name, SheetPart()), texts)
                tables.append(table)
        yield tables
    finally:
        reader.shutdown(cancel_futures=True)
        workbook.close()


@contextmanager
def _told_as_faults(name: str) -> Iterator[None]:
    try:
        yield
    except (CalamineError, zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
        raise FileFault("file-damaged", file=name) from error


def _rows(coming: Future[CalamineSheet], table: Table, part: SheetPart, texts: CellTexts) -> Iterator[Row]:
    with _told_as_faults(table.file):
        sheet = coming.result()
    start = sheet.start
    if start is None:
        return
    left = [""] * start[1]
    if len(left) + sheet.width > limits.COLUMNS:
        facts = {"columns": len(left) + sheet.width, "limit": limits.COLUMNS}
        table.remarks.append(Remark("file-columns-cut", 1, limits.COLUMNS, facts=facts))
    _remark_merged(table, sheet.merged_cell_ranges)
    _remark_formulas(table, part)
    is_plain = not left and not part.errors and sheet.width <= limits.COLUMNS
    gaps = Gaps(table)
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        row = [cell if cell.__class__ is str else texts[cell] for cell in cells]
        if not is_plain:
            row = (left + row)[: limits.COLUMNS]
            _put_errors(table, row, number, part)
        if row[0] or any(row):
            if number != gaps.expected:
                gaps.reach(number)
            gaps.expected = number + 1
            yield number, row
    gaps.tell()


def _put_errors(table: Table, row: list[str], number: int, part: SheetPart) -> None:
    """The reader of workbooks leaves a failed formula's cell empty; here it gets the text that the sheet shows."""
    for column, text in part.errors.get(number, ()):
        if column < limits.COLUMNS:
            row.extend([""] * (column + 1 - len(row)))
            row[column] = text
            table.remarks.append(Remark("file-cell-error", number, column, text))


def _remark_merged(table: Table, ranges: list[tuple[tuple[int, int], tuple[int, int]]] | None) -> None:
    if ranges:
        (top, left), (bottom, right) = ranges[0]
        first = f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
        table.remarks.append(Remark("file-merged-cells", top + 1, left, first, {"ranges": len(ranges)}))


def _remark_formulas(table: Table, part: SheetPart) -> None:
    """One remark a column: a workbook that was never calculated has whole columns of them."""
    cells: dict[int, list[int]] = {}
    for row, column in part.unvalued:
        cells.setdefault(column, []).append(row)
    for column, rows in cells.items():
        table.remarks.append(Remark("file-formula-without-value", rows[0], column, facts={"cells": len(rows)}))
