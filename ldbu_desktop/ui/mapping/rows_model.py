"""The first rows of a table: as the file has them, or as they are read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt

from ldbu_desktop.column_letters import column_letters
from ldbu_desktop.language import tr
from ldbu_desktop.mapping.links import READ_BY, ColumnLink, Part, TableLink
from ldbu_desktop.rendering.words import covered, entry_words
from ldbu_desktop.ui.kit.table_model import Column, TableModel
from ldbu_desktop.ui.mapping.desk import MappingDesk
from ldbu_desktop.ui.mapping.effect import Readings, Row
from ldbu_desktop.ui.mapping.words import target_words
from ldbu_desktop.ui.theme import colour, font

_WIDTH = 36
_COVER = "••••"
_NUMBER_WIDTH = 16


def names_persons(link: ColumnLink) -> bool:
    """Whether a column may hold names or free text: those of which a profile has no samples, though it is filled."""
    profile = link.profile
    is_structure = link.target is not None and link.target.part in (Part.KEY, Part.CPR)
    return profile is not None and profile.filled > 0 and not profile.samples and not is_structure


class RowsModel(TableModel[Row]):
    """A column for each of the file's that a link is about. ``readings`` are what was read of them."""

    def __init__(self, desk: MappingDesk, parent: QObject | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._table: TableLink | None = None
        self.readings: Readings = {}
        self.shows_readings = False

    def show_table(self, table: TableLink | None, rows: list[Row]) -> None:
        """Show the rows of a table; of none nothing."""
        self._table = table
        links = self._desk.links.columns_of(table.place) if table is not None else []
        columns = [self._number_column(), *map(self._column, links)] if table is not None else []
        self.show(rows, columns)

    def _number_column(self) -> Column[Row]:
        return Column("row", lambda: tr("Række"), lambda row: str(row[0]), is_number=True, width=_NUMBER_WIDTH)

    def _column(self, link: ColumnLink) -> Column[Row]:
        roles: dict[int, Callable[[Row], Any]] = {
            Qt.ItemDataRole.FontRole: lambda row: font(bold=self.is_header(row)),
            Qt.ItemDataRole.ForegroundRole: lambda row: colour("muted") if not self._is_read(link, row) else None,
        }
        title, text = partial(self._title, link), partial(self._text, link)
        return Column(str(link.column), title, text, width=_WIDTH, roles=roles)

    def _title(self, link: ColumnLink) -> str:
        letters = column_letters(link.column)
        if link.target is None or link.state not in READ_BY:
            return letters
        return f"{letters} · {target_words(link.target, self._desk.standard)}"

    def is_header(self, row: Row) -> bool:
        """Whether a row is one of the headers."""
        return self._table is not None and self._table.header_rows[0] <= row[0] <= self._table.header_rows[1]

    def _is_read(self, link: ColumnLink, row: Row) -> bool:
        return self.is_header(row) or link.state in READ_BY

    def _text(self, link: ColumnLink, row: Row) -> str:
        if self.shows_readings and not self.is_header(row):
            return self._reading(row, link)
        text = row[1][link.column] if link.column < len(row[1]) else ""
        shown = self._desk.session.shows_cpr
        is_personal = text and not shown and not self.is_header(row) and names_persons(link)
        return _COVER if is_personal else covered(text, shown=shown)

    def _reading(self, row: Row, link: ColumnLink) -> str:
        """What was read of a cell, in words; nothing where nothing was."""
        read = self.readings.get((row[0], link.column))
        if read is None:
            return ""
        shown = self._desk.session.shows_cpr
        known = self._desk.standard.variable.get(read.variable)
        if known is not None and known.kind == "reference":
            return covered(read.entry.raw, shown=shown)
        return entry_words(read.entry, read.variable, self._desk.standard, None, shown=shown)
