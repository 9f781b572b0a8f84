"""The tables of a sheet: where each one's headers stand, which rows are its data, and what is none of it.

Rows are read as they come and not kept, beyond those in which a header is looked for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from types import MappingProxyType

from ldbu_desktop.journal.fields import CITIZEN_CPR
from ldbu_desktop.mapping.columns import header_key
from ldbu_desktop.mapping.links import Layout, Layouts, Place, Subject
from ldbu_desktop.mapping.proposing.group_headings import GroupedHeader
from ldbu_desktop.mapping.proposing.header_rows import (
    FEWEST_HEADERS,
    MOST_HEADER_ROWS,
    SEEN_BELOW,
    HeaderRows,
    is_of_list,
    is_repeated_below,
    is_value,
    padded,
)
from ldbu_desktop.mapping.proposing.headings import Headings
from ldbu_desktop.mapping.proposing.lexicon import synonyms
from ldbu_desktop.mapping.proposing.texts import TextKind, text_kind
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.sources.rows import Part, RowGroup, TableRows
from ldbu_desktop.sources.tables import Row, Table

_LOOK_AHEAD = 60
"""Rows in which a header is looked for, and after it the data that it stands above."""
_HEADER_WITHIN = 1000
"""A header is not looked for further down than this."""
_FEWEST_ROWS = 3
_TOTAL_CELLS = 2
_SENTENCE_WORDS = 2
_LEARNT_FROM = 5
_REMEMBERED = 10_000
_MOST_NOTES, _LONGEST_NOTE = 200, 500
_MOST_BESIDE = 5_000
"""Rows of a table beside another that are kept."""


@dataclass(slots=True)
class FoundTable:
    """A table: its header rows (from 1, first and last), its columns (from 0, first and last), and its rows of data.

    ``headers`` and the cells of ``rows`` are by column of the sheet; ``grouped`` are the headers of several rows apart
    from the groups above them. ``rows`` is read once, before the next table is
    asked for; ``not_data`` counts the rows among them that are none: titles, notes, totals, headers printed again.
    ``layout`` is there where somebody said how the table is laid out. Where there are no headers, ``header_rows`` is
    the row before the data, twice.
    """

    table: Table
    header_rows: tuple[int, int]
    headers: list[str]
    last: list[str]
    columns: tuple[int, int]
    rows: Iterator[Row] = field(default_factory=lambda: iter(()))
    beside: list[FoundTable] = field(default_factory=list)
    not_data: int = 0
    layout: Layout | None = None
    grouped: list[GroupedHeader | None] = field(default_factory=list)


class TableFinder:
    """Finds the tables of one sheet, one after the other; some stand where ``layouts`` say."""

    def __init__(
        self, table: Table, headings: Headings, vocabulary: Vocabulary, layouts: Layouts = MappingProxyType({})
    ) -> None:
        self._table = table
        self._layouts = layouts
        self._headings = headings
        self._headers = HeaderRows(headings, table.merged)
        self._vocabulary = vocabulary
        self._parts = TableRows.of(table.rows).parts()
        self._left: Iterator[Row] = iter(())
        self._coming: deque[Row] = deque()
        self._looked = 0
        self._before = 0
        self._passed: list[Row] = []
        self._has_found = False
        self.notes: list[tuple[str, ...]] = []
        """The filled cells of rows that are of no table, as far as they have been read."""

    def tables(self) -> Iterator[FoundTable]:
        """The tables; each one's rows are read before the next is asked for."""
        while (found := self._next()) is not None:
            yield found
            for _ in found.rows:
                pass
            yield from found.beside
        self._note(self._passed)

    def _note(self, rows: Sequence[Row]) -> None:
        """Keep what rows say that are of no table: they may explain its codes."""
        room = _MOST_NOTES - len(self.notes)
        told = (
            tuple(cell.strip()[:_LONGEST_NOTE] for cell in cells if cell.strip()) for _, cells in rows[: max(room, 0)]
        )
        self.notes.extend(filter(None, told))

    # --- the header ---------------------------------------------------------------------------------------------------

    def _fill(self, rows: int) -> bool:
        """Have so many rows at hand, where there are."""
        while (room := rows - len(self._coming)) > 0:
            self._coming.extend(islice(self._left, room))
            if len(self._coming) < rows:
                part = next(self._parts, None)
                if part is None:
                    break
                self._left = _one_by_one(part)
        return bool(self._coming)

    def _rest(self) -> Iterator[Row]:
        """All rows that are left of the sheet."""
        yield from self._left
        for part in self._parts:
            yield from _one_by_one(part)

    def _next(self) -> FoundTable | None:
        self._looked = 0
        while self._looked < _HEADER_WITHIN and self._fill(_LOOK_AHEAD):
            window = list(self._coming)
            at = self._headers.at(window)
            if at is not None:
                self._has_found = True
                return self._laid_out(window, at)
            passed = max(1, len(window) - _LOOK_AHEAD // 2) if len(window) == _LOOK_AHEAD else len(window)
            self._looked += passed
            self._passed.extend(self._coming.popleft() for _ in range(passed))
        return self._without_header() if not self._has_found else None

    def _without_header(self) -> FoundTable | None:
        """All of a sheet in which no headers stand and persons are named: nobody has said what its columns hold."""
        rows = [*self._passed, *self._coming]
        first = next((at for at, (_, cells) in enumerate(rows) if any(map(_is_cpr, cells))), len(rows))
        data = rows[first : first + SEEN_BELOW]
        width = max((len(cells) for _, cells in data), default=0)
        columns = ([cells[at] if at < len(cells) else "" for _, cells in data] for at in range(width))
        if width < FEWEST_HEADERS or len(data) < _FEWEST_ROWS or not any(all(map(_is_cpr, each)) for each in columns):
            return None
        self._has_found = True
        self._coming.clear()
        before = data[0][0] - 1
        blank = [""] * width
        found = FoundTable(self._table, (before, before), blank, blank, (0, width - 1))
        found.rows = chain(rows[first:], self._rest())
        return found

    def _laid_out(self, window: Sequence[Row], at: int) -> FoundTable:
        first, last = self._headers.first(window, at), self._headers.last(window, at)
        place = Place(self._table.file, self._table.sheet, window[first][0])
        layout = self._layouts.get(place)
        if layout is not None:
            first, last = _rows_said(window, layout) or (first, last)
            at = last
        rows = window[first : last + 1]
        lefts = [column for _, cells in rows for column, cell in enumerate(cells) if cell.strip()]
        left, right = min(lefts), max(lefts)
        below = window[last + 1 : last + 1 + _LOOK_AHEAD]
        texts = self._headers.texts(rows, right, at - first)
        headers = [" ".join(dict.fromkeys(filter(None, column))) for column in texts]
        begins = self._begins_beside(headers, below)
        last_row = padded(window[last][1], right + 1)
        own = padded(window[at][1], right + 1)
        found = FoundTable(
            self._table,
            (window[first][0], window[last][0]),
            headers,
            [own[column] or last_row[column] for column in range(right + 1)],
            (left, right),
            layout=layout,
            grouped=[_grouped(column, at - first) for column in texts],
        )
        self._note(window[:first])
        for _ in range(last + 1):
            self._coming.popleft()
        found.rows = TableRows(self._rows_of(found, [cells for _, cells in rows]))
        return self._parted(found, begins) if begins else found

    def _begins_beside(self, headers: Sequence[str], below: Sequence[Row]) -> list[int]:
        """The columns at which other tables begin beside the first: mostly behind an empty one."""
        columns = [[padded(cells, len(headers))[at].strip() for _, cells in below] for at in range(len(headers))]
        filled = [any(column) for column in columns]
        begins: list[int] = []
        for at in range(1, len(headers)):
            if not headers[at]:
                continue
            begin = begins[-1] if begins else 0
            is_behind_gap = not headers[at - 1] and not filled[at - 1]
            end = next((to for to in range(at, len(headers)) if not headers[to] and not filled[to]), len(headers))
            if (is_behind_gap and self._is_apart(headers[begin : at - 1], headers[at:end])) or self._is_keyed_anew(
                headers[begin : at + 1], columns[begin : at + 1], is_behind_gap=is_behind_gap
            ):
                begins.append(at)
        return begins

    def _is_keyed_anew(self, headers: Sequence[str], columns: Sequence[Sequence[str]], *, is_behind_gap: bool) -> bool:
        """Whether the last header is of a key that rows before it have: its own rows are other ones then.

        Behind an empty column it is called the same, or has the same values in other rows; beside the others it begins
        as they do, and tells something else in some row.
        """
        own = columns[-1]
        if not self._headings.read(headers[-1]).is_key:
            return False
        for at, header in enumerate(headers[:-1]):
            is_same = header_key(header) == header_key(headers[-1])
            differ = sum(1 for one, other in zip(columns[at], own, strict=True) if one and other and one != other)
            if is_same and (is_behind_gap or (not at and differ)):
                return True
            if is_behind_gap and self._headings.read(header).is_key and differ * 2 > len(own):
                return len(set(columns[at]) & set(filter(None, own))) >= FEWEST_HEADERS
        return False

    def _is_apart(self, before: Sequence[str], headers: Sequence[str]) -> bool:
        """Whether headers are of a table for itself: a list of codes, or one that names citizens once more."""
        keys = set(map(header_key, headers))
        words = synonyms().code_lists
        if keys & set(map(header_key, words.code)) and is_of_list(headers):
            return True
        return all(any(self._names_citizen(header) for header in each) for each in (before, headers))

    def _names_citizen(self, header: str) -> bool:
        heading = self._headings.read(header)
        is_cpr = any(each.variable == CITIZEN_CPR for each in heading.candidates)
        return is_cpr and heading.subject in (None, Subject.CHILD)

    def _parted(self, whole: FoundTable, begins: Sequence[int]) -> FoundTable:
        """The first of several tables beside each other; the others' rows are kept until its own have been read."""
        ends = [*begins, len(whole.headers)]
        kept: list[list[Row]] = [[] for _ in begins]
        for begin, end, rows in zip(begins, ends[1:], kept, strict=True):
            margin = [""] * begin
            whole.beside.append(
                FoundTable(
                    whole.table,
                    whole.header_rows,
                    [*margin, *whole.headers[begin:end]],
                    [*margin, *whole.last[begin:end]],
                    (begin, end - 1),
                    iter(rows),
                    grouped=[*[None] * begin, *whole.grouped[begin:end]],
                )
            )

        def first() -> Iterator[Row]:
            for number, cells in rows_of_whole:
                for begin, end, rows in zip(begins, ends[1:], kept, strict=True):
                    part = [*[""] * begin, *cells[begin:end]]
                    if any(map(str.strip, part)) and len(rows) < _MOST_BESIDE:
                        rows.append((number, part))
                own = cells[: whole.columns[1] + 1]
                if any(map(str.strip, own)):
                    yield number, own

        rows_of_whole, whole.rows = whole.rows, first()
        last = max(at for at, text in enumerate(whole.headers[: begins[0]]) if text)
        whole.headers, whole.last = whole.headers[: last + 1], whole.last[: last + 1]
        whole.columns = (whole.columns[0], last)
        return whole

    # --- the rows -----------------------------------------------------------------------------------------------------

    def _rows_of(self, found: FoundTable, header_rows: Sequence[Sequence[str]]) -> Iterator[Part]:
        """The rows of data, until the next table begins."""
        repeated = {tuple(_keys(cells)) for cells in header_rows}
        self._before = found.header_rows[1]
        usual = _UsualRows(found, self._vocabulary)
        while self._coming or self._fill(_LOOK_AHEAD):
            yield self._looked_at(found, usual, repeated)
            if self._coming:
                return
            yield from self._together(usual)

    def _looked_at(self, found: FoundTable, usual: _UsualRows, repeated: set[tuple[str, ...]]) -> Iterator[Row]:
        """Those of the rows at hand that are data; the header of the next table is left there."""
        while self._coming:
            row = self._coming[0]
            number, cells = row
            if not usual.has(cells):
                filled = [cell for cell in cells if cell.strip()]
                values = sum(1 for cell in filled if is_value(cell))
                is_data = False
                if tuple(_keys(cells)) in repeated or (not values and self._is_above_repeated(repeated)):
                    found.not_data += 1
                elif self._begins_table(found, row, filled, values, number > self._before + 1):
                    return
                elif self._is_outside(filled, found):
                    found.not_data += 1
                    self._note([row])
                else:
                    usual.learn(cells)
                    is_data = True
            else:
                is_data = True
            self._coming.popleft()
            self._before = number
            if is_data:
                yield row
            if not self._coming:
                self._coming.extend(islice(self._left, _LOOK_AHEAD))

    def _together(self, usual: _UsualRows) -> Iterator[RowGroup]:
        """The rows that come next, as long as they come together and are plainly of the table."""
        for part in self._parts:
            if not (isinstance(part, RowGroup) and usual.has_all(part)):
                self._left = _one_by_one(part)
                return
            self._before = part.numbers[-1]
            yield part

    def _is_above_repeated(self, repeated: set[tuple[str, ...]]) -> bool:
        """Whether the headers are printed again just below the row that comes: it is the title of a page."""
        self._fill(MOST_HEADER_ROWS + 1)
        return any(tuple(_keys(cells)) in repeated for _, cells in islice(self._coming, 1, MOST_HEADER_ROWS + 1))

    def _begins_table(self, found: FoundTable, row: Row, filled: list[str], values: int, is_apart: bool) -> bool:
        """Whether a row has headers of another table: below a gap, or other ones than this table's."""
        if values or len(filled) < FEWEST_HEADERS:
            return False
        understood = sum(
            1
            for cell in filled
            if self._headings.read(cell).candidates
            or self._headings.read(cell).other
            or self._headings.read(cell).is_key
        )
        if understood < FEWEST_HEADERS or understood * 2 < len(filled):
            return False
        if not is_apart and (understood * 5 < len(filled) * 4 or is_of_list(found.headers)):
            return False
        self._fill(_LOOK_AHEAD)
        window = list(self._coming)
        if is_repeated_below(window, 0):
            return False
        position = self._headers.at(window[: MOST_HEADER_ROWS + 1 + SEEN_BELOW])
        return position is not None and position < MOST_HEADER_ROWS and bool(self._headers.below(window, position))

    def _is_outside(self, filled: list[str], found: FoundTable) -> bool:
        """Whether a row is a note or a total."""
        if not filled:
            return True
        width = sum(1 for text in found.headers if text)
        if len(filled) == 1 and width > FEWEST_HEADERS:
            return text_kind(filled[0]) is TextKind.TEXT
        if _starts_total(filled[0], self._vocabulary) and not any(
            text_kind(cell) in (TextKind.CPR, TextKind.MOMENT) for cell in filled
        ):
            return len(filled) <= max(_TOTAL_CELLS, width // 2) or all(is_value(cell) for cell in filled[1:])
        is_prose = text_kind(filled[0]) is TextKind.TEXT and len(filled[0].split()) >= _SENTENCE_WORDS
        return (
            is_prose
            and len(filled) <= _TOTAL_CELLS
            and width > _TOTAL_CELLS * 2
            and _starts_total(filled[0], self._vocabulary)
        )


def _one_by_one(part: Part) -> Iterator[Row]:
    return part.rows() if isinstance(part, RowGroup) else iter(part)


def _grouped(texts: Sequence[str], at: int) -> GroupedHeader | None:
    """The headers of a column from row ``at`` on, and the names of groups above."""
    groups = tuple(dict.fromkeys(filter(None, texts[:at])))
    own = " ".join(dict.fromkeys(filter(None, texts[at:])))
    return GroupedHeader(groups, own) if groups and own else None


def _rows_said(window: Sequence[Row], layout: Layout) -> tuple[int, int] | None:
    """Where in the window the header rows of a layout are; None where it has none with a text of them."""
    first, last = layout.header_rows
    rows = [at for at, (number, cells) in enumerate(window) if first <= number <= last and any(map(str.strip, cells))]
    return (rows[0], rows[-1]) if rows else None


class _UsualRows:
    """Rows that are plainly of a table, so that nothing else of them need be looked at.

    The first rows tell a column in which a number or a date stands; a row that is well filled and has one there is one.
    """

    def __init__(self, found: FoundTable, vocabulary: Vocabulary) -> None:
        self._left = found.columns[0]
        self._fewest = max(_TOTAL_CELLS, sum(1 for text in found.headers if text) // 2)
        self._vocabulary = vocabulary
        self._at: list[int] | None = None
        self._learnt = 0
        self._totals: dict[str, bool] = {}

    def learn(self, cells: Sequence[str]) -> None:
        """Look at one of the first rows of data."""
        if self._learnt < _LEARNT_FROM:
            self._learnt += 1
            valued = [at for at, cell in enumerate(cells) if cell[:1].isdecimal() and is_value(cell)]
            self._at = valued if self._at is None else [at for at in self._at if at in valued]

    def has(self, cells: Sequence[str]) -> bool:
        """Whether a row is plainly one of the table."""
        if not self._at or self._learnt < _LEARNT_FROM:
            return False
        at = self._at[0]
        if at >= len(cells) or not cells[at][:1].isdecimal() or len(cells) - cells.count("") <= self._fewest:
            return False
        return at == self._left or not self._sums_up(cells[self._left])

    def has_all(self, group: RowGroup) -> bool:
        """Whether rows that come together are all plainly of the table."""
        columns = group.columns
        if not self._at or self._learnt < _LEARNT_FROM or self._at[0] >= len(columns):
            return False
        at = self._at[0]
        full = sum(1 for column in columns if "" not in column.texts)
        if full <= self._fewest or not all(text[:1].isdecimal() for text in columns[at].texts):
            return False
        return at == self._left or not any(map(self._sums_up, columns[self._left].texts))

    def _sums_up(self, text: str) -> bool:
        found = self._totals.get(text)
        if found is None:
            if len(self._totals) >= _REMEMBERED:
                self._totals.clear()
            found = self._totals[text] = _starts_total(text, self._vocabulary)
        return found


def _starts_total(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text, or what is left of it from one of its words on, begins as a row does that sums up."""
    words = text[:_LONGEST_NOTE].split()
    return any(vocabulary.is_total(" ".join(words[at:])) for at in range(len(words)))


def _is_cpr(cell: str) -> bool:
    return text_kind(cell) is TextKind.CPR


def _keys(cells: Sequence[str]) -> list[str]:
    keys = [header_key(cell) for cell in cells]
    while keys and not keys[-1]:
        keys.pop()
    return keys
