"""What is found in files, folders and archives: values that travel to whoever asked for them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import limits as at_most

STANDARD_INPUT = "-"


class FileType(StrEnum):
    """The kinds of file that can be read."""

    WORKBOOK = "xlsx"
    OLD_WORKBOOK = "xls"
    BINARY_WORKBOOK = "xlsb"
    OPEN_DOCUMENT = "ods"
    DELIMITED = "csv"
    JSON = "json"
    NDJSON = "ndjson"
    ARCHIVE = "zip"


OTHER_WORKBOOKS = frozenset((FileType.OLD_WORKBOOK, FileType.BINARY_WORKBOOK, FileType.OPEN_DOCUMENT))
"""Workbooks that can't be looked through before they are read."""


class Left(StrEnum):
    """What a file that is not read is to whoever asked: named, found in a folder or archive, or no data at all."""

    NAMED = "named"
    WITHIN = "within"
    FOREIGN = "foreign"


class Unread(Struct, frozen=True, array_like=True, tag="unread"):
    """A file that is not read: its name within the folder or archive, and why."""

    name: str
    fault: FileFault
    left: Left


class FoundFile(Struct, frozen=True, array_like=True, tag="file"):
    """A file that can be read, by its name within the folder or archive, with ``/`` between folders.

    ``folder`` tells which files lie together, ``source`` is the file on the disk that it is or that holds it (None for
    standard input), and ``left`` what it is to whoever asked if it is not read after all. ``packed`` is what an archive
    holds of a table, None for what lies on the disk itself and for reports.
    """

    name: str
    kind: FileType
    folder: str
    source: Path | None
    left: Left
    packed: bytes | None = None
    is_on_disk: bool = True


Found = FoundFile | Unread


class OnDisk(Struct, frozen=True, array_like=True, tag="disk"):
    """A file on the disk that nobody has looked into; ``prefix`` stands before the names of what it may hold."""

    path: Path
    name: str
    prefix: str
    left: Left


class BundleLimits(Struct, frozen=True, array_like=True):
    """How much of one text is read: its bytes, and the braces, brackets and commas in it."""

    text: int = at_most.BUNDLE_BYTES
    marks: int = at_most.BUNDLE_MARKS


USUAL_LIMITS = BundleLimits()


class BundleText(Struct, frozen=True, array_like=True, tag="text"):
    """One text that should be a bundle. ``file`` is its name within the folder or archive, with ``/`` between folders.

    ``ordinal`` says which text of its file it is and ``line`` where it begins, both from 1: they differ from 1 only in
    a file of one bundle a line. ``fault`` says why there is no ``data``, and ``left`` what that is to whoever asked.
    """

    file: str
    data: bytes = b""
    ordinal: int = 1
    line: int = 1
    fault: FileFault | None = None
    left: Left = Left.NAMED
