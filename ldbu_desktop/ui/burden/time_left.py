"""What is left of the visit that is being filled, told quietly: no running clock, and nothing about the person."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ldbu_desktop.burden.model import VisitProgress
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.burden_words import band_words
from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.ui.kit.widgets import column, label
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID


class TimeLeftPane(QWidget):
    """A few lines: left, entered so far, and what the last answer opened."""

    def __init__(self, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("standing")
        self.standing: VisitProgress | None = None
        self.left = label("standingLeft", tone="heading")
        self.fields = label("standingFields")
        self.spent = label("standingSpent", tone="muted")
        self.opened = label("standingOpened", tone="muted")
        self.about = label(
            "standingAbout",
            live,
            lambda: tr("Et overslag over indtastningen. Samtale, undersøgelse og vurdering er ikke talt med."),
            "small",
        )
        lines = column(self, 4, 1)
        for part in (self.left, self.fields, self.spent, self.opened, self.about):
            part.setWordWrap(True)
            lines.addWidget(part)
        lines.insertSpacing(4, GRID)
        lines.addStretch(1)
        live.also(self._tell)

    def show_progress(self, standing: VisitProgress | None) -> None:
        """Tell how another visit stands; nothing for none."""
        if standing != self.standing:
            self.standing = standing
            self._tell()

    def _tell(self) -> None:
        now = self.standing
        for part in (self.fields, self.spent, self.opened):
            part.setVisible(now is not None)
        if now is None:
            self.left.setText(tr("Vælg en kontakt, der udfyldes, for at se, hvad der er tilbage."))
            return
        self.left.setText(tr("Tilbage: {seconds}", seconds=band_words(now.left, "s")))
        self.fields.setText(
            tr(
                "{fields, plural, one {# felt} other {# felter}} mangler et svar, heraf kræver gatewayen {required}.",
                fields=count_words(now.left_fields),
                required=count_words(now.required_fields),
            )
        )
        self.spent.setText(tr("Indtastet til nu: {seconds}", seconds=band_words(now.spent, "s")))
        self.opened.setVisible(bool(now.opened_fields))
        self.opened.setText(
            tr(
                "Det sidste svar åbnede {fields, plural, one {# felt} other {# felter}}: {seconds}",
                fields=count_words(len(now.opened_fields)),
                seconds=band_words(now.opened, "s"),
            )
        )
