"""The text of one report that was checked, read again from its file when somebody wants to look at it."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

import msgspec

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sandbox.sandbox import Sandbox
from ldbu_desktop.sources.reader import Reader

LONGEST = 16 * 1024 * 1024
"""Bytes of the longest text that is read to be looked at."""

_NUMBERED = re.compile(r"#(\d+)$")
_LINES = ".ndjson"


@dataclass(frozen=True, slots=True)
class ReportText:
    """A report's text as it stands in its file, from the file's line ``line`` on (from 1)."""

    text: str
    line: int = 1


def report_text(given: Path, name: str) -> ReportText:
    """The text of the report that the check of ``given`` (a file, folder or archive) called ``name``.

    Raises :class:`FileFault` where it is gone, can't be read any more, or is longer than :data:`LONGEST`.
    """
    place, part = _whereabouts(given, name)
    if part:
        return _of_archive(place, part, name)
    number = _NUMBERED.search(name)
    ordinal = int(number[1]) if number and not place.name.endswith(number[0]) else 1
    with Reader() as reader:
        for text in reader.texts([place]):
            if text.ordinal == ordinal:
                if text.fault is not None:
                    raise text.fault
                return _decoded(text.data, text.line, name, LONGEST)
    raise FileFault("file-not-found", file=name)


def _whereabouts(given: Path, name: str) -> tuple[Path, str]:
    """The file that holds a report, and the name of the part within it if it is an archive.

    A part's name is never joined to a path: it may say anything.
    """
    if given.is_file():
        return (given, name) if zipfile.is_zipfile(given) else (given, "")
    for above in reversed(PurePosixPath(name).parents):
        archive = given / above
        if archive.is_file():
            return archive, name.removeprefix(f"{above.as_posix()}/")
    return given / _NUMBERED.sub("", name), ""


class _Part(NamedTuple):
    """What is asked of a sandbox: a part of an archive, what the check called it, and how long it may be."""

    archive: bytes
    part: str
    name: str
    longest: int


def _of_archive(place: Path, part: str, name: str) -> ReportText:
    """The text of a part as a sandbox reads it."""
    asked = msgspec.msgpack.encode(_Part(os.fsencode(place), part, name, LONGEST))
    size = place.stat().st_size if place.is_file() else 0
    with Sandbox() as sandbox:
        told_there = sandbox.begin(f"{__name__}:told", name, size, asked).take()
    return msgspec.msgpack.decode(told_there.data, type=ReportText)


def told(asked: bytes) -> Generator[bytes, bytes, bytes]:
    """The text of a part of an archive: what is run in a sandbox."""
    return msgspec.msgpack.encode(_unpacked(msgspec.msgpack.decode(asked, type=_Part)))
    yield b""


def _unpacked(of: _Part) -> ReportText:
    part = of.part
    try:
        with zipfile.ZipFile(os.fsdecode(of.archive)) as archive:
            is_there = part in archive.namelist()
            number = None if is_there else _NUMBERED.search(part)
            with archive.open(part if is_there else _NUMBERED.sub("", part)) as stream:
                if not part.removesuffix(number[0] if number else "").endswith(_LINES):
                    return _decoded(stream.read(of.longest + 1), 1, of.name, of.longest)
                return _line_of(stream, int(number[1]) if number else 1, of)
    except (KeyError, FileNotFoundError):
        raise FileFault("file-not-found", file=of.name) from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError):
        raise FileFault("file-damaged", file=of.name) from None


def _line_of(stream: IO[bytes], ordinal: int, of: _Part) -> ReportText:
    """The line that holds the report with this number; empty lines have none."""
    seen, number, is_begun = 0, 1, False
    while piece := stream.readline(of.longest + 1):
        is_whole = piece.endswith(b"\n")
        if not is_begun and piece.strip():
            seen += 1
            if seen == ordinal:
                return _decoded(piece.rstrip(b"\r\n"), number, of.name, of.longest)
        is_begun = not is_whole
        number += is_whole
    raise FileFault("file-not-found", file=of.name)


def _decoded(data: bytes, line: int, name: str, longest: int) -> ReportText:
    if len(data) > longest:
        raise FileFault("file-too-large", file=name, limit=longest // (1024 * 1024))
    return ReportText(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace"), line)
