"""The glossary in the help."""

from __future__ import annotations

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering.glossary import glossary, glossary_entries
from ldbu_desktop.ui.glossary import Glossary
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.mapping.words import APPROVED, MARKS
from ldbu_desktop.ui.pages import PAGES, START
from ldbu_desktop.ui.theme import GRID, enlarge, scaled


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


@pytest.mark.parametrize("language", Language)
def test_every_page_and_every_state_of_a_column_is_explained(language: Language) -> None:
    choose(language)
    terms = {one.term[language] for one in glossary()}
    assert {mark.word() for mark in (*MARKS.values(), APPROVED)} <= terms
    assert [page.text() for page in PAGES if page.id != START and not glossary(page.text())] == []
    choose(Language.DANISH)


def test_it_is_as_much_larger_as_its_text(window: MainWindow, qtbot: QtBot) -> None:
    """On a screen that has the space."""
    window.resize(1800, 1000)
    try:
        enlarge(1.5)
        window.actions_["glossary"].trigger()
        dialog = window.findChild(Glossary)
        qtbot.waitUntil(dialog.isVisible)
        assert dialog.size().toTuple() == (scaled(190 * GRID), scaled(140 * GRID))
        dialog.accept()
    finally:
        enlarge(1)
