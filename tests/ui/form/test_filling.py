"""What is begun in the middle of the window, by keyboard: families, people and visits, and what can't be begun."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from ldbu_desktop import clock
from ldbu_desktop.editing.answers import answer_at
from ldbu_desktop.editing.operations import AddVisit, AnswerField
from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.fields import OBSERVATION_UNIT
from ldbu_desktop.journal.model import Entry
from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.children.values_model import SOURCE
from ldbu_desktop.ui.form.choice_bar import ChoiceBar
from ldbu_desktop.ui.form.field_row import FieldRow
from ldbu_desktop.ui.form.filling import Filling
from ldbu_desktop.ui.form.page import FormPage
from ldbu_desktop.ui.form.period_field import PeriodField
from ldbu_desktop.ui.form.pick_line import Option, PickLine
from ldbu_desktop.ui.main_window import MainWindow
from tests.profiles import each
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
    session_of,
    settled,
    typed,
    waiting,
)
from tests.ui.form.test_form import unfolded


@pytest.fixture
def empty(window: MainWindow, qtbot: QtBot) -> Filling:
    """The middle of a window with a trial in which there is nobody yet."""
    window.commands.files.opening.trial()
    waiting(window, qtbot)
    window.pages.go("children")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return filling_of(window)


def test_without_a_family_a_visit_begins_with_one(empty: Filling, window: MainWindow, qtbot: QtBot) -> None:
    before = window.session.journal.families
    assert before == ()
    assert empty.keyboard is empty.family_page.first
    empty.add_citizen(is_child=True)
    empty.begin_visit("2-months", "nobody")
    empty.begin_beside()
    empty.move_visit()
    empty.remove_visit()
    empty.remove_person()
    assert window.session.journal.families == before
    empty.choose_visit()
    settled(qtbot, window)
    assert len(window.session.journal.families) == 1
    assert empty.keyboard is empty.family_page.visit


def test_what_a_new_family_lacks_is_told_when_it_is_asked_for(empty: Filling, window: MainWindow, qtbot: QtBot) -> None:
    session, page = window.session, empty.family_page
    empty.begin_family()
    settled(qtbot, window)
    family = family_of(window)
    assert page.about.text() == "0 kontakter  ·  mangler 4 oplysninger"
    of_record = ("citizen.cpr", "citizen.organisation")
    rows = [row for row in page.findChildren(FieldRow) if row.objectName().startswith(of_record)]
    assert len(rows) == 4
    assert not any(row.told for row in rows)
    assert "Noget mangler endnu." in children_of(window).inspector.none.text.text()
    assert session.work.state(Where(family)) == (Severity.INFO, 4)
    window.actions_["validate"].trigger()
    assert session.work.state(Where(family)) == (Severity.REJECTED, 4)
    assert all(row.told for row in rows)
    session.edit(Where(family, "", child_of(window), "citizen.organisation"), "451000016003")
    assert page.about.text() == "0 kontakter  ·  mangler 3 oplysninger"


def test_a_visit_that_is_begun_is_not_rejected_yet(trial: MainWindow, page: FormPage) -> None:
    """It is not ready, and below the findings stands where to see what it lacks."""
    assert "0 klar, 1 ikke klar endnu" in trial.status.state.text()
    assert page.summary.missing.isVisible()
    assert "Noget mangler endnu." in children_of(trial).inspector.none.text.text()


@pytest.mark.parametrize(("width", "is_above"), each([(560, True), (900, False), (300, False)], 2))
def test_answers_have_a_line_of_their_own_where_that_keeps_them_on_one(
    qtbot: QtBot, width: int, is_above: bool
) -> None:
    bar = ChoiceBar("burden")
    qtbot.addWidget(row := FieldRow("burden", bar, is_inline=True))
    row.name("Belastning for barnet")
    bar.show_options([Option(str(at), "Virkelig meget") for at in range(1, 4)])
    assert bar.line_width < 560
    row.resize(width, row.arrange(width))
    assert (bar.x() == 0) is is_above
    assert (bar.y() > 0) is is_above
    assert bar.geometry().bottom() < row.height()


def test_where_nothing_is_known_of_a_child_yet_the_visit_before_birth_comes_first(
    trial: MainWindow, qtbot: QtBot
) -> None:
    filling = filling_of(trial)
    filling.begin_family()
    settled(qtbot, trial)
    assert any(one.is_child for one in trial.session.journal.families[-1].citizens)
    filling.choose_visit()
    settled(qtbot, trial)
    assert filling.new_visit.type.options[0].words == "Graviditetsbesøg"


def test_a_visit_begins_by_danish_clocks(page: FormPage, trial: MainWindow) -> None:
    visit = trial.session.visit(trial.session.selection.visit)
    assert visit is not None
    assert isinstance(visit.start.value, datetime)
    assert visit.start.value.utcoffset() == clock.now().utcoffset()


def test_a_new_visit_by_keyboard_alone(trial: MainWindow, qtbot: QtBot) -> None:
    """Type, whom with, and back again; Enter in the last field begins."""
    filling = filling_of(trial)
    filling.add_citizen(is_child=True)
    settled(qtbot, trial)
    filling.choose_visit()
    settled(qtbot, trial)
    page = filling.new_visit
    assert filling.keyboard is page.type
    page.begin.click()
    assert focused() == page.type.objectName()
    typed("a")
    assert page.type.answer == page.type.options[9].code
    page.type.setFocus()
    press(Qt.Key.Key_Up)
    assert focused() == page.cancel.objectName()
    page.type.setFocus()
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_Return)
    assert focused() == page.who.objectName()
    press(Qt.Key.Key_Return)
    assert focused() == page.begin.objectName()
    page.who.setFocus()
    press(Qt.Key.Key_Up)
    assert focused() == page.type.objectName()
    press(Qt.Key.Key_Escape)
    assert filling.currentWidget() is filling.family_page
    filling.choose_visit()
    settled(qtbot, trial)
    page.type.setFocus()
    typed("11")
    settled(qtbot, trial)
    assert len(trial.session.journal.families[0].visits) == 1
    qtbot.waitUntil(lambda: filling.currentWidget() is filling.form_page and filling.form_page.field is not None)
    assert filling.form_page.field is not None
    assert filling.keyboard is filling.form_page.field.row.entry


def test_what_can_not_be_begun_is_told_and_changes_nothing(
    trial: MainWindow, page: FormPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, filling = trial.session.journal, filling_of(trial)

    def refused(*_: object) -> None:
        raise CallFault("form-unknown", form="x", nearest="y")

    monkeypatch.setattr("ldbu_desktop.editing.operations.with_visit_beside", refused)
    with qtbot.waitSignal(trial.session.failed):
        filling.begin_beside()
    monkeypatch.setattr("ldbu_desktop.editing.operations.with_parent", refused)
    with qtbot.waitSignal(trial.session.failed):
        filling.add_citizen(is_child=False)
    assert trial.session.journal is before
    assert trial.message.isVisible()


def test_ones_own_form_is_chosen_from_those_of_the_visit_type(
    trial: MainWindow, page: FormPage, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "kort.yaml").write_text(
        "id: kort\ntitle: {da: Kort, en: Short}\nvisits: [2-months]\nsections:\n"
        "  - id: a\n    title: {da: A, en: A}\n    fields:\n      - {variable: weight}\n",
        encoding="utf-8",
    )
    (tmp_path / "fejl.yaml").write_text("id: x\n", encoding="utf-8")
    with qtbot.waitSignal(trial.session.failed):
        trial.session.forms.use_folder(tmp_path)
        page.show_selected()
    assert "fejl.yaml" in trial.message.text.text()
    page.choice.click()
    menu = page.findChild(QMenu, "formChoices")
    assert menu is not None
    ours, own = menu.actions()
    assert "kort.yaml" in own.text()
    assert [one.isChecked() for one in (ours, own)] == [True, False]
    own.trigger()
    menu.close()
    assert [field.at.name for field in page.form.order] == ["weight"]
    ours.trigger()
    assert len(page.form.order) > 1


def test_a_list_opens_with_space_or_a_click_and_takes_what_is_picked(page: FormPage, qtbot: QtBot) -> None:
    field = field_named(page, "visit.class")
    line = field.input
    assert isinstance(line, PickLine)
    session_of(page).do(AnswerField(field.at.where, ""))
    page.go_to(field)
    press(Qt.Key.Key_Space)
    assert line.list.isVisible()
    line.completer().activated.emit(line.options[1].words)
    line.list.hide()
    assert answer_at(session_of(page).journal, field.at.where).value == line.options[1].code
    session_of(page).do(AnswerField(field.at.where, ""))
    page.go_to(field)
    typed(line.options[0].words)
    line.list.hide()
    press(Qt.Key.Key_Return)
    assert answer_at(session_of(page).journal, field.at.where).value == line.options[0].code
    page.go_to(field_named(page, "weight"))
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert line.list.isVisible()
    line.list.hide()


def test_the_ends_of_the_form_lead_out_of_it(trial: MainWindow, page: FormPage) -> None:
    page.go_to(page.form.order[0])
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert focused() == page.summary.missing.objectName()
    page.go_to(page.form.order[-1])
    press(Qt.Key.Key_Down)
    assert focused() == page.next.objectName()
    last = page.form.stops[-1]
    assert isinstance(last, QPushButton)
    last.setFocus()
    press(Qt.Key.Key_Tab)
    assert children_of(trial).inspector.isAncestorOf(keyboard())


def test_what_was_found_is_gone_to_from_the_summary(trial: MainWindow, page: FormPage, qtbot: QtBot) -> None:
    page.go_to(field_named(page, "weight"))
    typed("300")
    press(Qt.Key.Key_Return)
    page.summary.found.click()
    settled(qtbot, trial)
    assert focused() == "weight"


def test_a_finding_below_a_field_and_the_words_not_obtained_can_be_clicked(
    trial: MainWindow, page: FormPage, qtbot: QtBot
) -> None:
    weight = field_named(page, "weight")
    page.go_to(weight)
    typed("300")
    press(Qt.Key.Key_Return)
    weight.row.grab()
    qtbot.mouseClick(weight.row, Qt.MouseButton.LeftButton, pos=weight.row.told_areas[0].center())
    chosen = trial.session.finding
    assert chosen is not None
    assert chosen.code == weight.row.told[0].finding.code
    sleep = field_named(page, "sleep")
    page.go_to(sleep)
    sleep.row.grab()
    qtbot.mouseClick(sleep.row, Qt.MouseButton.LeftButton, pos=sleep.row.missing_area.center())
    assert sleep.row.is_reasoned
    sleep.row.grab()
    weight.row.grab()
    page.next.setFocus()
    qtbot.mouseClick(weight.row, Qt.MouseButton.LeftButton, pos=weight.row.rect().topLeft())
    assert focused() == "weight"


def test_sums_and_marks_are_drawn(page: FormPage) -> None:
    page.go_to(field_named(page, "epds-1"))
    press(Qt.Key.Key_Space)
    line = score_line(page, "epds-1-score")
    assert line is not None
    low = line.arrange(line.width())
    plain = line.grab().toImage()
    typed("3" * 10)
    assert line.arrange(line.width()) > low
    assert line.arrange(200) > line.arrange(900)
    assert line.grab().toImage() != plain
    assert "30" in line.accessibleName()


def test_another_family_is_told_apart(trial: MainWindow, page: FormPage, qtbot: QtBot) -> None:
    """With a family that is selected nothing of another one is touched."""
    filling = filling_of(trial)
    filling.begin_family()
    settled(qtbot, trial)
    assert trial.session.selection.family != family_of(trial)
    filling.add_citizen(is_child=True)
    settled(qtbot, trial)
    first, second = trial.session.journal.families
    assert len([one for one in first.citizens if one.is_child]) == 1
    assert len([one for one in second.citizens if one.is_child]) == 2
    trial.session.select(Where(first.key, first.visits[0].key))
    assert child_of(trial) == first.visits[0].subject.value


def test_a_number_is_typed_as_people_say_it_and_echoed_as_it_was_read(page: FormPage) -> None:
    for name, said, value, unit, shown, echoed in (
        ("weight", "5,25 kg", "5250", "g", "5250", "5\u00a0250\u00a0g"),
        ("weight", "5.250", "5250", "g", "5250", "5\u00a0250\u00a0g"),
        ("weight", "5½", "5500", "g", "5500", "5\u00a0500\u00a0g"),
        ("weight", "5,2555 kg", "5255.5", "g", "5255,5", "5\u00a0255,5\u00a0g"),
        ("height", "57½", "57.5", "cm", "57,5", ""),
    ):
        field = field_named(page, name)
        page.go_to(field)
        typed(said)
        press(Qt.Key.Key_Return)
        assert str(answer_at(session_of(page).journal, field.at.where).value) == value
        assert answer_at(session_of(page).journal, field.at.where._replace(field=OBSERVATION_UNIT)).value == unit
        assert isinstance(field.input, QLineEdit)
        assert field.input.text() == shown
        assert field.row.reading == echoed
        around = field.row.section, echoed, field.row.demand
        assert field.input.accessibleDescription() == "; ".join(filter(None, around))
        assert not field.row.readings


def test_what_is_found_and_asked_for_is_heard_at_the_field(page: FormPage) -> None:
    """What is drawn around a field is told with it: that it is required, and what is found there, with its weight."""
    weight, sleep, feeding = (field_named(page, name) for name in ("weight", "sleep", "feeding"))
    page.go_to(weight)
    typed("52")
    press(Qt.Key.Key_Return)
    told = [words for words in weight.input.accessibleDescription().split("; ") if words.startswith("Se efter: ")]
    assert told == [f"Se efter: {found.text}" for found in weight.row.told] != []
    assert isinstance(sleep.input, ChoiceBar)
    assert sleep.input.accessibleDescription().endswith(f"{sleep.input.options[-1].words}. kræves af gatewayen")
    assert isinstance(feeding.input, PeriodField)
    assert feeding.row.demand
    assert feeding.input.bar.accessibleDescription().endswith(f". Hverdagen; {feeding.row.demand}")  # it begins there


def test_a_time_alone_is_on_the_day_of_the_visit(page: FormPage) -> None:
    visit = session_of(page).visit(session_of(page).selection.visit)
    assert visit is not None
    unfolded(page, "end")
    field = field_named(page, "visit.end")
    page.go_to(field)
    typed("2359")
    press(Qt.Key.Key_Return)
    end = answer_at(session_of(page).journal, field.at.where).value
    assert isinstance(end, datetime)
    assert f"{end:%H:%M}" == "23:59"
    assert isinstance(visit.start.value, datetime)
    assert end.date() == visit.start.value.astimezone(end.tzinfo).date()


@pytest.mark.parametrize(("number", "value"), [(1, "5250"), (2, "5.25")])
def test_where_two_readings_are_possible_one_is_chosen(page: FormPage, number: int, value: str) -> None:
    """Neither is a plausible height: what was typed stays, with its finding, until one of two buttons is pressed."""
    field = field_named(page, "height")
    page.go_to(field)
    typed("5.250")
    press(Qt.Key.Key_Return)
    assert answer_at(session_of(page).journal, field.at.where) == Entry(None, "5.250")
    assert [made.text() for made in field.row.readings] == ["5\u00a0250\u00a0cm", "5,25\u00a0cm"]
    assert any(told.severity is Severity.REJECTED for told in field.row.told)
    assert focused() == "height-reading-1"
    field.row.grab()
    for _ in range(number - 1):
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert str(answer_at(session_of(page).journal, field.at.where).value) == value
    assert not field.row.readings
    assert not focused().startswith("height")
    page.go_to(field)
    assert focused() == "height"


@pytest.fixture
def unknown(trial: MainWindow, page: FormPage, qtbot: QtBot) -> str:
    """A visit of a type that nobody knows, as one of an export may be, beside the one that is filled; its key."""
    session, family = trial.session, family_of(trial)
    session.do(
        AddVisit(Where(family, subject=child_of(trial)), "infant-preventive", datetime(2026, 11, 2, 10, tzinfo=UTC))
    )
    made = session.work.families(family)[0].visits[-1].key
    session.edit(Where(family, made, field="visit.type"), "Besøg, som ingen kender")
    settled(qtbot, trial)
    return made


def test_a_visit_of_an_unknown_type_shows_its_own_values_and_no_other_s_form(
    trial: MainWindow, page: FormPage, unknown: str, qtbot: QtBot
) -> None:
    session, children = trial.session, children_of(trial)
    other = session.selection.visit
    session.select(Where(visit=unknown))
    settled(qtbot, trial)
    assert children.middle.currentWidget() is children.visit_page
    values = children.visit_page.values
    assert values.isColumnHidden(values.values.place_of(SOURCE))
    for row in range(values.values.rowCount()):  # as high as its words need in the columns as they are
        cell = values.values.index(row, 0)
        needed = values.itemDelegate().sizeHint(QStyleOptionViewItem(), cell)
        assert values.visualRect(cell).height() == needed.height()
    children.take_keyboard()
    assert values.hasFocus()
    trial.commands.not_obtained()
    children.settle()
    trial.commands.validate()
    children.step_pane(1)
    session.select_finding(next(one for one in session.work.findings_at(Where(visit=unknown))))
    settled(qtbot, trial)
    values.setFocus()
    session.edit(Where(family_of(trial), unknown, field="visit.type"), "Almindelig forebyggende småbørnskontakt")
    settled(qtbot, trial)
    assert children.middle.currentWidget() is children.filling
    assert children.filling.isAncestorOf(keyboard())
    assert page.heading.text().startswith("Almindelig")
    session.undo()
    settled(qtbot, trial)
    assert children.middle.currentWidget() is children.visit_page
    session.select(Where(visit=other))
    settled(qtbot, trial)
    assert children.middle.currentWidget() is children.filling


def test_a_new_visit_can_be_begun_whatever_is_in_the_middle(
    trial: MainWindow, page: FormPage, unknown: str, qtbot: QtBot
) -> None:
    session, children = trial.session, children_of(trial)
    session.select(Where(visit=unknown))
    trial.actions_["new-visit"].trigger()
    assert children.middle.currentWidget() is children.filling
    assert children.filling.new_visit.isVisible()
    children.filling.new_visit.cancel.click()
    assert children.middle.currentWidget() is children.visit_page
