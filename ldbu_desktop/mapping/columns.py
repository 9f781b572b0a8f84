"""Which column holds what: headers are matched to fields, and rows are laid out under them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from ldbu_desktop.account import Amount, NotRead
from ldbu_desktop.characters import plain
from ldbu_desktop.journal.model import NO_COLUMN, Note, Origin
from ldbu_desktop.mapping.column_forms import ColumnForms, written_value
from ldbu_desktop.mapping.layout import Sheet
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.sources.rows import RowGroup, TableRows, rows_or_groups
from ldbu_desktop.sources.tables import Row, Table

OUTSIDE = "file-rows-outside-table"
REPEATED = "file-header-repeated"
TOLD_ONCE = frozenset((OUTSIDE, REPEATED))
"""What is told once for a table, however many rows it is true of."""

_FEWEST_HEADERS = 2
_INDIFFERENT = re.compile(r"[\s_\-*]+|[.:](?!\d)")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe"})


def comparable(text: str) -> str:
    """``text`` as headers and words of exports are compared: case, and how æ, ø and å are spelt, tell nothing."""
    folded = plain(text).casefold()
    if folded.isascii():
        return folded
    spelt = folded.translate(_LETTERS)
    if spelt.isascii():
        return spelt
    parted = unicodedata.normalize("NFD", spelt)
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def header_key(text: str) -> str:
    """A header without what does not tell headers apart.

    That is: case, spaces, underscores, hyphens, asterisks, points and colons that part no numbers, and whether æ, ø and
    å are spelt ae, oe and aa.
    """
    if text.isascii() and text.isalnum():
        return text.lower()
    return comparable(_INDIFFERENT.sub("", plain(text)))


class Shape(Struct, frozen=True):
    """A kind of table as its headers tell it: each known header's field, and the fields it can't do without.

    ``coded`` are the fields with few different values, the likeliest first: a header among the rows is seen there.
    ``parts`` says which part of a journal stands in each field: a variable, or the field itself with its shape.
    """

    id: str
    names: frozenset[str]
    fields: Mapping[str, str]
    required: Mapping[str, str]
    coded: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)

    def requires(self, header: str) -> bool:
        """Whether ``header`` is one that a table of this shape can't do without."""
        return self.fields.get(header_key(header)) in self.required


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
        tuple(column.field for column in columns if column.required and vocabulary.is_coded(column)),
        {column.field: column.variable or f"{sheet.id}.{column.field}" for column in columns},
    )


def is_mostly_known(known: int, named: int) -> bool:
    """Whether a table whose needed headers are all there is ours, by how many of its headers are known.

    Ordinary exports have the words that ours can't do without, and columns of their own beside them.
    """
    return known * 5 >= named * 4


class Shapes:
    """The shapes that a table may have, compared at once: by its headers, and by its name where those leave it open."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self.shapes = shapes
        self._fields: dict[str, list[tuple[Shape, str]]] = {}
        for shape in shapes:
            for key, name in shape.fields.items():
                self._fields.setdefault(key, []).append((shape, name))

    def of_header(self, cells: Sequence[str], sheet: str) -> Shape | None:
        """The shape of which ``cells`` are the headers; None where they are none, or too few to tell."""
        scored = [
            (len(found) - len(shape.required.keys() - found), len(found), shape)
            for shape, found in self._found(cells)
            if len(found) >= _FEWEST_HEADERS
        ]
        best = self._best(scored, sheet)
        return best if best is not None and any(best.requires(text) for text in cells) else None

    def of_name(self, cells: Sequence[str], sheet: str) -> Shape | None:
        """The shape that a sheet is named after, where one of ``cells`` is a header of it and none is a number."""
        if any(text.strip().replace("-", "").isdecimal() for text in cells):
            return None
        name = header_key(sheet)
        scored = [(0, len(found), shape) for shape, found in self._found(cells) if found and name in shape.names]
        return self._best(scored, sheet)

    def _found(self, cells: Sequence[str]) -> Iterator[tuple[Shape, set[str]]]:
        found: dict[str, tuple[Shape, set[str]]] = {}
        for text in cells:
            if text:
                for shape, name in self._fields.get(header_key(text), ()):
                    found.setdefault(shape.id, (shape, set()))[1].add(name)
        return iter(found.values())

    def _best(self, scored: Sequence[tuple[int, int, Shape]], sheet: str) -> Shape | None:
        name = header_key(sheet)
        order = {shape.id: -position for position, shape in enumerate(self.shapes)}
        best = max(scored, key=lambda each: (each[0], each[1], name in each[2].names, order[each[2].id]), default=None)
        return best[2] if best is not None else None

    def may_be_header(self, text: str) -> bool:
        """Whether a cell may be one of a header row."""
        return header_key(text) in self._fields


class BlockKey(NamedTuple):
    """Where a table stands: several may stand in a sheet, each below a header of its own, and beside each other."""

    file: str
    sheet: str
    header_row: int
    first_column: int = 0


class _LeftOut(Struct):
    """How much was not read for one reason, from which row on."""

    row: int
    rows: int = 0
    cells: int = 0


class ShapedTable(Struct):
    """A table whose columns are known: ``at`` gives each field's column, ``rows`` the rows below the header.

    ``unread`` has the columns that no field stands in, each with some of the texts in it when the rows have been read.
    Every row has an empty cell after its last column, so that a field without a column can be read from there.
    """

    table: Table
    shape: Shape
    key: BlockKey
    forms: ColumnForms
    at: dict[str, int] = field(default_factory=dict)
    rows: Iterator[Row] = field(default_factory=lambda: iter(()))
    headers: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unread: dict[int, list[str]] = field(default_factory=dict)
    _left_out: dict[tuple[str, int], _LeftOut] = field(default_factory=dict)

    def column(self, name: str) -> int:
        """The column of a field, or the empty one at the end."""
        return self.at.get(name, NO_COLUMN)

    def origin(self, row: int) -> Origin:
        """Where a row stands."""
        return Origin(self.table.file, self.table.sheet, row)

    def note(self, code: str, row: int, column: int = NO_COLUMN, raw: str = "", /, **facts: str | int) -> None:
        """Tell something about a row."""
        self.notes.append(Note(code, self.origin(row), column, raw, facts))

    def leave_out(self, code: str, row: int, cells: Sequence[str], column: int = NO_COLUMN) -> None:
        """Count ``cells`` as not read: those of a column, or else of a whole row."""
        left = self._left_out.get((code, column))
        if left is None:
            left = self._left_out[code, column] = _LeftOut(row)
        left.cells += sum(map(bool, map(str.strip, cells)))
        left.rows += column == NO_COLUMN

    def unused(self, row: int, column: int, raw: str) -> None:
        """Tell of a cell that belongs to nothing that was read."""
        self.note("file-cell-unused", row, column, raw)
        self.leave_out("file-cell-unused", row, (raw,), column)

    def has_left_out(self, code: str, column: int) -> bool:
        """Whether something of a column was counted as not read for the same reason before."""
        return (code, column) in self._left_out

    def all_notes(self) -> Iterator[Note]:
        """What there is to tell when the rows have been read, the reading of the file included."""
        yield from self.notes
        for column, text, facts in self.forms.told():
            yield Note("file-column-form", self.origin(self.key.header_row), column, text, facts)
        for column, others, read in self.other_marks():
            text = next(iter(others))
            facts = {"read": written_value(read[text]), "texts": len(others)}
            yield Note("file-column-form", self.origin(self.key.header_row), column, text, facts)
        for (code, column), left in self._left_out.items():
            if code in TOLD_ONCE:
                yield Note(code, self.origin(left.row), column, "", {"rows": left.rows})

    def other_marks(self) -> Iterator[tuple[int, Mapping[str, str], Mapping[str, object]]]:
        """The columns of numbers in which two decimal signs are written; a number of a spreadsheet's own has none."""
        return iter(()) if self.table.has_number_cells else self.forms.other_marks()

    def not_read(self) -> Iterator[NotRead]:
        """What of the table was left out, by the code that tells it."""
        for (code, column), left in self._left_out.items():
            amount = Amount(rows=left.rows, cells=left.cells)
            yield NotRead(code, amount, self.table.file, self.table.sheet, left.row, column)


_ROWS_TOGETHER = 100
"""Few enough that their texts stay at hand between two columns."""


def by_columns(rows: Iterator[Row]) -> Iterator[RowGroup]:
    """Rows of one width, some at a time.

    What is looked up for every row of a million is looked up a column at a time, which is quicker.
    """
    for part in rows_or_groups(TableRows.of(rows), _ROWS_TOGETHER):
        yield part if isinstance(part, RowGroup) else RowGroup.of(part)
