"""Journal exports: tables in our two shapes, recognised and read into a journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ldbu_desktop.journal.model import NO_COLUMN, Journal, Note, Origin
from ldbu_desktop.mapping.columns import Shape, ShapedTable, header_key, shape_table, sheet_shape
from ldbu_desktop.mapping.layout import long_sheets
from ldbu_desktop.mapping.long import LongExport
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.mapping.wide import gather_wide
from ldbu_desktop.mapping.wide_columns import wide_shape
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.standard.model import Standard

OWN_SHEETS = frozenset(map(header_key, ("Vejledning", "Lister")))
"""Sheets of a template that hold no data."""


class ExportReader:
    """Reads exports by one standard: the tables that belong together at a time."""

    def __init__(self, standard: Standard) -> None:
        self._vocabulary = Vocabulary(standard)
        self._wide = wide_shape(self._vocabulary)
        self._shapes: tuple[Shape, ...] = (
            *(sheet_shape(sheet, self._vocabulary) for sheet in long_sheets()),
            self._wide.shape,
        )

    def read(self, tables: Sequence[Table]) -> list[Journal]:
        """The journals of one export: one of its long tables, and one of each wide; none where no shape is known."""
        notes: list[Note] = []
        long = LongExport(self._vocabulary)
        wide: list[ShapedTable] = []
        for table in tables:
            if header_key(table.sheet) in OWN_SHEETS:
                continue
            shaped = shape_table(table, self._shapes)
            if shaped is None:
                notes += _unknown(table)
            elif shaped.shape == self._wide.shape.id:
                wide.append(shaped)
            else:
                long.add(shaped)
        journals = []
        if long.tables:
            families = long.gathered().families()
            told = (note for shaped in long.tables for note in shaped.all_notes())
            journals.append(Journal(families, notes=(*notes, *told)))
            notes = []
        for shaped in wide:
            families = gather_wide(shaped, self._wide, self._vocabulary).families()
            journals.append(Journal(families, notes=(*notes, *shaped.all_notes())))
            notes = []
        return journals


def _unknown(table: Table) -> Iterator[Note]:
    yield Note("file-sheet-unknown", Origin(table.file, table.sheet), NO_COLUMN, table.sheet, {"sheet": table.sheet})
