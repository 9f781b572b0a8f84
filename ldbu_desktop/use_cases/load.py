"""Load: files of any kind that we read, by their content, into one journal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from itertools import chain, filterfalse, islice
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from ldbu_desktop.account import Account, Amount, NotRead, joined
from ldbu_desktop.bundles.receipt_file import is_receipt
from ldbu_desktop.faults import FileFault
from ldbu_desktop.journal.many_values import without_collector
from ldbu_desktop.journal.model import Journal, Note, Origin, SourceFile
from ldbu_desktop.journal.refusals import sealed
from ldbu_desktop.mapping.exports import ExportReader, Opened
from ldbu_desktop.mapping.merging import merged
from ldbu_desktop.sources.bundle_files import BundleText
from ldbu_desktop.sources.containers import Found, FoundFile, Left, Unread, files_in
from ldbu_desktop.sources.delimited import read_delimited
from ldbu_desktop.sources.guard import reading
from ldbu_desktop.sources.opening import OTHER_WORKBOOKS, Kind
from ldbu_desktop.sources.tables import Row, Table
from ldbu_desktop.sources.workbook import open_workbook
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.work import Cancellation, Progress, Step, no_progress

_TABLES = frozenset((Kind.WORKBOOK, Kind.DELIMITED, *OTHER_WORKBOOKS))
_ROWS_A_STEP = 1000
_PROSE_ENDINGS = frozenset((".txt", ""))
"""What a text beside an export may be called that is no part of it."""


def load(
    paths: Sequence[Path],
    standard: Standard,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Journal:
    """The journal that ``paths`` hold together: workbooks, text files, FHIR bundles, archives and folders of them.

    Text files of the long shape belong together when they are in the same folder. Progress counts rows and bundles.
    A file that can't be read is told in the journal's notes and account, and the others are read. Raises
    :class:`~ldbu_desktop.faults.FileFault` where nothing can be read, and :class:`~ldbu_desktop.faults.Cancelled`.
    """
    loading = _Loading(standard, _Work(progress, cancellation or Cancellation()))
    with without_collector():
        bundles = list(loading.bundles(files_in(paths)))
        journals = [*loading.exports(), *bundles]
        if not journals:
            raise loading.nothing()
        sources = tuple(map(_source, loading.sources.items()))
        return _told(sealed(merged(journals, sources)), loading)


def _source(found: tuple[Path, Kind]) -> SourceFile:
    path, kind = found
    with reading(path.name), path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        return SourceFile(path.name, path.stat().st_size, sha256, kind.value)


def _told(journal: Journal, loading: _Loading) -> Journal:
    """The journal with its files in the account, and a note on each that was not read."""
    notes, left_out = [], []
    for unread in loading.unread:
        code = "file-passed-over" if unread.left is Left.FOREIGN else "file-not-read"
        facts = {name: fact for name, fact in unread.fault.facts.items() if isinstance(fact, str | int)}
        notes.append(Note(code, Origin(unread.name), raw=unread.name, facts={"fault": unread.fault.key, **facts}))
        left_out.append(NotRead(code, Amount(files=1), unread.name))
    files = Account(Amount(files=loading.files + len(left_out)), tuple(left_out))
    return replace(journal, notes=(*journal.notes, *notes), account=joined((journal.account, files)))


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


class _Loading:
    """Reads files as they are found: reports at once, tables when all that lie together are known."""

    def __init__(self, standard: Standard, work: _Work) -> None:
        self._standard, self._work = standard, work
        self._reader = ExportReader(standard)
        self._tables: list[FoundFile] = []
        self.unread: list[Unread] = []
        self.sources: dict[Path, Kind] = {}
        self.files = 0

    def nothing(self) -> FileFault:
        """Why nothing was read: what is wrong with the first file that was named, else with the first at all."""
        return min(self.unread, key=lambda unread: list(Left).index(unread.left)).fault

    def bundles(self, files: Iterator[Found]) -> Iterator[Journal]:
        """The journal of the files that hold FHIR bundles; the others are remembered."""
        reports = self._reports(files)
        first = next(reports, None)
        if first is not None:
            from ldbu_desktop.bundles.read import read_journal
            from ldbu_desktop.sources.bundle_files import texts_of
            from ldbu_desktop.use_cases.verdicts import judge_for

            texts = chain.from_iterable(map(texts_of, chain([first], reports)))
            judge = judge_for(self._standard)
            read = filterfalse(self._is_receipt, texts)
            yield read_journal(read, self._standard, self._work.progress, self._work.cancellation, judge)

    def _is_receipt(self, text: BundleText) -> bool:
        """Whether a text is the receipt of an export, which is told as passed over."""
        found = is_receipt(text.file, text.data)
        if found:
            self.files -= 1
            self.unread.append(Unread(text.file, FileFault("file-is-receipt", file=text.file), Left.FOREIGN))
        return found

    def _reports(self, files: Iterator[Found]) -> Iterator[FoundFile]:
        for found in files:
            self._work.cancellation.check()
            if isinstance(found, Unread):
                self.unread.append(found)
            elif found.kind in _TABLES:
                self._tables.append(found)
            else:
                self._read(found)
                yield found

    def _read(self, found: FoundFile) -> None:
        self.files += 1
        if found.source is not None:
            self.sources[found.source] = found.kind if isinstance(found.content, Path) else Kind.ARCHIVE

    def exports(self) -> Iterator[Journal]:
        """The journals of tables: one a workbook, and one for the text files of each folder."""
        folders: dict[str, list[FoundFile]] = {}
        for found in self._tables:
            if found.kind is Kind.DELIMITED:
                folders.setdefault(found.folder, []).append(found)
            else:
                yield from self._workbook(found)
        for together in folders.values():
            yield from self._texts(together)

    def _workbook(self, found: FoundFile) -> Iterator[Journal]:
        try:
            journal = self._journal(_opened_workbook(found))
        except FileFault as fault:
            self.unread.append(Unread(found.name, fault, found.left))
        else:
            yield from self._known([found], journal)

    def _texts(self, together: list[FoundFile]) -> Iterator[Journal]:
        """What text files hold together; one that can't be read to its end is left out, and the others read again."""
        while together:
            try:
                journal = self._journal(partial(_text_tables, together))
            except FileFault as fault:
                broken = [found for found in together if found.name == fault.facts["file"]]
                self.unread += (Unread(found.name, fault, found.left) for found in broken)
                together = [found for found in together if found not in broken]
            else:
                yield from self._known(together, journal)
                return

    def _journal(self, opened: Opened) -> Journal | None:
        @contextmanager
        def counted() -> Iterator[Sequence[Table]]:
            with opened() as tables:
                for table in tables:
                    table.rows = self._work.counted(table.rows)
                yield tables

        return self._reader.read(counted)

    def _known(self, files: list[FoundFile], journal: Journal | None) -> Iterator[Journal]:
        """``journal``, which is None where no table of the files is known: then each file is told as not read."""
        if journal is not None:
            yield journal
        for found in files:
            if journal is not None:
                self._read(found)
            else:
                is_prose = found.left is Left.WITHIN and PurePosixPath(found.name).suffix.lower() in _PROSE_ENDINGS
                fault = FileFault("file-is-text" if is_prose else "file-no-known-table", file=found.name)
                self.unread.append(Unread(found.name, fault, Left.FOREIGN if is_prose else found.left))


def _opened_workbook(found: FoundFile) -> Opened:
    if found.kind is Kind.WORKBOOK:
        return partial(open_workbook, found.content, found.name)
    from ldbu_desktop.sources.other_workbooks import open_other_workbook

    return partial(open_other_workbook, found.content, found.name, found.kind)


def _text_tables(files: list[FoundFile]) -> AbstractContextManager[Sequence[Table]]:
    return nullcontext([read_delimited(found.content, found.name) for found in files])
