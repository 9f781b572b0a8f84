"""Asks whether what is not saved is given up."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from ldbu_desktop.language import tr


def gives_up(parent: QWidget, what: str, advice: str, go: str) -> bool:
    """Ask whether ``what`` is lost knowingly: one stays, as is proposed, or goes; ``go`` is what that is called."""
    asked = QMessageBox(parent)
    asked.setObjectName("unsaved")
    asked.setIcon(QMessageBox.Icon.Warning)
    asked.setText(what)
    asked.setInformativeText(advice)
    stay = asked.addButton(tr("Bliv her"), QMessageBox.ButtonRole.RejectRole)
    leave = asked.addButton(go, QMessageBox.ButtonRole.DestructiveRole)
    stay.setObjectName("unsavedStay")
    leave.setObjectName("unsavedClose")
    asked.setDefaultButton(stay)
    asked.exec()
    return asked.clickedButton() is leave
