"""The linked tables of one sheet, one after the other, where their links say that they stand."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from itertools import chain

from ldbu_desktop.account import Amount, NotRead
from ldbu_desktop.journal.model import NO_COLUMN, Note, Origin
from ldbu_desktop.mapping.columns import OUTSIDE, BlockKey, Shape
from ldbu_desktop.mapping.linked.forms import ByColumn, LinkedForms
from ldbu_desktop.mapping.linked.layout import layout, make_cells, meanings
from ldbu_desktop.mapping.linked.table import LinkedTable
from ldbu_desktop.mapping.links import ALL_COLUMNS, Proposal, TableLink, TableShape
from ldbu_desktop.mapping.shared_rows import SharedRows, within
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.mapping.wide_columns import WideShape
from ldbu_desktop.sources.rows import Part, RowGroup, TableRows
from ldbu_desktop.sources.tables import Row, Table

VISITS = "linked visits"
RECORDS = "linked records"
"""The shapes of linked tables: those that say which visits there are, and those whose rows belong to visits."""

CODES = "file-table-of-codes"
_NOT_LINKED = "file-sheet-unknown"
_FEWEST_CELLS = 3

LinkedFormsOf = Callable[[BlockKey, ByColumn], LinkedForms]


class LinkedSheet:
    """The tables of a sheet by their links: the rows of one are read before the next is asked for."""

    def __init__(
        self, table: Table, proposal: Proposal, shape: WideShape, vocabulary: Vocabulary, forms: LinkedFormsOf
    ) -> None:
        self.table = table
        self.notes: list[Note] = []
        self.not_read: list[NotRead] = []
        self.rows_like_a_table = 0
        self.unknown_headers: list[str] = []
        self._proposal, self._shape, self._vocabulary, self._forms = proposal, shape, vocabulary, forms
        self._links = list(proposal.tables_of(table.file, table.sheet))
        self._below = OUTSIDE if self._links else _NOT_LINKED
        self._rows = TableRows.of(table.rows)
        self._beside: deque[tuple[TableLink, Row, Iterator[Row]]] = deque()

    def next(self) -> LinkedTable | None:
        """The next table that holds visits or what was recorded; None where there are no more."""
        while self._beside or self._links:
            if not self._beside:
                self._take()
            link, header, rows = self._beside.popleft()
            if link.shape is TableShape.CODES:
                is_whole = self._proposal.span(link) == ALL_COLUMNS
                self._leave_out(CODES, chain([header], rows), link.header_rows[0], is_whole=is_whole)
            else:
                return self._laid_out(link, header, rows)
        self._leave_out(self._below, self._rows_until(None), 0)
        return None

    def _take(self) -> None:
        """Take the next table, and those that stand beside it."""
        links = [self._links.pop(0)]
        while self._links and self._links[0].place == links[0].place:
            links.append(self._links.pop(0))
        header = self._header(links[0])
        rows = self._rows_until(self._links[0].header_rows[0] if self._links else None)
        if len(links) == 1:
            self._beside.append((links[0], header, rows))
            return
        spans = [self._proposal.span(link) for link in links]
        shared = SharedRows(rows, spans)
        for at, (link, span) in enumerate(zip(links, spans, strict=True)):
            self._beside.append((link, (header[0], within(header[1], span)), shared.of(at)))

    def _rows_until(self, end: int | None) -> TableRows:
        """The rows up to one by its number, which then comes next."""
        return TableRows(self._parts_until(end))

    def _parts_until(self, end: int | None) -> Iterator[Part]:
        for part in self._rows.parts():
            if isinstance(part, RowGroup) and (end is None or part.numbers[-1] < end):
                yield part
                continue
            rows = part.rows() if isinstance(part, RowGroup) else part
            coming: list[Row] = []
            yield _before(end, rows, coming)
            if coming:
                self._rows.put_back(chain(coming, rows))
                return

    def _header(self, link: TableLink) -> Row:
        """The last row of a table's header; what stands above it is told."""
        first, last = link.header_rows
        self._leave_out(OUTSIDE, self._rows_until(first), 0)
        return next(iter(deque(self._rows_until(last + 1), maxlen=1)), (first, []))

    def _leave_out(self, code: str, rows: Iterator[Row], first: int, *, is_whole: bool = True) -> None:
        """Count rows as not read, and tell them once; of rows that are not whole others may read the rest."""
        counted = cells_left = 0
        raw = ""
        for number, cells in rows:
            filled = [cell.strip() for cell in cells if cell.strip()]
            if filled and not raw:
                raw, first = filled[0], first or number
            counted += bool(filled)
            cells_left += len(filled)
            if len(filled) >= _FEWEST_CELLS and code == _NOT_LINKED:
                self.rows_like_a_table += 1
        if not cells_left:
            return
        at = Origin(self.table.file, self.table.sheet, first)
        facts: dict[str, str | int] = {"rows": counted, "sheet": self.table.sheet}
        self.notes.append(Note(code, at, NO_COLUMN, self.table.sheet if code == _NOT_LINKED else raw, facts))
        amount = Amount(rows=counted if is_whole else 0, cells=cells_left)
        self.not_read.append(NotRead(code, amount, self.table.file, self.table.sheet, first))

    def _laid_out(self, link: TableLink, header: Row, rows: Iterator[Row]) -> LinkedTable:
        columns = self._proposal.columns_of(link)
        values = self._proposal.values_of(link)
        first = self._proposal.span(link).start
        key = BlockKey(self.table.file, self.table.sheet, link.header_rows[0], first)
        forms = self._forms(key, meanings(columns, values, self._vocabulary))
        found = layout(link, columns, self._shape, self._vocabulary)
        make_cells(found, forms, self._shape)
        is_of_visits = link.shape in (TableShape.VISIT, TableShape.CHILD) and (
            found.has_days or found.tells_people_only
        )
        shape = Shape(VISITS if is_of_visits else RECORDS, frozenset(), {}, {})
        headers = [""] * found.made
        for each in columns:
            headers[each.column] = each.header
        table = LinkedTable(
            self.table, shape, key, forms, layout=found, columns=columns, linked=forms, vocabulary=self._vocabulary
        )
        table.headers = headers
        for each in columns:
            code = found.unread.get(each.column)
            if code is not None and each.header:
                table.leave_out(code, link.header_rows[0], (each.header,), each.column)
        if self.table.is_hidden:
            table.note("file-sheet-hidden", 0, NO_COLUMN, self.table.sheet)
        table.rows = TableRows(self._counted(table.laid_out(rows, header)))
        return table

    def _counted(self, groups: Iterator[RowGroup]) -> Iterator[RowGroup]:
        for group in groups:
            self.rows_like_a_table += len(group)
            yield group


def _before(end: int | None, rows: Iterator[Row], coming: list[Row]) -> Iterator[Row]:
    """The rows before one by its number, which is put to those that come."""
    for row in rows:
        if end is not None and row[0] >= end:
            coming.append(row)
            return
        yield row
