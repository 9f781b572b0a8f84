"""Delivery reports as texts: every way in, and what can't be read is told without stopping the rest."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.language import Language
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.sources import limits
from ldbu_desktop.sources.containers import OpenFile
from ldbu_desktop.sources.found import BundleLimits, BundleText
from tests.files_here import bundle_texts, texts_read

ONE = b'{"resourceType": "Bundle"}'
SMALL = BundleLimits(text=100, marks=20)


def _told(texts: list[BundleText]) -> list[tuple[str, str]]:
    """Name and key of the fault of each text; every fault can be told to people."""
    faults = [text.fault for text in texts if text.fault]
    assert all(text.file in fault_text(text.fault, Language.DANISH) for text in texts if text.fault)
    assert all("{" not in fault_text(fault, Language.ENGLISH) for fault in faults)
    return [(text.file, text.fault.key if text.fault else "") for text in texts]


def _zip(path: Path, parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_a_file_is_one_text(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(ONE + b"\n" + ONE)
    assert list(bundle_texts([path])) == [BundleText("a.json", ONE + b"\n" + ONE)]


def test_lines_are_counted_over_empty_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    path.write_bytes(b"\xef\xbb\xbf" + ONE + b"\r\n\n" + ONE)
    assert list(bundle_texts([path])) == [BundleText("a.ndjson", ONE, 1, 1), BundleText("a.ndjson", ONE, 2, 3)]


def test_a_folder_is_read_in_order_with_what_lies_within(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.JSON").write_bytes(ONE)
    (tmp_path / "b" / "note.txt").write_bytes(b"-")
    (tmp_path / "1.json").write_bytes(ONE)
    _zip(tmp_path / "c.zip", {"x/3.json": ONE})
    assert _told(list(bundle_texts([tmp_path]))) == [
        ("1.json", ""),
        ("c.zip/x/3.json", ""),
        ("b/2.JSON", ""),
        ("b/note.txt", "file-is-text"),
    ]


def test_names_in_an_archive_are_only_names(tmp_path: Path) -> None:
    path = _zip(
        tmp_path / "a.zip", {"../../b.json": ONE, "a/a.ndjson": ONE + b"\n" + ONE, "__MACOSX/b.json": b"", "n.txt": b""}
    )
    assert _told(list(bundle_texts([path]))) == [
        ("../../b.json", ""),
        ("__MACOSX", "file-is-aside"),
        ("a/a.ndjson", ""),
        ("a/a.ndjson", ""),
        ("n.txt", "file-empty"),
    ]
    assert {entry.name for entry in tmp_path.iterdir()} == {"a.zip"}


def test_an_archive_is_known_by_its_content(tmp_path: Path) -> None:
    path = _zip(tmp_path / "renamed.dat", {"b.json": ONE})
    assert _told(list(bundle_texts([path]))) == [("b.json", "")]


@pytest.fixture
def tight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that small files go over."""
    for name, most in (("ARCHIVE_ENTRIES", 5), ("UNPACKED_BYTES", 1000), ("UNPACKED_RATIO", 10)):
        monkeypatch.setattr(limits, name, most)
    monkeypatch.setattr(limits, "RATIO_APPLIES_FROM", 50)


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        ({f"{number}.json": ONE for number in range(6)}, "file-too-many-parts"),
        ({f"{number}.json": os.urandom(300) for number in range(4)}, "file-unpacks-too-large"),
        ({"a.json": b"0" * 900}, "file-packed-too-tight"),
        ({"a.json": b"{" + os.urandom(100).hex().encode()}, "report-too-large"),
        ({"a.json": b" \n"}, "file-empty"),
        ({}, "archive-empty"),
    ],
)
@pytest.mark.usefixtures("tight")
def test_an_archive_that_would_harm_is_told(tmp_path: Path, parts: dict[str, bytes], key: str) -> None:
    assert [told for _, told in _told(list(bundle_texts([_zip(tmp_path / "a.zip", parts)], SMALL)))] == [key]


def test_what_an_archive_holds_beside_reports_is_named(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"a.txt": b"Hej", "inner.zip": b""})
    assert _told(list(bundle_texts([path], SMALL))) == [("a.txt", "file-is-text"), ("inner.zip", "file-empty")]


def test_a_locked_or_damaged_part_does_not_stop_the_others(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"a.json": ONE, "b.json": ONE + b" ", "c.json": ONE}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[data.index(ONE + b" ") + 3] ^= 1
    first_entry = data.index(b"PK\x01\x02")
    data[first_entry + 8] |= 1
    path.write_bytes(data)
    assert _told(list(bundle_texts([path]))) == [
        ("a.json", "archive-protected"),
        ("b.json", "archive-part-damaged"),
        ("c.json", ""),
    ]


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("a.zip", b"PK\x03\x04 not really", "archive-damaged"),
        ("a.zip", b"", "file-empty"),
        ("a.json", b"\xef\xbb\xbf \n", "file-empty"),
        ("a.ndjson", b"\n\n", "file-empty"),
        ("a.ndjson", b"\n" * 200_000, "file-empty"),
        ("a.ndjson", b"\xef\xbb\xbf\n", "file-empty"),
        ("a.json", b"{" + b" " * 100, "report-too-large"),
        ("a.json", b"[" + b"[]," * 10 + b"]", "report-too-many-values"),
        ("a.ndjson", b'{"a": [' + b"1," * 20 + b"1]}", "report-too-many-values"),
        ("a.ndjson", b"[\n" + ONE[:-1] + b"\n}\n]", "ndjson-not-lines"),
    ],
)
def test_a_file_that_can_not_be_read_is_told(tmp_path: Path, name: str, data: bytes, key: str) -> None:
    (tmp_path / name).write_bytes(data)
    good = tmp_path / "good.json"
    good.write_bytes(ONE)
    assert _told(list(bundle_texts([tmp_path / name, good], SMALL))) == [(name, key), ("good.json", "")]


def test_what_is_not_there_or_not_a_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    paths: list[Path | str] = [tmp_path / "gone.json", tmp_path / "pipe.json", "a\0.json"]
    assert [key for _, key in _told(list(bundle_texts(paths)))] == [
        "file-not-found",
        "file-not-regular",
        "file-not-readable",
    ]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert _told(list(bundle_texts([tmp_path]))) == [(tmp_path.name, "file-folder-empty")]
    (tmp_path / "LÆSMIG.txt").write_text("Hej", encoding="utf-8")
    assert _told(texts_read([tmp_path])) == [
        ("LÆSMIG.txt", "file-is-text"),
        (tmp_path.name, "folder-without-reports"),
    ]


def test_a_folder_that_can_not_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def scandir(path: object) -> object:
        raise PermissionError(13, "", str(path))

    monkeypatch.setattr(os, "scandir", scandir)
    assert _told(list(bundle_texts([tmp_path]))) == [(tmp_path.name, "file-not-readable")]


def test_a_line_that_is_too_long_is_told_and_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    long = b'{"a": "' + b"x" * 300 + b'"}'
    path.write_bytes(b"\n".join([ONE, long, ONE]))
    assert [(text.ordinal, text.line, text.fault is None) for text in bundle_texts([path], SMALL)] == [
        (1, 1, True),
        (2, 2, False),
        (3, 3, True),
    ]


def test_lines_beyond_the_first_block_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    lines = [b'{"a": "' + bytes([97 + number % 26]) * (number * 37 % 90) + b'"}' for number in range(3000)]
    path.write_bytes(b"\n".join(lines))
    assert [text.data for text in bundle_texts([path], SMALL)] == lines
    path.write_bytes(b"\n".join(lines) + b"\n" + b"y" * 500)
    *whole, last = bundle_texts([path], SMALL)
    assert (len(whole), last.ordinal) == (3000, 3001)
    assert last.fault is not None


@pytest.mark.parametrize(
    ("data", "ordinals"), [(ONE, [1]), (ONE + b"\n" + ONE, [1, 2]), (b'{\n"resourceType": "Bundle"}\n', [1])]
)
def test_standard_input_is_read_as_what_it_holds(
    monkeypatch: pytest.MonkeyPatch, data: bytes, ordinals: list[int]
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert [(text.file, text.ordinal) for text in texts_read(["-"])] == [("-", ordinal) for ordinal in ordinals]


@given(data=st.binary(max_size=300), suffix=st.sampled_from([".json", ".ndjson", ".zip", ""]))
def test_no_content_raises(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(data)
    assert all(text.data or text.fault for text in bundle_texts([path], SMALL))


def test_a_report_that_can_not_be_read_to_its_end_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Torn(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError

    (tmp_path / "a.json").write_bytes(ONE)
    monkeypatch.setattr(OpenFile, "open", lambda self: Torn())
    assert _told(list(bundle_texts([tmp_path / "a.json"]))) == [("a.json", "file-not-readable")]


@pytest.mark.parametrize("data", [b"", b" \n"])
def test_standard_input_may_be_empty(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert _told(list(texts_read(["-"]))) == [("-", "file-empty")]


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_lines_of_standard_input_end_as_they_may(monkeypatch: pytest.MonkeyPatch, end: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"\n".join([ONE] * 4000) + end)))
    assert [text.data for text in texts_read(["-"])] == [ONE] * 4000
