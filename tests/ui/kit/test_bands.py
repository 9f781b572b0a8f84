"""What is seen of many rows is drawn anew in bands: all of it, once, also where it is scrolled or drawn meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtGui import QPaintEvent, QRegion
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.table_model import Column, TableModel
from ldbu_desktop.ui.retranslation import Retranslation


class _Drawn(QObject):
    """What was drawn of a part of the window, paint by paint."""

    def __init__(self) -> None:
        super().__init__()
        self.areas: list[QRect] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas.append(event.region().boundingRect())
        return False

    def all(self) -> QRegion:
        whole = QRegion()
        for area in self.areas:
            whole = whole.united(area)
        return whole


def _shown(qtbot: QtBot) -> tuple[TableView[int], TableModel[int], _Drawn]:
    model = TableModel[int]((Column("number", lambda: "Tal", str, width=20),))
    model.show(range(1000))
    table = TableView("numbers", Retranslation(), lambda: "Tal", model)
    table.resize(400, 700)
    qtbot.addWidget(table)
    with qtbot.waitExposed(table):
        table.show()
    drawn = _Drawn()
    table.viewport().installEventFilter(drawn)
    qtbot.wait(200)  # a window is drawn again when the system has placed it
    drawn.areas.clear()
    return table, model, drawn


def _tell_all(model: TableModel[int]) -> None:
    model.dataChanged.emit(model.index(0, 0), model.index(999, 0))


def _is_all_drawn(table: TableView[int], drawn: _Drawn) -> bool:
    return QRegion(table.viewport().rect()).subtracted(drawn.all()).isEmpty()


def test_many_rows_are_drawn_anew_a_band_at_a_time(qtbot: QtBot) -> None:
    table, model, drawn = _shown(qtbot)
    _tell_all(model)
    qtbot.waitUntil(lambda: _is_all_drawn(table, drawn))
    assert len(drawn.areas) > 2
    assert max(area.height() for area in drawn.areas) < table.viewport().height() / 2


def test_what_is_scrolled_meanwhile_is_drawn_whole(qtbot: QtBot) -> None:
    table, model, drawn = _shown(qtbot)
    _tell_all(model)
    table.verticalScrollBar().setValue(40)
    qtbot.waitUntil(lambda: table.viewport().rect() in drawn.areas)
    qtbot.wait(50)
    assert set(map(QRect.height, drawn.areas)) == {table.viewport().height()}


def test_what_is_drawn_meanwhile_is_not_drawn_again(qtbot: QtBot) -> None:
    table, model, drawn = _shown(qtbot)
    _tell_all(model)
    table.viewport().repaint()
    drawn.areas.clear()
    qtbot.wait(50)
    assert not drawn.areas


def test_a_row_is_drawn_alone(qtbot: QtBot) -> None:
    table, model, drawn = _shown(qtbot)
    cell = model.index(3, 0)
    model.dataChanged.emit(cell, cell)
    qtbot.waitUntil(lambda: bool(drawn.areas))
    assert drawn.all().boundingRect() == table.visualRect(cell)


def test_nothing_is_left_to_draw_of_what_is_not_seen(qtbot: QtBot) -> None:
    table, model, drawn = _shown(qtbot)
    timers = [timer for timer in table.findChildren(QTimer) if timer.objectName() == "bands"]
    _tell_all(model)
    assert any(timer.isActive() for timer in timers)
    table.hide()
    assert not any(timer.isActive() for timer in timers)
    _tell_all(model)
    assert not any(timer.isActive() for timer in timers)
    drawn.areas.clear()
    table.show()
    qtbot.waitUntil(lambda: _is_all_drawn(table, drawn))
