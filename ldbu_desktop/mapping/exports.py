"""Journal exports: tables in our two shapes, recognised and read into a journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import lru_cache, partial

from ldbu_desktop import clock
from ldbu_desktop.account import NotRead, joined
from ldbu_desktop.journal.model import NO_COLUMN, Journal, Note, Origin
from ldbu_desktop.mapping.blocks import UNKNOWN, Blocks
from ldbu_desktop.mapping.column_forms import ColumnForms, Decisions
from ldbu_desktop.mapping.columns import BlockKey, ShapedTable, Shapes, is_mostly_known, sheet_shape
from ldbu_desktop.mapping.families import Gathering
from ldbu_desktop.mapping.layout import long_sheets
from ldbu_desktop.mapping.linked.forms import ByColumn, LinkedForms
from ldbu_desktop.mapping.linked.joins import Joins
from ldbu_desktop.mapping.linked.observations import read_linked_observations
from ldbu_desktop.mapping.linked.reading import read_linked
from ldbu_desktop.mapping.linked.sheet import RECORDS, LinkedSheet
from ldbu_desktop.mapping.linked.table import LinkedTable
from ldbu_desktop.mapping.links import OWN_SHAPES, Proposal, TableShape
from ldbu_desktop.mapping.long import PEOPLE_AND_VISITS, RECORDED
from ldbu_desktop.mapping.own_sheets import is_own_sheet
from ldbu_desktop.mapping.tables_beside import apart
from ldbu_desktop.mapping.unread_columns import PARTS, parts_of_sheet, with_parts
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.mapping.wide import read_wide
from ldbu_desktop.mapping.wide_columns import WideShape, wide_shape
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.standard.model import Standard

MAP_USED = "file-map-used"
_NAMED_HEADERS = 12
"""So many unknown headers are named where no visit was found."""

_LATER = (*RECORDED, RECORDS)
"""The shapes of tables that are read when all visits are there, in this order."""

Opened = Callable[[], AbstractContextManager[Sequence[Table]]]
"""Opens the tables that belong together, anew each time: rows are read as they come, and not kept."""


_KNOWN_HEADERS = 3
"""A table is ours where so many times more headers are known than are not, also where one that it needs is missing."""


class ForeignExportError(Exception):
    """An export that is none of ours: it can only be read by links."""


class ExportReader:
    """Reads exports by one standard: the tables that belong together at a time. ``today`` bounds what can have been."""

    def __init__(self, standard: Standard, today: date | None = None) -> None:
        self.vocabulary = vocabulary_of(standard)
        self.wide, self.shapes = _own_shapes(standard)
        self.today = today or clock.today()

    def read(self, opened: Opened, proposal: Proposal | None = None, *, is_ours: bool = True) -> Journal | None:
        """The journal of one export; None where no shape is known. A foreign one is read by the links of ``proposal``.

        The tables are read once more where a column as a whole says something else than its texts one by one. Raises
        :class:`ForeignExportError` for tables that are not ours where that is not sure.
        """
        known = _Known()
        known.is_ours = is_ours or proposal is not None
        while True:
            export = _Export(self, known, proposal)
            with opened() as tables:
                journal = export.read(tables)
            if not export.has_learnt():
                return journal
            del journal, export


@lru_cache(maxsize=4)
def _own_shapes(standard: Standard) -> tuple[WideShape, Shapes]:
    """The wide shape, and it with the long ones: their thousands of headers are worked out once for a standard."""
    vocabulary = vocabulary_of(standard)
    wide = wide_shape(vocabulary)
    return wide, Shapes((*(sheet_shape(sheet, vocabulary) for sheet in long_sheets()), wide.shape))


class _Known:
    """What is known of an export before it is read: the forms of columns, and sheets to be laid out beforehand."""

    def __init__(self) -> None:
        self.is_ours = True
        self.decisions: dict[BlockKey, Decisions] = {}
        self.laid_out_first: set[tuple[str, str]] = set()


class _Export:
    """One reading of the tables of an export."""

    def __init__(self, reader: ExportReader, known: _Known, proposal: Proposal | None) -> None:
        self._reader, self._known, self._proposal = reader, known, proposal
        self._gathering = Gathering()
        self._joins = Joins()
        self._blocks: list[Blocks | LinkedSheet] = []
        self._tables: list[ShapedTable] = []
        self._later: list[tuple[Blocks | LinkedSheet | None, ShapedTable]] = []
        self._forms: dict[BlockKey, ColumnForms] = {}
        self._has_learnt = False

    def read(self, tables: Sequence[Table]) -> Journal | None:
        """The journal of what the tables hold; what was recorded at visits is read when all visits are there."""
        filled = (table for table in tables if not is_own_sheet(table))
        sheets = [self._sheet(part) for table in filled for part in apart(table, self._reader.shapes)]
        if self._known.is_ours:
            for sheet in sheets:
                self._read_sheet(sheet, sheet.next())
        else:
            first = [(sheet, sheet.next()) for sheet in sheets]
            if _is_foreign(first):
                raise ForeignExportError
            for sheet, shaped in first:
                self._read_sheet(sheet, shaped)
        self._gathering.settle_parents()
        for shape in _LATER:
            for blocks, shaped in self._later:
                if shaped.shape.id == shape:
                    self._read_later(blocks, shaped)
        if not self._tables:
            return None
        for child, contradiction in self._joins.contradictions():
            self._gathering.add_contradiction(child, contradiction)
        account = joined(blocks.table.account for blocks in self._blocks).without(*self._not_read())
        return Journal(self._gathering.families(), notes=tuple(self._notes()), account=account)

    def has_learnt(self) -> bool:
        """Whether the tables have said something by which they should be read once more."""
        for key, forms in self._forms.items():
            decided = forms.decisions()
            if decided:
                self._has_learnt = True
                self._known.decisions.setdefault(key, {}).update(decided)
        return self._has_learnt

    def _sheet(self, table: Table) -> Blocks | LinkedSheet:
        """How the tables of a sheet are found: as ours, or where links say that they stand."""
        reader = self._reader
        if self._proposal is None or self._is_ours(table):
            return Blocks(table, reader.shapes, reader.vocabulary, partial(self._forms_of, table.is_1904))
        forms_of = partial(self._linked_forms_of, table.is_1904)
        return LinkedSheet(table, self._proposal, reader.wide, reader.vocabulary, forms_of)

    def _is_ours(self, table: Table) -> bool:
        shapes = {link.shape for link in self._proposal.tables_of(table.file, table.sheet)} if self._proposal else set()
        return bool(shapes) and shapes <= OWN_SHAPES

    def _forms_of(self, is_1904: bool, key: BlockKey) -> ColumnForms:
        decided = self._known.decisions.get(key, {})
        forms = self._forms[key] = ColumnForms(self._reader.vocabulary, self._reader.today, decided, is_1904)
        return forms

    def _linked_forms_of(self, is_1904: bool, key: BlockKey, meanings: ByColumn) -> LinkedForms:
        decided = self._known.decisions.get(key, {})
        forms = LinkedForms(self._reader.vocabulary, self._reader.today, decided, is_1904, meanings)
        self._forms[key] = forms
        return forms

    def _read_sheet(self, blocks: Blocks | LinkedSheet, shaped: ShapedTable | None) -> None:
        """Read the tables of a sheet that hold people and visits, up to one that can only be read later."""
        self._blocks.append(blocks)
        at = (blocks.table.file, blocks.table.sheet)
        is_first = at not in self._known.laid_out_first
        while shaped is not None:
            self._tables.append(shaped)
            if shaped.shape.id not in _LATER:
                self._read_table(shaped)
            elif is_first:
                self._later.append((blocks, shaped))
                return
            else:
                shaped.rows = iter(list(shaped.rows))
                self._later.append((None, shaped))
            is_first = False
            shaped = blocks.next()

    def _read_later(self, blocks: Blocks | LinkedSheet | None, shaped: ShapedTable) -> None:
        """Read a table of what was recorded, and those that stand below it in its sheet."""
        self._read_table(shaped)
        while blocks is not None and (shaped_next := blocks.next()) is not None:
            self._tables.append(shaped_next)
            if shaped_next.shape.id not in _LATER:
                # They come too late for what is already read: next time the sheet is laid out first.
                self._known.laid_out_first.add((blocks.table.file, blocks.table.sheet))
                self._has_learnt = True
            self._read_table(shaped_next)

    def _read_table(self, shaped: ShapedTable) -> None:
        reader = self._reader
        if isinstance(shaped, LinkedTable):
            read_table = read_linked_observations if shaped.layout.observation else read_linked
            read_table(shaped, reader.wide, self._gathering, self._joins, reader.vocabulary)
            return
        read = PEOPLE_AND_VISITS.get(shaped.shape.id) or RECORDED.get(shaped.shape.id)
        if read is not None:
            read(shaped, self._gathering, reader.vocabulary)
        else:
            read_wide(shaped, reader.wide, self._gathering, reader.vocabulary)

    def _notes(self) -> Iterator[Note]:
        yield from self._maps_used()
        yield from self._without_visits()
        for blocks in self._blocks:
            parts = self._parts_of_unread(blocks)
            for note in blocks.notes:
                yield note._replace(facts={**note.facts, PARTS: parts}) if parts and note.code == UNKNOWN else note
        for blocks in self._blocks:
            table = blocks.table
            for remark in table.remarks:
                at = Origin(table.file, table.sheet, remark.row)
                yield Note(remark.code, at, remark.column, remark.raw, remark.facts)
            for shaped in self._tables:
                if shaped.table is table:
                    yield from with_parts(tuple(shaped.all_notes()), shaped, self._reader.vocabulary)
        yield from self._other_marks()

    def _parts_of_unread(self, blocks: Blocks | LinkedSheet) -> str:
        """The parts that a sheet may hold in which no table was found; none where its rows are none of a table."""
        found = {shaped.shape.id for shaped in self._tables}
        if self._proposal is not None or TableShape.WIDE in found or not blocks.rows_like_a_table:
            return ""
        absent = [
            shape for shape in self._reader.shapes.shapes if shape.id not in found and shape.id != TableShape.WIDE
        ]
        return " ".join(parts_of_sheet(blocks.table.sheet, absent))

    def _maps_used(self) -> Iterator[Note]:
        """By which maps tables are known: so that nobody need be asked, and all can know."""
        for used in self._proposal.maps if self._proposal is not None else ():
            facts: dict[str, str | int] = {"file": used.table.file, "system": f"{used.system} {used.version}".strip()}
            facts["by"] = used.approval.by if used.approval is not None else ""
            facts["approved"] = used.approval.on.isoformat() if used.approval is not None else ""
            yield Note(MAP_USED, Origin(used.table.file, used.table.sheet, used.table.header_row), facts=facts)

    def _other_marks(self) -> Iterator[Note]:
        """The cells of a column of numbers whose decimal sign is not the one of the others."""
        odd: dict[tuple[str, str, int], dict[str, str]] = {}
        for shaped in self._tables:
            for column, others, _ in shaped.other_marks():
                odd.setdefault((shaped.table.file, shaped.table.sheet, column), {}).update(others)
        if not odd:
            return
        for observation in self._gathering.observations():
            origin, value = observation.origin, observation.value
            mark = odd.get((origin.file, origin.sheet, value.column), {}).get(value.raw)
            if mark is not None:
                yield Note("file-number-mark", origin, value.column, value.raw, {"mark": mark})

    def _without_visits(self) -> Iterator[Note]:
        """Files with rows or known headers, and no visit in any: where nothing is read, nothing is in order."""
        rows = Counter[str]()
        unknown: dict[str, list[str]] = {}
        for blocks in self._blocks:
            rows[blocks.table.file] += blocks.rows_like_a_table
            unknown.setdefault(blocks.table.file, []).extend(blocks.unknown_headers)
        known = {shaped.table.file for shaped in self._tables}
        with_rows = {file for file, number in rows.items() if number}
        without = with_rows - known if self._gathering.visits else with_rows | known
        for file, number in rows.items():
            if file in without:
                named = ", ".join(unknown[file][:_NAMED_HEADERS]) or "–"
                facts: dict[str, str | int] = {"file": file, "rows": number, "unknown": named}
                yield Note("file-no-visit", Origin(file), NO_COLUMN, "", facts)

    def _not_read(self) -> Iterator[NotRead]:
        for blocks in self._blocks:
            yield from blocks.not_read
        for shaped in self._tables:
            yield from shaped.not_read()


def _is_foreign(first: Sequence[tuple[Blocks | LinkedSheet, ShapedTable | None]]) -> bool:
    """Whether no table of an export is ours, by the first in each sheet, and there are rows like those of one."""
    tables = [shaped for _, shaped in first if shaped is not None]
    if any(map(_is_ours, tables)):
        return False
    return bool(tables) or any(sheet.rows_like_a_table for sheet, _ in first)


def _is_ours(shaped: ShapedTable) -> bool:
    unknown = sum(1 for text in shaped.headers if text.strip()) - len(shaped.at)
    missing = shaped.shape.required.keys() - shaped.at.keys()
    if missing:
        return len(missing) == 1 and len(shaped.at) >= _KNOWN_HEADERS * unknown
    return is_mostly_known(len(shaped.at), len(shaped.at) + unknown)
