"""The form of a visit: what it shows, what keys do, what is told when, and that nothing is told too early."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.editing.operations import AnswerField
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.ui.form import choice_bar
from ldbu_desktop.ui.form.choice_bar import ChoiceBar
from ldbu_desktop.ui.form.code_list import CodeList
from ldbu_desktop.ui.form.form_field import FormField
from ldbu_desktop.ui.form.inner_button import InnerButton
from ldbu_desktop.ui.form.instrument_head import InstrumentHead
from ldbu_desktop.ui.form.interventions import Interventions
from ldbu_desktop.ui.form.list_field import ListField
from ldbu_desktop.ui.form.page import FormPage
from ldbu_desktop.ui.form.period_field import PeriodField
from ldbu_desktop.ui.form.pick_line import Option
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN, COVERAGE, DEADLINES, DELIVERY, HISTORY, REPORTS, START
from ldbu_desktop.ui.theme import colour
from tests.ui.form.hand import (
    child_of,
    children_of,
    family_of,
    field_named,
    filling_of,
    focused,
    keyboard,
    press,
    score_line,
    settled,
    typed,
)
from tests.ui.paints import Paints


def test_the_folds_of_sections_are_told_apart(page: FormPage) -> None:
    folds = [one.accessibleName() for one in page.findChildren(QPushButton) if one.objectName().startswith("fold-")]
    assert len(set(folds)) == len(folds) > 1


def test_every_input_has_the_variables_id_and_an_accessible_name(page: FormPage) -> None:
    page.go_to(field_named(page, "epds-1"))
    press(Qt.Key.Key_Space)
    names = [field.at.name for field in page.form.order]
    assert len(names) == len(set(names))
    assert {"visit.class", "weight", "parent-mental-status-1", "epds-1", "epds.1humor-1", "feeding"} <= set(names)
    for field in page.form.order:
        assert field.row.entry.accessibleName(), field.at.name
        part = field.input
        inner = part.line if isinstance(part, ListField) else part
        inner = part.bar if isinstance(part, PeriodField) else inner
        assert inner.objectName() == field.at.name


def test_what_is_missing_is_told_quietly_until_it_is_asked_for(trial: MainWindow, page: FormPage) -> None:
    session = trial.session
    gateway, guide = page.form.missing()
    assert gateway
    assert guide
    assert str(len(gateway) + len(guide)) in page.summary.missing.text()
    assert not any(field.row.told for field in page.form.order if field.at.where.variable == "weight")
    assert session.work.state(Where(visit=session.selection.visit))[0] is not Severity.REJECTED
    assert not any(
        finding_types()[cause.code].tells == "absence"
        for cause in session.work.causes(Where(visit=session.selection.visit))
    )
    trial.actions_["validate"].trigger()
    assert session.work.state(Where(visit=session.selection.visit))[0] is Severity.REJECTED
    assert field_named(page, "weight").row.told[0].severity is Severity.REJECTED
    page.summary.missing.click()
    assert focused() == "parent-relationship"


def test_what_keeps_a_visit_back_from_its_family_is_told_and_gone_to(
    trial: MainWindow, page: FormPage, qtbot: QtBot
) -> None:
    session = trial.session
    visit, family = session.selection.visit, session.journal.families[0]
    assert page.summary.kept.isHidden()
    parent = next(one for one in family.citizens if not one.is_child)
    session.edit(Where(family.key, "", parent.key, "citizen.cpr"), "")
    settled(qtbot, trial)
    assert session.findings is not None
    keepers = [one for one in session.findings.obstacles(visit) if one.location.visit != visit]
    assert keepers
    assert page.summary.kept.isVisible()
    page.summary.kept.click()
    assert (session.selection.visit, session.finding) == ("", keepers[0])


def test_a_finding_comes_when_the_field_is_left_and_goes_when_it_is_mended(trial: MainWindow, page: FormPage) -> None:
    weight = field_named(page, "weight")
    page.go_to(weight)
    typed("525")
    assert weight.row.told == ()
    press(Qt.Key.Key_Return)
    assert weight.row.told
    assert focused() == "height"
    press(Qt.Key.Key_Up)
    assert focused() == "weight"
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    typed("5,3 kg")
    press(Qt.Key.Key_Down)
    assert weight.row.told == ()
    assert isinstance(weight.input, QLineEdit)
    assert weight.input.text() == "5300"


def test_pasted_line_breaks_and_esc(page: FormPage) -> None:
    weight = field_named(page, "weight")
    page.go_to(weight)
    QApplication.clipboard().setText("52\n50\n")
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Escape)
    assert isinstance(weight.input, QLineEdit)
    assert weight.input.text() == ""
    typed("31")
    press(Qt.Key.Key_Tab)
    assert weight.row.told


def test_not_obtained_is_said_with_a_reason_and_the_trap_of_measurements_is_told_at_once(
    trial: MainWindow, page: FormPage
) -> None:
    sleep = field_named(page, "sleep")
    page.go_to(sleep)
    trial.actions_["not-obtained"].trigger()
    assert focused() == "sleep-missing"
    typed("1")
    visit = trial.session.visit(trial.session.selection.visit)
    assert visit is not None
    (observation,) = (one for one in visit.observations if one.variable.value == "sleep")
    assert observation.missing_reason.value is not None
    assert "sleep" not in {one.location.variable for pair in page.form.missing() for one in pair}
    page.go_to(sleep)
    trial.actions_["not-obtained"].trigger()
    assert not sleep.row.is_reasoned
    weight = field_named(page, "weight")
    page.go_to(weight)
    trial.actions_["not-obtained"].trigger()
    typed("1")
    assert "missing-reason-contradicted" in {told.finding.code for told in weight.row.told}


def test_digits_answer_arrows_look_and_delete_takes_away(page: FormPage) -> None:
    field = field_named(page, "sleep")
    bar = field.input
    assert isinstance(bar, ChoiceBar)
    page.go_to(field)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    assert bar.answer == bar.options[1].code
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Space)
    assert bar.answer == bar.options[0].code
    press(Qt.Key.Key_Delete)
    assert bar.answer == ""
    typed("3")
    assert bar.answer == bar.options[2].code
    assert focused() != "sleep"


def test_clicks_answer_too(page: FormPage, qtbot: QtBot) -> None:
    bar = field_named(page, "sleep").input
    assert isinstance(bar, ChoiceBar)
    for expected in (bar.options[0].code, ""):
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.areas[0].center())
        assert bar.answer == expected
    qtbot.mouseMove(bar, bar.areas[1].center())


def test_an_instrument_opens_counts_and_marks(page: FormPage) -> None:
    head = field_named(page, "epds-1")
    page.go_to(head)
    press(Qt.Key.Key_Right)
    assert isinstance(head.input, InstrumentHead)
    assert head.input.is_open
    press(Qt.Key.Key_Return)
    assert focused() == "epds.1humor-1"
    typed("3" * 10)
    assert "30" in head.input.accessibleName()
    score = score_line(page, "epds-1-score")
    assert score is not None
    assert len(score.marks) == 2
    page.go_to(head)
    press(Qt.Key.Key_Space)
    assert not head.input.is_open
    assert "epds.1humor-1" not in {field.at.name for field in page.form.order}


def test_optional_fields_unfold_and_an_answered_one_stays(page: FormPage, trial: MainWindow) -> None:
    names = {field.at.name for field in page.form.order}
    assert "passive-smoking" not in names
    fold = page.findChild(QPushButton, "fold-daily")
    assert fold is not None
    fold.click()
    field = field_named(page, "passive-smoking")
    page.go_to(field)
    typed("1")
    fold = page.findChild(QPushButton, "fold-daily")
    assert "passive-smoking" in {one.at.name for one in page.form.order}


def test_questionnaires_that_are_open_together_have_their_own_rows(page: FormPage) -> None:
    for name in ("aims", "topi"):
        page.go_to(field_named(page, name))
        press(Qt.Key.Key_Space)
    names = [field.at.name for field in page.form.order]
    assert len(names) == len(set(names))
    rows = list(page.body.rows)
    assert len(rows) == len(set(map(id, rows)))
    who = [field_named(page, f"{name}.response.informer") for name in ("aims", "topi")]
    page.go_to(who[0])
    typed("1")
    bars = [field.input for field in who]
    assert all(isinstance(bar, ChoiceBar) for bar in bars)
    assert [bool(bar.answer) for bar in bars if isinstance(bar, ChoiceBar)] == [True, False]


def test_what_was_given_up_with_a_section_is_made_anew(page: FormPage, trial: MainWindow, qtbot: QtBot) -> None:
    """Folds and sums go when nothing is folded or the questionnaire is closed, and come again."""
    head = field_named(page, "epds-1")
    sums = []
    for is_open in (True, False, True):
        page.go_to(head)
        press(Qt.Key.Key_Space)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        sums.append(score_line(page, "epds-1-score") is not None)
        assert isinstance(head.input, InstrumentHead)
        assert head.input.is_open is is_open
    assert sums == [True, False, True]
    unfolded(page, "daily")
    field = field_named(page, "passive-smoking")
    page.go_to(field)
    typed("1")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert page.findChild(QPushButton, "fold-daily") is None
    trial.actions_["undo"].trigger()
    fold = page.findChild(QPushButton, "fold-daily")
    assert fold is not None
    assert fold.text()


def test_findings_stand_on_as_many_lines_as_they_need(page: FormPage, trial: MainWindow) -> None:
    weight = field_named(page, "weight")
    before = weight.row.height()
    page.go_to(weight)
    typed("300")
    press(Qt.Key.Key_Return)
    QApplication.processEvents()
    (told,) = weight.row.told
    needed = weight.row.fontMetrics().horizontalAdvance(told.text) // weight.row.width()
    assert needed >= 1
    assert weight.row.height() > before + weight.row.fontMetrics().height()
    weight.row.grab()
    assert weight.row.told_areas[0].bottom() <= weight.row.height()


def unfolded(page: FormPage, section: str) -> None:
    """Unfold a section."""
    fold = page.findChild(QPushButton, f"fold-{section}")
    assert fold is not None
    fold.click()


ANSWERS = (
    ("weight", "5250"),
    ("weight", "525"),
    ("weight", "zz"),
    ("weight", ""),
    ("height", "57,5 cm"),
    ("head-circumference", "90"),
    ("sleep", "Søvn med normale variationer"),
    ("sleep", "Søvnproblem"),
    ("sleep", ""),
    ("feeding", "Ammes primært"),
    ("parent-relationship", "Velfungerende forældre-barn-relation"),
    ("parent-mental-status-1", "zzz"),
    ("parent-mental-status-1", ""),
    ("epds.1humor-1", "1"),
    ("epds.2happiness-1", "2"),
    ("epds.1humor-1", ""),
    ("passive-smoking", "Ja"),
    ("passive-smoking", "Nej"),
    ("passive-smoking", ""),
    ("sight", "zzz"),
    ("sight", ""),
    ("weight", "5250"),
    ("visit.class", "AMB"),
    ("visit.class", "HH"),
)


def test_what_follows_each_answer_is_what_the_form_shows_when_it_is_made_anew(
    page: FormPage, trial: MainWindow
) -> None:
    page.go_to(field_named(page, "epds-1"))
    press(Qt.Key.Key_Space)
    page.next.setFocus()
    trial.actions_["validate"].trigger()
    place = field_named(page, "weight").at.where
    for name, raw in ANSWERS:
        known = next((one.at.where for one in page.form.order if one.at.name == name), None)
        trial.session.do(AnswerField(known or place._replace(variable=name), raw))
        QApplication.processEvents()
        followed, names = page.body.grab().toImage(), [one.at.name for one in page.form.order]
        page.form.retell()
        QApplication.processEvents()
        assert [one.at.name for one in page.form.order] == names, (name, raw)
        assert page.body.grab().toImage() == followed, (name, raw)


def test_findings_are_found_by_typing(page: FormPage, trial: MainWindow) -> None:
    unfolded(page, "findings")
    field = field_named(page, "exam-result")
    picked = field.input
    assert isinstance(picked, CodeList)
    page.go_to(field)
    words = picked.line.options[0].words
    typed(words)
    press(Qt.Key.Key_Return)
    visit = trial.session.visit(trial.session.selection.visit)
    assert visit is not None
    assert [one.value.value for one in visit.observations if one.variable.value == "exam-result"] == [
        picked.line.options[0].code
    ]
    chip = page.findChild(QPushButton, "exam-result-chosen-1")
    assert chip is not None
    assert chip.text() == words
    chip.click()
    visit = trial.session.visit(trial.session.selection.visit)
    assert visit is not None
    assert not [one for one in visit.observations if one.variable.value == "exam-result"]


def test_interventions_are_begun_with_a_reason_ended_and_removed(page: FormPage, trial: MainWindow) -> None:
    unfolded(page, "findings")
    field = field_named(page, "intervention.code")
    part = field.input
    assert isinstance(part, Interventions)
    page.go_to(field)
    typed(part.line.options[0].words)
    press(Qt.Key.Key_Return)
    session = trial.session
    visit = session.visit(session.selection.visit)
    assert visit is not None
    (begun,) = visit.interventions
    row = part.rows[begun.key]
    assert focused() == f"intervention.reasons-{begun.key}"
    typed(row.reason.options[0].words)
    press(Qt.Key.Key_Return)
    row.reason.setFocus()
    typed(row.reason.options[1].words)
    press(Qt.Key.Key_Return)
    row.reason.setFocus()
    press(Qt.Key.Key_Tab)
    assert focused().endswith("-less")
    press(Qt.Key.Key_Return)
    assert focused() == f"intervention.reasons-{begun.key}"
    row.end.click()
    visit = session.visit(session.selection.visit)
    assert visit is not None
    (over,) = visit.interventions
    assert [one.value for one in over.reasons] == [row.reason.options[0].code]
    assert not over.end.is_empty
    row.remove.click()
    visit = session.visit(session.selection.visit)
    assert visit is not None
    assert visit.interventions == ()


def test_what_was_typed_when_another_page_was_gone_to_is_shown_on_the_way_back(
    page: FormPage, trial: MainWindow, qtbot: QtBot
) -> None:
    unfolded(page, "findings")
    field = field_named(page, "intervention.code")
    assert isinstance(field.input, Interventions)
    page.go_to(field)
    typed(field.input.line.options[0].words)
    trial.pages.go("start")
    settled(qtbot, trial)
    visit = trial.session.visit(trial.session.selection.visit)
    assert visit is not None
    (begun,) = visit.interventions
    trial.pages.go("children")
    assert list(field.input.rows) == [begun.key]
    field.input.rows[begun.key].reason.setFocus()
    trial.session.undo()
    assert not field.input.rows
    assert field.input.line.hasFocus()


def test_an_action_leaves_a_line_whose_list_stands_open(page: FormPage, trial: MainWindow, qtbot: QtBot) -> None:
    unfolded(page, "findings")
    field = field_named(page, "intervention.code")
    assert isinstance(field.input, Interventions)
    page.go_to(field)
    typed(field.input.line.options[0].words[:12])
    assert field.input.line.list.isVisible()
    trial.actions_["next-finding"].trigger()
    assert not field.input.line.list.isVisible()


def test_what_is_being_typed_is_taken_wherever_it_stands(page: FormPage, trial: MainWindow, qtbot: QtBot) -> None:
    """As when the window is closed or the case is locked while one types."""
    filling, session = filling_of(trial), trial.session
    unfolded(page, "findings")
    field = field_named(page, "intervention.code")
    assert isinstance(field.input, Interventions)
    page.go_to(field)
    field.input.line.setText(field.input.line.options[0].words)
    filling.settle()
    visit = session.visit(session.selection.visit)
    assert visit is not None
    assert len(visit.interventions) == 1
    session.select(Where(family_of(trial)))
    settled(qtbot, trial)
    line = next(one for one in filling.family_page.findChildren(QLineEdit) if one.objectName() == "citizen.name-1")
    line.setFocus()
    line.setText("Emma")
    filling.settle()
    assert session.journal.families[0].citizens[0].name.value == "Emma"


def test_an_earlier_intervention_is_continued(page: FormPage, trial: MainWindow, qtbot: QtBot) -> None:
    session = trial.session
    place = field_named(page, "sleep").at.where
    code = next(iter(session.standard.concepts(session.standard.variable["intervention.code"])))
    session.do(AnswerField(place._replace(variable="", field="intervention.code"), code))
    first = session.selection.visit
    filling = filling_of(trial)
    filling.begin_visit("infant-need-based", child_of(trial))
    settled(qtbot, trial)
    part = field_named(filling.form_page, "intervention.code").input
    assert isinstance(part, Interventions)
    (row,) = part.rows.values()
    row.go_on.click()
    visit = session.visit(session.selection.visit)
    assert visit is not None
    assert visit.key != first
    assert len(visit.based_on) == 1


def test_feeding_periods(page: FormPage, trial: MainWindow) -> None:
    field = field_named(page, "feeding")
    part = field.input
    assert isinstance(part, PeriodField)
    part.toggle.click()
    assert part.is_open
    part.what.setFocus()
    typed("1")
    typed("01-01-2026")
    press(Qt.Key.Key_Return)
    typed("01-02-2026")
    press(Qt.Key.Key_Return)
    assert len(part.periods) == 1
    page.grab()
    part.removers[0].click()
    assert part.periods == ()


def test_a_proposal_is_shown_until_it_is_confirmed(trial: MainWindow, qtbot: QtBot) -> None:
    filling = filling_of(trial)
    filling.begin_visit("2-months", child_of(trial))
    qtbot.waitUntil(lambda: focused() == "visit.class")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    assert line.text() == ""
    assert line.placeholderText()
    session = trial.session
    visit = session.visit(session.selection.visit)
    assert visit is not None
    assert visit.visit_class.is_empty
    press(Qt.Key.Key_Return)
    visit = session.visit(session.selection.visit)
    assert visit is not None
    assert visit.visit_class.value == "HH"


def test_undo_and_redo_go_to_the_field(trial: MainWindow, page: FormPage) -> None:
    weight = field_named(page, "weight")
    page.go_to(weight)
    typed("5250")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(weight.input, QLineEdit)
    assert weight.input.text() == ""
    trial.actions_["redo"].trigger()
    assert weight.input.text() == "5250"


@pytest.mark.parametrize("other", [START, REPORTS, HISTORY, COVERAGE, DEADLINES, DELIVERY])
def test_undo_and_redo_on_other_pages_go_to_what_they_change(
    trial: MainWindow, page: FormPage, qtbot: QtBot, other: str
) -> None:
    """Nothing is undone out of sight, whether or not its place was looked at last."""
    page.go_to(field_named(page, "weight"))
    typed("5250")
    press(Qt.Key.Key_Return)
    page.go_to(field_named(page, "weight"))
    settled(qtbot, trial)
    for action, text in (("undo", ""), ("redo", "5250")):
        trial.pages.go(other)
        settled(qtbot, trial)
        trial.actions_[action].trigger()
        settled(qtbot, trial)
        assert trial.pages.shown_id == CHILDREN
        assert focused() == "weight"
        line = field_named(page, "weight").input
        assert isinstance(line, QLineEdit)
        assert line.text() == text


def test_two_parents_are_told_apart(trial: MainWindow, page: FormPage, qtbot: QtBot) -> None:
    filling = filling_of(trial)
    filling.add_citizen(is_child=False)
    settled(qtbot, trial)
    visit = trial.session.journal.families[0].visits[0].key
    from ldbu_desktop.journal.where import Where

    trial.session.select(Where(family_of(trial), visit))
    names = {field.at.name for field in page.form.order}
    assert {"parent-mental-status-1", "parent-mental-status-2"} <= names
    first, second = (field_named(page, f"parent-mental-status-{number}") for number in (1, 2))
    page.go_to(second)
    typed("2")
    assert isinstance(first.input, ChoiceBar)
    assert isinstance(second.input, ChoiceBar)
    assert (first.input.answer == "", second.input.answer != "") == (True, True)


def test_findings_lead_to_fields_and_fields_to_definitions(trial: MainWindow, page: FormPage, qtbot: QtBot) -> None:
    page.go_to(field_named(page, "weight"))
    typed("525")
    press(Qt.Key.Key_Return)
    trial.actions_["next-finding"].trigger()
    for _ in range(10):
        if focused() == "weight":
            break
        trial.actions_["next-finding"].trigger()
    assert focused() == "weight"
    page.go_to(field_named(page, "sleep"))
    qtbot.waitUntil(lambda: trial.session.selection.variable == "sleep")


@pytest.mark.parametrize("language", list(Language))
def test_the_form_is_told_in_both_languages_and_looks(trial: MainWindow, page: FormPage, language: Language) -> None:
    from ldbu_desktop.ui.theme import ColourScheme

    trial.commands.choose_language(language)
    trial.commands.choose_look(ColourScheme.DARK)
    assert field_named(page, "sleep").row.heading == ("Sleep" if language is Language.ENGLISH else "Søvn")
    page.grab()
    trial.commands.choose_look(ColourScheme.LIGHT)


def test_one_home_visit_can_be_two_encounters(trial: MainWindow, page: FormPage, qtbot: QtBot) -> None:
    session = trial.session
    first = session.visit(session.selection.visit)
    trial.actions_["new-beside"].trigger()
    settled(qtbot, trial)
    second = session.visit(session.selection.visit)
    assert first is not None
    assert second is not None
    assert second.key != first.key
    assert second.start.value == first.start.value
    assert second.subject.value != first.subject.value
    trial.actions_["new-beside"].trigger()
    assert len(session.journal.families[0].visits) == 2


def test_only_what_moves_is_painted_where_a_finding_comes(trial: MainWindow, page: FormPage) -> None:
    number = field_named(page, "weight")
    page.go_to(number)
    QApplication.processEvents()
    rows = [one.row for one in page.form.order]
    at = rows.index(number.row)
    shown = [row for row in rows if not row.visibleRegion().isEmpty()]
    paints = [Paints(row) for row in shown]
    height = page.body.height()
    trial.session.do(AnswerField(number.at.where, "90000", number.at.field.unit))
    QApplication.processEvents()
    assert page.body.height() > height
    above = [one.count for one, row in zip(paints, shown, strict=True) if rows.index(row) < at]
    assert len(above) > 1
    assert set(above) == {0}


def test_what_is_scrolled_and_grows_with_one_key_is_moved_as_it_is_painted(trial: MainWindow, page: FormPage) -> None:
    number = field_named(page, "weight")
    page.go_to(number)
    bar, bottom = page.scrolling.verticalScrollBar(), number.row.geometry().bottom()
    bar.setValue(bottom + 1 - page.scrolling.viewport().height())
    QApplication.processEvents()
    seen = [one.row for one in page.form.order if not one.row.visibleRegion().isEmpty()]
    above = [row for row in seen if row.geometry().bottom() < number.row.y()]
    paints, scrolled, height = [Paints(row) for row in above], bar.value(), page.body.height()
    typed("90000")
    press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert bar.value() > scrolled
    assert page.body.height() > height
    assert len(above) > 1
    assert {one.count for one in paints} == {0}


def test_the_field_that_the_keyboard_came_to_stays_in_sight_where_much_grows_above_it(
    trial: MainWindow, page: FormPage
) -> None:
    number = field_named(page, "weight")
    page.go_to(number)
    number.row.hint = " ".join(["mange ord"] * 200)
    typed("90000")
    press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert page.field is not None
    assert page.field is not number
    assert page.field.row.visibleRegion().boundingRect() == page.field.row.rect()


def test_answers_further_down_are_drawn_before_they_are_gone_to(
    page: FormPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[ChoiceBar] = []
    monkeypatch.setattr(ChoiceBar, "draw_ahead", lambda bar: drawn.append(bar))
    page.show_selected()
    bars = [one.input for one in page.form.order if isinstance(one.input, ChoiceBar)]
    assert any(bar.visibleRegion().isEmpty() for bar in bars)
    qtbot.waitUntil(lambda: drawn == bars)


@pytest.mark.parametrize("has_focus", [False, True])
def test_what_was_drawn_ahead_is_not_drawn_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, has_focus: bool
) -> None:
    bar = ChoiceBar("ahead")
    bar.show_options([Option(str(at), f"Et svar for sig selv {at} {has_focus}") for at in range(3)])
    qtbot.addWidget(bar)
    bar.resize(400, 40)
    bar.show()
    bar.activateWindow()
    asked: list[str] = []
    monkeypatch.setattr(choice_bar, "colour", lambda name: asked.append(name) or colour(name))
    bar.draw_ahead()
    assert asked
    asked.clear()
    if has_focus:
        bar.setFocus()
        qtbot.waitUntil(bar.hasFocus)
    plain = bar.grab().toImage()
    assert not asked
    bar.show_answer("1")
    assert bar.grab().toImage() != plain
    assert asked


def test_tab_comes_to_what_is_folded_away_and_goes_on_behind_the_form(
    trial: MainWindow, page: FormPage, qtbot: QtBot
) -> None:
    fold = page.findChild(QPushButton, "fold-daily")
    assert fold is not None
    page.start()
    passed: list[QWidget | None] = []
    while fold not in passed:
        press(Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    assert not fold.visibleRegion().isEmpty()
    press(Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is passed[-2]
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert focused() == "passive-smoking"
    inspector = children_of(trial).inspector
    for _ in range(40):
        press(Qt.Key.Key_Tab)
        if inspector.isAncestorOf(keyboard()):
            break
        passed.append(keyboard())
    assert inspector.isAncestorOf(keyboard())
    after = [one.at.name for one in page.form.order]
    come_to = {part.objectName() for part in passed if part is not None}
    assert come_to >= set(after[after.index("passive-smoking") + 1 :])
    settled(qtbot, trial)
    QTest.keyClick(keyboard(), Qt.Key.Key_Backtab)
    assert page.isAncestorOf(keyboard())


def test_enter_passes_what_is_folded_away_by(page: FormPage) -> None:
    stops = page.form.stops
    at = next(at for at, one in enumerate(stops) if isinstance(one, QPushButton))
    last = stops[at - 1]
    assert isinstance(last, FormField)
    page.go_to(last)
    press(Qt.Key.Key_Down)
    assert not isinstance(QApplication.focusWidget(), QPushButton)


def test_what_is_no_field_claims_none_for_f8(trial: MainWindow, page: FormPage, qtbot: QtBot) -> None:
    fold = page.findChild(QPushButton, "fold-daily")
    assert fold is not None
    weight = field_named(page, "weight")
    for other in (fold, page.next, page.summary.missing):
        page.go_to(weight)
        assert weight.row.is_here
        other.setFocus()
        qtbot.waitUntil(other.hasFocus)
        assert not weight.row.is_here
        press(Qt.Key.Key_F8)
        assert other.hasFocus()
        assert not weight.row.is_reasoned
    page.go_to(weight)
    press(Qt.Key.Key_F8)
    assert weight.row.is_reasoned


def test_links_of_the_form_stand_below_each_other(page: FormPage) -> None:
    """And no ring around one is cut off by what it stands in."""
    feeding = field_named(page, "feeding").input
    assert isinstance(feeding, PeriodField)
    links = [feeding.toggle, *(one for one in page.findChildren(InnerButton) if one.objectName().startswith("fold-"))]
    assert len({link.mapTo(page.body, link.rect().topLeft()).x() for link in links}) == 1
    for link in links:
        around = link.parentWidget()
        assert around is not None
        assert around.rect().contains(link.geometry())
