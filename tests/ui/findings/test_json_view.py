"""The JSON view marks rows and shows them, with and without numbers beside them."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCharFormat
from pytestqt.qtbot import QtBot

from ldbu_desktop.findings.model import Severity
from ldbu_desktop.ui.findings.json_view import JsonView
from ldbu_desktop.ui.theme import colour

TEXT = "\n".join(["{", *(f'  "name{number}": {number},' for number in range(1, 200)), "}"])


@pytest.fixture(params=[False, True], ids=["plain", "numbered"])
def view(request: pytest.FixtureRequest, qtbot: QtBot) -> JsonView:
    made = JsonView("json", has_numbers=request.param)
    qtbot.addWidget(made)
    made.resize(400, 200)
    with qtbot.waitExposed(made):
        made.show()
    made.show_lines(TEXT, lambda row: row + 100)
    return made


def test_rows_are_marked_and_shown(view: JsonView) -> None:
    view.mark(range(150, 153))
    (mark,) = view.extraSelections()
    assert mark.cursor.selectedText().split("\u2029") == [f'  "name{number}": {number},' for number in (150, 151, 152)]
    assert mark.format.background().color() == colour("accent_tint")
    assert mark.format.property(QTextCharFormat.Property.FullWidthSelection)
    assert view.verticalScrollBar().value() > 0
    view.mark(None)
    assert view.extraSelections() == []


def test_a_row_with_a_finding_is_marked_in_its_colour(view: JsonView) -> None:
    view.mark(range(3, 4), {3: Severity.LOOK_AT, 5: Severity.REJECTED})
    (mark,) = view.extraSelections()
    assert mark.cursor.blockNumber() == 3
    assert mark.format.background().color() == colour("check_tint")
    view.redraw()
    assert view.marked == range(3, 4)
    assert len(view.extraSelections()) == 1


def test_rows_that_are_not_there_are_not_marked(view: JsonView) -> None:
    view.mark(range(5000, 5001))
    assert view.extraSelections() == []
    view.mark(range(0))
    assert view.extraSelections() == []


def test_the_same_lines_stay_scrolled_as_they_are(view: JsonView) -> None:
    view.mark(range(150, 151))
    place = view.verticalScrollBar().value()
    view.show_lines(TEXT)
    assert view.extraSelections() == []
    assert view.verticalScrollBar().value() == place
    view.show_lines("{}")
    assert view.verticalScrollBar().value() == 0


def test_names_have_a_colour_and_values_have_the_text_s(view: JsonView) -> None:
    block = view.document().findBlockByNumber(1)
    (name,) = block.layout().formats()
    assert block.text()[name.start : name.start + name.length] == '"name1"'
    assert name.format.foreground().color() == colour("accent")
