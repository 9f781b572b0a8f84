"""The reader of files: whoever wants something of them asks it, and it has them read in a sandbox.

What is found comes as it is found, and rows as they are taken, so that no memory grows with the file. A file at which
the sandbox ends is told as a fault of that file, and the others are read.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG
from types import TracebackType
from typing import NamedTuple, Self

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sandbox.messages import Reply, sendable
from ldbu_desktop.sandbox.sandbox import Sandbox, Stream, make_ready
from ldbu_desktop.sources.coming_rows import ComingRows, KeptRows, Room, parts_of, value_of
from ldbu_desktop.sources.found import (
    STANDARD_INPUT,
    USUAL_LIMITS,
    BundleLimits,
    BundleText,
    FileType,
    Found,
    FoundFile,
    Left,
    OnDisk,
    Unread,
)
from ldbu_desktop.sources.rows import TableRows
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.sources.wire import (
    LISTED,
    OPENED,
    TABLES,
    Listed,
    Opening,
    Rows,
    Sheet,
    TablesOf,
    Told,
    decode_listed,
    decode_sheets,
    decode_told,
    encode,
)

_AHEAD = 24
"""Files that are asked for before they are needed: fewer than their requests fill a pipe with."""


class _Ahead:
    """A file that was asked for before there was a reader: what it holds, and its tables, if it is one that has any."""

    def __init__(self, path: Path) -> None:
        file = OnDisk(path, sendable(path.name), "", Left.NAMED)
        self.sandbox = Sandbox()
        self._path, self._state = path, _state(path)
        self._opening = encode(Opening(file, *Asked(with_texts=True)))
        size = _size(path)
        self._opened: Stream | None = self.sandbox.begin(OPENED, file.name, size, self._opening)
        self._tables: Stream | None = self.sandbox.begin(
            TABLES, file.name, size, encode(TablesOf(file.name, None, path, None))
        )

    @property
    def is_current(self) -> bool:
        """Whether the file is as it was when it was asked for."""
        return _state(self._path) == self._state

    def opened(self, opening: bytes) -> Stream | None:
        """What tells the file, once and where it was asked for in the same way."""
        stream, self._opened = self._opened, None
        return stream if opening == self._opening else None

    def tables(self, found: FoundFile) -> tuple[Stream, list[Sheet]] | None:
        """What tells the tables of a file, once and where it is the one that has them, and which these are.

        Raises :class:`FileFault` as :meth:`Reader.tables` does.
        """
        if found.packed is not None or found.source != self._path or self._tables is None:
            return None
        stream, self._tables = self._tables, None
        sheets = value_of(decode_sheets, stream.take(), found.name)
        return (stream, sheets) if sheets else None


_ahead: list[_Ahead] = []


def read_ahead(path: Path | str) -> None:
    """Have a file be opened that the next reader will read the tables of: the program goes on meanwhile.

    A folder, standard input, and what is no file are not: they are left to the reader.
    """
    while _ahead:
        _ahead.pop().sandbox.end()
    if str(path) != STANDARD_INPUT and _state(Path(path)) is not None:
        _ahead.append(_Ahead(Path(path)))


class Reader:
    """One use of files, for as long as its ``with`` lasts."""

    def __init__(self) -> None:
        self._kept: dict[FoundFile, KeptRows] = {}
        self._room, self._is_keeping = Room(), False
        self._ahead = _ahead.pop() if _ahead else None
        if self._ahead is not None and not self._ahead.is_current:
            self._ahead.sandbox.end()
            self._ahead = None
        if self._ahead is not None:
            self._sandbox = self._ahead.sandbox
        else:
            make_ready()
            self._sandbox = Sandbox()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._sandbox.end()

    def files(self, paths: Iterable[Path | str]) -> Iterator[Found]:
        """The files that ``paths`` name, and those within folders and archives, in the order of their names.

        ``-`` is standard input. Raises nothing for what is wrong with a file.
        """
        yield from (told for _, told in self._told(paths, Asked(), 1) if not isinstance(told, BundleText))

    def contents(self, paths: Iterable[Path | str]) -> Iterator[Told]:
        """The files as :meth:`files` gives them, each one of JSON followed by its texts."""
        for _, told in self._told(paths, Asked(with_texts=True), _AHEAD):
            yield told

    def texts(self, paths: Iterable[Path | str], limits: BundleLimits = USUAL_LIMITS) -> Iterator[BundleText]:
        """The texts of ``.json``, ``.ndjson`` and ``.zip`` files, of folders and what they hold, and of ``-``.

        What can't be read is a text with a ``fault``, and the rest is read; files of other kinds in a folder or archive
        are such texts too, one each. One that is named itself is read as what its content says. Raises nothing.
        """
        given = _once(paths)
        at, has_report = 0, False
        for number, told in self._told(given, Asked(only_reports=True, limits=limits), _AHEAD):
            if number > at:
                yield from _without_reports(given[at:number], has_report=has_report)
                at, has_report = number, False
            text = BundleText(told.name, fault=told.fault, left=told.left) if isinstance(told, Unread) else told
            if isinstance(text, BundleText):
                has_report = has_report or text.left is not Left.FOREIGN
                yield text
        yield from _without_reports(given[at:], has_report=has_report)

    # --- what paths name

    def _told(self, paths: Iterable[Path | str], asked: Asked, ahead: int) -> Iterator[tuple[int, Told]]:
        """What is in the files, with the number of the path that names them; some files are asked for beforehand."""
        listed = self._listed(paths)
        waiting: deque[tuple[int, Told | _Opened]] = deque()
        is_listed = False
        while waiting or not is_listed:
            while not is_listed and len(waiting) < ahead:
                number, one = next(listed, (-1, None))
                is_listed = number < 0
                if isinstance(one, OnDisk):
                    waiting.append((number, _Opened(self._sandbox, one, asked, self._ahead)))
                elif one is not None:
                    waiting.append((number, one))
            if not waiting:
                return
            number, first = waiting.popleft()
            if isinstance(first, _Opened):
                for told in first:
                    yield number, told
            else:
                yield number, first
                if isinstance(first, FoundFile) and (asked.with_texts or asked.only_reports):
                    for text in _standard_input(asked.limits):
                        yield number, text

    def _listed(self, paths: Iterable[Path | str]) -> Iterator[tuple[int, Listed | FoundFile]]:
        for number, given in enumerate(_once(paths)):
            path = Path(given)
            if str(given) == STANDARD_INPUT:
                yield number, FoundFile(STANDARD_INPUT, FileType.JSON, "", None, Left.NAMED, is_on_disk=False)
            elif _is_folder(path):
                for listed in self._in_folder(path):
                    yield number, listed
            else:
                yield number, OnDisk(path, sendable(path.name), "", Left.NAMED)

    def _in_folder(self, folder: Path) -> list[Listed]:
        name = sendable(folder.name)
        found: list[Listed] = []
        pieces = _Pieces(self._sandbox, LISTED, name, 0, encode(folder))
        try:
            for piece in pieces:
                found += value_of(decode_listed, piece, name)
        except FileFault as fault:
            found.append(Unread(name, fault, Left.NAMED))
        return found

    # --- tables

    @contextmanager
    def tables(self, found: FoundFile) -> Iterator[list[Table]]:
        """The tables of a file: the sheets of a workbook, or the one of a text file. Rows can be taken within.

        Raises :class:`FileFault`, at once or with the rows.
        """
        if found in self._kept:
            kept = self._kept[found]
            yield _tables(found.name, kept.sheets, kept.pieces)
            return
        stream, sheets = (self._ahead.tables(found) if self._ahead is not None else None) or self._sheets(found)
        told = KeptRows(sheets, self._room) if self._is_keeping else None
        try:
            yield _tables(found.name, sheets, ComingRows(stream, told).pieces)
        finally:
            stream.close()
        if told is not None and told.is_whole:
            self._kept[found] = told

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """What is told within of tables is kept for who takes their rows again, where it is little."""
        self._is_keeping = True
        try:
            yield
        finally:
            self._is_keeping = False

    def _sheets(self, found: FoundFile) -> tuple[Stream, list[Sheet]]:
        of = TablesOf(found.name, found.kind, found.source, found.packed)
        size = _size(found.source) if found.packed is None and found.source is not None else len(found.packed or b"")
        stream = self._sandbox.begin(TABLES, found.name, size, encode(of))
        return stream, value_of(decode_sheets, stream.take(), found.name)


def _tables(file: str, sheets: Iterable[Sheet], pieces: Callable[[int], Iterable[Rows]]) -> list[Table]:
    tables = []
    for number, sheet in enumerate(sheets):
        table = Table(
            file,
            sheet.name,
            iter(()),
            is_hidden=sheet.is_hidden,
            is_1904=sheet.is_1904,
            has_number_cells=sheet.has_number_cells,
            delimiter=sheet.delimiter,
        )
        table.rows = TableRows(parts_of(pieces(number), table))
        tables.append(table)
    return tables


class Asked(NamedTuple):
    """What is asked for of files: see :class:`~ldbu_desktop.sources.wire.Opening`."""

    with_texts: bool = False
    only_reports: bool = False
    limits: BundleLimits = USUAL_LIMITS


class _Pieces:
    """The pieces that a function tells, from the beginning again where the sandbox ended at something else."""

    def __init__(
        self, sandbox: Sandbox, call: str, name: str, size: int, data: bytes, begun: Stream | None = None
    ) -> None:
        self._sandbox, self._name = sandbox, name
        self._begin: Callable[[], Stream] = lambda: sandbox.begin(call, name, size, data)
        self._stream = begun or self._begin()

    def __iter__(self) -> Iterator[Reply]:
        told = skipped = 0
        while True:
            try:
                piece = self._stream.take()
            except FileFault:
                if not self._stream.is_lost:
                    raise
                self._stream, skipped = self._begin(), 0
                continue
            skipped += 1
            if not piece.is_last:
                self._stream.ask()
            if skipped > told:
                told = skipped
                yield piece
            if piece.is_last:
                return


class _Opened:
    """A file that is opened, and what is told of it; a fault where the sandbox ends at it."""

    def __init__(self, sandbox: Sandbox, file: OnDisk, asked: Asked, ahead: _Ahead | None) -> None:
        self._file = file
        opening = encode(Opening(file, *asked))
        begun = ahead.opened(opening) if ahead is not None else None
        self._pieces = _Pieces(sandbox, OPENED, file.name, _size(file.path), opening, begun)

    def __iter__(self) -> Iterator[Told]:
        try:
            for piece in self._pieces:
                yield from value_of(decode_told, piece, self._file.name)
        except FileFault as fault:
            yield Unread(self._file.name, fault, self._file.left)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _state(path: Path) -> tuple[int, int] | None:
    """What tells that a file was not written since; None for what is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_mtime_ns, status.st_size) if S_ISREG(status.st_mode) else None


def _once(paths: Iterable[Path | str]) -> list[Path | str]:
    """Each path once: what is named twice is there once."""
    once: dict[Path, Path | str] = {}
    for path in paths:
        once.setdefault(Path(path), path)
    return list(once.values())


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _without_reports(paths: list[Path | str], *, has_report: bool) -> Iterator[BundleText]:
    """What is told of paths in which no report was found: all of them, or all but the first."""
    for path in map(Path, paths[has_report:]):
        name = sendable(path.name)
        key = "folder-without-reports" if _is_folder(path) else "archive-without-reports"
        yield BundleText(name, fault=FileFault(key, file=name))


def _standard_input(limits: BundleLimits) -> Iterator[BundleText]:
    """The texts of standard input: only this process has it, and only their ends are looked for."""
    from ldbu_desktop.sources.bundle_files import texts_of
    from ldbu_desktop.sources.containers import OpenFile

    given = OpenFile(
        STANDARD_INPUT, FileType.JSON, "", None, Left.NAMED, is_on_disk=False, opener=lambda: sys.stdin.buffer
    )
    yield from texts_of(given, limits)
