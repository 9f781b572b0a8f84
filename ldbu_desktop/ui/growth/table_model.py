"""A series as a table: the chart for those who do not see it, or would rather read."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ldbu_desktop.language import tr
from ldbu_desktop.ui.growth.words import age_words, doubt_words, score_words, size_words
from ldbu_desktop.ui.icons import icon
from ldbu_desktop.use_cases.growth import Series

Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns of the table."""

    AGE = 0
    SIZE = 1
    SCORE = 2
    DOUBT = 3


class TableModel(QAbstractTableModel):
    """A row a measurement, by age."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._series: Series | None = None

    def show_series(self, series: Series | None) -> None:
        """Show another series, or none; also to say everything anew."""
        self.beginResetModel()
        self._series = series
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """A row a measurement."""
        return len(self._series.points) if self._series and not parent.isValid() else 0

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Age, size, score, and what is doubtful."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the columns are called."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Alder"), tr("Måling"), tr("z"), tr("Se efter"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; the words of a doubt are its tool tip too, as they are long."""
        if self._series is None or not index.isValid():
            return None
        point, column = self._series.points[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.DecorationRole and column is Column.DOUBT and point.is_doubtful:
            return icon("check", "check", 16)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            told = {
                Column.AGE: lambda: age_words(point),
                Column.SIZE: lambda: size_words(point),
                Column.SCORE: lambda: score_words(point.z),
                Column.DOUBT: lambda: doubt_words(self._series, point) if self._series else "",
            }
            return told[column]() or None
        return None


def _alignment(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in (Column.SIZE, Column.SCORE) else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
