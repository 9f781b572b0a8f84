"""The areas of the standard, what can be exercised in one, and the matrix of variables by visit type, a row each."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont

from ldbu_desktop.language import tr
from ldbu_desktop.rendering.coverage import CoverageItem
from ldbu_desktop.rendering.tables import Cell, DataTable
from ldbu_desktop.ui.kit.table_model import Column, TableModel, Width
from ldbu_desktop.ui.theme import colour, font

MATRIX = "matrix"
"""The id of what is no area but all variables by all visit types."""
_FIRST, _COUNT = 50, 30
"""How wide the name of a variable and a count are, in steps of the grid."""


class Area(NamedTuple):
    """An area: its id, its title, and how much of it is used."""

    id: str
    title: str
    used: int
    total: int

    @property
    def share(self) -> str:
        """How much is used, in figures."""
        return tr("{used} af {total}", used=self.used, total=self.total)


class AreasModel(TableModel[Area]):
    """The areas, each with how much of it is used."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column("area", lambda: tr("Område"), lambda one: one.title, width=Width.REST),
                Column(
                    "used",
                    lambda: tr("Brugt"),
                    lambda one: one.share,
                    key=lambda one: one.used / one.total if one.total else None,
                    is_number=True,
                    roles={Qt.ItemDataRole.ForegroundRole: _ink_of_area},
                ),
            ),
            parent,
        )


def _ink_of_area(one: Area) -> QColor:
    return colour("clear" if one.used == one.total else "text")


class ItemsModel(TableModel[CoverageItem]):
    """What can be exercised, with how often it was, or the smallest case that would."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column("what", lambda: tr("Hvad"), lambda one: one.what, width=Width.REST, roles=_ROLES),
                Column(
                    "count",
                    lambda: tr("Brugt"),
                    _count,
                    is_number=True,
                    roles={**_ROLES, Qt.ItemDataRole.AccessibleTextRole: _spoken},
                ),
                Column(
                    "smallest",
                    lambda: tr("Mindste tilfælde, hvis det ikke er brugt"),
                    lambda one: "" if one.count else one.smallest,
                    width=Width.REST,
                    roles={Qt.ItemDataRole.ForegroundRole: lambda _one: colour("muted")},
                ),
            ),
            parent,
        )


def _count(one: CoverageItem) -> str:
    if not one.count:
        return "–"
    return str(one.count) if one.of is None else tr("{used} af {total}", used=one.count, total=one.of)


def _weight(one: CoverageItem) -> QFont:
    return font(bold=one.count > 0)


def _ink(one: CoverageItem) -> QColor:
    return colour("text" if one.count else "muted")


_ROLES: dict[int, Callable[[CoverageItem], object]] = {
    Qt.ItemDataRole.FontRole: _weight,
    Qt.ItemDataRole.ForegroundRole: _ink,
}


def _spoken(one: CoverageItem) -> str:
    return _count(one) if one.count else tr("ikke brugt")


Counts = tuple[Cell, ...]


class MatrixModel(TableModel[Counts]):
    """Variables by visit types: how often each was observed. What is asked for and never was has a dash, and what is
    not asked for an empty cell."""

    def show_table(self, table: DataTable, is_asked: Callable[[int, int], bool]) -> None:
        """Show the matrix; ``is_asked`` tells whether what a row and a column cross in is asked for."""
        columns = [_column(at, heading) for at, heading in enumerate(table.headings)]
        rows = (
            tuple(cell or (0 if is_asked(row, at) else None) for at, cell in enumerate(cells))
            for row, cells in enumerate(table.rows)
        )
        self.show(tuple(rows), columns)


def _column(at: int, heading: str) -> Column[Counts]:
    if not at:
        return Column("variable", lambda: heading, lambda row: str(row[0]), width=_FIRST)
    return Column(
        f"{at}",
        lambda: heading,
        lambda row: _figure(row[at]),
        is_number=True,
        wraps_title=True,
        width=_COUNT,
        tip=lambda row: f"{row[0]} · {heading}: {row[at] or _unused(row[at])}",
        roles={
            Qt.ItemDataRole.FontRole: lambda row: font(bold=bool(row[at])),
            Qt.ItemDataRole.AccessibleTextRole: lambda row: str(row[at] or _unused(row[at])),
        },
    )


def _figure(count: Cell) -> str:
    return str(count) if count else "–" if count == 0 else ""


def _unused(count: Cell) -> str:
    return tr("ikke brugt") if count == 0 else tr("ikke bedt om")
