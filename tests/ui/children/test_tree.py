"""The tree of children and visits: searched, filtered, and by the same names as what is selected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.fields import OBSERVATION_MISSING_REASON, VISIT_START
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering.words import entry_words
from ldbu_desktop.ui.children import tree_delegate
from ldbu_desktop.ui.children.facets_model import STATES
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.children.tree_model import Role, VisitFilter, Wanted
from ldbu_desktop.ui.kit.drawn_words import width_of
from ldbu_desktop.ui.kit.rows import TextLine
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, font, scaled
from ldbu_desktop.use_cases.opening import opened as opened_work
from ldbu_desktop.workspace.facets import Facet, VisitState
from tests.ui.conftest import open_and_wait
from tests.ui.hand import activate, texts


def test_the_tree_through_all_changes(opened: MainWindow, page: ChildrenPage, qtmodeltester: ModelTester) -> None:
    session, model = opened.session, page.tree_pane.model
    qtmodeltester.check(model)
    assert texts(model) == ["Alle børn og kontakter", "Barn B1", "Barn B2"]
    family = model.index(1, 0)
    assert texts(model, family) == ["Barselsbesøg", "Almindelig forebyggende småbørnskontakt"]
    assert family.data(Role.STATE)[0] == Severity.REJECTED
    assert model.index(0, 0, family).data(Role.STATE)[1] >= 1
    assert "050520-••••" in family.data(Role.SECOND_LINE)

    model.filter(Wanted(VisitFilter.REJECTED, ""))
    assert model.visit_keys() == ["K1"]
    model.filter(Wanted(VisitFilter.CLEAR, ""))
    assert model.visit_keys() == ["K2", "K3"]
    model.filter(Wanted(VisitFilter.ALL, "skole"))
    assert model.visit_keys() == ["K3"]
    model.filter(Wanted(VisitFilter.ALL, "0505209996"))
    assert model.visit_keys() == ["K1", "K2"]
    model.filter(Wanted(VisitFilter.ALL, "nobody"))
    assert texts(model) == ["Alle børn og kontakter"]
    assert not model.index_of(Where("B1", "K1")).isValid()
    model.filter(Wanted(VisitFilter.ALL, ""))

    session.unmask(True)
    assert "050520-9996" in model.index(1, 0).data(Role.SECOND_LINE)
    session.close()
    assert model.rowCount() == 0


def test_the_tree_and_the_selection_name_each_other(session: Session, page: ChildrenPage) -> None:
    model = page.tree_pane.model
    for row in range(model.rowCount()):
        parent = model.index(row, 0)
        for index in (parent, *(model.index(at, 0, parent) for at in range(model.rowCount(parent)))):
            assert model.index_of(model.where_at(index)) == index


def test_the_rows_of_a_very_long_tree_come_in_turns(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    """The visit that is selected far down is shown at once, and in the tree when its row has come."""
    session, pane = opened.session, page.tree_pane
    one = session.journal.families[0]
    empty = (replace(one, key=f"F{at}", citizens=(), visits=()) for at in range(9000))
    journal = replace(session.journal, families=(*empty, one))
    session.show_work(opened_work(session.standard, journal, session.work.paths))
    model, bar = pane.model, pane.tree.verticalScrollBar()
    qtbot.waitUntil(lambda: model.rowCount() > 1)
    given = model.rowCount()
    assert given < 9000
    assert model.where_at(model.index(given - 1, 0)) == Where(f"F{given - 2}")
    session.select(Where(visit=one.visits[0].key))
    assert page.visit_page.isVisible()
    assert not pane.tree.currentIndex().isValid()
    qtbot.waitUntil(lambda: model.rowCount() == 9002)
    qtmodeltester.check(model)
    qtbot.waitUntil(lambda: pane.tree.currentIndex().isValid())
    assert model.where_at(pane.tree.currentIndex()) == Where(one.key, one.visits[0].key)
    assert pane.tree.isExpanded(pane.tree.currentIndex().parent())
    assert pane.tree.visualRect(pane.tree.currentIndex()).intersects(pane.tree.viewport().rect())
    qtbot.waitUntil(lambda: bar.maximum() > 9000 * pane.tree.sizeHintForRow(0) - pane.tree.viewport().height())
    bar.setValue(bar.maximum() // 2)
    seen = pane.tree.indexAt(pane.tree.viewport().rect().center())
    assert model.where_at(seen) == Where(f"F{seen.row() - 1}")
    model.filter(Wanted(VisitFilter.ALL, one.visits[0].key.casefold()))
    assert model.visit_keys() == [one.visits[0].key]
    session.close()
    assert model.rowCount() == 0


def test_search_and_filter_by_keyboard(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    qtbot.keyClick(opened, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.tree_pane.search.hasFocus()
    qtbot.keyClicks(page.tree_pane.search, "skole")
    qtbot.keyClick(page.tree_pane.search, Qt.Key.Key_Return)
    assert opened.session.selection.visit == "K3"
    page.tree_pane.search.setText("ingen")
    qtbot.waitUntil(page.tree_pane.none.isVisible)
    page.tree_pane.search.clear()
    qtbot.waitUntil(lambda: not page.tree_pane.none.isVisible())
    page.tree_pane.filter.choose(VisitFilter.REJECTED)
    assert page.tree_pane.model.visit_keys() == ["K1"]


def test_what_the_page_says_of_a_visit_finds_it(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    """Its time and its values with their units; whose journal it is in; that something was not obtained."""
    pane, session = page.tree_pane, opened.session
    session.answer(Where("B1", "K1", variable="sleep", field=OBSERVATION_MISSING_REASON), "Ikke spurgt")
    begun = entry_words(session.visit("K2").start, VISIT_START, session.standard, None, shown=True)
    whole = pane.model.visit_keys()
    for words, found in (("ikke oplyst", ["K1"]), ("5250 g", ["K2"]), (begun, ["K2"]), ("451000016003", whole)):
        pane.search.setText(words)
        qtbot.keyClick(pane.search, Qt.Key.Key_Return)
        assert pane.model.visit_keys() == found, words


def test_the_words_for_how_a_visit_stands_find_it(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    """In the language in use; and Esc shows all again."""
    pane = page.tree_pane
    whole = pane.model.visit_keys()
    for language, words in ((Language.DANISH, "afvises"), (Language.ENGLISH, "rejected")):
        opened.commands.choose_language(language)
        qtbot.keyClicks(pane.search, words)
        qtbot.keyClick(pane.search, Qt.Key.Key_Return)
        assert pane.model.visit_keys() == ["K1"]
        qtbot.keyClick(pane.search, Qt.Key.Key_Escape)
        assert (pane.search.text(), pane.model.visit_keys()) == ("", whole)
    opened.commands.choose_language(Language.DANISH)


def test_the_words_for_how_a_visit_stands_find_as_many_as_the_filter_counts(window: MainWindow, qtbot: QtBot) -> None:
    open_and_wait(qtbot, window, resource("samples", "familie-med-fejl.xlsx"))
    window.pages.go("children")
    pane = cast(ChildrenPage, window.pages.page("children")).tree_pane
    facets = window.session.work.facets()
    assert facets is not None
    counted = {one.value: one.visits for one in facets.counts({})[Facet.STATE]}
    assert {VisitState.READY, VisitState.REJECTED} <= counted.keys()
    for state, visits in counted.items():
        pane.search.setText(STATES[state]())
        qtbot.keyClick(pane.search, Qt.Key.Key_Return)
        assert len(pane.model.visit_keys()) == visits, state


def test_the_name_of_a_visit_has_its_line_alone(page: ChildrenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: dict[str, QRect] = {}

    def draw(_painter: QPainter, area: QRect, lines: Sequence[TextLine]) -> None:
        drawn.update({line.text: area.adjusted(0, 0, -line.beside, 0) for line in lines})

    monkeypatch.setattr(tree_delegate, "draw_lines", draw)
    page.tree_pane.tree.expandAll()
    page.tree_pane.tree.viewport().grab()
    model = page.tree_pane.model
    visit = model.index(0, 0, model.index(1, 0))
    assert visit.data(Role.STATE)[1]
    name, below = drawn[visit.data()], drawn[visit.data(Role.SECOND_LINE)]
    assert name.right() > below.right()
    assert name.bottom() < below.top()


def test_what_stands_below_has_the_line_that_a_short_name_leaves(
    opened: MainWindow, page: ChildrenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[QRect, Sequence[TextLine]]] = []
    monkeypatch.setattr(tree_delegate, "draw_lines", lambda _painter, area, lines: drawn.append((area, lines)))
    opened.session.edit(Where("B1", "K1", field="visit.type"), "Barselsbesøg")
    page.tree_pane.tree.expandAll()
    page.tree_pane.setFixedWidth(scaled(54 * GRID))
    page.tree_pane.tree.viewport().grab()
    model = page.tree_pane.model
    below = model.index(0, 0, model.index(1, 0)).data(Role.SECOND_LINE)
    area, lines = next(
        (area, lines) for area, lines in drawn if " ".join(line.text for line in lines).rstrip() == below
    )
    face = QFontMetrics(font(SMALL))
    assert len(lines) == 2
    assert all(face.horizontalAdvance(line.text) <= area.width() for line in lines)


def test_what_stands_below_a_long_name_is_cut_only_where_all_lines_are_full(
    opened: MainWindow, page: ChildrenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[QRect, Sequence[TextLine]]] = []
    monkeypatch.setattr(tree_delegate, "draw_lines", lambda _painter, area, lines: drawn.append((area, lines)))
    tree, model = page.tree_pane.tree, page.tree_pane.model
    tree.expandAll()
    face = font(SMALL)
    for days in (13, 100, 300):
        opened.session.edit(Where("B1", "K2", field="visit.start"), f"{date(2020, 5, 5) + timedelta(days):%d-%m-%Y}")
        told = model.index(1, 0, model.index(1, 0)).data(Role.SECOND_LINE)
        for wide in range(48 * GRID, 80 * GRID, 7):
            page.tree_pane.setFixedWidth(scaled(wide))
            drawn.clear()
            tree.viewport().grab()
            area, lines = next(
                (area, lines) for area, lines in drawn if " ".join(line.text for line in lines).rstrip() == told
            )
            rooms = [area.width() - line.beside for line in lines]
            assert all(width_of(line.text, face) <= room for line, room in zip(lines, rooms, strict=True)), (told, wide)


@pytest.mark.parametrize("language", Language)
def test_the_name_of_no_visit_is_cut(
    opened: MainWindow, page: ChildrenPage, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    session, tree, table = opened.session, page.tree_pane.tree, page.overview.table
    opened.resize(1280, 720)
    page.splitter.setSizes([270, 650, 324])  # as a screen of that size has them at first
    choose(language)
    drawn: list[tuple[QRect, Sequence[TextLine]]] = []
    monkeypatch.setattr(tree_delegate, "draw_lines", lambda _painter, area, lines: drawn.append((area, lines)))
    tree.expandAll()
    face = QFontMetrics(font(BODY))
    visit = Where("B1", "K1", field="visit.type")
    for one in session.standard.visit_types:
        session.edit(visit, one.label.da)
        drawn.clear()
        tree.viewport().grab()
        name = one.label[language]
        area, lines = next((area, lines) for area, lines in drawn if " ".join(line.text for line in lines) == name)
        assert all(face.horizontalAdvance(line.text) <= area.width() for line in lines), name
        assert face.height() * len(lines) <= area.height() + 1, name
        cell = table.visualRect(page.overview.model.cell(0, "type"))
        room = cell.adjusted(table.iconSize().width() // 2 + 2, 0, -table.iconSize().width() // 2 - 2, 0)
        assert face.boundingRect(room, Qt.TextFlag.TextWordWrap, name).height() <= cell.height(), name


def test_the_visit_beside_is_the_next_that_is_shown(session: Session, page: ChildrenPage) -> None:
    model = page.tree_pane.model
    for shown in VisitFilter:
        model.filter(Wanted(shown, ""))
        keys = [None, *model.visit_keys(), None]
        for before, key, after in zip(keys, keys[1:], keys[2:], strict=False):
            assert (model.visit_beside(str(key), -1), model.visit_beside(str(key), 1)) == (before, after)
        assert (model.visit_beside("", 1), model.visit_beside("", -1)) == (keys[1], keys[-2])
