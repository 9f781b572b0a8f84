"""The question for the official questionnaires' wording: where the package is, and whether the user has the rights."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from ldbu_desktop.language import tr


def ask_wording(parent: QWidget) -> Path | None:
    """The package whose wording may be shown; None without a yes: then nothing of it is read."""
    name, _ = QFileDialog.getOpenFileName(
        parent, tr("Vælg den officielle pakke med spørgeskemaerne"), "", tr("FHIR-pakker (*.tgz)")
    )
    if not name:
        return None
    asked = QMessageBox(parent)
    asked.setObjectName("rights")
    asked.setText(tr("Har I rettighederne til spørgeskemaernes ordlyd?"))
    asked.setInformativeText(
        tr(
            "Ordlyden tilhører dem, der har lavet skemaerne; nogle må kun bruges af uddannede eller med "
            "tilladelse. Den vises kun, til vinduet lukkes, og kommer aldrig i sagsfilen eller rapporterne."
        )
    )
    no = asked.addButton(tr("Nej"), QMessageBox.ButtonRole.RejectRole)
    yes = asked.addButton(tr("Ja, vis ordlyden"), QMessageBox.ButtonRole.AcceptRole)
    no.setObjectName("rightsNo")
    yes.setObjectName("rightsYes")
    asked.setDefaultButton(no)
    asked.exec()
    return Path(name) if asked.clickedButton() is yes else None
