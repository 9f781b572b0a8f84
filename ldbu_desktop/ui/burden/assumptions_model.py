"""The constants that the estimate rests on, as a table: each can be set, and says where it is from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont

from ldbu_desktop.burden.assumptions import Assumption, Assumptions, read_value, shipped_assumptions
from ldbu_desktop.burden.model import Band
from ldbu_desktop.faults import CallFault
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.ui.kit.table_model import EDITABLE, TICKABLE, Column, TableModel, Width
from ldbu_desktop.ui.theme import colour, font


class AssumptionsModel(TableModel[Assumption]):
    """A row a constant, in the order of the file. A value is one number, or low/typical/high.

    ``changed`` gives the new assumptions; ``refused`` the fault of a value that can't be taken.
    """

    changed = Signal(object)
    refused = Signal(object)

    def __init__(self, current: Callable[[], Assumptions], parent: QObject | None = None) -> None:
        roles: dict[int, Callable[[Assumption], Any]] = {Qt.ItemDataRole.FontRole: self._font}
        super().__init__(
            (
                Column("name", lambda: tr("Antagelse"), self._name, width=Width.REST, tip=_source, roles=roles),
                Column(
                    "value",
                    lambda: tr("Værdi"),
                    lambda known: self._value(known) or _UNSET[known.is_switch](),
                    is_number=True,
                    tip=_source,
                    roles={
                        **roles,
                        Qt.ItemDataRole.EditRole: self._value,
                        Qt.ItemDataRole.CheckStateRole: self._tick,
                        Qt.ItemDataRole.ForegroundRole: self._ink,
                    },
                    flags=lambda known: TICKABLE if known.is_switch else EDITABLE,
                    edit=self._set,
                ),
            ),
            parent,
        )
        self._current = current
        self.show(tuple(shipped_assumptions().values()))

    def is_changed(self, known: Assumption) -> bool:
        """Whether the user has set a constant."""
        return known.id in self._current().changed

    def reset_row(self, row: int) -> None:
        """Let a constant have its default again."""
        self.changed.emit(self._current().reset(self.rows[row].id))
        self.retell()

    def reset_all(self) -> None:
        """Let every constant have its default again."""
        self.changed.emit(Assumptions())
        self.retell()

    def _name(self, known: Assumption) -> str:
        """What a constant is called; one that the user has set says so in words too."""
        name = _name(known)
        return tr("{name} – ændret", name=name) if self.is_changed(known) else name

    def _font(self, known: Assumption) -> QFont:
        return font(bold=self.is_changed(known))

    def _ink(self, known: Assumption) -> QColor | None:
        return None if self._current().is_set(known.id) else colour("muted")

    def _tick(self, known: Assumption) -> Qt.CheckState | None:
        if not known.is_switch:
            return None
        return Qt.CheckState.Checked if self._current().is_on(known.id) else Qt.CheckState.Unchecked

    def _value(self, known: Assumption) -> str:
        if known.is_switch or not self._current().is_set(known.id):
            return ""
        return value_words(self._current()[known.id])

    def _set(self, known: Assumption, value: Any, role: int) -> bool:
        """Set a constant; an emptied one has its default again."""
        current = self._current()
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
        return True


def _source(known: Assumption) -> str:
    return f"{known.source[chosen()]} ({known.date})"


_UNSET: dict[bool, Callable[[], str]] = {True: lambda: "", False: lambda: tr("ikke målt")}
"""What stands for no value: nothing beside a tick."""


def _name(known: Assumption) -> str:
    unit = known.unit[chosen()]
    return f"{known.label[chosen()]} ({unit})" if unit else known.label[chosen()]


def value_words(value: Band) -> str:
    """A value as it is set: one number, or ``low / typical / high``."""
    numbers = [value.typical] if value.low == value.high else [value.low, value.typical, value.high]
    return " / ".join(f"{number:g}".replace(".", tr(",")) for number in numbers)
