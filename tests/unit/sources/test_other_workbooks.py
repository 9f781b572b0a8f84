"""Workbooks of other formats: read in a process of their own, which may end without harm to anything but itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from multiprocessing import Pipe, Process
from pathlib import Path
from types import SimpleNamespace

import pytest

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import limits, other_workbooks
from ldbu_desktop.sources.containers import FoundFile, files_in
from ldbu_desktop.sources.opening import FileType
from ldbu_desktop.sources.other_workbooks import open_other_workbook
from ldbu_desktop.sources.tables import Row, Table
from tests.other_workbooks import Cells, Places, ods_bytes, places, xls_bytes, xlsb_bytes

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
def test_a_stray_cell_far_away_ends_the_process_and_nothing_else(
    kind: FileType, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = (65_535, 255) if kind is FileType.OLD_WORKBOOK else (1_048_575, 16_383)
    monkeypatch.setattr(other_workbooks.limits, "READER_BYTES", 512 * limits.MEGABYTE)
    fault = fault_of(FORMATS[kind]({"Ark1": {(0, 0): "a", far: "b"}}), kind)
    assert fault.key in ("file-reader-ended", "file-too-large-for-memory", "file-damaged")


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_file_cut_short_is_told(kind: FileType, share: float) -> None:
    written = FORMATS[kind]({"Ark1": places([[f"{row}-{column}" for column in range(20)] for row in range(200)])})
    assert fault_of(written[: int(len(written) * share)], kind).key in ("file-damaged", "file-reader-ended")


def test_many_rows_travel_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(other_workbooks, "BATCH_ROWS", 3)
    written = ods_bytes({"Ark1": places([[str(row)] for row in range(10)])})
    assert [message for message in told_here(written) if isinstance(message, list)] == [
        [(row + 1, [str(row)]) for row in range(start, min(start + 3, 10))] for start in range(0, 10, 3)
    ]


def told_here(written: bytes) -> list[object]:
    """What the process tells, read in this one and without its limits."""
    ours, theirs = Pipe(duplex=False)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(other_workbooks, "limit_process", lambda memory: None)
        other_workbooks.tell(theirs, written, "t.ods", 0)
    theirs.close()
    told = []
    while True:
        try:
            told.append(ours.recv())
        except EOFError:
            return told


def test_charts_are_no_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(other_workbooks.SheetTypeEnum, "WorkSheet", other_workbooks.SheetTypeEnum.ChartSheet)
    assert told_here(ods_bytes({"Ark1": places([["a"]])})) == [None]


def test_what_is_no_workbook_is_told_by_the_process() -> None:
    (fault,) = told_here(b"PK\x03\x04")
    assert (fault.key, fault.facts) == ("file-damaged", {"file": "t.ods"})


def test_a_password_is_told_by_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(content: object) -> None:
        raise other_workbooks.PasswordError

    monkeypatch.setattr(other_workbooks, "CalamineWorkbook", SimpleNamespace(from_object=refuse))
    (fault,) = told_here(b"")
    assert fault.key == "file-protected"


def test_the_limits_hold_in_a_process() -> None:
    process = Process(target=_limits_are_set)
    process.start()
    process.join()
    assert process.exitcode == 0


def _limits_are_set() -> None:
    import resource

    other_workbooks.limit_process(limits.READER_BYTES)
    is_limited = resource.getrlimit(resource.RLIMIT_AS)[0] == limits.READER_BYTES
    os._exit(0 if is_limited and resource.getrlimit(resource.RLIMIT_CORE) == (0, 0) else 1)


@pytest.mark.parametrize("system", ["linux", "win32"])
def test_a_process_is_held_where_the_system_can(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it would be in the process: its memory, no core of it, no word on the terminal, and no ending by keyboard."""
    held: list[tuple[int, tuple[int, int]]] = []
    silenced: list[int] = []
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr("resource.setrlimit", lambda kind, limits: held.append((kind, limits)))
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr(os, "dup2", lambda _, stream: silenced.append(stream))
    other_workbooks.limit_process(1000)
    monkeypatch.undo()
    assert [limits for _, limits in held] == ([(1000, 1000), (0, 0)] if system == "linux" else [])
    assert silenced == [2]


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(other_workbooks.limits, "READER_SECONDS", 0)
    assert fault_of(ods_bytes({"Ark1": places([["a"]])}), FileType.OPEN_DOCUMENT).key == "file-reader-slow"
