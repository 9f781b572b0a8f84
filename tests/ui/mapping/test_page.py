"""The page of the columns by keyboard alone: what is answered holds, what waits next is looked at."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.language import Language
from ldbu_desktop.mapping.links import (
    NOT_THIS_ANSWER,
    OF_SHEET,
    ColumnLink,
    ContentKind,
    Evidence,
    Link,
    Part,
    Place,
    Profile,
    State,
    Subject,
    Target,
    ValueLink,
)
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.mapping.choice_dialog import ChoiceDialog
from ldbu_desktop.ui.mapping.desk import MappingDesk
from ldbu_desktop.ui.mapping.head import ROWS, Head
from ldbu_desktop.ui.mapping.lines import ColumnLine, Shown
from ldbu_desktop.ui.mapping.links_pane import LinksPane
from ldbu_desktop.ui.mapping.page import MappingPage
from ldbu_desktop.ui.mapping.words import mark_words
from ldbu_desktop.ui.pages import MAPPING
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import OPEN
from ldbu_desktop.ui.theme import BODY, GRID, font, scaled
from tests.ui.hand import activate, dialog
from tests.ui.mapping.made import FILE, SHEET, column, foreign, many

TABLE = Place(FILE, SHEET, 1)
START = Target("visit.start", Part.START)
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def at(column: int, variable: str = "", value: str | None = None) -> Place:
    """The place of a column, or of a text in it."""
    return Place(FILE, SHEET, 1, column, variable, value)


def link(desk: MappingDesk, place: Place) -> Link:
    """The link at a place as it is now."""
    return desk.links.by_place[place]


def press(qtbot: QtBot, page: MappingPage, *keys: Qt.Key) -> None:
    """Press keys in the list."""
    for key in keys:
        qtbot.keyClick(page.links.list, key)


def chooser(page: MappingPage) -> ChoiceDialog:
    """The dialog that is open."""
    made = dialog(page, "mappingChoices")
    assert isinstance(made, ChoiceDialog)
    return made


def test_it_begins_with_what_waits_first(page: MappingPage, desk: MappingDesk) -> None:
    assert desk.place == at(2, "visit.type", "2 mdr")
    assert page.links.list.currentIndex().data() == "2 mdr"


def test_enter_says_yes_and_goes_on(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    press(qtbot, page, Qt.Key.Key_Return, Qt.Key.Key_Enter)
    assert link(desk, at(2, "visit.type", "2 mdr")).state is State.KNOWN
    assert link(desk, at(3)).state is State.KNOWN
    assert link(desk, at(3)).approval is not None
    assert desk.place == at(4)
    assert link(desk, at(4)).state is State.PROPOSED


def test_enter_asks_what_it_is_where_nothing_is_proposed(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    desk.select(at(6))
    press(qtbot, page, Qt.Key.Key_Return)
    asked = chooser(page)
    qtbot.keyClicks(asked.line, "søvn")
    qtbot.keyClick(asked.line, Qt.Key.Key_Return)
    chosen = link(desk, at(6))
    assert isinstance(chosen, ColumnLink)
    assert (chosen.state, chosen.target) == (State.KNOWN, Target("sleep", Part.VALUE, Subject.CHILD))
    assert desk.place == at(7)
    qtbot.waitUntil(page.links.list.hasFocus)


def test_enter_pressed_once_too_often_chooses_nothing(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    press(qtbot, page, Qt.Key.Key_F2)
    asked = chooser(page)
    was = desk.proposal
    qtbot.keyClick(asked.line, Qt.Key.Key_Return)
    assert asked.isVisible()
    assert desk.proposal is was
    qtbot.keyClick(asked, Qt.Key.Key_Down)
    qtbot.keyClick(asked.line, Qt.Key.Key_Return)
    assert not asked.isVisible()
    assert desk.proposal is not was


def test_a_letter_begins_the_search(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    desk.select(at(6))
    qtbot.keyClicks(page.links.list, "m")
    assert chooser(page).line.text() == "m"
    qtbot.keyClicks(chooser(page).line, "otorik")
    qtbot.keyClick(chooser(page).line, Qt.Key.Key_Return)
    assert getattr(link(desk, at(6)), "target", None) == Target("motor-function", Part.VALUE, Subject.CHILD)


def test_a_digit_says_what_a_text_means(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    desk.select(at(4, "feeding", "delvis"))
    qtbot.keyClicks(page.links.list, "3")
    said = link(desk, at(4, "feeding", "delvis"))
    assert isinstance(said, ValueLink)
    assert (said.state, said.code) == (State.KNOWN, list(desk.standard.concepts(desk.standard.variable["feeding"]))[2])
    desk.select(at(4, "feeding", "delvis"))
    page.reading.chosen.emit(1)
    assert getattr(link(desk, at(4, "feeding", "delvis")), "code", "") != said.code
    page.reading.chosen.emit(99)  # no such answer: nothing is done


def test_a_text_may_be_said_to_be_no_value(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    desk.select(at(4, "feeding", "delvis"))
    press(qtbot, page, Qt.Key.Key_Space)
    qtbot.keyClicks(chooser(page).line, "ikke spurgt")
    qtbot.keyClick(chooser(page).line, Qt.Key.Key_Return)
    said = link(desk, at(4, "feeding", "delvis"))
    assert isinstance(said, ValueLink)
    assert (said.code, said.missing) == (None, "not-asked")


def test_a_text_below_one_answer_may_say_that_it_is_not_that_one(
    page: MappingPage, desk: MappingDesk, qtbot: QtBot
) -> None:
    made = foreign()
    apart = Target("feeding", Part.ANSWER, Subject.CHILD)
    columns = (replace(each, target=apart) if each.column == 4 else each for each in made.columns)
    desk.show([], replace(made, columns=tuple(columns)))
    desk.select(at(4, "feeding", "delvis"))
    press(qtbot, page, Qt.Key.Key_F2)
    qtbot.keyClicks(chooser(page).line, "nej")
    qtbot.keyClick(chooser(page).line, Qt.Key.Key_Return)
    assert getattr(link(desk, at(4, "feeding", "delvis")), "code", None) == NOT_THIS_ANSWER
    assert page.links.list.currentIndex().isValid()


def test_all_that_is_shown_is_approved_at_once_and_nothing_else(
    page: MappingPage, desk: MappingDesk, qtbot: QtBot
) -> None:
    page.links.search.setText("a")
    page.links.search.settle()
    shown = {one.place for one in page.links.proposed}
    page.links.search.clear()
    page.links.search.settle()
    everything = {one.place for one in page.links.proposed}
    assert shown < everything
    page.links.filter.button(Shown.WAITING).click()
    desk.select(at(3))
    qtbot.keyClick(page.links.list, Qt.Key.Key_Return, CONTROL | SHIFT)
    assert {link(desk, place).state for place in everything} == {State.KNOWN}
    assert link(desk, at(6)).state is State.UNMAPPED
    assert not page.links.approve.isVisible()
    desk.undo()
    assert link(desk, at(3)).state is State.PROPOSED
    assert page.links.approve.isVisible()


def test_the_order_of_dates_is_asked_and_never_just_approved(
    page: MappingPage, desk: MappingDesk, qtbot: QtBot
) -> None:
    days = Profile(ContentKind.DATE, 12, 9, samples=("05/08/2020", "06/13/2020"))
    unknown = column(1, "Besøgsdato", State.PROPOSED, START, days, Evidence("date-order-unknown", {"share": 20}))
    proposal = foreign()
    desk.show([], replace(proposal, columns=(proposal.columns[0], unknown, *proposal.columns[2:])))
    desk.select(at(1))
    assert not page.reading.approve.isEnabled()
    assert [one.what.order for one in page.reading.answers if isinstance(one.what, Target)] == [DateForm.MONTH_FIRST]
    assert not desk.approve([unknown]) or link(desk, at(1)).state is State.PROPOSED
    press(qtbot, page, Qt.Key.Key_Return)
    assert chooser(page).choices[0].what == replace(START, order=DateForm.MONTH_FIRST)
    qtbot.keyClick(chooser(page).line, Qt.Key.Key_Escape)
    desk.select(at(1))
    qtbot.keyClicks(page.links.list, "1")
    said = link(desk, at(1))
    assert isinstance(said, ColumnLink)
    assert (said.state, said.target) == (State.KNOWN, replace(START, order=DateForm.MONTH_FIRST))


def test_all_alike_are_answered_at_once(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    desk.select(at(6))
    assert [one.place for one in desk.alike()] == [at(6), at(7)]
    qtbot.keyClick(page.links.list, Qt.Key.Key_Delete, SHIFT)
    assert [link(desk, at(column)).state for column in (6, 7)] == [State.LEFT_OUT] * 2
    desk.select(at(3))
    qtbot.keyClick(page.links.list, Qt.Key.Key_Return, SHIFT)
    assert link(desk, at(3)).state is State.KNOWN


def test_what_is_rejected_is_not_proposed_any_more(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    desk.select(at(3))
    press(qtbot, page, Qt.Key.Key_Backspace)
    assert link(desk, at(3)).state is State.UNMAPPED
    assert desk.place == at(3)
    press(qtbot, page, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
    assert link(desk, at(3)).state is State.LEFT_OUT


def test_f7_goes_round_what_waits(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    seen = []
    for _ in range(11):
        seen.append(desk.place)
        press(qtbot, page, Qt.Key.Key_F7)
    assert seen[0] == seen[10]
    assert len(set(seen)) == 10
    qtbot.keyClick(page.links.list, Qt.Key.Key_F7, SHIFT)
    assert desk.place == seen[10]


def test_every_answer_can_be_taken_back_and_taken_again(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    before = desk.proposal
    press(qtbot, page, Qt.Key.Key_Return, Qt.Key.Key_Return)
    after = desk.proposal
    for _ in range(2):
        qtbot.keyClick(page.links.list, Qt.Key.Key_Z, CONTROL)
    assert desk.proposal == before
    assert desk.place == at(2, "visit.type", "2 mdr")
    assert not desk.can_undo
    qtbot.keyClick(page.links.list, Qt.Key.Key_Z, CONTROL)
    for _ in range(3):
        qtbot.keyClick(page.links.list, Qt.Key.Key_Y, CONTROL)
    assert desk.proposal == after
    assert not desk.can_redo


def test_what_is_the_same_for_all_is_set_once(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    class_, sor = TABLE._replace(variable="visit.class"), TABLE._replace(variable="citizen.organisation")
    desk.select(class_)
    press(qtbot, page, Qt.Key.Key_Return)
    qtbot.keyClicks(chooser(page).line, "hjemme")
    qtbot.keyClick(chooser(page).line, Qt.Key.Key_Return)
    assert desk.constant(class_) == "HH"
    desk.select(sor)
    press(qtbot, page, Qt.Key.Key_F2)
    qtbot.keyClicks(chooser(page).line, "451000016003")
    qtbot.keyClick(chooser(page).line, Qt.Key.Key_Return)
    assert [(one.variable, one.value) for one in desk.proposal.tables[0].constants] == [
        ("visit.class", "HH"),
        ("citizen.organisation", "451000016003"),
    ]
    desk.select(class_)
    press(qtbot, page, Qt.Key.Key_Delete)
    assert desk.constant(class_) == ""
    assert not desk.set_constant(Place("other", "", 1, variable="visit.class"), "HH")


def test_what_the_name_of_a_sheet_says_is_taken_by_a_yes(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    proposal, class_ = foreign(), TABLE._replace(variable="visit.class")
    said = Evidence(OF_SHEET, {"sheet": "Hjemmebesøg", "variable": "visit.class", "codes": "HH"})
    desk.show([], replace(proposal, tables=(replace(proposal.tables[0], evidence=(said,)),)))
    desk.select(class_)
    shown = page.links.list.currentIndex()
    assert "Hjemmebesøg" in shown.siblingAtColumn(2).data()
    assert shown.siblingAtColumn(1).data() == "Foreslået"
    assert "»Hjemmebesøg«" in page.reading.page.toPlainText()
    assert desk.waits(class_)
    press(qtbot, page, Qt.Key.Key_Return)
    assert desk.constant(class_) == "HH"
    assert desk.place != class_


def test_left_and_right_fold_the_texts_of_a_column(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    desk.select(at(4, "feeding", "fuld"))
    press(qtbot, page, Qt.Key.Key_Left)
    assert desk.place == at(4)
    assert not page.links.model.index_of(at(4, "feeding", "fuld")).isValid()
    press(qtbot, page, Qt.Key.Key_Right)
    assert page.links.model.index_of(at(4, "feeding", "fuld")).isValid()
    index = page.links.model.index_of(at(4))
    page.links.list.clicked.emit(index)
    assert not page.links.model.index_of(at(4, "feeding", "fuld")).isValid()
    desk.select(at(4, "feeding", "fuld"))
    assert page.links.list.currentIndex().data() == "fuld"
    desk.select(TABLE)
    press(qtbot, page, Qt.Key.Key_Right)
    assert desk.place == TABLE


def test_up_and_down_look_at_every_line(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    desk.select(TABLE)
    seen = {desk.place}
    for _ in range(len(page.links.model.rows)):
        press(qtbot, page, Qt.Key.Key_Down)
        seen.add(desk.place)
    assert seen == {line.place for line in page.links.model.rows}


def test_filters_and_the_search_narrow_the_list(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    page.links.filter.choose(Shown.LEFT_OUT)
    assert [line.link.column for line in page.links.model.rows if isinstance(line, ColumnLine)] == [8]
    page.links.filter.choose(Shown.ALL)
    qtbot.keyClick(page.links.list, Qt.Key.Key_F, CONTROL)
    assert page.links.search.hasFocus()
    qtbot.keyClicks(page.links.search, "vgt")
    qtbot.keyClick(page.links.search, Qt.Key.Key_Return)
    assert desk.place == at(3)
    assert page.links.list.hasFocus()
    assert not desk.can_undo
    page.reading.leave.setFocus()
    qtbot.keyClick(page.reading.leave, Qt.Key.Key_Return)  # the button's own key, and not the list's
    assert link(desk, at(3)).state is State.LEFT_OUT
    page.links.search.setText("intet af det")
    qtbot.waitUntil(page.links.none.isVisible)
    qtbot.keyClick(page.links.search, Qt.Key.Key_Return)
    assert page.links.list.hasFocus()


def test_the_list_obeys_qt_after_every_change(
    page: MappingPage, desk: MappingDesk, qtmodeltester: ModelTester, qtbot: QtBot
) -> None:
    model = page.links.model
    qtmodeltester.check(model)
    page.accept()
    qtmodeltester.check(model)
    desk.undo()
    qtmodeltester.check(model)
    page.links.filter.choose(Shown.WAITING)
    qtmodeltester.check(model)
    desk.show([], many())
    qtmodeltester.check(model)
    desk.clear()
    qtmodeltester.check(model)
    assert not model.index_of(None).isValid()


def test_buttons_do_what_the_keys_do(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    desk.select(at(3))
    reading = page.reading
    reading.approve.click()
    assert link(desk, at(3)).state is State.KNOWN
    desk.select(at(3))
    assert not reading.approve.isEnabled()
    page.accept()
    assert desk.place == at(4)
    reading.reject.click()
    assert link(desk, at(4)).state is State.UNMAPPED
    reading.leave.click()
    assert link(desk, at(4)).state is State.LEFT_OUT
    desk.select(at(6))
    assert reading.alike.isHidden()  # nothing is proposed that could be approved
    reading.choose.click()
    chooser(page).reject()
    page.links.list.doubleClicked.emit(page.links.list.currentIndex())
    chooser(page).reject()


def test_the_keyboard_stays_at_a_button_that_answers_and_f7_takes_it_to_the_list(
    page: MappingPage, desk: MappingDesk, window: MainWindow, qtbot: QtBot
) -> None:
    activate(window, qtbot)
    leave, reject = page.reading.leave, page.reading.reject
    leave.setFocus()
    first = desk.place
    qtbot.keyClick(leave, Qt.Key.Key_Return)
    assert desk.place != first
    assert leave.hasFocus()
    reject.setFocus()
    qtbot.keyClick(reject, Qt.Key.Key_Return)
    assert not reject.isEnabled()
    assert page.links.list.hasFocus()
    leave.setFocus()
    page.head.view.choose(ROWS)
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_F7)
    assert page.links.list.isVisible()
    assert page.links.list.hasFocus()


def test_alike_can_be_clicked_where_there_is_more_than_one(page: MappingPage, desk: MappingDesk) -> None:
    proposal = many(4, 0)
    same = [ColumnLink(FILE, SHEET, 1, at, f"SDQ {at}", State.PROPOSED, Target("sleep")) for at in range(4)]
    desk.show([], type(proposal)(proposal.tables, tuple(same), ()))
    assert page.reading.alike.isVisible()
    assert "4" in page.reading.alike.text()
    page.reading.alike.click()
    assert {one.state for one in desk.proposal.columns} == {State.KNOWN}


def test_what_is_looked_at_is_explained(page: MappingPage, desk: MappingDesk) -> None:
    told = page.reading.page
    desk.select(at(3))
    assert "Vægt" in told.toPlainText()
    assert "5250" in told.toPlainText()
    assert desk.standard.variable["weight"].explanation.da in told.toPlainText()
    desk.select(at(4, "feeding", "delvis"))
    assert "180 celler" in told.toPlainText()
    desk.select(at(4, "feeding", "-"))
    assert "Mangler: Ukendt" in told.toPlainText()
    desk.select(TABLE)
    assert "412 rækker" in told.toPlainText()
    desk.select(TABLE._replace(variable="visit.class"))
    assert "én gang" in told.toPlainText()
    desk.select(None)
    assert "Vælg en kolonne" in told.toPlainText()
    page.accept()
    page.leave_out()
    page.reject()
    assert not desk.can_undo


def test_numbers_of_persons_are_covered(page: MappingPage, desk: MappingDesk, window: MainWindow) -> None:
    odd = ColumnLink(FILE, SHEET, 1, 0, "Journal 0505209996", State.UNMAPPED)
    desk.show([], type(desk.proposal)(desk.proposal.tables, (odd,), ()))
    page.choose()
    texts = [page.links.list.currentIndex().data(), page.reading.page.toPlainText(), chooser(page).windowTitle()]
    assert not [text for text in texts if "0505209996" in text]
    chooser(page).reject()


def test_while_a_file_is_read_it_is_not_said_that_there_are_no_columns(
    page: MappingPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.desk.clear()
    read = threading.Event()
    window.jobs.start(OPEN, lambda: "Læser", lambda _progress, _cancellation: read.wait(10), noted, noted)
    assert page.none.heading.text() == "Læser …"
    read.set()
    qtbot.waitUntil(lambda: not window.jobs.is_busy())
    assert page.none.heading.text() == "Ingen kolonner at svare på"
    assert window.status.state.text() == "Ingen filer er åbne"


def test_what_a_file_waits_for_is_told_at_the_bottom(page: MappingPage, window: MainWindow) -> None:
    window.session.ask_mapping([Path("fremmed.xlsx")], page.desk.proposal)
    assert window.status.state.text() == "Filen læses, når dens kolonner er besvaret"


def noted(_what: object) -> None:
    """What becomes of it is nobody's here."""


def test_without_files_it_says_what_it_is_for(page: MappingPage, desk: MappingDesk, window: MainWindow) -> None:
    desk.clear()
    assert page.stack.currentWidget() is page.none
    assert not page.head.isVisible()
    assert page.open_files.hasFocus()
    assert not desk.step(1)


@pytest.mark.parametrize("language", list(Language))
def test_how_certain_a_link_is_has_room_in_a_room(page: MappingPage, window: MainWindow, language: Language) -> None:
    window.commands.choose_language(language)
    window.actions_["projector"].trigger()
    QApplication.processEvents()
    header, face = page.links.list.horizontalHeader(), QFontMetrics(font(BODY))
    longest = max(map(face.horizontalAdvance, mark_words()))
    assert header.sectionSize(1) >= longest + scaled(16) + 6 * GRID
    window.actions_["projector"].trigger()
    window.commands.choose_language(Language.DANISH)


def test_very_many_columns_and_texts(page: MappingPage, desk: MappingDesk, qtbot: QtBot) -> None:
    desk.show([], many())
    assert page.links.model.rowCount() == 1 + 150 + 400 + 2
    assert page.links.list.horizontalScrollBar().maximum() == 0
    press(qtbot, page, Qt.Key.Key_F7)
    QApplication.processEvents()


@pytest.mark.parametrize("language", list(Language))
def test_every_state_has_a_word_and_an_icon(
    page: MappingPage, desk: MappingDesk, window: MainWindow, language: Language
) -> None:
    window.commands.choose_language(language)
    page.accept()
    model = page.links.model
    marks = {mark.word(): mark.icon for line in model.rows if (mark := model.mark(line)) is not None}
    assert len(marks) >= 6
    assert all(marks.values())
    spoken = {model.cell(row, "state").data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())}
    assert {word for word in marks if not any(word in text for text in spoken)} == set()


def test_the_rail_leads_to_the_page(window: MainWindow) -> None:
    window.rail.buttons[MAPPING].click()
    assert window.pages.currentWidget() is window.pages.page(MAPPING)
    assert isinstance(window.findChild(QPushButton, "mappingNoneOpen"), QPushButton)


def test_the_head_is_no_window_before_it_has_its_place(desk: MappingDesk, qtbot: QtBot) -> None:
    head = Head(desk, Retranslation())
    qtbot.addWidget(head)
    assert not head.isVisible()
    assert head.verdict.text.text()


def test_a_pane_that_is_made_when_the_proposal_is_there_shows_it(desk: MappingDesk, qtbot: QtBot) -> None:
    pane = LinksPane(desk, Retranslation())
    qtbot.addWidget(pane)
    assert next(line.place for line in pane.model.rows) == next(iter(desk.links.tables))
    assert len(pane.model.rows) > len(desk.proposal.columns)
    assert pane.list.currentIndex() == pane.model.index_of(desk.place)


def test_what_columns_are_read_as_has_all_the_room(window: MainWindow, page: MappingPage, qtbot: QtBot) -> None:
    table = page.links.list
    header = table.horizontalHeader()
    for width in (1000, 1500, 1280):
        window.resize(width, 720)
        qtbot.waitUntil(lambda: header.length() == table.viewport().width(), timeout=2000)
