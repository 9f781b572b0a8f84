"""Workbooks of other formats: read in a process of their own, which may end without harm to anything but itself."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.characters import plain
from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import other_workbooks
from ldbu_desktop.sources.binary_parts import binary_workbook_parts, old_workbook_parts
from ldbu_desktop.sources.found import FileType, FoundFile
from ldbu_desktop.sources.other_workbooks import open_other_workbook
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.sources.sheet_parts import OtherParts, SheetPart
from ldbu_desktop.sources.tables import Row, Table, undressed
from tests.files_here import files_in
from tests.other_workbooks import Cell, Cells, Look, ods_bytes, places, xls_bytes, xlsb_bytes
from tests.profiles import some
from tests.workbooks import Failed, Formula, zipped

Writer = Callable[..., bytes]
FORMATS: dict[FileType, Writer] = {
    FileType.OLD_WORKBOOK: xls_bytes,
    FileType.BINARY_WORKBOOK: xlsb_bytes,
    FileType.OPEN_DOCUMENT: ods_bytes,
}
ROWS: Cells = [["kontakt_id", "vægt", "bemærkning"], ["K1", 3350, None], [], ["K2", 51.5, "Fa\u030aborg\u200b"]]


def read(source: Path | bytes, kind: FileType) -> list[tuple[Table, list[Row]]]:
    with open_other_workbook(source, "t.xls", kind) as tables:
        return [(table, list(table.rows)) for table in tables]


def read_as_the_program_does(path: Path) -> list[list[Row]]:
    with Reader() as reader:
        (found,) = reader.files([path])
        assert isinstance(found, FoundFile)
        with reader.tables(found) as tables:
            return [list(table.rows) for table in tables]


def fault_of(source: bytes, kind: FileType) -> FileFault:
    with pytest.raises(FileFault) as caught:
        read(source, kind)
    assert caught.value.facts["file"] == "t.xls"
    return caught.value


@pytest.mark.parametrize("kind", FORMATS)
def test_cells_are_read_as_from_other_workbooks(tmp_path: Path, kind: FileType) -> None:
    written = FORMATS[kind]({"Ark1": places(ROWS), "Ark2": places([["a"]])})
    path = tmp_path / "renamed.csv"
    path.write_bytes(written)
    (found,) = files_in([path])
    assert isinstance(found, FoundFile)
    assert found.kind is kind
    (first, rows), (second, others) = read(path, kind)
    assert rows == [(1, ["kontakt_id", "vægt", "bemærkning"]), (2, ["K1", "3350", ""]), (4, ["K2", "51.5", "Fåborg"])]
    assert (first.sheet, second.sheet, others) == ("Ark1", "Ark2", [(1, ["a"])])
    assert [remark.code for remark in first.remarks] == ["file-empty-rows"]
    assert (first.account.found.rows, first.account.found.cells) == (3, 8)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_hidden_sheet_is_told_as_hidden(kind: FileType) -> None:
    written = FORMATS[kind]({"Ark1": places([["a"]]), "Ark2": places([["b"]])}, hidden=["Ark2"])
    assert [table.is_hidden for table, _ in read(written, kind)] == [False, True]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_failed_formula_is_told_at_its_cell(kind: FileType) -> None:
    rows: Cells = [["a", "b", "c"], ["x", Failed("#DIV/0!", "1/0"), 1.5], [Failed("#N/A"), True, Failed("#REF!", "A1")]]
    ((table, read_rows),) = read(FORMATS[kind]({"Ark1": places(rows)}), kind)
    assert [cells for _, cells in read_rows[1:]] == [["x", "#DIV/0!", "1.5"], ["#N/A", "SAND", "#REF!"]]
    assert [(one.code, one.row, one.column, one.raw) for one in table.remarks] == [
        ("file-cell-error", 2, 1, "#DIV/0!"),
        ("file-cell-error", 3, 0, "#N/A"),
        ("file-cell-error", 3, 2, "#REF!"),
    ]


@pytest.mark.parametrize(("write", "parts_of"), [(xls_bytes, old_workbook_parts), (xlsb_bytes, binary_workbook_parts)])
def test_an_error_of_a_newer_program_is_an_error(write: Writer, parts_of: Callable[[bytes], OtherParts]) -> None:
    (sheet,) = parts_of(write({"Ark1": places([["a", Failed("?")]])})).sheets
    assert sheet.errors == {1: [(1, "#N/A")]}


def test_what_ends_too_early_has_no_more_cells() -> None:
    assert old_workbook_parts(b"").sheets == []
    written = xlsb_bytes({"Ark1": {}})
    with zipfile.ZipFile(BytesIO(written)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    cut = zipped({**parts, "xl/worksheets/sheet1.bin": b"\x80\x81\xff\xff\xff\xff"})
    assert binary_workbook_parts(cut).sheets == [SheetPart()]
    assert binary_workbook_parts(zipped({"a": b""})).sheets == []


UNVALUED: Cells = [["a", "b", "c"], ["x", Formula(value=None), Formula(value="")], ["y", Formula(value="z"), None]]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("is_calculated", [True, False])
def test_a_formula_without_a_value_is_told_and_an_empty_text_is_one(kind: FileType, *, is_calculated: bool) -> None:
    """What a program that does not calculate leaves in an .xls can't be told from an empty text: both are told."""
    if kind is FileType.BINARY_WORKBOOK and is_calculated:
        return
    ((table, rows),) = read(FORMATS[kind]({"Ark1": places(UNVALUED)}, look=Look(is_calculated=is_calculated)), kind)
    assert [cells for _, cells in rows[1:]] == [["x", "", ""], ["y", "z", ""]]
    columns = [1, 2] if kind is FileType.OLD_WORKBOOK and not is_calculated else [1]
    assert [(one.code, one.row, one.column) for one in table.remarks] == [
        ("file-formula-without-value", 2, column) for column in columns
    ]
    assert (table.account.found.cells, table.account.left_out.cells) == (6 + len(columns), len(columns))


@pytest.mark.parametrize("kind", FORMATS)
def test_the_number_that_a_formula_comes_to_is_read(kind: FileType) -> None:
    ((table, rows),) = read(FORMATS[kind]({"Ark1": places([["a", "b"], ["x", Formula(value="12")]])}), kind)
    assert [cells for _, cells in rows] == [["a", "b"], ["x", "12"]]
    assert (table.remarks, table.account.found.cells, table.account.left_out.cells) == ([], 4, 0)


def test_a_text_that_never_comes_is_no_value() -> None:
    """The result of an .xls's formula that is a text stands in a record of its own, which may be missing."""
    rows: Cells = [["a", "b"], [Formula(value="y"), Formula(value="y")]]
    written = xls_bytes({"Ark1": places(rows)}).replace(
        b"\x07\x02\x05\x00\x01\x00\x01y\0", b"\xff\x0f\x05\0" + bytes(5)
    )
    ((table, _),) = read(written, FileType.OLD_WORKBOOK)
    assert [(one.code, one.row, one.column) for one in table.remarks] == [
        ("file-formula-without-value", 2, 0),
        ("file-formula-without-value", 2, 1),
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_hidden_and_merged_is_read_and_told(kind: FileType) -> None:
    rows: Cells = [["a", "b", "c"], ["x", 1, "z"], ["y", 2, "w"], ["samlet", None, "v"]]
    look = Look(hidden_rows=[1, 9], hidden_columns=[1, 2, 9], merged=[(3, 3, 0, 1)])
    ((table, read_rows),) = read(FORMATS[kind]({"Ark1": places(rows)}, look=look), kind)
    assert [cells for _, cells in read_rows[1:]] == [["x", "1", "z"], ["y", "2", "w"], ["samlet", "", "v"]]
    assert [(one.code, one.row, dict(one.facts)) for one in table.remarks] == [
        ("file-hidden-cells", 2, {"rows": 1, "columns": 2}),
        ("file-merged-cells", 4, {"ranges": 1}),
    ]
    assert table.merged == [(4, 4, 0, 1)]


@pytest.mark.parametrize("kind", FORMATS)
def test_the_longest_texts_are_read_whole(kind: FileType) -> None:
    row = ["a", "å" * 32_767, "b" * 8_224, "c", "ø" * 4_112]
    ((table, rows),) = read(FORMATS[kind]({"Ark1": places([["1", "2", "3", "4", "5"], row])}), kind)
    assert (rows[1], table.remarks) == ((2, row), [])


@pytest.mark.parametrize("kind", FORMATS)
def test_days_may_count_from_1904(kind: FileType) -> None:
    written = [FORMATS[kind]({"Ark1": places([["a", 1]])}, look=Look(date1904=begin)) for begin in (True, False)]
    assert [read(content, kind)[0][0].is_1904 for content in written] == [True, False]


def test_a_small_old_workbook_stands_in_short_sectors() -> None:
    written = xls_bytes({"Ark1": places([["a", Failed("#N/A"), "b"]])}, shortest=4096)
    ((table, rows),) = read(written, FileType.OLD_WORKBOOK)
    assert (rows, [one.column for one in table.remarks]) == ([(1, ["a", "#N/A", "b"])], [1])


# --- all is accounted for ---------------------------------------------------------------------------------------------

texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=8)
cells_of_any = st.one_of(
    st.none(),
    texts,
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.booleans(),
    st.builds(Formula, st.just("A1"), st.sampled_from(["", "7", "tekst", None])),
    st.builds(Failed, st.sampled_from(["#REF!", "#N/A", "#DIV/0!"]), st.sampled_from(["", "1/0"])),
)
numbers = st.integers(0, 4)
looks = st.builds(
    Look,
    st.lists(numbers, max_size=2, unique=True),
    st.lists(numbers, max_size=2, unique=True),
    st.tuples(numbers, st.integers(0, 2), numbers, st.integers(0, 2)).map(
        lambda area: [(area[0], area[0] + area[1], area[2], area[2] + area[3])] if area[1] or area[3] else []
    ),
)


@given(
    rows=st.lists(st.lists(cells_of_any, max_size=5), max_size=5),
    look=looks,
    kind=st.sampled_from(sorted(FORMATS)),
    hidden=st.sampled_from([[], ["Ark2"]]),
)
def test_all_content_is_accounted_for(rows: Cells, look: Look, kind: FileType, hidden: list[str]) -> None:
    written = FORMATS[kind]({"Ark1": places(rows), "Ark2": places([["x"]])}, hidden=hidden, look=look)
    (table, read_rows), (other, _) = read(written, kind)
    content = {at: cell for at, cell in places(rows).items() if _holds(cell, kind)}
    account = table.account
    assert account.found.cells == len(content)
    assert account.read.cells == sum(bool(cell) for _, row in read_rows for cell in row)
    assert account.read.rows == len(read_rows)
    assert {entry.code for entry in account.not_read} <= {remark.code for remark in table.remarks}
    failed = {(row + 1, column) for (row, column), cell in content.items() if isinstance(cell, Failed)}
    assert {(one.row, one.column) for one in table.remarks if one.code == "file-cell-error"} == failed
    hidden_rows = {row for row, _ in content if row in look.hidden_rows}
    hidden_columns = {column for _, column in content if column in look.hidden_columns}
    seen = [dict(one.facts) for one in table.remarks if one.code == "file-hidden-cells"]
    unvalued = [one for one in table.remarks if one.code == "file-formula-without-value"]
    if not unvalued:
        facts = {"rows": len(hidden_rows), "columns": len(hidden_columns)}
        assert seen == ([facts] if hidden_rows or hidden_columns else [])
    assert other.is_hidden == bool(hidden)


def _holds(cell: Cell, kind: FileType) -> bool:
    if isinstance(cell, Formula):
        return cell.value is None or bool(cell.value)
    return not isinstance(cell, str) or bool(plain(undressed(cell)))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_stray_cell_far_away_ends_the_process_and_nothing_else(kind: FileType, tmp_path: Path) -> None:
    far = (65_535, 255) if kind is FileType.OLD_WORKBOOK else (1_048_575, 16_383)
    path = tmp_path / "far.xls"
    path.write_bytes(FORMATS[kind]({"Ark1": {(0, 0): "a", far: "b"}}))
    with pytest.raises(FileFault) as caught:
        read_as_the_program_does(path)
    assert caught.value.key in ("file-reader-ended", "file-too-large-for-memory", "file-damaged")
    assert caught.value.facts == {"file": "far.xls"}


@pytest.mark.parametrize(("share", "kind"), some([(share, kind) for share in (0.2, 0.5, 0.9) for kind in FORMATS], 5))
def test_a_file_cut_short_is_told(share: float, kind: FileType) -> None:
    written = FORMATS[kind]({"Ark1": places([[f"{row}-{column}" for column in range(20)] for row in range(200)])})
    assert fault_of(written[: int(len(written) * share)], kind).key in ("file-damaged", "file-reader-ended")


def test_charts_are_no_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(other_workbooks.SheetTypeEnum, "WorkSheet", other_workbooks.SheetTypeEnum.ChartSheet)
    assert read(ods_bytes({"Ark1": places([["a"]])}), FileType.OPEN_DOCUMENT) == []


def test_what_is_no_workbook_is_told() -> None:
    assert fault_of(b"PK\x03\x04", FileType.OPEN_DOCUMENT).key == "file-damaged"


def test_a_password_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(content: object) -> None:
        raise other_workbooks.PasswordError

    monkeypatch.setattr(other_workbooks, "CalamineWorkbook", SimpleNamespace(from_object=refuse))
    assert fault_of(b"", FileType.OLD_WORKBOOK).key == "file-protected"
