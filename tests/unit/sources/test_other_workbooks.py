"""Workbooks of other formats: read in a process of their own, which may end without harm to anything but itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import other_workbooks
from ldbu_desktop.sources.found import FileType, FoundFile
from ldbu_desktop.sources.other_workbooks import open_other_workbook
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.sources.tables import Row, Table
from tests.files_here import files_in
from tests.other_workbooks import Cells, Places, ods_bytes, places, xls_bytes, xlsb_bytes
from tests.profiles import some

Writer = Callable[[Mapping[str, Places]], bytes]
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
    unseen = [] if kind is FileType.OPEN_DOCUMENT else ["file-errors-not-seen"]
    assert [remark.code for remark in first.remarks] == [*unseen, "file-empty-rows"]
    assert (first.account.found.rows, first.account.found.cells) == (3, 8)


def test_a_hidden_sheet_is_told_as_hidden() -> None:
    written = xls_bytes({"Ark1": places([["a"]]), "Ark2": places([["b"]])}, hidden=["Ark2"])
    assert [table.is_hidden for table, _ in read(written, FileType.OLD_WORKBOOK)] == [False, True]


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
