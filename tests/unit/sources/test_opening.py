from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import limits
from ldbu_desktop.sources.opening import Kind, open_file

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def fault_of(path: Path, content: bytes | None = None) -> str:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FileFault) as caught:
        open_file(path)
    assert caught.value.facts["file"] == path.name
    return caught.value.key


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"a;b\n1;2\n", Kind.DELIMITED),
        (b"\xff\xfea\0;\0", Kind.DELIMITED),
        (b'\xef\xbb\xbf {"resourceType": "Bundle"}', Kind.JSON),
        (b'{\n"a": 1}\n', Kind.JSON),
        (b"[1]", Kind.JSON),
        (b'{"a": 1}\n{"a": 2}\n', Kind.NDJSON),
        (b'{"a": 1}\n', Kind.JSON),
    ],
)
def test_a_text_is_known_by_its_content(tmp_path: Path, content: bytes, kind: Kind) -> None:
    path = tmp_path / "renamed.xlsx"
    path.write_bytes(content)
    opened = open_file(path)
    assert (opened.kind, opened.name, opened.size) == (kind, "renamed.xlsx", len(content))
    assert opened.sha256 == hashlib.sha256(content).hexdigest()


def test_a_workbook_and_an_archive_are_told_apart_whatever_they_are_called(tmp_path: Path) -> None:
    path = tmp_path / "renamed.csv"
    Workbook().save(path)
    assert open_file(path).kind is Kind.WORKBOOK
    assert open_file(zipped(tmp_path / "x.xlsx", {"a.json": b"{}"})).kind is Kind.ARCHIVE


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "file-empty"),
        (b"\xef\xbb\xbf \r\n", "file-empty"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "file-protected"),
        (OLE2 + "Workbook".encode("utf-16-le"), "file-old-workbook"),
        (OLE2, "file-kind-unknown"),
        (b"<!DOCTYPE html><html>", "file-is-web-page"),
        (b"  <table><tr>", "file-is-web-page"),
        (b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir">', "file-is-fhir-xml"),
        (b'<?xml version="1.0"?><x/>', "file-is-xml"),
        (b"%PDF-1.7", "file-kind-unknown"),
        (b"a;b\0c", "file-kind-unknown"),
        (b"PK\x03\x04 cut short", "file-damaged"),
        (b"PK\x05\x06" + b"\0" * 18, "file-empty"),
    ],
)
def test_what_can_not_be_read_is_told_by_what_it_is(tmp_path: Path, content: bytes, fault: str) -> None:
    assert fault_of(tmp_path / "export.xlsx", content) == fault


def test_other_office_files_are_told(tmp_path: Path) -> None:
    assert (
        fault_of(zipped(tmp_path / "a.xlsx", {"[Content_Types].xml": b"", "word/document.xml": b""}))
        == "file-other-office"
    )
    assert fault_of(zipped(tmp_path / "b.xlsx", {"content.xml": b""})) == "file-other-office"


def test_missing_files_and_folders(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "none.csv") == "file-not-found"
    assert fault_of(tmp_path) == "file-is-folder"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="an administrator may read everything")
def test_a_file_without_access_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a;b")
    path.chmod(0)
    assert fault_of(path) == "file-not-readable"


def test_a_device_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a;b")

    def fail(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(hashlib, "file_digest", fail)
    assert fault_of(path) == "file-not-readable"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "bomb.xlsx", {"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"0" * 2_000_000})
    monkeypatch.setattr(limits, "RATIO_APPLIES_FROM", 1_000_000)
    assert fault_of(path) == "file-packed-too-tight"
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 1_000_000)
    assert fault_of(path) == "file-unpacks-too-large"
    monkeypatch.setattr(limits, "ARCHIVE_ENTRIES", 1)
    assert fault_of(path) == "file-too-many-parts"
    monkeypatch.setattr(limits, "FILE_BYTES", 100)
    assert fault_of(path) == "file-too-large"


def test_an_archive_with_a_password_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.json": b"{}"})
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1
    path.write_bytes(content)
    assert fault_of(path) == "file-protected"
