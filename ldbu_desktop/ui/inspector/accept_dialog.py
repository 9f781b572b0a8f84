"""Asks why a finding is right as it is, and who says so: a role, never a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.ui.kit.covering_line import CoveringLine
from ldbu_desktop.ui.kit.dialog import Dialog
from ldbu_desktop.ui.kit.roles import announce
from ldbu_desktop.ui.kit.widgets import button, column, label, row, set_tone
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.ui.theme import GRID, scaled

ROLES: tuple[Callable[[], str], ...] = (
    lambda: tr("Sundhedsplejerske"),
    lambda: tr("Leder"),
    lambda: tr("Leverandørens tester"),
    lambda: tr("Underviser"),
)


class AcceptDialog(Dialog):
    """For the first of ``findings``, and with a tick for all of them that can be accepted: they have one cause."""

    def __init__(self, session: Session, settings: Settings, findings: Sequence[Finding], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("acceptDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._settings = session, settings
        self._findings = [one for one in findings if session.work.may_accept(one)]
        live = Retranslation()
        words = session.words(self._findings[0])
        heading = label("acceptHeading", live, lambda: tr("Acceptér fundet"), "title")
        what = label("acceptWhat")
        what.setText(words.message)
        about = label(
            "acceptAbout",
            live,
            lambda: tr(
                "Fundet skjules for denne værdi og kommer igen, hvis værdien bliver en anden. Det står i rapporter med "
                "begrundelsen, og kan tages tilbage. Det, gatewayen afviser, kan ikke accepteres."
            ),
            "muted",
        )
        for part in (what, about):
            part.setWordWrap(True)
            part.setMinimumWidth(scaled(110 * GRID))
        self.reason = CoveringLine(without_cpr)
        self.reason.setObjectName("acceptReason")
        self.reason.setMaxLength(400)
        self.role = QComboBox()
        self.role.setObjectName("acceptRole")
        line = QLineEdit()  # it is what has the keyboard
        self.role.setLineEdit(line)
        self.role.addItems([role() for role in ROLES])
        self.role.setCurrentText(settings.accepts_as or ROLES[0]())
        self.all = QCheckBox()
        self.all.setObjectName("acceptAll")
        count = len(self._findings)
        live.say(self.all.setText, lambda: tr("Alle {count} med samme årsag", count=count_words(count)))
        self.all.setVisible(count > 1)
        self.told = label("acceptTold", tone="rejected")
        self.told.setWordWrap(True)
        self.told.hide()
        self.cancel = button("acceptCancel", live, lambda: tr("Annullér"))
        self.go = button("acceptGo", live, lambda: tr("Acceptér"), kind="primary", icon="clear")
        self.go.setDefault(True)
        live.name(self.reason, lambda: tr("Hvorfor er det rigtigt, som det er?"))
        for named in (self.role, line):
            live.name(named, lambda: tr("Hvem siger det (en rolle, ikke et navn)"))
        live.say(self.setWindowTitle, lambda: tr("Acceptér fundet"))
        lines = column(self, 6, 3)
        for part in (heading, what, about):
            lines.addWidget(part)
        lines.addWidget(label("acceptReasonLabel", live, lambda: tr("Hvorfor er det rigtigt, som det er?")))
        lines.addWidget(self.reason)
        lines.addWidget(label("acceptRoleLabel", live, lambda: tr("Hvem siger det (en rolle, ikke et navn)")))
        lines.addWidget(self.role)
        lines.addWidget(self.all)
        lines.addWidget(self.told)
        lines.addSpacing(GRID)
        lines.addLayout(row(1, self.cancel, self.go))
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._accept)
        self.reason.setFocus()

    def _accept(self) -> None:
        from ldbu_desktop.rendering.faults import fault_text

        findings = self._findings if self.all.isChecked() else self._findings[:1]
        fault = self._session.accept(findings, self.reason.typed, self.role.currentText())
        if fault is not None:
            set_tone(self.told, "rejected")
            self.told.setText(fault_text(fault, chosen()))
            announce(self.told, self.told.text())
            self.told.show()
            self.make_room(self.told)
            self.reason.setFocus()
            return
        self._settings.accepts_as = self.role.currentText()
        self.accept()
