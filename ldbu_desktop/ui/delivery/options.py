"""How to deliver: where to, a report of what, in which files, and what is sent knowingly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from ldbu_desktop.language import tr
from ldbu_desktop.ui.kit.buttons import CheckBox, RadioButton
from ldbu_desktop.ui.kit.text_line import TextLine
from ldbu_desktop.ui.kit.widgets import button, column, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, scaled

Text = Callable[[], str]


class OneOption(QWidget):
    """Choices below each other of which one holds, each with a line about it."""

    changed = Signal()

    def __init__(
        self, name: str, live: Retranslation, heading: Text, choices: Sequence[tuple[str, Text, Text]]
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        live.name(self, heading)
        self._group = QButtonGroup(self)
        self._keys: dict[RadioButton, str] = {}
        lines = column(self, 0, 0)
        lines.addWidget(label(f"{name}-heading", live, heading, "heading"))
        for key, text, about in choices:
            made = RadioButton()
            made.setObjectName(f"{name}-{key}")
            live.say(made.setText, text)
            live.name(made, text)
            live.say(made.setAccessibleDescription, about)
            self._group.addButton(made)
            self._keys[made] = key
            lines.addWidget(made)
            lines.addWidget(_about(f"{name}-{key}-about", live, about))
        next(iter(self._keys)).setChecked(True)
        self._group.buttonClicked.connect(lambda _button: self.changed.emit())

    @property
    def choice(self) -> str:
        """The key of the choice that holds."""
        return next(key for made, key in self._keys.items() if made.isChecked())


def _about(name: str, live: Retranslation, text: Text) -> QLabel:
    made = label(name, live, text, "small")
    made.setWordWrap(True)
    live.also(lambda: made.setContentsMargins(scaled(7 * GRID), 0, 0, scaled(GRID)))
    return made


class Options(QWidget):
    """The choices of a delivery. ``changed`` tells that one was made."""

    changed = Signal()

    def __init__(self, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("deliveryOptions")
        self._live = live
        self._offers_new = False
        self.folder_line = TextLine()
        self.folder_line.setObjectName("deliveryFolder")
        live.name(self.folder_line, lambda: tr("Mappe"))
        live.say(self.folder_line.setPlaceholderText, lambda: tr("Vælg en mappe"))
        self.browse = button("deliveryBrowse", live, lambda: tr("Vælg …"), icon="folder")
        self.browse.clicked.connect(self._browse)
        self.report = OneOption(
            "deliveryReport",
            live,
            lambda: tr("Rapporter"),
            (
                (
                    "visit",
                    lambda: tr("En rapport pr. kontakt"),
                    lambda: tr(
                        "Anbefales: reglerne ser på hele rapporten, og her kan kontakter ikke dække for hinanden."
                    ),
                ),
                ("child", lambda: tr("En rapport pr. barn"), lambda: tr("Alle barnets kontakter samlet i én rapport.")),
            ),
        )
        self.layout_ = OneOption(
            "deliveryLayout",
            live,
            lambda: tr("Filer"),
            (
                ("pretty", lambda: tr("Læsbar JSON"), lambda: tr("En fil pr. rapport, med linjeskift og indrykning.")),
                ("compact", lambda: tr("Kompakt JSON"), lambda: tr("En fil pr. rapport, så lille som muligt.")),
                ("ndjson", lambda: tr("NDJSON"), lambda: tr("Én fil med en rapport pr. linje.")),
            ),
        )
        self.incremental = self._check(
            "deliveryIncremental", lambda: tr("Saml rapporterne i én inkrementel aflevering")
        )
        self.only_new = self._check(
            "deliveryOnlyNew", lambda: tr("Kun det, der er nyt eller ændret siden sidste aflevering")
        )
        self.anyway = self._check("deliveryAnyway", lambda: tr("Skriv også det, standarden modsiger sig selv om"))
        self.anyway_about = _about("deliveryAnywayAbout", live, self._about_anyway)
        self._lay_out()
        self.folder_line.textChanged.connect(lambda _text: self.changed.emit())
        for choice in (self.report, self.layout_):
            choice.changed.connect(self.changed)

    def _about_anyway(self) -> str:
        return tr(
            "Teksten i standarden tillader en måling uden værdi, når årsagen angives; standardens egen regel afviser "
            "den. Skrives det alligevel, kan gatewayen afvise rapporten. Kvitteringen viser, at det var et "
            "bevidst valg."
        )

    def _check(self, name: str, text: Text) -> CheckBox:
        made = CheckBox()
        made.setObjectName(name)
        self._live.say(made.setText, text)
        self._live.name(made, text)
        made.toggled.connect(lambda _checked: self.changed.emit())
        return made

    def _lay_out(self) -> None:
        lines: QVBoxLayout = column(self, 0, 3)
        where = QVBoxLayout()
        where.setSpacing(2 * GRID)
        where.addWidget(label("deliveryFolderHeading", self._live, lambda: tr("Mappe"), "heading"))
        where.addLayout(row(self.folder_line, self.browse))
        lines.addLayout(where)
        lines.addWidget(self.report)
        lines.addWidget(self.incremental)
        lines.addWidget(self.only_new)
        lines.addWidget(self.layout_)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.anyway)
        beside.addWidget(self.anyway_about)
        lines.addLayout(beside)

    def show_anyway(self, shown: bool) -> None:
        """Offer to send knowingly, where there is something to send so."""
        self.anyway.setVisible(shown)
        self.anyway_about.setVisible(shown)
        if not shown:
            self.anyway.setChecked(False)

    def show_only_new(self, shown: bool) -> None:
        """Offer to leave out what was delivered, where that is known; then it is what is meant, until it is chosen."""
        if shown != self._offers_new:
            self._offers_new = shown
            self.only_new.setChecked(shown)
        self.only_new.setVisible(shown)

    @property
    def folder(self) -> Path | None:
        """Where to write; None where nothing is chosen."""
        text = self.folder_line.text().strip()
        return Path(text).expanduser() if text else None

    def _browse(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, tr("Vælg mappen til rapporterne"), self.folder_line.text()):
            self.folder_line.setText(name)
