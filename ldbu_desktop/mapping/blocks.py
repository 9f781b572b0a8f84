"""The tables that stand in one sheet or text file: each begins with a row of headers and ends before the next.

Whatever stands outside of them, or between their rows without being one, is told: titles, notes, totals, headers that
are printed again on every page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain, islice, zip_longest

from ldbu_desktop.account import Amount, NotRead
from ldbu_desktop.characters import plain
from ldbu_desktop.column_letters import column_letters
from ldbu_desktop.journal.model import NO_COLUMN, Note, Origin
from ldbu_desktop.mapping.column_forms import ColumnForms
from ldbu_desktop.mapping.columns import OUTSIDE, REPEATED, BlockKey, Shape, ShapedTable, Shapes, comparable, header_key
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.sources.rows import Part, RowGroup, TableRows
from ldbu_desktop.sources.tables import Row, Table

_HEADER_WITHIN = 1000
"""Rows in which the first header is looked for."""

_FEWEST_CELLS = 3
"""A row with so many cells filled is more than a line of text: it may be one of a table that is not known."""

_NAMED_HEADER_WITHIN = 20
"""Rows in which a single header is enough, in a sheet that has the name of a shape."""

_TOTAL_CELLS = 2
"""A row that begins with a word such as "total" is none of the table when no more stands in it, whatever it is."""

_SEEN_TEXTS = 40
"""So many texts of a column that is not read are kept until it is told."""

_STROKES = re.compile(r"[\W_]*")
_WORD = re.compile(r"[^\W\d_]{2,}")
_WORDS = re.compile(r"[^\W\d_]{2,}.*\s|\s.*[^\W\d_]{2,}")
"""Several words: a remark, where they are all that stands in a row."""

UNKNOWN = "file-sheet-unknown"

Forms = Callable[[BlockKey], ColumnForms]

_UNHEADED = "file-header-missing"
_DUPLICATE = "file-header-duplicate"


class Blocks:
    """The tables of one sheet, one after the other: the rows of one are read before the next is asked for."""

    def __init__(self, table: Table, shapes: Shapes, vocabulary: Vocabulary, forms: Forms) -> None:
        self.table = table
        self.notes: list[Note] = []
        self.not_read: list[NotRead] = []
        self.rows_like_a_table = 0
        self.unknown_headers: list[str] = []
        self._shapes, self._vocabulary, self._forms = shapes, vocabulary, forms
        self._rows = TableRows.of(table.rows)
        self._coming: tuple[Row, Shape] | None = None
        self._is_begun = False
        self._is_suspect = _suspects(shapes)

    def next(self) -> ShapedTable | None:
        """The next table; None where there are no more."""
        if not self._is_begun:
            self._is_begun = True
            self._coming = self._first()
        if self._coming is None:
            return None
        header, shape = self._coming
        self._coming = None
        first = next((column for column, text in enumerate(header[1]) if text.strip()), 0)
        key = BlockKey(self.table.file, self.table.sheet, header[0], first)
        return self._laid_out(ShapedTable(self.table, shape, key, self._forms(key)), header)

    # --- the first header ---------------------------------------------------------------------------------------------

    def _first(self) -> tuple[Row, Shape] | None:
        """The first row of headers; what stands above it is told, and all where there is none."""
        seen: list[Row] = []
        for row in islice(self._rows, _HEADER_WITHIN):
            shape = self._shapes.of_header(row[1], self.table.sheet)
            if shape is not None:
                self._tell_above(seen)
                return row, shape
            seen.append(row)
        for position, row in enumerate(seen[:_NAMED_HEADER_WITHIN]):
            shape = self._shapes.of_name(row[1], self.table.sheet)
            if shape is not None:
                self._tell_above(seen[:position])
                self._rows.put_back(seen[position + 1 :])
                return row, shape
        self._tell_unknown(chain(seen, self._rows))
        return None

    def _tell_above(self, rows: list[Row]) -> None:
        if rows:
            number, cells = rows[0]
            raw = next(filter(str.strip, cells), "").strip()
            at = Origin(self.table.file, self.table.sheet, number)
            self.notes.append(Note(OUTSIDE, at, NO_COLUMN, raw, {"rows": len(rows)}))
            self._leave_out(OUTSIDE, iter(rows), number)

    def _tell_unknown(self, rows: Iterator[Row]) -> None:
        sheet = self.table.sheet
        self.notes.append(Note(UNKNOWN, Origin(self.table.file, sheet), NO_COLUMN, sheet, {"sheet": sheet}))
        self._leave_out(UNKNOWN, rows, 0)

    def _leave_out(self, code: str, rows: Iterator[Row], first: int) -> None:
        counted = cells_left = 0
        for _, cells in rows:
            filled = sum(1 for cell in cells if cell.strip())
            counted += 1
            cells_left += filled
            if filled >= _FEWEST_CELLS:
                self.rows_like_a_table += 1
                if code == UNKNOWN and not self.unknown_headers:
                    self.unknown_headers = [cell.strip() for cell in cells if cell.strip()]
        if cells_left:
            amount = Amount(rows=counted, cells=cells_left)
            self.not_read.append(NotRead(code, amount, self.table.file, self.table.sheet, first))

    # --- one table ----------------------------------------------------------------------------------------------------

    def _laid_out(self, shaped: ShapedTable, header: Row) -> ShapedTable:
        row, texts = header
        shaped.headers = texts
        shape = shaped.shape
        unread: dict[int, str] = {}
        for column, text in enumerate(texts):
            key = header_key(text)
            known = shape.fields.get(key)
            if not key:
                unread[column] = _UNHEADED
                shaped.unread[column] = []
            elif known is None:
                unread[column] = "file-header-unknown"
                shaped.unread[column] = []
                self.unknown_headers.append(text.strip())
                shaped.note("file-header-unknown", row, column, text.strip(), column=column_letters(column))
            elif known in shaped.at:
                unread[column] = _DUPLICATE
                first = column_letters(shaped.at[known])
                letters = column_letters(column)
                shaped.note(_DUPLICATE, row, column, text.strip(), column=letters, first=first)
            else:
                shaped.at[known] = column
        for column, code in unread.items():
            if texts[column].strip():
                shaped.leave_out(code, row, texts[column : column + 1], column)
        for known, text in shape.required.items():
            if known not in shaped.at:
                shaped.note("file-header-missing", row, NO_COLUMN, text, column="", header=text)
        if self.table.is_hidden:
            shaped.note("file-sheet-hidden", 0, NO_COLUMN, self.table.sheet)
        shaped.rows = TableRows(self._parts_of(shaped, unread))
        return shaped

    def _parts_of(self, shaped: ShapedTable, unread: dict[int, str]) -> Iterator[Part]:
        """Rows as wide as the header and one empty cell more, until the next header."""
        seen_at = next((shaped.at[name] for name in shaped.shape.coded if name in shaped.at), NO_COLUMN)
        key_at = shaped.column(next(iter(shaped.shape.required)))
        twice = _SaidTwice(shaped, unread)
        for part in self._rows.parts():
            if isinstance(part, RowGroup) and not unread and self._are_of_table(part, shaped, seen_at, key_at):
                self.rows_like_a_table += len(part)
                yield part.with_empty_column()
                continue
            rows = part.rows() if isinstance(part, RowGroup) else part
            yield self._rows_of(shaped, rows, (seen_at, key_at), unread, twice)
            if self._coming is not None:
                self._rows.put_back(rows)
                break
        twice.tell()

    def _are_of_table(self, group: RowGroup, shaped: ShapedTable, seen_at: int, key_at: int) -> bool:
        """Whether nothing about rows that stand together has to be looked at one by one."""
        if NO_COLUMN in (seen_at, key_at) or len(group.columns) != len(shaped.headers):
            return False
        suspects = [text for text in group.columns[seen_at].texts if self._is_suspect(text)]
        if not suspects:
            return True
        return all(map(str.strip, suspects)) and not any(map(self._is_suspect, group.columns[key_at].texts))

    def _rows_of(
        self,
        shaped: ShapedTable,
        rows: Iterator[Row],
        looked_at: tuple[int, int],
        unread: dict[int, str],
        twice: _SaidTwice,
    ) -> Iterator[Row]:
        width, is_suspect = len(shaped.headers), self._is_suspect
        seen_at, key_at = looked_at
        for row in rows:
            number, cells = row
            if len(cells) != width:
                if any(cells[width:]) and self._begins_table(shaped, row):
                    break
                if len(cells) > width:
                    tell_too_wide(shaped, row, width)
                cells[:] = cells[:width] + [""] * (width - len(cells))
            cells.append("")
            self.rows_like_a_table += 1
            if is_suspect(text := cells[seen_at]) and (not text.strip() or is_suspect(cells[key_at])):
                if self._begins_table(shaped, row):
                    break
                if self._is_outside(shaped, row):
                    continue
            if unread:
                for column, code in unread.items():
                    if cells[column].strip():
                        _tell_unread(shaped, number, column, code, cells[column])
                if twice.columns:
                    twice.compare(number, cells)
            yield row

    def _begins_table(self, shaped: ShapedTable, row: Row) -> bool:
        """Whether a row has the headers of another table, which then comes next."""
        shape = self._shapes.of_header(row[1], self.table.sheet)
        if shape is None or self._same_headers(shaped, row[1]):
            return False
        cells = row[1]
        while not cells[-1]:
            cells.pop()
        self._coming = row, shape
        return True

    def _same_headers(self, shaped: ShapedTable, cells: list[str]) -> bool:
        pairs = zip_longest(cells, shaped.headers, fillvalue="")
        return all(header_key(text) == header_key(header) for text, header in pairs)

    def _is_outside(self, shaped: ShapedTable, row: Row) -> bool:
        """Whether a row is none of the table: its headers again, a note or a total. It is told."""
        number, cells = row
        if self._same_headers(shaped, cells):
            code = REPEATED
        elif is_remark([cell.strip() for cell in cells if cell.strip()], self._vocabulary):
            code = OUTSIDE
        else:
            return False
        shaped.leave_out(code, number, cells)
        return True


def is_remark(texts: list[str], vocabulary: Vocabulary) -> bool:
    """Whether a row is none of the table.

    That is: a line of text, a word such as "total" with figures after it, a line of strokes, or the columns' numbers.
    """
    if len(texts) == 1 and _WORDS.search(texts[0]):
        return True
    if len(texts) >= _FEWEST_CELLS and (_is_rule(texts) or texts == [str(n + 1) for n in range(len(texts))]):
        return True
    is_total = bool(texts) and vocabulary.is_total(texts[0])
    return is_total and (len(texts) <= _TOTAL_CELLS or not any(map(_WORD.search, texts[1:])))


def _is_rule(texts: list[str]) -> bool:
    return _STROKES.fullmatch("".join(texts)) is not None


def trimmed(headers: list[str]) -> list[str]:
    """The headers of a row as they are compared, up to the last that is not empty."""
    keys = [*map(header_key, headers)]
    while keys and not keys[-1]:
        keys.pop()
    return keys


def tell_too_wide(shaped: ShapedTable, row: Row, width: int) -> None:
    """Tell of the cells of a row that have no header above them, and count them as not read."""
    number, cells = row
    over = [cell for cell in cells[width:] if cell.strip()]
    if over:
        shaped.note("file-row-too-wide", number, width, " ".join(over), cells=len(cells), columns=width)
        shaped.leave_out("file-row-too-wide", number, over, width)


def _tell_unread(shaped: ShapedTable, number: int, column: int, code: str, text: str) -> None:
    seen = shaped.unread.get(column)
    if seen is not None and len(seen) < _SEEN_TEXTS:
        seen.append(text)
    if code == _UNHEADED and not shaped.has_left_out(code, column):
        shaped.note(code, shaped.key.header_row, column, "", column=column_letters(column), header="")
    shaped.leave_out(code, number, (text,), column)


class _SaidTwice:
    """Columns with a heading that another has before them: where a row says two things, neither of them is picked."""

    def __init__(self, shaped: ShapedTable, unread: dict[int, str]) -> None:
        self._shaped = shaped
        self.columns = [
            (column, shaped.at[shaped.shape.fields[header_key(shaped.headers[column])]])
            for column, code in unread.items()
            if code == _DUPLICATE
        ]
        self._differing: dict[int, tuple[int, int, int]] = {}

    def compare(self, number: int, cells: list[str]) -> None:
        """Look at a row; the columns that say two things are told when all have been seen."""
        for column, first in self.columns:
            said, before = plain(cells[column]).strip(), plain(cells[first]).strip()
            if said and before and comparable(said) != comparable(before):
                row, _, rows = self._differing.get(column, (number, first, 0))
                self._differing[column] = row, first, rows + 1

    def tell(self) -> None:
        """Tell the columns that do not say the same."""
        for column, (row, first, rows) in self._differing.items():
            letters = {"column": column_letters(column), "first": column_letters(first)}
            self._shaped.note(
                "file-columns-contradict", row, column, self._shaped.headers[column], rows=rows, **letters
            )


_REMEMBERED = 1024
"""Texts of which it is remembered: coded columns hold few, and the rows of one key stand together."""


def _suspects(shapes: Shapes) -> Callable[[str], bool]:
    """Tells whether a text in a coded column, or a key, may stand in a row that is none.

    It may where it is empty, a header, a column's number, or nothing but strokes.
    """

    def is_suspect(text: str) -> bool:
        said = text.strip()
        return said.isdecimal() or _is_rule([said]) or shapes.may_be_header(text)

    return lru_cache(maxsize=_REMEMBERED)(is_suspect)
