"""The rows of a table: how it is laid out, which can be said otherwise, and its first rows as they read by that."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QSpinBox

from ldbu_desktop.language import tr
from ldbu_desktop.mapping.links import Layout, TableLink, TableShape
from ldbu_desktop.rendering.proposal import shape_words
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.widgets import Pane, Segments, column, label, row
from ldbu_desktop.ui.mapping.desk import MappingDesk
from ldbu_desktop.ui.mapping.effect import Row
from ldbu_desktop.ui.mapping.layouts import key_choices, keys_words
from ldbu_desktop.ui.mapping.rows_model import RowsModel
from ldbu_desktop.ui.mapping.words import table_words
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID

_MOST_ROWS = 9_999
_FILE, _READ = "file", "read"
_OWN = (TableShape.LONG, TableShape.WIDE)
"""The shapes of our own, which cannot be otherwise."""


class RowsPane(Pane):
    """Changing how a table is laid out shows at once how its first rows read then."""

    def __init__(self, desk: MappingDesk, live: Retranslation) -> None:
        super().__init__()
        self._desk = desk
        live.name(self, lambda: tr("De første rækker"))
        self.model = RowsModel(desk, self)
        self.title = label("mappingRowsHeading", tone="heading")
        self.view = Segments(
            "mappingRowsView",
            live,
            lambda: tr("Visning"),
            ((_FILE, lambda: tr("Som i filen")), (_READ, lambda: tr("Som de læses"))),
        )
        self.first, self.last = self._header_box("First", live), self._header_box("Last", live)
        self.shape, self.keys = QComboBox(), QComboBox()
        self.shape.setObjectName("mappingShape")
        self.keys.setObjectName("mappingKeys")
        live.name(self.first, lambda: tr("Overskrifternes første række"))
        live.name(self.last, lambda: tr("Overskrifternes sidste række"))
        self.shape.view().setObjectName("mappingShapes")
        self.keys.view().setObjectName("mappingKeyChoices")
        for part in (self.shape, self.shape.view()):
            live.name(part, lambda: tr("En række er"))
        for part in (self.keys, self.keys.view()):
            live.name(part, lambda: tr("Rækker samles efter"))
        for made, letters in ((self.shape, 10), (self.keys, 22)):
            made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            made.setMinimumContentsLength(letters)
            made.setMinimumHeight(7 * GRID)
        self.list = self._table_view(live)
        top = row(self.title, 1, self.view)
        top.setContentsMargins(4 * GRID, 2 * GRID, 3 * GRID, 0)
        layout = row(
            label("mappingHeaderRows", live, lambda: tr("Overskrifter: række"), "muted"),
            self.first,
            label("mappingHeaderRowsTo", live, lambda: tr("til"), "muted"),
            self.last,
            label("mappingShapeLabel", live, lambda: tr("En række er"), "muted"),
            self.shape,
            label("mappingKeysLabel", live, lambda: tr("Samles efter"), "muted"),
            self.keys,
            1,
        )
        layout.setContentsMargins(4 * GRID, 0, 3 * GRID, GRID)
        lines = column(self, 0, 1)
        lines.addLayout(top)
        lines.addLayout(layout)
        lines.addWidget(self.list, 1)
        self.view.chosen.connect(self._turn)
        self.first.valueChanged.connect(lambda _row: self._lay_out())
        self.last.valueChanged.connect(lambda _row: self._lay_out())
        self.shape.activated.connect(lambda _at: self._lay_out())
        self.keys.activated.connect(lambda _at: self._lay_out())
        self.list.selectionModel().currentColumnChanged.connect(self._select)
        for signal in (desk.proposed, desk.changed, desk.selected, desk.rows_read, desk.told, desk.session.unmasked):
            signal.connect(self.tell)
        live.also(self.tell)

    def _header_box(self, end: str, live: Retranslation) -> QSpinBox:
        made = QSpinBox()
        made.setObjectName(f"mappingHeader{end}")
        made.setRange(1, _MOST_ROWS)
        made.setKeyboardTracking(False)
        made.setMinimumHeight(7 * GRID)
        return made

    def _table_view(self, live: Retranslation) -> TableView[Row]:
        made = TableView("mappingRows", live, lambda: tr("De første rækker"), self.model)
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        made.setWordWrap(False)
        made.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        return made

    def tell(self) -> None:
        """Show the table that is looked at, as it is now."""
        desk = self._desk
        table = desk.table or next(iter(desk.links.tables.values()), None)
        self.title.setText(table_words(table) if table is not None else "")
        parts = self.first, self.last, self.shape, self.keys
        for part in parts:
            part.setEnabled(table is not None and table.shape not in _OWN)
        if table is not None:
            self._tell_layout(table)
        rows = desk.first_rows.get(table.place) if table is not None else None
        self.model.readings = desk.readings(table.place) if table is not None else {}
        if table is not None and rows is None:
            desk.read_rows(table)
        self.model.show_table(table if rows else None, rows or [])
        self._mark()

    def _tell_layout(self, table: TableLink) -> None:
        columns = self._desk.links.columns_of(table.place)
        blockers = [QSignalBlocker(part) for part in (self.first, self.last)]
        self.first.setValue(table.header_rows[0])
        self.last.setValue(table.header_rows[1])
        del blockers
        self.shape.clear()
        for shape in TableShape:
            if shape not in _OWN or shape is table.shape:
                self.shape.addItem(shape_words(shape), shape)
        self.shape.setCurrentIndex(self.shape.findData(table.shape))
        self.keys.clear()
        for keys in key_choices(table, columns):
            self.keys.addItem(keys_words(keys, columns, tr("intet: hver for sig")), keys)
        self.keys.setCurrentIndex(0)

    def _mark(self) -> None:
        """Mark the column that is looked at."""
        place = self._desk.place
        if place is None or place.column < 0 or not self.model.rows:
            return
        at = next((at for at, one in enumerate(self.model.columns) if one.id == str(place.column)), -1)
        if at >= 0 and at != self.list.currentIndex().column():
            blocker = QSignalBlocker(self.list.selectionModel())
            self.list.setCurrentIndex(self.model.index(0, at))
            del blocker
            self.list.viewport().update()

    def _select(self, index: QModelIndex, _before: QModelIndex) -> None:
        """Look at the column of a cell."""
        table = self._desk.table
        if index.isValid() and index.column() > 0 and table is not None:
            self._desk.select(table.place._replace(column=int(self.model.columns[index.column()].id)))

    def _turn(self, view: str) -> None:
        self.model.shows_readings = view == _READ
        self.model.retell()

    def _lay_out(self) -> None:
        table = self._desk.table or next(iter(self._desk.links.tables.values()), None)
        if table is None:
            return
        first = self.first.value()
        header_rows = first, max(first, self.last.value())
        shape, keys = self.shape.currentData(), tuple(self.keys.currentData())
        self._desk.lay_out(table, Layout(header_rows, TableShape(shape)), keys)
