"""Which column holds what: headers are matched to fields, and rows are laid out under them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from ldbu_desktop.journal.model import NO_COLUMN, Note, Origin
from ldbu_desktop.mapping.layout import Sheet
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.sources.tables import Remark, Row, Table, column_letters

_HEADER_WITHIN = 20
"""Rows in which the header is looked for: exports may have a title above it."""

_FEWEST_HEADERS = 2
_INDIFFERENT = re.compile(r"[\s_\-*]+")


def header_key(text: str) -> str:
    """A header without what does not tell headers apart: case, spaces, underscores, hyphens and asterisks."""
    return _INDIFFERENT.sub("", text).casefold()


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of table as its headers tell it: each known header's field, and the fields it can't do without."""

    id: str
    names: frozenset[str]
    fields: Mapping[str, str]
    required: Mapping[str, str]


def sheet_shape(sheet: Sheet, vocabulary: Vocabulary) -> Shape:
    """The shape of one of our sheets: headers of its own, and ids and labels of the variables they hold.

    A column of a variable that the standard does not have is not in it.
    """
    fields: dict[str, str] = {}
    known = vocabulary.standard.variable
    columns = [column for column in sheet.columns if not column.variable or column.variable in known]
    for column in columns:
        for name in (column.header, *column.also):
            fields.setdefault(header_key(name), column.field)
    for column in columns:
        if column.variable:
            variable = known[column.variable]
            for name in (variable.id, variable.label.da, variable.label.en):
                fields.setdefault(header_key(name), column.field)
    return Shape(
        sheet.id,
        frozenset(header_key(name) for name in (sheet.name, *sheet.also, sheet.id)),
        fields,
        {column.field: column.header for column in columns if column.required},
    )


@dataclass(slots=True)
class ShapedTable:
    """A table whose columns are known: ``at`` gives each field's column, ``rows`` the rows below the header.

    Every row has an empty cell after its last column, so that a field without a column can be read from there.
    """

    table: Table
    shape: str
    at: dict[str, int]
    rows: Iterator[Row]
    headers: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def column(self, name: str) -> int:
        """The column of a field, or the empty one at the end."""
        return self.at.get(name, NO_COLUMN)

    def origin(self, row: int) -> Origin:
        """Where a row stands."""
        return Origin(self.table.file, self.table.sheet, row)

    def note(self, code: str, row: int, column: int = NO_COLUMN, raw: str = "", /, **facts: str | int) -> None:
        """Tell something about a row."""
        self.notes.append(Note(code, self.origin(row), column, raw, facts))

    def all_notes(self) -> Iterator[Note]:
        """What there is to tell when the rows have been read, the reading of the file included."""
        for remark in self.table.remarks:
            yield _note(self.table, remark)
        yield from self.notes


def _note(table: Table, remark: Remark) -> Note:
    return Note(remark.code, Origin(table.file, table.sheet, remark.row), remark.column, remark.raw, remark.facts)


def shape_table(table: Table, shapes: Sequence[Shape]) -> ShapedTable | None:
    """Find out which of ``shapes`` a table has, by its name or its headers; None where it has none of them."""
    rows = iter(table.rows)
    first = list(islice(rows, _HEADER_WITHIN))
    name = header_key(table.sheet)
    named = [shape for shape in shapes if name in shape.names]
    best: tuple[tuple[int, int], Shape, int] | None = None
    for shape in named or shapes:
        position, score = _header_row(first, shape)
        if score[1] >= (1 if named else _FEWEST_HEADERS) and (best is None or score > best[0]):
            best = (score, shape, position)
    if best is None or not (named or _has_required(first[best[2]][1], best[1])):
        return None
    _, shape, position = best
    return _lay_out(table, shape, first[position], chain(first[position + 1 :], rows))


def _header_row(rows: Sequence[Row], shape: Shape) -> tuple[int, tuple[int, int]]:
    """The row that looks most like a header: with fewest required fields missing, then with most fields."""
    best_position, best_score = 0, (-len(shape.required), 0)
    for position, (_, cells) in enumerate(rows):
        fields = {shape.fields[key] for key in map(header_key, cells) if key in shape.fields}
        score = (len(fields & shape.required.keys()) - len(shape.required), len(fields))
        if score > best_score:
            best_position, best_score = position, score
    return best_position, best_score


def _has_required(header: Iterable[str], shape: Shape) -> bool:
    return any(shape.fields.get(header_key(text)) in shape.required for text in header)


def _lay_out(table: Table, shape: Shape, header: Row, rows: Iterator[Row]) -> ShapedTable:
    row, texts = header
    shaped = ShapedTable(table, shape.id, {}, iter(()), texts)
    without_header = []
    for column, text in enumerate(texts):
        key = header_key(text)
        known = shape.fields.get(key)
        if not key:
            without_header.append(column)
        elif known is None:
            shaped.note("file-header-unknown", row, column, text.strip(), column=column_letters(column))
        elif known in shaped.at:
            first = column_letters(shaped.at[known])
            shaped.note("file-header-duplicate", row, column, text.strip(), column=column_letters(column), first=first)
        else:
            shaped.at[known] = column
    for known, text in shape.required.items():
        if known not in shaped.at:
            shaped.note("file-header-missing", row, NO_COLUMN, text, column="", header=text)
    if table.is_hidden:
        shaped.note("file-sheet-hidden", 0, NO_COLUMN, table.sheet)
    shaped.rows = _aligned(shaped, rows, len(texts), without_header)
    return shaped


def _aligned(shaped: ShapedTable, rows: Iterator[Row], width: int, without_header: list[int]) -> Iterator[Row]:
    """Rows as wide as the header and one empty cell more; data outside of it is told, once a column or row."""
    for row in rows:
        number, cells = row
        if len(cells) != width:
            if len(cells) > width and any(cells[width:]):
                raw = " ".join(filter(None, cells[width:]))
                shaped.note("file-row-too-wide", number, width, raw, cells=len(cells), columns=width)
            cells[:] = cells[:width] + [""] * (width - len(cells))
        if without_header:
            for column in [column for column in without_header if cells[column].strip()]:
                without_header.remove(column)
                shaped.note("file-header-missing", number, column, "", column=column_letters(column), header="")
        cells.append("")
        yield row
