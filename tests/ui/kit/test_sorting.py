"""Rows in the order of a column: by headings and by keys, stable, held by who holds them, and halting nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.faults import Cancelled
from ldbu_desktop.ui.kit import table_model
from ldbu_desktop.ui.kit.sorting import Arranged, Order, in_order
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.table_model import Column, TableModel
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.work import Cancellation, no_progress

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


class Row(NamedTuple):
    """A name, and a number or none."""

    name: str
    number: int | None = None


ROWS = (Row("Åse", 3), Row("bo"), Row("Ærø 10", 1), Row("Ærø 9", 3))
NAME: Column[Row] = Column("name", lambda: "Navn", lambda row: row.name)
NUMBER: Column[Row] = Column("number", lambda: "Tal", lambda row: str(row.number or ""), key=lambda row: row.number)


@pytest.fixture
def model(qapp: QApplication) -> TableModel[Row]:
    made = TableModel[Row]((NAME, NUMBER))
    made.show(ROWS)
    return made


def names(model: TableModel[Row]) -> list[str]:
    return [row.name for row in model.rows]


@given(st.lists(st.none() | st.integers(0, 5), max_size=40), st.booleans())
def test_those_without_come_last_and_the_same_stay_as_they_stand(keys: list[int | None], is_descending: bool) -> None:
    numbers = list(in_order(keys, lambda key: key, Cancellation(), is_descending=is_descending))
    there = [at for at, key in enumerate(keys) if key is not None]
    expected = sorted(there, key=lambda at: keys[at] or 0, reverse=is_descending)
    assert numbers == expected + [at for at, key in enumerate(keys) if key is None]


def test_very_many_are_the_same_in_pieces_and_can_be_stopped() -> None:
    keys = [at * 7919 % 10_007 for at in range(12_000)]
    assert list(in_order(keys, lambda key: key, Cancellation())) == sorted(range(12_000), key=keys.__getitem__)
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        in_order(keys, lambda key: key, cancellation)


def test_rows_stand_by_a_column_the_other_way_and_as_they_were(
    model: TableModel[Row], qtmodeltester: ModelTester
) -> None:
    for column, order, expected in (
        (0, UP, ["bo", "Ærø 9", "Ærø 10", "Åse"]),
        (0, DOWN, ["Åse", "Ærø 10", "Ærø 9", "bo"]),
        (1, UP, ["Ærø 10", "Åse", "Ærø 9", "bo"]),
        (1, DOWN, ["Åse", "Ærø 9", "Ærø 10", "bo"]),
        (-1, UP, [row.name for row in ROWS]),
    ):
        model.sort(column, order)
        qtmodeltester.check(model)
        assert names(model) == expected
        assert list(model.rows[1:3]) == list(model.rows)[1:3]
    assert model.given == model.rows == ROWS


def test_who_holds_a_row_holds_it_where_it_stands(model: TableModel[Row]) -> None:
    held = [QPersistentModelIndex(model.index(row, 1)) for row in range(4)]
    for column, order in ((0, UP), (1, DOWN), (-1, UP)):
        model.sort(column, order)
        assert [model.rows[index.row()] for index in held] == list(ROWS)


def test_other_rows_stand_in_the_order_that_was_chosen(model: TableModel[Row]) -> None:
    model.sort(0, DOWN)
    model.show((Row("a"), Row("b")))
    assert names(model) == ["b", "a"]
    model.show((Row("a"), Row("b")), (NUMBER,))
    assert (names(model), model.order) == (["a", "b"], None)


def test_a_heading_tells_the_order_to_those_who_hear_it(model: TableModel[Row]) -> None:
    def told(section: int) -> str:
        return str(model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole))

    assert (told(0), told(1)) == ("Navn", "Tal")
    model.sort(0, UP)
    assert (told(0), told(1)) == ("Navn, sorteret stigende", "Tal")
    model.sort(1, DOWN)
    assert (told(0), told(1)) == ("Navn", "Tal, sorteret faldende")


def test_very_many_are_ordered_beside_the_window(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until then they stand as they do, and what was asked for before something else is not shown."""
    monkeypatch.setattr(table_model, "SOON", 2)
    asked: list[tuple[Callable[..., Sequence[int]], Callable[[Sequence[int]], None]]] = []
    model = TableModel[Row]((NAME, NUMBER), background=lambda work, then: asked.append((work, then)))
    model.show(ROWS)
    model.sort(0, UP)
    assert names(model) == [row.name for row in ROWS]
    model.sort(1, UP)
    for work, then in asked:
        then(work(no_progress, Cancellation()))
        assert (names(model) == [row.name for row in ROWS]) is (work is asked[0][0])
    assert names(model)[0] == "Ærø 10"
    assert isinstance(model.rows, Arranged)
    model.show((*ROWS, Row("a", 0)))
    assert names(model)[-1] == "a"
    work, then = asked[-1]
    then(work(no_progress, Cancellation()))
    assert names(model)[0] == "a"


@pytest.fixture
def view(qtbot: QtBot, model: TableModel[Row]) -> TableView[Row]:
    made = TableView("sorted", Retranslation(), lambda: "Rækker", model, wraps=True, sorts=True)
    qtbot.addWidget(made)
    made.resize(500, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_headings_order_by_clicks(view: TableView[Row], model: TableModel[Row], qtbot: QtBot) -> None:
    header = view.horizontalHeader()
    assert (header.sortIndicatorSection(), names(model)) == (-1, [row.name for row in ROWS])
    view.selectRow(2)
    for order in (Order("name"), Order("name", is_descending=True), None, Order("name")):
        where = header.rect().center()
        where.setX(header.sectionViewportPosition(0) + header.sectionSize(0) // 2)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
        assert model.order == order
        assert header.sortIndicatorSection() == (-1 if order is None else 0)
        (selected,) = view.selectionModel().selectedRows()
        assert model.rows[selected.row()] == ROWS[2]
        assert model.rows[view.currentIndex().row()] == ROWS[2]


def test_the_menu_orders_by_the_keyboard(view: TableView[Row], model: TableModel[Row], qtbot: QtBot) -> None:
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)

    def choose(text: str) -> list[str]:
        qtbot.keyClick(view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
        qtbot.waitUntil(lambda: view.findChild(QMenu, "sortedMenu") is not None)
        view.customContextMenuRequested.emit(view.rect().center())  # as some systems do by the same key
        assert len(view.findChildren(QMenu, "sortedMenu")) == 1
        menu = view.findChild(QMenu, "sortedMenu")
        assert isinstance(menu, QMenu)
        qtbot.waitUntil(menu.isVisible)
        texts = [action.text() for action in menu.actions()]
        menu.setActiveAction(next(action for action in menu.actions() if action.text() == text))
        with qtbot.waitSignal(menu.destroyed):
            qtbot.keyClick(menu, Qt.Key.Key_Return)
        return texts

    assert "Tal" in choose("Navn")
    assert model.order == Order("name")
    assert "Tal" in choose("Navn (sorteret stigende)")
    assert model.order == Order("name", is_descending=True)
    choose("Navn (sorteret faldende)")
    assert model.order is None
    assert "Navn" in choose("Tal")
    assert model.order == Order("number")
    choose("Oprindelig rækkefølge")
    assert (model.order, view.horizontalHeader().sortIndicatorSection()) == (None, -1)


def test_the_mark_follows_its_column(view: TableView[Row], model: TableModel[Row]) -> None:
    header = view.horizontalHeader()
    model.sort(1, DOWN)
    header.setSortIndicator(1, DOWN)
    model.show(ROWS, (NUMBER, NAME))
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder(), model.order) == (0, DOWN, Order("number", True))
    model.show(ROWS, (NAME,))
    assert (header.sortIndicatorSection(), model.order, names(model)) == (-1, None, [row.name for row in ROWS])


def test_a_table_without_it_stays_as_it_is(qtbot: QtBot, model: TableModel[Any]) -> None:
    made = TableView("plain", Retranslation(), lambda: "Rækker", model)
    qtbot.addWidget(made)
    assert made.headings is None
    assert not made.isSortingEnabled()


def test_the_heading_is_marked_by_which_rows_that_are_shown_anew_are_ordered(
    view: TableView[Row], model: TableModel[Row]
) -> None:
    header = view.horizontalHeader()
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.show(ROWS)
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (1, Qt.SortOrder.DescendingOrder)
