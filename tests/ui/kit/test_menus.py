"""A menu that pops up: what a screen reader has of it, where the keyboard is in it, and that it goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.kit.menus import PopupMenu


@pytest.fixture
def owner(qtbot: QtBot) -> QPushButton:
    made = QPushButton("Vælg")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_it_has_a_name_and_begins_at_its_first_choice(owner: QPushButton, qtbot: QtBot) -> None:
    chosen: list[str] = []
    menu = PopupMenu(owner, "offers", "Mad og drikke")
    menu.add("Mad & drikke", lambda: chosen.append("begge"))
    menu.add("Mad", lambda: chosen.append("mad"), key="2", is_on=False)
    menu.add("Drikke", lambda: chosen.append("drikke"), key="3", is_on=True)
    menu.offer_below(owner)
    qtbot.waitUntil(menu.isVisible)
    assert menu.activeAction() is menu.actions()[0]
    heard = QAccessible.queryAccessibleInterface(menu)
    assert heard.text(QAccessible.Text.Name) == "Mad og drikke"
    items = [heard.child(at) for at in range(heard.childCount())]
    assert {one.role() for one in items} == {QAccessible.Role.MenuItem}
    assert [one.text(QAccessible.Text.Name) for one in items] == ["Mad & drikke", "2  Mad", "3  Drikke"]
    assert [bool(one.state().checked) for one in items] == [False, False, True]
    with qtbot.waitSignal(menu.destroyed):
        qtbot.keyClick(menu, Qt.Key.Key_2)
    assert chosen == ["mad"]
