"""The sheet of keys is true: each of its keys does what it says, also while a field of the form has the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ldbu_desktop.editing.answers import answer_at
from ldbu_desktop.editing.operations import AnswerField
from ldbu_desktop.journal.fields import CITIZEN_ORGANISATION
from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.actions import ACTIONS
from ldbu_desktop.ui.form.answer_line import AnswerLine
from ldbu_desktop.ui.form.choice_bar import ChoiceBar
from ldbu_desktop.ui.form.instrument_head import InstrumentHead
from ldbu_desktop.ui.form.page import FormPage
from ldbu_desktop.ui.inspector.next_finding import next_finding
from ldbu_desktop.ui.keys import FIELD_KEYS
from ldbu_desktop.ui.main_window import MainWindow
from tests.profiles import each
from tests.ui.form.hand import child_of, family_of, field_named, focused, press, session_of, settled, typed

KEYED = [data for data in ACTIONS if data.shortcut]


@pytest.mark.parametrize("name", each(["weight", "sleep", "visit.class", "epds-1"], 2))
def test_every_key_of_an_action_is_heard_in_every_kind_of_field(
    trial: MainWindow, page: FormPage, name: str, qtbot: QtBot
) -> None:
    heard: list[str] = []
    for data in KEYED:
        action = trial.actions_[data.id]
        action.setEnabled(True)
        action.triggered.disconnect()
        action.triggered.connect(lambda _checked=False, id=data.id: heard.append(id))
    for data in KEYED:
        page.go_to(field_named(page, name))
        target = QApplication.focusWidget()
        assert target is not None
        pressed = QKeySequence(data.shortcut)[0]
        QTest.keyClick(target, pressed.key(), pressed.keyboardModifiers())
    assert heard == [data.id for data in KEYED]


def went(page: FormPage, way: Callable[[], None], start: str) -> str:
    """Where the keyboard is after a key that was pressed in the field ``start``."""
    page.go_to(field_named(page, start))
    way()
    return focused()


def forward(page: FormPage) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down):
        assert went(page, lambda key=key: press(key), "weight") == "height"  # type: ignore[misc]


def back(page: FormPage) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    assert went(page, lambda: press(Qt.Key.Key_Backtab, shift), "height") == "weight"
    assert went(page, lambda: press(Qt.Key.Key_Up), "height") == "weight"


def by_number(page: FormPage) -> None:
    bar = field_named(page, "sleep").input
    assert isinstance(bar, ChoiceBar)
    for number in (1, 2, 3):
        assert went(page, lambda number=number: typed(str(number)), "sleep") != "sleep"  # type: ignore[misc]
        assert bar.answer == bar.options[number - 1].code


def confirmed(page: FormPage) -> None:
    field = field_named(page, "visit.class")
    session_of(page).do(AnswerField(field.at.where, ""))
    line = field.input
    assert isinstance(line, QLineEdit)
    assert line.placeholderText()
    assert went(page, lambda: press(Qt.Key.Key_Return), "visit.class") != "visit.class"
    assert not answer_at(session_of(page).journal, field.at.where).is_empty


def looked_through(page: FormPage) -> None:
    bar = field_named(page, "sleep").input
    assert isinstance(bar, ChoiceBar)
    page.go_to(field_named(page, "sleep"))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Space):
        press(key)
    assert bar.answer in {option.code for option in bar.options}


def taken_away(page: FormPage) -> None:
    bar = field_named(page, "sleep").input
    assert isinstance(bar, ChoiceBar)
    page.go_to(field_named(page, "sleep"))
    assert bar.answer
    press(Qt.Key.Key_Delete)
    assert bar.answer == ""


def unfolded(page: FormPage) -> None:
    head = field_named(page, "epds-1").input
    assert isinstance(head, InstrumentHead)
    for key, is_open in ((Qt.Key.Key_Space, True), (Qt.Key.Key_Left, False), (Qt.Key.Key_Right, True)):
        page.go_to(field_named(page, "epds-1"))
        press(key)
        assert head.is_open is is_open


def taken_back(page: FormPage) -> None:
    line = field_named(page, "weight").input
    assert isinstance(line, AnswerLine)
    page.go_to(field_named(page, "weight"))
    typed("999")
    press(Qt.Key.Key_Escape)
    assert line.text() == ""


WALK = (forward, back, by_number, confirmed, looked_through, taken_away, unfolded, taken_back)


def test_every_key_of_a_field_does_what_the_sheet_says(trial: MainWindow, page: FormPage, qtbot: QtBot) -> None:
    assert len(WALK) == len(FIELD_KEYS)
    for step in WALK:
        step(page)
        settled(qtbot, trial)


def test_f7_finds_what_is_wrong_in_a_visit_of_no_known_kind(trial: MainWindow, page: FormPage, qtbot: QtBot) -> None:
    session = session_of(page)
    visit, family = session.selection.visit, family_of(trial)
    session.edit(Where(family, visit, "", "visit.type"), "ukendt slags")
    settled(qtbot, trial)
    found = next_finding(session, 1)
    assert found is not None
    assert found.location.visit == visit


def test_f7_goes_down_a_form_and_on_to_the_people(trial: MainWindow, page: FormPage, qtbot: QtBot) -> None:
    session = session_of(page)
    visit, family = session.selection.visit, family_of(trial)
    for name, raw in (("height", "lang"), ("sleep", "nonsens"), ("weight", "tung")):
        session.do(AnswerField(field_named(page, name).at.where, raw))
    session.edit(Where(family, "", child_of(trial), CITIZEN_ORGANISATION), "12")
    settled(qtbot, trial)
    session.select(Where(visit=visit))
    page.go_to(page.form.order[0])
    for name in ("sleep", "weight", "height"):  # as they stand in the form, not as they were answered
        qtbot.keyClick(trial, Qt.Key.Key_F7)
        assert focused() == name
    page.go_to(field_named(page, "weight"))
    qtbot.waitUntil(lambda: session.selection.variable == "weight")
    session.do(AnswerField(field_named(page, "weight").at.where, "5250"))
    qtbot.keyClick(trial, Qt.Key.Key_F7)
    assert focused() == "height"
    for _ in range(2):
        qtbot.keyClick(trial, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert session.selection == Where(family, "", child_of(trial), CITIZEN_ORGANISATION)
    line = QApplication.focusWidget()
    assert isinstance(line, AnswerLine)
    assert line.text() == "12"
