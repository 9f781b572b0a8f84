"""What runs in the sandbox: files are listed, opened and read there, and told in pieces of a bounded size."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sandbox.messages import sendable
from ldbu_desktop.sources import limits
from ldbu_desktop.sources.bundle_files import report_texts, texts_of
from ldbu_desktop.sources.containers import OpenFile
from ldbu_desktop.sources.containers import listed as listed_in
from ldbu_desktop.sources.containers import opened as opened_in
from ldbu_desktop.sources.delimited import read_delimited
from ldbu_desktop.sources.found import BundleText, FileType, FoundFile, Left, OnDisk
from ldbu_desktop.sources.rows import CELLS_TOGETHER, RowGroup, TableRows
from ldbu_desktop.sources.tables import Row, Table
from ldbu_desktop.sources.wire import (
    End,
    Opening,
    Rows,
    Sheet,
    TablesOf,
    Told,
    decode_number,
    decode_opening,
    decode_path,
    decode_tables_of,
    encode,
)
from ldbu_desktop.sources.workbook import open_workbook

Item = TypeVar("Item")
Served = Generator[bytes, bytes, bytes]

PIECE_ITEMS, PIECE_BYTES, PIECE_CELLS = 500, 256 * 1024, CELLS_TOGETHER
"""How much is told at a time: files, bytes of their texts, cells of rows."""


def listed(path: bytes) -> Served:
    """The files of a folder, or the one that a path names, as lists."""
    folder = decode_path(path)
    return (yield from _in_pieces(_no_more(listed_in(folder), sendable(folder.name)), lambda _: 0))


def opened(opening: bytes) -> Served:
    """What a file holds and the texts of its reports, as lists."""
    of = decode_opening(opening)
    return (yield from _in_pieces(_no_more(_told(of), of.file.name), _weight))


def _no_more(items: Iterable[Item], name: str) -> Iterator[Item]:
    """As many as a file or folder may hold. Raises :class:`FileFault` at the first that is too many."""
    for number, item in enumerate(items):
        if number == limits.TEXTS:
            raise FileFault("file-too-many-parts", file=name, limit=limits.TEXTS)
        yield item


def _told(opening: Opening) -> Iterator[Told]:
    for found in opened_in(opening.file):
        if opening.only_reports:
            yield from report_texts(found, opening.limits)
            continue
        if not isinstance(found, OpenFile):
            yield found
            continue
        yield FoundFile(found.name, found.kind, found.folder, found.source, found.left, found.packed, found.is_on_disk)
        if opening.with_texts and found.kind in (FileType.JSON, FileType.NDJSON):
            yield from texts_of(found, opening.limits)


def _weight(told: Told) -> int:
    if isinstance(told, BundleText):
        return len(told.data)
    return len(told.packed or b"") if isinstance(told, FoundFile) else 0


def _in_pieces(items: Iterable[Item], weight: Callable[[Item], int]) -> Served:
    """Lists of few items, or of few bytes; the last may be empty."""
    piece: list[Item] = []
    size = 0
    for item in items:
        if len(piece) >= PIECE_ITEMS or (piece and size + weight(item) > PIECE_BYTES):
            yield encode(piece)
            piece, size = [], 0
        piece.append(item)
        size += weight(item)
    return encode(piece)


# --- tables -----------------------------------------------------------------------------------------------------------


def tables(asked: bytes) -> Served:
    """The tables of a file: first which there are, then the next rows of the one that is asked for by its number."""
    of = decode_tables_of(asked)
    with _opened_tables(of) as found:
        room = _Room(of.name)
        rows = [_batches(table, room) for table in found]
        told = encode(
            [Sheet(one.sheet, one.is_hidden, one.is_1904, one.has_number_cells, one.delimiter) for one in found]
        )
        while True:
            number = decode_number((yield told))
            told = encode(next(rows[number]))
            room.take(text=len(told))


def _opened_tables(of: TablesOf) -> AbstractContextManager[Sequence[Table]]:
    source = of.path if of.packed is None and of.path is not None else of.packed or b""
    kind = of.kind or _kind_at(of)
    if kind in _WITHOUT_TABLES:
        return nullcontext([])
    if kind is FileType.DELIMITED:
        return nullcontext([read_delimited(source, of.name)])
    if kind is FileType.WORKBOOK:
        return open_workbook(source, of.name)
    from ldbu_desktop.sources.other_workbooks import open_other_workbook

    return open_other_workbook(source, of.name, kind)


_WITHOUT_TABLES = frozenset((FileType.JSON, FileType.NDJSON, FileType.ARCHIVE))


def _kind_at(of: TablesOf) -> FileType:
    """The kind of a file on the disk; of one that can't be read, that of what has no tables of its own."""
    found = next(opened_in(OnDisk(of.path, of.name, "", Left.NAMED)), None) if of.path is not None else None
    return found.kind if isinstance(found, OpenFile) and found.is_on_disk else FileType.ARCHIVE


class _Room:
    """How much may yet be read of the tables of a file, all together."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._rows, self._cells, self._text = limits.ROWS, limits.CELLS, limits.TEXT_BYTES

    def take(self, rows: int = 0, cells: int = 0, text: int = 0) -> None:
        """So much was read. Raises :class:`FileFault` where that is too much."""
        self._rows, self._cells, self._text = self._rows - rows, self._cells - cells, self._text - text
        if self._rows < 0:
            raise FileFault("file-too-many-rows", file=self._file, limit=limits.ROWS)
        if self._cells < 0:
            raise FileFault("file-too-many-cells", file=self._file, limit=limits.CELLS)
        if self._text < 0:
            raise FileFault("file-unpacks-too-large", file=self._file, limit=limits.TEXT_BYTES // limits.MEGABYTE)


def _batches(table: Table, room: _Room) -> Iterator[Rows]:
    is_first = True
    for together, rows in _pieces(TableRows.of(table.rows)):
        if together is not None:
            room.take(len(together), len(together) * len(together.columns))
        else:
            room.take(len(rows), sum(len(cells) for _, cells in rows))
        _refuse_remarks(table)
        yield Rows(together, rows, table.merged if is_first else [], bytes_read=table.bytes_read)
        is_first = False
    _refuse_remarks(table)
    account = table.account
    end = End(table.remarks, account.found, list(account.not_read))
    yield Rows(merged=table.merged if is_first else [], end=end)


_Piece = tuple[RowGroup | None, list[Row]]
"""Some rows: together, or one by one."""


def _pieces(rows: TableRows) -> Iterator[_Piece]:
    """The rows as they come together; of those that come one by one as many as a piece holds."""
    left: list[Row] = []
    cells = 0
    for part in rows.parts():
        if isinstance(part, RowGroup):
            if left:
                yield _alike(left)
                left, cells = [], 0
            yield part, []
            continue
        for row in part:
            left.append(row)
            cells += len(row[1])
            if cells >= PIECE_CELLS:
                yield _alike(left)
                left, cells = [], 0
    if left:
        yield _alike(left)


def _alike(rows: list[Row]) -> _Piece:
    """Rows together where they are of one width, else as they are."""
    widths = {len(cells) for _, cells in rows}
    return (RowGroup.of(rows), []) if len(widths) == 1 and 0 not in widths else (None, rows)


def _refuse_remarks(table: Table) -> None:
    if len(table.remarks) > limits.REMARKS:
        raise FileFault("file-too-many-remarks", file=table.file, sheet=table.sheet, limit=limits.REMARKS)
