"""Rows that readers tell a column at a time are those that they would tell one by one, whatever stands between them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ldbu_desktop.account import Amount
from ldbu_desktop.sources import limits
from ldbu_desktop.sources.delimited import read_delimited
from ldbu_desktop.sources.found import FileType
from ldbu_desktop.sources.rows import RowGroup, TableRows
from ldbu_desktop.sources.served import tables
from ldbu_desktop.sources.tables import Row, Table, cell_text
from ldbu_desktop.sources.wire import End, TablesOf, decode_rows, decode_sheets, encode
from ldbu_desktop.sources.workbook import open_workbook
from tests.workbooks import workbook_bytes

PLAIN = ["K1", "B0", "mor", "7,5"]
SPECIAL = st.sampled_from(
    [
        ["K2", '"B;0"', "mor", "7,5"],
        ["", "", " ", ""],
        ["'0505", "x", "", "1.0"],
        ["#REF!", "x", "", ""],
        ["K3", "x"],
        ["", "x", "", ""],
    ]
)


def served(content: bytes, kind: FileType) -> tuple[list[Row], End, int]:
    """All rows of the first table as they travel, what is told in the end, and how many rows came together."""
    told = tables(encode(TablesOf("a", kind, None, content)))
    decode_sheets(next(told))
    rows: list[Row] = []
    together = 0
    while True:
        piece = decode_rows(told.send(encode(0)))
        together += len(piece.together or ())
        rows += piece.together.rows() if piece.together is not None else piece.rows
        if piece.end is not None:
            return rows, piece.end, together


def one_by_one(table: Table) -> Iterator[Row]:
    """The rows of a table that is read here."""
    assert isinstance(table.rows, TableRows)
    for part in table.rows.parts():
        yield from part.rows() if isinstance(part, RowGroup) else part


def alone(lines: list[list[str]]) -> tuple[list[Row], list[str], int]:
    """What each line says by itself, in a file that has no other but the header."""
    rows, remarks, filled = [(1, ["a", "b", "c", "d"])], [], 4
    for number, cells in enumerate(lines, start=2):
        if cells[1:] == PLAIN[1:]:
            rows.append((number, cells))
            filled += len(cells)
            continue
        table = read_delimited(f"a;b;c;d\n{';'.join(cells)}\n".encode(), "a.csv")
        rows += [(number, told) for at, told in one_by_one(table) if at == 2]
        remarks += [one.code for one in table.remarks]
        filled += table.account.found.cells - 4
    return rows, remarks, filled


@given(st.lists(SPECIAL | st.just(PLAIN), max_size=12), st.integers(min_value=0, max_value=2500), st.booleans())
@settings(max_examples=20, deadline=None)
def test_lines_are_read_as_each_would_be_by_itself(few: list[list[str]], many: int, is_first: bool) -> None:
    plain = [[f"K{number}", *PLAIN[1:]] for number in range(many)]
    lines = [*few, *plain, *few] if is_first else [*plain, *few]
    content = "a;b;c;d\n" + "".join(f"{';'.join(cells)}\n" for cells in lines)
    rows, end, together = served(content.encode(), FileType.DELIMITED)
    expected, remarks, filled = alone(lines)
    assert rows == expected
    assert end.found == Amount(rows=len(expected), cells=filled)
    assert [one.code for one in end.remarks if one.code != "file-empty-rows"] == remarks
    assert together >= max(many - 2 * 2000, 0)


@pytest.mark.parametrize("special", [[], ["K", "x"], ["K;1", "", "", ""]])
def test_plain_lines_before_and_after_one_that_is_not(special: list[str]) -> None:
    most = 2000
    plain = [[f"K{number}", *PLAIN[1:]] for number in range(2 * most - 1)]
    lines = [["a", "b", "c", "d"], *plain[:most], special, *plain[most:]]
    told = [";".join(f'"{cell}"' if ";" in cell else cell for cell in cells) for cells in lines]
    rows, end, together = served("\n".join(told).encode(), FileType.DELIMITED)
    assert rows == [(number, cells) for number, cells in enumerate(lines, start=1) if cells]
    assert len(rows) == end.found.rows
    assert together >= most + 1


@pytest.mark.parametrize("of_column", [["", "x"], ["x", ""], ["", ""]])
def test_lines_of_which_one_may_be_empty_are_looked_at_one_by_one(of_column: list[str]) -> None:
    rows, end, _ = served("\n".join(["a;b", ";".join(of_column), ";x", "x;"]).encode(), FileType.DELIMITED)
    told = [["a", "b"], *([of_column] if any(of_column) else []), ["", "x"], ["x", ""]]
    assert [cells for _, cells in rows] == told
    assert end.found == Amount(rows=len(told), cells=2 + sum(map(any, told[1:])))


def test_more_lines_than_travel_at_a_time_come_in_pieces() -> None:
    lines = [f'"K{number}";"x"' for number in range(9000)]
    rows, _, together = served("\n".join(lines).encode(), FileType.DELIMITED)
    assert [cells for _, cells in rows] == [[f"K{number}", "x"] for number in range(9000)]
    assert together == 9000


def test_long_lines_are_not_put_together() -> None:
    text = "x" * (limits.LINE_BYTES // 4)
    lines = [f"K{number};{text}" for number in range(6)]
    rows, end, _ = served("\n".join(["a;b", *lines]).encode(), FileType.DELIMITED)
    assert [cells for _, cells in rows] == [["a", "b"], *(line.split(";") for line in lines)]
    assert end.found == Amount(rows=7, cells=14)


@pytest.mark.parametrize(
    "cells",
    [
        [2.0, 3.5] * 3,
        [True, 1, 1.0, False, 0, ""] * 3,
        ["e\u0301", "='05", "1.0"] * 3,
        [date(2020, 7, 7), "x", 2] * 3,
        [*range(2, 9)],
    ],
)
def test_a_column_of_a_workbook_has_the_text_of_each_cell(cells: list[object]) -> None:
    book = workbook_bytes({"A": [[f"K{number}", cell] for number, cell in enumerate(cells)]})
    rows, end, together = served(book, FileType.WORKBOOK)
    assert rows == [(number, [f"K{number - 1}", cell_text(cell)]) for number, cell in enumerate(cells, start=1)]
    assert end.found == Amount(rows=len(cells), cells=sum(2 - (cell == "") for cell in cells))
    assert together == len(cells)


VALUES = st.sampled_from(
    [
        "",
        "barn",
        "='05",
        "1.0",
        "e\u0301",
        0,
        1,
        2,
        1.5,
        5.25,
        True,
        False,
        date(2020, 7, 7),
        datetime(2020, 7, 7, 9, 30),
    ]
)


@given(st.lists(st.lists(VALUES, min_size=3, max_size=3), min_size=1, max_size=30), st.booleans())
@settings(max_examples=30, deadline=None)
def test_cells_of_a_workbook_have_the_text_of_each(cells: list[list[object]], has_keys: bool) -> None:
    sheet = [[f"K{number}" if has_keys else "", *row] for number, row in enumerate(cells)]
    # Many of the same come together as the few that they are.
    book = workbook_bytes({"A": [["key", "a", "b", "c"], *sheet * 4]})
    with open_workbook(book, "a.xlsx") as (table,):
        rows = list(one_by_one(table))
    told = [(1, ["key", "a", "b", "c"])]
    for number, row in enumerate(sheet * 4, start=2):
        texts = [cell_text(cell) for cell in row]
        if any(texts):
            told.append((number, texts))
    assert rows == told
    assert table.account.found == Amount(rows=len(told), cells=sum(len(row) - row.count("") for _, row in told))
    served_rows, end, _ = served(book, FileType.WORKBOOK)
    assert (served_rows, end.found) == (rows, table.account.found)
