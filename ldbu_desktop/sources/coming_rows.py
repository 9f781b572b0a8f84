"""The rows of the tables of a file: as they come from where it is read, or once more as they came before.

Who finds out first what the tables are reads them twice. What was told is kept meanwhile where it is little: a million
rows are told in some megabytes, and a workbook takes many times as long to be read as to be told.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import msgspec
from msgspec import Struct

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sandbox.messages import Reply
from ldbu_desktop.sandbox.sandbox import Stream
from ldbu_desktop.sources.limits import MEGABYTE
from ldbu_desktop.sources.rows import Part
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.sources.wire import Rows, Sheet, decode_rows, encode

MOST_KEPT = 32 * MEGABYTE
"""Bytes that are kept of what is told of all files that are read together; of a file for which no room is left none."""

Value = TypeVar("Value")


class Room(Struct):
    """How many bytes may yet be kept."""

    left: int = MOST_KEPT


class KeptRows:
    """What was told of the tables of a file, as long as there is room for it."""

    def __init__(self, sheets: list[Sheet], room: Room) -> None:
        self.sheets = sheets
        self._room, self._has_room = room, True
        self._told: list[list[bytes]] = [[] for _ in sheets]
        self._ended = 0

    def add(self, number: int, told: bytes, *, is_last: bool) -> None:
        """Keep what is told next of one table."""
        self._told[number].append(told)
        self._ended += is_last
        self._room.left -= len(told)
        if self._room.left < 0:
            self._has_room = False
            self._told[number].clear()

    @property
    def is_whole(self) -> bool:
        """Whether all tables were told to their ends, and all of it is kept."""
        return self._has_room and self._ended == len(self.sheets)

    def pieces(self, number: int) -> Iterator[Rows]:
        """What was told of one table."""
        return map(decode_rows, self._told[number])


class ComingRows:
    """The rows of the tables of a file, asked for table by table and one piece ahead; kept where ``kept`` is there."""

    def __init__(self, stream: Stream, kept: KeptRows | None = None) -> None:
        self._stream, self._kept = stream, kept
        self._asked: deque[int] = deque()
        self._come: dict[int, Rows] = {}

    def pieces(self, number: int) -> Iterator[Rows]:
        """What is told of one table."""
        self._ask(number)
        while True:
            piece = self._take(number)
            if piece.end is None:
                self._ask(number)
            yield piece
            if piece.end is not None:
                return

    def _ask(self, number: int) -> None:
        self._asked.append(number)
        self._stream.ask(encode(number))

    def _take(self, number: int) -> Rows:
        while number not in self._come:
            reply, came = self._stream.take(), self._asked.popleft()
            piece = self._come[came] = value_of(decode_rows, reply, self._stream.file)
            if self._kept is not None:
                self._kept.add(came, reply.data, is_last=piece.end is not None)
        return self._come.pop(number)


def parts_of(pieces: Iterable[Rows], table: Table) -> Iterator[Part]:
    """The rows of one table by what is told of it; the rest is told it when they have been taken."""
    is_first = True
    for piece in pieces:
        if is_first:
            table.merged.extend(piece.merged)
            is_first = False
        table.bytes_read = piece.bytes_read or table.bytes_read
        yield piece.together or piece.rows
        if piece.end is not None:
            table.remarks, table.not_read = piece.end.remarks, piece.end.not_read
            table.count_all(piece.end.found)


def value_of(decode: Callable[[bytes], Value], reply: Reply, file: str) -> Value:
    """What a reply says. Raises :class:`FileFault` for one that no reader of ours gives."""
    try:
        return decode(reply.data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FileFault("file-reader-ended", file=file) from error
