"""The list of links as a table: what stands in the file, how certain a link is, and what it is read as."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from ldbu_desktop.column_letters import column_letters
from ldbu_desktop.language import tr
from ldbu_desktop.mapping.links import Place, State
from ldbu_desktop.rendering.proposal import shape_words
from ldbu_desktop.rendering.words import count_words, covered
from ldbu_desktop.ui.kit.table_model import Column, TableModel, Width
from ldbu_desktop.ui.mapping.desk import MappingDesk
from ldbu_desktop.ui.mapping.lines import ColumnLine, ConstantLine, Line, TableLine, ValueLine
from ldbu_desktop.ui.mapping.words import (
    APPROVED,
    MARKS,
    MISSING,
    Mark,
    about_words,
    cells_words,
    code_words,
    coded_words,
    header_words,
    link_mark,
    mark_words,
    name_words,
    profile_words,
    rows_words,
    table_words,
    target_words,
)


class Role(IntEnum):
    """What a cell gives beside its text."""

    SECOND_LINE = Qt.ItemDataRole.UserRole + 1
    MARK = Qt.ItemDataRole.UserRole + 2
    LINE = Qt.ItemDataRole.UserRole + 3


class LinksModel(TableModel[Line]):
    """A row a table, a column or a value. What each says is worked out when it is drawn."""

    def __init__(self, desk: MappingDesk, parent: QObject | None = None) -> None:
        self._desk = desk
        super().__init__(
            (
                self._column("file", lambda: tr("I filen"), self._file_words, self._file_more, width=76),
                self._column("state", lambda: tr("Kobling"), self._state_words, self._state_more, width=46),
                self._column("target", lambda: tr("Læses som"), self._target_words, self._target_more, Width.REST),
            ),
            parent,
        )
        self._rows: dict[Place, int] = {}

    def _column(
        self,
        name: str,
        title: Callable[[], str],
        text: Callable[[Line], str],
        more: Callable[[Line], str],
        width: Width | int,
    ) -> Column[Line]:
        roles: dict[int, Callable[[Line], Any]] = {
            Role.SECOND_LINE: more,
            Role.LINE: lambda line: line,
            Qt.ItemDataRole.AccessibleTextRole: lambda line: _both(text(line), more(line)),
        }
        if name == "state":
            roles[Role.MARK] = self.mark
        return Column(
            name, title, text, width=width, tip=lambda line: _both(text(line), more(line)), roles=roles,
            in_line=mark_words if name == "state" else tuple,
        )  # fmt: skip

    def show_lines(self, lines: list[Line]) -> None:
        """Show other lines."""
        self._rows = {line.place: row for row, line in enumerate(lines)}
        self.show(lines)

    def index_of(self, place: Place | None) -> QModelIndex:
        """Where a line is, by its place; nowhere if it is not shown."""
        row = self._rows.get(place) if place is not None else None
        return self.index(row, 0) if row is not None else QModelIndex()

    def mark(self, line: Line) -> Mark | None:
        """How certain a link is; None for a table."""
        match line:
            case TableLine():
                return None
            case ConstantLine(table, variable, None) if table.said_by_sheet(variable):
                return MARKS[State.PROPOSED]
            case ConstantLine(_, _, constant):
                return MISSING if constant is None else APPROVED
        return link_mark(line.link)

    def _file_words(self, line: Line) -> str:
        match line:
            case TableLine(link):
                return table_words(link)
            case ConstantLine():
                return tr("Det samme for alle")
            case ColumnLine(link):
                return header_words(link)
            case ValueLine(link):
                return covered(link.value, shown=self._desk.session.shows_cpr) or tr("tom celle")

    def _file_more(self, line: Line) -> str:
        match line:
            case TableLine(link):
                return " · ".join((rows_words(link.rows), shape_words(link.shape)))
            case ConstantLine():
                return tr("står ikke i filen")
            case ColumnLine(link):
                return " · ".join(filter(None, (column_letters(link.column), profile_words(link))))
            case ValueLine(link):
                return cells_words(link.count)

    def _state_words(self, line: Line) -> str:
        mark = self.mark(line)
        return mark.word() if mark is not None else ""

    def _state_more(self, line: Line) -> str:
        match line:
            case TableLine(_, waiting) if waiting:
                return tr("{count, plural, one {# venter} other {# venter}}", count=count_words(waiting))
            case ColumnLine(_, values, waiting) if waiting:
                return tr("venter: {waiting} af {values}", waiting=count_words(waiting), values=count_words(values))
            case ColumnLine(_, values) if values:
                return tr("{count, plural, one {# værdi} other {# værdier}}", count=count_words(values))
        return ""

    def _target_words(self, line: Line) -> str:
        standard = self._desk.standard
        match line:
            case TableLine():
                return ""
            case ConstantLine(table, variable, constant):
                name = name_words(variable, standard)
                value = constant.value if constant is not None else table.said_by_sheet(variable)
                return f"{name}: {coded_words(value, variable, standard)}" if value else name
            case ColumnLine(link) if link.target is not None and link.state is not State.LEFT_OUT:
                return target_words(link.target, standard)
            case ValueLine(link) if link.has_meaning and link.state is not State.LEFT_OUT:
                return code_words(link, standard)
        return tr("Læses ikke") if line.link.state is State.LEFT_OUT else tr("Vælg, hvad det er")

    def _target_more(self, line: Line) -> str:
        match line:
            case ColumnLine(link) if link.target is not None and link.state is not State.LEFT_OUT:
                return about_words(link.target, self._desk.standard)
            case ConstantLine(table, variable, None) if table.said_by_sheet(variable):
                return tr("Arkets navn siger det; tryk Enter for ja")
            case ConstantLine(_, _, None):
                return tr("Tryk Enter for at sætte den")
        return ""


def _both(first: str, second: str) -> str:
    return ", ".join(filter(None, (first, second)))
