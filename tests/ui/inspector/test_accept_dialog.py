"""Accepting a finding in the window: with a reason, listed, told on its page, and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from ldbu_desktop.findings.model import Finding
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.findings.model import Role
from ldbu_desktop.ui.inspector.accept_dialog import AcceptDialog
from ldbu_desktop.ui.main_window import MainWindow
from tests.ui.hand import activate, dialog, texts


def to_look_at(window: MainWindow) -> Finding:
    """A finding that can be accepted."""
    assert window.session.findings is not None
    return next(one for one in window.session.findings.all if window.session.work.may_accept(one))


def asked(window: MainWindow, qtbot: QtBot) -> AcceptDialog:
    """The question about the finding that is looked at."""
    window.actions_.refresh()
    window.actions_["accept"].trigger()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(AcceptDialog)))
    found = dialog(window, "acceptDialog")
    assert isinstance(found, AcceptDialog)
    return found


def test_a_finding_is_accepted_listed_saved_and_taken_back(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, finding = opened.session, to_look_at(opened)
    session.select_finding(finding)
    activate(opened, qtbot)
    assert page.inspector.accept.isVisible()
    made = asked(opened, qtbot)
    qtbot.keyClick(made.reason, Qt.Key.Key_Return)
    assert made.isVisible()
    assert made.told.isVisible()
    made.reason.setText("Det er aftalt")
    qtbot.keyClick(made.reason, Qt.Key.Key_Return)
    assert session.work.acceptance_of(finding) is not None
    assert session.findings is not None
    assert finding not in session.findings.all
    rows = page.inspector.causes
    qtbot.waitUntil(lambda: rows.has_headings)
    told = texts(rows)
    at = rows.index(len(told) - 1, 0)
    assert rows.index(len(told) - 2, 0).data(Role.IS_HEADING)
    assert "Det er aftalt" in at.data(Role.SECOND_LINE)

    path = tmp_path / "accepteret.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    opened.actions_["save-accepted"].trigger()
    (entry,) = json.loads(path.read_text(encoding="utf-8"))["accepted"]
    assert (entry["code"], entry["reason"]) == (finding.code, "Det er aftalt")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    opened.actions_["save-accepted"].trigger()

    session.select_finding(finding)
    assert "Det er aftalt" in page.inspector.explanation.toPlainText()
    heard = QAccessible.queryAccessibleInterface(page.inspector.accept)
    assert heard.text(QAccessible.Text.Name) == page.inspector.accept.text() == "Tag accepten tilbage"
    opened.actions_["accept"].trigger()
    assert finding in session.findings.all
    assert session.work.acceptance_of(finding) is None


def test_what_rejects_is_not_offered(opened: MainWindow, page: ChildrenPage) -> None:
    assert opened.session.findings is not None
    rejected = next(one for one in opened.session.findings.all if not opened.session.work.may_accept(one))
    opened.session.select_finding(rejected)
    assert page.inspector.accept.isHidden()
    opened.actions_.refresh()
    assert not opened.actions_["accept"].isEnabled()
    opened.commands.findings.accept()
    assert not opened.findChildren(AcceptDialog)


def test_all_of_a_cause_are_accepted_at_once(opened: MainWindow, qtbot: QtBot) -> None:
    session, finding = opened.session, to_look_at(opened)
    cause = next(one for one in session.work.causes() if finding in one.findings)
    made = AcceptDialog(session, opened.settings, cause.findings, opened)
    qtbot.addWidget(made)
    made.show()
    made.all.setChecked(True)
    made.reason.setText("Aftalt")
    made.role.setCurrentText("Leder")
    made.go.click()
    assert session.findings is not None
    assert [one.acceptance.role for one in session.findings.accepted] == ["Leder"] * len(cause.findings)
    assert opened.settings.accepts_as == "Leder"


def test_what_is_refused_is_told_with_room_for_all_that_stands_there(opened: MainWindow, qtbot: QtBot) -> None:
    made = AcceptDialog(opened.session, opened.settings, [to_look_at(opened)], opened)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.go.click()
    assert made.told.text().startswith("Skriv, hvorfor")

    def has_room() -> bool:
        labels = [one for one in made.findChildren(QLabel) if one.isVisible()]
        return made.told in labels and all(one.height() >= one.heightForWidth(one.width()) for one in labels)

    qtbot.waitUntil(has_room)
