"""Files written anew without anybody in them: looked through first, so that all who belong together are known."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from itertools import count
from pathlib import Path, PurePosixPath

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.parcels import Staging
from ldbu_desktop.bundles.receipt_file import is_receipt
from ldbu_desktop.faults import FileFault
from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.json_text import parse
from ldbu_desktop.mapping.export_files import TABLES
from ldbu_desktop.mapping.exports import ExportReader, ForeignExportError
from ldbu_desktop.mapping.links import Proposal, State, TableShape
from ldbu_desktop.mapping.maps.model import Map
from ldbu_desktop.mapping.maps.writing import ENDING, map_text
from ldbu_desktop.mapping.own_sheets import is_own_sheet
from ldbu_desktop.pseudonyms.cells import Headers, Sheet
from ldbu_desktop.pseudonyms.families import Families
from ldbu_desktop.pseudonyms.headers import HeaderStandIns
from ldbu_desktop.pseudonyms.known_words import KnownWords
from ldbu_desktop.pseudonyms.layouts import linked_layouts, own_layouts
from ldbu_desktop.pseudonyms.maps import MapWriter
from ldbu_desktop.pseudonyms.model import EmptiedColumn, Pseudonymised
from ldbu_desktop.pseudonyms.people import People
from ldbu_desktop.pseudonyms.reports import ReportWriter, families_in
from ldbu_desktop.pseudonyms.secret import Secret
from ldbu_desktop.pseudonyms.stand_ins import StandIns
from ldbu_desktop.pseudonyms.tables_out import Range, WorkbookWriter, encoded, text_of, types_of
from ldbu_desktop.sources.found import BundleText, FileType, FoundFile, Unread
from ldbu_desktop.sources.quoting import QUOTES_BROKEN
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.work import Cancellation


class Files:
    """The files of one call, looked through before anything is written.

    ``propose`` says what their tables are taken for, where they are not in our own shapes, and ``maps`` are those that
    it does so by.
    """

    def __init__(
        self,
        reader: Reader,
        paths: Sequence[Path],
        standard: Standard,
        secret: Secret,
        propose: Callable[[], Proposal],
        maps: Sequence[Map],
        keep: Sequence[str],
        cancellation: Cancellation,
    ) -> None:
        self._reader, self._standard, self._keep, self._cancellation = reader, standard, keep, cancellation
        self.families, self._maps = Families(), maps
        rules = RuleBook(standard)
        self._stand_ins = StandIns(rules, secret)
        self.told = Pseudonymised()
        self.tables: list[FoundFile] = []
        self.texts: dict[str, list[BundleText]] = {}
        self._kinds: dict[str, FileType] = {}
        self._broken: dict[str, set[int]] = {}
        """The rows of text files of which the quotes do not fit together."""
        for one in reader.contents(paths):
            self._take(one)
        self._proposal = propose() if self.tables else Proposal((), (), ())
        self._words = KnownWords([*_decided_on(self._proposal), *keep])
        self._headers: Headers = {}
        self._header_stand_ins = HeaderStandIns(rules, secret, self._words, self._headers)
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
                        self._broken[found.name] = {each.row for each in table.remarks if each.code == QUOTES_BROKEN}
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
                    layouts = linked_layouts(
                        *at, self._proposal, self._standard, self._words, self._stand_ins, self._header_stand_ins
                    )
                linked = self._proposal.tables_of(*at)
                is_variable = any(one.shape is TableShape.VARIABLE for one in linked)
                self._sheets[at] = Sheet(
                    layouts,
                    self._words,
                    self._keep,
                    self._headers,
                    self._header_stand_ins,
                    is_variable=is_variable,
                )

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
        maps = MapWriter(self._standard, self._words, people, self._stand_ins)
        for number, made in enumerate(self._maps, 1):
            self.told.maps.append(folder / f"kort-{number}{ENDING}")
            staged.write(self.told.maps[-1].name, map_text(maps.written(made)).encode())
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
                is_word = self._words.is_nobodys(stem) and f"{stem}.csv" not in taken
                name = f"{stem if is_word else f'eksport-{number}'}.csv"
                (table,) = tables
                rows = self._sheet(found, table).rows(table.rows, people)
                text = text_of(rows, table.delimiter, self._broken[found.name])
                self._note_emptied(name, "", self._sheet(found, table))
                return name, encoded(text, _content(found))
            name = f"eksport-{number}.xlsx"
            self.told.converted += found.kind is not FileType.WORKBOOK
            book = WorkbookWriter(is_1904=any(table.is_1904 for table in tables))
            numbers = count(1)
            has_sheets = False
            for table in tables:
                if table.is_hidden or is_own_sheet(table):
                    self.told.dropped += 1
                    continue
                sheet = self._sheet(found, table)
                at = next(numbers)
                title = table.sheet if sheet.is_variable or self._words.is_nobodys(table.sheet) else f"Ark {at}"
                types = types_of(_workbook(found), table.sheet) if found.kind is FileType.WORKBOOK else None
                book.add(title, sheet.rows(table.rows, people), types, partial(_merged, table))
                self._note_emptied(name, title, sheet)
                has_sheets = True
            if not has_sheets:
                book.add("Ark 1", iter(()), None, tuple)
            made = BytesIO()
            book.save(made)
            return name, made.getvalue()

    def _note_emptied(self, file: str, title: str, sheet: Sheet) -> None:
        for column, cells in sheet.emptied.items():
            self.told.emptied[EmptiedColumn(file, title, column)] += cells
        self.told.unread.update((file, column) for column in sheet.unread())


def _decided_on(proposal: Proposal) -> Iterator[str]:
    """The headers and values that somebody has said the meaning of; no value that only says that there is none."""
    for column in proposal.columns:
        if column.approval is not None and column.state is not State.LEFT_OUT:
            yield column.header
    for value in proposal.values:
        if value.approval is not None and value.code is not None:
            yield value.value


def _merged(table: Table) -> list[Range]:
    return table.merged


def _workbook(found: FoundFile) -> Path | BytesIO:
    if found.packed is not None or found.source is None:
        return BytesIO(found.packed or b"")
    return found.source


def _content(found: FoundFile) -> BytesIO:
    content = _workbook(found)
    return content if isinstance(content, BytesIO) else BytesIO(content.read_bytes())
