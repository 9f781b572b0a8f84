"""Files out of folders and archives: each with its kind, or named as not read with the reason. Nothing stops the rest.

Names within archives are only names: nothing is unpacked to a disk. Archives within archives are read too, as deep and
as far as the limits go, which hold for all that one file unpacks to.
"""

from __future__ import annotations

import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from io import SEEK_END, BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from msgspec import Struct

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sandbox.guard import reading
from ldbu_desktop.sandbox.messages import sendable
from ldbu_desktop.sources import limits
from ldbu_desktop.sources.found import FileType, FoundFile, Left, OnDisk, Unread
from ldbu_desktop.sources.opening import (
    ARCHIVE_DAMAGES,
    HEAD_BYTES,
    ZIP_MARK,
    is_harmless,
    kind_of,
    opened_archive,
    refuse_bomb,
)

_APPLE = "__MACOSX"
_ASIDE_NAMES = frozenset(("thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"))
_TABLE_ENDINGS = frozenset((".csv", ".tsv", ".tab", ".txt", ".skv", ".dat", ".asc", ".prn", ".xls", ".xlsx", ""))
"""What a text in a folder must be called to be looked at as a table; one that is named itself may have any name."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
"""Ways of packing that need little memory to unpack; LZMA asks for as much as the file says."""

_METHOD_NAMES = {9: "Deflate64", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd", 99: "AES"}
_UTF8_NAME = 0x800


class OpenFile(FoundFile, frozen=True):
    """A file that was found and can be opened, until the next file is asked for."""

    opener: Callable[[], IO[bytes]] = BytesIO

    def open(self) -> IO[bytes]:
        """The file from its beginning."""
        return self.opener()


Opened = OpenFile | Unread
"""What :func:`opened` gives."""


def listed(path: Path) -> Iterator[OnDisk | Unread]:
    """The file that ``path`` names, or those in the folder, in the order of their names."""
    if _is_folder(path):
        yield from _in_folder(path)
    else:
        yield OnDisk(path, sendable(path.name), "", Left.NAMED)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _in_folder(folder: Path) -> Iterator[OnDisk | Unread]:
    is_empty = True
    unreadable: list[OSError] = []
    for where, folders, names in os.walk(folder, onerror=unreadable.append):
        within = Path(where).relative_to(folder)
        for name in sorted(folders):
            if _is_aside(name):
                yield _aside(sendable((within / name).as_posix()))
        folders[:] = sorted(name for name in folders if not _is_aside(name))
        for name in sorted(names):
            is_empty = False
            shown = sendable((within / name).as_posix())
            if _is_aside(name):
                yield _aside(shown)
            else:
                yield OnDisk(Path(where, name), shown, f"{shown}/", Left.WITHIN)
    for error in unreadable:
        yield _unread(sendable(Path(str(error.filename)).name), "file-not-readable", Left.NAMED)
    if is_empty and not unreadable:
        yield _unread(sendable(folder.name), "file-folder-empty", Left.NAMED)


def _is_aside(name: str) -> bool:
    """Whether a computer or a program keeps a file or folder for itself."""
    return name.startswith((".", "~$")) or name == _APPLE or name.lower() in _ASIDE_NAMES


def _aside(name: str) -> Unread:
    return _unread(name, "file-is-aside", Left.FOREIGN)


def _unread(name: str, key: str, left: Left, **facts: object) -> Unread:
    return Unread(name, FileFault(key, file=name, **facts), left)


def opened(file: OnDisk) -> Iterator[Opened]:
    """A file on the disk, or what it holds, each to be read before the next. Raises nothing for what is wrong."""
    left = file.left
    try:
        with reading(file.name), _stream(file) as stream:
            head = stream.read(HEAD_BYTES)
            if head.startswith(ZIP_MARK):
                # A package of reports in a folder is looked for as much as one that is named.
                left = Left.NAMED
            kind = _checked_kind(head, file.name, stream, file.left)
            if kind is FileType.ARCHIVE:
                size = stream.seek(0, SEEK_END)
                archive = _Archive(file.path, sendable(str(file.path)), size, [limits.UNPACKED_BYTES])
                yield from archive.found(stream, file.name, file.prefix, 1)
            else:
                folder = sendable(str(file.path.parent))
                yield OpenFile(file.name, kind, folder, file.path, file.left, opener=partial(_rewound, stream))
    except FileFault as fault:
        yield Unread(file.name, fault, left if _left(fault, file.left) is file.left else Left.FOREIGN)


def _stream(file: OnDisk) -> IO[bytes]:
    try:
        status = file.path.stat()
    except ValueError as error:  # a name that no file can have
        raise FileFault("file-not-readable", file=file.name) from error
    if not stat.S_ISREG(status.st_mode):
        raise FileFault("file-not-regular", file=file.name)
    if status.st_size > limits.FILE_BYTES:
        raise FileFault("file-too-large", file=file.name, limit=limits.FILE_BYTES // limits.MEGABYTE)
    return file.path.open("rb")


def _rewound(stream: IO[bytes]) -> IO[bytes]:
    stream.seek(0)
    return stream


def _left(fault: FileFault, left: Left) -> Left:
    return Left.FOREIGN if left is Left.WITHIN and is_harmless(fault) else left


def _checked_kind(head: bytes, name: str, whole: IO[bytes], left: Left) -> FileType:
    """The kind of a file; a text that lies in a folder or archive and is no table is told as that."""
    ending = PurePosixPath(name).suffix.lower()
    try:
        kind = kind_of(head, name, whole)
    except FileFault as fault:
        if fault.key == "file-kind-unknown" and ending in _JSON_ENDINGS:
            # Called JSON, it is judged as JSON.
            return FileType.JSON
        raise
    if kind is FileType.DELIMITED and ending in _JSON_ENDINGS and head.lstrip().startswith(_BEFORE_JSON):
        return FileType.JSON
    if kind is FileType.DELIMITED and left is Left.WITHIN:
        is_prose = ending == ".txt" and not any(mark in head for mark in (b";", b"\t", b"|", b","))
        if is_prose or ending not in _TABLE_ENDINGS | _JSON_ENDINGS:
            raise FileFault("file-is-text", file=name)
    return kind


_JSON_ENDINGS = frozenset((".json", ".ndjson"))
_BEFORE_JSON = (b"//", b"/*", b"\x1e")
"""What some programs write before JSON, comments and record separators: it is none then, and no table either."""
DAMAGES = (*ARCHIVE_DAMAGES, zlib.error, lzma.LZMAError, struct.error)
"""What reading a damaged part of an archive raises."""


class _Archive(Struct, frozen=True):
    """What one zip file on the disk holds, of ``size`` bytes.

    ``room`` is the one number of bytes that all of it may still unpack to.
    """

    source: Path
    folder: str
    size: int
    room: list[int]

    def found(self, stream: IO[bytes], name: str, prefix: str, depth: int) -> Iterator[Opened]:
        """The files in the zip file ``stream``, which is called ``name``."""
        with opened_archive(name, stream) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            refuse_bomb(name, parts, self.room[0])
            self.room[0] -= sum(part.file_size for part in parts)
            unpacked = limits.UNPACKED_BYTES - self.room[0]
            if unpacked > max(limits.RATIO_APPLIES_FROM, limits.UNPACKED_RATIO * self.size):
                raise FileFault("file-packed-too-tight", file=name, limit=limits.UNPACKED_RATIO)
            told_folders: set[str] = set()
            for part in sorted(parts, key=lambda part: part.filename):
                inside = PurePosixPath(_name(part))
                folder = next((one for one in inside.parts[:-1] if _is_aside(one) and one != ".."), None)
                if folder is not None:
                    if folder not in told_folders:
                        told_folders.add(folder)
                        yield _aside(f"{prefix}{folder}")
                elif _is_aside(inside.name):
                    yield _aside(f"{prefix}{inside}")
                else:
                    yield from self._part(archive, part, f"{prefix}{inside}", depth)

    def _part(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, depth: int) -> Iterator[Opened]:
        try:
            yield from self._whole_part(archive, part, name, depth)
        except FileFault as fault:
            yield Unread(name, fault, _left(fault, Left.WITHIN))
        except DAMAGES:
            yield _unread(name, "archive-part-damaged", Left.WITHIN)
        except MemoryError:
            yield _unread(name, "file-too-large-for-memory", Left.WITHIN)
        except Exception as error:  # whatever is wrong with one part must not lose the others
            yield _unread(name, "file-read-failed", Left.WITHIN, why=type(error).__name__)

    def _whole_part(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, depth: int) -> Iterator[Opened]:
        if part.flag_bits & 1:
            raise FileFault("archive-protected", file=name)
        if part.compress_type not in _METHODS:
            raise FileFault("archive-method-unknown", file=name, method=_METHOD_NAMES.get(part.compress_type, "?"))
        opener = partial(archive.open, part)
        with opener() as stream:
            head = stream.read(HEAD_BYTES)
            is_packed = head.startswith(ZIP_MARK)
            whole = BytesIO(head + stream.read()) if is_packed else BytesIO(head)
        kind = _checked_kind(head, name, whole, Left.WITHIN)
        folder = f"{self.folder}/{PurePosixPath(part.filename).parent}"
        if kind is FileType.ARCHIVE:
            if depth >= limits.ARCHIVE_DEPTH:
                raise FileFault("archive-too-deep", file=name, limit=limits.ARCHIVE_DEPTH)
            inner = _Archive(self.source, f"{self.folder}/{name}", self.size, self.room)
            yield from inner.found(whole, name, f"{name}/", depth + 1)
        elif kind in (FileType.JSON, FileType.NDJSON):
            yield OpenFile(name, kind, folder, self.source, Left.WITHIN, is_on_disk=False, opener=opener)
        else:
            content = whole.getvalue() if is_packed else archive.read(part)
            yield OpenFile(name, kind, folder, self.source, Left.WITHIN, content, is_on_disk=False, opener=opener)


def _name(part: zipfile.ZipInfo) -> str:
    """A part's name; one without the mark of UTF-8 is in UTF-8 all the same, or in the code page of Danish Windows."""
    if part.flag_bits & _UTF8_NAME or part.filename.isascii():
        return part.filename
    try:
        raw = part.filename.encode("cp437")
    except UnicodeEncodeError:
        return part.filename
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp850", "replace")
