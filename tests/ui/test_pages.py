"""All pages are there before they are gone to, where nobody has to wait meanwhile."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.training.loader import shipped_cases
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pace import WAITING
from ldbu_desktop.ui.pages import CHILDREN, PAGES, PRACTICE, Pages
from ldbu_desktop.ui.session import OPEN
from tests.ui.paints import Paints

PREPARE = Pages.prepare
"""The windows of other tests prepare nothing."""


def test_what_waits_for_a_file_goes_on_after_it_until_all_is_there(window: MainWindow, qtbot: QtBot) -> None:
    gate = Event()
    window.jobs.start(OPEN, lambda: "", lambda _progress, _cancellation: gate.wait(20), lambda _: None, lambda _: None)
    waited = 0
    for given in PREPARE(window.pages):
        if given is WAITING:
            waited += 1
            qtbot.wait(1)
        if window.pages.is_built(CHILDREN):
            gate.set()
    assert waited
    assert all(window.pages.is_built(page.id) for page in PAGES)
    children = window.pages.page(CHILDREN)
    assert isinstance(children, ChildrenPage)
    assert children.growth is not None
    polished = Qt.WidgetAttribute.WA_WState_Polished
    parts = [part for page in window.pages.built for part in page.findChildren(QWidget)]
    assert [part for part in parts if not part.testAttribute(polished)] == []


def test_the_page_that_is_seen_is_not_painted_anew_when_another_is_made(window: MainWindow, qtbot: QtBot) -> None:
    seen = window.pages.currentWidget()
    qtbot.waitUntil(seen.isVisible)
    qtbot.wait(50)
    paints = Paints(seen)
    for page in PAGES:
        window.pages.page(page.id)
        qtbot.wait(1)
    assert paints.count == 0
    window.pages.go(CHILDREN)
    qtbot.waitUntil(window.pages.page(CHILDREN).isVisible)
    assert window.pages.page(CHILDREN).geometry() == window.pages.rect()


def test_the_exercises_are_read_before_they_are_gone_to(window: MainWindow, qtbot: QtBot) -> None:
    shipped_cases.cache_clear()
    for given in PREPARE(window.pages):
        if given is WAITING:
            qtbot.wait(1)
    assert shipped_cases.cache_info().currsize == 1
    read = shipped_cases.cache_info().misses
    window.pages.go(PRACTICE)
    assert shipped_cases.cache_info().misses == read
