"""The list of a visit's values, made for the keyboard: forward with Enter, Tab and Down, and typing mends."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QTreeView,
    QWidget,
)

from ldbu_desktop.language import tr
from ldbu_desktop.ui.children.values_delegate import ValuesDelegate
from ldbu_desktop.ui.children.values_model import FIELD, SOURCE, VALUE, ValuesModel
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID, scaled

_FIELD_SHARE, _VALUE_SHARE = 0.3, 0.44
_WIDEST_FIELD, _WIDEST_VALUE = 72 * GRID, 104 * GRID


class ValuesView(QTreeView):
    """Shows a :class:`ValuesModel`. Selecting a row selects its field in the session, and the other way round."""

    def __init__(self, session: Session, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("values")
        self._session = session
        self._is_following = False
        live.name(self, lambda: tr("Kontaktens oplysninger"))
        self.values = ValuesModel(session, self)
        self.setModel(self.values)
        delegate = ValuesDelegate(session, self)
        delegate.left.connect(self._go_on)
        self.setItemDelegate(delegate)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        header = self.header()
        header.setObjectName("valuesHeader")
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(10 * GRID)
        header.sectionResized.connect(lambda *_: self.scheduleDelayedItemsLayout())  # other lines, other heights
        live.name(header, lambda: tr("Kolonner"))
        live.also(self._retell)
        self.values.modelReset.connect(self._span)
        self.values.modelReset.connect(self._stay)
        self.values.dataChanged.connect(lambda *_: self.scheduleDelayedItemsLayout())
        self.selectionModel().selectionChanged.connect(self._select)
        session.selected.connect(self._follow)

    def _retell(self) -> None:
        self.values.retell()
        self._share()

    def show_visit(self) -> None:
        """Show the visit that is selected, from its top."""
        # A case does not know what files said before it was made of them.
        self.setColumnHidden(self.values.place_of(SOURCE), self._session.is_filled)
        self.values.refill()
        self.scrollToTop()
        if (index := self.currentIndex()).isValid():
            self.scrollTo(index)
        self._follow()

    def dataChanged(self, first: AnyIndex, last: AnyIndex, roles: Sequence[int] = ()) -> None:
        """Lay many rows out once, in the next turn: they may be of other heights, and asking each takes long."""
        if first != last:
            self.scheduleDelayedItemsLayout()
        super().dataChanged(first, last, roles)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share another width; the row that one stands in stays in sight, if it was."""
        row = self.currentIndex()
        was_seen = row.isValid() and QRect(QPoint(), event.oldSize()).intersects(self.visualRect(row))
        super().resizeEvent(event)
        self._share()
        if was_seen:
            self.executeDelayedItemsLayout()
            self.scrollTo(row)

    def _share(self) -> None:
        """Share the width between the columns; a wide window does not pull a value away from its name."""
        width = self.viewport().width()
        self.setColumnWidth(self.values.place_of(FIELD), min(int(width * _FIELD_SHARE), scaled(_WIDEST_FIELD)))
        self.setColumnWidth(self.values.place_of(VALUE), min(int(width * _VALUE_SHARE), scaled(_WIDEST_VALUE)))

    def _span(self) -> None:
        for row in range(self.values.rowCount()):
            is_heading = self.values.row(self.values.index(row, 0)) is None
            self.setFirstColumnSpanned(row, QModelIndex(), is_heading)

    def _stay(self) -> None:
        """Stand where one stood, when what was mended gave the visit other rows."""
        if (row := self.values.row_at_selection()) is not None:
            self._is_following = True
            self.setCurrentIndex(self.values.cell(row, VALUE))
            self._is_following = False

    def _select(self, chosen: QItemSelection, _left: QItemSelection) -> None:
        indexes = chosen.indexes()
        if indexes and not self._is_following:
            self._session.select(*self.values.where_at(indexes[0]))

    def _follow(self) -> None:
        now = self._session.selection
        if self.values.visit is None or now.visit != self.values.visit.key:
            return
        row = self.values.row_at_selection()
        if row is None or row == self.currentIndex().row():
            return
        self._is_following = True
        index = self.values.cell(row, VALUE)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self._is_following = False

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Up and down skip the headings; the current cell is always the value."""
        step = {
            QAbstractItemView.CursorAction.MoveUp: -1,
            QAbstractItemView.CursorAction.MovePrevious: -1,
            QAbstractItemView.CursorAction.MoveDown: 1,
            QAbstractItemView.CursorAction.MoveNext: 1,
        }.get(action)
        if step is None:
            return super().moveCursor(action, modifiers)
        row = self._next_row(step)
        return self.currentIndex() if row is None else self.values.cell(row, VALUE)

    def _next_row(self, step: int, *, editable: bool = False) -> int | None:
        row = self.currentIndex().row() + step
        while 0 <= row < self.values.rowCount():
            index = self.values.cell(row, VALUE)
            if self.values.row(index) and (not editable or index.flags() & Qt.ItemFlag.ItemIsEditable):
                return row
            row += step
        return None

    def _go_on(self, by: int) -> None:
        """After a field was left: begin the next one, or stay at the last."""
        row = self._next_row(by, editable=True)
        if row is None:
            self.setFocus(Qt.FocusReason.TabFocusReason)
            return
        index = self.values.cell(row, VALUE)
        self.setCurrentIndex(index)
        self.edit(index)

    def ask_reason(self) -> None:
        """Show the reasons for having no value at the field that is looked at; a digit chooses one."""
        for typed in self._editors():  # it offers values, and gives way
            self.closeEditor(typed, QAbstractItemDelegate.EndEditHint.NoHint)
        index = self.currentIndex().siblingAtColumn(self.values.place_of(VALUE))
        if not index.isValid() or not self.values.ask_reason(index):
            return
        self.setCurrentIndex(index)
        self.edit(index)
        editor = self.indexWidget(index) or QApplication.focusWidget()
        if isinstance(editor, QLineEdit) and editor.completer() is not None:
            editor.clear()
            editor.completer().complete()

    def settle(self) -> None:
        """Take what is being typed."""
        for editor in self._editors():
            self.commitData(editor)

    def _editors(self) -> list[QLineEdit]:
        """What is typed into now."""
        return [editor for editor in self.findChildren(QLineEdit, "valueEditor") if editor.isVisible()]

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """What was asked for a field holds for that time only."""
        self.values.stop_asking()
        super().closeEditor(editor, hint)

    def keyboardSearch(self, search: str) -> None:
        """What is typed at a value that can't be typed goes nowhere, and least of all into another."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins to mend the field; Tab goes to the next field, and from the last one out of the list."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            index = self.currentIndex().siblingAtColumn(self.values.place_of(VALUE))
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.setCurrentIndex(index)
                self.edit(index)
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the fields first."""
        row = self._next_row(1 if forward else -1)
        if row is None or not self.hasFocus():
            return super().focusNextPrevChild(forward)
        self.setCurrentIndex(self.values.cell(row, VALUE))
        return True
