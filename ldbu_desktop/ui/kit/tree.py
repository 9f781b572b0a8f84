"""Trees of two levels: rows at the top, and rows below them; and how every tree of the window looks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QRect, QSignalBlocker, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QPainter, QResizeEvent, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.bands import Bands
from ldbu_desktop.ui.kit.buttons import is_plain_enter, turn_tick
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.theme import GRID, scaled

_ARROW = 4 * GRID
TOP = 0
"""The internal id of the rows at the top. That of a row below is its upper row's number plus 1."""


class TwoLevels(QAbstractItemModel):
    """Where the rows of a tree of two levels are. Only how many there are is its heir's to say.

    A tree asks for the index of every row at the top, and whether it has children, before it shows the first: these
    two are written to be quick.
    """

    def top_count(self) -> int:
        """How many rows stand at the top."""
        raise NotImplementedError

    def count_below(self, row: int) -> int:
        """How many rows stand below a row at the top."""
        raise NotImplementedError

    @staticmethod
    def top_row(index: AnyIndex) -> int:
        """The row at the top that an index is, or stands below."""
        return index.row() if index.internalId() == TOP else index.internalId() - 1

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:
        """The index of a row."""
        if column != 0:
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, 0, TOP) if 0 <= row < self.top_count() else QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1) if 0 <= row < self.rowCount(parent) else QModelIndex()

    def hasChildren(self, parent: AnyIndex = QModelIndex()) -> bool:
        """Whether rows stand below ``parent``."""
        row = parent.row()
        if row < 0:
            return self.top_count() > 0
        return parent.internalId() == TOP and self.count_below(row) > 0

    def parent(self, index: AnyIndex = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        """The row at the top that a row stands below."""
        if not index.isValid() or index.internalId() == TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, TOP)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        """How many rows stand below ``parent``."""
        row = parent.row()
        if row < 0:
            return self.top_count()
        return self.count_below(row) if parent.internalId() == TOP and parent.column() == 0 else 0

    def headerData(self, _section: int, _way: Qt.Orientation, _role: int = Qt.ItemDataRole.DisplayRole) -> None:
        """Nothing: the one column has no heading, and Qt's own is its number, which a screen reader would read."""

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        """One column: the delegate draws the rest."""
        return 1


class CountedRows(QStandardItemModel):
    """Where the rows of a long tree of two levels are, as Qt keeps it: what they say is its heir's to tell.

    A tree asks for every row at the top before it shows the first, or one far down: of this it asks without Python.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(1)

    @staticmethod
    def top_row(index: AnyIndex) -> int:
        """The row at the top that an index is, or stands below."""
        above = index.parent()
        return above.row() if above.isValid() else index.row()

    def start_over(self, counts: Sequence[int]) -> None:
        """Have other rows, while the model is reset: how many stand below each at the top."""
        with QSignalBlocker(self):
            self.setRowCount(0)
            self.add(counts)

    def add(self, counts: Sequence[int]) -> None:
        """Have more rows at the end: how many stand below each of those at the top."""
        first = self.rowCount()
        self.insertRows(first, len(counts))
        with QSignalBlocker(self):  # nobody has looked at them yet
            for row, count in enumerate(counts, first):
                if count:
                    top = self.index(row, 0)
                    self.insertColumns(0, 1, top)
                    self.insertRows(0, count, top)

    def headerData(self, _section: int, _way: Qt.Orientation, _role: int = Qt.ItemDataRole.DisplayRole) -> None:
        """Nothing, as in :class:`TwoLevels`."""


class Tree(QTreeView):
    """A tree with the program's own arrows, whose rows its delegate draws whole."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.header().setObjectName(f"{name}Header")
        self.setHeaderHidden(True)
        self.setIndentation(scaled(_ARROW))
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.bands = Bands(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sets the tick of a row as Space does."""
        if not (is_plain_enter(event) and turn_tick(self.currentIndex())):
            super().keyPressEvent(event)

    def reset(self) -> None:
        """Draw in bands what is seen of other rows."""
        super().reset()
        self.bands.draw_when_laid_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows that are as tall as they need take as many lines as they need in the room there is now."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and not self.uniformRowHeights():
            self.scheduleDelayedItemsLayout()

    def take_more(self) -> None:
        """Give rows a place that came after all others: what is seen of those need not be drawn anew."""
        if self.isVisible() and self.verticalScrollBar().maximum():
            self.viewport().setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, True)
            self.executeDelayedItemsLayout()
            self.viewport().setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, False)

    def changeEvent(self, event: QEvent) -> None:
        """Be as deep as the text that is used asks for."""
        if event.type() == QEvent.Type.StyleChange and self.indentation() != scaled(_ARROW):
            self.setIndentation(scaled(_ARROW))
        super().changeEvent(event)

    def dataChanged(self, first: AnyIndex, last: AnyIndex, roles: Sequence[int] = ()) -> None:
        """Draw anew what is seen of many rows that changed, where nobody is told of each.

        Qt asks for every row between the two: of thousands of rows that halts the window, and none is of another
        height.
        """
        if first.row() == last.row() or not self.uniformRowHeights() or QAccessible.isActive():
            super().dataChanged(first, last, roles)
        else:
            self.bands.draw()

    def drawBranches(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        """Draw an arrow where a row can be opened or closed."""
        if not self.model().hasChildren(index):
            return
        name = "next" if self.isExpanded(index) else "forward"
        side = self.indentation()
        place = QRect(rect.right() - side, rect.center().y() - side // 2 + 1, side, side)
        painter.drawPixmap(place, pixmap(name, "muted", _ARROW))
