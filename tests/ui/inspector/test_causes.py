"""Findings by cause at the right: those of what is selected, and each in its turn."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.findings import summary
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import tr
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.session import Session
from tests.ui.hand import activate


def test_the_causes_of_what_is_selected(session: Session, page: ChildrenPage, qtmodeltester: ModelTester) -> None:
    model = page.inspector.causes
    qtmodeltester.check(model)
    total = sum(len(cause.findings) for cause in model.causes)
    assert session.findings is not None
    assert total == session.findings.count
    session.select(Where(visit="K2"))
    assert all(one.location.visit == "K2" for cause in model.causes for one in cause.findings)
    page.inspector.scope.choose("whole")
    assert sum(len(cause.findings) for cause in model.causes) == total
    for cause in model.causes:
        for finding in cause.findings:
            assert model.finding_at(model.index_of(finding)) == finding


def test_how_much_a_cause_weighs_is_heard_once(session: Session, page: ChildrenPage) -> None:
    session.select(Where())
    causes = page.inspector.causes
    heard = [str(causes.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(causes.rowCount())]
    weights = [spoken.partition(":")[0] for spoken in heard]
    assert heard
    assert all(weights)
    assert [spoken.count(weight) for spoken, weight in zip(heard, weights, strict=True)] == [1] * len(heard)


def test_f7_goes_round_the_findings(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    seen = []
    assert opened.session.findings is not None
    for _ in range(opened.session.findings.count):
        qtbot.keyClick(opened, Qt.Key.Key_F7)
        seen.append(opened.session.finding)
    assert len({id(one) for one in seen}) == opened.session.findings.count
    qtbot.keyClick(opened, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert opened.session.finding == seen[-2 if len(seen) > 1 else -1]


def test_nothing_is_in_order_before_it_is_checked(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page.inspector.none.heading
    opened.session.select(Where(visit="K2"))
    assert shown.text() == tr("Ingen fund her")
    monkeypatch.setattr(opened.session.checking, "open", lambda *_: None)
    with qtbot.waitSignal(opened.session.opened, timeout=20_000):
        opened.open([export])
    qtbot.waitUntil(lambda: not opened.jobs.is_busy(), timeout=20_000)
    opened.session.select(Where(visit="K2"))
    assert not opened.session.work.is_checked(Where(visit="K2"))
    assert shown.text() == tr("Ikke kontrolleret endnu")


def test_the_causes_of_very_much_come_a_little_later(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a change they are worked out beside the window, which shows those of before until then."""
    session, inspector = opened.session, page.inspector
    inspector.scope.choose("whole")
    before = inspector.causes.causes
    assert before
    monkeypatch.setattr(summary, "FEW_FINDINGS", 0)
    weight = next(one for one in session.journal.families[0].visits[0].observations if one.variable.value == "weight")
    family, visit = session.journal.families[0].key, session.journal.families[0].visits[0].key
    where = Where(family, visit, weight.key, "weight", "weight")
    session.select(where)
    session.edit(where, "52x50")
    assert inspector.causes.causes == before
    qtbot.waitUntil(lambda: inspector.causes.causes != before, timeout=10_000)
    assert inspector.causes.causes == session.work.causes()
    qtbot.waitUntil(lambda: not session.jobs.is_busy(), timeout=10_000)
