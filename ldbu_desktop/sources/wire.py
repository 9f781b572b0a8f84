"""What travels between a program and where its files are read: values as MessagePack, each read by its type."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec

from ldbu_desktop.account import Amount, NotRead
from ldbu_desktop.faults import FileFault
from ldbu_desktop.sandbox.messages import Facts, sendable_facts
from ldbu_desktop.sources.found import USUAL_LIMITS, BundleLimits, BundleText, FileType, FoundFile, OnDisk, Unread
from ldbu_desktop.sources.rows import RowGroup
from ldbu_desktop.sources.tables import Remark, Row

_SERVED = "ldbu_desktop.sources.served"
LISTED, OPENED, TABLES = f"{_SERVED}:listed", f"{_SERVED}:opened", f"{_SERVED}:tables"
"""The functions that are run where files are read."""


class Opening(msgspec.Struct, frozen=True, array_like=True):
    """How a file on the disk is opened: the texts of its reports are told with it, or ``only_reports``."""

    file: OnDisk
    with_texts: bool = False
    only_reports: bool = False
    limits: BundleLimits = USUAL_LIMITS


class TablesOf(msgspec.Struct, frozen=True, array_like=True):
    """Which file's tables are asked for: what an archive holds of it, else the one at ``path``.

    Where its ``kind`` is not known yet that is found out; a file that holds no tables has none then.
    """

    name: str
    kind: FileType | None
    path: Path | None
    packed: bytes | None


class Sheet(msgspec.Struct, frozen=True, array_like=True):
    """A table begins."""

    name: str
    is_hidden: bool = False
    is_1904: bool = False
    has_number_cells: bool = False
    delimiter: str = ""


class End(msgspec.Struct, frozen=True, array_like=True):
    """A table has been read: what there is to tell of it."""

    remarks: list[Remark]
    found: Amount
    not_read: list[NotRead]


class Rows(msgspec.Struct, frozen=True, array_like=True):
    """The next rows of a table, ``together`` where they are of one width; with the first come the cells that are shown
    as one.

    ``bytes_read`` are those of a text file that are read by now.
    """

    together: RowGroup | None = None
    rows: list[Row] = []
    merged: list[tuple[int, int, int, int]] = []
    end: End | None = None
    bytes_read: int = 0


Told = FoundFile | Unread | BundleText
Listed = OnDisk | Unread


def _encoded(value: object) -> object:
    if isinstance(value, Path):
        return os.fsencode(value)
    if isinstance(value, FileFault):
        return value.key, sendable_facts(value.facts)
    raise TypeError(f"no value that readers tell: {type(value).__name__}")


def _decoded(kind: type, value: Any) -> object:
    if issubclass(kind, Path):
        return Path(os.fsdecode(value))
    key, facts = msgspec.convert(value, tuple[str, Facts])
    return FileFault(key, **facts)


_encoder = msgspec.msgpack.Encoder(enc_hook=_encoded)
encode = _encoder.encode


def _decoder(kind: Any) -> Any:
    return msgspec.msgpack.Decoder(kind, dec_hook=_decoded).decode


decode_path = _decoder(Path)
decode_listed = _decoder(list[Listed])
decode_opening = _decoder(Opening)
decode_told = _decoder(list[Told])
decode_tables_of = _decoder(TablesOf)
decode_sheets = _decoder(list[Sheet])
decode_rows = _decoder(Rows)
decode_number = _decoder(int)
