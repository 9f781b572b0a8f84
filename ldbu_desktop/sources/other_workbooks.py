"""Workbooks of other formats (.xls, .xlsb, .ods): read in a process of their own, with limits on memory and time.

They can't be looked through beforehand, and a native reader that asks for more memory than there is ends its process:
here it ends one that does nothing else, and that is a fault of the file. What the reader leaves empty, the cells whose
formula failed, is found beside it in an .ods (``open_document``); in the binary formats it can't be told from an empty
cell, and that it is so is told.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from ldbu_desktop.account import Account
from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources import limits
from ldbu_desktop.sources.guard import reading
from ldbu_desktop.sources.open_document import open_document_parts
from ldbu_desktop.sources.opening import FileType
from ldbu_desktop.sources.sheet_parts import SheetPart
from ldbu_desktop.sources.tables import CellTexts, Remark, Row, Table
from ldbu_desktop.sources.workbook import rows_of

BATCH_ROWS = 2_000


class _Sheet(NamedTuple):
    """A sheet begins: its name and whether it is hidden."""

    name: str
    is_hidden: bool


class _End(NamedTuple):
    """A sheet has been read: what there is to tell of it."""

    remarks: list[Remark]
    account: Account


class _Fault(NamedTuple):
    """The file can't be read: the fault's key and facts, since an exception does not travel whole."""

    key: str
    facts: dict[str, object]


_Told = _Sheet | _End | _Fault | list[Row] | None
"""What the process tells: a sheet, its rows in batches, its end; at last a fault or nothing."""


@contextmanager
def open_other_workbook(source: Path | bytes, file: str, kind: FileType) -> Iterator[list[Table]]:
    """The sheets of a workbook as tables, as :func:`~ldbu_desktop.sources.workbook.open_workbook` gives them.

    Raises :class:`FileFault`, also for a file that takes more than ``limits.READER_BYTES`` of memory or
    ``limits.READER_SECONDS``.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=tell, args=(theirs, source, file, limits.READER_BYTES), daemon=True)
    try:
        with reading(file):
            process.start()
            theirs.close()
            tables = _tables(ours, file, kind)
    finally:
        process.kill()
        process.join()
        ours.close()
    yield tables


def _tables(told: Connection[Any, Any], file: str, kind: FileType) -> list[Table]:
    tables: list[Table] = []
    rows: list[Row] = []
    until = monotonic() + limits.READER_SECONDS
    while True:
        if not told.poll(max(0.0, until - monotonic())):
            raise FileFault("file-reader-slow", file=file, limit=limits.READER_SECONDS)
        try:
            message: _Told = told.recv()
        except EOFError as error:
            raise FileFault("file-reader-ended", file=file) from error
        if message is None:
            return tables
        if isinstance(message, _Fault):
            raise FileFault(message.key, **message.facts)
        if isinstance(message, _Sheet):
            rows = []
            tables.append(Table(file, message.name, iter(rows), is_hidden=message.is_hidden, has_number_cells=True))
        elif isinstance(message, _End):
            table = tables[-1]
            table.rows = iter(rows)
            unseen = [Remark("file-errors-not-seen", 1, facts={"kind": kind.value})]
            table.remarks = [*(unseen if kind is not FileType.OPEN_DOCUMENT else ()), *message.remarks]
            table.not_read = list(message.account.not_read)
            table.count_all(message.account.found)
        else:
            rows += message


# --- in the process ---------------------------------------------------------------------------------------------------


def tell(listener: Connection[Any, Any], source: Path | bytes, file: str, memory: int) -> None:
    """Read a workbook, and tell what it holds; see ``_Told``. Runs in a process of its own, of so many bytes."""
    limit_process(memory)
    try:
        with reading(file, CalamineError, expat.ExpatError):
            for told in _told(source, file):
                listener.send(told)
            listener.send(None)
    except FileFault as fault:
        is_locked = isinstance(fault.__cause__, PasswordError)
        listener.send(_Fault("file-protected" if is_locked else fault.key, fault.facts))


def limit_process(memory: int) -> None:
    """Hold the process to its memory, leave no core of it, and keep what a native reader says from the terminal."""
    with suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)


def _told(source: Path | bytes, file: str) -> Iterator[_Told]:
    content = source if isinstance(source, Path) else BytesIO(source)
    texts = CellTexts()
    parts = open_document_parts(source)
    with CalamineWorkbook.from_object(content) as workbook:
        for position, sheet in enumerate(workbook.sheets_metadata):
            if sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            yield _Sheet(sheet.name, sheet.visible != SheetVisibleEnum.Visible)
            table = Table(file, sheet.name, iter(()), has_number_cells=True)
            batch: list[Row] = []
            part = parts[position] if position < len(parts) else SheetPart()
            for row in rows_of(workbook.get_sheet_by_index(position), table, part, texts):
                batch.append(row)
                if len(batch) == BATCH_ROWS:
                    yield batch
                    batch = []
            yield batch
            yield _End(table.remarks, table.account)
