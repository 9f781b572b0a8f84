"""What is sent of a visit, with the selected field marked."""

from __future__ import annotations

import json

from pytestqt.qtbot import QtBot

from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.theme import ColourScheme


def test_what_is_sent_marks_the_selected_field(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    session, preview = opened.session, page.inspector.preview
    page.inspector.show_view("preview")
    assert preview.stack.currentWidget() is preview.none
    record = session.visit("K2").observations[0].key  # type: ignore[union-attr]
    session.select(Where("", "K2", record, "", "weight"))
    qtbot.waitUntil(lambda: bool(preview.text.extraSelections()), timeout=10_000)
    assert json.loads(preview.text.toPlainText())["resourceType"] == "Bundle"
    opened.actions_["preview"].trigger()
    assert preview.isVisible()
    selections = preview.text.extraSelections()
    marked = selections[0].cursor.selectedText()
    assert "5250" in marked
    opened.commands.choose_look(ColourScheme.DARK)
    opened.commands.choose_look(ColourScheme.LIGHT)


def test_another_visits_report_is_never_shown_meanwhile(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    session, preview = opened.session, page.inspector.preview
    page.inspector.show_view("preview")
    session.select(Where("", "K2"))
    qtbot.waitUntil(lambda: preview.stack.currentWidget() is not preview.none, timeout=10_000)
    session.select(Where("", "K3"))
    assert preview.stack.currentWidget() is preview.none
    qtbot.waitUntil(lambda: preview.stack.currentWidget() is not preview.none, timeout=10_000)
