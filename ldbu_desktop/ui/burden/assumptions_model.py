"""The constants that the estimate rests on, as a table: each can be set, and says where it is from."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ldbu_desktop.burden.assumptions import Assumption, Assumptions, read_value, shipped_assumptions
from ldbu_desktop.burden.model import Band
from ldbu_desktop.faults import CallFault
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.ui.theme import colour, font

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns."""

    NAME = 0
    VALUE = 1


class AssumptionsModel(QAbstractTableModel):
    """A row a constant, in the order of the file. A value is one number, or low/typical/high.

    ``changed`` gives the new assumptions; ``refused`` the fault of a value that can't be taken.
    """

    changed = Signal(object)
    refused = Signal(object)

    def __init__(self, current: Callable[[], Assumptions], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._current = current
        self._known: tuple[Assumption, ...] = tuple(shipped_assumptions().values())

    def at(self, row: int) -> Assumption:
        """The constant of a row."""
        return self._known[row]

    def is_changed(self, row: int) -> bool:
        """Whether the user has set a constant."""
        return self._known[row].id in self._current().changed

    def retell(self) -> None:
        """Say everything anew."""
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._known) - 1, len(Column) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def reset_row(self, row: int) -> None:
        """Let a constant have its default again."""
        self.changed.emit(self._current().reset(self._known[row].id))
        self.retell()

    def reset_all(self) -> None:
        """Let every constant have its default again."""
        self.changed.emit(Assumptions())
        self.retell()

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """A row a constant."""
        return 0 if parent.isValid() else len(self._known)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns of :class:`Column`."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        names = (tr("Antagelse"), tr("Værdi"))
        return names[section] if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The values can be set; a switch is ticked."""
        flags = super().flags(index)
        if not index.isValid() or index.column() != Column.VALUE:
            return flags
        is_switch = self._known[index.row()].is_switch
        return flags | (Qt.ItemFlag.ItemIsUserCheckable if is_switch else Qt.ItemFlag.ItemIsEditable)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if not index.isValid():
            return None
        known, column = self._known[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _name(known) if column == Column.NAME else self._value(known) or _UNSET[known.is_switch]()
            case Qt.ItemDataRole.EditRole:
                return self._value(known) if column == Column.VALUE else None
            case Qt.ItemDataRole.CheckStateRole if column == Column.VALUE and known.is_switch:
                return Qt.CheckState.Checked if self._current().is_on(known.id) else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ToolTipRole:
                return f"{known.source[chosen()]} ({known.date})"
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.FontRole:
                return font(bold=self.is_changed(index.row()))
            case Qt.ItemDataRole.ForegroundRole if column == Column.VALUE and not self._current().is_set(known.id):
                return colour("muted")
        return None

    def _value(self, known: Assumption) -> str:
        if known.is_switch or not self._current().is_set(known.id):
            return ""
        return value_words(self._current()[known.id])

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Set a constant; an emptied one has its default again."""
        if not index.isValid() or index.column() != Column.VALUE:
            return False
        known, current = self._known[index.row()], self._current()
        try:
            if role == Qt.ItemDataRole.CheckStateRole:
                is_on = Qt.CheckState(value) is Qt.CheckState.Checked
                made = current.with_value(known.id, Band(is_on, is_on, is_on))
            elif role == Qt.ItemDataRole.EditRole:
                text = str(value).strip()
                made = current.with_value(known.id, read_value(text)) if text else current.reset(known.id)
            else:
                return False
        except CallFault as fault:
            self.refused.emit(fault)
            return False
        self.changed.emit(made)
        self.dataChanged.emit(index, index)
        return True


_UNSET: dict[bool, Callable[[], str]] = {True: lambda: "", False: lambda: tr("ikke målt")}
"""What stands for no value: nothing beside a tick."""


def _name(known: Assumption) -> str:
    unit = known.unit[chosen()]
    return f"{known.label[chosen()]} ({unit})" if unit else known.label[chosen()]


def value_words(value: Band) -> str:
    """A value as it is set: one number, or ``low / typical / high``."""
    numbers = [value.typical] if value.low == value.high else [value.low, value.typical, value.high]
    return " / ".join(f"{number:g}".replace(".", tr(",")) for number in numbers)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == Column.VALUE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
