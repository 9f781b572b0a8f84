"""The glossary in the help."""

from __future__ import annotations

from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.rendering.glossary import glossary_entries
from ldbu_desktop.ui.glossary import Glossary
from ldbu_desktop.ui.main_window import MainWindow


def test_words_are_found_by_typing(window: MainWindow, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    window.actions_["glossary"].trigger()
    dialog = window.findChild(Glossary)
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.model.rowCount() == len(glossary_entries())
    dialog.search.setText("ldbumap")
    dialog.search.settle()
    assert dialog.model.rowCount() == 1
    qtmodeltester.check(dialog.model)
    dialog.search.setText("findes ikke")
    dialog.search.settle()
    assert dialog.none.isVisible()
    dialog.accept()
