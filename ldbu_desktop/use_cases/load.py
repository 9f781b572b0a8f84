"""Load: files of any kind that we read, by their content, into one journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from ldbu_desktop.bundles.receipt_file import is_receipt
from ldbu_desktop.faults import FileFault
from ldbu_desktop.journal.many_values import without_collector
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.refusals import sealed
from ldbu_desktop.mapping.export_files import TABLES, ExportFiles, LinksOf
from ldbu_desktop.mapping.files_read import FilesRead
from ldbu_desktop.mapping.merging import merged
from ldbu_desktop.sources.found import BundleText, Unread
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.sources.wire import Told
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.map_links import links_by, remembered_links
from ldbu_desktop.work import Cancellation, GoesOn, Progress, no_progress


def load(
    paths: Sequence[Path],
    standard: Standard,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
    links_of: LinksOf | None = None,
    goes_on: GoesOn | None = None,
    *,
    is_asked_first: bool = False,
    is_glance: bool = False,
) -> Journal:
    """The journal that ``paths`` hold together: workbooks, text files, FHIR bundles, archives and folders of them.

    Text files of the long shape belong together when they are in the same folder, and all tables that are none of our
    shapes belong together: they are read by what ``links_of`` says of them, or else by what is proposed and the maps
    that are remembered; with ``is_asked_first`` no table is taken for ours unless ``links_of`` says so. Progress counts
    rows and bundles.
    Tables are read as far as ``goes_on`` says; of one that is read no further it is told, and nothing is ready.
    A journal that is only a glance has no digests of its files, which would be read to their ends.
    A file that can't be read is told in the journal's notes and account, and the others are read. Raises
    :class:`~ldbu_desktop.faults.FileFault` where nothing can be read, and :class:`~ldbu_desktop.faults.Cancelled`.
    """
    cancellation = cancellation or Cancellation()
    files = FilesRead()
    links_of = links_of or remembered_links(standard)
    with without_collector(), Reader() as reader:
        exports = ExportFiles(
            standard, reader, files, progress, cancellation, links_of, goes_on, is_asked_first=is_asked_first
        )
        texts = _texts(reader.contents(paths), exports, files, cancellation)
        bundles = list(_journal_of(texts, files, standard, progress, cancellation))
        tables = [*exports.journals()]
        journals = [*tables, *bundles]
        if not journals or not (tables or files.has_text):
            raise files.fault
        return files.told_in(sealed(merged(journals, files.sources(with_digests=not is_glance))))


def load_by_maps(
    paths: Sequence[Path],
    maps: Sequence[Path],
    standard: Standard,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Journal:
    """As :func:`load`, foreign tables read by ``maps``, or by those that are remembered where none is named.

    Who names a map has said what such tables are: one that is nearly ours is not taken for ours then. Raises besides
    for a map that can't be read, and where none of its tables is like one of the files'.
    """
    if not maps:
        return load(paths, standard, progress, cancellation)
    return load(paths, standard, progress, cancellation, links_by(maps, standard), is_asked_first=True)


def _texts(
    told: Iterator[Told], exports: ExportFiles, files: FilesRead, cancellation: Cancellation
) -> Iterator[BundleText]:
    """The texts of the files that hold bundles, which are read at once; files with tables are kept for later."""
    for one in told:
        cancellation.check()
        if isinstance(one, BundleText):
            files.had(one)
            yield one
        elif isinstance(one, Unread):
            files.left(one)
        elif one.kind in TABLES:
            exports.add(one)
        else:
            files.read(one)


def _journal_of(
    texts: Iterator[BundleText], files: FilesRead, standard: Standard, progress: Progress, cancellation: Cancellation
) -> Iterator[Journal]:
    """The one journal of the texts of bundles; none where there is no text."""
    first = next(texts, None)
    if first is not None:
        from ldbu_desktop.bundles.read import read_journal
        from ldbu_desktop.bundles.verdicts import judge_for
        from ldbu_desktop.use_cases.engines import engine_for

        judge = judge_for(partial(engine_for, standard))
        all_texts = _without_receipts(chain([first], texts), files)
        yield read_journal(all_texts, standard, progress, cancellation, judge)


def _without_receipts(texts: Iterator[BundleText], files: FilesRead) -> Iterator[BundleText]:
    """The texts but the receipts of exports, which are told as passed over."""
    for text in texts:
        if is_receipt(text.file, text.data):
            files.passed_over(text.file, FileFault("file-is-receipt", file=text.file))
        else:
            yield text
