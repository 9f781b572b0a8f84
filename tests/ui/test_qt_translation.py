"""Qt's own words follow the language of the program."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from ldbu_desktop.language import Language
from ldbu_desktop.ui.main_window import MainWindow


def test_the_buttons_of_dialogs_speak_the_language_in_use(window: MainWindow, qtbot: QtBot) -> None:
    cancel = QDialogButtonBox.StandardButton.Cancel
    told = []
    for language in (Language.ENGLISH, Language.DANISH, Language.ENGLISH):
        window.commands.choose_language(language)
        box = QDialogButtonBox(cancel)
        qtbot.addWidget(box)
        told.append(box.button(cancel).text().replace("&", ""))
    assert told == ["Cancel", "Annuller", "Cancel"]
