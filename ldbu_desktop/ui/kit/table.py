"""How tables look: the view is the same for all, whatever their model and columns are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, QSize, Qt, QTextBoundaryFinder, QTimer
from PySide6.QtGui import QAccessible, QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ldbu_desktop.language import tr
from ldbu_desktop.ui.kit.bands import Bands
from ldbu_desktop.ui.kit.buttons import is_plain_enter, turn_tick
from ldbu_desktop.ui.kit.key_selection import with_keys
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.qt_text import part_of
from ldbu_desktop.ui.kit.sorted_headings import SortedHeadings
from ldbu_desktop.ui.kit.table_model import Column, Row, TableModel, Width
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, font, is_large, scaled

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
_BESIDE, _ABOVE, _HIGHEST = 6 * GRID, 3 * GRID, 10_000
"""What a heading has beside and above it, as the style sheet says; and more than any is high."""


def _icon_size() -> QSize:
    return QSize(scaled(_ICON), scaled(_ICON))


def _unbroken(text: str) -> Iterator[str]:
    """What of a text has to stand on one line: its words, and the parts of those that can be broken."""
    finder, begin = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, text), 0
    while (end := finder.toNextBoundary()) > 0:
        yield part_of(text, begin, end).rstrip()
        begin = end


class _WithinPadding(QStyledItemDelegate):
    """Cells whose height is that of their words beside the padding that the style sheet gives them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As high as the words need where they are drawn."""
        within = QStyleOptionViewItem(option)
        within.rect.setWidth(max(within.rect.width() - 2 * scaled(_PADDING), 1))
        return super().sizeHint(within, index)


class TableView(QTableView, Generic[Row]):
    """A table as all of them look here: rows are selected whole, columns are as wide as they say.

    With ``wraps`` a row is as high as its words need, where the rows are not too many. With ``sorts`` a click on a
    heading orders the rows by it, another the other way, and a third as they were; the menu of the table does too.
    """

    def __init__(
        self,
        name: str,
        live: Retranslation,
        title: Callable[[], str],
        model: TableModel[Row],
        *,
        wraps: bool = False,
        sorts: bool = False,
    ) -> None:
        super().__init__()
        self._wraps = wraps
        self.setObjectName(name)
        live.name(self, title)
        self._model = model
        self._known: list[str] = []
        self._given: dict[int, int] = {}
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
        self._enlarge()
        self._widen()
        model.arranged.connect(self._raise_rows)
        self.headings = SortedHeadings(self, model) if sorts else None

    def dataChanged(self, first: AnyIndex, last: AnyIndex, roles: Sequence[int] = ()) -> None:
        """Draw anew what is seen of many rows that changed, where nothing is typed and nobody is told of each."""
        if self._wraps:
            self._rising.start()  # other words may need other lines
        is_typed = self.state() is QAbstractItemView.State.EditingState
        if first.row() == last.row() or is_typed or QAccessible.isActive():
            super().dataChanged(first, last, roles)
        else:
            self._bands.draw()

    def reset(self) -> None:
        """Draw in bands what is seen of other rows."""
        super().reset()
        self._bands.draw_when_laid_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is: Qt has it stand at the first cell without selecting that."""
        super().focusInEvent(event)
        at = self.currentIndex()
        if at.isValid() and not self.selectionModel().hasSelection():
            self.setCurrentIndex(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space set the tick of a row, and Enter begins to type the value of one, in whichever cell it is."""
        is_enter = is_plain_enter(event)
        if (is_enter or event.key() == Qt.Key.Key_Space) and self._tick_row():
            return
        if not (is_enter and self._type_in_row()):
            super().keyPressEvent(event)

    def selectionCommand(self, index: AnyIndex, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """Keys select what they come to."""
        return with_keys(super().selectionCommand(index, event), event)

    def keyboardSearch(self, search: str) -> None:
        """Letters look for a row where nothing is typed: else they would go to another row and be typed there."""
        if not self.editTriggers() & QAbstractItemView.EditTrigger.AnyKeyPressed:
            super().keyboardSearch(search)

    def _cell_with(self, flag: Qt.ItemFlag) -> QModelIndex | None:
        """The cell that has the keyboard, or else the first of its row, with which something can be done."""
        at = self.currentIndex()
        beside = [self._model.index(at.row(), column) for column in range(self._model.columnCount())]
        return next((one for one in (at, *beside) if one.flags() & flag), None)

    def _tick_row(self) -> bool:
        cell = self._cell_with(Qt.ItemFlag.ItemIsUserCheckable)
        return cell is not None and turn_tick(cell)

    def _type_in_row(self) -> bool:
        cell = self._cell_with(Qt.ItemFlag.ItemIsEditable)
        if cell is None or not self.editTriggers() & QAbstractItemView.EditTrigger.EditKeyPressed:
            return False
        self.setCurrentIndex(cell)
        self.edit(cell)
        return True

    def changeEvent(self, event: QEvent) -> None:
        """Be as high in each row as the text that is used asks for."""
        if event.type() == QEvent.Type.StyleChange and self._scale != scaled(GRID):
            rows = self.verticalHeader()
            height = rows.defaultSectionSize() * scaled(GRID) // self._scale
            rows.setMinimumSectionSize(1)  # what it is now is still of the text that was used
            rows.setDefaultSectionSize(height)
            rows.setMinimumSectionSize(-1)
            self._scale = scaled(GRID)
            self.setIconSize(_icon_size())
            self._known = []
            self._enlarge()
            self._widen()
            self._share_rest()
            self._rising.start()
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
        least = scaled(_LEAST_REST) if is_scrolled else header.minimumSectionSize()
        if self._wraps or not is_scrolled:
            self._fit(self.viewport().width() - scaled(_LEAST_REST) * len(rest), rest)
        left = self.viewport().width() - sum(header.sectionSize(at) for at in range(header.count()) if at not in rest)
        mode = modes.Fixed if left >= least * len(rest) else modes.Interactive
        for number, at in enumerate(rest, 1):
            if mode is modes.Fixed:
                header.setSectionResizeMode(at, mode)
                header.resizeSection(at, left * number // len(rest) - left * (number - 1) // len(rest))
            elif header.sectionResizeMode(at) is not mode:  # else it is as wide as the user has made it
                header.setSectionResizeMode(at, mode)
                header.resizeSection(at, least)

    def _fit(self, room: int, rest: Sequence[int]) -> None:
        """Have the columns that do not have the rest within ``room``, as far as the longest of their words fits.

        Where there is room, they are wider than they say for such a word: it has no other line to go on.

        What the user has made wider or narrower stays so.
        """
        header = self.horizontalHeader()
        own = {
            at: self._asked_width(column)
            for at, column in enumerate(self._model.columns)
            if isinstance(column.width, int) and header.sectionSize(at) == self._given.get(at)
        }
        least = {at: self._least_width(at) for at in own} if self._wraps else {}
        room -= sum(header.sectionSize(at) for at in range(header.count()) if at not in own and at not in rest)
        wide = {at: max(width, least.get(at, 0)) for at, width in own.items()}
        asked = wide if sum(least.values()) <= room else own  # else nothing is gained: a word is cut all the same
        lacking = sum(asked.values()) - room
        spare = {at: max(width - self._least_width(at), 0) for at, width in asked.items()} if lacking > 0 else {}
        whole = sum(spare.values())
        for at, width in asked.items():
            self._give(at, width - min(-(-lacking * spare[at] // whole), spare[at]) if whole else width)

    def _least_width(self, at: int) -> int:
        """How narrow a column may be for the longest of its words to have room, and what must stand in one line."""
        cells = [self._model.index(row, at) for row in range(min(self._model.rowCount(), _MOST_WRAPPED))]
        words = {word for cell in cells for word in _unbroken(str(cell.data() or ""))}
        icon = (
            self.iconSize().width() + scaled(_PADDING)
            if any(cell.data(Qt.ItemDataRole.DecorationRole) for cell in cells)
            else 0
        )
        face, column, beside = QFontMetrics(font(BODY)), self._model.columns[at], 3 * scaled(_PADDING)
        longest = max(map(face.horizontalAdvance, words), default=0) + icon + beside
        in_line = [face.horizontalAdvance(text) + scaled(_ICON) + beside for text in column.in_line()]
        return max(longest, *in_line, self._word_width(column))

    def _give(self, at: int, width: int) -> None:
        header = self.horizontalHeader()
        self._given[at] = max(width, header.minimumSectionSize())
        header.resizeSection(at, width)

    def _asked_width(self, column: Column[Row]) -> int:
        """How wide a column says that it is; none is too narrow for a word of its heading."""
        steps = column.width if isinstance(column.width, int) else 0
        return max(scaled(steps * GRID), self._word_width(column))

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
                case int():
                    header.setSectionResizeMode(at, modes.Interactive)
                    self._give(at, self._asked_width(column))
