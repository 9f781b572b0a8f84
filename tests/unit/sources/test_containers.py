"""Folders and archives as they come from other people: what is found in them, and what is named as not read."""

from __future__ import annotations

import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.sources import containers, limits
from ldbu_desktop.sources.containers import OpenFile
from ldbu_desktop.sources.found import BundleText, FileType, Left, Unread
from tests.files_here import bundle_texts, files_in
from tests.workbooks import workbook_bytes, zipped

REPORT = b'{"resourceType": "Bundle"}'
TABLE = "kontakt_id;sor\nK1;æ\n".encode()
BOOK = workbook_bytes({"Ark1": [["kontakt_id"], ["K1"]]})
XML = b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"/>'


def told(*paths: Path) -> list[tuple[str, str]]:
    """Each file with its kind, or with the key of the fault and what it is to whoever asked."""
    found = []
    for one in files_in(paths):
        if isinstance(one, OpenFile):
            with one.open() as stream:
                assert stream.read(1)
            found.append((one.name, str(one.kind)))
        else:
            found.append((one.name, f"{one.fault.key} {one.left}"))
    return found


def placed(folder: Path, files: dict[str, bytes]) -> Path:
    """A folder with files."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


FILES = {
    "report": (REPORT, "json"),
    "lines": (REPORT + b"\n" + REPORT, "ndjson"),
    "table": (TABLE, "csv"),
    "workbook": (BOOK, "xlsx"),
}
"""What is read wherever it lies, with its kind."""

UNREAD = {
    "a.xml": (XML, "file-is-fhir-xml within"),
    "b.xml": (b'<?xml version="1.0"?><x/>', "file-is-xml within"),
    "c.xls": (b"<html><table></table></html>", "file-is-web-page within"),
    "d.7z": (b"7z\xbc\xaf\x27\x1c\0\0", "file-other-archive within"),
    "e.numbers": (zipped({"Index/Document.iwa": b"x"}), "file-is-numbers"),
    "f.csv": (b"", "file-empty within"),
    "g.bin": (b"a\0b\xff\xfe", "file-kind-unknown within"),
    "h.txt": (b"Rapporterne fra uge 20", "file-is-text foreign"),
    "i.md": (b"# a; b; c", "file-is-text foreign"),
    "j.pdf": (b"%PDF-1.7", "file-is-document foreign"),
    "k.png": (b"\x89PNG\r\n", "file-is-picture foreign"),
    "l.docx": (zipped({"[Content_Types].xml": b"x", "word/document.xml": b"x"}), "file-is-document foreign"),
    ".hidden.csv": (TABLE, "file-is-aside foreign"),
    "._a.json": (b"\0\x05\x16\x07", "file-is-aside foreign"),
    ".DS_Store": (b"\0\0\0\x01Bud1", "file-is-aside foreign"),
    "~$eksport.xlsx": (b"\x05Anne", "file-is-aside foreign"),
    "Thumbs.db": (b"\xd0\xcf\x11\xe0", "file-is-aside foreign"),
    "desktop.ini": (b"[.ShellClassInfo]", "file-is-aside foreign"),
}
"""What is named as not read wherever it lies."""


@pytest.mark.parametrize("name", FILES)
def test_what_is_read_in_a_folder_is_read_in_an_archive_and_in_one_within(tmp_path: Path, name: str) -> None:
    content, kind = FILES[name]
    files = {f"uge 20/{name}.csv": content}
    assert told(placed(tmp_path / "a", files)) == [(f"uge 20/{name}.csv", kind)]
    (tmp_path / "b.zip").write_bytes(zipped(files))
    assert told(tmp_path / "b.zip") == [(f"uge 20/{name}.csv", kind)]
    (tmp_path / "c.zip").write_bytes(zipped({"b.zip": zipped(files)}))
    assert told(tmp_path / "c.zip") == [(f"b.zip/uge 20/{name}.csv", kind)]
    assert told(placed(tmp_path / "d", {"c.zip": zipped({"b.zip": zipped(files)})})) == [
        (f"c.zip/b.zip/uge 20/{name}.csv", kind)
    ]


@pytest.mark.parametrize("name", UNREAD)
def test_what_is_not_read_is_named_once_with_the_reason(tmp_path: Path, name: str) -> None:
    content, why = UNREAD[name]
    files = {name: content, "r.json": REPORT}
    expected = sorted([(name, why), ("r.json", "json")])
    in_folder = sorted(told(placed(tmp_path / "a", files)))
    assert [(one, reason.removesuffix(" named")) for one, reason in in_folder] == expected
    (tmp_path / "b.zip").write_bytes(zipped(files))
    in_archive = sorted(told(tmp_path / "b.zip"))
    assert [(one, reason.removesuffix(" within")) for one, reason in in_archive] == [
        (one, reason.removesuffix(" within")) for one, reason in expected
    ]


def test_hidden_folders_are_named_once_and_not_looked_into(tmp_path: Path) -> None:
    files = {
        ".git/a.json": REPORT,
        ".git/b.json": REPORT,
        "__MACOSX/._r.json": b"x",
        "__MACOSX/x.json": b"x",
        "r.json": REPORT,
    }
    aside = "file-is-aside foreign"
    expected = [(".git", aside), ("__MACOSX", aside), ("r.json", "json")]
    assert told(placed(tmp_path / "a", files)) == expected
    (tmp_path / "b.zip").write_bytes(zipped(files))
    assert told(tmp_path / "b.zip") == expected


def test_a_damaged_archive_in_a_folder_does_not_stop_the_others(tmp_path: Path) -> None:
    whole = zipped({"a.json": REPORT})
    folder = placed(tmp_path / "m", {"a.zip": whole[:-30], "b.zip": whole, "c.json": REPORT, "d.xlsx": whole[:-30]})
    assert told(folder) == [
        ("a.zip", "archive-damaged named"),
        ("b.zip/a.json", "json"),
        ("c.json", "json"),
        ("d.xlsx", "file-damaged named"),
    ]


@pytest.mark.parametrize(
    ("method", "why"),
    [
        (zipfile.ZIP_STORED, "json"),
        (zipfile.ZIP_DEFLATED, "json"),
        (zipfile.ZIP_BZIP2, "json"),
        (zipfile.ZIP_LZMA, "archive-method-unknown within"),
    ],
)
def test_ways_of_packing(tmp_path: Path, method: int, why: str) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.json": REPORT}, method))
    assert told(tmp_path / "a.zip") == [("a.json", why)]


@pytest.mark.parametrize("number", [9, 93, 97, 98, 99])
def test_ways_of_packing_that_the_library_does_not_know(tmp_path: Path, number: int) -> None:
    content = bytearray(zipped({"a.json": REPORT, "b.json": REPORT}, zipfile.ZIP_STORED))
    first = content.index(b"PK\x01\x02")
    content[first + 10 : first + 12] = number.to_bytes(2, "little")
    (tmp_path / "a.zip").write_bytes(content)
    assert told(tmp_path / "a.zip") == [("a.json", "archive-method-unknown within"), ("b.json", "json")]


def test_a_part_with_a_password_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.json": REPORT, "b.json": REPORT}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    assert told(tmp_path / "a.zip") == [("a.json", "archive-protected within"), ("b.json", "json")]


@pytest.mark.parametrize("place", ["table", "report"])
def test_a_damaged_part_is_told_and_the_others_are_read(tmp_path: Path, place: str) -> None:
    damaged = TABLE if place == "table" else REPORT + b" "
    content = bytearray(zipped({"a.csv": damaged, "b.json": REPORT}, zipfile.ZIP_STORED))
    content[content.index(damaged) + 5] ^= 1
    (tmp_path / "a.zip").write_bytes(content)
    assert told(tmp_path / "a.zip") == [("a.csv", "archive-part-damaged within"), ("b.json", "json")]


def test_archives_within_archives_end_somewhere(tmp_path: Path) -> None:
    content = REPORT
    for _ in range(limits.ARCHIVE_DEPTH + 2):
        content = zipped({"r.json": REPORT, "x.zip": content})
    (tmp_path / "a.zip").write_bytes(content)
    *read, last = sorted(told(tmp_path / "a.zip"), key=lambda one: one[1], reverse=True)
    assert [kind for _, kind in read] == ["json"] * limits.ARCHIVE_DEPTH
    assert last == ("/".join(["x.zip"] * limits.ARCHIVE_DEPTH), "archive-too-deep within")


def test_what_all_archives_within_unpack_to_is_limited_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = zipped({"a.json": os.urandom(400).hex().encode()})
    (tmp_path / "a.zip").write_bytes(zipped({f"{number}.zip": inner for number in range(4)}))
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 5000)
    reasons = [reason for _, reason in told_kinds(tmp_path / "a.zip")]
    assert reasons.count("file-unpacks-too-large") >= 1
    assert len(reasons) == 4


def test_archives_within_one_that_is_packed_far_too_tightly_are_not_read(tmp_path: Path) -> None:
    """Each part is small; together they were two thousand million rows in 93 kB."""
    inner = zipped({"x.csv": b"a;b\n" + b"1;2\n" * 1_500_000})
    (tmp_path / "a.zip").write_bytes(zipped({f"{number:02}.zip": inner for number in range(8)}))
    reasons = [reason for _, reason in told_kinds(tmp_path / "a.zip")]
    assert reasons[0] == "csv"
    assert reasons[-1] == "file-packed-too-tight"


def told_kinds(path: Path) -> list[tuple[str, str]]:
    return [(one.name, one.fault.key if isinstance(one, Unread) else str(one.kind)) for one in files_in([path])]


@pytest.mark.parametrize("encoding", ["utf-8", "cp850", "cp437"])
def test_names_without_a_mark_of_their_encoding(tmp_path: Path, encoding: str) -> None:
    name = "æøå besøg.json" if encoding != "cp437" else "Renée.json"
    content = zipped({"x" * len(name.encode(encoding)): REPORT})
    raw = content.replace(b"x" * len(name.encode(encoding)), name.encode(encoding))
    (tmp_path / "a.zip").write_bytes(raw)
    assert told(tmp_path / "a.zip") == [(name, "json")]


def test_a_name_that_no_code_page_has_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.json": REPORT}))
    with pytest.MonkeyPatch.context() as patched:
        known = zipfile.ZipFile.infolist

        def renamed(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
            for part in known(archive):
                part.filename = "Ωł.json"
            return known(archive)

        patched.setattr(zipfile.ZipFile, "infolist", renamed)
        assert [one.name for one in files_in([tmp_path / "a.zip"])] == ["Ωł.json"]


@pytest.mark.parametrize("error", [OSError, ValueError])
def test_a_name_that_the_system_can_not_look_up_is_told(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(_: Path) -> bool:
        raise error

    monkeypatch.setattr(Path, "is_dir", fail)
    assert told_kinds(Path("none.csv")) == [("none.csv", "file-not-found")]


def test_names_with_a_mark_are_as_they_say(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"Ωmega ł.json": REPORT}))
    assert told(tmp_path / "a.zip") == [("Ωmega ł.json", "json")]


def test_tables_of_an_archive_lie_together_by_their_folder(tmp_path: Path) -> None:
    parts = {"a/1.csv": TABLE, "a/2.csv": TABLE, "b/1.csv": TABLE, "x.zip": zipped({"a/1.csv": TABLE})}
    (tmp_path / "a.zip").write_bytes(zipped(parts))
    found = [one for one in files_in([tmp_path / "a.zip"]) if isinstance(one, OpenFile)]
    folders = [one.folder for one in found]
    assert folders[0] == folders[1]
    assert len(set(folders)) == 3
    assert all(one.source == tmp_path / "a.zip" and one.packed == TABLE for one in found)


def test_an_archive_that_fills_the_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.csv": TABLE}))

    def fill(*_: object) -> FileType:
        raise MemoryError

    monkeypatch.setattr(containers, "kind_of", lambda head, name, *_: fill() if name == "a.csv" else FileType.ARCHIVE)
    assert told(tmp_path / "a.zip") == [("a.csv", "file-too-large-for-memory within")]


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (RecursionError, "archive-part-damaged"), (UnicodeError, "archive-part-damaged"),
        (OverflowError, "file-read-failed"), (LookupError, "file-read-failed"),
    ],
)  # fmt: skip
def test_whatever_is_wrong_with_a_part_loses_no_other(
    error: type[Exception], key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.csv": TABLE, "b.csv": TABLE}))

    def fail(head: bytes, name: str, *_: object) -> FileType:
        if name == "a.csv":
            raise error
        return FileType.ARCHIVE if name == "a.zip" else FileType.DELIMITED

    monkeypatch.setattr(containers, "kind_of", fail)
    first, second = told(tmp_path / "a.zip")
    assert first == ("a.csv", f"{key} within")
    assert second[0] == "b.csv"
    assert key not in second[1]


def test_a_report_that_fills_the_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(BytesIO):
        def read(self, *_: object) -> bytes:
            raise MemoryError

    placed(tmp_path, {"a.json": REPORT})
    monkeypatch.setattr(OpenFile, "open", lambda self: Full())
    (text,) = bundle_texts([tmp_path / "a.json"])
    assert text.fault is not None
    assert text.fault.key == "file-too-large-for-memory"


# --- what a check makes of them ---------------------------------------------------------------------------------------


def texts(*paths: Path) -> list[tuple[str, str, Left]]:
    return [(text.file, text.fault.key if text.fault else "", text.left) for text in bundle_texts(paths)]


def test_tables_beside_reports_are_no_reports(tmp_path: Path) -> None:
    folder = placed(tmp_path / "m", {"a.csv": TABLE, "b.xlsx": BOOK, "r.json": REPORT, "t.json": b"ikke JSON"})
    assert texts(folder) == [
        ("a.csv", "file-is-no-report", Left.FOREIGN),
        ("b.xlsx", "file-is-no-report", Left.FOREIGN),
        ("r.json", "", Left.NAMED),
        ("t.json", "", Left.NAMED),
    ]


def test_a_table_that_is_named_is_no_report_and_a_text_is_judged(tmp_path: Path) -> None:
    placed(tmp_path, {"b.xlsx": BOOK, "a.csv": TABLE, "c.json": b"no report"})
    assert texts(tmp_path / "b.xlsx", tmp_path / "a.csv", tmp_path / "c.json") == [
        ("b.xlsx", "file-is-no-report", Left.NAMED),
        ("a.csv", "file-is-no-report", Left.NAMED),
        ("c.json", "", Left.NAMED),
    ]


LINES = {
    "a report a line": (REPORT + b"\n" + REPORT, ["", ""]),
    "a report over several lines": (b'{\n  "resourceType": "Bundle"\n}\n', ["ndjson-not-lines"]),
    "a report over several lines without indents": (b'{\n"resourceType": "Bundle"\n}\n', ["ndjson-not-lines"]),
    "several of them": (b'{\n "a": 1\n}\n{\n "a": 2\n}\n', ["ndjson-not-lines"]),
    "ends of Windows": (b'{\r\n "a": 1\r\n}\r\n', ["ndjson-not-lines"]),
    "a list of reports": (b"[" + REPORT + b",\n" + REPORT + b"]", ["", ""]),
    "a list in one line": (b"[" + REPORT + b"]", [""]),
    "a list of several in one line": (
        b"\xef\xbb\xbf [ " + REPORT + b", " + REPORT + b" , " + REPORT + b" ]\r\n",
        [""] * 3,
    ),
    "a list with its marks in lines of their own": (
        b"[\r\n" + REPORT + b",\r\n\r\n" + REPORT + b"\r\n,\r\n" + REPORT + b",\r\n]\r\n",
        [""] * 3,
    ),
    "an indented list": (b"[\n  " + REPORT + b",\n  " + REPORT + b"\n]", ["", ""]),
    "a list of reports over several lines": (
        b'[\n  {\n    "a": 1\n  },\n  {\n    "a": 2\n  }\n]',
        ["ndjson-not-lines"],
    ),
    "a list with one report over several lines": (
        b'[\n  {\n    "a": 1\n  },\n  ' + REPORT + b"\n]",
        ["ndjson-report-over-lines", ""],
    ),
    "an empty list": (b"[]", ["file-empty"]),
    "commas after reports": (REPORT + b",\n" + REPORT + b" ,\r\n" + REPORT, [""] * 3),
    "two in a line": (REPORT + REPORT + b"\n" + REPORT, [""] * 3),
    "two in a line with what is between them": (REPORT + b" " + REPORT + b", " + REPORT, [""] * 3),
    "two in a line of which one is cut short": (REPORT + REPORT[:-5], ["", ""]),
    "the first over several lines": (
        b'{\n "a": 1\n}\n' + REPORT + b"\n" + REPORT,
        ["ndjson-report-over-lines", "", ""],
    ),
    "the first without indents": (
        b'{\n"a": {"b": 1},\n"c": 2\n}\n' + REPORT,
        ["ndjson-report-over-lines", ""],
    ),
    "the first begins with more": (b'{"a": {"b": 1},\n"c": 2}\n' + REPORT, ["ndjson-report-over-lines", ""]),
    "the first two over several lines": (
        b'{\n "a": 1\n}\n{\n "a": 2\n}\n' + REPORT,
        ["ndjson-report-over-lines", "ndjson-report-over-lines", ""],
    ),
    "a first line cut short": (REPORT[:-5] + b"\n" + REPORT, ["", ""]),
    "one line cut short": (REPORT[:-5], [""]),
    "a report over several lines in the middle": (
        REPORT + b'\n{\n  "a": [\n    {"b": "}"}\n  ]\n}\n' + REPORT,
        ["", "ndjson-report-over-lines", ""],
    ),
    "one at the end that is cut short": (REPORT + b'\n{\n  "a": [\n', ["", "ndjson-report-over-lines"]),
    "one that is cut short before a report": (
        REPORT + b'\n{\n  "a": [\n' + REPORT + b"\n" + REPORT,
        ["", "ndjson-report-over-lines", "", ""],
    ),
    "one without indents in the middle": (
        REPORT + b'\n{\n"resourceType": "Bundle",\n"a": [\n{\n"b": 1\n}\n]\n}\n' + REPORT,
        ["", "ndjson-report-over-lines", ""],
    ),
    "one without indents that is cut short": (
        REPORT + b'\n{\n"a": [\n{"b": 1},\n' + REPORT,
        ["", "ndjson-report-over-lines", ""],
    ),
    "two after each other": (
        REPORT + b'\n{\n\t"a": 1\n}\n\n{\n\t"a": 2\n}\n' + REPORT,
        ["", "ndjson-report-over-lines", "ndjson-report-over-lines", ""],
    ),
    "a list over several lines": (
        REPORT + b"\n[\n  1,\n  2\n]\n" + REPORT,
        ["", "ndjson-report-over-lines", ""],
    ),
    "a line cut short in the middle": (REPORT + b"\n" + REPORT[:-5] + b"\n\n" + REPORT, ["", "", ""]),
    "a line in the middle with too much at its end": (REPORT + b"\n" + REPORT + b" x\n" + REPORT, ["", "", ""]),
    "with a mark and empty lines": (b"\xef\xbb\xbf\n" + REPORT + b"\n\n" + REPORT, ["", ""]),
}


@pytest.mark.parametrize("name", LINES)
def test_lines_that_are_none_are_one_message(tmp_path: Path, name: str) -> None:
    content, faults = LINES[name]
    (tmp_path / "a.ndjson").write_bytes(content)
    assert [key for _, key, _ in texts(tmp_path / "a.ndjson")] == faults


@pytest.mark.parametrize("between", [b"", b" ", b",", b", ", b"\n", b"\r\n", b",\n", b"\n\n"])
@pytest.mark.parametrize(
    ("before", "after"), [(b"", b""), (b"[", b"]"), (b"\xef\xbb\xbf[\n", b"\n]\n"), (b"\n", b"\n")]
)
def test_reports_in_lines_are_told_apart(tmp_path: Path, between: bytes, before: bytes, after: bytes) -> None:
    """Each as it is written, also where what stands between reports stands in their texts."""
    first = b'{"resourceType": "Bundle", "id": "1", "a": "} {", "b": [{"c": "],[{"}, {"resourceType": "x"}]}'
    second = b'{"resourceType": "Bundle", "id": "2", "a": "\\"}{\\""}'
    (tmp_path / "a.ndjson").write_bytes(before + between.join([first, second, first]) + after)
    read = list(bundle_texts([tmp_path / "a.ndjson"]))
    assert [text.data.strip() for text in read] == [first, second, first]
    assert [text.ordinal for text in read] == [1, 2, 3]


# --- all is accounted for ---------------------------------------------------------------------------------------------

leaves = st.sampled_from([*FILES.values(), *UNREAD.values()]).map(lambda pair: pair[0])
trees = st.recursive(
    st.dictionaries(st.sampled_from(["a.json", "b.csv", "c.txt", "._d", "e.xml", "f"]), leaves, max_size=4),
    lambda inner: st.dictionaries(
        st.sampled_from(["x.zip", "y.zip", "z.json"]), st.one_of(leaves, inner.map(zipped)), max_size=3
    ),
    max_leaves=8,
)


@given(tree=trees)
def test_every_part_is_found_or_named(tmp_path_factory: pytest.TempPathFactory, tree: dict[str, bytes]) -> None:
    path = tmp_path_factory.mktemp("any") / "a.zip"
    path.write_bytes(zipped(tree))
    found = list(files_in([path]))
    assert len(found) == _leaves(zipped(tree))
    names = [one.name for one in found if tree]
    assert len(set(names)) == len(names)


def _leaves(content: bytes) -> int:
    """How many files an archive holds, those of archives within in their place."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return sum(_leaves(part) if _is_archive(name, part) else 1 for name, part in parts.items()) or 1


def _is_archive(name: str, part: bytes) -> bool:
    known = [content for content, _ in (*FILES.values(), *UNREAD.values())]
    return part.startswith(b"PK") and part not in known and not name.startswith(".")


@given(tree=trees)
def test_every_part_is_checked_or_named(tmp_path_factory: pytest.TempPathFactory, tree: dict[str, bytes]) -> None:
    folder = placed(tmp_path_factory.mktemp("any"), tree)
    read: list[BundleText] = list(bundle_texts([folder]))
    assert {name.partition("/")[0] for name in (text.file for text in read)} >= set(tree)
    assert all(text.data or text.fault for text in read)


def test_what_is_called_json_is_read_as_json_whatever_is_in_it(tmp_path: Path) -> None:
    placed(tmp_path / "a", {"x.json": b"a\0b\xff\xfe", "y.NDJSON": b"a\0b\xff\xfe"})
    assert sorted(told(tmp_path / "a")) == [("x.json", "json"), ("y.NDJSON", "json")]


@pytest.mark.parametrize("before", [b"// fra journalen\n", b"/* x; y */ ", b"\x1e", b"  \n//"])
def test_json_with_something_before_it_is_json_and_told_as_that(tmp_path: Path, before: bytes) -> None:
    (tmp_path / "x.json").write_bytes(before + b'{"resourceType": "Bundle"}')
    assert told(tmp_path / "x.json") == [("x.json", "json")]
    (tmp_path / "y.csv").write_bytes(before + b"a;b\n1;2\n")
    assert told(tmp_path / "y.csv") == [("y.csv", "csv")]
