"""The page: what it says when it is empty, its keys, files that are dropped or chosen, the standard, both looks."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QAccessible, QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.faults import Fault
from ldbu_desktop.language import Language
from ldbu_desktop.ui.kit.menus import PopupMenu
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.page import NARROW
from ldbu_desktop.ui.reports.page import ReportsPage
from ldbu_desktop.ui.reports.reports_model import Role
from ldbu_desktop.ui.reports.words import ReportStatus
from ldbu_desktop.ui.theme import ColourScheme
from ldbu_desktop.use_cases import engines
from tests.ui.hand import announcements, drop
from tests.ui.reports.checked_reports import (
    check_and_wait,
    names,
    pick,
    press,
    wait,
)


def test_an_empty_page_says_what_to_do(page: ReportsPage) -> None:
    assert page.stack.currentWidget() is page.none
    assert page.window().focusWidget() is page.choose_files
    assert not page.head.files.isVisible()
    assert "2.1.0" in page.head.standard.text()
    page.check([])
    assert page.checking.is_empty
    assert not page.step(1)
    page.head.standard.setFocus()
    page.step_pane(1)
    assert page.window().focusWidget() is page.choose_files


def test_the_pages_own_keys_and_no_others(checked: ReportsPage, qtbot: QtBot) -> None:
    checked.window().activateWindow()
    qtbot.waitUntil(checked.window().isActiveWindow)
    checked.reports.list.setFocus()
    seen = []
    for _ in range(4):
        assert press(checked, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        seen.append(focused.objectName() if focused else "")
    assert seen == ["reportsText", "reportsErrors", "reportsExplanation", "reportsList"]
    press(checked, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert checked.findings.explanation.hasFocus()
    checked.head.standard.setFocus()
    press(checked, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert checked.findings.explanation.hasFocus()
    assert press(checked, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert checked.reports.search.hasFocus()
    assert not press(checked, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not press(checked, Qt.Key.Key_F5)
    checked.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier))


def test_everything_is_told_in_english(checked: ReportsPage, qtbot: QtBot) -> None:
    window = checked.window()
    assert isinstance(window, MainWindow)
    window.commands.choose_language(Language.ENGLISH)
    assert checked.head.verdict.text.text() == "3 of 6 reports would be rejected. Could not be checked: 1."
    assert checked.reports.filter.button(ReportStatus.REJECTED).text().startswith("Rejected")
    assert str(checked.reports.model.index(0, 0).data(Role.SECOND_LINE)).startswith("Would be rejected")
    assert "What to do" in checked.findings.explanation.toPlainText()
    pick(checked, qtbot, "f-empty.json")
    assert "Not checked" in checked.findings.explanation.toPlainText()
    window.commands.choose_language(Language.DANISH)
    assert "Ikke kontrolleret" in checked.findings.explanation.toPlainText()


def test_every_control_has_a_name(checked: ReportsPage) -> None:
    for widget in checked.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.objectName().startswith("qt_"):
            assert widget.objectName(), widget
            heard = QAccessible.queryAccessibleInterface(widget)
            assert heard.text(QAccessible.Text.Name), widget.objectName()


def test_files_are_dropped_or_chosen(
    page: ReportsPage, qtbot: QtBot, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(cast(MainWindow, page.window()), QUrl.fromLocalFile(str(reports / "a-type.json")))
    wait(page, qtbot)
    assert names(page) == ["a-type.json"]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(reports / "b-two.json")], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(reports))
    page.choose_files.click()
    wait(page, qtbot)
    assert names(page) == ["b-two.json"]
    page.head.folder.click()
    wait(page, qtbot)
    assert len(names(page)) == 6
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    page.head.files.click()
    page.choose_folder.click()
    wait(page, qtbot)
    assert len(names(page)) == 6


def test_what_came_of_a_check_is_said_to_a_screen_reader(
    page: ReportsPage, qtbot: QtBot, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = announcements(monkeypatch)
    check_and_wait(page, qtbot, reports)
    assert len(said) == 1
    assert said[0].startswith(page.head.verdict.text.text())


def standards(page: ReportsPage, qtbot: QtBot) -> list[QAction]:
    """The choices of the menu of standards, which is opened and closed."""
    page.head.standard.click()
    menu = page.head.findChild(PopupMenu, "reportsStandardMenu")
    assert menu is not None
    qtbot.waitUntil(menu.isVisible)
    choices = [one for one in menu.actions() if not one.isSeparator()]
    assert menu.activeAction() is choices[0]
    menu.close()
    return choices


def test_an_official_package_is_chosen(
    checked: ReportsPage, qtbot: QtBot, fhir_packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = fhir_packages / "kl.dk.fhir.children-2.0.1.tgz"
    head = checked.head
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(package), ""))
    shipped, choose = standards(checked, qtbot)
    assert shipped.isChecked()
    choose.trigger()
    wait(checked, qtbot)
    assert checked.checking.version == "2.0.1"
    assert "2.0.1" in head.standard.text()
    assert "2.0.1" in head.verdict.more.text()
    assert len(names(checked)) == 6
    shipped, official, _choose = standards(checked, qtbot)
    assert [one.isChecked() for one in (shipped, official)] == [False, True]
    assert official.text() == package.name
    official.trigger()
    assert checked.checking.version == "2.0.1"
    shipped.trigger()
    wait(checked, qtbot)
    assert checked.checking.version == "2.1.0"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    standards(checked, qtbot)[-1].trigger()
    assert checked.checking.package is None


def test_a_package_that_can_not_be_used_is_told_and_given_up(
    page: ReportsPage, qtbot: QtBot, reports: Path, tmp_path: Path
) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    package = tmp_path / "package.tgz"
    with tarfile.open(package, "w:gz"):
        pass
    for paths in ([], [reports]):
        if paths:
            check_and_wait(page, qtbot, *paths)
        window.message.clear()
        page.checking.use_standard(package)
        qtbot.waitUntil(window.message.isVisible, timeout=20_000)
        wait(page, qtbot)
        assert page.checking.package is None
        assert page.checking.version == "2.1.0"
        page.checking.use_standard(None)
    assert len(names(page)) == 6


def test_a_narrow_window_folds_the_text_away(checked: ReportsPage, qtbot: QtBot) -> None:
    checked.window().resize(NARROW - 60, 700)
    qtbot.waitUntil(lambda: not checked.text.isVisible())
    assert checked.findings.isVisible()
    checked.window().resize(NARROW + 100, 700)
    qtbot.waitUntil(checked.text.isVisible)


def test_the_page_is_drawn_in_both_looks(checked: ReportsPage, qtbot: QtBot) -> None:
    window = checked.window()
    assert isinstance(window, MainWindow)
    pictures = []
    for look in (ColourScheme.LIGHT, ColourScheme.DARK):
        window.commands.choose_look(look)
        checked.reports.list.setFocus()
        checked.findings.list.setFocus()
        pictures.append(checked.grab().toImage())
    assert pictures[0].pixelColor(5, 5) != pictures[1].pixelColor(5, 5)
    checked.text.view.verticalScrollBar().setValue(20)
    checked.grab()
    assert checked.text.view.sizeHint().isValid()
    window.commands.choose_look(ColourScheme.LIGHT)


def test_a_fault_that_stops_the_check_is_told(
    page: ReportsPage, qtbot: QtBot, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Fault("check-nothing-found")

    monkeypatch.setattr(engines, "engine_for", fail)
    window = page.window()
    assert isinstance(window, MainWindow)
    page.check([reports])
    qtbot.waitUntil(window.message.isVisible)
    assert not page.checking.is_running
