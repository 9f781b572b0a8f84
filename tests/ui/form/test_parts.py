"""Fields with several parts, by keyboard: feeding periods, interventions, findings, questionnaires."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.editing.operations import AnswerField
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.fields import OBSERVATION_MISSING_REASON
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.journal.model import Entry, Observation, Visit
from ldbu_desktop.language import Language
from ldbu_desktop.ui.form.answer_line import AnswerLine
from ldbu_desktop.ui.form.code_list import CodeList
from ldbu_desktop.ui.form.form_field import FormField
from ldbu_desktop.ui.form.interventions import Interventions
from ldbu_desktop.ui.form.list_field import ListField
from ldbu_desktop.ui.form.page import FormPage
from ldbu_desktop.ui.form.period_field import FieldPeriod, PeriodField
from ldbu_desktop.ui.form.pick_line import Option, PickLine
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.theme import colour
from tests.ui.form.hand import child_of, field_named, filling_of, focused, press, settled, typed
from tests.ui.form.test_form import unfolded

SHIFT = Qt.KeyboardModifier.ShiftModifier


def visit_now(window: MainWindow) -> Visit:
    """The visit that is selected."""
    visit = window.session.visit(window.session.selection.visit)
    assert visit is not None
    return visit


def periods(window: MainWindow) -> list[Observation]:
    """The feeding periods of the first family."""
    visits = window.session.journal.families[0].visits
    return [one for visit in visits for one in visit.observations if one.is_period]


def feed(choice: str, start: str, end: str = "") -> None:
    """Type a period, from its first field to past its last."""
    typed(choice)
    typed(start)
    press(Qt.Key.Key_Return)
    typed(end)
    press(Qt.Key.Key_Return)


def feeding_of(page: FormPage) -> PeriodField:
    """The feeding field."""
    part = field_named(page, "feeding").input
    assert isinstance(part, PeriodField)
    return part


def test_what_a_period_says_stands_above_its_bar_and_never_across_it(qtbot: QtBot) -> None:
    field = PeriodField("feeding")
    qtbot.addWidget(field)
    field.show_options([Option("full", "Fuldamning, inklusiv modermælk på flaske")])
    first, last = date(2020, 5, 5), date(2020, 7, 7)
    words = "Fuldamning, inklusiv modermælk på flaske"
    field.show_periods([FieldPeriod("1", "full", words, date(2020, 5, 25), last, is_here=True)], (first, last))
    field.resize(600, field.height_for(600))
    field.show()
    ground = [colour(f"{name}_tint").rgb() for name in ("accent", "clear", "info", "check", "rejected")]
    seen, left = field.grab().toImage(), field.toggle.geometry().bottom() + 1
    rows = [y for y in range(left, left + 32) if any(seen.pixel(x, y) in ground for x in range(0, 500))]
    assert rows
    assert len(rows) < 12
    assert field.toggle.x() >= 0


def to_periods(page: FormPage) -> None:
    """Open the periods and go to the first field of a new one, by keyboard."""
    page.go_to(field_named(page, "feeding"))
    press(Qt.Key.Key_Tab)
    assert focused() == "feeding-periods"
    if not feeding_of(page).is_open:
        press(Qt.Key.Key_Return)
    for _ in range(len(page.form.order)):
        if focused() != "feeding-period":
            press(Qt.Key.Key_Tab)
    assert focused() == "feeding-period"


def test_the_former_period_is_ended_where_the_new_one_begins(trial: MainWindow, page: FormPage) -> None:
    part = feeding_of(page)
    to_periods(page)
    feed("1", "01-01-2026")
    assert focused() == "feeding-period"
    assert part.offers == ()
    feed("2", "01-03-2026")
    [offer] = part.offers
    assert focused() == f"feeding-end-{offer.ending.where.record}"
    assert page.grab().height()
    press(Qt.Key.Key_Return)
    assert part.offers == ()
    assert focused() == "feeding-period"
    assert [str(one.end.value) for one in periods(trial)] == ["2026-03-01", "None"]
    assert [str(one.end) for one in part.periods] == ["2026-03-01", "None"]
    trial.session.undo()
    assert len(part.offers) == 1
    assert periods(trial)[0].end.is_empty


def test_a_period_of_an_earlier_visit_is_shown_and_ended(trial: MainWindow, page: FormPage, qtbot: QtBot) -> None:
    to_periods(page)
    feed("1", "01-01-2026")
    filling = filling_of(trial)
    filling.begin_visit("2-months", child_of(trial))
    settled(qtbot, trial)
    page = filling.form_page
    part = feeding_of(page)
    assert [one.is_here for one in part.periods] == [False]
    assert "1" in part.toggle.text()
    to_periods(page)
    feed("2", "01-02-2026")
    assert [one.is_here for one in part.periods] == [False, True]
    press(Qt.Key.Key_Space)
    assert str(periods(trial)[0].end.value) == "2026-02-01"
    assert part.periods[0].end == periods(trial)[0].end.value
    press(Qt.Key.Key_Backtab, SHIFT)
    assert focused().startswith("feeding-remove-")
    press(Qt.Key.Key_Return)
    assert focused() == "feeding-period"
    assert [one.is_here for one in part.periods] == [False]


def test_tab_goes_through_the_parts_and_enter_passes_them_by(trial: MainWindow, page: FormPage) -> None:
    to_periods(page)
    press(Qt.Key.Key_Backtab, SHIFT)
    press(Qt.Key.Key_Backtab, SHIFT)
    assert focused() == "feeding"
    press(Qt.Key.Key_Return)
    after = focused()
    assert not after.startswith("feeding")
    page.go_to(field_named(page, "feeding"))
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert focused() == after


@pytest.mark.parametrize(
    ("what", "start", "raws"),
    [
        ("1", "", ("", "")),
        ("findes ikke", "01-01-2026", ("findes ikke", "01-01-2026")),
        ("1", "i går?", ("", "i går?")),
    ],
)
def test_a_period_that_is_left_half_typed_is_told(
    trial: MainWindow, page: FormPage, what: str, start: str, raws: tuple[str, str]
) -> None:
    """Whether by the keyboard or by going to another field: nothing that was typed is thrown away."""
    for leaves_by_key in (True, False):
        to_periods(page)
        typed(what)
        if what != "1":
            press(Qt.Key.Key_Tab)
        assert focused() == "feeding-period-start"
        typed(start)
        if leaves_by_key:
            press(Qt.Key.Key_Tab)
            press(Qt.Key.Key_Tab)
        else:
            page.go_to(field_named(page, "weight"))
        period = periods(trial)[-1]
        assert raws[1] in (period.start.raw, "")
        assert (period.value.value is not None) is (what == "1")
        assert raws[0] in ("", period.value.raw)
        assert any(told.severity is Severity.REJECTED for told in field_named(page, "feeding").row.told)
        trial.session.undo()
        assert periods(trial) == []


def test_an_intervention_goes_on_and_does_not_after_all(trial: MainWindow, page: FormPage, qtbot: QtBot) -> None:
    session = trial.session
    place = field_named(page, "sleep").at.where
    code = next(iter(session.standard.concepts(session.standard.variable["intervention.code"])))
    session.do(AnswerField(place._replace(variable="", field="intervention.code"), code))
    filling = filling_of(trial)
    filling.begin_visit("infant-need-based", child_of(trial))
    settled(qtbot, trial)
    field = field_named(filling.form_page, "intervention.code")
    part = field.input
    assert isinstance(part, Interventions)
    assert part.isVisible()
    [record] = part.rows
    filling.form_page.go_to(field)
    press(Qt.Key.Key_Tab)
    assert focused() == f"intervention-{record}-continue"
    press(Qt.Key.Key_Return)
    assert [entry.value for entry in visit_now(trial).based_on] == [record]
    press(Qt.Key.Key_Return)
    assert visit_now(trial).based_on == ()
    press(Qt.Key.Key_Tab)
    assert focused() == f"intervention-{record}-end"
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    assert focused() == "intervention.code"
    press(Qt.Key.Key_Return)
    assert not focused().startswith("intervention")


def test_only_what_goes_on_for_the_same_citizen_is_offered(trial: MainWindow, page: FormPage, qtbot: QtBot) -> None:
    session, place = trial.session, field_named(page, "sleep").at.where
    parent = next(one.key for one in session.journal.families[0].citizens if not one.is_child)
    code = next(iter(session.standard.concepts(session.standard.variable["intervention.code"])))
    assert "intervention.code" not in {field.at.name for field in page.form.order}
    session.do(AnswerField(place._replace(variable="", field="intervention.code", subject=parent), code))
    assert "intervention.code" not in {field.at.name for field in page.form.order}
    session.do(AnswerField(place._replace(variable="", field="intervention.code"), code))
    part = field_named(page, "intervention.code").input
    assert isinstance(part, Interventions)
    [begun] = [one.key for one in visit_now(trial).interventions if one.subject.value != parent]
    assert list(part.rows) == [begun]


def test_what_was_begun_here_is_taken_away_by_keyboard(trial: MainWindow, page: FormPage) -> None:
    unfolded(page, "findings")
    field = field_named(page, "intervention.code")
    part = field.input
    assert isinstance(part, Interventions)
    page.go_to(field)
    typed(part.line.options[0].words)
    press(Qt.Key.Key_Return)
    [begun] = visit_now(trial).interventions
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    assert focused() == f"intervention-{begun.key}-remove"
    press(Qt.Key.Key_Return)
    assert visit_now(trial).interventions == ()
    assert focused() == "intervention.code"


def test_a_chosen_finding_is_taken_away_by_keyboard(trial: MainWindow, page: FormPage) -> None:
    unfolded(page, "findings")
    field = field_named(page, "exam-result")
    part = field.input
    assert isinstance(part, CodeList)
    page.go_to(field)
    for option in part.line.options[:2]:
        typed(option.words)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Tab)
    assert focused() == "exam-result-chosen-1"
    press(Qt.Key.Key_Return)
    assert focused() == "exam-result"
    found = [one.value.value for one in visit_now(trial).observations if one.variable.value == "exam-result"]
    assert found == [part.line.options[1].code]
    assert [button.objectName() for button in part.rows.values()] == ["exam-result-chosen-1"]
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    assert not focused().startswith("exam-result")


def fields_with_lists(page: FormPage) -> list[FormField]:
    """The fields in which something is found by typing, those that are folded away included."""
    unfolded(page, "findings")
    return [field for field in page.form.order if isinstance(field.input, ListField | PickLine)]


def line_of(page: FormPage, name: str) -> PickLine:
    """The line of a field, with the keyboard in it and what stands there marked."""
    field = field_named(page, name)
    line = field.input.line if isinstance(field.input, ListField) else field.input
    assert isinstance(line, PickLine)
    page.go_to(field)
    line.selectAll()
    return line


def codes_said(window: MainWindow) -> set[object]:
    """The codes that a visit has: its own, of findings and of interventions."""
    visit = visit_now(window)
    return {
        visit.visit_class.value,
        *(one.value.value for one in visit.observations),
        *(one.code.value for one in visit.interventions),
    }


@pytest.mark.parametrize("by", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
@pytest.mark.parametrize("downs", [1, 2])
def test_what_is_marked_in_the_list_is_in_the_journal(
    trial: MainWindow, page: FormPage, by: Qt.Key, downs: int
) -> None:
    """The list has the keyboard while it is open: arrows mark an answer there, and Enter or Tab takes it."""
    names = [field.at.name for field in fields_with_lists(page)]
    assert {"visit.class", "exam-result", "intervention.code"} <= set(names)
    for name in names:
        line = line_of(page, name)
        typed("e")
        for _ in range(downs):
            press(Qt.Key.Key_Down)
        fitting = [option for option in line.options if "e" in option.words.casefold()]
        press(by)
        assert not line.list.isVisible()
        assert fitting[downs - 1].code in codes_said(trial)


def test_what_fits_no_answer_or_several_is_told(trial: MainWindow, page: FormPage) -> None:
    """Nothing is thrown away that was typed: it stands in the journal as it is, with a finding."""
    for name in [field.at.name for field in fields_with_lists(page)]:
        for text in ("findes ikke", "e"):
            line = line_of(page, name)
            typed(text)
            assert line.text() == text
            line.list.hide()
            press(Qt.Key.Key_Tab)
            field = field_named(page, name)
            entries = [entry.raw for entry in entries_said(trial)]
            assert text in entries
            assert any(told.severity is Severity.REJECTED for told in field.row.told)


def entries_said(window: MainWindow) -> list[Entry[Any]]:
    """What a visit says by codes, as it was written."""
    visit = visit_now(window)
    return [
        visit.visit_class,
        *(one.value for one in visit.observations),
        *(one.code for one in visit.interventions),
    ]


def test_enter_on_what_fits_several_shows_them(trial: MainWindow, page: FormPage, qtbot: QtBot) -> None:
    unfolded(page, "findings")
    field = field_named(page, "exam-result")
    assert isinstance(field.input, CodeList)
    page.go_to(field)
    typed("e")
    press(Qt.Key.Key_Escape)
    assert not field.input.line.list.isVisible()
    press(Qt.Key.Key_Return)
    assert field.input.line.list.isVisible()
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert focused() == "exam-result"
    assert field.input.line.text() == ""
    settled(qtbot, trial)


@pytest.mark.parametrize("score", ["0123012301", "3"])
def test_a_questionnaire_on_paper_is_a_digit_an_item(trial: MainWindow, page: FormPage, score: str) -> None:
    page.go_to(field_named(page, "epds-1"))
    typed(score)
    [response] = visit_now(trial).responses
    asked = trial.session.standard.questionnaire["epds"]
    answers = {one.link_id.value: one.value.value for one in response.answers if one.link_id.value != asked.score}
    assert list(answers.values()) == [int(digit) for digit in score]


@pytest.mark.parametrize("name", ["weight", "sleep"])
def test_the_reasons_are_shown_at_once_and_a_digit_chooses(trial: MainWindow, page: FormPage, name: str) -> None:
    field = field_named(page, name)
    page.go_to(field)
    trial.actions_["not-obtained"].trigger()
    reason = field.row.reason
    assert reason is not None
    assert reason.list.isVisible()
    assert reason.choice_words(reason.options[1].words) == f"2  {reason.options[1].words}"
    reason.list.grab()
    typed("2")
    assert not reason.list.isVisible()
    [said] = [one for one in visit_now(trial).observations if one.variable.value == name]
    assert said.missing_reason.value == reason.options[1].code
    assert focused() != reason.objectName()


def test_a_reason_that_is_not_offered_is_shown_where_it_stands(trial: MainWindow, page: FormPage) -> None:
    field = field_named(page, "sleep")
    standard = trial.session.standard
    trial.session.do(AnswerField(field.at.where._replace(field=OBSERVATION_MISSING_REASON), "not-a-number"))
    reason = field.row.reason
    assert reason is not None
    assert reason.text() == standard.concepts(standard.variable[OBSERVATION_MISSING_REASON])["not-a-number"].label.da
    assert [one.code for one in reason.options] == list(standard.offered(standard.variable[OBSERVATION_MISSING_REASON]))
    trial.commands.choose_language(Language.ENGLISH)
    assert reason.options[0].words == "Unknown"


def test_the_words_of_a_long_answer_have_the_lines_that_they_need(page: FormPage) -> None:
    line = line_of(page, "visit.class")
    line.show_options([Option("A", "kort"), Option("B", "et svar med mange ord " * 12)])
    line.setText("")
    line.open_list()
    heights = [line.list.visualRect(line.list.model().index(row, 0)).height() for row in range(2)]
    assert heights[1] > 2 * heights[0]
    line.list.hide()
    line.setText("e")
    assert line.choice_words("kort") == "kort"
    line.setText("")


def test_a_number_that_names_somebody_stays_readable_in_no_field(qtbot: QtBot) -> None:
    around = QWidget()
    line, other = AnswerLine("organisation"), AnswerLine("other")
    lines = QVBoxLayout(around)
    lines.addWidget(line)
    lines.addWidget(other)
    qtbot.addWidget(around)
    line.cover = without_cpr
    told: list[str] = []
    line.answered.connect(told.append)
    around.show()
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)

    line.setFocus()
    qtbot.keyClicks(line, "2911829996")
    other.setFocus()
    assert told == ["2911829996"]
    assert line.text() == "291182-••••"
    line.setFocus()
    assert line.text() == "2911829996"  # to be mended
    other.setFocus()
    line.tell()
    assert told == ["2911829996"]
    line.show_answer("0505209996")
    assert line.text() == "050520-••••"
