"""The start page: its doors, and what was open before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import DEADLINES, START
from ldbu_desktop.ui.start.page import StartPage


def test_the_start_page_has_its_doors_and_recent_files(window: MainWindow, qtbot: QtBot, export: Path) -> None:
    start = window.pages.page(START)
    assert isinstance(start, StartPage)
    assert not start.forget.isVisible()
    window.settings.remember(export)
    window.settings.remember(export.with_name("gone.xlsx"))
    window.pages.go(DEADLINES)
    window.pages.go(START)
    qtbot.waitUntil(lambda: window.findChild(QWidget, "recent-0") is not None)
    recent = window.findChild(QWidget, "recent-0")
    assert recent is not None
    assert recent.accessibleName().endswith(export.name)  # what is not there any more is not listed
    with qtbot.waitSignal(window.session.judged, timeout=20_000):
        qtbot.mouseClick(recent, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.jobs.is_busy())
    assert window.session.is_open
    window.pages.go(START)
    start.forget.click()
    assert window.settings.recent == []
