"""The reader of files: what it is asked for comes from a sandbox, piece by piece, and a file that ends that is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ldbu_desktop.account import Account
from ldbu_desktop.faults import FileFault
from ldbu_desktop.sandbox.messages import Reply
from ldbu_desktop.sandbox.sandbox import Sandbox, Stream
from ldbu_desktop.sources import limits, served
from ldbu_desktop.sources.coming_rows import KeptRows, Room
from ldbu_desktop.sources.found import BundleText, FileType, FoundFile, Left, OnDisk, Unread
from ldbu_desktop.sources.reader import Reader, read_ahead
from ldbu_desktop.sources.tables import Remark, Table
from ldbu_desktop.sources.wire import (
    Opening,
    Sheet,
    TablesOf,
    decode_listed,
    decode_rows,
    decode_sheets,
    decode_told,
    encode,
)
from tests.other_workbooks import ods_bytes, places
from tests.workbooks import workbook_bytes, zipped

REPORT = b'{"resourceType": "Bundle"}'
TABLE = "kontakt_id;sor\nK1;æ\n".encode()


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader() as one:
        yield one


def guilty(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Have the sandbox end at the files of these names."""
    begin = Sandbox.begin

    def ending(box: Sandbox, call: str, file: str, size: int, data: bytes = b"") -> Stream:
        return begin(box, "tests.sandboxed:leave" if file in names else call, file, size, data)

    monkeypatch.setattr(Sandbox, "begin", ending)


def test_files_and_texts_come_in_their_order(tmp_path: Path, reader: Reader) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"t.csv": TABLE, "r.json": REPORT}))
    (tmp_path / "b.json").write_bytes(REPORT)
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    found = list(reader.files([tmp_path, tmp_path / "gone.csv"]))
    assert [one.name for one in found] == ["a.zip/r.json", "a.zip/t.csv", "b.json", "c.pdf", "gone.csv"]
    packed = found[1]
    assert isinstance(packed, FoundFile)
    assert (packed.packed, packed.is_on_disk, packed.source) == (TABLE, False, tmp_path / "a.zip")
    told = [type(one) for one in reader.contents([tmp_path])]
    assert told == [FoundFile, BundleText, FoundFile, FoundFile, BundleText, Unread]
    assert [text.data for text in reader.texts([tmp_path / "b.json"])] == [REPORT]


@pytest.mark.parametrize("names", [("f7.json",), ("f0.json", "f39.json"), ("f3.json", "f4.json", "f5.json")])
def test_a_file_that_ends_the_sandbox_is_told_and_the_others_are_read(
    names: tuple[str, ...], tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        (tmp_path / f"f{number}.json").write_bytes(REPORT)
    guilty(monkeypatch, *names)
    faults = {text.file: text.fault.key for text in reader.texts([tmp_path]) if text.fault is not None}
    assert faults == dict.fromkeys(names, "file-reader-ended")
    texts = [told for told in reader.contents([tmp_path]) if isinstance(told, BundleText)]
    assert len(texts) == 40 - len(names)


def test_what_was_told_before_the_sandbox_ended_at_another_is_not_told_twice(
    tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.ndjson").write_bytes((REPORT + b"\n") * 2 * served.PIECE_ITEMS)
    (tmp_path / "b.json").write_bytes(REPORT)
    guilty(monkeypatch, "b.json")
    texts = list(reader.texts([tmp_path]))
    assert [text.ordinal for text in texts] == [*range(1, 2 * served.PIECE_ITEMS + 1), 1]
    assert texts[-1].fault is not None


def test_a_folder_at_which_the_sandbox_ends_is_told(
    tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    guilty(monkeypatch, tmp_path.name)
    (unread,) = reader.files([tmp_path])
    assert isinstance(unread, Unread)
    assert (unread.name, unread.fault.key, unread.left) == (tmp_path.name, "file-reader-ended", Left.NAMED)


def test_paths_without_reports_are_told_each(tmp_path: Path, reader: Reader) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.pdf").write_bytes(b"%PDF")
    (tmp_path / "c.zip").write_bytes(zipped({"x.pdf": b"%PDF"}))
    (tmp_path / "d.json").write_bytes(REPORT)
    paths = [tmp_path / name for name in ("a", "b", "c.zip", "d.json")]
    faults = [(text.file, text.fault and text.fault.key) for text in reader.texts(paths)]
    assert [each for each in faults if each[1] != "file-is-document"] == [
        ("a", "folder-without-reports"),
        ("b", "folder-without-reports"),
        ("c.zip", "archive-without-reports"),
        ("d.json", None),
    ]


def test_rows_of_tables_can_be_taken_by_turns(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "a.xlsx"
    count = served.PIECE_CELLS
    path.write_bytes(workbook_bytes({name: [[f"{name}{row}"] for row in range(count + 5)] for name in ("A", "B")}))
    (found,) = reader.files([path])
    assert isinstance(found, FoundFile)
    with reader.tables(found) as (first, second):
        begun = [next(first.rows), next(second.rows), next(first.rows)]
        rest = [list(second.rows), list(first.rows)]
    assert begun == [(1, ["A0"]), (1, ["B0"]), (2, ["A1"])]
    assert [rows[-1] for rows in rest] == [(count + 5, [f"B{count + 4}"]), (count + 5, [f"A{count + 4}"])]
    assert first.account.found.rows == second.account.found.rows == count + 5


def test_names_of_any_bytes_travel(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "b\udce6.csv"
    path.write_bytes(TABLE)
    (found,) = reader.files([tmp_path])
    assert isinstance(found, FoundFile)
    assert (found.name, found.source) == ("b\\udce6.csv", path)
    with reader.tables(found) as (table,):
        assert [cells for _, cells in table.rows] == [["kontakt_id", "sor"], ["K1", "æ"]]
    (unread,) = reader.files(["a\0b"])
    assert isinstance(unread, Unread)
    assert unread.fault.key == "file-not-readable"


def test_what_no_reader_gives_is_a_fault(tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stream, "take", lambda stream: Reply(b"\xc1", is_last=True))
    (unread,) = reader.files([tmp_path / "a.json"])
    assert isinstance(unread, Unread)
    assert unread.fault.key == "file-reader-ended"


# --- read ahead


class Asking:
    """Which functions were asked to run in the sandbox, and of which file."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: list[tuple[str, str]] = []
        begin = Sandbox.begin

        def counted(box: Sandbox, call: str, file: str, size: int, data: bytes = b"") -> Stream:
            self.calls.append((call.partition(":")[2], file))
            return begin(box, call, file, size, data)

        monkeypatch.setattr(Sandbox, "begin", counted)


def contents(path: Path) -> tuple[list[str], list[list[list[str]]]]:
    """What a reader tells of a path: the files by name or fault, and the cells of all tables."""
    with Reader() as reader:
        told = list(reader.contents([path]))
        cells = []
        for found in told:
            if isinstance(found, FoundFile) and found.kind in (FileType.DELIMITED, FileType.WORKBOOK):
                with reader.tables(found) as tables:
                    cells += [[row for _, row in table.rows] for table in tables]
        names = [one.file if isinstance(one, BundleText) else one.name for one in told if not isinstance(one, Unread)]
    return [*names, *(one.fault.key for one in told if isinstance(one, Unread))], cells


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", TABLE),
        ("a.xlsx", workbook_bytes({"A": [["x"]], "B": [["y"]]})),
        ("a.json", REPORT),
        ("a.zip", zipped({"t.csv": TABLE, "r.json": REPORT})),
        ("a.pdf", b"%PDF"),
        ("empty.csv", b""),
    ],
)
def test_what_is_read_ahead_is_told_as_what_is_not_and_is_not_asked_for_again(
    name: str, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    plain = contents(path)
    asking = Asking(monkeypatch)
    read_ahead(path)
    assert contents(path) == plain
    within = [("tables", "t.csv")] if name.endswith(".zip") else []
    assert asking.calls == [("opened", name), ("tables", name), *within]


def test_what_was_written_since_is_read_anew_and_what_is_none_is_not_read_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TABLE)
    read_ahead(path)
    path.write_bytes(TABLE + "K2;ø\n".encode())
    assert contents(path)[1] == [[["kontakt_id", "sor"], ["K1", "æ"], ["K2", "ø"]]]
    asking = Asking(monkeypatch)
    for none in (tmp_path, tmp_path / "gone.csv", Path("-"), Path("a\0b")):
        read_ahead(none)
    assert asking.calls == []


def test_what_was_read_ahead_for_nobody_is_forgotten(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.csv", "b.csv")]
    for path in paths:
        path.write_bytes(TABLE)
        read_ahead(path)
    for path in paths:
        assert contents(path)[0] == [path.name]


def test_a_file_that_ends_the_sandbox_while_it_is_read_ahead_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TABLE)
    begin = Sandbox.begin

    def ending(box: Sandbox, call: str, file: str, size: int, data: bytes = b"") -> Stream:
        return begin(box, "tests.sandboxed:leave" if call.endswith(":tables") else call, file, size, data)

    monkeypatch.setattr(Sandbox, "begin", ending)
    read_ahead(path)
    with Reader() as reader:
        (found,) = reader.contents([path])
        assert isinstance(found, FoundFile)
        with pytest.raises(FileFault) as fault, reader.tables(found):
            pass
    assert fault.value.key == "file-reader-ended"


# --- what is read twice -----------------------------------------------------------------------------------------------

TWO_SHEETS = workbook_bytes({"A": [["x", "y"], ["1", "2"]], "B": [["z", "w"], ["3", "#REF!"]]})


def read_whole(
    reader: Reader, found: FoundFile, sheets: int = 2
) -> list[tuple[list[list[str]], Account, list[Remark]]]:
    """The cells of the first sheets of a file, and what is told of each."""
    with reader.tables(found) as tables:
        return [([row for _, row in one.rows], one.account, one.remarks) for one in tables[:sheets]]


@pytest.mark.parametrize(("sheets", "times"), [(2, 1), (1, 3)])
def test_what_was_kept_is_told_again_and_only_of_a_file_that_was_read_whole(
    sheets: int, times: int, tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(TWO_SHEETS)
    (found,) = reader.contents([path])
    assert isinstance(found, FoundFile)
    plain = read_whole(reader, found)
    asking = Asking(monkeypatch)
    with reader.keeping():
        assert read_whole(reader, found, sheets) == plain[:sheets]
    assert [read_whole(reader, found), read_whole(reader, found)] == [plain, plain]
    assert asking.calls == [("tables", "a.xlsx")] * times


@pytest.mark.parametrize(("room", "are_whole"), [(4, [True, True]), (3, [True, False]), (0, [False, False])])
def test_no_more_is_kept_than_there_is_room_for(room: int, are_whole: list[bool]) -> None:
    left = Room(room)
    kept = [KeptRows([Sheet("A")], left) for _ in are_whole]
    for one in kept:
        one.add(0, b"x", is_last=False)
        assert not one.is_whole
        one.add(0, b"x", is_last=True)
    assert [one.is_whole for one in kept] == are_whole


# --- where files are read ---------------------------------------------------------------------------------------------


def pieces(told: Iterator[bytes]) -> list[bytes]:
    """What a function in the sandbox tells, with the last."""
    found = []
    while True:
        try:
            found.append(next(told))
        except StopIteration as last:
            return [*found, last.value]


def test_much_is_told_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abcde":
        (tmp_path / f"{name}.json").write_bytes(REPORT)
    monkeypatch.setattr(served, "PIECE_ITEMS", 2)
    assert [len(decode_listed(piece)) for piece in pieces(served.listed(encode(tmp_path)))] == [2, 2, 1]
    monkeypatch.setattr(served, "PIECE_BYTES", 60)
    (tmp_path / "a.zip").write_bytes(zipped({"a.csv": TABLE, "b.csv": TABLE, "c.pdf": b"%PDF", "d.csv": TABLE * 9}))
    opening = encode(Opening(OnDisk(tmp_path / "a.zip", "a.zip", "", Left.NAMED)))
    assert [len(decode_told(piece)) for piece in pieces(served.opened(opening))] == [2, 1, 1]


def test_texts_are_told_with_their_files(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.csv": TABLE, "b.json": REPORT, "c.pdf": b"%PDF"}))
    file = OnDisk(tmp_path / "a.zip", "a.zip", "", Left.NAMED)
    (piece,) = pieces(served.opened(encode(Opening(file, with_texts=True))))
    assert [type(one) for one in decode_told(piece)] == [FoundFile, FoundFile, BundleText, Unread]
    (piece,) = pieces(served.opened(encode(Opening(file, only_reports=True))))
    faults = [one.fault and one.fault.key for one in decode_told(piece)]
    assert faults == ["file-is-no-report", None, "file-is-document"]


def test_other_workbooks_are_read_by_their_kind() -> None:
    assert tables_of(ods_bytes({"Ark1": places([["a"]])}), FileType.OPEN_DOCUMENT) == ["a"]


@pytest.mark.parametrize(
    ("name", "content", "sheets"),
    [
        ("a.csv", TABLE, ["a"]),
        ("a.json", REPORT, []),
        ("a.zip", zipped({"t.csv": TABLE}), []),
        ("a.pdf", b"%PDF", []),
    ],
)
def test_a_kind_that_is_not_known_is_found_out(name: str, content: bytes, sheets: list[str], tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    told = decode_sheets(next(served.tables(encode(TablesOf(name, None, path, None)))))
    assert [one.name for one in told] == sheets
    assert decode_sheets(next(served.tables(encode(TablesOf(name, None, None, None))))) == []


def test_more_files_than_a_folder_may_hold_are_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TEXTS", 1)
    for name in "ab":
        (tmp_path / f"{name}.json").write_bytes(REPORT)
    with pytest.raises(FileFault, match="file-too-many-parts"):
        pieces(served.listed(encode(tmp_path)))


def tables_of(content: bytes, kind: FileType) -> list[str]:
    """The rows of all tables of a file, read here."""
    told = served.tables(encode(TablesOf("a", kind, None, content)))
    sheets = decode_sheets(next(told))
    rows = []
    for number in range(len(sheets)):
        end = None
        while end is None:
            piece = decode_rows(told.send(encode(number)))
            told_rows = piece.together.rows() if piece.together is not None else piece.rows
            rows += [cells[0] for _, cells in told_rows]
            end = piece.end
    return rows


@pytest.mark.parametrize(
    ("limit", "most", "key"),
    [
        ("ROWS", 5, "file-too-many-rows"),
        ("CELLS", 10, "file-too-many-cells"),
        ("TEXT_BYTES", 50, "file-unpacks-too-large"),
    ],
)
def test_limits_count_all_sheets(limit: str, most: int, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = [[f"text {row}", "x"] for row in range(3)]
    book = workbook_bytes({"A": sheet, "B": sheet})
    assert tables_of(book, FileType.WORKBOOK) == ["text 0", "text 1", "text 2"] * 2
    monkeypatch.setattr(limits, limit, most)
    with pytest.raises(FileFault) as caught:
        tables_of(book, FileType.WORKBOOK)
    assert (caught.value.key, caught.value.facts["file"]) == (key, "a")


def test_limits_hold_within_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "PIECE_CELLS", 2)
    monkeypatch.setattr(limits, "ROWS", 3)
    with pytest.raises(FileFault, match="file-too-many-rows"):
        tables_of(TABLE * 3, FileType.DELIMITED)


def test_a_table_of_which_too_much_is_told_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REMARKS", 2)
    with pytest.raises(FileFault) as caught:
        tables_of(b"a;b\n#REF!;1\n#REF!;2\n#REF!;3\n", FileType.DELIMITED)
    assert caught.value.key == "file-too-many-remarks"


def test_remarks_travel_with_the_end(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a;b\n#REF!;1\n")
    (found,) = reader.files([path])
    assert isinstance(found, FoundFile)
    tables: list[Table]
    with reader.tables(found) as tables:
        assert (len(list(tables[0].rows)), tables[0].delimiter) == (2, ";")
    assert tables[0].remarks == [Remark("file-cell-error", 2, 0, "#REF!")]
