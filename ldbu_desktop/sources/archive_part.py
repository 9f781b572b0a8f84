"""One text of an archive, to be looked at: read in a sandbox, and never a long one."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

import msgspec

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sandbox.sandbox import Sandbox
from ldbu_desktop.sources.containers import DAMAGES

LONGEST = 16 * 1024 * 1024
"""Bytes of the longest text that is read to be looked at."""

NUMBERED = re.compile(r"#(\d+)$")
"""What a check adds to the name of a file or part that holds several reports."""

_LINES = ".ndjson"


@dataclass(frozen=True, slots=True)
class ReportText:
    """A report's text as it stands in its file, from the file's line ``line`` on (from 1)."""

    text: str
    line: int = 1


def text_in_archive(archive: Path, part: str, name: str) -> ReportText:
    """The text of a part of an archive, which the check called ``name``.

    Raises :class:`FileFault` where it is not there, can't be read, or is longer than :data:`LONGEST`.
    """
    asked = msgspec.msgpack.encode(_Part(os.fsencode(archive), part, name, LONGEST))
    size = archive.stat().st_size if archive.is_file() else 0
    with Sandbox() as sandbox:
        told_there = sandbox.begin(f"{__name__}:told", name, size, asked).take()
    return msgspec.msgpack.decode(told_there.data, type=ReportText)


def decoded(data: bytes, line: int, name: str, longest: int | None = None) -> ReportText:
    """The text of a report's bytes. Raises :class:`FileFault` where they are more than ``longest``."""
    longest = LONGEST if longest is None else longest
    if len(data) > longest:
        raise FileFault("file-too-large", file=name, limit=longest // (1024 * 1024))
    return ReportText(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace"), line)


class _Part(NamedTuple):
    """What is asked of a sandbox: a part of an archive, what the check called it, and how long it may be."""

    archive: bytes
    part: str
    name: str
    longest: int


def told(asked: bytes) -> Generator[bytes, bytes, bytes]:
    """The text of a part of an archive: what is run in a sandbox."""
    return msgspec.msgpack.encode(_unpacked(msgspec.msgpack.decode(asked, type=_Part)))
    yield b""


def _unpacked(of: _Part) -> ReportText:
    part = of.part
    try:
        with zipfile.ZipFile(os.fsdecode(of.archive)) as archive:
            is_there = part in archive.namelist()
            number = None if is_there else NUMBERED.search(part)
            with archive.open(part if is_there else NUMBERED.sub("", part)) as stream:
                if not part.removesuffix(number[0] if number else "").endswith(_LINES):
                    return decoded(stream.read(of.longest + 1), 1, of.name, of.longest)
                return _line_of(stream, int(number[1]) if number else 1, of)
    except (KeyError, FileNotFoundError):
        raise FileFault("file-not-found", file=of.name) from None
    except DAMAGES:
        raise FileFault("file-damaged", file=of.name) from None


def _line_of(stream: IO[bytes], ordinal: int, of: _Part) -> ReportText:
    """The line that holds the report with this number; empty lines have none."""
    seen, number, is_begun = 0, 1, False
    while piece := stream.readline(of.longest + 1):
        is_whole = piece.endswith(b"\n")
        if not is_begun and piece.strip():
            seen += 1
            if seen == ordinal:
                return decoded(piece.rstrip(b"\r\n"), number, of.name, of.longest)
        is_begun = not is_whole
        number += is_whole
    raise FileFault("file-not-found", file=of.name)
