"""What seldom happens to a reader: asked in this process, as what runs in the sandbox is not seen from here."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import limits
from ldbu_desktop.sources.bundle_files import texts_of
from ldbu_desktop.sources.containers import OpenFile, opened
from ldbu_desktop.sources.delimited import read_delimited
from ldbu_desktop.sources.found import Left, OnDisk
from ldbu_desktop.sources.opening import refuse_bomb
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.sources.wire import encode
from ldbu_desktop.sources.workbook import open_workbook
from tests.workbooks import with_part, workbook_bytes, zipped

REPORT = b'{"resourceType": "Bundle", "id": "%s"}' % (b"x" * 400_000)


def test_a_damaged_part_of_an_archive_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    packed = bytearray(zipped({"r.json": REPORT}, zipfile.ZIP_STORED))
    packed[packed.index(b'"}')] ^= 0xFF
    path.write_bytes(packed)
    [found] = opened(OnDisk(path, path.name, "", Left.NAMED))
    assert isinstance(found, OpenFile)
    [text] = texts_of(found)
    assert text.fault is not None
    assert text.fault.key == "archive-part-damaged"


def test_a_line_may_be_longer_than_a_block_and_letters_may_come_late() -> None:
    half = b"x" * (limits.LINE_BYTES // 2)
    rows = [b"a;b", "æ;1".encode(), *[b"%s;2" % half] * 3, "ø;3".encode(), b"%s;4" % half]
    table = read_delimited(b"\n".join(rows) + b"\n", "a.csv")
    assert [len(row) for row in table.rows] == [2] * 7
    assert table.remarks == []


def test_whatever_goes_wrong_with_one_text_is_that_texts_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(REPORT)
    [found] = opened(OnDisk(path, path.name, "", Left.NAMED))
    for error, key in ((KeyError, "file-read-failed"), (MemoryError, "file-too-large-for-memory")):

        def fails(*_: object, error: type[Exception] = error) -> None:
            raise error

        monkeypatch.setattr(OpenFile, "open", fails)
        [text] = texts_of(found)
        assert text.fault is not None
        assert text.fault.key == key


def test_a_formula_without_a_value_may_be_the_last_of_its_row() -> None:
    book = with_part(
        workbook_bytes({"A": [["a"], [5], [6]]}), "xl/worksheets/sheet1.xml", '"A2"><v>5</v>', '"A2"><f>1+1</f>'
    )
    with open_workbook(book, "a.xlsx") as [table]:
        assert [*table.rows] == [(1, ["a"]), (3, ["6"])]
        assert ("file-formula-without-value", 2) in [(remark.code, remark.row) for remark in table.remarks]


def test_an_archive_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_ENTRIES", 1)
    with pytest.raises(FileFault) as told:
        refuse_bomb("a.zip", [zipfile.ZipInfo("a"), zipfile.ZipInfo("b")], 10)
    assert told.value.key == "file-too-many-parts"


def test_a_folder_that_may_not_be_looked_into_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr(Path, "is_dir", refuse)
    with Reader() as reader:
        [text] = reader.texts([tmp_path / "closed"])
    assert text.fault is not None


def test_a_cell_beyond_every_sheet_is_damage() -> None:
    book = with_part(workbook_bytes({"A": [["x"]]}), "xl/worksheets/sheet1.xml", 'r="A1"', 'r="A9999999"')
    with pytest.raises(FileFault), open_workbook(book, "a.xlsx") as tables:
        assert [list(table.rows) for table in tables] == [[]]


def test_what_no_reader_tells_has_no_form() -> None:
    with pytest.raises(TypeError):
        encode(object())
