"""Columns of a table are values: what they say, how wide they are, what can be set; Qt's own rules hold throughout."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QLineEdit, QSplitter, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.table_model import EDITABLE, HEADING, READABLE, TICKABLE, Column, TableModel, Width
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import BODY, GRID, SMALL, font

Row = list[Any]

NAME: Column[Row] = Column("name", lambda: "Navn", lambda row: str(row[0]), width=Width.REST)


def _set(row: Row, value: Any, role: int) -> bool:
    if role != Qt.ItemDataRole.EditRole or not str(value).isdigit():
        return False
    row[1] = int(value)
    return True


NUMBER: Column[Row] = Column(
    "number",
    lambda: "Tal",
    lambda row: str(row[1]),
    is_number=True,
    width=12,
    tip=lambda row: f"{row[0]} har {row[1]}",
    roles={Qt.ItemDataRole.EditRole: lambda row: row[1]},
    flags=lambda row: EDITABLE if row[1] else HEADING,
    edit=_set,
)


@pytest.fixture
def model(qapp: QApplication) -> TableModel[Row]:
    made = TableModel[Row]((NAME, NUMBER))
    made.show([["a", 1], ["b", 0]])
    return made


def test_a_cell_says_what_its_column_says(model: TableModel[Row], qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    assert model.cell(0, "name").data() == "a"
    assert model.cell(0, "name").data(Qt.ItemDataRole.ToolTipRole) == "a"
    assert model.cell(0, "number").data(Qt.ItemDataRole.ToolTipRole) == "a har 1"
    assert model.cell(0, "number").data(Qt.ItemDataRole.EditRole) == 1
    assert model.cell(0, "name").data(Qt.ItemDataRole.EditRole) is None
    assert model.cell(0, "name").flags() == READABLE
    assert model.cell(1, "number").flags() == HEADING
    assert model.data(QModelIndex()) is None
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    assert not model.cell(2, "name").isValid()
    assert not model.index(0, 0, model.index(0, 0)).isValid()
    with pytest.raises(KeyError):
        model.cell(0, "nothing")


def test_titles_stand_as_their_columns_do(model: TableModel[Row]) -> None:
    horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert [model.headerData(at, horizontal) for at in range(3)] == ["Navn", "Tal", None]
    assert model.headerData(0, vertical) is None
    alignment = [model.headerData(at, horizontal, Qt.ItemDataRole.TextAlignmentRole) for at in range(2)]
    assert alignment == [NAME.alignment, NUMBER.alignment]
    assert NAME.alignment & Qt.AlignmentFlag.AlignLeft
    assert NUMBER.alignment & Qt.AlignmentFlag.AlignRight
    assert model.headerData(0, horizontal, Qt.ItemDataRole.ToolTipRole) is None
    model.show([], [Column("long", lambda: "Et langt navn", lambda _row: "", wraps_title=True)])
    assert model.headerData(0, horizontal, Qt.ItemDataRole.ToolTipRole) == "Et langt navn"


def test_what_is_set_is_taken_or_refused(model: TableModel[Row], qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    qtmodeltester.check(model)
    number = model.cell(0, "number")
    with qtbot.waitSignal(model.dataChanged):
        assert model.setData(number, "7")
    assert number.data() == "7"
    assert not model.setData(number, "x")
    assert not model.setData(number, "8", Qt.ItemDataRole.DisplayRole)
    assert not model.setData(model.cell(0, "name"), "8")
    assert not model.setData(QModelIndex(), "8")
    assert number.data() == "7"


def test_rows_that_go_by_being_set_are_not_told_of(qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    def empty(_row: Row, _value: Any, _role: int) -> bool:
        model.show([])
        return True

    model = TableModel[Row]([Column("only", lambda: "", lambda row: str(row[0]), edit=empty)])
    qtmodeltester.check(model)
    model.show([[1]])
    with qtbot.assertNotEmitted(model.dataChanged):
        assert model.setData(model.index(0, 0), "x")
    assert model.rowCount() == 0


def test_everything_is_told_anew(model: TableModel[Row], qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    qtmodeltester.check(model)
    with qtbot.waitSignals([model.dataChanged, model.headerDataChanged]):
        model.retell()
    model.show([])
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.waitSignal(model.headerDataChanged):
        model.retell()
    model.show([], [])
    with qtbot.assertNotEmitted(model.headerDataChanged):
        model.retell()


def test_columns_are_as_wide_as_they_say_until_the_user_says_otherwise(model: TableModel[Row], qtbot: QtBot) -> None:
    table = TableView("table", Retranslation(), lambda: "Tabel", model)
    qtbot.addWidget(table)
    header = table.horizontalHeader()
    table.resize(800, 200)
    with qtbot.waitExposed(table):
        table.show()
    assert header.sectionSize(0) == table.viewport().width() - 12 * GRID
    assert header.sectionResizeMode(1) is QHeaderView.ResizeMode.Interactive
    assert header.sectionSize(1) == 12 * GRID
    header.resizeSection(1, 99)
    model.show([["c", 3]])
    assert header.sectionSize(1) == 99
    model.show([["c", 3]], [NUMBER, Column("more", lambda: "", lambda _row: "")])
    assert header.sectionSize(0) == 12 * GRID
    assert header.sectionResizeMode(1) is QHeaderView.ResizeMode.ResizeToContents
    assert table.accessibleName() == "Tabel"


def test_a_row_is_as_high_as_its_words_need_where_there_are_few(model: TableModel[Row], qtbot: QtBot) -> None:
    view = TableView("wrapping", Retranslation(), lambda: "Tabel", model, wraps=True)
    qtbot.addWidget(view)
    view.resize(240, 300)
    view.show()
    low = view.rowHeight(0)
    model.show([["ord " * 40, 1], ["b", 1]])
    assert view.rowHeight(0) > 2 * low
    assert view.rowHeight(1) == low
    high = view.rowHeight(0)
    view.resize(600, 300)
    qtbot.waitUntil(lambda: view.rowHeight(0) < high)
    model.show([["ord " * 40, 1]] * 1000)
    assert view.rowHeight(0) == low


def test_words_that_only_the_padding_breaks_have_two_lines(qtbot: QtBot) -> None:
    model = TableModel[Row]((replace(NAME, width=20), NUMBER))
    view = TableView("padded", Retranslation(), lambda: "Tabel", model, wraps=True)
    qtbot.addWidget(view)
    view.show()
    model.show([["to ord", 1]])
    low = view.rowHeight(0)
    words = view.fontMetrics().horizontalAdvance("to ord")
    heights = []
    for beside in (3 * GRID, 12 * GRID):  # the words alone fit within both
        view.horizontalHeader().resizeSection(0, words + beside)
        heights.append(view.sizeHintForRow(0))
    assert heights[0] > heights[1] <= low


def test_what_has_the_rest_can_be_read_where_there_is_none(qtbot: QtBot) -> None:
    model = TableModel[Row]((replace(NUMBER, width=50), NAME, replace(NUMBER, id="more", width=50)))
    model.show([[1, 1]])
    view = TableView("narrow", Retranslation(), lambda: "Tabel", model)
    qtbot.addWidget(view)
    header = view.horizontalHeader()
    view.resize(300, 200)
    with qtbot.waitExposed(view):
        view.show()
    least = header.sectionSize(1)
    assert least >= 30 * GRID
    assert header.length() > view.viewport().width()
    header.resizeSection(1, least + 50)  # by the user
    assert header.sectionSize(1) == least + 50
    for width in (900, 300):
        view.resize(width, 200)
        qtbot.waitUntil(lambda: header.length() == max(view.viewport().width(), 100 * GRID + least), timeout=2000)
    header.resizeSection(0, 100 * GRID)
    assert header.sectionSize(1) == least


def test_columns_get_narrower_where_their_words_may_have_more_lines(qtbot: QtBot) -> None:
    long, short = replace(NUMBER, width=60), replace(NUMBER, id="short", width=30)
    model = TableModel[Row]((long, short, NAME))
    model.show([["a", "Almindelig forebyggende småbørnskontakt"]])
    for wraps in (False, True):
        view = TableView("narrow", Retranslation(), lambda: "Tabel", model, wraps=wraps)
        qtbot.addWidget(view)
        header = view.horizontalHeader()
        view.resize(420, 300)
        with qtbot.waitExposed(view):
            view.show()
        assert (header.length() <= view.viewport().width()) is wraps
    word = view.fontMetrics().horizontalAdvance("småbørnskontakt")
    assert word < header.sectionSize(0) < 60 * GRID
    assert header.sectionSize(2) >= 30 * GRID
    view.resize(200, 300)
    assert word < header.sectionSize(0)  # it is scrolled, and no word is broken
    assert header.length() > view.viewport().width()
    view.resize(900, 300)
    assert header.sectionSize(0) == 60 * GRID
    assert max(word, 30 * GRID) < header.sectionSize(1) < 60 * GRID  # no word is cut
    header.resizeSection(0, 70 * GRID)  # by the user
    view.resize(420, 300)
    assert header.sectionSize(0) == 70 * GRID


def test_no_word_of_a_heading_is_cut_where_its_column_would_be_narrower(qtbot: QtBot) -> None:
    model = TableModel[Row]((NAME, replace(NUMBER, title=lambda: "Graviditetsbesøg nu", wraps_title=True)))
    model.show([["a", 1]])
    view = TableView("titles", Retranslation(), lambda: "Tabel", model)
    qtbot.addWidget(view)
    assert view.columnWidth(1) > QFontMetrics(font(SMALL)).horizontalAdvance("Graviditetsbesøg") + 5 * GRID


def test_a_word_that_can_not_be_broken_is_whole_where_there_is_room(qtbot: QtBot) -> None:
    long, broken = "f5-2025-11-28-1.json", "history-report-id-reused-3.json"
    columns: tuple[Column[Row], ...] = (
        NAME,
        Column("long", lambda: "Fil", lambda row: str(row[1]), width=16),
        Column("broken", lambda: "Mod", lambda row: str(row[2]), width=16),
    )
    model = TableModel[Row](columns)
    model.show([["en lang forklaring på flere linjer", long, broken]])
    view = TableView("files", Retranslation(), lambda: "Tabel", model, wraps=True)
    qtbot.addWidget(view)
    view.resize(600, 200)
    view.show()
    qtbot.waitExposed(view)
    face = QFontMetrics(font(BODY))
    assert view.columnWidth(1) >= face.horizontalAdvance(long) + 4 * GRID
    assert view.columnWidth(2) < face.horizontalAdvance(broken)
    assert sum(view.columnWidth(at) for at in range(3)) <= view.viewport().width()
    view.resize(260, 200)
    assert view.columnWidth(1) == 16 * GRID


def test_what_has_the_rest_is_read_too_in_a_table_that_is_not_scrolled(qtbot: QtBot) -> None:
    model = TableModel[Row]((replace(NUMBER, width=60), NAME))
    model.show([["a", 1]])
    view = TableView("held", Retranslation(), lambda: "Tabel", model)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    qtbot.addWidget(view)
    view.resize(260, 200)
    with qtbot.waitExposed(view):
        view.show()
    header = view.horizontalHeader()
    assert header.length() == view.viewport().width()
    assert header.sectionSize(1) >= 30 * GRID


def test_a_table_that_was_narrow_before_it_was_seen_fills_its_room(qtbot: QtBot) -> None:
    model = TableModel[Row]((replace(NUMBER, width=50), NAME, replace(NAME, id="more")))
    beside, parent = QWidget(), QSplitter()
    qtbot.addWidget(parent)
    view = TableView("late", Retranslation(), lambda: "Tabel", model)
    parent.addWidget(beside)
    parent.addWidget(view)
    parent.resize(400, 200)
    with qtbot.waitExposed(parent):
        parent.show()
    header = view.horizontalHeader()
    view.hide()
    parent.resize(1000, 200)
    model.show([["a", 1]])
    view.show()
    beside.hide()
    qtbot.waitUntil(lambda: header.length() == view.viewport().width(), timeout=2000)
    assert abs(header.sectionSize(1) - header.sectionSize(2)) <= 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_keys_set_the_tick_of_a_row_in_whichever_cell_it_is(qtbot: QtBot, key: Qt.Key) -> None:
    def take(row: Row, value: Any, role: int) -> bool:
        row[1] = int(Qt.CheckState(value) is Qt.CheckState.Checked)
        return role == Qt.ItemDataRole.CheckStateRole

    ticks = {Qt.ItemDataRole.CheckStateRole: lambda row: Qt.CheckState.Checked if row[1] else Qt.CheckState.Unchecked}
    tick: Column[Row] = Column(
        "tick", lambda: "Valgt", lambda _row: "", roles=ticks, flags=lambda _row: TICKABLE, edit=take
    )
    rows: list[Row] = [["a", 0], ["b", 1]]
    model = TableModel[Row]((NAME, tick))
    view = TableView("ticked", Retranslation(), lambda: "Tabel", model)
    qtbot.addWidget(view)
    qtbot.keyClick(view, key)
    model.show(rows)
    for at in (0, 1):
        view.setCurrentIndex(model.index(1, at))
        qtbot.keyClick(view, key)
        assert rows == [["a", 0], ["b", at]]


def test_enter_begins_to_type_the_value_of_a_row(model: TableModel[Row], qtbot: QtBot) -> None:
    view = TableView("typed", Retranslation(), lambda: "Tabel", model)
    qtbot.addWidget(view)
    view.show()
    view.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.findChild(QLineEdit) is None  # nothing is typed in this table
    view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
    view.setCurrentIndex(model.index(1, 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.findChild(QLineEdit) is None  # nor in this row
    view.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    line = view.findChild(QLineEdit)
    assert line is not None
    qtbot.keyClicks(line, "42")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: model.rows[0] == ["a", 42])


def test_letters_look_for_a_row_only_where_nothing_is_typed(model: TableModel[Row], qtbot: QtBot) -> None:
    view = TableView("table", Retranslation(), lambda: "Tabel", model)
    qtbot.addWidget(view)
    view.setCurrentIndex(model.cell(0, "name"))
    view.keyboardSearch("b")
    assert view.currentIndex().row() == 1
    view.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
    view.keyboardSearch("a")
    assert view.currentIndex().row() == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_PageDown])
def test_with_ctrl_keys_select_the_row_that_they_come_to(model: TableModel[Row], qtbot: QtBot, key: Qt.Key) -> None:
    """Else something would be done to the row that was selected, while one believes to be at another."""
    model.show([["a", 1], ["b", 2]])
    view = TableView("rows", Retranslation(), lambda: "Rækker", model)
    qtbot.addWidget(view)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.selectRow(0)
    qtbot.keyClick(view, key, Qt.KeyboardModifier.ControlModifier)
    assert view.currentIndex().row() == 1
    assert [index.row() for index in view.selectionModel().selectedRows()] == [1]
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert len(view.selectionModel().selectedRows()) == 2


def test_the_row_that_keys_come_to_is_seen(model: TableModel[Row], qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    line = QLineEdit(around)
    view = TableView("rows", Retranslation(), lambda: "Rækker", model)
    view.setParent(around)
    around.show()
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    assert not view.selectionModel().hasSelection()
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert view.hasFocus()
    assert [index.row() for index in view.selectionModel().selectedRows()] == [0]
