"""Headings that order the rows of a table: by a click, or from the table's menu, which the keyboard opens too."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTableView

from ldbu_desktop.language import tr
from ldbu_desktop.ui.kit.menus import PopupMenu
from ldbu_desktop.ui.kit.table_model import TableModel


class SortedHeadings(QObject):
    """A click on a heading orders the rows by it, another the other way, and a third as they were given."""

    def __init__(self, table: QTableView, model: TableModel[Any]) -> None:
        super().__init__(table)
        self._table, self._model, self._header = table, model, table.horizontalHeader()
        self._header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._header.setSortIndicatorClearable(True)
        table.setSortingEnabled(True)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._offer)
        # Not every system opens the menu by it, as the menu key does everywhere.
        key = QShortcut(QKeySequence("Shift+F10"), table, context=Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._offer_at_row)
        model.modelReset.connect(self._mark)
        model.arranged.connect(lambda: table.scrollTo(table.currentIndex()))

    def _mark(self) -> None:
        """Mark the heading by which the rows are ordered: it may stand elsewhere, or be gone."""
        order, ways = self._model.order, Qt.SortOrder
        place = self._model.place_of(order.column) if order is not None else -1
        if place != self._header.sortIndicatorSection():
            is_descending = order is not None and order.is_descending
            self._header.setSortIndicator(place, ways.DescendingOrder if is_descending else ways.AscendingOrder)

    def turn(self, section: int) -> None:
        """Order the rows by a column as a click on its heading does; as they were given where it is -1."""
        header, ways = self._header, Qt.SortOrder
        is_same = header.sortIndicatorSection() == section
        if is_same and header.sortIndicatorOrder() is ways.DescendingOrder:
            section = -1
        header.setSortIndicator(section, ways.DescendingOrder if is_same and section >= 0 else ways.AscendingOrder)

    def _offer_at_row(self) -> None:
        """Offer them where the current row is."""
        row = self._table.visualRect(self._table.currentIndex())
        self._offer((row if row.isValid() else self._table.viewport().rect()).center())

    def _offer(self, at: QPoint) -> None:
        """Offer the columns to order by, once where the system asks for the menu by the same key."""
        name = f"{self._table.objectName()}Menu"
        if self._table.findChild(PopupMenu, name) is not None:
            return
        menu = PopupMenu(self._table, name, tr("Sortér efter"))
        menu.add(tr("Oprindelig rækkefølge"), partial(self.turn, -1))
        menu.addSeparator()
        menu.addAction(tr("Sortér efter")).setEnabled(False)
        for section, column in enumerate(self._model.columns):
            words = self._model.order_words(section)
            text = f"{column.title()} ({words})" if words else column.title()
            menu.add(text, partial(self.turn, section))
        menu.offer(self._table.viewport().mapToGlobal(at))
