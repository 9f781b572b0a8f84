"""Facets in the window: ticking narrows tree and findings, counts follow, and search finds what is on the screen."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QTreeView
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.editing.operations import EditValue
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language, alphabetical, choose
from ldbu_desktop.ui.children import tree_pane
from ldbu_desktop.ui.children.facets_model import BY_NAME, COUNT, FacetsModel
from ldbu_desktop.ui.children.facets_pane import FacetsPane
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.kit.wrapped import WRAPPED
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN
from ldbu_desktop.workspace.facets import Facet
from tests.ui.conftest import open_and_wait, settle_facets

FAULTY = resource("samples", "familie-med-fejl.xlsx")


@pytest.fixture
def faulty(qtbot: QtBot, window: MainWindow) -> MainWindow:
    open_and_wait(qtbot, window, FAULTY)
    return window


def page_of(window: MainWindow) -> ChildrenPage:
    return cast(ChildrenPage, window.pages.page(CHILDREN))


def facets(qtbot: QtBot, window: MainWindow) -> FacetsPane:
    """The facets, open."""
    pane = page_of(window).tree_pane
    pane.filters.click()
    settle_facets(qtbot, window)
    assert pane.facets is not None
    return pane.facets


def value(model: FacetsModel, facet: Facet, name: str) -> QModelIndex:
    row = next(at for at, one in enumerate(model.rows) if one.facet is facet)
    below = next(at for at, one in enumerate(model.rows[row].values) if one.value == name)
    return model.index(below, 0, model.index(row, 0))


def tick(qtbot: QtBot, window: MainWindow, facet: Facet, name: str, state: Qt.CheckState) -> None:
    pane = page_of(window).tree_pane.facets
    assert pane is not None
    role = Qt.ItemDataRole.CheckStateRole
    assert pane.model.setData(value(pane.model, facet, name), state.value, role)
    settle_facets(qtbot, window)


@pytest.mark.parametrize("soon", [tree_pane.SOON, 0])
def test_ticking_narrows_the_tree_and_the_findings(
    qtbot: QtBot, faulty: MainWindow, monkeypatch: pytest.MonkeyPatch, soon: int
) -> None:
    monkeypatch.setattr(tree_pane, "SOON", soon)
    page, pane = page_of(faulty), facets(qtbot, faulty)
    page.inspector.scope.choose("whole")
    whole = page.inspector.causes.count
    tick(qtbot, faulty, Facet.VARIABLE, "weight", Qt.CheckState.Checked)
    assert page.tree_pane.model.visit_keys() == ["K06"]
    assert 0 < page.inspector.causes.count < whole
    assert value(pane.model, Facet.STATE, "rejected").data(COUNT) == "1"
    tick(qtbot, faulty, Facet.VARIABLE, "height", Qt.CheckState.Checked)
    assert page.tree_pane.model.visit_keys() == ["K06", "K08"]
    page.tree_pane.filters.click()
    assert page.tree_pane.middle.currentWidget() is page.tree_pane.tree
    assert "2" in page.tree_pane.filters.text()
    page.tree_pane.filters.click()
    tick(qtbot, faulty, Facet.VARIABLE, "height", Qt.CheckState.Unchecked)
    pane.clear.click()
    settle_facets(qtbot, faulty)
    assert len(page.tree_pane.model.visit_keys()) == 11
    assert page.inspector.causes.count == whole


def test_enter_and_space_tick_a_value(qtbot: QtBot, faulty: MainWindow) -> None:
    pane = facets(qtbot, faulty)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Enter):
        pane.tree.setCurrentIndex(value(pane.model, Facet.VARIABLE, "weight"))
        was = bool(pane.model.chosen.get(Facet.VARIABLE))
        qtbot.keyClick(pane.tree, key)
        settle_facets(qtbot, faulty)
        assert bool(pane.model.chosen.get(Facet.VARIABLE)) is not was
    pane.tree.setCurrentIndex(pane.model.index(0, 0))
    qtbot.keyClick(pane.tree, Qt.Key.Key_Return)
    assert pane.tree.currentIndex() == pane.model.index(0, 0)


def test_values_typed_one_after_the_other_are_counted_once(qtbot: QtBot, faulty: MainWindow) -> None:
    facets(qtbot, faulty)
    counted: list[object] = []
    faulty.session.narrowed_to.connect(lambda: counted.append(None))
    for day in range(1, 6):
        faulty.session.do(EditValue(Where("barn-1", "K07", field="visit.start"), f"0{day}-01-2020 08:30"))
    settle_facets(qtbot, faulty)
    assert len(counted) == 1


@pytest.mark.parametrize("soon", [tree_pane.SOON, 0])
def test_counts_follow_what_is_done(
    qtbot: QtBot, faulty: MainWindow, monkeypatch: pytest.MonkeyPatch, soon: int
) -> None:
    monkeypatch.setattr(tree_pane, "SOON", soon)
    pane = facets(qtbot, faulty)
    tick(qtbot, faulty, Facet.CAUSE, "date-unreadable", Qt.CheckState.Checked)
    assert page_of(faulty).tree_pane.model.visit_keys() == ["K07"]
    faulty.session.do(EditValue(Where("barn-1", "K07", field="visit.start"), "31-01-2020 08:30"))
    settle_facets(qtbot, faulty)
    assert page_of(faulty).tree_pane.model.visit_keys() == []
    page_of(faulty).inspector.scope.choose("whole")
    settle_facets(qtbot, faulty)
    qtbot.waitUntil(lambda: "filtrene" in page_of(faulty).inspector.none.text.text())
    assert value(pane.model, Facet.CAUSE, "date-unreadable").data(COUNT) == "0"
    faulty.session.undo()
    settle_facets(qtbot, faulty)
    assert page_of(faulty).tree_pane.model.visit_keys() == ["K07"]


def test_every_value_says_what_it_is(qtbot: QtBot, faulty: MainWindow) -> None:
    model = facets(qtbot, faulty).model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for language in (Language.ENGLISH, Language.DANISH):
        faulty.commands.choose_language(language)
        for at in range(model.rowCount()):
            parent = model.index(at, 0)
            assert parent.data()
            assert parent.data(COUNT) is None
            for below in range(model.rowCount(parent)):
                index = model.index(below, 0, parent)
                assert index.data()
                assert index.data(COUNT) in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert model.data(QModelIndex()) is None
    role = Qt.ItemDataRole.CheckStateRole
    assert not model.setData(model.index(0, 0), Qt.CheckState.Checked.value, role)
    assert not model.setData(value(model, Facet.STATE, "ready"), "x", Qt.ItemDataRole.EditRole)


def test_values_are_sorted_by_number_or_by_name(qtbot: QtBot, faulty: MainWindow) -> None:
    pane = facets(qtbot, faulty)
    months = next(one for one in pane.model.rows if one.facet is Facet.MONTH)
    counts = [one.visits for one in months.values]
    assert counts == sorted(counts, reverse=True)
    pane.order.choose(BY_NAME)
    months = next(one for one in pane.model.rows if one.facet is Facet.MONTH)
    assert [one.value for one in months.values] == sorted(one.value for one in months.values)


def test_what_things_are_called_is_in_the_order_of_the_alphabet(qtbot: QtBot, faulty: MainWindow) -> None:
    pane = facets(qtbot, faulty)
    pane.order.choose(BY_NAME)
    at = next(at for at, one in enumerate(pane.model.rows) if one.facet is Facet.VARIABLE)
    parent = pane.model.index(at, 0)
    told = [pane.model.index(row, 0, parent).data() for row in range(pane.model.rowCount(parent))]
    assert len(told) > 1
    assert told == sorted(told, key=alphabetical)


def test_other_work_begins_with_nothing_chosen(qtbot: QtBot, faulty: MainWindow) -> None:
    pane = facets(qtbot, faulty)
    tick(qtbot, faulty, Facet.VARIABLE, "weight", Qt.CheckState.Checked)
    qtbot.keyClick(pane.tree, Qt.Key.Key_Escape)
    assert page_of(faulty).tree_pane.middle.currentWidget() is page_of(faulty).tree_pane.tree
    open_and_wait(qtbot, faulty, FAULTY)
    assert pane.model.chosen_count == 0
    assert len(page_of(faulty).tree_pane.model.visit_keys()) == 11
    faulty.session.close()
    faulty.session.narrow({})
    assert not faulty.jobs.is_busy("narrow")


@pytest.mark.parametrize("soon", [1000, 0])
def test_search_finds_what_is_on_the_screen(
    qtbot: QtBot, faulty: MainWindow, soon: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree_pane, "SOON", soon)
    pane = page_of(faulty).tree_pane
    for sought, expected in (("52500", ["K06"]), ("hverken værdi", ["K09"]), ("5 måneder", ["K08"]), ("zzz", [])):
        pane.search.setText(sought)
        pane.search.settle()
        settle_facets(qtbot, faulty)
        assert pane.model.visit_keys() == expected
    pane.search.setText("")
    pane.search.settle()
    assert len(pane.model.visit_keys()) == 11


@pytest.mark.parametrize("language", Language)
def test_no_value_is_cut_where_it_has_lines(faulty: MainWindow, qtbot: QtBot, language: Language) -> None:
    faulty.resize(1280, 720)
    page_of(faulty).splitter.setSizes([270, 650, 324])  # as a screen of that size has them at first
    choose(language)
    tree = facets(qtbot, faulty).tree
    tree.expandAll()
    lines = set()
    for width in (270, 400):
        page_of(faulty).splitter.setSizes([width, 650, 324])
        QApplication.processEvents()
        for index in (one for top in range(tree.model().rowCount()) for one in below(tree, top)):
            option = QStyleOptionViewItem()
            tree.initViewItemOption(option)
            tree.itemDelegate().initStyleOption(option, index)
            option.rect = tree.visualRect(index)
            option.rect.setRight(option.rect.right() - option.fontMetrics.horizontalAdvance(index.data(COUNT)))
            room = tree.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, tree)
            margin = tree.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
            within = QRect(0, 0, room.width() - 2 * margin, 1000)
            needed = option.fontMetrics.boundingRect(within, WRAPPED, index.data()).height()
            assert needed <= option.rect.height(), index.data()
            lines.add(needed // option.fontMetrics.height())
    assert {1, 2} <= lines


def below(tree: QTreeView, top: int) -> list[QModelIndex]:
    """The values of a facet."""
    model = tree.model()
    parent = model.index(top, 0)
    return [model.index(row, 0, parent) for row in range(model.rowCount(parent))]
