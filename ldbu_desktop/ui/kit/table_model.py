"""What tables show: what a column is called and says of a row is a value, and the model is the same for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from ldbu_desktop.language import natural, tr
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.sorting import Arranged, Background, Key, Order, in_order
from ldbu_desktop.ui.theme import is_large
from ldbu_desktop.work import Cancellation

Row = TypeVar("Row")

SOON = 1000
"""So many rows are in their order before anybody waits for it."""
_NOWHERE = QModelIndex()
HEADING = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
"""The flags of a cell that is a heading: it can't be selected."""

READABLE = HEADING | Qt.ItemFlag.ItemIsSelectable
EDITABLE = READABLE | Qt.ItemFlag.ItemIsEditable
TICKABLE = READABLE | Qt.ItemFlag.ItemIsUserCheckable

_WORDS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Width(Enum):
    """How wide a column is, where it is not so many steps of the grid that the user may change."""

    CONTENTS = "contents"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its title, its text in a row, and what else it gives for Qt's roles.

    ``tip`` is the text where it is not given. ``flags`` are a cell's, which is readable where they are not given.
    ``edit`` takes what was typed or ticked, with Qt's role, and says whether it was taken. ``key`` is what rows are
    ordered by where that is not the text. ``in_line`` gives texts that always have room in one line of it, beside an
    icon.
    """

    id: str
    title: Callable[[], str]
    text: Callable[[Row], str | None]
    is_number: bool = False
    wraps_title: bool = False
    width: Width | int = Width.CONTENTS
    tip: Callable[[Row], str | None] | None = None
    roles: Mapping[int, Callable[[Row], Any]] = field(default_factory=dict)
    flags: Callable[[Row], Qt.ItemFlag] | None = None
    edit: Callable[[Row, Any, int], bool] | None = None
    key: Key[Row] | None = None
    in_line: Callable[[], Iterable[str]] = tuple

    def order_key(self) -> Key[Row]:
        """What rows are ordered by under this column: the text, where nothing else is said."""
        text = self.text
        return self.key or (lambda row: natural(text(row) or ""))

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """Numbers stand at the right, words at the left."""
        return _NUMBERS if self.is_number else _WORDS

    def all_roles(self) -> dict[int, Callable[[Row], Any]]:
        """What a cell gives for every role that it answers to."""
        alignment = self.alignment
        return {
            Qt.ItemDataRole.DisplayRole: self.text,
            Qt.ItemDataRole.ToolTipRole: self.tip or self.text,
            Qt.ItemDataRole.TextAlignmentRole: lambda _row: alignment,
            **self.roles,
        }


class TableModel(QAbstractTableModel, Generic[Row]):
    """Rows of any kind under columns that are values. Nothing is worked out before a cell is drawn.

    ``rows`` are as they are shown, ``given`` as they were given; ``order`` is by what column they stand, if by one.
    ``background`` orders many of them beside the window. ``arranged`` tells that they stand in another order.
    """

    arranged = Signal()

    def __init__(
        self, columns: Sequence[Column[Row]] = (), parent: QObject | None = None, background: Background | None = None
    ) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()
        self.given: Sequence[Row] = ()
        self.order: Order | None = None
        self._background = background
        self.columns: Sequence[Column[Row]] = ()
        self._places: dict[str, int] = {}
        self._roles: list[dict[int, Callable[[Row], Any]]] = []
        self._take_columns(columns)

    def _take_columns(self, columns: Sequence[Column[Row]]) -> None:
        self.columns = tuple(columns)
        self._places = {column.id: at for at, column in enumerate(self.columns)}
        self._roles = [column.all_roles() for column in self.columns]

    def show(self, rows: Sequence[Row], columns: Sequence[Column[Row]] | None = None) -> None:
        """Show other rows, and other columns where they are given, in the order that is chosen."""
        self.beginResetModel()
        self.given = self.rows = rows
        if columns is not None:
            self._take_columns(columns)
        if self.order is not None and self.order.column not in self._places:
            self.order = None
        is_soon = self._is_ordered_soon
        if is_soon:
            self.rows = self._arranged(self._numbers(Cancellation()))
        self.endResetModel()
        if not is_soon:
            self._order_in_background()

    # --- in which order

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column, or as they were given where it is -1; the same are selected as before."""
        is_one = 0 <= column < len(self.columns)
        wanted = Order(self.columns[column].id, order is Qt.SortOrder.DescendingOrder) if is_one else None
        if wanted == self.order:
            return
        self.order = wanted
        if self._is_ordered_soon:
            self._arrange(self._numbers(Cancellation()))
        else:
            self._order_in_background()

    @property
    def _is_ordered_soon(self) -> bool:
        """Whether rows are in their order before anybody waits for it."""
        return self.order is None or self._background is None or len(self.given) <= SOON

    def _numbers(self, cancellation: Cancellation) -> Sequence[int]:
        """Which of the rows that were given stands first, and so on."""
        if self.order is None:
            return range(len(self.given))
        key = self.columns[self.place_of(self.order.column)].order_key()
        return in_order(self.given, key, cancellation, is_descending=self.order.is_descending)

    def _arranged(self, numbers: Sequence[int]) -> Sequence[Row]:
        return self.given if self.order is None else Arranged(self.given, numbers)

    def _order_in_background(self) -> None:
        """Have many rows ordered beside the window; until then they stand as they do."""
        given, order = self.given, self.order

        def then(numbers: Sequence[int]) -> None:
            if given is self.given and order == self.order:
                self._arrange(numbers)

        if self._background is not None:
            self._background(lambda _progress, cancellation: self._numbers(cancellation), then)

    def _arrange(self, numbers: Sequence[int]) -> None:
        """Show the same rows in another order: who holds one of them holds it where it stands then."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        before = self.rows
        of = [before.numbers[one.row()] if isinstance(before, Arranged) else one.row() for one in held]
        self.rows = self._arranged(numbers)
        places = {number: at for at, number in enumerate(numbers)} if held else {}
        now = [self.createIndex(places[number], one.column()) for number, one in zip(of, held, strict=True)]
        self.changePersistentIndexList(held, now)
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self.arranged.emit()

    def retell(self) -> None:
        """Say everything anew."""
        last = len(self.columns) - 1
        if self.rows and last >= 0:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, last))
        if last >= 0:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def place_of(self, column: str) -> int:
        """Where a column stands, by its id. Raises :class:`KeyError` where there is none."""
        return self._places[column]

    def cell(self, row: int, column: str) -> QModelIndex:
        """The cell of a row under a column, by the column's id."""
        return self.index(row, self.place_of(column))

    # what Qt asks; a table of thousands of cells is asked for every role of every cell, so it is written to be quick

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def index(self, row: int, column: int, parent: AnyIndex = _NOWHERE) -> QModelIndex:
        """The index of a cell."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.columns) and not parent.isValid():
            return self.createIndex(row, column)
        return QModelIndex()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' titles."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            wraps = column.wraps_title or is_large()
            return column.alignment | Qt.TextFlag.TextWordWrap if wraps else column.alignment
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (column.title(), self.order_words(section))))
        if role == Qt.ItemDataRole.DisplayRole or (role == Qt.ItemDataRole.ToolTipRole and column.wraps_title):
            return column.title()
        return None

    def order_words(self, section: int) -> str:
        """Which way the rows are ordered by a column, if they are."""
        if self.order is None or self.order.column != self.columns[section].id:
            return ""
        return tr("sorteret faldende") if self.order.is_descending else tr("sorteret stigende")

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """What can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = self.columns[index.column()].flags
        return READABLE if flags is None else flags(self.rows[index.row()])

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if not index.isValid():
            return None
        say = self._roles[index.column()].get(role)
        return say(self.rows[index.row()]) if say is not None else None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed or ticked, where a column does; False where it does not."""
        edit = self.columns[index.column()].edit if index.isValid() else None
        if edit is None or not edit(self.rows[index.row()], value, role):
            return False
        if (now := self.index(index.row(), index.column())).isValid():  # the rows may be others by that
            self.dataChanged.emit(now, now)
        return True
