"""Causes with their findings: of very many a view is given some at a time, as it asks for every row that it has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.findings.model import Severity
from ldbu_desktop.ui.findings.model import GIVEN, FindingsModel, Heading
from ldbu_desktop.ui.findings.view import FindingsView
from ldbu_desktop.ui.retranslation import Retranslation

Numbers = tuple[int, ...]


class Words:
    """What is said of causes that are rows of numbers."""

    def findings(self, cause: Numbers) -> Sequence[int]:
        return cause

    def severity(self, cause: Numbers) -> Severity:
        return Severity.INFO

    def weight(self, cause: Numbers) -> str:
        return "let"

    def title(self, cause: Numbers) -> str:
        return f"fra {cause[0]}"

    def about(self, cause: Numbers) -> str:
        return str(len(cause))

    def place(self, finding: int) -> str:
        return str(finding)

    def whereabouts(self, finding: int) -> str:
        return ""

    def tip(self, finding: int) -> str:
        return ""


def test_a_cause_gives_its_findings_some_at_a_time(qapp: QApplication, qtmodeltester: ModelTester) -> None:
    model = FindingsModel[Numbers, int](Words())
    one, many = (-1,), tuple(range(2 * GIVEN + 2))
    model.show((Heading("Alt"), one, many))
    parent = model.index(2, 0)
    assert not any(model.canFetchMore(model.index(row, 0)) for row in (0, 1))
    assert model.index_of(-1) == model.index(1, 0)
    for given in (GIVEN, 2 * GIVEN, len(many)):
        assert model.rowCount(parent) == given
        assert model.index_of(given - 1) == model.index(given - 1, 0, parent)
        assert (model.index_of(len(many) - 1) == parent) is model.canFetchMore(parent) is (given < len(many))
        model.fetchMore(parent)
    assert not model.canFetchMore(model.index(0, 0, parent))
    assert model.findings_at(parent) == many
    model.show((many,))
    assert model.rowCount(model.index(0, 0)) == GIVEN
    qtmodeltester.check(model)
    assert model.rowCount(model.index(0, 0)) > GIVEN


def test_with_ctrl_keys_select_the_cause_that_they_come_to(qtbot: QtBot) -> None:
    model = FindingsModel[Numbers, int](Words())
    model.show(((1,), (2,), (3,)))
    view = FindingsView("findings", Retranslation(), lambda: "Fund", model)
    qtbot.addWidget(view)
    view.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.selected() == [3]
