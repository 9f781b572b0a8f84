"""The lines on top of the page: whose columns these are, what comes of the answers, and how it ends."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.findings.model import Severity
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.words import count_words, covered, visits_words
from ldbu_desktop.ui.findings.verdict import VerdictBanner
from ldbu_desktop.ui.kit.elided_label import ElidedLabel
from ldbu_desktop.ui.kit.widgets import Segments, button, column, label, row
from ldbu_desktop.ui.mapping.desk import MappingDesk
from ldbu_desktop.ui.mapping.effect import unmet_rules
from ldbu_desktop.ui.mapping.lines import Shown
from ldbu_desktop.ui.pace import next_turn
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID

LINKS, ROWS = "links", "rows"
_MOST = 4
"""How many variables without a column are named."""


class Head(QWidget):
    """It says how it stands; what its buttons do is the page's."""

    def __init__(self, desk: MappingDesk, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        title = label("mappingHeading", live, lambda: tr("Kolonner"), "title")
        self.files = ElidedLabel("mappingFiles", "muted")
        self.view = Segments(
            "mappingView",
            live,
            lambda: tr("Visning"),
            ((LINKS, lambda: tr("Kolonner")), (ROWS, lambda: tr("Rækker og opstilling"))),
        )
        self.save = button("mappingSave", live, lambda: tr("Gem kortet …"), icon="save")
        live.say(self.save.setToolTip, lambda: tr("Husk svarene til næste gang (Ctrl+S)"))
        self.load = button("mappingLoad", live, lambda: tr("Indlæs"), kind="primary", icon="open")
        live.say(self.load.setToolTip, lambda: tr("Læs det, der er kendt, sikkert eller godkendt (Ctrl+Enter)"))
        self.verdict = VerdictBanner("mappingVerdict", live)
        line = row(title, self.files, self.view, self.save, self.load)
        line.setStretch(1, 1)
        lines = column(self, 0, 2)
        lines.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 3 * GRID)
        lines.addLayout(line)
        lines.addWidget(self.verdict)
        for signal in (desk.proposed, desk.changed, desk.told):
            signal.connect(self.tell)
        live.also(self.tell)

    def showEvent(self, event: QShowEvent) -> None:
        """Have room for the words that were told before it was seen, when it was not as wide."""
        super().showEvent(event)
        for words in (self.verdict.text, self.verdict.more):
            next_turn(self, words.updateGeometry)

    def tell(self) -> None:
        """Say how it stands."""
        desk = self._desk
        # Before it has its place in the page it would show itself as a window of its own.
        if desk.is_empty or self.parentWidget() is not None:
            self.setVisible(not desk.is_empty)
        if desk.is_empty:
            return
        self.files.setText(", ".join(covered(path.name, shown=False) for path in desk.paths))
        waiting = desk.links.counts()[Shown.WAITING]
        told = tr("Venter på svar: {count}.", count=count_words(waiting)) if waiting else tr("Alt er besvaret.")
        more = f"{tr('Kortet er husket.')} {self._rule_words()}" if desk.is_saved else self._rule_words()
        if not waiting and desk.effect is None:
            self.verdict.tell_waiting(f"{told} {self._effect_words()}", more)
            return
        is_rejected = desk.effect is not None and desk.effect.rejected > 0
        severity = Severity.LOOK_AT if waiting else Severity.REJECTED if is_rejected else None
        self.verdict.tell(severity, f"{told} {self._effect_words()}", more)

    def _effect_words(self) -> str:
        """What would be ready, as far as that is known."""
        effect = self._desk.effect
        if effect is None:
            return tr("Ser, hvad der kommer ud af svarene …")
        total, rejected = effect.findings.journal.visit_count, effect.rejected
        return tr(
            "{visits}: {ready} klar, {rejected} afvises.",
            visits=visits_words(total),
            ready=count_words(total - rejected),
            rejected=count_words(rejected),
        )

    def _rule_words(self) -> str:
        """Which rules can't run, since nothing is read as what they ask for."""
        standard = self._desk.standard
        rules = unmet_rules(self._desk.proposal, standard)
        if not rules:
            return tr("Alle gatewayens regler kan køre.")
        names = [standard.variable[rule.variables[0]].label[chosen()] for rule in rules]
        more = " …" if len(names) > _MOST else ""
        return tr(
            "Regler, der ikke kan køre, fordi ingen kolonne læses som det, de spørger om: {count} ({names})",
            count=count_words(len(rules)),
            names=", ".join(names[:_MOST]) + more,
        )
