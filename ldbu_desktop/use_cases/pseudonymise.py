"""Pseudonymise: files written anew without anybody in them, and what is found in them before and after."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from io import BytesIO
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Final

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.parcels import Staging, is_empty, staging
from ldbu_desktop.bundles.receipt_file import is_receipt
from ldbu_desktop.faults import CallFault, FileFault
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.json_text import parse
from ldbu_desktop.mapping.columns import header_key
from ldbu_desktop.mapping.export_files import TABLES
from ldbu_desktop.mapping.exports import OWN_SHEETS, ExportReader, ForeignExportError
from ldbu_desktop.mapping.links import Proposal, State
from ldbu_desktop.pseudonyms.cells import Sheet
from ldbu_desktop.pseudonyms.families import Families
from ldbu_desktop.pseudonyms.known_words import KnownWords
from ldbu_desktop.pseudonyms.layouts import linked_layouts, own_layouts
from ldbu_desktop.pseudonyms.model import Choices, EmptiedColumn, Pseudonymised
from ldbu_desktop.pseudonyms.people import People
from ldbu_desktop.pseudonyms.reports import ReportWriter, families_in
from ldbu_desktop.pseudonyms.secret import LENGTH, Secret
from ldbu_desktop.pseudonyms.tables_out import WorkbookWriter, encoded, text_of, types_of
from ldbu_desktop.sources.found import BundleText, FileType, FoundFile, Unread
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.map import propose
from ldbu_desktop.use_cases.map_links import links_by
from ldbu_desktop.use_cases.map_save import with_remembered
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.whole_files import is_there
from ldbu_desktop.work import Cancellation, Progress, no_progress

AS_USUAL: Final = Choices()

Told = tuple[str, str, int, int, str]
"""What a finding is and where: its code, the file it is written to, row or line, column, path."""


def secret_for(path: Path | None, passphrase: str) -> bytes:
    """A new secret, or that of the key file ``path``; where that is not there, the new one is kept in it.

    Raises as :func:`~ldbu_desktop.casefile.secret_file.keep_secret` and ``kept_secret`` do.
    """
    from ldbu_desktop.casefile.secret_file import keep_secret, kept_secret

    if path is not None and is_there(path):
        return kept_secret(path, passphrase)
    secret = secrets.token_bytes(LENGTH)
    if path is not None:
        keep_secret(path, passphrase, secret)
    return secret


def pseudonymise(
    paths: Sequence[Path],
    folder: Path,
    standard: Standard,
    secret: bytes,
    today: date,
    maps: Sequence[Path] = (),
    keep: Sequence[str] = (),
    choices: Choices = AS_USUAL,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Pseudonymised:
    """Write the files of ``paths`` to the new or empty ``folder`` without anybody in them, and compare what is found.

    Raises :class:`CallFault` where the folder holds something, :class:`FileFault` where nothing can be read, and
    :class:`~ldbu_desktop.faults.OutputFault` where it can't be written.
    """
    cancellation = cancellation or Cancellation()
    _must_be_empty(folder)
    with Reader() as reader:
        work = _Files(reader, paths, standard, maps, keep, progress, cancellation)
        people = People(Secret(secret), work.families, choices, today)
        work.look_through(people)
        if not work.tables and not work.texts:
            raise work.told.not_read[0] if work.told.not_read else FileFault("file-no-known-table", file=paths[0].name)
        with staging(folder) as staged:
            names = work.write(people, folder, staged)
            staged.put()
    told = work.told
    told.months_left = people.months_left
    before = _found(paths, standard, today, maps, cancellation, names)
    after = _found([folder], standard, today, maps, cancellation, {})
    told.findings = before.total()
    told.came = _codes(after - before)
    told.went = _codes(before - after)
    return told


def _codes(found: Counter[Told]) -> Counter[str]:
    codes: Counter[str] = Counter()
    for (code, *_), number in found.items():
        codes[code] += number
    return codes


def _must_be_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or not is_empty(folder)):
        raise CallFault("pseudonymise-folder-not-empty", folder=folder.name)


def _found(
    paths: Sequence[Path],
    standard: Standard,
    today: date,
    maps: Sequence[Path],
    cancellation: Cancellation,
    names: dict[str, str],
) -> Counter[Told]:
    """What is found in files, each finding with its place; ``names`` says what a file is called afterwards."""
    try:
        journal = load(paths, standard, no_progress, cancellation, links_by(maps, standard) if maps else None)
    except FileFault as fault:
        return Counter([(fault.key, "", 0, 0, "")])
    findings = validate(journal, standard, today, no_progress, cancellation)
    return Counter(_told(one, names) for one in findings.all)


def _told(finding: Finding, names: dict[str, str]) -> Told:
    origin = finding.location.origin
    column = finding.location.column if origin.row else 0
    return finding.code, names.get(origin.file, origin.file), origin.row, column, origin.path


class _Files:
    """The files of one call, looked through before anything is written."""

    def __init__(
        self,
        reader: Reader,
        paths: Sequence[Path],
        standard: Standard,
        maps: Sequence[Path],
        keep: Sequence[str],
        progress: Progress,
        cancellation: Cancellation,
    ) -> None:
        self._reader, self._standard, self._keep = reader, standard, keep
        self._progress, self._cancellation = progress, cancellation
        self.families = Families()
        self.told = Pseudonymised()
        self.tables: list[FoundFile] = []
        self.texts: dict[str, list[BundleText]] = {}
        self._kinds: dict[str, FileType] = {}
        for one in reader.contents(paths):
            self._take(one)
        self._proposal = self._proposed(paths, maps) if self.tables else Proposal((), (), ())
        decided = [
            link for link in self._proposal.links if link.approval is not None and link.state is not State.LEFT_OUT
        ]
        self._words = KnownWords([*(getattr(one, "header", getattr(one, "value", "")) for one in decided), *keep])
        self._sheets: dict[tuple[str, str], Sheet] = {}

    def _take(self, one: FoundFile | BundleText | Unread) -> None:
        if isinstance(one, Unread):
            self.told.not_read.append(one.fault)
        elif isinstance(one, FoundFile):
            self._kinds[one.name] = one.kind
            if one.kind in TABLES:
                self.tables.append(one)
        elif one.fault is not None:
            self.told.not_read.append(one.fault)
        elif not is_receipt(one.file, one.data):
            self.texts.setdefault(one.file, []).append(one)

    def _proposed(self, paths: Sequence[Path], maps: Sequence[Path]) -> Proposal:
        from ldbu_desktop.mapping.maps.loader import read_map
        from ldbu_desktop.mapping.maps.recall import recalled

        try:
            found = propose(paths, self._standard, date.today(), self._progress, self._cancellation)
        except FileFault:  # told of each file when it is looked through
            return Proposal((), (), ())
        return recalled(found, tuple(map(read_map, maps))) if maps else with_remembered(found)

    def look_through(self, people: People) -> None:
        """Find out who belongs together; files of which a table can't be read are told and left."""
        readable = []
        for found in self.tables:
            try:
                self._lay_out(found)
                with self._reader.tables(found) as tables:
                    for table in tables:
                        self._cancellation.check()
                        self._sheet(found, table).look_through(table.rows, self.families, people)
            except FileFault as fault:
                self.told.not_read.append(fault)
            else:
                readable.append(found)
        self.tables = readable
        system = self._standard.header.systems["cpr"]
        for texts in self.texts.values():
            for text in texts:
                self._cancellation.check()
                families_in(parse(text.data).value, self.families, system)

    def _lay_out(self, found: FoundFile) -> None:
        """Find the tables of a file, as they are read: in our own shapes where it has those, else by the links."""
        exports = ExportReader(self._standard)
        try:
            is_ours = exports.read(partial(self._opened, found), is_ours=False) is not None
        except ForeignExportError:
            is_ours = False
        with self._reader.tables(found) as tables:
            for table in tables:
                at = (found.name, table.sheet)
                if is_ours:
                    layouts = own_layouts(table, exports)
                else:
                    layouts = linked_layouts(*at, self._proposal, self._standard)
                is_in_map = any((used.table.file, used.table.sheet) == at for used in self._proposal.maps)
                self._sheets[at] = Sheet(layouts, self._words, self._keep, is_in_map=is_in_map)

    @contextmanager
    def _opened(self, found: FoundFile) -> Iterator[Sequence[Table]]:
        with self._reader.tables(found) as tables:
            yield tables

    def _sheet(self, found: FoundFile, table: Table) -> Sheet:
        return self._sheets[found.name, table.sheet]

    def write(self, people: People, folder: Path, staged: Staging) -> dict[str, str]:
        """Write all files aside, for ``folder``; what each is called now, by what it was called."""
        names: dict[str, str] = {}
        numbers = count(1)
        for found in self.tables:
            try:
                name, content = self._table(found, people, next(numbers), set(names.values()))
            except FileFault as fault:
                self.told.not_read.append(fault)
            else:
                names[found.name] = name
                staged.write(name, content)
        writer = ReportWriter(self._words, people, self._standard)
        width = len(str(len(self.texts)))
        for number, (file, texts) in enumerate(self.texts.items(), 1):
            self._cancellation.check()
            is_lines = self._kinds.get(file) is FileType.NDJSON
            name = f"rapport-{number:0{width}}{'.ndjson' if is_lines else '.json'}"
            lines = [line for text in texts if (line := self._line(text, writer, is_pretty=not is_lines))]
            if lines:
                staged.write(name, b"\n".join(lines) + b"\n")
                names[file] = name
        self.told.written += (folder / name for name in names.values())
        return names

    def _line(self, text: BundleText, writer: ReportWriter, *, is_pretty: bool) -> bytes:
        """A report written anew; nothing where it can't be understood."""
        value = parse(text.data).value
        if not isinstance(value, dict) or not isinstance(value.get("resourceType"), str):
            self.told.not_read.append(FileFault("pseudonymise-not-report", file=text.file))
            return b""
        return json_text(writer.written(value), is_pretty=is_pretty)

    def _table(self, found: FoundFile, people: People, number: int, taken: Container[str]) -> tuple[str, bytes]:
        """The name and content of a file of tables now."""
        with self._reader.tables(found) as tables:
            if found.kind is FileType.DELIMITED:
                stem = PurePosixPath(found.name).stem
                is_word = self._words.is_header(stem) and f"{stem}.csv" not in taken
                name = f"{stem if is_word else f'eksport-{number}'}.csv"
                (table,) = tables
                text = text_of(self._sheet(found, table).rows(table.rows, people), table.delimiter)
                self._note_emptied(name, "", self._sheet(found, table))
                return name, encoded(text, _content(found))
            name = f"eksport-{number}.xlsx"
            self.told.converted += found.kind is not FileType.WORKBOOK
            book = WorkbookWriter(is_1904=any(table.is_1904 for table in tables))
            numbers = count(1)
            has_sheets = False
            for table in tables:
                if table.is_hidden or header_key(table.sheet) in OWN_SHEETS:
                    self.told.dropped += 1
                    continue
                sheet = self._sheet(found, table)
                at = next(numbers)
                title = table.sheet if sheet.is_in_map or self._words.is_header(table.sheet) else f"Ark {at}"
                types = types_of(_workbook(found), table.sheet) if found.kind is FileType.WORKBOOK else None
                book.add(title, sheet.rows(table.rows, people), types)
                self._note_emptied(name, title, sheet)
                has_sheets = True
            if not has_sheets:
                book.add("Ark 1", iter(()), None)
            made = BytesIO()
            book.save(made)
            return name, made.getvalue()

    def _note_emptied(self, file: str, title: str, sheet: Sheet) -> None:
        for column, cells in sheet.emptied.items():
            self.told.emptied[EmptiedColumn(file, title, column)] += cells


def _workbook(found: FoundFile) -> Path | BytesIO:
    if found.packed is not None or found.source is None:
        return BytesIO(found.packed or b"")
    return found.source


def _content(found: FoundFile) -> BytesIO:
    content = _workbook(found)
    return content if isinstance(content, BytesIO) else BytesIO(content.read_bytes())
