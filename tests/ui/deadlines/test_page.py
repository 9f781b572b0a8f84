"""The page of deadlines in a real window: what is missing, one key that goes there and one that tells the reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.findings.deadlines import Urgency
from ldbu_desktop.journal.dates import DANISH_TIME
from ldbu_desktop.language import Language
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.deadlines.page import DeadlinesPage
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN, DEADLINES
from tests.ui.hand import activate

BEFORE = datetime(2020, 5, 9, 8, tzinfo=DANISH_TIME)
"""The day after the first visit, which has a weight that can't be read."""


@pytest.fixture
def page(opened: MainWindow, qtbot: QtBot) -> Iterator[DeadlinesPage]:
    """The page as it is seen at noon of the day after the first visit."""
    made = opened.pages.page(DEADLINES)
    assert isinstance(made, DeadlinesPage)
    made.clock = lambda: BEFORE
    activate(opened, qtbot)
    opened.pages.go(DEADLINES)
    settled(opened, qtbot)
    yield made
    settled(opened, qtbot)


def settled(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until nothing is being found out."""
    qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=20_000)
    QApplication.processEvents()


def found(page: DeadlinesPage) -> list[tuple[str, str, Urgency]]:
    """What is missing, where, and how urgent it is."""
    return [(one.where.visit, one.where.variable, page.model.urgency(one)) for one in page.model.rows]


def test_what_is_missing_is_told_as_time_goes(page: DeadlinesPage, opened: MainWindow, qtbot: QtBot) -> None:
    assert ("K1", "weight", Urgency.TOMORROW) in found(page)
    assert {visit for visit, *_ in found(page)} == {"K1"}
    for later, urgency in ((timedelta(days=1), Urgency.TODAY), (timedelta(days=1, hours=4), Urgency.TOO_LATE)):
        page.clock = partial(BEFORE.__add__, later)
        page.findChild(QTimer, "deadlinesMinute").timeout.emit()
        settled(opened, qtbot)
        assert {one for *_, one in found(page)} == {urgency}
        assert not page.verdict.isHidden()


def test_the_model_holds(page: DeadlinesPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)
    row = page.model.index(0, 0)
    assert row.data(Qt.ItemDataRole.DecorationRole) is not None
    assert all(page.model.index(0, at).data() for at in range(page.model.columnCount()))


def test_the_table_has_the_keyboard_when_it_is_there_and_the_page_when_it_is_not(
    page: DeadlinesPage, opened: MainWindow, qtbot: QtBot
) -> None:
    assert page.table.hasFocus()
    page.table.selectAll()
    page.tell_reason("not-asked")
    settled(opened, qtbot)
    assert page.table.isHidden()
    assert page.hasFocus()
    opened.commands.undo()
    opened.pages.go(DEADLINES)
    qtbot.waitUntil(page.table.hasFocus)


def test_one_key_goes_there(page: DeadlinesPage, opened: MainWindow, qtbot: QtBot) -> None:
    for _ in range(2):  # also where the place was looked at before
        opened.pages.go(DEADLINES)
        settled(opened, qtbot)
        page.table.setFocus()
        page.table.selectRow(0)
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        children = opened.pages.currentWidget()
        assert isinstance(children, ChildrenPage)
        assert opened.session.selection.visit == "K1"
        qtbot.waitUntil(children.visit_page.values.hasFocus)
        settled(opened, qtbot)


def test_one_key_tells_the_reason_and_it_can_be_undone(page: DeadlinesPage, opened: MainWindow, qtbot: QtBot) -> None:
    before = found(page)
    page.table.setFocus()
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_F8)
    menu = next(one for one in page.findChildren(QMenu, "deadlinesReasons"))
    qtbot.waitUntil(menu.isVisible)
    qtbot.keyClick(menu, Qt.Key.Key_3)
    settled(opened, qtbot)
    assert found(page) == []
    assert page.none.isVisible()
    assert page.table.isHidden()
    visit = opened.session.visit("K1")
    assert visit is not None
    assert {one.missing_reason.value for one in visit.observations if one.variable.value == "weight"} == {"not-asked"}
    opened.commands.undo()
    opened.pages.go(DEADLINES)
    settled(opened, qtbot)
    assert found(page) == before


def test_where_no_reason_is_taken_none_is_offered(page: DeadlinesPage, opened: MainWindow, qtbot: QtBot) -> None:
    rows = page.model.rows
    refused = rows[0]._replace(may_lack=False)
    page.model.refill((refused, *rows[1:]), BEFORE)
    page.table.selectRow(0)
    qtbot.waitUntil(lambda: page.refusal.text() != "")
    assert not page.reason.isEnabled()
    qtbot.keyClick(page.table, Qt.Key.Key_F8)
    assert page.findChildren(QMenu, "deadlinesReasons") == []
    page.tell_reason("unknown")
    assert not opened.session.can_undo
    page.model.refill((refused, rows[0]), BEFORE)
    page.table.selectAll()
    assert page.reason.isEnabled()
    assert page.refusal.text()
    page.model.refill((refused,), BEFORE)
    page.table.selectAll()
    said = page.refusal.text()
    nobody = refused._replace(where=refused.where._replace(record="", subject=""), others=())
    page.model.refill((nobody,), BEFORE)
    page.table.selectAll()
    assert page.refusal.text() not in ("", said)
    page.table.clearSelection()
    assert not page.go.isEnabled()


def test_until_it_is_checked_nothing_is_claimed(page: DeadlinesPage, opened: MainWindow, qtbot: QtBot) -> None:
    opened.session.close()
    settled(opened, qtbot)
    opened.pages.go(DEADLINES)
    assert page.none.isHidden()
    assert page.model.rowCount() == 0


def test_it_speaks_english_too(page: DeadlinesPage, opened: MainWindow) -> None:
    heading = page.model.headerData(0, Qt.Orientation.Horizontal)
    opened.commands.choose_language(Language.ENGLISH)
    assert page.model.headerData(0, Qt.Orientation.Horizontal) != heading
    assert opened.pages.currentWidget() is page
    assert opened.pages.page(CHILDREN) is not page


def test_who_it_is_has_as_much_room_as_the_visit(page: DeadlinesPage) -> None:
    model, table = page.model, page.table
    visit, citizen = (table.columnWidth(model.place_of(column)) for column in ("visit", "citizen"))
    assert abs(visit - citizen) <= 1


def test_what_stands_above_stays_where_it_is_while_it_is_found_out(
    page: DeadlinesPage, opened: MainWindow, qtbot: QtBot
) -> None:
    above = [page.findChild(QLabel, "deadlinesHeading"), page.verdict]
    places = [part.geometry() for part in above]
    work, minute = opened.session.work, page.findChild(QTimer, "deadlinesMinute")
    found, work.found = work.found, None
    minute.timeout.emit()
    qtbot.waitUntil(page.table.isHidden)
    assert page.none.isHidden()
    QApplication.processEvents()
    assert [part.geometry().top() for part in above] == [place.top() for place in places]
    assert page.verdict.height() < 3 * places[1].height()
    work.found = found
    minute.timeout.emit()
    settled(opened, qtbot)
    assert page.table.isVisible()
