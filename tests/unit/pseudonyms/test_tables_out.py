"""Tables written as new files: values of the same kinds, in the same rows, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ldbu_desktop.pseudonyms.tables_out import Type, Types, WorkbookWriter, encoded, text_of, types_of
from ldbu_desktop.sources.found import FoundFile
from ldbu_desktop.sources.quoting import QUOTES_BROKEN
from ldbu_desktop.sources.reader import Reader


def kept(tmp_path: Path, rows: list[tuple[int, list[str]]], types: Types | None, *, is_1904: bool = False) -> Workbook:
    """A workbook of one sheet, written and read again."""
    path = tmp_path / "ny.xlsx"
    writer = WorkbookWriter(is_1904=is_1904)
    writer.add("Ark 1", iter(rows), types, tuple)
    writer.save(path)
    return load_workbook(path)


def values(book: Workbook) -> list[tuple[Any, ...]]:
    """The values of its sheet."""
    return list(book["Ark 1"].iter_rows(values_only=True))


def test_values_are_of_the_kinds_that_they_were(tmp_path: Path) -> None:
    cells = ["12", "5.25", "x", "05-06-2020", "05-06-2020 08:30", "31-02-2020", "i går", "", "12"]
    kinds = [Type.NUMBER] * 3 + [Type.DAY] * 4 + [Type.TEXT] * 2
    (row,) = values(kept(tmp_path, [(1, cells)], iter([kinds])))
    moments = (datetime(2020, 6, 5), datetime(2020, 6, 5, 8, 30))
    assert row == (12, 5.25, "x", *moments, "31-02-2020", "i går", None, "12")


def test_where_nobody_knows_kinds_only_whole_numbers_are_numbers(tmp_path: Path) -> None:
    assert values(kept(tmp_path, [(1, ["12", "012", "5.25"])], None)) == [(12, "012", "5.25")]


def test_rows_stay_where_they_were(tmp_path: Path) -> None:
    kinds: Iterator[list[Type]] = iter([[], [], [Type.NUMBER]])
    assert values(kept(tmp_path, [(3, ["7"])], kinds)) == [(None,), (None,), (7,)]


def test_days_count_from_where_they_counted(tmp_path: Path) -> None:
    book = kept(tmp_path, [(1, ["05-06-2020"])], iter([[Type.DAY]]), is_1904=True)
    assert book.epoch == CALENDAR_MAC_1904


def test_the_kinds_of_cells_are_found() -> None:
    book, content = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["x", 1, 2.5, datetime(2020, 6, 5), True, None])
    book.save(content)
    types = types_of(content, sheet.title)
    assert types is not None
    assert list(types) == [[Type.TEXT, Type.NUMBER, Type.NUMBER, Type.DAY, Type.OTHER, Type.OTHER]]


def test_of_what_is_no_workbook_nobody_knows_the_kinds() -> None:
    assert types_of(BytesIO(b"PK"), "Ark 1") is None
    content = BytesIO()
    Workbook().save(content)
    assert types_of(content, "Ark 1") is None


def test_lines_of_a_text_stay_where_they_were() -> None:
    rows = iter([(2, ["a", "b\nc"]), (5, ["d", ""])])
    assert text_of(rows, "") == '\r\na;"b\nc"\r\n\r\nd;\r\n'


def test_a_row_whose_quotes_did_not_fit_together_has_such_again(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [(1, ["kode", "ord", "mere"]), (2, ['a"', "b", "c"]), (3, ["", "d", "e"]), (4, ["f\ng", "h", "i"])]
    path.write_text(text_of(iter(rows), ";", {2, 3}), encoding="utf-8")
    with Reader() as reader:
        (found,) = (one for one in reader.contents([path]) if isinstance(one, FoundFile))
        with reader.tables(found) as (table,):
            assert [cells for _, cells in table.rows] == [
                ["kode", "ord", "mere"],
                ["a", "b", "c"],
                *(r for _, r in rows[2:]),
            ]
            assert [each.row for each in table.remarks if each.code == QUOTES_BROKEN] == [2, 3]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_encoded_as_it_was(codec: str) -> None:
    content = BytesIO("sundhedspleje på øen; Søvn og trivsel; Hjemmebesøg\n".encode(codec))
    assert encoded("Søvn", content) == "Søvn".encode(codec)


def test_cells_that_are_shown_as_one_are_so_again_and_a_failed_formula_is_one(tmp_path: Path) -> None:
    writer = WorkbookWriter(is_1904=False)
    writer.add("Ark 1", iter([(1, ["#REF!", "#REF!", "x"])]), iter([[Type.OTHER, Type.TEXT]]), lambda: [(1, 2, 1, 2)])
    with (tmp_path / "a.xlsx").open("wb") as stream:
        writer.save(stream)
    sheet = load_workbook(tmp_path / "a.xlsx")["Ark 1"]
    assert [str(one) for one in sheet.merged_cells.ranges] == ["B1:C2"]
    assert [cell.data_type for cell in sheet[1]][:2] == ["e", "s"]
