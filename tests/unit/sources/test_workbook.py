from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import limits
from ldbu_desktop.sources.sheet_parts import SheetPart, inspect
from ldbu_desktop.sources.tables import Remark, Row, Table
from ldbu_desktop.sources.workbook import open_workbook


def read(path: Path) -> list[tuple[Table, list[Row]]]:
    with open_workbook(path, path.name) as tables:
        return [(table, list(table.rows)) for table in tables]


def looked_through(path: Path) -> dict[str, SheetPart]:
    with path.open("rb") as stream:
        return inspect(stream, path.name).sheets


def saved(workbook: Workbook, path: Path) -> Path:
    workbook.save(path)
    return path


def rewritten(path: Path, part: str, old: str, new: str) -> Path:
    """The workbook with a piece of one part replaced, as other programs write it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_rows_have_their_numbers_and_columns_their_places(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet["C3"], sheet["D3"], sheet["C5"] = "a", 12, date(2020, 5, 5)
    sheet["D5"] = datetime(2020, 5, 5, 12, 45)
    ((table, rows),) = read(saved(workbook, tmp_path / "b.xlsx"))
    assert rows == [(3, ["", "", "a", "12"]), (5, ["", "", "05-05-2020", "05-05-2020 12:45"])]
    assert table.remarks == [Remark("file-empty-rows", 4, facts={"rows": 1})]
    assert (table.file, table.sheet, table.is_hidden) == ("b.xlsx", "Sheet", False)


def test_failed_and_uncalculated_formulas_are_told_with_their_cells(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["x", "y", "z"])
    sheet.append(["=1+1", "#REF!", "ok"])
    sheet["B2"].data_type = "e"
    sheet.append(["=1+2", "", ""])
    ((table, rows),) = read(saved(workbook, tmp_path / "b.xlsx"))
    assert rows == [(1, ["x", "y", "z"]), (2, ["", "#REF!", "ok"])]
    assert set(map(hash, [remark[:4] for remark in table.remarks])) == set(
        map(hash, [("file-formula-without-value", 2, 0, ""), ("file-cell-error", 2, 1, "#REF!")])
    )
    assert table.remarks[0].facts == {"cells": 2}


def test_a_calculated_formula_gives_its_value(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["=1+1", "x"])
    path = saved(workbook, tmp_path / "b.xlsx")
    rewritten(path, "xl/worksheets/sheet1.xml", "<v />", "<v>2</v>")
    ((table, rows),) = read(path)
    assert rows == [(1, ["2", "x"])]
    assert table.remarks == []


def test_merged_cells_hidden_sheets_and_charts(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["a", "b"])
    workbook.active.merge_cells("A2:B3")
    workbook.create_sheet("Skjult").sheet_state = "hidden"
    workbook.create_chartsheet("Diagram")
    (first, _), (second, rows) = read(saved(workbook, tmp_path / "b.xlsx"))
    assert first.remarks == [Remark("file-merged-cells", 2, 0, "A2:B3", {"ranges": 1})]
    assert (second.sheet, second.is_hidden, rows) == ("Skjult", True, [])


def test_columns_over_the_limit_are_cut_and_told(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append([f"h{number}" for number in range(limits.COLUMNS + 5)])
    ((table, rows),) = read(saved(workbook, tmp_path / "b.xlsx"))
    assert len(rows[0][1]) == limits.COLUMNS
    assert [remark.code for remark in table.remarks] == ["file-columns-cut"]


def test_a_failed_formula_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["a"])
    cell = sheet.cell(1, limits.COLUMNS + 1, "#REF!")
    cell.data_type = "e"
    ((table, _),) = read(saved(workbook, tmp_path / "b.xlsx"))
    assert [remark.code for remark in table.remarks] == ["file-columns-cut"]


def test_five_hundred_columns_are_read(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append([f"h{number}" for number in range(500)])
    ((table, rows),) = read(saved(workbook, tmp_path / "b.xlsx"))
    assert rows[0][1][-1] == "h499"
    assert table.remarks == []


@pytest.mark.parametrize("cell", ["Z900000", "XFD50000"])
def test_a_stray_cell_at_the_far_corner_is_refused(tmp_path: Path, cell: str) -> None:
    workbook = Workbook()
    workbook.active["A1"] = workbook.active[cell] = 1
    with pytest.raises(FileFault) as caught:
        read(saved(workbook, tmp_path / "b.xlsx"))
    assert caught.value.key == "file-sheet-too-large"
    assert caught.value.facts["sheet"] == "Sheet"


def test_a_long_sheet_that_is_not_wide_is_no_stray_cell(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active["AB1"] = workbook.active["A30000"] = 1
    ((_, rows),) = read(saved(workbook, tmp_path / "b.xlsx"))
    assert [number for number, _ in rows] == [1, 30000]


def test_a_damaged_part_is_told(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["a", "=1"])
    path = saved(workbook, tmp_path / "b.xlsx")
    rewritten(path, "xl/worksheets/sheet1.xml", "</sheetData>", "</sheet")
    with pytest.raises(FileFault) as caught:
        read(path)
    assert caught.value.key == "file-damaged"


def test_a_damaged_sheet_without_formulas_is_told(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["a", "b"])
    path = saved(workbook, tmp_path / "b.xlsx")
    rewritten(path, "xl/worksheets/sheet1.xml", "</sheetData></worksheet>"[:12], "</row></x")
    with pytest.raises(FileFault) as caught:
        read(path)
    assert caught.value.key == "file-damaged"


def test_entities_are_refused(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["a"])
    path = saved(workbook, tmp_path / "b.xlsx")
    rewritten(path, "xl/workbook.xml", "<workbook", '<!DOCTYPE x [<!ENTITY a "b">]><workbook')
    with pytest.raises(FileFault) as caught:
        read(path)
    assert caught.value.key == "file-damaged"


def test_a_workbook_cut_short_is_told(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["a"] * 50)
    path = saved(workbook, tmp_path / "b.xlsx")
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(FileFault) as caught:
        read(path)
    assert caught.value.key == "file-damaged"


def test_sheets_of_other_programs_are_found_by_absolute_paths_and_prefixes(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["#N/A"])
    workbook.active["A1"].data_type = "e"
    path = saved(workbook, tmp_path / "b.xlsx")
    target = 'Target="/xl/worksheets/sheet1.xml"'
    with zipfile.ZipFile(path) as archive:
        assert target in archive.read("xl/_rels/workbook.xml.rels").decode()
    assert looked_through(path)["Sheet"].errors == {1: [(0, "#N/A")]}
    rewritten(path, "xl/_rels/workbook.xml.rels", target, 'Target="worksheets/sheet1.xml"')
    assert looked_through(path)["Sheet"].errors == {1: [(0, "#N/A")]}
    rewritten(path, "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "worksheets/other.xml")
    assert looked_through(path) == {}
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("workbook.xml.rels")}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert looked_through(path) == {}


def test_a_workbook_is_never_changed(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["a"])
    path = saved(workbook, tmp_path / "b.xlsx")
    before = path.read_bytes()
    read(path)
    assert path.read_bytes() == before
    assert load_workbook(io.BytesIO(before)).active["A1"].value == "a"
