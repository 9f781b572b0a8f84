"""Delivery reports as texts: out of files, folders, zip files and standard input, one at a time in memory."""

from __future__ import annotations

import os
import stat
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import limits as at_most

STANDARD_INPUT = "-"
_BUNDLE_BYTES = 64 * at_most.MEGABYTE
"""A report takes some 20 kB; an incremental delivery of 4 000 visits took 35 MB."""
_BUNDLE_MARKS = 1_500_000
"""What begins or parts values: 300 for each visit. Each value takes many times its text in memory."""
_BLANK = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"
_HEAD_BYTES = 64 * 1024
_WHOLE, _LINES, _ARCHIVE = ".json", ".ndjson", ".zip"


@dataclass(frozen=True, slots=True)
class BundleLimits:
    """How much is read: bytes of one text, and braces, brackets and commas in it; bytes and parts of an archive
    unpacked; how tight a large part is packed.
    """

    text: int = _BUNDLE_BYTES
    marks: int = _BUNDLE_MARKS
    unpacked: int = at_most.UNPACKED_BYTES
    parts: int = at_most.ARCHIVE_ENTRIES
    ratio: int = at_most.UNPACKED_RATIO
    ratio_from: int = at_most.RATIO_APPLIES_FROM


@dataclass(frozen=True, slots=True)
class BundleText:
    """One text that should be a bundle. ``file`` is its name within the folder or archive, with ``/`` between folders.

    ``ordinal`` says which text of its file it is and ``line`` where it begins, both from 1: they differ from 1 only in
    a file of one bundle a line. ``fault`` says why there is no ``data``.
    """

    file: str
    data: bytes = b""
    ordinal: int = 1
    line: int = 1
    fault: FileFault | None = None


def bundle_texts(paths: Iterable[Path | str], limits: BundleLimits = BundleLimits()) -> Iterator[BundleText]:
    """The texts of ``.json``, ``.ndjson`` and ``.zip`` files, of folders and what they hold, and of ``-``.

    What can't be read is a text with a ``fault``, and the rest is read. Files of other kinds in a folder or archive are
    passed over; one that is named itself is read as what its content says. Raises nothing.
    """
    for given in paths:
        path = Path(given)
        if str(given) == STANDARD_INPUT:
            yield from _stream_texts(sys.stdin.buffer, STANDARD_INPUT, "", limits)
        elif path.is_dir():
            yield from _folder_texts(path, limits)
        else:
            yield from _file_texts(path, path.name, "", limits)


def _folder_texts(folder: Path, limits: BundleLimits) -> Iterator[BundleText]:
    found = False
    unreadable: list[OSError] = []
    for where, folders, names in os.walk(folder, onerror=unreadable.append):
        folders.sort()
        for name in sorted(names):
            path = Path(where, name)
            if path.suffix.lower() in {_WHOLE, _LINES, _ARCHIVE}:
                found = True
                name = path.relative_to(folder).as_posix()
                yield from _file_texts(path, name, f"{name}/", limits)
    for error in unreadable:
        yield _faulty(Path(str(error.filename)).name, "file-not-readable")
    if not found and not unreadable:
        yield _faulty(folder.name, "folder-without-reports")


def _file_texts(path: Path, name: str, prefix: str, limits: BundleLimits) -> Iterator[BundleText]:
    """The texts of one file; ``prefix`` stands before the names of what an archive holds."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield _faulty(name, "file-not-regular")
            return
        with path.open("rb") as stream:
            if path.suffix.lower() == _ARCHIVE or stream.read(4) == b"PK\x03\x04":
                yield from _archive_texts(stream, name, prefix, limits)
            else:
                stream.seek(0)
                yield from _stream_texts(stream, name, path.suffix.lower(), limits)
    except FileNotFoundError:
        yield _faulty(name, "file-not-found")
    except (OSError, ValueError):
        yield _faulty(name, "file-not-readable")


def _stream_texts(stream: IO[bytes], name: str, suffix: str, limits: BundleLimits) -> Iterator[BundleText]:
    """The one text of a stream, or the text of every line where the suffix or else the first lines say so."""
    head = stream.read(_HEAD_BYTES)
    if suffix == _LINES or (suffix != _WHOLE and _is_bundle_a_line(head)):
        yield from _lines(head, stream, name, limits)
        return
    rest = stream.read(max(0, limits.text + 1 - len(head)))
    if len(head) + len(rest) > limits.text:
        yield _faulty(name, "report-too-large", limit=limits.text // at_most.MEGABYTE)
    elif not (data := head + rest).removeprefix(_BOM).strip(_BLANK):
        yield _faulty(name, "file-empty")
    else:
        yield _text(name, data, 1, 1, limits)


def _text(name: str, data: bytes, ordinal: int, line: int, limits: BundleLimits) -> BundleText:
    """The text, unless it holds too many values."""
    if len(data) > limits.marks and sum(map(data.count, (b",", b"{", b"["))) > limits.marks:
        return BundleText(name, b"", ordinal, line, FileFault("report-too-many-values", file=name))
    return BundleText(name, data, ordinal, line)


def _is_bundle_a_line(head: bytes) -> bool:
    first, _, rest = head.removeprefix(_BOM).lstrip(_BLANK).partition(b"\n")
    return first.startswith(b"{") and first.rstrip(_BLANK).endswith(b"}") and rest.lstrip(_BLANK)[:1] == b"{"


def _lines(head: bytes, stream: IO[bytes], name: str, limits: BundleLimits) -> Iterator[BundleText]:
    """The lines of ``head`` and what follows it; a line over the limit is passed over in pieces and told."""
    ordinal = 0
    for line, (data, is_whole) in enumerate(_split(head, stream, limits.text), 1):
        data = data.removeprefix(_BOM) if line == 1 else data
        if not is_whole:
            ordinal += 1
            fault = FileFault("report-too-large", file=name, limit=limits.text // at_most.MEGABYTE)
            yield BundleText(name, b"", ordinal, line, fault)
        elif data.strip(_BLANK):
            ordinal += 1
            yield _text(name, data.rstrip(b"\r\n"), ordinal, line, limits)
    if not ordinal:
        yield _faulty(name, "file-empty")


def _split(head: bytes, stream: IO[bytes], limit: int) -> Iterator[tuple[bytes, bool]]:
    """Lines, each with whether it is whole; of a longer line than ``limit`` only that it was there."""
    *whole, pending = head.split(b"\n")
    for line in whole:
        yield line, len(line) <= limit
    is_whole = True
    while piece := stream.readline(limit + 1):
        if is_whole and len(pending) + len(piece) <= limit + 1:
            pending += piece
        else:
            is_whole, pending = False, b""
        if piece.endswith(b"\n"):
            yield pending, is_whole
            is_whole, pending = True, b""
    if pending or not is_whole:
        yield pending, is_whole and len(pending) <= limit


def _archive_texts(stream: IO[bytes], name: str, prefix: str, limits: BundleLimits) -> Iterator[BundleText]:
    """The texts in a zip file. Names of its parts are only names: nothing is unpacked to a disk."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        yield _faulty(name, "archive-damaged")
        return
    with archive:
        parts = archive.infolist()
        if fault := _refusal(name, parts, limits):
            yield BundleText(name, fault=fault)
            return
        wanted = [part for part in parts if _is_report(part)]
        for part in sorted(wanted, key=lambda part: part.filename):
            yield from _part_texts(archive, part, prefix + part.filename, limits)
        if not wanted:
            yield _faulty(name, "archive-without-reports")


def _is_report(part: zipfile.ZipInfo) -> bool:
    """Whether a part may be a report; the copies that a Mac lays beside are not."""
    path = Path(part.filename)
    return path.suffix.lower() in {_WHOLE, _LINES} and not part.is_dir() and "__MACOSX" not in path.parts


def _refusal(name: str, parts: list[zipfile.ZipInfo], limits: BundleLimits) -> FileFault | None:
    """Why an archive is not unpacked at all, by what its directory says."""
    if len(parts) > limits.parts:
        return FileFault("file-too-many-parts", file=name, limit=limits.parts)
    if sum(part.file_size for part in parts) > limits.unpacked:
        return FileFault("file-unpacks-too-large", file=name, limit=limits.unpacked // at_most.MEGABYTE)
    for part in parts:
        if part.file_size > limits.ratio_from and part.file_size > limits.ratio * max(part.compress_size, 1):
            return FileFault("file-packed-too-tight", file=name, limit=limits.ratio)
    return None


def _part_texts(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, limits: BundleLimits
) -> Iterator[BundleText]:
    if part.flag_bits & 1:
        yield _faulty(name, "file-protected")
        return
    try:
        with archive.open(part) as stream:
            yield from _stream_texts(stream, name, Path(name).suffix.lower(), limits)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
        yield _faulty(name, "archive-damaged")


def _faulty(name: str, key: str, **facts: object) -> BundleText:
    return BundleText(name, fault=FileFault(key, file=name, **facts))
