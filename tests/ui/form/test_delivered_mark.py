"""A visit that was delivered carries a mark and the day, in the tree, in search and at the head of its form."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ldbu_desktop.editing.operations import AnswerField
from ldbu_desktop.journal.where import Where
from ldbu_desktop.rendering.words import day_words, near_day_words
from ldbu_desktop.ui.children.tree_model import Role
from ldbu_desktop.ui.main_window import MainWindow
from tests.ui.form.hand import children_of, delivered, filling_of, settled


def test_a_delivered_visit_says_so(case: Where, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    session, tree = window.session, children_of(window).tree_pane
    at = tree.model.index_of(Where(case.family, case.visit))
    assert at.data(Role.DELIVERED) == ""
    assert session.work.delivered_on(case.visit) is None
    assert delivered(window, qtbot, tmp_path / "ud") == 1
    when = session.work.delivered_on(case.visit)
    assert when is not None
    at = tree.model.index_of(Where(case.family, case.visit))
    assert at.data(Role.DELIVERED) == near_day_words(when, when)
    for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
        assert day_words(when) in at.data(role)
    assert tree.grab().width()
    session.select(Where(case.family, case.visit))
    session.do(AnswerField(case, "5300"))
    settled(qtbot, window)
    assert day_words(when) in filling_of(window).form_page.about.text()
    tree.search.setText(f"afleveret {day_words(when)}")
    qtbot.waitUntil(lambda: tree.model.visit_keys() == [case.visit])
    tree.search.setText("afleveret 1. jan. 1999")
    qtbot.waitUntil(lambda: tree.model.visit_keys() == [])
