"""The glossary in the help: the program's words and what they mean, found by typing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.glossary import GlossaryEntry, glossary
from ldbu_desktop.ui.kit.dialog import Dialog
from ldbu_desktop.ui.kit.search_line import SearchLine
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.table_model import Column, TableModel, Width
from ldbu_desktop.ui.kit.widgets import button, column, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, font, scaled

_SIZE = QSize(190 * GRID, 140 * GRID)


class Glossary(Dialog):
    """A table of words; the line above it narrows it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("glossary")
        live = Retranslation()
        live.say(self.setWindowTitle, lambda: tr("Ordliste"))
        live.name(self, lambda: tr("Ordliste"))
        self.search = SearchLine("glossarySearch", live, lambda: tr("Søg i ordlisten"), lambda: tr("Søg i ordlisten"))
        self.model = TableModel[GlossaryEntry](
            (
                Column(
                    "term",
                    lambda: tr("Ord"),
                    lambda one: one.term[chosen()],
                    width=44,
                    roles={Qt.ItemDataRole.FontRole: lambda _one: font(bold=True)},
                ),
                Column("meaning", lambda: tr("Betyder"), lambda one: one.meaning[chosen()], width=Width.REST),
            ),
            self,
        )
        self.table = TableView(
            "glossaryTable", live, lambda: tr("Ord og deres betydning"), self.model, wraps=True, sorts=True
        )
        self.none = label("glossaryNone", live, lambda: tr("Intet ord svarer til søgningen."), "muted")
        close = button("glossaryClose", live, lambda: tr("Luk"), kind="primary")
        close.clicked.connect(self.accept)
        lines = column(self, 6, 4)
        lines.addWidget(label("glossaryHeading", live, lambda: tr("Ordliste"), "title"))
        lines.addWidget(self.search)
        lines.addWidget(self.none)
        lines.addWidget(self.table, 1)
        lines.addLayout(row(1, close))
        self.search.searched.connect(self._narrow)
        self.resize((_SIZE * scaled(GRID) / GRID).boundedTo(parent.size()))
        self._narrow()
        self.search.setFocus()

    def _narrow(self) -> None:
        self.model.show(glossary(self.search.text()))
        self.none.setVisible(not self.model.rows)
