"""Qt's own words follow the language of the program."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDir
from PySide6.QtGui import QKeySequence
from PySide6.QtPrintSupport import QPageSetupDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFileSystemModel,
    QGroupBox,
    QLabel,
)
from pytestqt.qtbot import QtBot

from ldbu_desktop.language import Language
from ldbu_desktop.ui.main_window import MainWindow


def _labels(dialog: QDialog) -> set[str]:
    found = (one.text().replace("&", "") for one in dialog.findChildren(QLabel))
    return {one for one in found if any(map(str.isalpha, one)) and "/" not in one}


def test_the_buttons_of_dialogs_speak_the_language_in_use(window: MainWindow, qtbot: QtBot) -> None:
    cancel = QDialogButtonBox.StandardButton.Cancel
    told = []
    for language in (Language.ENGLISH, Language.DANISH, Language.ENGLISH):
        window.commands.choose_language(language)
        box = QDialogButtonBox(cancel)
        qtbot.addWidget(box)
        told.append(box.button(cancel).text().replace("&", ""))
    assert told == ["Cancel", "Annullér", "Cancel"]


def test_numbers_in_dialogs_are_written_as_the_language_writes_them(window: MainWindow) -> None:
    told = []
    for language in (Language.ENGLISH, Language.DANISH):
        window.commands.choose_language(language)
        told.append(QDoubleSpinBox().textFromValue(3.5))
    assert told == ["3.50", "3,50"]


def test_the_dialog_for_files_has_no_english_in_danish(window: MainWindow, qtbot: QtBot) -> None:
    def labels() -> set[str]:
        dialog = QFileDialog(window, "", "", "Sagsfiler (*.ldbu)")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        qtbot.addWidget(dialog)
        return _labels(dialog)

    danish = labels()
    window.commands.choose_language(Language.ENGLISH)
    english = labels()
    assert "Look in:" in english
    assert danish.isdisjoint(english)


def test_the_dialog_for_printing_has_no_english_in_danish(window: MainWindow, qtbot: QtBot) -> None:
    def told() -> set[str]:
        dialog = QPrintDialog(QPrinter(), window)
        qtbot.addWidget(dialog)
        buttons = {one.text().replace("&", "") for one in dialog.findChildren(QAbstractButton)}
        titles = {one.title().replace("&", "") for one in dialog.findChildren(QGroupBox)}
        return {one for one in buttons | titles | _labels(dialog) if any(map(str.isalpha, one))}

    danish = told()
    window.commands.choose_language(Language.ENGLISH)
    english = told()
    assert {"Double Sided Printing", "Cancel"} <= english
    assert danish & english <= {"OK", "PDF", "Printer", "Form", "Type:"}


def test_menus_and_tool_tips_call_a_key_the_same(window: MainWindow) -> None:
    for language in (Language.ENGLISH, Language.DANISH):
        window.commands.choose_language(language)
        shortcut = window.actions_["previous-finding"].shortcut()
        assert shortcut.toString(QKeySequence.SequenceFormat.NativeText) == "Shift+F7"


def test_kinds_of_files_are_told_in_danish(window: MainWindow, qtbot: QtBot) -> None:
    model = QFileSystemModel()
    model.setRootPath(QDir.tempPath())
    assert model.type(model.index(QDir.tempPath())) == "Mappe"


def test_the_setup_of_a_page_has_no_english_in_danish(window: MainWindow, qtbot: QtBot) -> None:
    def told() -> set[str]:
        dialog = QPageSetupDialog(QPrinter(), window)
        qtbot.addWidget(dialog)
        lists = {box.itemText(at) for box in dialog.findChildren(QComboBox) for at in range(box.count())}
        return {one for one in lists | _labels(dialog) if " " in one or one.endswith(":")}

    danish = told()
    window.commands.choose_language(Language.ENGLISH)
    english = told()
    assert {"Page order:", "Pages per sheet:", "Paper source:"} <= english
    sizes_and_arrangements = {one for one in english if one.startswith(("JIS", "ANSI", "PRC ", "Super ")) or "(" in one}
    assert danish & english <= sizes_and_arrangements


def test_what_a_printer_of_the_system_asks_is_danish(window: MainWindow) -> None:
    """No printer is needed for that: its widgets are made only where the system has one."""
    translate = QCoreApplication.translate
    asked = ("&Billing information:", "Job &priority:", "Scheduled &printing:", "&End:")
    for language, is_other in ((Language.ENGLISH, False), (Language.DANISH, True)):
        window.commands.choose_language(language)
        assert all((translate("QCupsJobWidget", one) != one) == is_other for one in asked)
