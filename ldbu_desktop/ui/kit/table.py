"""Tables: what a column is called and says of a row is a value; the model and the view are the same for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ldbu_desktop.language import tr
from ldbu_desktop.ui.kit.bands import Bands
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, SMALL, font, is_large, scaled

Row = TypeVar("Row")

_NOWHERE = QModelIndex()
_ICON = 16
_LEAST_ROWS = 3
_LEAST_COLUMN = 24 * GRID
_LEAST_REST = 36 * GRID
"""A column that has the rest is not narrower than this: the table is scrolled instead."""
_BETWEEN = 2 * GRID
"""What stands between the words of rows that wrap."""
_MOST_WRAPPED = 200
"""How many rows may each be as high as their words need: more would halt the window."""
_PADDING = GRID * 2
"""What a cell has on each side of its words, as the style sheet says."""
_BESIDE, _ABOVE, _HIGHEST = 5 * GRID, 3 * GRID, 10_000
"""What a heading has beside and above it, as the style sheet says; and more than any is high."""
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
    ``edit`` takes what was typed or ticked, with Qt's role, and says whether it was taken.
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
    """Rows of any kind under columns that are values. Nothing is worked out before a cell is drawn."""

    def __init__(self, columns: Sequence[Column[Row]] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()
        self.columns: Sequence[Column[Row]] = ()
        self._places: dict[str, int] = {}
        self._roles: list[dict[int, Callable[[Row], Any]]] = []
        self._take_columns(columns)

    def _take_columns(self, columns: Sequence[Column[Row]]) -> None:
        self.columns = tuple(columns)
        self._places = {column.id: at for at, column in enumerate(self.columns)}
        self._roles = [column.all_roles() for column in self.columns]

    def show(self, rows: Sequence[Row], columns: Sequence[Column[Row]] | None = None) -> None:
        """Show other rows, and other columns where they are given."""
        self.beginResetModel()
        self.rows = rows
        if columns is not None:
            self._take_columns(columns)
        self.endResetModel()

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
        if role == Qt.ItemDataRole.DisplayRole or (role == Qt.ItemDataRole.ToolTipRole and column.wraps_title):
            return column.title()
        return None

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


def _icon_size() -> QSize:
    return QSize(scaled(_ICON), scaled(_ICON))


class _WithinPadding(QStyledItemDelegate):
    """Cells whose height is that of their words beside the padding that the style sheet gives them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As high as the words need where they are drawn."""
        within = QStyleOptionViewItem(option)
        within.rect.setWidth(max(within.rect.width() - 2 * scaled(_PADDING), 1))
        return super().sizeHint(within, index)


class TableView(QTableView, Generic[Row]):
    """A table as all of them look here: rows are selected whole, columns are as wide as they say.

    With ``wraps`` a row is as high as its words need, where the rows are not too many.
    """

    def __init__(
        self, name: str, live: Retranslation, title: Callable[[], str], model: TableModel[Row], *, wraps: bool = False
    ) -> None:
        super().__init__()
        self._wraps = wraps
        self.setObjectName(name)
        live.name(self, title)
        self._model = model
        self._known: list[str] = []
        self._bands = Bands(self)
        self._scale = scaled(GRID)
        self.setIconSize(_icon_size())
        self.setModel(model)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        rows = self.verticalHeader()
        rows.setObjectName(f"{name}Rows")
        rows.hide()
        rows.setDefaultSectionSize(scaled(7 * GRID))
        header = self.horizontalHeader()
        header.setObjectName(f"{name}Header")
        header.setHighlightSections(False)
        live.name(header, lambda: tr("Kolonner"))
        header.sectionResized.connect(self._heighten)
        self._rising = QTimer(self, interval=0, singleShot=True)  # columns have their new widths in the next turn
        self._rising.timeout.connect(self._raise_rows)
        if wraps:
            self.setItemDelegate(_WithinPadding(self))
            header.sectionResized.connect(lambda *_: self._rising.start())
        self._least_head = 0
        header.sectionResized.connect(self._share_rest)
        model.modelReset.connect(self._widen)
        model.modelReset.connect(self._share_rest)
        model.modelReset.connect(self._raise_rows)
        self._widen()
        self._enlarge()

    def dataChanged(self, first: AnyIndex, last: AnyIndex, roles: Sequence[int] = ()) -> None:
        """Draw anew what is seen of many rows that changed, where nothing is typed and nobody is told of each."""
        is_typed = self.state() is QAbstractItemView.State.EditingState
        if first.row() == last.row() or is_typed or QAccessible.isActive():
            super().dataChanged(first, last, roles)
        else:
            self._bands.draw()

    def changeEvent(self, event: QEvent) -> None:
        """Be as high in each row as the text that is used asks for."""
        if event.type() == QEvent.Type.StyleChange and self._scale != scaled(GRID):
            rows = self.verticalHeader()
            rows.setDefaultSectionSize(rows.defaultSectionSize() * scaled(GRID) // self._scale)
            self._scale = scaled(GRID)
            self.setIconSize(_icon_size())
            self._known = []
            self._widen()
            self._enlarge()
            self._share_rest()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._share_rest()

    def showEvent(self, event: QShowEvent) -> None:
        """Share the room that there is by now."""
        super().showEvent(event)
        self._share_rest()

    def _share_rest(self) -> None:
        """Give the columns that have the rest what is left, or, where that is too little to be read, what they need.

        Qt's own stretching would squeeze them to nothing, and is not looked to again where it is switched on late.
        """
        header, modes = self.horizontalHeader(), QHeaderView.ResizeMode
        rest = [at for at, column in enumerate(self._model.columns) if column.width is Width.REST]
        if not rest or header.count() != len(self._model.columns):
            return
        is_scrolled = self.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        least = _LEAST_REST if is_scrolled and not is_large() else header.minimumSectionSize()
        left = self.viewport().width() - sum(header.sectionSize(at) for at in range(header.count()) if at not in rest)
        mode = modes.Fixed if left >= least * len(rest) else modes.Interactive
        for number, at in enumerate(rest, 1):
            if mode is modes.Fixed:
                header.setSectionResizeMode(at, mode)
                header.resizeSection(at, left * number // len(rest) - left * (number - 1) // len(rest))
            elif header.sectionResizeMode(at) is not mode:  # else it is as wide as the user has made it
                header.setSectionResizeMode(at, mode)
                header.resizeSection(at, least)

    def _raise_rows(self) -> None:
        """Let each row be as high as its words need, and none lower than where they need one line."""
        self._rising.stop()
        if not self._wraps:
            return
        rows, count = self.verticalHeader(), self._model.rowCount()
        are_few = count <= _MOST_WRAPPED
        for row in range(min(count, _MOST_WRAPPED)):
            asked = self.sizeHintForRow(row) + scaled(_BETWEEN) if are_few else 0
            rows.resizeSection(row, max(rows.defaultSectionSize(), asked))

    def _word_width(self, column: Column[Row]) -> int:
        """How wide a column is in which no word of its heading is broken."""
        face = QFontMetrics(font(SMALL))
        return max(map(face.horizontalAdvance, column.title().split()), default=0) + _BESIDE

    def _enlarge(self) -> None:
        """Where text is large, have no column too narrow for a word of its heading: the table is scrolled instead."""
        header = self.horizontalHeader()
        header.setMinimumSectionSize(scaled(_LEAST_COLUMN) if is_large() else -1)
        if not is_large() and self._least_head:
            header.setMinimumHeight(self._least_head)
        self._heighten()

    def _heighten(self) -> None:
        """Where text is large, be as high as the lines that the headings need."""
        header = self.horizontalHeader()
        if not is_large() or header.minimumHeight() == header.maximumHeight():
            return
        self._least_head = self._least_head or max(header.minimumHeight(), 1)
        face, wrap = QFontMetrics(font(SMALL)), Qt.TextFlag.TextWordWrap
        rooms = (QRect(0, 0, header.sectionSize(at) - _BESIDE, _HIGHEST) for at in range(header.count()))
        lines = (
            face.boundingRect(room, wrap, column.title()).height()
            for room, column in zip(rooms, self._model.columns, strict=False)
        )
        header.setMinimumHeight(max(lines, default=0) + _ABOVE)

    def minimumSizeHint(self) -> QSize:
        """Where text is large, as high as the headings and some rows."""
        least = super().minimumSizeHint()
        if not is_large():
            return least
        rows = _LEAST_ROWS * self.verticalHeader().defaultSectionSize()
        return QSize(least.width(), max(least.height(), self.horizontalHeader().sizeHint().height() + rows))

    def _widen(self) -> None:
        """Make new columns as wide as they say; those that were there keep what the user has made of them."""
        header, modes = self.horizontalHeader(), QHeaderView.ResizeMode
        known, self._known = self._known, [column.id for column in self._model.columns]
        for at, column in enumerate(self._model.columns):
            if known[at : at + 1] == [column.id]:
                continue
            match column.width:
                case Width.CONTENTS:
                    header.setSectionResizeMode(at, modes.ResizeToContents)
                case Width.REST:
                    header.setSectionResizeMode(at, modes.Fixed)
                case int() as steps:
                    header.setSectionResizeMode(at, modes.Interactive)
                    header.resizeSection(at, max(scaled(steps * GRID), self._word_width(column) if is_large() else 0))
