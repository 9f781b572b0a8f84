"""Exports as files: those that hold tables, each workbook by itself and the text files of a folder together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import PurePosixPath
from typing import Protocol

from msgspec.structs import replace

from ldbu_desktop.account import Amount
from ldbu_desktop.faults import FileFault
from ldbu_desktop.journal.model import NO_COLUMN, Journal, Note, Origin
from ldbu_desktop.mapping.exports import ExportReader, ForeignExportError, Opened
from ldbu_desktop.mapping.files_read import FilesRead
from ldbu_desktop.mapping.links import Proposal
from ldbu_desktop.sources.found import OTHER_WORKBOOKS, FileType, FoundFile, Left, Unread
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.sources.rows import Part, TableRows, rows_or_groups
from ldbu_desktop.sources.tables import Row, Table
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.work import Cancellation, GoesOn, Progress, Step

TABLES = frozenset((FileType.WORKBOOK, FileType.DELIMITED, *OTHER_WORKBOOKS))
"""The kinds of file that hold tables."""

STOPPED = "file-reading-stopped"

ROWS_A_STEP = 1000
"""Rows after which it is told how far the reading is, and asked whether it goes on."""
_PROSE_ENDINGS = frozenset((".txt", ""))
"""What a text beside an export may be called that is no part of it."""


class LinksOf(Protocol):
    """Who says what foreign tables are taken for, when asked: once for all files that are read together."""

    def __call__(self, opened: Opened) -> Proposal:
        """What the tables are taken for together, with what was decided about them."""
        ...


class ExportFiles:
    """The files that hold tables, read when all that lie together are known. Progress counts rows.

    ``links_of`` is asked about files that are none of ours, or about all where ``is_asked_first``; without it, files
    that are not ours are told as not known. A table that ``goes_on`` reads no further ends there, which is told; its
    first rows are always read.
    """

    def __init__(
        self,
        standard: Standard,
        reader: Reader,
        files: FilesRead,
        progress: Progress,
        cancellation: Cancellation,
        links_of: LinksOf | None = None,
        goes_on: GoesOn | None = None,
        *,
        is_asked_first: bool = False,
    ) -> None:
        self._exports = ExportReader(standard)
        self._reader = reader
        self._files = files
        self._progress, self._cancellation = progress, cancellation
        self._links_of, self._is_asked_first = links_of, is_asked_first
        self._rows = 0
        self._goes_on = goes_on
        self._stopped: dict[tuple[str, str], int] = {}
        self._ends: dict[tuple[str, str], int] = {}
        self._found: list[FoundFile] = []
        self._foreign: list[FoundFile] = []

    def add(self, found: FoundFile) -> None:
        """A file that was found."""
        self._found.append(found)

    def journals(self) -> Iterator[Journal]:
        """The journals of the files: one a workbook, one for the text files of each folder, one of all foreign files.

        Raises :class:`~ldbu_desktop.faults.Cancelled` when asked to stop.
        """
        if self._is_asked_first:
            yield from self._read(self._found, self._linked)
            return
        folders: dict[str, list[FoundFile]] = {}
        for found in self._found:
            if found.kind is FileType.DELIMITED:
                folders.setdefault(found.folder, []).append(found)
            else:
                yield from self._read([found], self._own)
        for together in folders.values():
            yield from self._read(together, self._own)
        yield from self._read(self._foreign, self._linked)

    def _read(self, together: list[FoundFile], read: Callable[[Opened], Journal | None]) -> Iterator[Journal]:
        """What files hold together; one that can't be read to its end is left out, and the others read again."""
        while together:
            try:
                journal = read(partial(self._opened, together))
            except ForeignExportError:
                self._foreign += together
                return
            except FileFault as fault:
                broken = [found for found in together if found.name == fault.facts["file"]]
                for found in broken:
                    self._files.left(Unread(found.name, fault, found.left))
                together = [found for found in together if found not in broken]
            else:
                yield from self._known(together, journal)
                return

    def _own(self, opened: Opened) -> Journal | None:
        return self._exports.read(opened, is_ours=self._links_of is None)

    def _linked(self, opened: Opened) -> Journal | None:
        with self._reader.keeping():
            proposal = self._links_of(opened) if self._links_of is not None else None
        return self._exports.read(opened, proposal if proposal is not None and proposal.tables else None)

    @contextmanager
    def _opened(self, together: Sequence[FoundFile]) -> Iterator[Sequence[Table]]:
        with ExitStack() as stack:
            tables = [table for found in together for table in stack.enter_context(self._reader.tables(found))]
            size = _text_size(together)
            for table in tables:
                rows = table.rows if self._goes_on is None else self._as_far(table, table.rows, self._goes_on)
                table.rows = TableRows(self._counted(TableRows.of(rows), tables, size))
            yield tables

    def _counted(self, rows: TableRows, tables: Sequence[Table], size: int) -> Iterator[Part]:
        for step in rows_or_groups(rows, ROWS_A_STEP):
            self._rows += len(step)
            share = min(1.0, sum(table.bytes_read for table in tables) / size) if size else None
            self._progress(Step(self._rows, None, "row", share))
            self._cancellation.check()
            yield step

    def _as_far(self, table: Table, rows: Iterator[Row], goes_on: GoesOn) -> Iterator[Row]:
        """The rows up to where the table is read no further, which is the same each time that it is read."""
        at = table.file, table.sheet
        end = self._ends.get(at) if self._stopped else None
        read = Amount()
        while step := list(islice(rows, ROWS_A_STEP)):
            if read.rows and (read.rows == end if end is not None else not goes_on(read.rows)):
                self._ends[at] = self._stopped[at] = read.rows
                table.count_all(read)
                return
            read = read.plus(Amount(rows=len(step), cells=sum(len(cells) - cells.count("") for _, cells in step)))
            yield from step
        self._ends[at] = read.rows

    def _with_stops(self, journal: Journal) -> Journal:
        """The journal with a note on each table that was not read to its end; nobody knows how much more it holds."""
        stops = [
            Note(STOPPED, Origin(file, sheet, rows), NO_COLUMN, sheet, {"file": file, "rows": rows})
            for (file, sheet), rows in self._stopped.items()
        ]
        self._stopped.clear()
        if not stops:
            return journal
        account = replace(journal.account, is_whole=False)
        return replace(journal, notes=(*stops, *journal.notes), account=account)

    def _known(self, files: list[FoundFile], journal: Journal | None) -> Iterator[Journal]:
        """``journal``, which is None where no table of the files is known: then each file is told as not read."""
        if journal is not None:
            yield self._with_stops(journal)
        for found in files:
            if journal is not None:
                self._files.read(found)
            else:
                is_prose = found.left is Left.WITHIN and PurePosixPath(found.name).suffix.lower() in _PROSE_ENDINGS
                fault = FileFault("file-is-text" if is_prose else "file-no-known-table", file=found.name)
                self._files.left(Unread(found.name, fault, Left.FOREIGN if is_prose else found.left))


def _text_size(files: Sequence[FoundFile]) -> int:
    """Bytes of files that are all text, whose rows come as they are read; none where one is another."""
    if any(found.kind is not FileType.DELIMITED for found in files):
        return 0
    with suppress(OSError):
        return sum(
            len(found.packed) if found.packed is not None else found.source.stat().st_size if found.source else 0
            for found in files
        )
    return 0
