"""The pane at the left: the forms that there are, of which some are chosen to be looked at or compared."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QListWidget, QListWidgetItem

from ldbu_desktop.forms.model import Form
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.ui.burden.desk import BurdenDesk
from ldbu_desktop.ui.kit.buttons import is_plain_enter, turn_tick
from ldbu_desktop.ui.kit.widgets import Pane, Segments, button, column, label
from ldbu_desktop.ui.kit.wrapped import WrappingDelegate
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, font

_MOST_PARENTS = 4
_KEY = Qt.ItemDataRole.UserRole


class _FormsList(QListWidget):
    """Whoever comes by keys stands at a form, which Space or Enter ticks."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ticks as Space does."""
        if not (is_plain_enter(event) and turn_tick(self.currentIndex())):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand at the first form, where no other is looked at."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.stand()

    def stand(self) -> None:
        """Stand at the first form, where no other is looked at."""
        if self.currentItem() is None or not self.currentItem().isSelected():
            self.setCurrentRow(0)


class FormsPane(Pane):
    """Ticking a form compares it; selecting one is what a variant is made of."""

    def __init__(self, desk: BurdenDesk, live: Retranslation) -> None:
        super().__init__()
        self._desk = desk
        live.name(self, lambda: tr("Skemaer"))
        self.list = _FormsList()
        self.list.setObjectName("burdenForms")
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.setItemDelegate(WrappingDelegate(self.list))
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)  # how many lines a name takes goes with the width
        live.name(self.list, lambda: tr("Skemaer at sammenligne"))
        self.parents = Segments(
            "burdenParents",
            live,
            lambda: tr("Forældre ved kontakten"),
            [(str(count), partial(str, count)) for count in range(_MOST_PARENTS + 1)],
        )
        self.parents.choose(str(desk.parents))
        self.new = button("variantNew", live, lambda: tr("Ny variant"), icon="plus")
        self.fetch = button("formsFolder", live, lambda: tr("Egne skemaer …"), kind="quiet", icon="open")
        heading = label("burdenFormsHeading", live, lambda: tr("Skemaer"), "heading")
        about = label("burdenFormsAbout", live, lambda: tr("Sæt flueben ved dem, du vil sammenligne."), "small")
        about.setWordWrap(True)
        lines = column(self, 0, 2)
        lines.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        lines.addWidget(heading)
        lines.addWidget(about)
        lines.addWidget(self.list, 1)
        lines.addWidget(label("burdenParentsLabel", live, lambda: tr("Forældre ved kontakten"), "small"))
        lines.addWidget(self.parents)
        lines.addWidget(self.new)
        lines.addWidget(self.fetch)
        self.list.itemChanged.connect(self._tick)
        self.list.currentItemChanged.connect(lambda *_: self._select())
        self.parents.chosen.connect(lambda count: desk.set_parents(int(count)))
        self.new.clicked.connect(desk.make_variant)
        self.fetch.clicked.connect(self._fetch)
        desk.listed.connect(self.tell)
        live.also(self.tell)

    def tell(self) -> None:
        """List the forms as they are now."""
        self.list.blockSignals(True)
        self.list.clear()
        for form in self._desk.forms:
            self.list.addItem(item := self._item(form))
            if form.id == self._desk.selected_id:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        if self.list.hasFocus():  # it had it before there was a form in it
            self.list.stand()

    def _item(self, form: Form) -> QListWidgetItem:
        title = form.title[chosen()]
        item = QListWidgetItem(title)
        item.setData(_KEY, form.id)
        item.setToolTip(tr("Eget skema: {title}", title=title) if form.is_own else title)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        is_chosen = form.id in self._desk.chosen_ids
        item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
        item.setFont(font(bold=form.is_own))
        return item

    def _ticked(self) -> list[str]:
        items = (self.list.item(at) for at in range(self.list.count()))
        return [item.data(_KEY) for item in items if item.checkState() is Qt.CheckState.Checked]

    def _tick(self, item: QListWidgetItem) -> None:
        """A form that is ticked is looked at as well: it is the one that is chosen now."""
        if item.checkState() is Qt.CheckState.Checked:
            self.list.setCurrentItem(item)
        self._desk.choose(self._ticked())

    def _select(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._desk.select(item.data(_KEY))

    def _fetch(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Vælg mappen med egne skemaer"))
        if name:
            self._desk.use_folder(Path(name))
