"""The pane at the right: what the estimate rests on, where each constant is from, and how to set it otherwise."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QAbstractItemView

from ldbu_desktop.burden.assumptions import Assumption
from ldbu_desktop.faults import Fault
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.ui.burden.assumptions_model import AssumptionsModel, value_words
from ldbu_desktop.ui.burden.desk import BurdenDesk
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.widgets import Pane, button, column, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID


class AssumptionsPane(Pane):
    """A table of constants; below it the source of the one that is chosen."""

    def __init__(self, desk: BurdenDesk, live: Retranslation) -> None:
        super().__init__()
        self._desk = desk
        live.name(self, lambda: tr("Antagelser"))
        self.model = AssumptionsModel(lambda: desk.assumptions, self)
        self.table = self._table(live)
        self.source = label("assumptionSource", tone="muted")
        self.source.setWordWrap(True)
        self.reset_one = button("assumptionReset", live, lambda: tr("Nulstil denne"), icon="undo")
        self.reset_all = button("assumptionResetAll", live, lambda: tr("Nulstil alle"), kind="quiet")
        heading = label("assumptionsHeading", live, lambda: tr("Antagelser"), "heading")
        about = label(
            "assumptionsAbout",
            live,
            lambda: tr("Skriv ét tal, eller lav / typisk / høj. Det, du har ændret, står med fed."),
            "small",
        )
        about.setWordWrap(True)
        lines = column(self, 0, 2)
        lines.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        for part in (heading, about):
            lines.addWidget(part)
        lines.addWidget(self.table, 1)
        lines.addWidget(self.source)
        lines.addLayout(row(self.reset_one, self.reset_all, 1))
        self.model.changed.connect(desk.assume)
        self.model.refused.connect(self._refuse)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self.reset_one.clicked.connect(lambda: self.model.reset_row(self.table.currentIndex().row()))
        self.reset_all.clicked.connect(self.model.reset_all)
        desk.compared.connect(self._tell)
        live.also(self._retell)

    def _table(self, live: Retranslation) -> TableView[Assumption]:
        table = TableView("assumptions", live, lambda: tr("Antagelser"), self.model, wraps=True)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        return table

    def _retell(self) -> None:
        self.model.retell()
        self._tell()

    def _tell(self) -> None:
        index: QModelIndex = self.table.currentIndex()
        known = self.model.rows[index.row()] if index.isValid() else None
        self.reset_one.setEnabled(known is not None and self.model.is_changed(known))
        self.reset_all.setEnabled(bool(self._desk.assumptions.changed))
        if known is None:
            self.source.setText(tr("Vælg en antagelse for at se, hvor den er fra."))
            return
        bases = {"sourced": tr("Kilde"), "derived": tr("Udregnet af"), "proposed": tr("Forslag")}
        told = f"{bases[known.basis]}: {known.source[chosen()]} ({known.date})."
        if self.model.is_changed(known) and known.default is not None:
            told += " " + tr("Forvalgt: {value}.", value=value_words(known.default))
        self.source.setText(told)

    def _refuse(self, fault: Fault) -> None:
        self._desk.failed.emit(fault)
