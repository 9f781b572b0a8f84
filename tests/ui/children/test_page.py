"""The page of children and visits: what is selected in one pane is shown by the others, by mouse and keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.children.values_model import VALUE
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.page import NARROW
from tests.ui.hand import activate


def test_selecting_in_any_pane_moves_the_others(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    session = opened.session
    assert page.middle.currentWidget() is page.overview
    tree = page.tree_pane.tree
    tree.setCurrentIndex(page.tree_pane.model.index_of(Where(session.family_of("K1").key, "K1")))  # type: ignore[union-attr]
    assert session.selection.visit == "K1"
    assert page.middle.currentWidget() is page.visit_page
    assert page.visit_page.heading.text() == "Barselsbesøg"
    weight = next(one for one in session.work.findings_at(Where(visit="K1")) if one.location.variable == "weight")
    causes = page.inspector
    causes.list.setCurrentIndex(causes.causes.index_of(weight))
    assert session.finding == weight
    values = page.visit_page.values
    assert values.currentIndex().siblingAtColumn(0).data() == "Vægt"
    assert session.words(weight).title in causes.explanation.toPlainText()
    assert session.words(weight).remedy in causes.explanation.toPlainText()
    row = next(row for row in range(values.values.rowCount()) if values.values.index(row, 0).data() == "Kontaktform")
    values.setCurrentIndex(values.values.cell(row, VALUE))
    assert session.selection.field == "visit.class"
    assert session.finding is None
    page.overview.table.activated.emit(page.overview.model.index(0, 0))


def test_ctrl_enter_goes_to_the_next_visit_and_stops_at_the_last(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot
) -> None:
    activate(opened, qtbot)
    seen = []
    for _ in range(4):
        qtbot.keyClick(opened, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        seen.append(opened.session.selection.visit)
    assert seen == ["K1", "K2", "K3", "K3"]
    page.visit_page.previous.click()
    assert opened.session.selection.visit == "K2"


def test_tab_goes_through_the_panes_as_they_are_read(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    opened.session.select(Where(visit="K2"))
    page.tree_pane.tree.setFocus()
    come_to: list[QWidget] = []
    for _ in range(14):
        QTest.keyClick(opened, Qt.Key.Key_Tab)
        part = QApplication.focusWidget()
        assert part is not None
        come_to.append(part)
    panes = [next((at for at in (page.middle, page.inspector) if at.isAncestorOf(part)), None) for part in come_to]
    assert panes[0] is page.middle
    assert page.inspector in panes
    assert page.middle not in panes[panes.index(page.inspector) :]


def test_f6_goes_round_the_panes(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    page.tree_pane.tree.setFocus()
    seen = []
    for _ in range(4):
        qtbot.keyClick(opened, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        seen.append(focused.objectName() if focused else "")
    assert seen == ["overviewTable", "causes", "explanation", "tree"]
    qtbot.keyClick(opened, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert page.inspector.explanation.hasFocus()


def test_a_narrow_window_shows_one_side_at_a_time(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    opened.resize(1360, 820)
    qtbot.waitUntil(page.tree_pane.isVisible)
    opened.resize(NARROW - 40, 700)
    qtbot.waitUntil(lambda: not page.tree_pane.isVisible())
    assert page.inspector.isVisible()
    opened.actions_["tree-pane"].trigger()
    assert page.tree_pane.isVisible()
    assert not page.inspector.isVisible()
    opened.actions_["explanation"].trigger()
    assert page.inspector.isVisible()
    opened.resize(1360, 820)
    qtbot.waitUntil(page.tree_pane.isVisible)
    opened.actions_["inspector"].trigger()
    assert not page.inspector.isVisible()
