"""What a call reads of all that lies in its files: each cell, row, report and file is in the journal or named."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.account import Amount
from ldbu_desktop.faults import FileFault
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.load import load
from tests.other_workbooks import ods_bytes
from tests.workbooks import PROGRAMS, Program, Value, workbook_bytes, zipped

STANDARD = shipped_standard()
HEADERS = ["kontakt_id", "barn_cpr", "sor", "kontakttype", "kontaktform", "start"]
VISIT = ["K1", "050520-9996", "451000016003", "Barselsbesøg", "Hjemmebesøg", "08-05-2020 10:30"]
TEXT = "\n".join(";".join(cells) for cells in (HEADERS, VISIT)).encode()
BOOK = workbook_bytes({"Ark1": [HEADERS, ["K2", *VISIT[1:]]]})
REPORT = b'{"resourceType": "Bundle", "type": "collection", "entry": []}'


def read(folder: Path, files: dict[str, bytes]) -> Journal:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return load([folder], STANDARD)


def told(journal: Journal) -> list[tuple[str, str, str]]:
    return [
        (note.code, note.origin.file, str(note.facts.get("fault", "")))
        for note in journal.notes
        if note.code in ("file-not-read", "file-passed-over")
    ]


def visits(journal: Journal) -> set[str]:
    return {visit.key for family in journal.families for visit in family.visits}


def test_a_folder_of_everything(tmp_path: Path) -> None:
    files = {
        "a.csv": TEXT,
        "b.xlsx": BOOK,
        "c.zip": zipped(
            {
                "x.csv": TEXT.replace(b"K1", b"K3"),
                "y.xml": b"<x/>",
                "__MACOSX/z": b"",
                "d.zip": zipped({"e.xlsx": BOOK.replace(b"K2", b"K4")}),
            }
        ),
        "r.json": REPORT,
        "broken.xlsx": BOOK[:-40],
        "LÆSMIG.txt": b"Rapporterne fra uge 20",
        "brev.txt": "Kære Anne, her er filerne, som aftalt".encode(),
    }
    journal = read(tmp_path, files)
    assert {"K1", "K2", "K3"} <= visits(journal)
    assert sorted(told(journal)) == [
        ("file-not-read", "broken.xlsx", "file-damaged"),
        ("file-not-read", "c.zip/y.xml", "file-is-xml"),
        ("file-passed-over", "LÆSMIG.txt", "file-is-text"),
        ("file-passed-over", "c.zip/__MACOSX", "file-is-aside"),
    ]
    account = journal.account
    assert (account.found.files, account.read.files, account.found.reports) == (10, 6, 1)
    assert [source.name for source in journal.sources] == ["r.json", "b.xlsx", "c.zip", "a.csv", "brev.txt"]


def test_one_file_that_can_not_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(TEXT)
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04")
    journal = load([tmp_path / "none.csv", tmp_path / "b.xlsx", tmp_path / "a.csv"], STANDARD)
    assert visits(journal) == {"K1"}
    assert [(file, fault) for _, file, fault in told(journal)] == [
        ("none.csv", "file-not-found"),
        ("b.xlsx", "file-damaged"),
    ]


def test_a_text_that_breaks_off_is_left_out_and_those_beside_it_are_read(tmp_path: Path) -> None:
    journal = read(tmp_path, {"a.csv": TEXT, "b.csv": TEXT + b"\n" + b"x" * 1_200_000})
    assert visits(journal) == {"K1"}
    assert told(journal) == [("file-not-read", "b.csv", "file-line-too-long")]


def test_texts_that_all_break_off_are_left_out_and_the_workbook_is_read(tmp_path: Path) -> None:
    journal = read(tmp_path, {"a.csv": TEXT + b"\n" + b"x" * 1_200_000, "b.xlsx": BOOK})
    assert visits(journal) == {"K2"}
    assert told(journal) == [("file-not-read", "a.csv", "file-line-too-long")]


def test_a_workbook_at_which_its_reader_ends_is_left_out(tmp_path: Path) -> None:
    far = ods_bytes({"Ark1": {(0, 0): "a", (1_048_575, 16_383): "b"}})
    journal = read(tmp_path, {"a.csv": TEXT, "b.ods": far, "c.xlsx": BOOK})
    assert visits(journal) == {"K1", "K2"}
    ((code, file, fault),) = told(journal)
    assert (code, file) == ("file-not-read", "b.ods")
    assert fault in ("file-reader-ended", "file-too-large-for-memory", "file-damaged")


def test_standard_input_is_read_and_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(REPORT)))
    journal = load([Path("-")], STANDARD)
    assert (journal.account.found.files, journal.account.found.reports, journal.sources) == (1, 1, ())


@pytest.mark.parametrize(
    ("files", "key"),
    [
        ({"a.csv": b"navn;farve\nx;y\n"}, "file-no-known-table"),
        ({"a.txt": b"Hej"}, "file-is-text"),
        ({"a.zip": zipped({"b.xml": b"<x/>"})}, "file-is-xml"),
        ({"a.xlsx": b"PK\x03\x04"}, "file-damaged"),
        ({"a.txt": b"Hej", "b.xml": b"<x/>"}, "file-is-xml"),
    ],
)
def test_where_nothing_can_be_read_the_reason_is_raised(tmp_path: Path, files: dict[str, bytes], key: str) -> None:
    with pytest.raises(FileFault) as caught:
        read(tmp_path, files)
    assert caught.value.key == key


@pytest.mark.parametrize("moment", [datetime(2020, 5, 8, 10, 30), datetime(2016, 2, 29)])
@pytest.mark.parametrize("is_1904", [True, False])
@pytest.mark.parametrize("is_formatted", [True, False])
def test_a_day_is_the_same_from_whenever_it_is_counted(
    tmp_path: Path, moment: datetime, is_1904: bool, is_formatted: bool
) -> None:
    begin = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)
    value = moment if is_formatted else (moment - begin).total_seconds() / 86400
    journal = read(
        tmp_path, {"a.xlsx": workbook_bytes({"Ark1": [HEADERS, [*VISIT[:5], value]]}, Program(date1904=is_1904))}
    )
    start = journal.families[0].visits[0].start.value
    assert start is not None
    assert f"{start:%Y-%m-%d}" == f"{moment:%Y-%m-%d}"


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_visit_is_the_same_from_every_program(tmp_path: Path, program: str) -> None:
    journal = read(tmp_path, {"a.xlsx": workbook_bytes({"Ark1": [HEADERS, VISIT]}, PROGRAMS[program])})
    assert (visits(journal), journal.notes) == ({"K1"}, ())
    assert journal.account.found == Amount(files=1, rows=2, cells=12)
    assert journal.account.not_read == ()


def test_doubled_keys_are_told_and_nothing_of_the_report_is_in_the_journal(tmp_path: Path) -> None:
    whole = json.dumps({"resourceType": "Bundle", "type": "collection", "entry": []})
    journal = read(tmp_path, {"a.json": whole.replace("{", '{"type": "document", ', 1).encode()})
    assert ([note.code for note in journal.notes], journal.reports) == (["file-json-duplicate-key"], ())
    assert journal.account.left_out.reports == 1


cells = st.one_of(
    st.sampled_from([*HEADERS, *VISIT, "", "", "x", "øl", '"', "a;b", "K2", "Vægt", "3350", "g"]),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), max_size=5),
)
tables = st.lists(st.lists(cells, max_size=7), max_size=5).map(lambda rows: [HEADERS, *rows])


@given(first=tables, second=tables, program=st.sampled_from(sorted(PROGRAMS)))
def test_all_content_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, first: list[list[str]], second: list[list[Value]], program: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(first)
    files = {"a.csv": text.getvalue().encode(), "b.xlsx": workbook_bytes({"Ark1": second}, PROGRAMS[program])}
    journal = read(tmp_path_factory.mktemp("any"), {"c.zip": zipped(files), **files})
    account = journal.account
    assert account.found.files == 4
    assert min(account.read) >= 0
    written = sum(bool(cell.strip()) for row in first for cell in row)
    assert account.found.cells >= written
    codes = {note.code for note in journal.notes}
    # What else is left out is told by a finding on what was read of it.
    assert {entry.code for entry in account.not_read if entry.code.startswith("file-")} <= codes
