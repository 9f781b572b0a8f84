"""The lines on top of the page: whose columns these are, and how it stands with them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ldbu_desktop.findings.model import Severity
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.words import count_words, covered
from ldbu_desktop.ui.findings.verdict import VerdictBanner
from ldbu_desktop.ui.kit.elided_label import ElidedLabel
from ldbu_desktop.ui.kit.widgets import column, label, row
from ldbu_desktop.ui.mapping.desk import MappingDesk
from ldbu_desktop.ui.mapping.lines import Shown
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID


class Head(QWidget):
    """It says how it stands."""

    def __init__(self, desk: MappingDesk, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        title = label("mappingHeading", live, lambda: tr("Kolonner"), "title")
        self.files = ElidedLabel("mappingFiles", "muted")
        self.verdict = VerdictBanner("mappingVerdict", live)
        line = row(title, self.files)
        line.setStretch(1, 1)
        lines = column(self, 0, 2)
        lines.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 3 * GRID)
        lines.addLayout(line)
        lines.addWidget(self.verdict)
        for signal in (desk.proposed, desk.changed):
            signal.connect(self.tell)
        live.also(self.tell)

    def tell(self) -> None:
        """Say how it stands."""
        desk = self._desk
        self.setVisible(not desk.is_empty)
        self.files.setText(", ".join(covered(path.name, shown=False) for path in desk.paths))
        waiting = desk.links.counts()[Shown.WAITING]
        if waiting:
            text = tr("Venter på svar: {count}", count=count_words(waiting))
            self.verdict.tell(Severity.CHECK, text, tr("Kun det, der er kendt, sikkert eller godkendt, læses."))
        else:
            self.verdict.tell(None, tr("Alt er besvaret."), "")
