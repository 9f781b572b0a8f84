"""Tab goes through parts in the order in which they are read, whenever they got their place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.kit.tab_order import tab_through
from ldbu_desktop.ui.kit.widgets import column
from ldbu_desktop.ui.main_window import MainWindow
from tests.ui.conftest import build_all_pages


def stops(whole: QWidget) -> list[str]:
    """What Tab stops at in a part, by name."""
    found, at = [], whole.nextInFocusChain()
    while at is not None and at is not whole:
        if whole.isAncestorOf(at) and at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.focusProxy() is None:
            found.append(at.objectName())
        at = at.nextInFocusChain()
    return found


def test_parts_are_gone_through_one_after_the_other_with_all_that_is_in_them(qtbot: QtBot) -> None:
    whole, first, second = QWidget(), QWidget(), QWidget()
    qtbot.addWidget(whole)
    lines = column(whole)
    before, last = QPushButton(objectName="before"), QPushButton(objectName="last")
    for part in (before, last, second, first):
        lines.addWidget(part)
    for part, made in (
        (second, QLineEdit(objectName="c")),
        (first, QSpinBox(objectName="a")),
        (first, QPushButton(objectName="b")),
    ):
        (part.layout() or column(part)).addWidget(made)
    tab_through(first, second, last)
    assert stops(whole) == ["before", "a", "b", "c", "last"]


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("practice", ["practiceLeave", "practiceStory", "practiceTold", "practicePrevious", "practiceFinish"]),
        ("practice", ["practiceFinish", "practiceAnswers", "authorForm"]),
        ("coverage", ["coverageAreas", "coverageMissing", "coverageItems", "coverageMatrix", "coverageMake"]),
        ("mapping", ["mappingSave", "mappingLinks", "mappingRows", "mappingReading", "mappingApprove"]),
        ("history", ["historyFiles", "historyFindings", "historyTimeline"]),
        ("reports", ["reportsFiles", "reportsList", "reportsTextBack"]),
    ],
)
def test_pages_are_gone_through_as_they_are_read(window: MainWindow, page: str, names: list[str]) -> None:
    build_all_pages(window)
    found = [name for name in stops(window.pages.page(page)) if name in names]
    assert found == names
