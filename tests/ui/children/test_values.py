"""The values of a visit: they are shown with their findings and mended where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.editing.operations import AnswerField, EditValue
from ldbu_desktop.journal.fields import INTERVENTION_REASONS, OBSERVATION_MISSING_REASON
from ldbu_desktop.journal.values import value_at
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.children.values import nearest_row, visit_rows
from ldbu_desktop.ui.children.values_delegate import ValuesDelegate
from ldbu_desktop.ui.children.values_model import FIELD, SOURCE, VALUE, Role
from ldbu_desktop.ui.file_commands import sample_path
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import BODY, enlarge, font
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.standards import shipped_standard
from tests.profiles import each
from tests.ui.conftest import open_and_wait
from tests.ui.hand import activate, texts
from tests.unit.workspace.some_import import STANDARD, found
from tests.unit.workspace.some_import import opened as clean_work


def value_index(page: ChildrenPage, label: str) -> QModelIndex:
    """The cell of the value that is called ``label``."""
    model = page.visit_page.values.values
    row = next(row for row in range(model.rowCount()) if model.index(row, 0).data() == label)
    return model.cell(row, VALUE)


def test_the_values_through_all_changes(opened: MainWindow, page: ChildrenPage, qtmodeltester: ModelTester) -> None:
    session, model = opened.session, page.visit_page.values.values
    session.select(Where(visit="K1"))
    qtmodeltester.check(model)
    told = texts(model)
    assert told[0] == "Kontakten"
    assert {"Målinger", "Observationer", "Borgere"} <= set(told)
    weight = value_index(page, "Vægt")
    assert weight.data() == "tre kilo"
    assert weight.data(Role.FINDINGS)
    assert weight.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Vægt, tre kilo, g, Afvises: ")
    assert model.cell(weight.row(), SOURCE).data() == "tre kilo g"
    assert model.cell(weight.row(), SOURCE).data(Role.PLACE) == "observationer!D2"

    assert model.setData(weight, "3350")
    assert weight.data() == "3350"
    assert not weight.data(Role.FINDINGS)
    assert len(session.work.steps.done) == 1
    assert not model.setData(weight, "3350")
    assert len(session.work.steps.done) == 1
    session.undo()
    assert weight.data() == "tre kilo"
    session.redo()
    assert weight.data() == "3350"
    opened.commands.choose_language(Language.ENGLISH)
    assert model.index(0, 0).data() == "The visit"
    session.select(Where())
    model.refill()
    assert model.rowCount() == 0


@pytest.mark.parametrize("said", each(["3,35 kg", "3.350", "3 kg 350 g", "3,35"], 2))
def test_a_value_is_typed_as_people_say_it(session: Session, page: ChildrenPage, said: str) -> None:
    session.select(Where(visit="K1"))
    weight = value_index(page, "Vægt")
    assert page.visit_page.values.values.setData(weight, said)
    assert (weight.data(), weight.data(Role.UNIT)) == ("3350", "g")
    start = value_index(page, "Start")
    assert page.visit_page.values.values.setData(start, "8. maj 2020 kl 10")
    assert str(start.data()) == "8. maj 2020 kl. 10.00"


def test_a_cpr_number_is_mended_only_while_it_is_shown(session: Session, page: ChildrenPage) -> None:
    session.select(Where(visit="K1"))
    model = page.visit_page.values.values
    rows = [row for row in range(model.rowCount()) if str(model.index(row, 0).data()).startswith("CPR")]
    index = model.cell(rows[0], VALUE)
    assert index.data() == "050520-••••"
    assert "9996" not in str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable
    session.unmask(True)
    assert index.data() == "050520-9996"
    assert index.flags() & Qt.ItemFlag.ItemIsEditable


def test_typing_mends_a_value_and_goes_on(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    session, values = opened.session, page.visit_page.values
    weight = next(one for one in session.work.findings_at(Where(visit="K1")) if one.location.variable == "weight")
    session.select_finding(weight)
    values.setFocus()
    qtbot.keyClick(values, Qt.Key.Key_Return)
    editor = values.findChild(QLineEdit, "valueEditor")
    assert editor is not None
    assert editor.selectedText() == "tre kilo"
    qtbot.keyClicks(editor, "3350")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert len(session.work.steps.done) == 1
    assert weight not in session.work.findings_at(Where(visit="K1"))
    assert "Ingen fund" in page.visit_page.verdict.text.text() or session.work.findings_at(Where(visit="K1"))
    assert values.currentIndex().siblingAtColumn(0).data() != "Vægt"
    opened.actions_["undo"].trigger()
    assert len(session.work.steps.done) == 0
    assert weight in session.work.findings_at(Where(visit="K1"))


@pytest.mark.parametrize(("key", "step"), [(Qt.Key.Key_Tab, 1), (Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1)])
def test_keys_leave_a_field_forward_and_back(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot, key: Qt.Key, step: int
) -> None:
    activate(opened, qtbot)
    session, values = opened.session, page.visit_page.values
    session.select(Where(visit="K1"))
    values.setFocus()
    values.setCurrentIndex(values.values.cell(3, VALUE))
    qtbot.keyClick(values, key)
    assert values.currentIndex().row() == 3 + step
    values.edit(values.currentIndex())
    editor = values.findChildren(QLineEdit, "valueEditor")[-1]
    qtbot.keyClick(editor, key)
    row = values.currentIndex().row()
    assert row == 3 + 2 * step or values.values.row(values.values.index(3 + 2 * step, 0)) is None
    assert len(session.work.steps.done) == 0


def test_a_digit_chooses_an_answer(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    session, values = opened.session, page.visit_page.values
    session.select(Where(visit="K2"))
    row = next(row for row in range(values.values.rowCount()) if values.values.index(row, 0).data() == "Søvn")
    values.setFocus()
    values.setCurrentIndex(values.values.cell(row, VALUE))
    choices = [choice.term for choice in values.values.choices(values.values.cell(row, VALUE))]
    values.edit(values.currentIndex())
    editor = values.findChildren(QLineEdit, "valueEditor")[-1]
    qtbot.keyClicks(editor, "²")  # a digit to Unicode, and no number
    assert editor.text() == "²"
    editor.selectAll()
    qtbot.keyClicks(editor, "2")
    assert editor.text() == choices[1]
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert values.values.cell(row, VALUE).data() == choices[1]


@pytest.mark.parametrize(
    ("typed", "read"),
    [("4-6", "Besøg hos det 4-6 måneder gamle barn"), ("etabl", "Etableringsbesøg"), ("besøg", "besøg")],
)
def test_what_is_typed_is_the_answer_that_it_fits_alone_and_what_the_file_said_stays(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot, typed: str, read: str
) -> None:
    activate(opened, qtbot)
    values = page.visit_page.values
    opened.session.select(Where(visit="K1"))
    values.setFocus()
    values.setCurrentIndex(value_index(page, "Kontakttype"))
    values.edit(values.currentIndex())
    editor = values.findChildren(QLineEdit, "valueEditor")[-1]
    qtbot.keyClicks(editor, typed)
    assert editor.text() == typed
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    kind = value_index(page, "Kontakttype")
    assert kind.data() == read
    assert values.values.cell(kind.row(), SOURCE).data() == "Barselsbesøg  (rettet)"


def test_what_is_being_typed_is_taken_when_the_window_is_left(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot
) -> None:
    activate(opened, qtbot)
    session, values = opened.session, page.visit_page.values
    session.select(Where(visit="K1"))
    values.setFocus()
    values.setCurrentIndex(value_index(page, "Vægt"))
    values.edit(values.currentIndex())
    values.findChildren(QLineEdit, "valueEditor")[-1].setText("3350")
    page.settle()
    assert value_index(page, "Vægt").data() == "3350"
    assert len(session.work.steps.done) == 1


def test_what_is_only_gone_through_stays_as_the_file_has_it(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot
) -> None:
    activate(opened, qtbot)
    session, values = opened.session, page.visit_page.values
    session.select(Where(visit="K1"))
    assert values.values.setData(value_index(page, "Kontakttype"), "etabl")
    values.setFocus()
    values.setCurrentIndex(value_index(page, "Kontakttype"))
    values.edit(values.currentIndex())
    qtbot.keyClick(values.findChildren(QLineEdit, "valueEditor")[-1], Qt.Key.Key_Return)
    assert value_index(page, "Kontakttype").data() == "etabl"
    assert len(session.work.steps.done) == 1


def test_digits_are_a_missing_numbers_own_and_choose_no_reason(window: MainWindow, export: Path, qtbot: QtBot) -> None:
    observed = export / "observationer.csv"
    rows = observed.read_text(encoding="utf-8").splitlines(keepends=True)
    observed.write_text("".join(row for row in rows if ";Vægt;" not in row), encoding="utf-8")
    open_and_wait(qtbot, window, export)
    page = window.pages.page("children")
    assert isinstance(page, ChildrenPage)
    activate(window, qtbot)
    session, values = window.session, page.visit_page.values
    session.select(Where(visit="K1"))
    values.setFocus()
    values.setCurrentIndex(value_index(page, "Vægt"))
    assert value_index(page, "Vægt").data(Role.ROW).is_missing
    qtbot.keyClick(values.viewport(), Qt.Key.Key_5)
    editor = values.findChildren(QLineEdit, "valueEditor")[-1]
    assert editor.placeholderText() == ""
    qtbot.keyClicks(editor, ",25 kg")
    assert editor.text() == "5,25 kg"
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert value_index(page, "Vægt").data() == "5250"


@pytest.mark.parametrize("name", ["familie.xlsx", "familie-bred.csv"])
def test_what_stands_in_each_row_is_found_where_values_are_told(name: str) -> None:
    standard, path = shipped_standard(), sample_path().parent / name
    rows = [
        (family, row)
        for family in load([path], standard).families
        for visit in family.visits
        for row in visit_rows(family, visit, standard)
        if not row.entry.is_empty
    ]
    found = [value_at([family], row.where) for family, row in rows]
    assert [one.entry if one else None for one in found] == [row.entry for _, row in rows]
    assert {"citizen.cpr", "visit.start", "weight", "visit.school"} <= {row.definition for _, row in rows}


@pytest.mark.parametrize("is_typing", [False, True])
def test_f8_says_why_there_is_no_value(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot, capfd: pytest.CaptureFixture[str], is_typing: bool
) -> None:
    """On a number that is written and on an answer that is missing: the reasons are shown, and a digit chooses; also
    in a field that is typed in already, which offers values."""
    session, view = opened.session, page.visit_page.values
    session.select(Where(visit="K1"))
    activate(opened, qtbot)
    for variable in ("weight", "feeding"):
        view.setFocus()
        view.setCurrentIndex(value_index(page, session.standard.variable[variable].label.da))
        if is_typing:
            view.edit(view.currentIndex())
        opened.actions_["not-obtained"].trigger()
        popup = QApplication.activePopupWidget()
        assert popup is not None
        reasons = session.standard.offered(session.standard.variable[OBSERVATION_MISSING_REASON])
        qtbot.keyClick(popup, Qt.Key.Key_2)
        visit = session.visit("K1")
        assert visit is not None
        known = next(one for one in visit.observations if one.variable.value == variable)
        assert known.missing_reason.value == list(reasons)[1]
        assert known.value.is_empty
        stood = value_index(page, session.standard.variable[variable].label.da).row()
        assert view.currentIndex().row() in (stood + 1, stood + 2)  # the next field, past a heading if there is one
    assert len(session.work.steps.done) == 2
    assert capfd.readouterr().err == ""  # Qt complains of fields that can't be begun


def test_a_reason_that_is_not_offered_is_read_and_shown(opened: MainWindow, page: ChildrenPage) -> None:
    session, model = opened.session, page.visit_page.values.values
    session.select(Where(visit="K1"))
    reason = session.standard.variable[OBSERVATION_MISSING_REASON]
    place = Where("B1", "K1", variable="weight", subject="B1", field=OBSERVATION_MISSING_REASON)
    session.answer(place, "positive-infinity")
    index = value_index(page, reason.label.da)
    assert index.data() == "Plus uendelig"
    offered = model.choices(index)
    assert [one.code for one in offered] == list(session.standard.offered(reason))
    assert "positive-infinity" not in {one.code for one in offered}


def test_f8_asks_nothing_of_what_can_not_lack(opened: MainWindow, page: ChildrenPage, qtbot: QtBot) -> None:
    opened.session.select(Where(visit="K1"))
    activate(opened, qtbot)
    view = page.visit_page.values
    view.setCurrentIndex(value_index(page, "Kontakttype"))
    opened.actions_["not-obtained"].trigger()
    assert QApplication.activePopupWidget() is None
    view.setCurrentIndex(value_index(page, "Vægt"))
    opened.actions_["not-obtained"].trigger()
    editor = view.findChild(QLineEdit, "valueEditor")
    assert isinstance(editor, QLineEdit)
    qtbot.keyClick(QApplication.activePopupWidget() or editor, Qt.Key.Key_Escape)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert len(opened.session.work.steps.done) == 0
    assert value_index(page, "Vægt").data() == "tre kilo"


def test_a_long_value_has_the_lines_that_it_needs_and_a_number_one(opened: MainWindow, page: ChildrenPage) -> None:
    opened.resize(1280, 720)
    opened.session.select(Where(visit="K2"))
    QApplication.processEvents()
    view = page.visit_page.values
    delegate = view.itemDelegate()
    assert isinstance(delegate, ValuesDelegate)
    kind, weight = value_index(page, "Kontakttype"), value_index(page, "Vægt")
    boxes = {index.data(): delegate.box(view.visualRect(index), index) for index in (kind, weight)}
    long, short = boxes[kind.data()], boxes[weight.data()]
    assert QFontMetrics(font(BODY)).horizontalAdvance(kind.data()) > long.width()
    assert long.height() > short.height()
    assert view.visualRect(kind).contains(long)
    assert view.visualRect(weight).height() < view.visualRect(kind).height()
    opened.session.do(AnswerField(Where("B1", "K2", variable="weight", subject="B1"), "tolv kilo og mere end det"))
    QApplication.processEvents()
    weight = value_index(page, "Vægt")
    unread = delegate.box(view.visualRect(weight), weight)
    assert unread.width() > short.width()
    weightless = view.visualRect(weight)
    opened.session.do(AnswerField(Where("B1", "K2", variable="weight", subject="B1"), "lang " * 4000))
    QApplication.processEvents()
    assert weightless.height() < view.visualRect(value_index(page, "Vægt")).height() < opened.height() // 2


def test_what_is_missing_of_a_parent_who_is_not_there_is_told_and_not_asked_for(
    window: MainWindow, export: Path, qtbot: QtBot
) -> None:
    people = export / "borgere.csv"
    people.write_text("".join(line for line in people.read_text("utf-8").splitlines(True) if "M1" not in line), "utf-8")
    visits = export / "kontakter.csv"
    visits.write_text(
        visits.read_text("utf-8").replace("Barselsbesøg", "Besøg hos det ca. 2 måneder gamle barn"), "utf-8"
    )
    open_and_wait(qtbot, window, export)
    session = window.session
    session.select(Where(visit="K1"))
    page = window.pages.page("children")
    assert isinstance(page, ChildrenPage)
    model = page.visit_page.values.values
    names = {one: session.standard.variable[one].label.da for one in ("parent-mental-status", "sleep")}
    of_parent, of_child = (value_index(page, names[one]) for one in ("parent-mental-status", "sleep"))
    assert of_child.flags() & Qt.ItemFlag.ItemIsEditable
    assert model.ask_reason(of_child)
    assert not of_parent.flags() & Qt.ItemFlag.ItemIsEditable
    assert not model.ask_reason(of_parent)
    assert of_parent.data() != of_child.data()
    assert not model.setData(of_parent, "1")
    assert len(session.work.steps.done) == 0


def test_a_finding_about_one_of_several_reasons_stands_at_that() -> None:
    work = clean_work()
    family, visit, begun = next(
        (family, visit, one)
        for family in work.journal.families
        for visit in family.visits
        for one in visit.interventions
    )
    at = Where(family.key, visit.key, begun.key, INTERVENTION_REASONS)
    work.do(EditValue(at._replace(number=len(begun.reasons)), "qqq"))
    (finding,) = found(work)
    (family,) = work.families(family.key)
    rows = visit_rows(family, next(one for one in family.visits if one.key == visit.key), STANDARD, [finding])
    row = nearest_row(rows, finding.location.where)
    assert row is not None
    assert rows[row].entry.raw == "qqq"


def test_what_is_typed_at_a_value_that_can_not_be_typed_goes_nowhere(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot
) -> None:
    """Its letters looked for another row, and were typed over the value of that."""
    opened.session.select(Where(visit="K1"))
    view = page.visit_page.values
    model = view.values
    cells = [model.cell(row, VALUE) for row in range(model.rowCount()) if model.row(model.index(row, 0))]
    number = next(one for one in cells if not one.flags() & Qt.ItemFlag.ItemIsEditable)  # a covered CPR number
    view.setCurrentIndex(number)
    view.setFocus()
    before = opened.session.journal
    for letter in "tre57":
        qtbot.keyClicks(QApplication.focusWidget() or view, letter)
    view.settle()
    assert view.currentIndex().row() == number.row()
    assert opened.session.journal is before


def test_the_columns_are_as_much_wider_as_their_text(opened: MainWindow, page: ChildrenPage) -> None:
    """So that a number and its unit have room beside what the file says."""
    opened.session.select(Where(visit="K1"))
    view = page.visit_page.values
    view.resize(3000, 800)
    near = [view.columnWidth(view.values.place_of(column)) for column in (FIELD, VALUE)]
    try:
        enlarge(2)
        view.resize(3001, 800)
        far = [view.columnWidth(view.values.place_of(column)) for column in (FIELD, VALUE)]
    finally:
        enlarge(1)
    assert far == [2 * wide for wide in near]


def test_what_files_said_is_not_told_of_a_case(session: Session, page: ChildrenPage) -> None:
    session.edit(Where("B1", "K2", field="visit.type"), "Et besøg, som ingen kender")
    session.work.is_filled = True
    session.select(Where(visit="K2"))
    view = page.visit_page.values
    source = view.values.place_of(SOURCE)
    assert view.isColumnHidden(source)
    session.work.is_filled = False
    session.select(Where(visit="K1"))
    assert not view.isColumnHidden(source)


def test_the_row_one_stands_in_stays_in_sight_when_the_window_is_another_size(
    opened: MainWindow, page: ChildrenPage, qtbot: QtBot
) -> None:
    opened.resize(1280, 900)
    opened.session.select(Where(visit="K1"))
    view = page.visit_page.values
    qtbot.waitUntil(view.isVisible)
    view.setCurrentIndex(value_index(page, "Ernæring (amning og mad)"))
    row = view.visualRect(view.currentIndex())
    assert view.viewport().rect().contains(row)
    opened.resize(1000, opened.height() - view.viewport().height() + row.top() - 4)
    qtbot.waitUntil(lambda: opened.width() == 1000)
    QApplication.processEvents()
    now = view.visualRect(view.currentIndex())
    assert view.viewport().height() < row.bottom()
    assert view.viewport().rect().contains(now)
    view.scrollToTop()
    assert not view.viewport().rect().intersects(view.visualRect(view.currentIndex()))
    opened.resize(1010, opened.height())
    qtbot.waitUntil(lambda: opened.width() == 1010)
    assert view.verticalScrollBar().value() == 0
