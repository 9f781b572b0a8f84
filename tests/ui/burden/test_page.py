"""The Time page: forms are compared, variants made and saved, assumptions set, and nothing is measured unasked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.measurements import MeasuredVisit, MeasurementFile, Measurements
from ldbu_desktop.burden.model import Band, MeasuredTime, Need
from ldbu_desktop.forms.loader import read_form
from ldbu_desktop.forms.model import Prefill, Widget
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.burden_words import band_words, difference_words
from ldbu_desktop.ui.burden import desk as desk_module
from ldbu_desktop.ui.burden.desk import BurdenDesk
from ldbu_desktop.ui.burden.need_colours import NEED_COLOURS
from ldbu_desktop.ui.burden.page import BurdenPage
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.page import INSPECTOR, NARROW
from ldbu_desktop.ui.pages import BURDEN, CHILDREN
from ldbu_desktop.ui.theme import ColourScheme
from tests.profiles import each
from tests.ui.hand import activate, pressed_when_asked

TWO_MONTHS, SCHOOL = "2-months", "school-entry"


@pytest.fixture(autouse=True)
def own_measurements(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What this machine has measured is nobody's business here."""
    kept = desk_module.MeasurementFile
    monkeypatch.setattr(desk_module, "MeasurementFile", lambda: kept(tmp_path / "measured"))


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> BurdenPage:
    """The page with the forms listed."""
    made = window.pages.page(BURDEN)
    assert isinstance(made, BurdenPage)
    with qtbot.waitSignal(made.desk.listed):
        window.pages.go(BURDEN)
    qtbot.waitUntil(lambda: not window.jobs.is_busy())
    return made


def shown(page: BurdenPage, row_heading: str, column: int = 1) -> str:
    """What the comparison says of a form."""
    model = page.comparison.model
    rows = {model.index(row, 0).data().strip(): row for row in range(model.rowCount())}
    return str(model.index(rows[row_heading], column).data())


def test_nothing_is_compared_until_a_form_is_ticked(page: BurdenPage) -> None:
    assert page.comparison.none.isVisible()
    items = [page.forms.list.item(at) for at in range(page.forms.list.count())]
    assert len(items) == 14
    items[4].setCheckState(Qt.CheckState.Checked)
    assert page.desk.chosen_ids == [TWO_MONTHS]
    assert not page.comparison.none.isVisible()
    assert page.comparison.scroll_area.isVisible()


def test_whoever_comes_by_keys_stands_at_a_form(page: BurdenPage, window: MainWindow, qtbot: QtBot) -> None:
    activate(window, qtbot)
    page.forms.new.setFocus()
    page.forms.list.clearSelection()
    page.forms.list.setFocus(Qt.FocusReason.TabFocusReason)
    first = page.forms.list.item(0)
    assert first.isSelected()
    qtbot.keyClick(page.forms.list, Qt.Key.Key_Space)
    assert page.desk.chosen_ids == [page.desk.selected_id] == [first.data(Qt.ItemDataRole.UserRole)]


def test_where_forms_come_after_the_focus_the_first_is_stood_at(
    page: BurdenPage, window: MainWindow, qtbot: QtBot
) -> None:
    assert not page.desk.selected_id
    activate(window, qtbot)
    page.forms.list.setFocus(Qt.FocusReason.MouseFocusReason)
    page.forms.tell()
    assert page.desk.selected_id == page.desk.forms[0].id


def test_a_form_by_itself_differs_from_none(page: BurdenPage) -> None:
    def headings() -> list[str]:
        model = page.comparison.model
        return [str(model.index(row, 0).data()).strip() for row in range(model.rowCount())]

    page.desk.choose([TWO_MONTHS])
    alone = headings()
    page.desk.choose([TWO_MONTHS, SCHOOL])
    differences = ["Forskel pr. kontakt", "Forskel pr. år", "Felter taget ud", "Felter tilføjet"]
    assert [heading for heading in headings() if heading not in alone] == differences


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_keys_tick_a_form_and_take_the_tick_away(page: BurdenPage, qtbot: QtBot, key: Qt.Key) -> None:
    page.forms.list.setCurrentRow(0)
    chosen = list(page.desk.chosen_ids)
    qtbot.keyClick(page.forms.list, key)
    assert page.desk.chosen_ids != chosen
    qtbot.keyClick(page.forms.list, key)
    assert list(page.desk.chosen_ids) == chosen


@pytest.mark.parametrize("width", each([230, 264, 300], 1))
def test_no_name_of_a_form_is_cut(page: BurdenPage, window: MainWindow, qtbot: QtBot, width: int) -> None:
    for language in (Language.ENGLISH, Language.DANISH):
        window.commands.choose_language(language)
        view = page.forms.list
        view.setFixedWidth(width)
        qtbot.waitUntil(lambda view=view: view.width() == width)
        for at in range(view.count()):
            item = view.item(at)
            place = view.visualItemRect(item)
            room = QRect(0, 0, view.viewport().width() - 44, 1000)
            words = QFontMetrics(item.font()).boundingRect(room, Qt.TextFlag.TextWordWrap, item.text())
            assert place.height() >= words.height()


def test_what_the_table_says_is_what_the_estimate_is(page: BurdenPage, qtmodeltester: ModelTester) -> None:
    page.desk.choose([TWO_MONTHS, SCHOOL])
    assert page.desk.comparison is not None
    first, second = page.desk.comparison.forms
    qtmodeltester.check(page.comparison.model)
    assert shown(page, "Tid pr. kontakt") == band_words(first.found.seconds, "s")
    assert shown(page, "Tid pr. kontakt", 2) == band_words(second.found.seconds, "s")
    assert shown(page, "Forskel pr. kontakt", 2) == difference_words(second.seconds_more, "s")
    assert shown(page, "Pris pr. år") == band_words(first.year.dkk, "kr.")
    assert shown(page, "Kræves af gatewayen") == f"{first.found.by_need[Need.REQUIRED].typical:.0f} s"
    assert page.comparison.chart.accessibleDescription().count(" s (") == 2
    assert page.comparison.not_counted.text()


def test_the_sign_of_the_assumptions_turns_as_they_open_in_both_looks(page: BurdenPage, window: MainWindow) -> None:
    def sign() -> QImage:
        return page.comparison.assumptions.icon().pixmap(16).toImage()

    page.show_pane(INSPECTOR, False)
    folded = sign()
    page.show_pane(INSPECTOR, True)
    assert sign() != folded
    window.commands.choose_look(ColourScheme.DARK)
    opened = sign()
    page.show_pane(INSPECTOR, False)
    assert sign() != opened
    window.commands.choose_look(ColourScheme.LIGHT)
    assert sign() == folded


def test_parents_and_assumptions_change_the_estimate(page: BurdenPage) -> None:
    page.desk.choose([TWO_MONTHS])
    one = page.desk.comparison
    page.forms.parents.choose("2")
    two = page.desk.comparison
    assert one is not None
    assert two is not None
    assert two.forms[0].found.seconds.typical > one.forms[0].found.seconds.typical
    model = page.assumptions.model
    keys = next(row for row in range(model.rowCount()) if model.rows[row].id == "K")
    assert model.setData(model.cell(keys, "value"), "0,5/1/2")
    slow = page.desk.comparison
    assert slow is not None
    assert slow.forms[0].found.seconds.typical > two.forms[0].found.seconds.typical
    assert model.is_changed(model.rows[keys])
    assert "ændret" in model.cell(keys, "name").data()
    assert "1" in page.comparison.assumptions.text()
    page.assumptions.table.selectRow(keys)
    assert "Forvalgt" in page.assumptions.source.text()
    page.assumptions.reset_one.click()
    assert page.desk.assumptions == Assumptions()


def test_assumptions_are_folded_away_until_they_are_asked_for(page: BurdenPage, window: MainWindow) -> None:
    page.desk.choose([TWO_MONTHS])
    assert not page.assumptions.isVisible()
    asks_to_show = page.comparison.assumptions.text()
    page.comparison.assumptions.click()
    assert page.assumptions.isVisible()
    assert page.comparison.assumptions.text() != asks_to_show
    page.view.choose("edit")
    assert not page.assumptions.isVisible()
    page.view.choose("compare")
    assert page.assumptions.isVisible()
    window.actions_["inspector"].trigger()
    assert not page.assumptions.isVisible()
    assert page.comparison.assumptions.text() == asks_to_show


def test_in_a_narrow_window_the_assumptions_stand_in_place_of_the_forms(page: BurdenPage, window: MainWindow) -> None:
    page.desk.choose([TWO_MONTHS])
    window.resize(NARROW - 100, 640)
    assert page.forms.isVisible()
    page.comparison.assumptions.click()
    assert page.assumptions.isVisible()
    assert not page.forms.isVisible()
    page.view.choose("edit")
    assert page.forms.isVisible()
    window.resize(NARROW + 100, 640)
    page.view.choose("compare")
    assert page.assumptions.isVisible()
    assert page.forms.isVisible()


def test_a_number_that_has_no_verdict_is_told_without_one(page: BurdenPage) -> None:
    page.desk.choose([TWO_MONTHS])
    assert page.comparison.verdict.isHidden()
    assert page.comparison.conclusion.text().endswith(".")
    assert "clear" not in NEED_COLOURS.values()


def test_a_switch_is_ticked_and_all_can_be_reset(page: BurdenPage, qtmodeltester: ModelTester) -> None:
    model = page.assumptions.model
    qtmodeltester.check(model)
    switch = next(row for row in range(model.rowCount()) if model.rows[row].is_switch)
    index = model.cell(switch, "value")
    assert index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Unchecked
    assert model.setData(index, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
    assert not model.setData(index, "x", Qt.ItemDataRole.DisplayRole)
    page.assumptions.reset_all.click()
    assert page.desk.assumptions == Assumptions()


@pytest.mark.parametrize("value", each(["-5", "hurtigt", "1/2"], 1))
def test_a_value_that_makes_no_sense_is_refused_in_words(page: BurdenPage, window: MainWindow, value: str) -> None:
    model = page.assumptions.model
    assert not model.setData(model.cell(0, "value"), value)
    assert not model.setData(model.cell(0, "name"), "1")
    assert window.message.isVisible()
    assert page.desk.assumptions == Assumptions()


def test_an_emptied_value_has_its_default_again(page: BurdenPage) -> None:
    page.desk.assume(Assumptions().with_value("K", Band(1, 1, 1)))
    model = page.assumptions.model
    keys = next(row for row in range(model.rowCount()) if model.rows[row].id == "K")
    assert model.setData(model.cell(keys, "value"), " ")
    assert page.desk.assumptions == Assumptions()


def test_a_variant_is_made_changed_compared_and_saved(
    page: BurdenPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtmodeltester: ModelTester
) -> None:
    desk, editor = page.desk, page.editor
    desk.select(TWO_MONTHS)
    page.forms.new.click()
    assert desk.variant is not None
    assert desk.chosen_ids == [TWO_MONTHS, desk.variant.id]
    assert editor.whole.isVisible()
    qtmodeltester.check(editor.model)
    weight = next(field.id for field in desk.variant.fields if field.variable == "weight")
    editor.table.selectRow(editor.model.row_of(weight))
    assert editor.field is not None
    assert editor.field.id == weight
    editor.remove.click()
    assert editor.model.row_of(weight) == -1
    assert shown(page, "Gatewayens regler, ikke opfyldt", 2) == "1"
    assert shown(page, "Felter taget ud", 2) == "1"
    taken_out = page.comparison.model.index(_row(page, "Felter taget ud"), 2)
    assert "Vægt" in str(taken_out.data(Qt.ItemDataRole.ToolTipRole))
    page.comparison.table.setCurrentIndex(taken_out)
    assert page.comparison.detail.text().startswith("Felter taget ud: Vægt")
    at = editor.missing.findData("weight")
    editor.missing.setCurrentIndex(at)
    editor.add.click()
    assert shown(page, "Felter taget ud", 2) == "ingen"
    editor.title.setText("Kort besøg")
    editor.title.editingFinished.emit()
    path = tmp_path / "kort.yaml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(desk.listed):
        editor.save.click()
    read = read_form(path, desk.standard)
    assert read.faults == ()
    assert read.form is not None
    assert read.form.title.da == "Kort besøg"
    assert desk.form(read.form.id) is not None
    assert desk.variant is not None


def test_a_variant_that_is_not_saved_is_asked_about_before_the_window_goes(
    page: BurdenPage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = page.desk
    assert page.unsaved() == ""
    for form_id in (TWO_MONTHS, SCHOOL):
        desk.select(form_id)
        desk.make_variant()
    first, _ = desk.unsaved
    assert all(form.title.da in page.unsaved() for form in desk.unsaved)
    with qtbot.waitSignal(desk.listed):
        desk.save(tmp_path / "skole.yaml")
    assert desk.unsaved == (first,)
    window.pages.go(CHILDREN)
    with pressed_when_asked("unsavedStay"):
        assert not window.close()
    assert window.pages.shown is page
    assert page.editor.whole.isVisible()
    assert desk.variant == first
    with pressed_when_asked("unsavedClose"):
        assert window.close()


def test_what_was_changed_in_a_saved_variant_stays_until_it_is_saved_again(
    page: BurdenPage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = page.desk
    desk.select(TWO_MONTHS)
    desk.make_variant()
    with qtbot.waitSignal(desk.listed):
        desk.save(tmp_path / "kort.yaml")
    assert not desk.unsaved
    assert desk.variant is not None
    desk.rename("Endnu kortere")
    changed = desk.variant
    assert desk.unsaved == (changed,)
    window.pages.go(CHILDREN)
    with qtbot.waitSignal(desk.listed):
        window.pages.go(BURDEN)
    assert desk.variant == changed
    with qtbot.waitSignal(desk.listed):
        desk.save(tmp_path / "kort.yaml")
    assert not desk.unsaved
    assert desk.variant.title.da == "Endnu kortere"


def _row(page: BurdenPage, heading: str) -> int:
    model = page.comparison.model
    return next(row for row in range(model.rowCount()) if model.index(row, 0).data() == heading)


def test_fields_are_moved_folded_and_filled_otherwise(page: BurdenPage) -> None:
    desk, editor = page.desk, page.editor
    desk.select(TWO_MONTHS)
    desk.make_variant()
    assert desk.variant is not None
    before = [field.id for field in desk.variant.fields]
    sleep = next(field.id for field in desk.variant.fields if field.variable == "sleep")
    editor.table.selectRow(editor.model.row_of(sleep))
    editor.up.click()
    assert [field.id for field in desk.variant.fields] != before
    editor.down.click()
    assert [field.id for field in desk.variant.fields] == before
    editor.widget.setCurrentIndex(editor.widget.findData(Widget.LIST))
    editor.widget.activated.emit(0)
    editor.prefill.setCurrentIndex(editor.prefill.findData(Prefill.EARLIER))
    editor.prefill.activated.emit(0)
    editor.optional.click()
    field = next(each for each in desk.variant.fields if each.id == sleep)
    assert (field.widget, field.prefill, field.optional) == (Widget.LIST, Prefill.EARLIER, True)
    row = editor.model.row_of(sleep)
    assert editor.model.cell(row, "optional").data() == "ja"
    for _ in range(len(before)):
        editor.up.click()
    assert desk.variant.fields[0].id == sleep


def test_delete_takes_out_the_field_that_is_chosen(page: BurdenPage, window: MainWindow, qtbot: QtBot) -> None:
    desk, editor = page.desk, page.editor
    activate(window, qtbot)
    desk.select(TWO_MONTHS)
    page.forms.new.click()
    assert desk.variant is not None
    first = desk.variant.fields[0].id
    editor.table.selectRow(editor.model.row_of(first))
    editor.table.setFocus()
    qtbot.keyClick(editor.table, Qt.Key.Key_Delete)
    assert first not in [field.id for field in desk.variant.fields]


def test_the_last_field_stays(page: BurdenPage, window: MainWindow) -> None:
    desk = page.desk
    desk.select(TWO_MONTHS)
    desk.make_variant()
    assert desk.variant is not None
    for field in desk.variant.fields:
        desk.remove(field.id)
    assert len(desk.variant.fields) == 1
    assert window.message.isVisible()


def test_the_programs_own_forms_can_not_be_edited(page: BurdenPage) -> None:
    page.desk.select(TWO_MONTHS)
    assert page.editor.none.isHidden() is False
    page.desk.remove("weight")
    page.desk.rename("x")
    assert page.desk.variant is None
    assert page.desk.addable() == ()
    assert page.desk.prefills("weight") == ()
    page.desk.save(Path("nowhere.yaml"))
    assert not Path("nowhere.yaml").exists()


def test_no_variant_is_made_of_nothing(page: BurdenPage) -> None:
    page.desk.make_variant()
    assert page.desk.variant is None


def test_a_folder_of_own_forms_stands_beside_ours(
    page: BurdenPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, window: MainWindow
) -> None:
    (tmp_path / "broken.yaml").write_text("id: [", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    with qtbot.waitSignal(page.desk.listed):
        page.forms.fetch.click()
    assert window.message.isVisible()
    window.message.clear()
    with qtbot.waitSignal(page.desk.listed):
        page.desk.use_folder(tmp_path / "none")
    assert window.message.isVisible()
    assert len(page.desk.forms) == 14


def test_the_comparison_is_written(
    page: BurdenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, window: MainWindow
) -> None:
    page.desk.choose([TWO_MONTHS, SCHOOL])
    for kind, button, begins in (
        ("xlsx", page.comparison.to_xlsx, b"PK"),
        ("pdf", page.comparison.to_pdf, b"%PDF"),
    ):
        path = tmp_path / f"tid.{kind}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        button.click()
        assert path.read_bytes().startswith(begins)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "a.pdf"), ""))
    page.comparison.to_pdf.click()
    assert window.message.isVisible()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page.comparison.to_xlsx.click()
    page.desk.choose([])
    page.desk.write_workbook(tmp_path / "none.xlsx")
    assert not (tmp_path / "none.xlsx").exists()


def test_an_open_export_shows_its_registration(opened: MainWindow, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    page = opened.pages.page(BURDEN)
    assert isinstance(page, BurdenPage)
    opened.pages.go(BURDEN)
    assert page.desk.registration is None
    page.view.choose("data")
    qtbot.waitUntil(lambda: page.desk.registration is not None)
    model = page.data.model
    qtmodeltester.check(model)
    assert page.desk.registration is not None
    assert model.rowCount() == len(page.desk.registration.groups) > 0
    visits = sum(int(model.cell(row, "visits").data()) for row in range(model.rowCount()))
    assert visits == opened.session.work.visit_count
    assert page.data.whole.isVisible()
    opened.session.close()
    assert page.desk.registration is None


def test_the_registration_is_worked_out_for_somebody_who_looks(opened: MainWindow, qtbot: QtBot) -> None:
    """It takes the window's time: it is worked out when it is looked at, and again after a change."""
    page = opened.pages.page(BURDEN)
    assert isinstance(page, BurdenPage)
    opened.pages.go(BURDEN)
    desk = page.desk
    assert desk.is_registering
    assert page.view.choice != "data"
    page.view.choose("data")
    assert page.data.none.isVisible()
    waiting = page.data.none.heading.text()
    qtbot.waitUntil(lambda: desk.registration is not None)
    assert not desk.is_registering
    before = desk.registration
    page.view.choose("compare")
    session = opened.session
    family = session.journal.families[0]
    session.edit(Where(family.key, "", family.citizens[0].key, "citizen.organisation"), "1")
    assert desk.registration is before
    page.view.choose("data")
    qtbot.waitUntil(lambda: desk.registration is not before)
    session.close()
    assert page.data.none.isVisible()
    assert page.data.none.heading.text() != waiting


def test_measuring_needs_consent_and_can_be_deleted(page: BurdenPage, tmp_path: Path) -> None:
    kept = tmp_path / "measured" / "measurements.json"
    page.view.choose("measured")
    assert not page.measured.consent.isChecked()
    assert not kept.exists()
    page.measured.consent.click()
    assert json.loads(kept.read_text(encoding="utf-8"))["consent"] is True
    page.measured.delete.click()
    assert not kept.exists()
    assert not page.measured.consent.isChecked()


def test_what_was_measured_is_told_with_how_many(page: BurdenPage, tmp_path: Path) -> None:
    predicted = Band(34, 41, 57)
    visits = tuple(MeasuredVisit(TWO_MONTHS, MeasuredTime(predicted, 50.0 + number)) for number in range(30))
    MeasurementFile(tmp_path / "measured").save(Measurements(True, visits))
    page.desk.read_measured()
    told = page.measured.result.text()
    assert told.startswith("30 kontakter er målt")
    assert f"{page.desk.learnt.factor:.2f}".replace(".", ",") in told
    assert "Dine egne tider" in told
    assert page.measured.consent.isChecked()


def test_the_page_speaks_english(page: BurdenPage, window: MainWindow) -> None:
    page.desk.choose([TWO_MONTHS])
    window.commands.choose_language(Language.ENGLISH)
    assert page.comparison.model.index(0, 0).data() == "Time a visit"


def test_what_was_open_before_the_page_was_built_is_shown(opened: MainWindow, qtbot: QtBot) -> None:
    desk = BurdenDesk(opened.session, opened.settings, opened.session)
    desk.watch_registration(is_watched=True)
    qtbot.waitUntil(lambda: desk.registration is not None, timeout=20_000)
    assert desk.registration is not None
    assert desk.registration.all.visits == opened.session.work.visit_count


def test_forms_for_different_visits_are_each_held_against_their_own(page: BurdenPage) -> None:
    """A form that is right for its visits can meet the gateway's rules, whatever stands beside it."""
    ids = [form.id for form in page.desk.forms]
    page.desk.choose(ids)
    assert page.desk.comparison is not None
    assert not page.desk.comparison.is_of_one_visit
    for at, form in enumerate(page.desk.comparison.forms):
        assert form.unmet_rules == ()
        assert (form.lost, form.gained) == ((), ())
        assert shown(page, "Felter taget ud", at + 1) == ("ingen" if form.is_for_the_same else "anden kontakt")
    assert "forskellige kontakter" in page.comparison.conclusion.text()
    assert page.comparison.verdict.isHidden()


def test_a_new_variant_is_a_copy_of_the_form_that_was_chosen_last(page: BurdenPage) -> None:
    listed = {item.data(Qt.ItemDataRole.UserRole): item for item in map(page.forms.list.item, range(14))}
    for form_id in (TWO_MONTHS, SCHOOL):
        next(item for key, item in listed.items() if key == form_id).setCheckState(Qt.CheckState.Checked)
    page.forms.new.click()
    variant = page.desk.variant
    assert variant is not None
    school = page.desk.form(SCHOOL)
    assert school is not None
    assert variant.visits == school.visits
    item = page.forms.list.currentItem()
    assert item is not None
    assert item.text() == variant.title.da


def test_undo_on_the_page_undoes_the_variant_and_never_the_journal(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    session = opened.session
    family = session.journal.families[0]
    session.edit(Where(family.key, "", family.citizens[0].key, "citizen.organisation"), "1")
    edited = session.journal
    made = opened.pages.page(BURDEN)
    assert isinstance(made, BurdenPage)
    with qtbot.waitSignal(made.desk.listed):
        opened.pages.go(BURDEN)
    desk, undo, redo = made.desk, opened.actions_["undo"], opened.actions_["redo"]
    desk.choose([TWO_MONTHS])
    assert not undo.isEnabled()
    undo.trigger()
    made.forms.new.click()
    assert desk.variant is not None
    before = desk.variant
    desk.remove("weight")
    desk.remove("height")
    after = desk.variant
    assert undo.isEnabled()
    undo.trigger()
    undo.trigger()
    assert desk.variant == before
    redo.trigger()
    redo.trigger()
    assert desk.variant == after
    for _ in range(3):
        undo.trigger()
    assert desk.variant is None
    assert [form.id for form in desk.forms if form.is_own] == []
    assert not undo.isEnabled()
    undo.trigger()
    desk.undo()
    redo.trigger()
    desk.save(tmp_path / "variant.yaml")
    assert not undo.isEnabled()
    assert not redo.isEnabled()
    desk.redo()
    assert session.journal is edited
    opened.pages.go(CHILDREN)
    assert undo.isEnabled()
    undo.trigger()
    assert session.journal is not edited
