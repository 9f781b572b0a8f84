"""The finder: one line for visits, pages and actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.finder import Finder
from ldbu_desktop.ui.main_window import MainWindow
from tests.ui.hand import dialog, texts


def test_the_finder_does_what_is_chosen(opened: MainWindow, qtbot: QtBot) -> None:
    opened.header.finder.click()
    finder = dialog(opened, "finder")
    assert isinstance(finder, Finder)
    qtbot.keyClicks(finder.line, "forebyggende")
    assert finder.model.rowCount() == 2
    qtbot.keyClick(finder, Qt.Key.Key_Down)
    qtbot.keyClick(finder, Qt.Key.Key_Up)
    qtbot.keyClick(finder, Qt.Key.Key_Down)
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    assert opened.session.selection.visit == "K3"
    assert not finder.isVisible()


def test_what_the_finder_finds(opened: MainWindow, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    finder = Finder(opened.session, opened.actions_, opened)
    qtbot.addWidget(finder)
    model = finder.model
    model.look_for("")
    qtmodeltester.check(model)
    everything = texts(model)
    assert "Taster" in everything
    assert "Fortryd" not in everything
    model.look_for("barsel b1")
    assert len(texts(model)) == 1
    model.found[0].do()
    assert opened.session.selection.visit == "K1"
    model.look_for("0505159995")
    assert [one.text for one in model.found if "0505159995" in one.text] == []
    assert model.rowCount() == 1


def test_that_nothing_fits_is_told(opened: MainWindow, qtbot: QtBot) -> None:
    opened.header.finder.click()
    finder = dialog(opened, "finder")
    assert isinstance(finder, Finder)
    assert finder.none.isHidden()
    qtbot.keyClicks(finder.line, "zebra")
    assert finder.none.isVisible()
    assert finder.none.text() == finder.none.accessibleName() != ""
    finder.line.clear()
    assert finder.none.isHidden()
