"""Workbooks as other programs write them: the same rows from every writing, and what is told of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.characters import plain
from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import limits
from ldbu_desktop.sources.ordinary_sheets import Extent, ordinary_extent
from ldbu_desktop.sources.sheet_parts import SheetPart, inspect
from ldbu_desktop.sources.tables import Row, Table, undressed
from ldbu_desktop.sources.workbook import open_workbook
from tests.profiles import landing
from tests.workbooks import (
    DATE_STYLE,
    EXCEL,
    HIDDEN_STYLE,
    LIBREOFFICE,
    OPENPYXL,
    POWER_BI,
    PROGRAMS,
    XML_WRITER,
    Failed,
    Formula,
    Iso,
    Program,
    Rich,
    Rows,
    Styled,
    Value,
    replaced,
    with_part,
    workbook_bytes,
)

SHEET = "xl/worksheets/sheet1.xml"


def read(content: bytes, name: str = "t.xlsx") -> list[tuple[Table, list[Row]]]:
    with open_workbook(content, name) as tables:
        return [(table, list(table.rows)) for table in tables]


def read_one(content: bytes) -> tuple[Table, list[list[str]]]:
    ((table, rows),) = read(content)
    return table, [cells for _, cells in rows]


def fault_of(content: bytes) -> FileFault:
    with pytest.raises(FileFault) as caught:
        read(content)
    return caught.value


class Cell(NamedTuple):
    """What a program puts in a cell, the text that is right, and the code that is told."""

    value: Value
    text: str
    told: str = ""


CELLS = {
    "text": Cell("Vægt", "Vægt"),
    "text with signs of XML": Cell("a < b & c", "a < b & c"),
    "text with lines": Cell("a\nb", "a\nb"),
    "text with invisible characters": Cell("050520\u20119996\u200b", "050520-9996"),
    "decomposed text": Cell("Fa\u030aborg", "Fåborg"),
    "text in runs": Cell(Rich(("Am", "mes")), "Ammes"),
    "text with a reading aid": Cell(Rich(("漢",), "かん"), "漢"),
    "whole number": Cell(3350, "3350"),
    "whole number as a decimal": Cell(3350.0, "3350"),
    "decimal": Cell(51.5, "51.5"),
    "decimal with noise": Cell(0.1 + 0.2, "0.3"),
    "ten digits": Cell(505209996, "505209996"),
    "SOR number": Cell(451000016003, "451000016003"),
    "yes": Cell(True, "SAND"),
    "no": Cell(False, "FALSK"),
    "day": Cell(date(2020, 5, 8), "08-05-2020"),
    "day and time": Cell(datetime(2020, 5, 8, 10, 30), "08-05-2020 10:30"),
    "day and time to the second": Cell(datetime(2020, 5, 8, 10, 30, 7), "08-05-2020 10:30:07"),
    "time that is a hair short": Cell(Styled(2, 43959.4374999), "08-05-2020 10:30"),
    "time of day": Cell(time(9, 15), "09:15"),
    "ISO day": Cell(Iso("2020-05-08"), "08-05-2020"),
    "ISO day and time": Cell(Iso("2020-05-08T10:30:00"), "08-05-2020 10:30"),
    "nothing with a format": Cell(Styled(DATE_STYLE), ""),
    "formula that is a number": Cell(Formula("1+1", "2"), "2"),
    "formula that is a text": Cell(Formula("A1", "K1", "str"), "K1"),
    "formula that is the empty text": Cell(Formula('""', "", "str"), ""),
    "formula that is yes": Cell(Formula("A1", "1", "b"), "SAND"),
    "shared formula": Cell(Formula("", "7", shared=0), "7"),
    "formula never calculated": Cell(Formula("A1"), "", "file-formula-without-value"),
    "formula with an empty value": Cell(Formula("A1", ""), "", "file-formula-without-value"),
    "shared formula never calculated": Cell(Formula("", None, shared=0), "", "file-formula-without-value"),
    "error": Cell(Failed("#REF!"), "#REF!", "file-cell-error"),
    "error of a formula": Cell(Failed("#DIV/0!", "1/0"), "#DIV/0!", "file-cell-error"),
    "dressed identifier": Cell("'0505209996", "0505209996"),
    "identifier as a formula's text": Cell('="0505209996"', "0505209996"),
}


@pytest.mark.parametrize(("program", "cell"), list(product(PROGRAMS, CELLS)))
def test_a_cell_is_the_same_in_every_writing(program: str, cell: str) -> None:
    value, text, told = CELLS[cell]
    table, rows = read_one(workbook_bytes({"Ark1": [["a", "b", "c"], ["1", value, "3"]]}, PROGRAMS[program]))
    assert rows == [["a", "b", "c"], ["1", text, "3"]]
    assert [(remark.code, remark.row, remark.column) for remark in table.remarks] == ([(told, 2, 1)] if told else [])
    account = table.account
    is_left_out = told == "file-formula-without-value"
    assert (account.found.cells, account.read.cells) == (5 + bool(text) + is_left_out, 5 + bool(text))


@pytest.mark.parametrize("program", PROGRAMS)
def test_gaps_and_places_are_the_same_in_every_writing(program: str) -> None:
    rows = [[None], [None, None, "a"], [None], [None, None, "b", None, "c"]]
    ((table, read_rows),) = read(workbook_bytes({"Ark1": rows}, PROGRAMS[program]))
    assert read_rows == [(2, ["", "", "a", "", ""]), (4, ["", "", "b", "", "c"])]
    assert [(remark.code, remark.row) for remark in table.remarks] == [("file-empty-rows", 3)]


@pytest.mark.parametrize("program", PROGRAMS)
def test_sheets_have_their_names_and_states(program: str) -> None:
    states = ("", "hidden", "veryHidden")
    written = workbook_bytes(
        {"Børn & unge": [["a"]], 'Den "anden"': [["b"]], "x": [["c"]]}, replaced(PROGRAMS[program], sheet_states=states)
    )
    assert [(table.sheet, table.is_hidden, rows) for table, rows in read(written)] == [
        ("Børn & unge", False, [(1, ["a"])]),
        ('Den "anden"', True, [(1, ["b"])]),
        ("x", True, [(1, ["c"])]),
    ]


@pytest.mark.parametrize("written", ["1", "true"])
def test_hidden_rows_and_columns_are_read_and_told(written: str) -> None:
    program = Program(
        before_rows=f'<cols><col min="2" max="3" hidden="{written}"/></cols>',
        tail=f'<row r="3" hidden="{written}"><c r="A3"><v>1</v></c></row><row r="4" hidden="{written}"/>',
    )
    table, rows = read_one(workbook_bytes({"Ark1": [["a", "b", "c"]]}, program))
    assert rows == [["a", "b", "c"], ["1", "", ""]]
    hidden = next(remark for remark in table.remarks if remark.code == "file-hidden-cells")
    assert (hidden.row, hidden.facts) == (3, {"rows": 1, "columns": 2})


def test_hidden_columns_alone_are_told_at_the_first() -> None:
    program = Program(before_rows='<cols><col min="2" max="16384" hidden="1"/></cols>')
    table, _ = read_one(workbook_bytes({"Ark1": [["a", "b", "c"]]}, program))
    assert [(remark.row, remark.column, remark.facts) for remark in table.remarks] == [
        (1, 1, {"rows": 0, "columns": 2})
    ]


@pytest.mark.parametrize(
    "tail",
    [
        '<row r="1048576" ht="12.8"/>',
        '<row r="1048576"><c r="A1048576" s="1"/></row>',
        '<row r="1048576"><c r="XFD1048576" s="1"></c></row>',
        "".join(f'<row r="{row}" s="1" customFormat="1"/>' for row in range(100, 5000)),
        '<row r="50">' + "".join(f'<c r="{letter}50" s="1"/>' for letter in ("A", "AA", "ZZ", "XFD")) + "</row>",
    ],
)
@pytest.mark.parametrize("program", [EXCEL, XML_WRITER, LIBREOFFICE])
def test_formats_to_the_end_are_no_cells(program: Program, tail: str) -> None:
    written = workbook_bytes({"Ark1": [["a", "b"], [1, 2]]}, replaced(program, tail=tail))
    table, rows = read_one(written)
    assert rows == [["a", "b"], ["1", "2"]]
    assert table.remarks == []


def _stray(address: str, row: int) -> str:
    return f'<row r="{row}"><c r="{address}"><v>1</v></c></row>'


@pytest.mark.parametrize("program", [EXCEL, OPENPYXL, XML_WRITER, POWER_BI])
@pytest.mark.parametrize(
    "tail",
    [
        _stray("XFD1048576", 1048576),
        _stray("ZZ900000", 900000),
        _stray("XFD5000", 5000),
        _stray("AAA1048576", 1048576) + _stray("B2", 2),
    ],
)
def test_a_stray_cell_far_away_is_refused_before_it_fills_the_memory(program: Program, tail: str) -> None:
    written = workbook_bytes({"Ark1": [["a", "b"]]}, replaced(program, tail=tail))
    assert fault_of(written).key == "file-sheet-too-large"


@pytest.mark.parametrize(
    "tail",
    [
        _stray("ZZZZZZZZ1", 5),
        _stray("XFE5", 5),
        _stray("A1048577", 1048577),
        _stray("A0", 5),
        _stray("5", 5),
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="-1"><c><v>1</v></c></row>',
        '<row r="99999999999999999999"/>',
        '<row r="5"><c r="A5"><v>1</v></row>',
    ],
)
def test_addresses_outside_of_every_sheet_are_damage(tail: str) -> None:
    assert fault_of(workbook_bytes({"Ark1": [["a"]]}, replaced(XML_WRITER, tail=tail))).key == "file-damaged"


def test_many_sheets_together_are_limited_too(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: Rows = [["a"], *[[None]] * 98, [None, "b"]]
    written = workbook_bytes({f"Ark{number}": rows for number in range(12)})
    assert len(read(written)) == 12
    monkeypatch.setattr(limits, "SHEET_CELLS", 1100)
    assert fault_of(written).key == "file-sheet-too-large"


def test_a_cell_of_a_1904_workbook_is_the_day_that_it_shows() -> None:
    program = Program(date1904=True)
    table, rows = read_one(workbook_bytes({"Ark1": [["start"], [datetime(2020, 10, 4, 9)]]}, program))
    assert rows[1] == ["04-10-2020 09:00"]
    assert table.is_1904
    assert not read_one(workbook_bytes({"Ark1": [["a"]]}))[0].is_1904


def test_a_sheet_of_two_parts_of_the_same_name_is_damage() -> None:
    written = with_part(workbook_bytes({"Ark1": [["a"]]}), SHEET, "a", "a")
    assert read_one(written)[1] == [["a"]]
    doubled = workbook_bytes({"Ark1": [["a"]]}, Program(extra_parts=(("XL/Worksheets/Sheet1.xml", b"<worksheet/>"),)))
    assert fault_of(doubled).key == "file-damaged"


def test_a_sheet_without_its_part_is_damage() -> None:
    written = with_part(workbook_bytes({"Ark1": [["a"]]}), "xl/_rels/workbook.xml.rels", "sheet1.xml", "sheet9.xml")
    assert fault_of(written).key == "file-damaged"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml"])
def test_entities_are_refused(part: str) -> None:
    root = "worksheet" if part == SHEET else "workbook"
    written = with_part(workbook_bytes({"Ark1": [["a"]]}), part, f"<{root}", f'<!DOCTYPE x [<!ENTITY a "b">]><{root}')
    assert fault_of(written).key == "file-damaged"


def test_a_declared_encoding_that_is_none_is_damage() -> None:
    written = with_part(workbook_bytes({"Ark1": [["a"]]}), SHEET, "UTF-8", "klingon")
    assert fault_of(written).key == "file-damaged"


def test_a_native_reader_that_gives_up_is_a_fault_of_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})

    def give_up(*_: object) -> None:
        raise panic

    monkeypatch.setattr("ldbu_desktop.sources.workbook.inspect", give_up)
    assert fault_of(workbook_bytes({"Ark1": [["a"]]})).key == "file-damaged"


@landing("shorter rows are read in every run")
def test_rows_longer_than_a_look_are_whole() -> None:
    long = ["x" * 30_000] * 20
    table, rows = read_one(workbook_bytes({"Ark1": [long, ["a"], *[["b"]] * 40_000]}, OPENPYXL))
    assert (rows[0], len(rows), table.remarks) == (long, 40_002, [])


@pytest.mark.parametrize("after", ['<row r="9"/>', "<sheetData/>"])
def test_what_follows_the_rows_is_no_row(after: str) -> None:
    extent = _extent(workbook_bytes({"Ark1": [["a"]]}, replaced(OPENPYXL, after_rows=after)))
    assert (extent is None) == after.startswith("<row")


def test_a_sheet_that_breaks_off_is_not_ordinary() -> None:
    written = f'<worksheet xmlns="x"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>{" " * 70_000}'
    assert ordinary_extent(BytesIO(written.encode())) is None


def test_rows_in_another_order_reach_as_far() -> None:
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in (7, 9, 3))
    written = f'<worksheet xmlns="x"><sheetData>{rows}</sheetData></worksheet>'
    assert ordinary_extent(BytesIO(written.encode())) == Extent(cells=3, rectangle=7 * 26)


def _extent(written: bytes) -> Extent | None:
    with ZipFile(BytesIO(written)) as archive, archive.open(SHEET) as stream:
        return ordinary_extent(stream)


def test_parts_that_are_no_xml_are_left_as_they_are() -> None:
    program = replaced(PROGRAMS["utf-16"], extra_parts=(("xl/media/image1.png", b"\xff\xfe\x00"),))
    assert read_one(workbook_bytes({"Ark1": [["a"]]}, program))[1] == [["a"]]


def test_two_values_in_one_cell_are_one() -> None:
    tail = "<row r='2'><c r='A2'><v>1</v><v>2</v></c></row>"
    part = _parsed(BytesIO(workbook_bytes({"Ark1": [["a"]]}, replaced(XML_WRITER, prefix="", tail=tail))))
    assert (part.cells, part.rectangle) == (2, 2)


# --- properties -------------------------------------------------------------------------------------------------------

texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=8)
values = st.one_of(
    st.none(),
    texts,
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.booleans(),
    st.dates(date(1905, 1, 1), date(2100, 1, 1)),
    st.builds(Formula, st.just("A1"), st.one_of(st.none(), st.just(""), st.just("7")), st.sampled_from(["", "str"])),
    st.builds(Failed, st.sampled_from(["#REF!", "#N/A"])),
    st.builds(Styled, st.just(HIDDEN_STYLE)),
)
sheets = st.lists(st.lists(values, max_size=5), max_size=6)


numbers = st.integers(1, 5)
areas = st.sampled_from(["A1:B1", "B2:C3", "C1:C4", "A2:E6"])


@given(
    rows=sheets,
    program=st.sampled_from(sorted(PROGRAMS)),
    hidden_rows=st.lists(numbers, max_size=2, unique=True),
    hidden_columns=st.lists(numbers, max_size=2, unique=True),
    merged=st.lists(areas, max_size=1),
)
def test_all_content_is_accounted_for(
    rows: Sequence[Sequence[Value]],
    program: str,
    hidden_rows: list[int],
    hidden_columns: list[int],
    merged: list[str],
) -> None:
    look = replaced(
        PROGRAMS[program],
        keeps_space=True,
        hidden_rows=tuple(hidden_rows),
        hidden_columns=tuple(hidden_columns),
        merged=tuple(merged),
    )
    table, read_rows = read_one(workbook_bytes({"Ark1": rows}, look))
    content = {
        (row, column): cell
        for row, cells in enumerate(rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if _holds(cell)
    }
    account = table.account
    assert account.found.cells == len(content)
    assert account.read.cells == sum(bool(cell) for row in read_rows for cell in row)
    assert account.read.rows == len(read_rows)
    assert {entry.code for entry in account.not_read} <= {remark.code for remark in table.remarks}
    is_hidden = any(row in hidden_rows or column in hidden_columns for row, column in content)
    has_gaps = any(isinstance(cell, Formula) for cell in content.values())
    assert is_hidden <= any(one.code == "file-hidden-cells" for one in table.remarks) or has_gaps
    assert not merged or not content or any(one.code == "file-merged-cells" for one in table.remarks)


def test_a_formula_that_waits_for_its_calculation_has_no_value() -> None:
    """Some programs write a nought for what they do not calculate, and that the workbook is to be calculated."""
    rows: list[list[Value]] = [
        ["a", "b", "c"],
        [0, Formula("1+1", "0"), Formula("A1", "0.0")],
        ["x", Formula("1+1", "2"), Formula("A2", "a", "str")],
    ]
    for calculation, cells, left_out in (
        ('<calcPr calcId="124519" fullCalcOnLoad="1"/>', ["0", "", ""], 2),
        ('<calcPr calcId="191029"/>', ["0", "0", "0"], 0),
    ):
        table, read_rows = read_one(
            workbook_bytes({"Ark1": rows}, replaced(PROGRAMS["excel"], calculation=calculation))
        )
        assert read_rows[1:] == [cells, ["x", "2", "a"]]
        assert table.account.left_out.cells == left_out
        assert [(one.code, one.row, one.column) for one in table.remarks] == [
            ("file-formula-without-value", 2, column) for column in (1, 2)[:left_out]
        ]


def test_a_formula_without_a_value_may_stand_beyond_all_values() -> None:
    table, read_rows = read_one(workbook_bytes({"Ark1": [["a"], ["x", None, Formula("1+1")]]}))
    assert read_rows == [["a"], ["x"]]
    assert [(one.code, one.column) for one in table.remarks] == [("file-formula-without-value", 2)]


def _holds(cell: Value) -> bool:
    if isinstance(cell, Formula):
        return bool(cell.value) or cell.kind != "str" or cell.value is None
    return not isinstance(cell, Styled) and cell is not None and cell != "" and not _is_unseen(cell)


def _is_unseen(cell: Value) -> bool:
    """A text of nothing but characters that are not read."""
    return isinstance(cell, str) and not plain(undressed(cell))


@given(rows=sheets, program=st.sampled_from(sorted(PROGRAMS)))
def test_the_quick_look_never_sees_less_than_the_parser(rows: Sequence[Sequence[Value]], program: str) -> None:
    written = BytesIO(workbook_bytes({"Ark1": rows}, PROGRAMS[program]))
    with ZipFile(written) as archive:
        part = next(name for name in archive.namelist() if name.endswith("sheet1.xml"))
        with archive.open(part) as stream:
            extent = ordinary_extent(stream)
    if extent is not None:
        looked_at = _parsed(written)
        assert looked_at.cells <= extent.cells
        assert looked_at.rectangle <= extent.rectangle
        assert [looked_at.errors, looked_at.unvalued, looked_at.hidden_rows, looked_at.hidden_columns] == [
            {},
            [],
            [],
            [],
        ]


def _parsed(written: BytesIO) -> SheetPart:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ldbu_desktop.sources.sheet_parts.ordinary_extent", lambda stream, **_: None)
        return inspect(written, "t.xlsx").sheets["Ark1"]
