"""What a field is, beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.main_window import MainWindow
from tests.ui.hand import activate


def test_f9_defines_the_field(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    session = opened.session
    record = session.visit("K2").observations[0].key  # type: ignore[union-attr]
    session.select(Where("", "K2", record, "", "weight"))
    qtbot.keyClick(opened, Qt.Key.Key_F9)
    told = page.inspector.definition.toPlainText()
    variable = session.standard.variable["weight"]
    assert page.inspector.definition.isVisible()
    assert variable.label.da in told
    assert variable.explanation.da in told
    opened.commands.choose_language(Language.ENGLISH)
    assert variable.label.en in page.inspector.definition.toPlainText()
    for one in session.standard.variables:
        session.select(Where("", "K2", "", one.id, one.id))
        assert one.label.en in page.inspector.definition.toPlainText()
    for questionnaire in session.standard.questionnaires:
        session.select(Where("", "K2", "r", "none", questionnaire.id))
        assert questionnaire.label.en in page.inspector.definition.toPlainText()
