"""F7 and Shift+F7: the next finding is next from where one stands, as it is read, among what is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.children.values_model import VALUE
from ldbu_desktop.ui.children.values_view import ValuesView
from ldbu_desktop.ui.main_window import MainWindow
from tests.ui.hand import activate

BACK = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def export() -> Path:
    """A family with several faults, three of them at one visit."""
    return resource("samples", "familie-med-fejl.xlsx")


def step(window: MainWindow, qtbot: QtBot, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Finding:
    qtbot.keyClick(window, Qt.Key.Key_F7, modifier)
    assert window.session.finding is not None
    return window.session.finding


def several(window: MainWindow) -> str:
    """The visit with most findings."""
    return max((v.key for f in window.session.journal.families for v in f.visits), key=lambda key: len(at(window, key)))


def at(window: MainWindow, visit: str) -> tuple[Finding, ...]:
    return window.session.work.findings_at(Where(visit=visit))


def row_of(page: ChildrenPage, finding: Finding) -> int:
    row = page.visit_page.values.values.row_of(finding)
    assert row is not None
    return row


def test_a_visit_is_gone_down_as_it_is_read(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    visit = several(opened)
    opened.session.select(Where(visit=visit))
    found = [step(opened, qtbot) for _ in at(opened, visit)]
    assert {id(one) for one in found} == {id(one) for one in at(opened, visit)}
    rows = [row_of(page, one) for one in found]
    assert len(rows) == 3
    assert rows == sorted(rows)
    assert isinstance(QApplication.focusWidget(), ValuesView)
    assert page.visit_page.values.currentIndex().row() == rows[-1]
    assert step(opened, qtbot).location.visit != visit
    assert step(opened, qtbot, BACK) == found[-1]


def test_next_is_from_where_one_stands_when_a_finding_is_mended(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot
) -> None:
    activate(opened, qtbot)
    session, visit = opened.session, several(opened)
    session.select(Where(visit=visit))
    first, middle, last = sorted(at(opened, visit), key=lambda one: row_of(page, one))
    for modifier, goes_to in ((Qt.KeyboardModifier.NoModifier, last), (BACK, first)):
        session.select_finding(middle)
        opened.commands.findings.mend()
        assert session.finding is None
        assert middle not in at(opened, visit)
        assert step(opened, qtbot, modifier) == goes_to
        session.undo()


def test_from_a_value_without_a_finding_both_ways(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    visit = several(opened)
    opened.session.select(Where(visit=visit))
    found = sorted(at(opened, visit), key=lambda one: row_of(page, one))
    values = page.visit_page.values
    values.setCurrentIndex(values.values.cell(values.values.rowCount() - 1, VALUE))
    assert opened.session.finding is None
    assert step(opened, qtbot, BACK) == found[-1]


def test_only_what_is_shown_is_gone_to(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    session, tree = opened.session, page.tree_pane
    tree.filter.choose("rejected")
    shown = set(tree.model.visit_keys())
    wanted = [one for one in session.work.findings_at() if one.location.visit in shown]
    assert 0 < len(wanted) < len(session.work.findings_at())
    seen = [step(opened, qtbot) for _ in wanted]
    assert {id(one) for one in seen} == {id(one) for one in wanted}
    tree.filter.choose("all")
    tree.search.setText("Barselsbesøg")
    qtbot.waitUntil(lambda: len(tree.model.visit_keys()) == 1, timeout=20_000)
    opened.message.hide()
    qtbot.keyClick(opened, Qt.Key.Key_F7)
    assert session.finding == seen[-1]
    assert opened.message.isVisible()


def test_what_is_about_no_visit_is_read_in_the_list(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    opened.session.select(Where())
    page.take_keyboard()
    assert QApplication.focusWidget() is page.inspector.list
