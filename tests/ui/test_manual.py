"""The manual in the window: F1 opens the page that fits."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

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
    assert document.idealWidth() <= manual.width()
    qtbot.keyClick(manual, Qt.Key.Key_Escape)
    assert not manual.isVisible()


def test_every_page_has_one_that_fits() -> None:
    told = json.loads(resource("manual", "pages.json").read_text(encoding="utf-8"))
    assert set(told) == {page.id for page in PAGES}
