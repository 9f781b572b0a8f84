"""Asks what becomes of corrections when their files are left. They are kept unless one says otherwise.

Asks too what becomes of what is filled and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.ui.kit.dialog import Dialog
from ldbu_desktop.ui.kit.widgets import button, column, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, scaled

KEEP, SAVE, COPY, THROW_AWAY = "keep", "save", "copy", "throw-away"


class LeavingDialog(Dialog):
    """``changes`` are those that were made to a file, in words; nothing where what is filled is of no file.

    ``answer`` hears what was chosen; nothing where one stays. ``can_keep`` tells whether they are kept at all.
    """

    def __init__(self, changes: str, answer: Callable[[str], None], parent: QWidget, *, can_keep: bool) -> None:
        super().__init__(parent)
        self.setObjectName("leaving")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._answer = answer
        live = Retranslation()
        self._is_of_file = bool(changes)
        live.say(self.setWindowTitle, self._title)
        live.name(self, self._title)
        lines = column(self, 6, 3)
        heading = label("leavingHeading", tone="title")
        heading.setText(tr("{changes} til filen", changes=changes) if changes else self._title())
        told = self._about_kept if can_keep else self._about_lost if changes else self._about_trial
        about = label("leavingAbout", live, told, "muted")
        about.setWordWrap(True)
        about.setMinimumWidth(scaled(110 * GRID))
        lines.addWidget(heading)
        lines.addWidget(about)
        lines.addSpacing(GRID)
        self.keep = button("leavingKeep", live, lambda: tr("Behold til næste gang"), kind="primary")
        self.save = button("leavingSave", live, lambda: tr("Gem som sagsfil …"), icon="lock")
        self.copy = button("leavingCopy", live, lambda: tr("Skriv en rettet kopi …"), icon="table")
        self.throw_away = button(
            "leavingThrowAway", live, lambda: tr("Kassér rettelserne") if changes else tr("Kassér det udfyldte")
        )
        self.stay = button("leavingStay", live, lambda: tr("Annullér"), kind="link")
        self.keep.setVisible(can_keep)
        self.copy.setVisible(bool(changes))
        for made, what in ((self.keep, KEEP), (self.save, SAVE), (self.copy, COPY), (self.throw_away, THROW_AWAY)):
            made.clicked.connect(lambda _checked=False, what=what: self._choose(what))
            lines.addWidget(made)
        self.stay.clicked.connect(self.reject)
        lines.addLayout(row(1, self.stay))
        first = self.keep if can_keep else self.copy if changes else self.save
        first.setDefault(True)
        first.setFocus()

    def _title(self) -> str:
        return tr("Rettelser til filen") if self._is_of_file else tr("Prøve, gemmes ikke")

    def _about_kept(self) -> str:
        return tr(
            "Filen er ikke ændret. Rettelserne er gemt krypteret på denne computer og tilbydes igen, når den samme fil "
            "åbnes."
        )

    def _about_lost(self) -> str:
        return tr("Filen er ikke ændret, og rettelserne kan ikke gemmes af sig selv her: de går tabt, hvis du går nu.")

    def _about_trial(self) -> str:
        return tr("Det udfyldte går tabt, hvis du går nu. Gem det som sagsfil, hvis du vil beholde det.")

    def _choose(self, what: str) -> None:
        self.accept()
        self._answer(what)
