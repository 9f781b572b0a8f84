"""What a file is, by its content and never by its name."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import IO, NamedTuple

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import limits
from ldbu_desktop.sources.found import FileType
from ldbu_desktop.sources.sheet_parts import workbook_part
from ldbu_desktop.sources.text_encoding import UTF8_MARK, marked_wide, unmarked_wide

HEAD_BYTES = 64 * 1024
ZIP_MARK = b"PK"
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN_DOCUMENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_BLANK = b"\xef\xbb\xbf \t\r\n"


class _Other(NamedTuple):
    """A kind of file that can't be read, by what it begins with: the fault that names it, and with which words."""

    marks: tuple[bytes, ...]
    fault: str
    name: str = ""
    at: int = 0
    before: bytes = b""


_OTHERS = (
    _Other((b"\x1f\x8b",), "file-other-archive", "gzip"),
    _Other((b"7z\xbc\xaf\x27\x1c",), "file-other-archive", "7-Zip"),
    _Other((b"Rar!\x1a\x07",), "file-other-archive", "RAR"),
    _Other((b"\xfd7zXZ\0",), "file-other-archive", "xz"),
    _Other((b"BZh",), "file-other-archive", "bzip2"),
    _Other((b"\x28\xb5\x2f\xfd",), "file-other-archive", "Zstandard"),
    _Other((b"MSCF",), "file-other-archive", "CAB"),
    _Other((b"ustar",), "file-other-archive", "tar", 257),
    _Other((b"SQLite format 3\0",), "file-other-program", "SQLite"),
    _Other((b"Standard Jet DB", b"Standard ACE DB"), "file-other-program", "Microsoft Access", 4),
    _Other((b"PAR1",), "file-other-program", "Parquet"),
    _Other((b"$FL2", b"$FL3"), "file-other-program", "SPSS"),
    _Other((b"<stata_dta>",), "file-other-program", "Stata"),
    _Other((b"\0" * 12 + b"\xc2\xea\x81\x60",), "file-other-program", "SAS"),
    _Other((b"%PDF",), "file-is-document", "PDF"),
    _Other((b"{\\rtf",), "file-is-document", "RTF"),
    _Other((b"\0" * 4,), "file-is-picture", at=6, before=b"BM"),
    _Other((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*"), "file-is-picture"),
)
_HARMLESS = frozenset(("file-is-document", "file-is-picture", "file-is-text", "file-is-aside", "file-is-no-report"))
"""The faults of files that hold no journal data, or none for the reading that was asked for."""

_JSON = re.compile(rb"\{|\[\s*(?:$|[\]{\[\"\d-]|(?:true|false|null)\b)")
"""What JSON begins with; a bracket before a word is one around the name of a column."""

_OFFICE = (
    ("Index/Document.iwa", "file-is-numbers", ""),
    ("Index.zip", "file-is-numbers", ""),
    ("word/document.xml", "file-is-document", "Word"),
    ("ppt/presentation.xml", "file-is-document", "PowerPoint"),
)
"""What other zip files hold, with the fault that names them."""

_MOST_ZEROS = 50
"""A text has at most one zero in so many bytes, but for those behind it."""
_NO_TEXT = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1e\x7f]")
"""What stands in no text."""


def is_harmless(fault: FileFault) -> bool:
    """Whether the fault tells a file that could hold nothing for us."""
    return fault.key in _HARMLESS


def kind_of(head: bytes, name: str, whole: IO[bytes]) -> FileType:
    """The kind of a file that begins with ``head``; ``whole`` is the file itself, at any place.

    Raises :class:`FileFault` for a file that is empty, protected by a password, damaged, or of no kind that we read.
    """
    if not head.strip(_BLANK):
        raise FileFault("file-empty", file=name)
    if head.startswith(ZIP_MARK):
        return _zip_kind(name, whole)
    if head.startswith(_OLE2):
        return _ole2_kind(name, whole)
    for other in _OTHERS:
        if head.startswith(other.before) and head.startswith(other.marks, other.at):
            raise FileFault(other.fault, file=name, program=other.name)
    return _text_kind(head, name)


def _text_kind(head: bytes, name: str) -> FileType:
    if codec := marked_wide(head) or unmarked_wide(head):
        text = head.decode(codec, "replace").removeprefix("\ufeff").encode("utf-8", "replace")
    elif b"\0" in head and not _is_text_with_zeros(head):
        raise FileFault("file-kind-unknown", file=name)
    else:
        text = head.removeprefix(UTF8_MARK)
    text = text.lstrip()
    if _JSON.match(text):
        return _json_kind(text)
    if text[:1] == b"<" or text[:13].lower() == b"mime-version:":
        raise _markup_fault(name, text)
    return FileType.DELIMITED


def _is_text_with_zeros(head: bytes) -> bool:
    """Whether a text has a few zeros in it, as cut or padded ones do: other programs' files have other signs too."""
    text = head.rstrip(b"\0")
    return text.count(0) * _MOST_ZEROS <= len(text) and not _NO_TEXT.search(text)


# --- zip files --------------------------------------------------------------------------------------------------------


def _zip_kind(name: str, whole: IO[bytes]) -> FileType:
    """A workbook is a zip file too. What is in it is read from its directory, before anything is unpacked."""
    with opened_archive(name, whole) as archive:
        names = frozenset(archive.namelist())
        if not names:
            raise FileFault("archive-empty", file=name)
        if "xl/workbook.bin" in names:
            _refuse_locked(name, archive)
            return FileType.BINARY_WORKBOOK
        if _OPEN_DOCUMENT in names:
            _refuse_locked(name, archive)
            return _open_document(name, archive)
        for part, fault, program in _OFFICE:
            if part in names and "xl/workbook.xml" not in names:
                raise FileFault(fault, file=name, program=program)
        if "[Content_Types].xml" not in names and "xl/workbook.xml" not in names:
            return FileType.ARCHIVE
        _refuse_locked(name, archive)
        try:
            is_workbook = workbook_part(archive) in names
        except (*ARCHIVE_DAMAGES, MemoryError) as error:
            raise FileFault("file-damaged", file=name) from error
        if not is_workbook:
            raise FileFault("file-other-office", file=name)
    return FileType.WORKBOOK


def _refuse_locked(name: str, archive: zipfile.ZipFile) -> None:
    """Raise :class:`FileFault` for a workbook that is a bomb, or whose parts are behind a password."""
    refuse_bomb(name, archive.infolist(), limits.UNPACKED_BYTES)
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise FileFault("file-protected", file=name)


def _open_document(name: str, archive: zipfile.ZipFile) -> FileType:
    """A spreadsheet of the OpenDocument format; other documents of it are no tables."""
    names = archive.namelist()
    try:
        manifest = archive.read(_MANIFEST)[: limits.MEGABYTE] if _MANIFEST in names else b""
        media_type = archive.read("mimetype")[:200] if "mimetype" in names else b""
        with archive.open(_OPEN_DOCUMENT) as stream:
            head = stream.read(HEAD_BYTES)
    except (*ARCHIVE_DAMAGES, zlib.error, MemoryError) as error:
        raise FileFault("file-damaged", file=name) from error
    if b"encryption-data" in manifest:
        raise FileFault("file-protected", file=name)
    if b"spreadsheet" not in media_type and b"office:spreadsheet" not in head:
        raise FileFault("file-is-document", file=name, program="OpenDocument")
    return FileType.OPEN_DOCUMENT


ARCHIVE_DAMAGES = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What the standard library raises for zip files that are damaged, or packed in a way that it does not know."""

_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_END_WITHIN = 66_000
"""How far before its end a zip file's end record begins at most."""


_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xltx")


def opened_archive(name: str, stream: IO[bytes]) -> zipfile.ZipFile:
    """The zip file in ``stream``, unless its directory alone would fill the memory.

    Raises :class:`FileFault`.
    """
    damaged = "file-damaged" if name.lower().endswith(_WORKBOOK_ENDINGS) else "archive-damaged"
    try:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _END_WITHIN))
        tail = stream.read(_END_WITHIN)
        at = tail.rfind(_END)
        if at < 0:
            raise FileFault(damaged, file=name)
        entries = int.from_bytes(tail[at + 10 : at + 12], "little")
        directory = int.from_bytes(tail[at + 12 : at + 16], "little")
        if directory == 0xFFFFFFFF and (at := tail.rfind(_END_64)) >= 0:
            entries = int.from_bytes(tail[at + 32 : at + 40], "little")
            directory = int.from_bytes(tail[at + 40 : at + 48], "little")
        if directory > limits.ARCHIVE_DIRECTORY_BYTES or entries > limits.ARCHIVE_ENTRIES:
            raise FileFault("file-too-many-parts", file=name, limit=limits.ARCHIVE_ENTRIES)
        stream.seek(0)
        return zipfile.ZipFile(stream)
    except ARCHIVE_DAMAGES as error:
        raise FileFault(damaged, file=name) from error


def refuse_bomb(name: str, parts: list[zipfile.ZipInfo], room: int) -> None:
    """Raise :class:`FileFault` for an archive that unpacks to more than ``room`` bytes, or is packed too tightly."""
    if len(parts) > limits.ARCHIVE_ENTRIES:
        raise FileFault("file-too-many-parts", file=name, limit=limits.ARCHIVE_ENTRIES)
    if sum(part.file_size for part in parts) > room:
        raise FileFault("file-unpacks-too-large", file=name, limit=limits.UNPACKED_BYTES // limits.MEGABYTE)
    for part in parts:
        is_large = part.file_size > limits.RATIO_APPLIES_FROM
        if is_large and part.file_size > limits.UNPACKED_RATIO * max(part.compress_size, 1):
            raise FileFault("file-packed-too-tight", file=name, limit=limits.UNPACKED_RATIO)


# --- other content ----------------------------------------------------------------------------------------------------


def _ole2_kind(name: str, whole: IO[bytes]) -> FileType:
    """Which of the old container's contents this is: a workbook of a format before 2007, or nothing that is read."""
    size = whole.seek(0, 2)
    whole.seek(0)
    content = whole.read(limits.MEGABYTE)
    whole.seek(max(0, size - limits.MEGABYTE))
    content += whole.read(limits.MEGABYTE)
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise FileFault("file-protected", file=name)
    if "Workbook".encode("utf-16-le") in content or "Book\0".encode("utf-16-le") in content:
        return FileType.OLD_WORKBOOK
    for stream, program in (
        ("WordDocument", "Word"),
        ("PowerPoint Document", "PowerPoint"),
        ("__properties", "Outlook"),
    ):
        if stream.encode("utf-16-le") in content:
            raise FileFault("file-is-document", file=name, program=program)
    raise FileFault("file-kind-unknown", file=name)


def _markup_fault(name: str, text: bytes) -> FileFault:
    """What markup is, by what it says that it is: a table alone, as many kinds have one, is taken for a web page's."""
    start = text[:4096].lower()
    if start.startswith(b"mime-version:") or b"<html" in start or b"<!doctype html" in start:
        return FileFault("file-is-web-page", file=name)
    if b"http://hl7.org/fhir" in start:
        return FileFault("file-is-fhir-xml", file=name)
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return FileFault("file-other-program", file=name, program="Excel 2003 (XML)")
    if b"<table" in start:
        return FileFault("file-is-web-page", file=name)
    return FileFault("file-is-xml", file=name)


def _json_kind(text: bytes) -> FileType:
    """Lines that each hold a whole object are newline-delimited JSON."""
    first, _, rest = text.partition(b"\n")
    is_whole = first.rstrip().endswith(b"}") and first.startswith(b"{")
    return FileType.NDJSON if is_whole and rest.lstrip()[:1] == b"{" else FileType.JSON
