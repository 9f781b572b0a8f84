"""Qt's own words follow the language of the program."""

from __future__ import annotations

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QFileSystemModel, QLabel
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


def test_the_dialog_for_files_has_no_english_in_danish(window: MainWindow, qtbot: QtBot) -> None:
    def labels() -> list[str]:
        dialog = QFileDialog(window, "", "", "Sagsfiler (*.ldbu)")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        qtbot.addWidget(dialog)
        return [one.text().replace("&", "") for one in dialog.findChildren(QLabel)]

    danish = labels()
    window.commands.choose_language(Language.ENGLISH)
    english = labels()
    assert "Look in:" in english
    assert set(danish).isdisjoint(english)


def test_kinds_of_files_are_told_in_danish(window: MainWindow, qtbot: QtBot) -> None:
    model = QFileSystemModel()
    model.setRootPath(QDir.tempPath())
    assert model.type(model.index(QDir.tempPath())) == "Mappe"
