"""The manual in the window: F1 opens the page that fits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut, QTextDocument
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop import ui
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.manual import title
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.manual import Manual
from ldbu_desktop.ui.pages import PAGES
from tests.ui.hand import dialog


@pytest.mark.parametrize(("page", "shown"), [("start", "health-visitor"), ("reports", "vendor"), ("burden", "office")])
def test_the_key_opens_the_page_that_fits(window: MainWindow, qtbot: QtBot, page: str, shown: str) -> None:
    window.pages.go(page)
    assert window.actions_["manual"].shortcut().toString() == "F1"
    window.actions_["manual"].trigger()
    manual = dialog(window, "manual")
    assert isinstance(manual, Manual)
    assert manual.pages.choice == shown
    assert manual.text.toPlainText().startswith(title(shown, Language.DANISH))
    manual.close()


def test_another_page_is_chosen_and_its_pictures_fit(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["manual"].trigger()
    manual = dialog(window, "manual")
    assert isinstance(manual, Manual)
    manual.pages.choose("vendor")
    assert manual.text.toPlainText().startswith(title("vendor", Language.DANISH))
    document = manual.text.document()
    assert isinstance(document, QTextDocument)
    assert document.idealWidth() <= manual.text.viewport().width()
    assert manual.text.horizontalScrollBar().maximum() == 0
    qtbot.keyClick(manual, Qt.Key.Key_Escape)
    assert not manual.isVisible()


@pytest.mark.parametrize(
    ("opens", "name", "page", "shown"),
    [
        ("keys", "keySheet", "practice", "trainer"),
        ("glossary", "glossary", "reports", "vendor"),
        ("about", "about", "start", "health-visitor"),
    ],
)
def test_the_key_opens_it_in_a_dialog_too(
    window: MainWindow, qtbot: QtBot, opens: str, name: str, page: str, shown: str
) -> None:
    window.pages.go(page)
    window.actions_[opens].trigger()
    opened = dialog(window, name)
    assert shown_by_the_key(opened, qtbot) == shown
    opened.close()


@pytest.mark.parametrize(("name", "shown"), [("receipt", "office"), ("mappingSaving", "vendor")])
def test_a_dialog_has_a_page_of_its_own(window: MainWindow, qtbot: QtBot, name: str, shown: str) -> None:
    window.pages.go("practice")
    opened = QDialog(window)
    opened.setObjectName(name)
    opened.open()
    assert shown_by_the_key(opened, qtbot) == shown
    opened.close()


def test_a_question_of_qt_s_own_has_the_key(window: MainWindow, qtbot: QtBot) -> None:
    window.pages.go("delivery")
    opened = QMessageBox(window)
    opened.open()
    assert shown_by_the_key(opened, qtbot) == "office"
    opened.close()


def shown_by_the_key(opened: QWidget, qtbot: QtBot) -> str:
    """The page of the manual that F1 opens in a dialog; there is one manual however often it is pressed."""
    opened.activateWindow()
    qtbot.waitUntil(lambda: opened.findChild(QShortcut, "helpKey") is not None)
    qtbot.keyClick(opened, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: opened.findChild(Manual) is not None)
    manual = opened.findChild(Manual)
    qtbot.keyClick(manual, Qt.Key.Key_F1)
    assert len(opened.findChildren(Manual)) == 1
    choice = str(manual.pages.choice)
    manual.close()
    return choice


def test_every_page_has_one_that_fits() -> None:
    told = json.loads(resource("manual", "pages.json").read_text(encoding="utf-8"))
    dialogs = {
        *("caseDialog", "acceptDialog", "leaving", "mendingDialog"),
        *("mappingSaving", "mappingChoices", "receipt"),
    }
    assert set(told) == {page.id for page in PAGES} | dialogs
    source = "".join(path.read_text(encoding="utf-8") for path in Path(ui.__file__).parent.rglob("*.py"))
    assert all(f'"{name}"' in source for name in dialogs)
