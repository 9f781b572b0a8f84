"""Actions are data: each has one place, a shortcut of its own, and an icon that is there."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.language import Language
from ldbu_desktop.ui.actions import ACTIONS
from ldbu_desktop.ui.keys import KeySheet, key_words
from ldbu_desktop.ui.main_window import MainWindow


def test_shortcuts_are_unique() -> None:
    used = Counter(QKeySequence(data.shortcut).toString() for data in ACTIONS if data.shortcut)
    assert {key for key, times in used.items() if times > 1} == set()
    assert "" not in used


def test_the_keys_of_the_pages_count_along_the_rail(window: MainWindow) -> None:
    rail = list(window.rail.buttons)
    assert [window.actions_[f"page-{page}"].shortcut().toString() for page in rail] == [
        f"Ctrl+{number % 10}" for number in range(1, len(rail) + 1)
    ]


def test_ids_are_unique_and_icons_are_there() -> None:
    assert len({data.id for data in ACTIONS}) == len(ACTIONS)
    for data in ACTIONS:
        assert not data.icon or resource("icons", f"{data.icon}.svg").is_file(), data.id


def test_the_underlined_letters_of_a_menu_are_unique() -> None:
    for menu in {data.menu for data in ACTIONS}:
        letters = [data.text()[data.text().index("&") + 1].casefold() for data in ACTIONS if data.menu is menu]
        assert len(set(letters)) == len(letters), menu


def test_every_action_stands_in_its_menu(window: MainWindow) -> None:
    assert list(window.actions_) == [data.id for data in ACTIONS]
    for data in ACTIONS:
        menu = window.menuBar().findChild(QMenu, f"menu-{data.menu.id}")
        assert menu is not None
        assert window.actions_[data.id] in menu.actions()
        assert menu.accessibleName() == data.menu.text().replace("&", "")


def test_what_makes_no_sense_is_disabled(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.actions_["deliver"].isEnabled()
    assert not window.header.deliver.isEnabled()
    assert not window.actions_["undo"].isEnabled()
    assert window.actions_["open"].isEnabled()


def test_the_sheet_of_keys_shows_every_shortcut(window: MainWindow, qtbot: QtBot) -> None:
    sheet = KeySheet(window.actions_, window)
    qtbot.addWidget(sheet)
    told = {part.text() for part in sheet.findChildren(type(window.header.file))}  # labels
    for data in ACTIONS:
        if data.shortcut:
            assert key_words(data.shortcut) in told
            assert data.name in told


@pytest.mark.parametrize("language", list(Language))
def test_the_sheet_of_keys_has_room_on_a_small_screen(window: MainWindow, qtbot: QtBot, language: Language) -> None:
    window.commands.choose_language(language)
    sheet = KeySheet(window.actions_, window)
    qtbot.addWidget(sheet)
    sheet.show()
    assert (sheet.width() <= 1240, sheet.height() <= 660) == (True, True)


def test_the_keys_that_the_habits_ask_for_are_there() -> None:
    keys = {data.shortcut: data.id for data in ACTIONS}
    expected = {
        "Ctrl+O": "open",
        "Ctrl+Z": "undo",
        "Ctrl+F": "search",
        "Ctrl+K": "commands",
        "F1": "manual",
        "Shift+F1": "keys",
        "F7": "next-finding",
        "Shift+F7": "previous-finding",
        "F9": "definition",
        "Ctrl+Return": "next-visit",
    }
    assert expected.items() <= keys.items()
