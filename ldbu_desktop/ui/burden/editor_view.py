"""The editor of a variant: take fields out and in, move them, change what they are filled with; the time beside."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QWidget

from ldbu_desktop.forms.model import Field, Widget
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.burden_words import band_words
from ldbu_desktop.ui.burden.desk import BurdenDesk
from ldbu_desktop.ui.burden.editor_model import EditorModel, prefill_words, widget_words
from ldbu_desktop.ui.kit.buttons import CheckBox
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.text_line import TextLine
from ldbu_desktop.ui.kit.widgets import EmptyState, button, column, label, row, tool
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.saving import FileKind, ask_where

_CHANGEABLE = (Widget.CHOICE, Widget.LIST)
"""Coded answers can be visible or in a list; what a number, a time or an instrument is filled with follows from it."""


class EditorView(QWidget):
    """Edits the variant that is chosen. The program's own forms are copied first and never changed."""

    def __init__(self, desk: BurdenDesk, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("burdenEditor")
        self._desk = desk
        self.model = EditorModel(lambda: desk.standard, self)
        self.table = TableView("variantFields", live, lambda: tr("Variantens felter"), self.model, wraps=True)
        self.title = TextLine()
        self.title.setObjectName("variantTitle")
        live.name(self.title, lambda: tr("Variantens navn"))
        self.seconds = label("variantSeconds", tone="heading")
        self.up = tool("variantUp", live, lambda: tr("Flyt op"), "previous")
        self.down = tool("variantDown", live, lambda: tr("Flyt ned"), "next")
        self.remove = button("variantRemove", live, lambda: tr("Tag feltet ud"), icon="close")
        self.widget = QComboBox()
        self.widget.setObjectName("variantWidget")
        self.widget.view().setObjectName("variantWidgetList")
        for part in (self.widget, self.widget.view()):
            live.name(part, lambda: tr("Udfyldes med"))
        self.prefill = QComboBox()
        self.prefill.setObjectName("variantPrefill")
        self.prefill.view().setObjectName("variantPrefillList")
        for part in (self.prefill, self.prefill.view()):
            live.name(part, lambda: tr("Forslag"))
        self.optional = CheckBox()
        self.optional.setObjectName("variantOptional")
        live.say(self.optional.setText, lambda: tr("Foldet, til nogen beder om det"))
        live.name(self.optional, lambda: tr("Foldet, til nogen beder om det"))
        self.missing = QComboBox()
        self.missing.setObjectName("variantMissing")
        self.missing.view().setObjectName("variantMissingList")
        for part in (self.missing, self.missing.view()):
            live.name(part, lambda: tr("Felt at tilføje"))
        self.add = button("variantAdd", live, lambda: tr("Tilføj felt"))
        self.save = button("variantSave", live, lambda: tr("Gem varianten …"), kind="primary", icon="report")
        self.none = EmptyState(
            "variantNone",
            live,
            "edit",
            lambda: tr("Vælg en variant, eller lav en"),
            lambda: tr("Vælg et skema til venstre, og tryk Ny variant. Skemaet selv bliver, som det er."),
        )
        self._lay_out(live)
        self._connect()
        desk.edited.connect(self.tell)
        desk.compared.connect(self.tell)
        live.also(self._retell)

    def _lay_out(self, live: Retranslation) -> None:
        self.whole = QWidget()
        self.whole.setObjectName("variant")
        lines = column(self.whole, 4, 3)
        top = row(label("variantTitleLabel", live, lambda: tr("Navn")), self.title, self.seconds)
        top.setStretch(1, 1)
        lines.addLayout(top)
        lines.addWidget(self.table, 1)
        lines.addLayout(row(self.up, self.down, self.remove, 1, self.optional))
        widget = label("variantWidgetLabel", live, lambda: tr("Udfyldes med"))
        prefill = label("variantPrefillLabel", live, lambda: tr("Forslag"))
        widget.setBuddy(self.widget)  # a screen reader knows a list by its label, and its name is what is chosen
        prefill.setBuddy(self.prefill)
        choices = row(widget, self.widget, prefill, self.prefill)
        choices.setStretch(1, 1)
        choices.setStretch(3, 1)
        lines.addLayout(choices)
        adding = row(self.missing, self.add, 1, self.save)
        adding.setStretch(0, 1)
        lines.addLayout(adding)
        stack = column(self)
        stack.addWidget(self.none, 1)
        stack.addWidget(self.whole, 1)

    def _connect(self) -> None:
        desk = self._desk
        self.table.selectionModel().currentChanged.connect(lambda *_: self._tell_field())
        self.title.editingFinished.connect(lambda: desk.rename(self.title.text()))
        self.up.clicked.connect(lambda: self._with_field(lambda field: desk.move(field.id, -1)))
        self.down.clicked.connect(lambda: self._with_field(lambda field: desk.move(field.id, 1)))
        self.remove.clicked.connect(lambda: self._with_field(lambda field: desk.remove(field.id)))
        self.widget.activated.connect(
            lambda _at: self._with_field(lambda field: desk.set_widget(field.id, self.widget.currentData()))
        )
        self.prefill.activated.connect(
            lambda _at: self._with_field(lambda field: desk.set_prefill(field.id, self.prefill.currentData()))
        )
        self.optional.clicked.connect(
            lambda: self._with_field(lambda field: desk.set_optional(field.id, optional=self.optional.isChecked()))
        )
        taken_out = QShortcut(QKeySequence.StandardKey.Delete, self.table, context=Qt.ShortcutContext.WidgetShortcut)
        taken_out.activated.connect(self.remove.click)
        self.add.clicked.connect(self._add)
        self.save.clicked.connect(self._save)

    @property
    def field(self) -> Field | None:
        """The field that is chosen."""
        found = self.model.row_at(self.table.currentIndex())
        return found.field if found else None

    def _with_field(self, change: Callable[[Field], None]) -> None:
        field = self.field
        if field is not None:
            change(field)
            row_now = self.model.row_of(field.id)
            if row_now >= 0:
                self.table.selectRow(row_now)

    def _add(self) -> None:
        """Add the field after the chosen one's section, or to the first."""
        found = self.model.row_at(self.table.currentIndex()) or self.model.row_at(self.model.index(0, 0))
        if found is not None and self.missing.currentData():
            self._desk.add(self.missing.currentData(), found.section)

    def _save(self) -> None:
        variant = self._desk.variant
        if variant is None:
            return
        kinds = tuple(FileKind(lambda: tr("Skemaer"), ending) for ending in (".yaml", ".yml"))
        asked = ask_where(self, tr("Gem varianten som skema"), f"{variant.id}.yaml", kinds)
        if asked is not None:
            self._desk.save(asked[0])

    def _retell(self) -> None:
        self.widget.clear()
        for each in _CHANGEABLE:
            self.widget.addItem(widget_words(each), each)
        self.tell()

    def tell(self) -> None:
        """Show the variant as it is now."""
        form = self._desk.variant
        self.none.setVisible(form is None)
        self.whole.setVisible(form is not None)
        if form is None:
            self.model.show_form(None, {})
            return
        chosen_row = self.table.currentIndex().row()
        found = self._desk.estimate_of(form)
        self.model.show_form(form, {name: band.typical for name, band in found.fields.items()})
        self.seconds.setText(band_words(found.seconds, "s"))
        if not self.title.hasFocus():
            self.title.setText(form.title[chosen()])
        self.missing.clear()
        for each in self._desk.addable():
            self.missing.addItem(each.label[chosen()], each.name)
        self.add.setEnabled(self.missing.count() > 0)
        if 0 <= chosen_row < self.model.rowCount():
            self.table.selectRow(chosen_row)
        self._tell_field()

    def _tell_field(self) -> None:
        field = self.field
        for part in (self.up, self.down, self.remove, self.prefill, self.optional):
            part.setEnabled(field is not None)
        self.widget.setEnabled(field is not None and field.widget in _CHANGEABLE)
        if field is not None:
            self.widget.setCurrentIndex(max(self.widget.findData(field.widget), 0))
            self.prefill.clear()
            for each in self._desk.prefills(field.id):
                self.prefill.addItem(prefill_words(each), each)
            self.prefill.setCurrentIndex(self.prefill.findData(field.prefill))
            self.optional.setCheckState(Qt.CheckState.Checked if field.optional else Qt.CheckState.Unchecked)
