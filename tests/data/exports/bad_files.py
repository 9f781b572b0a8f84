"""One small foreign export and what can be wrong with such a file, each with what is told of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.workbook.protection import WorkbookProtection

from tests.other_workbooks import ods_bytes, places, xls_bytes, xlsb_bytes

HEADERS = ["Barnets CPR", "Besøgsdato", "Besøgstype", "Kontaktform", "Vægt (g)", "Længde (cm)", "Amning"]
ROWS = [
    [f"{3 + at:02}01204{at:03}", f"{10 + at}-03-2020", "2 måneder", "Hjemmebesøg", 5200 + 17 * at, "57,5", feeding]
    for at, feeding in enumerate(["Fuldamning", "Ammes primært", "MME"] * 3)
]
Row = list[Any]
Change = Callable[[int, Row], Row]


def workbook(rows: list[Row], headers: list[str] = HEADERS) -> Workbook:
    """A workbook with one sheet."""
    book = Workbook()
    book.active.title = "Ark1"
    for row in [headers, *rows]:
        book.active.append(row)
    return book


def written(folder: Path, rows: list[Row], headers: list[str] = HEADERS, name: str = "udtræk.xlsx") -> Path:
    """A workbook in a file."""
    path = folder / name
    book = workbook(rows, headers)
    with path.open("wb") as stream:
        book.save(stream)
    return path


def changed(change: Change) -> list[Row]:
    """The rows, each changed."""
    return [change(at, list(row)) for at, row in enumerate(ROWS)]


def in_column(column: int, *values: Any) -> list[Row]:
    """The rows with other values in the first cells of a column."""
    return changed(lambda at, row: [*row[:column], values[at] if at < len(values) else row[column], *row[column + 1 :]])


def bytes_of(kind: str) -> bytes:
    """The good rows as a workbook of one kind."""
    cells = {"Ark1": places([[str(cell) for cell in row] for row in [HEADERS, *ROWS]])}
    return {"xls": xls_bytes, "xlsb": xlsb_bytes, "ods": ods_bytes}[kind](cells)


def protected(folder: Path) -> Path:
    """A workbook whose sheet and structure are protected."""
    book = workbook(ROWS)
    book.active.protection.sheet = True
    book.security = WorkbookProtection(workbookPassword="x", lockStructure=True)
    book.save(path := folder / "beskyttet.xlsx")
    return path


TOTAL = ["I alt", 9, None, None, 46800, None, None]
CASES: dict[str, tuple[list[Row], list[str], str]] = {
    "totals among rows": ([*ROWS[:5], TOTAL, *ROWS[5:]], HEADERS, "file-rows-outside-table"),
    "the same header twice": ([[*row, row[4] + 1] for row in ROWS], [*HEADERS, HEADERS[4]], "file-column-waits"),
    "letters in numbers": (in_column(4, "52OO"), HEADERS, "number-unreadable"),
    "a cell of the most letters": (in_column(6, "x" * 32_767), HEADERS, "code-unknown"),
    "failed formulas": (in_column(4, "#REF!"), HEADERS, "file-cell-error"),
    "one child with two numbers": (
        [["B1" if at == 1 else f"B{at + 1}", *row] for at, row in enumerate(ROWS)],
        ["Barn-ID", *HEADERS],
        "key-contradicted",
    ),
    "two children with one number": (
        [[f"B{at + 1}", ROWS[0][0] if at == 1 else row[0], *row[1:]] for at, row in enumerate(ROWS)],
        ["Barn-ID", *HEADERS],
        "cpr-shared",
    ),
    "two children with one number and no key": (
        [[ROWS[0][0] if at == 1 else row[0], f"{3 + at:02}-01-2020", *row[1:]] for at, row in enumerate(ROWS)],
        [HEADERS[0], "Fødselsdato", *HEADERS[1:]],
        "key-contradicted",
    ),
    "columns exchanged below their headers": (
        changed(lambda _, row: [*row[:4], row[5], row[4], *row[6:]]),
        HEADERS,
        "file-column-waits",
    ),
}
"""Rows and headers, and the code of what is told when they are read by a map that was approved for the good ones."""


def spoilt(case: str, folder: Path) -> Path:
    """The file of a case."""
    rows, headers, _ = CASES[case]
    return written(folder, rows, headers)


FILES: dict[str, Callable[[Path], Path]] = {
    **{case: partial(spoilt, case) for case in CASES},
    "protected": protected,
    "renamed": lambda folder: written(folder, ROWS, name="omdøbt.csv"),
    "an old workbook renamed": lambda folder: _as(folder / "omdøbt.xlsx", bytes_of("xls")),
    "dates of several forms": lambda folder: written(
        folder, in_column(1, "2020-03-10", "11. marts 2020", "12/3-2020", "13. 3. 2020")
    ),
}
"""Every such file by name."""


def _as(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
