"""The page of the columns in a window, with a proposal made by hand."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.mapping.desk import MappingDesk
from ldbu_desktop.ui.mapping.page import MappingPage
from ldbu_desktop.ui.pages import MAPPING
from tests.ui.mapping.made import foreign


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> MappingPage:
    """The page with something to answer, and the keyboard."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.pages.go(MAPPING)
    made = window.pages.page(MAPPING)
    assert isinstance(made, MappingPage)
    made.desk.show([], foreign())
    qtbot.waitUntil(made.links.list.hasFocus)
    return made


@pytest.fixture
def desk(page: MappingPage) -> MappingDesk:
    """What is worked on at the page."""
    return page.desk
