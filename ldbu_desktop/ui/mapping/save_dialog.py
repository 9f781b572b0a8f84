"""What the answers are kept under: the system and version that the export is of, and who has answered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ldbu_desktop import clock
from ldbu_desktop.language import tr
from ldbu_desktop.ui.file_filters import MAP_ENDING
from ldbu_desktop.ui.kit.dialog import Dialog
from ldbu_desktop.ui.kit.widgets import button, column, keep_dialog, label, row
from ldbu_desktop.ui.mapping.desk import MappingDesk
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.saving import FileKind, ask_where


class SaveDialog(Dialog):
    """Enter remembers the answers on this computer; they can be written to a file too, to share."""

    def __init__(self, desk: MappingDesk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("mappingSaving")
        live = Retranslation()
        live.say(self.setWindowTitle, lambda: tr("Gem kortet"))
        live.name(self, lambda: tr("Gem kortet"))
        self._desk = desk
        keep_dialog(self, parent)
        self.system, self.version, self.approver = QLineEdit(), QLineEdit(), QLineEdit()
        told = label(
            "mappingSavingAbout",
            live,
            lambda: tr(
                "Svarene gemmes som et kort over eksporten. Næste gang en fil har de samme kolonner, spørges der kun "
                "om det, der er nyt. Kortet har overskrifter og koder, aldrig navne eller CPR-numre."
            ),
            "muted",
        )
        told.setWordWrap(True)
        lines = column(self, 6, 2)
        lines.addWidget(label("mappingSavingHeading", live, lambda: tr("Gem kortet"), "title"))
        lines.addWidget(told)
        self._add(lines, live, self.system, "System", tr("Journalsystem, fx NOVAX"))
        self._add(lines, live, self.version, "Version", tr("Version"))
        self._add(lines, live, self.approver, "Approver", tr("Godkendt af (rolle eller initialer)"))
        self.system.setText(desk.paths[0].stem if desk.paths else "")
        self.version.setText(f"{clock.today():%Y-%m}")
        self.approver.setText(desk.approval.by)
        self.refused = label("mappingSavingRefused", live, lambda: tr("Skriv, hvem der har godkendt."), "rejected")
        self.refused.hide()
        self.to_file = button("mappingSavingFile", live, lambda: tr("Gem også som fil …"))
        self.remember = button("mappingSavingRemember", live, lambda: tr("Husk kortet"), kind="primary")
        self.remember.setDefault(True)
        self.to_file.setAutoDefault(False)
        lines.addWidget(self.refused)
        lines.addLayout(row(1, self.to_file, self.remember))
        self.remember.clicked.connect(lambda: self._save(None))
        self.to_file.clicked.connect(self._save_to_file)
        (self.approver if not self.approver.text() else self.remember).setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, lines: QVBoxLayout, live: Retranslation, field: QLineEdit, name: str, text: str) -> None:
        field.setObjectName(f"mapping{name}")
        field.setAccessibleName(text)
        heading = label(f"mapping{name}Label")
        heading.setText(text)
        heading.setBuddy(field)
        lines.addWidget(heading)
        lines.addWidget(field)

    def _save_to_file(self) -> None:
        start = f"{self.system.text().strip()}-{self.version.text().strip()}{MAP_ENDING}"
        asked = ask_where(self, tr("Gem kortet"), start, (FileKind(lambda: tr("Kort"), MAP_ENDING),))
        if asked is not None:
            self._save(asked[0])

    def _save(self, path: Path | None) -> None:
        self.refused.setVisible(not self.approver.text().strip())
        self.make_room(self.refused)
        if self.refused.isHidden():
            self.accept()
            self._desk.save(self.system.text().strip(), self.version.text().strip(), self.approver.text().strip(), path)
