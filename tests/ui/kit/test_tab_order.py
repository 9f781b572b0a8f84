"""Tab goes through parts in the order in which they are read, whenever they got their place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.kit.tab_order import first_in, tab_on
from ldbu_desktop.ui.main_window import MainWindow
from tests.ui.conftest import build_all_pages


def stops(whole: QWidget) -> list[str]:
    """What Tab stops at in a part, by name."""
    found, at = [], whole.nextInFocusChain()
    while at is not None and at is not whole:
        if whole.isAncestorOf(at) and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(at.objectName())
        at = at.nextInFocusChain()
    return found


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("practice", ["practiceLeave", "practiceStory", "practiceTold", "practicePrevious", "practiceFinish"]),
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


def test_tab_has_nothing_to_go_on_from_where_there_is_no_control(qtbot: QtBot) -> None:
    empty, following = QWidget(), QWidget()
    qtbot.addWidget(empty)
    qtbot.addWidget(following)
    control = QLineEdit(following)
    tab_on(empty, following)
    assert first_in(empty) is None
    assert first_in(following) is None
    following.show()
    assert first_in(following) is control
    control.setEnabled(False)
    assert first_in(following) is None
