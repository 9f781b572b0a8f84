"""Load: files of any kind that we read, by their content, into one journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from itertools import islice
from pathlib import Path

from ldbu_desktop.faults import FileFault
from ldbu_desktop.journal.many_values import without_collector
from ldbu_desktop.journal.model import Journal, SourceFile
from ldbu_desktop.mapping.exports import ExportReader
from ldbu_desktop.mapping.merging import merged
from ldbu_desktop.sources.delimited import read_delimited
from ldbu_desktop.sources.opening import Kind, OpenedFile, open_file
from ldbu_desktop.sources.tables import Row, Table
from ldbu_desktop.sources.workbook import open_workbook
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.work import Cancellation, Progress, Step, no_progress

_ROWS_A_STEP = 1000
_ENDINGS = frozenset((".xlsx", ".xlsm", ".csv", ".txt", ".tsv", ".json", ".ndjson", ".zip"))
"""The files that are read in a folder; a file that is named itself is read whatever its ending."""


def load(
    paths: Sequence[Path],
    standard: Standard,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Journal:
    """The journal that ``paths`` hold together: workbooks, text files, FHIR bundles, archives and folders of them.

    Text files of the long shape belong together when they are in the same folder. Progress counts rows and bundles.
    Raises :class:`~ldbu_desktop.faults.FileFault` for a file that can't be read, and
    :class:`~ldbu_desktop.faults.Cancelled`.
    """
    files = [open_file(path) for path in _files(paths)]
    work = _Work(progress, cancellation or Cancellation())
    with without_collector():
        journals = [*_exports(files, standard, work), *_bundles(files, standard, work)]
        sources = tuple(SourceFile(file.name, file.size, file.sha256, file.kind.value) for file in files)
        return merged(journals, sources)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files that ``paths`` name, those within folders in the order of their names."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        within = sorted(
            found
            for found in path.rglob("*")
            if found.suffix.lower() in _ENDINGS and not found.name.startswith((".", "~$")) and found.is_file()
        )
        if not within:
            raise FileFault("file-folder-empty", file=path.name)
        yield from within


class _Work:
    """Counts rows, tells of them, and stops where it is asked to."""

    def __init__(self, progress: Progress, cancellation: Cancellation) -> None:
        self.progress, self.cancellation = progress, cancellation
        self._rows = 0

    def counted(self, rows: Iterator[Row]) -> Iterator[Row]:
        """``rows``, counted."""
        while step := list(islice(rows, _ROWS_A_STEP)):
            self._rows += len(step)
            self.progress(Step(self._rows, None, "row"))
            self.cancellation.check()
            yield from step


def _exports(files: Sequence[OpenedFile], standard: Standard, work: _Work) -> Iterator[Journal]:
    """The journals of tables: one a workbook, and one for the text files of each folder."""
    reader = ExportReader(standard)
    for file in files:
        if file.kind is Kind.WORKBOOK:
            yield _journal(reader, partial(open_workbook, file.path), file.name, work)
    folders: dict[Path, list[OpenedFile]] = {}
    for file in files:
        if file.kind is Kind.DELIMITED:
            folders.setdefault(file.path.parent, []).append(file)
    for together in folders.values():
        names = ", ".join(file.name for file in together)
        yield _journal(reader, partial(_delimited, together), names, work)


def _delimited(files: Sequence[OpenedFile]) -> AbstractContextManager[list[Table]]:
    return nullcontext([read_delimited(file.path) for file in files])


def _journal(
    reader: ExportReader, opened: Callable[[], AbstractContextManager[list[Table]]], name: str, work: _Work
) -> Journal:
    @contextmanager
    def counted() -> Iterator[list[Table]]:
        with opened() as tables:
            for table in tables:
                table.rows = work.counted(table.rows)
            yield tables

    journal = reader.read(counted)
    if journal is None:
        raise FileFault("file-no-known-table", file=name)
    return journal


def _bundles(files: Sequence[OpenedFile], standard: Standard, work: _Work) -> Iterator[Journal]:
    """The journal of the files that hold FHIR bundles."""
    paths = [file.path for file in files if file.kind in (Kind.JSON, Kind.NDJSON, Kind.ARCHIVE)]
    if paths:
        from ldbu_desktop.bundles.read import read_journal
        from ldbu_desktop.sources.bundle_files import bundle_texts

        yield read_journal(bundle_texts(paths), standard, work.progress, work.cancellation)
