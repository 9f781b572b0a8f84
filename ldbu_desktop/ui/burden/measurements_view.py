"""What was measured on this machine, if the user agreed: predicted against measured, with how many there are."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from ldbu_desktop.burden.model import Calibration, PredictionScore
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.burden_words import accuracy_words
from ldbu_desktop.rendering.words import count_words, number_words
from ldbu_desktop.ui.burden.desk import BurdenDesk
from ldbu_desktop.ui.kit.buttons import CheckBox
from ldbu_desktop.ui.kit.widgets import button, column, keep_line, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID


class MeasurementsView(QWidget):
    """Consent, how well the estimate has hit, and the button that deletes it all."""

    def __init__(self, desk: BurdenDesk, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("burdenMeasured")
        self._desk = desk
        heading = label("measuredHeading", live, lambda: tr("Mål din egen tid"), "heading")
        self.about = label(
            "measuredAbout",
            live,
            lambda: tr(
                "Siger du ja, måler programmet, hvor længe du arbejder i hvert felt, og retter skønnet til efter dig. "
                "Der gemmes kun felternes navne og sekunder på denne maskine, ingen navne, numre eller datoer. "
                "Ingen sammenlignes med andre, og intet forlader maskinen."
            ),
        )
        self.consent = CheckBox()
        self.consent.setObjectName("measuredConsent")
        live.say(self.consent.setText, lambda: tr("Ja, mål min tid på denne maskine"))
        live.name(self.consent, lambda: tr("Ja, mål min tid på denne maskine"))
        self.result = label("measuredResult")
        self.accuracy = label("measuredAccuracy", tone="muted")
        self.delete = button("measuredDelete", live, lambda: tr("Slet alt, der er målt"), icon="close")
        lines = column(self, 4, 3)
        lines.addWidget(heading)
        for part in (self.about, self.result, self.accuracy):
            part.setWordWrap(True)
            keep_line(part, live)
        lines.addWidget(self.about)
        lines.addWidget(self.consent)
        lines.addSpacing(2 * GRID)
        lines.addWidget(self.result)
        lines.addWidget(self.accuracy)
        lines.addLayout(row(self.delete, 1))
        lines.addStretch(1)
        self.consent.clicked.connect(lambda: desk.agree(consent=self.consent.isChecked()))
        self.delete.clicked.connect(desk.forget_measured)
        desk.measured.connect(self.tell)
        live.also(self.tell)

    def tell(self) -> None:
        """Show what is measured now."""
        kept = self._desk.measurements
        self.consent.setChecked(kept.consent)
        self.delete.setEnabled(bool(kept.all_forms) or kept.consent)
        self.accuracy.setText(accuracy_words())
        self.result.setText(_learnt_words(self._desk.learnt))


def _learnt_words(learnt: Calibration) -> str:
    """Predicted against measured, before and after the estimate was fitted to the user."""
    if not learnt.n:
        return tr("Der er ikke målt nogen kontakter endnu.")
    told = [
        tr(
            "{count, plural, one {# kontakt} other {# kontakter}} er målt. Skønnet ganges med {factor} for dig.",
            count=count_words(learnt.n),
            factor=number_words(Decimal(f"{learnt.factor:.2f}")),
        )
    ]
    if learnt.uncalibrated:
        told.append(tr("Uden tilpasning: {score}", score=_score_words(learnt.uncalibrated)))
    if learnt.calibrated:
        told.append(tr("Med tilpasning, målt før hver ny lærdom: {score}", score=_score_words(learnt.calibrated)))
    if learnt.range:
        low, high = learnt.range
        told.append(tr("Dine egne tider ligger mest mellem {low} og {high} s.", low=round(low), high=round(high)))
    return "\n".join(told)


def _score_words(found: PredictionScore) -> str:
    return tr(
        "{count, plural, one {# kontakt} other {# kontakter}}, typisk {error} % ved siden af, {bias} % i gennemsnit, "
        "{inside} % inden for spændet.",
        count=count_words(found.n),
        error=round(found.median_ape * 100),
        bias=f"{found.bias * 100:+.0f}".replace("-", "\N{MINUS SIGN}"),
        inside=round(found.inside * 100),
    )
