"""An export that nobody knows: from the file to answers, loaded and remembered, and opened again without a question."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.mapping.page import MappingPage
from ldbu_desktop.ui.mapping.save_dialog import SaveDialog
from ldbu_desktop.ui.pages import CHILDREN, MAPPING
from tests.ui.mapping.foreign_export import COLUMNS, knows, write_export
from tests.ui.mapping.practised_user import PractisedUser

STANDARD = shipped_standard()
SLOW = 60_000
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_from_a_foreign_export_to_one_that_is_known(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    first = write_export(tmp_path / "uge 1.csv", STANDARD)
    with qtbot.waitSignal(window.session.mapping_asked, timeout=SLOW):
        window.open([first])
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.pages.page(MAPPING))
    page = cast(MappingPage, window.pages.page(MAPPING))
    qtbot.waitUntil(page.links.list.hasFocus)

    # every answer by keys
    PractisedUser(page, qtbot, knows(STANDARD), {}).answer_all()
    assert not list(page.desk.links.waiting())
    assert not window.session.is_open

    # remembered under a name, by somebody: without one nothing is saved
    qtbot.keyClick(page.links.list, Qt.Key.Key_S, CONTROL)
    [dialog] = [one for one in page.findChildren(SaveDialog) if one.isVisible()]
    dialog.remember.click()
    assert dialog.refused.isVisible()
    approver = dialog.findChild(QLineEdit, "mappingApprover")
    assert isinstance(approver, QLineEdit)
    qtbot.keyClicks(approver, "Kontoret")
    qtbot.keyClick(approver, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.desk.is_saved, timeout=SLOW)
    assert window.settings.approver == "Kontoret"

    # loaded
    with qtbot.waitSignal(window.session.judged, timeout=SLOW):
        qtbot.keyClick(page.links.list, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.pages.page(CHILDREN), timeout=SLOW)
    qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=SLOW)
    assert window.session.work.visit_count == 36
    ready = window.session.work.visit_count - window.session.work.rejected_visits()
    assert ready > 0

    # another week's file with the same columns in another order is read without a question
    second = write_export(tmp_path / "uge 2.csv", STANDARD, reversed(COLUMNS), seed=8)
    with qtbot.waitSignal(window.session.judged, timeout=SLOW):
        window.open([second])
    qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=SLOW)
    assert window.pages.currentWidget() is window.pages.page(CHILDREN)
    assert window.session.work.visit_count == 36
    assert "Kontoret" in window.status.state.text()  # by whose map it was read, in a quiet line
