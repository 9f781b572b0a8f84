"""What a file is, by its content and never by its name, with its size and its SHA-256."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import limits

_HEAD_BYTES = 64 * 1024
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Kind(StrEnum):
    """The kinds of file that can be read."""

    WORKBOOK = "xlsx"
    DELIMITED = "csv"
    JSON = "json"
    NDJSON = "ndjson"
    ARCHIVE = "zip"


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that was recognised: where it is, its name without folders, its size in bytes and its SHA-256."""

    path: Path
    name: str
    size: int
    sha256: str
    kind: Kind


def open_file(path: Path) -> OpenedFile:
    """Recognise one file.

    Raises :class:`FileFault` for a file that is not there, can't be read, is empty, too large, protected by a
    password, damaged, or of no kind that we read.
    """
    name = path.name
    try:
        if path.is_dir():
            raise FileFault("file-is-folder", file=name)
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
            if not head.strip(b"\xef\xbb\xbf \t\r\n"):
                raise FileFault("file-empty", file=name)
            if size > limits.FILE_BYTES:
                raise FileFault("file-too-large", file=name, limit=limits.FILE_BYTES // limits.MEGABYTE)
            kind = _kind(path, head)
            stream.seek(0)
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise FileFault("file-not-found", file=name) from error
    except OSError as error:
        raise FileFault("file-not-readable", file=name) from error
    return OpenedFile(path, name, size, sha256, kind)


def _kind(path: Path, head: bytes) -> Kind:
    if head.startswith(b"PK"):
        return _zip_kind(path)
    if head.startswith(_OLE2):
        raise FileFault(_ole2_fault(path), file=path.name)
    if head.startswith(_UTF16_MARKS):
        return Kind.DELIMITED
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] in (b"{", b"["):
        return _json_kind(text)
    if text[:1] == b"<":
        raise FileFault(_markup_fault(text), file=path.name)
    if b"\0" in head or head.startswith((b"%PDF", b"\x89PNG", b"{\\rtf", b"\x1f\x8b")):
        raise FileFault("file-kind-unknown", file=path.name)
    return Kind.DELIMITED


def _zip_kind(path: Path) -> Kind:
    """A workbook is a zip file too. Sizes come from the directory, before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise FileFault("file-damaged", file=path.name) from error
    if not parts:
        raise FileFault("file-empty", file=path.name)
    _refuse_bomb(path.name, parts)
    names = {part.filename for part in parts}
    if "xl/workbook.xml" in names:
        return Kind.WORKBOOK
    if "[Content_Types].xml" in names or "content.xml" in names:
        raise FileFault("file-other-office", file=path.name)
    return Kind.ARCHIVE


def _refuse_bomb(name: str, parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise FileFault("file-protected", file=name)
    if len(parts) > limits.ARCHIVE_ENTRIES:
        raise FileFault("file-too-many-parts", file=name, limit=limits.ARCHIVE_ENTRIES)
    if sum(part.file_size for part in parts) > limits.UNPACKED_BYTES:
        raise FileFault("file-unpacks-too-large", file=name, limit=limits.UNPACKED_BYTES // limits.MEGABYTE)
    for part in parts:
        is_large = part.file_size > limits.RATIO_APPLIES_FROM
        if is_large and part.file_size > limits.UNPACKED_RATIO * max(part.compress_size, 1):
            raise FileFault("file-packed-too-tight", file=name, limit=limits.UNPACKED_RATIO)


def _ole2_fault(path: Path) -> str:
    """Which of the old container's contents this is: a workbook behind a password, or one of the format before 2007."""
    with path.open("rb") as stream:
        content = stream.read(limits.MEGABYTE)
        stream.seek(max(0, path.stat().st_size - limits.MEGABYTE))
        content += stream.read()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "file-protected"
    if "Workbook".encode("utf-16-le") in content:
        return "file-old-workbook"
    return "file-kind-unknown"


def _markup_fault(text: bytes) -> str:
    start = text[:4096].lower()
    if b"<html" in start or b"<!doctype html" in start or b"<table" in start:
        return "file-is-web-page"
    if b"http://hl7.org/fhir" in start:
        return "file-is-fhir-xml"
    return "file-is-xml"


def _json_kind(text: bytes) -> Kind:
    """Lines that each hold a whole object are newline-delimited JSON."""
    first, _, rest = text.partition(b"\n")
    is_whole = first.rstrip().endswith(b"}") and first.startswith(b"{")
    return Kind.NDJSON if is_whole and rest.lstrip()[:1] == b"{" else Kind.JSON
