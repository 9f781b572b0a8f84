from __future__ import annotations

import bz2
import gzip
import lzma
import os
import zipfile
from pathlib import Path
from typing import IO

import pytest
from openpyxl import Workbook

from ldbu_desktop.language import Language
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.sources import containers, limits
from ldbu_desktop.sources.found import FileType, Found, FoundFile, Left, Unread
from tests.files_here import files_in

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def found(path: Path, content: bytes | None = None) -> Found:
    if content is not None:
        path.write_bytes(content)
    (one,) = files_in([path])
    return one


def fault_of(path: Path, content: bytes | None = None) -> str:
    unread = found(path, content)
    assert isinstance(unread, Unread)
    assert (unread.name, unread.fault.facts["file"], unread.left) == (path.name, path.name, Left.NAMED)
    assert all("{" not in fault_text(unread.fault, language) for language in Language)
    return unread.fault.key


def kind_of_file(path: Path, content: bytes | None = None) -> FileType:
    read = found(path, content)
    assert isinstance(read, FoundFile)
    return read.kind


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"a;b\n1;2\n", FileType.DELIMITED),
        (b"BMI;CPR\n16;1\n", FileType.DELIMITED),
        (b"\xff\xfea\0;\0", FileType.DELIMITED),
        (b"CPR;Dato\n" + b"0505209996;20-05-2020\n" * 5 + b"05052\x0009996;1", FileType.DELIMITED),
        (b"a;b\n1;2\n" + b"\0" * 4096, FileType.DELIMITED),
        ("kontakt_id;barn_cpr\n".encode("utf-16-le"), FileType.DELIMITED),
        ('{"resourceType": "Bundle"}'.encode("utf-16-be"), FileType.JSON),
        (b'\xef\xbb\xbf {"resourceType": "Bundle"}', FileType.JSON),
        (b'{\n"a": 1}\n', FileType.JSON),
        (b"[1]", FileType.JSON),
        (b"[", FileType.JSON),
        (b"[ {", FileType.JSON),
        (b"[Borger].[CPR];[Kalender].[Dato]\n1;2\n", FileType.DELIMITED),
        (b'{"a": 1}\n{"a": 2}\n', FileType.NDJSON),
        (b'{"a": 1}\n', FileType.JSON),
    ],
)
def test_a_text_is_known_by_its_content(tmp_path: Path, content: bytes, kind: FileType) -> None:
    assert kind_of_file(tmp_path / "renamed.xlsx", content) is kind


def test_a_workbook_and_an_archive_are_told_apart_whatever_they_are_called(tmp_path: Path) -> None:
    path = tmp_path / "renamed.csv"
    Workbook().save(path)
    assert kind_of_file(path) is FileType.WORKBOOK
    path = zipped(tmp_path / "x.xlsx", {"a.json": b"{}"})
    within = found(path)
    assert isinstance(within, FoundFile)
    assert (within.name, within.kind, within.source, within.left) == ("a.json", FileType.JSON, path, Left.WITHIN)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "file-empty"),
        (b"\xef\xbb\xbf \r\n", "file-empty"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "file-protected"),
        (OLE2, "file-kind-unknown"),
        (b"<!DOCTYPE html><html>", "file-is-web-page"),
        (b"  <table><tr>", "file-is-web-page"),
        (b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir">', "file-is-fhir-xml"),
        (b'<?xml version="1.0"?><x/>', "file-is-xml"),
        (b"%PDF-1.7", "file-is-document"),
        (b"a;b\0c", "file-kind-unknown"),
        (b"a;b\n" * 100 + b"\x01\0", "file-kind-unknown"),
        (b"a;b\n" * 100 + b"\0\x02c", "file-kind-unknown"),
        (b"PK\x03\x04 cut short", "file-damaged"),
        (b"PK\x05\x06" + b"\0" * 18, "archive-empty"),
    ],
)
def test_what_can_not_be_read_is_told_by_what_it_is(tmp_path: Path, content: bytes, fault: str) -> None:
    assert fault_of(tmp_path / "export.xlsx", content) == fault


OTHERS = {
    "7z": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 20, "file-other-archive"),
    "gzip": (gzip.compress(b"a;b\n1;2"), "file-other-archive"),
    "bzip2": (bz2.compress(b"a;b\n1;2"), "file-other-archive"),
    "xz": (lzma.compress(b"a;b\n1;2"), "file-other-archive"),
    "rar": (b"Rar!\x1a\x07\x01\0", "file-other-archive"),
    "zstandard": (b"\x28\xb5\x2f\xfd\0\0", "file-other-archive"),
    "tar": (b"a.csv" + b"\0" * 252 + b"ustar\x0000", "file-other-archive"),
    "cab": (b"MSCF\0\0\0\0", "file-other-archive"),
    "sqlite": (b"SQLite format 3\0\x10\0", "file-other-program"),
    "access": (b"\0\x01\0\0Standard ACE DB\0", "file-other-program"),
    "parquet": (b"PAR1\x15\0", "file-other-program"),
    "spss": (b"$FL2@(#) SPSS", "file-other-program"),
    "stata": (b"<stata_dta><header>", "file-other-program"),
    "excel 2003": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
        b'<Worksheet ss:Name="Kontakter"><Table ss:ExpandedRowCount="2">',
        "file-other-program",
    ),
    "a report in xml that is told in a table": (
        b'<Bundle xmlns="http://hl7.org/fhir"><entry><text><div><table>',
        "file-is-fhir-xml",
    ),
    "a page by excel": (
        b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table>',
        "file-is-web-page",
    ),
    "a table of a page": (b"<table><tr><td>1</td></tr></table>", "file-is-web-page"),
    "mhtml": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "file-is-web-page"),
    "pdf": (b"%PDF-1.7", "file-is-document"),
    "rtf": (b"{\\rtf1 hej}", "file-is-document"),
    "word 97": (OLE2 + "WordDocument".encode("utf-16-le"), "file-is-document"),
    "outlook": (OLE2 + "__properties".encode("utf-16-le"), "file-is-document"),
    "png": (b"\x89PNG\r\n\x1a\n", "file-is-picture"),
    "bmp": (b"BM\x36\x10\x0e\0\0\0\0\0", "file-is-picture"),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF", "file-is-picture"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_files_of_other_kinds_are_called_what_they_are(tmp_path: Path, kind: str) -> None:
    content, fault = OTHERS[kind]
    assert fault_of(tmp_path / "export.xlsx", content) == fault


OFFICE = {
    "word": ({"[Content_Types].xml": b"", "word/document.xml": b""}, "file-is-document"),
    "powerpoint": ({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}, "file-is-document"),
    "libreoffice text": (
        {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""},
        "file-is-document",
    ),
    "libreoffice cut short": ({"content.xml": b"<office:document/>" + b"x" * 99}, "file-is-document"),
    "libreoffice with a password": (
        {"META-INF/manifest.xml": b"<manifest:encryption-data/>", "content.xml": b"\x01\x02"},
        "file-protected",
    ),
    "numbers": ({"Index/Document.iwa": b"", "Metadata/Properties.plist": b""}, "file-is-numbers"),
    "numbers 09": ({"Index.zip": b"", "Data/x.jpg": b""}, "file-is-numbers"),
    "another package": ({"[Content_Types].xml": b"<Types/>", "visio/document.xml": b""}, "file-other-office"),
    "broken package": (
        {"[Content_Types].xml": b"", "_rels/.rels": b"<Relationships>", "xl/workbook.bim": b""},
        "file-damaged",
    ),
}


@pytest.mark.parametrize("kind", OFFICE)
def test_documents_of_other_programs_are_called_what_they_are(tmp_path: Path, kind: str) -> None:
    parts, fault = OFFICE[kind]
    assert fault_of(zipped(tmp_path / "a.xlsx", parts)) == fault


def test_missing_files_and_folders(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "none.csv") == "file-not-found"
    assert fault_of(tmp_path) == "file-folder-empty"


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

    monkeypatch.setattr(containers, "kind_of", fail)
    assert fault_of(path) == "file-not-readable"


def test_a_fault_of_ours_is_told_of_its_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"a;b\n1;2\n")
    known = containers.kind_of

    def fail(head: bytes, name: str, whole: IO[bytes]) -> FileType:
        if name == "a.csv":
            raise RecursionError
        return known(head, name, whole)

    monkeypatch.setattr(containers, "kind_of", fail)
    first, second = files_in([tmp_path])
    assert isinstance(first, Unread)
    assert first.fault.key == "file-read-failed"
    assert isinstance(second, FoundFile)


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


def test_a_workbook_with_a_password_of_its_parts_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.xlsx", {"xl/workbook.xml": b"<workbook/>"})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert fault_of(path, bytes(content)) == "file-protected"


def test_a_directory_that_would_fill_the_memory_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "a.zip", {f"{number}.json": b"{}" for number in range(50)})
    monkeypatch.setattr(limits, "ARCHIVE_DIRECTORY_BYTES", 1000)
    assert fault_of(path) == "file-too-many-parts"
    end = b"PK\x06\x06" + b"\0" * 36 + (2**40).to_bytes(8, "little") + b"\0" * 8
    short = b"PK\x05\x06" + b"\0" * 8 + b"\xff" * 4 + b"\0" * 6
    assert fault_of(tmp_path / "b.zip", b"PK\x03\x04" + end + short) == "file-too-many-parts"


def test_a_spreadsheet_of_libreoffice_that_is_damaged_is_told(tmp_path: Path) -> None:
    content = bytearray(zipped(tmp_path / "a.ods", {"mimetype": b"x" * 50, "content.xml": b"y" * 50}).read_bytes())
    content[content.index(b"mimetype") + 8] ^= 0xFF
    assert fault_of(tmp_path / "a.ods", bytes(content)) == "file-damaged"


def test_an_end_record_without_its_directory_is_damage(tmp_path: Path) -> None:
    end = b"PK\x05\x06" + b"\0" * 4 + b"\x02\0\x02\0" + b"\x40\0\0\0" + b"\x10\0\0\0" + b"\0\0"
    assert fault_of(tmp_path / "a.zip", b"PK\x03\x04" + b"\0" * 90 + end) == "archive-damaged"
