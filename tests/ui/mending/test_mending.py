"""Mending in a window: one key where the answer is known, else a dialog that shows every change before it is made."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, cast

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.editing.operations import EditValue
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.fields import OBSERVATION_UNIT
from ldbu_desktop.journal.mendings import Mending
from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.children.values_model import SOURCE, VALUE
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.mending.dialog import MendingDialog
from ldbu_desktop.ui.pages import CHILDREN
from tests.ui.conftest import open_and_wait
from tests.ui.hand import activate

FAULTY = resource("samples", "familie-med-fejl.xlsx")


@pytest.fixture
def faulty(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> MainWindow:
    """A window with the faulty sample open; it lies in a folder of this test only."""
    shutil.copy(FAULTY, tmp_path / "familie.xlsx")
    open_and_wait(qtbot, window, tmp_path / "familie.xlsx")
    return window


def page_of(window: MainWindow) -> ChildrenPage:
    return cast(ChildrenPage, window.pages.page(CHILDREN))


def finding(window: MainWindow, code: str) -> Finding:
    assert window.session.findings is not None
    return next(one for one in window.session.findings.all if one.code == code)


def select(qtbot: QtBot, window: MainWindow, code: str) -> Finding:
    found = finding(window, code)
    window.session.select_finding(found)
    qtbot.waitUntil(lambda: not window.jobs.is_busy())
    return found


def codes(window: MainWindow) -> set[str]:
    assert window.session.findings is not None
    return set(window.session.findings.by_code)


def ask(qtbot: QtBot, window: MainWindow, action: str = "mend") -> MendingDialog:
    window.actions_[action].trigger()
    qtbot.waitUntil(lambda: not window.jobs.is_busy())
    return next(one for one in window.findChildren(MendingDialog) if one.isVisible())


def test_the_keyboard_goes_back_to_the_findings_with_the_button_that_mends(qtbot: QtBot, faulty: MainWindow) -> None:
    select(qtbot, faulty, "factor-slip")
    inspector = page_of(faulty).inspector
    activate(faulty, qtbot)
    inspector.mend.setFocus()
    qtbot.keyClick(inspector.mend, Qt.Key.Key_Return)
    assert "factor-slip" not in codes(faulty)
    qtbot.waitUntil(lambda: not inspector.mend.isVisible())
    assert inspector.list.hasFocus()
    qtbot.waitUntil(lambda: not faulty.jobs.is_busy())


def test_what_has_to_be_typed_is_typed_at_once(qtbot: QtBot, faulty: MainWindow) -> None:
    activate(faulty, qtbot)
    select(qtbot, faulty, "date-unreadable")
    dialog = ask(qtbot, faulty, "mend-all")
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.focusWidget() is dialog.text
    dialog.by.setFocus()
    dialog.by.activated.emit(dialog.by.currentIndex())
    assert dialog.focusWidget() is dialog.by


def test_a_place_and_a_name_have_room_where_they_are_long(qtbot: QtBot, faulty: MainWindow) -> None:
    select(qtbot, faulty, "value-missing")
    table = ask(qtbot, faulty).table
    assert table.fontMetrics().horizontalAdvance(table.model().index(0, 1).data()) > table.columnWidth(1)
    qtbot.waitUntil(lambda: table.rowHeight(0) >= 2 * table.fontMetrics().height())


def test_what_is_typed_is_read_as_people_say_it(qtbot: QtBot, faulty: MainWindow) -> None:
    select(qtbot, faulty, "date-unreadable")
    dialog = ask(qtbot, faulty)
    qtbot.keyClicks(dialog.text, "den 18. august 2020 kl 8.30")
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.model.cell(0, "after").data() == "18-08-2020 08:30"


def test_one_key_where_the_answer_is_known(qtbot: QtBot, faulty: MainWindow) -> None:
    select(qtbot, faulty, "factor-slip")
    inspector = page_of(faulty).inspector
    assert "5250" in inspector.mend.text()
    assert not inspector.mend_all.isVisible()
    activate(faulty, qtbot)
    qtbot.keyClick(faulty, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert "factor-slip" not in codes(faulty)
    assert faulty.session.finding is None
    values = page_of(faulty).visit_page.values.values
    at = values.row_at_selection()
    assert at is not None
    assert (values.cell(at, VALUE).data(), values.cell(at, SOURCE).data()) == ("5250", "52500 g  (rettet)")
    faulty.session.undo()
    assert "factor-slip" in codes(faulty)
    assert values.cell(at, SOURCE).data() == "52500 g"


def test_a_unit_that_was_changed_is_marked_beside_its_number(qtbot: QtBot, faulty: MainWindow) -> None:
    session = faulty.session
    family, visit, measured = next(
        (family.key, visit.key, one)
        for family in session.journal.families
        for visit in family.visits
        for one in visit.observations
        if one.unit.raw == "g"
    )
    session.select(Where(family, visit))
    session.do(EditValue(Where(family, visit, measured.key, OBSERVATION_UNIT, measured.variable.value or ""), "kg"))
    qtbot.waitUntil(lambda: not faulty.jobs.is_busy())
    values = page_of(faulty).visit_page.values.values
    told = [values.cell(row, SOURCE).data() for row in range(values.rowCount())]
    assert f"{measured.value.raw} g  (rettet)" in told


def test_a_unit_that_was_changed_is_no_part_of_the_reason_beside_it(qtbot: QtBot, faulty: MainWindow) -> None:
    found = select(qtbot, faulty, "missing-reason-contradicted")
    at = found.location
    faulty.session.do(EditValue(Where(at.family, at.visit, at.record, OBSERVATION_UNIT, at.variable), ""))
    qtbot.waitUntil(lambda: not faulty.jobs.is_busy())
    values = page_of(faulty).visit_page.values.values
    told = [values.cell(row, SOURCE).data() for row in range(values.rowCount())]
    assert "not-performed" in told
    assert not [said for said in told if said and said.startswith("not-performed ")]


def test_what_has_no_known_answer_is_asked_about(qtbot: QtBot, faulty: MainWindow) -> None:
    select(qtbot, faulty, "mandatory-missing-gateway")
    dialog = ask(qtbot, faulty)
    assert dialog.mending is Mending.MISSING_REASON
    (line,) = dialog.model.rows
    assert (line.before.raw, line.is_read) == ("", True)
    assert [dialog.model.index(0, column).data() for column in (2, 3)] == ["står der ikke", line.after.raw]
    assert dialog.go.isEnabled()
    dialog.go.click()
    assert "mandatory-missing-gateway" not in codes(faulty)
    assert not dialog.isVisible()
    assert len(faulty.session.work.steps.done) == 1


def test_what_is_typed_is_looked_through_before(qtbot: QtBot, faulty: MainWindow) -> None:
    select(qtbot, faulty, "date-unreadable")
    dialog = ask(qtbot, faulty)
    dialog.by.setCurrentIndex(dialog.by.findData(Mending.VALUE))
    assert not dialog.go.isEnabled()
    for text, is_read in (("nonsense", False), ("31-01-2020 08:30", True)):
        dialog.text.setText("")
        qtbot.keyClicks(dialog.text, text)
        qtbot.waitUntil(lambda: bool(dialog.model.rows) and not faulty.jobs.is_busy())
        assert dialog.model.rows[0].is_read is is_read
        assert (dialog.model.index(0, 3).data() == text) is is_read
    faulty.session.do(EditValue(Where("barn-1", "K06", field="visit.end"), "07-07-2020 14:10"))
    qtbot.waitUntil(lambda: not faulty.jobs.is_busy() and dialog.go.isEnabled())
    dialog.go.click()
    assert "date-unreadable" not in codes(faulty)


def test_each_finding_can_tell_its_own(qtbot: QtBot, faulty: MainWindow) -> None:
    faulty.session.select_finding(finding(faulty, "score-not-the-sum"))
    dialog = MendingDialog(faulty.session, [finding(faulty, "score-not-the-sum")], faulty)
    dialog.open()
    qtbot.waitUntil(lambda: not faulty.jobs.is_busy())
    assert dialog.choice.isEditable()
    assert [line.after.raw for line in dialog.model.rows] == ["7"]
    dialog.choice.setEditText("8")
    qtbot.waitUntil(lambda: [line.after.raw for line in dialog.model.rows] == ["8"])
    qtbot.waitUntil(lambda: not faulty.jobs.is_busy())
    dialog.cancel.click()
    assert "score-not-the-sum" in codes(faulty)


def test_a_mending_that_fits_nothing_does_nothing(qtbot: QtBot, faulty: MainWindow) -> None:
    select(qtbot, faulty, "date-unreadable")
    dialog = ask(qtbot, faulty)
    dialog.by.setCurrentIndex(dialog.by.findData(Mending.TRIM))
    qtbot.waitUntil(lambda: not faulty.jobs.is_busy())
    assert not dialog.model.rows
    assert not dialog.go.isEnabled()
    faulty.session.close()
    assert not dialog.isVisible()


def test_all_that_is_selected_is_mended_together(qtbot: QtBot, faulty: MainWindow) -> None:
    inspector = page_of(faulty).inspector
    inspector.scope.choose("whole")
    qtbot.waitUntil(lambda: not faulty.jobs.is_busy())
    select(qtbot, faulty, "factor-slip")
    model, selection = inspector.causes, inspector.list.selectionModel()
    wanted = [finding(faulty, code) for code in ("factor-slip", "size-shrinks")]
    for one in wanted:
        selection.select(model.index_of(one), QItemSelectionModel.SelectionFlag.Select)
    assert {one.code for one in inspector.to_mend()} == {"factor-slip", "size-shrinks"}
    assert inspector.mend_all.isVisible()
    dialog = ask(qtbot, faulty, "mend-all")
    assert len(dialog.model.rows) == 1
    dialog.choice.setCurrentIndex(dialog.choice.findData("10"))
    qtbot.waitUntil(lambda: len(dialog.model.rows) == 2)
    qtbot.waitUntil(lambda: not faulty.jobs.is_busy())
    assert Mending.FACTOR in [dialog.by.itemData(at) for at in range(dialog.by.count())]
    dialog.reject()


def test_a_cause_of_several_variables_is_called_by_none_of_them(qtbot: QtBot, faulty: MainWindow) -> None:
    found = select(qtbot, faulty, "factor-slip")
    other = replace(found, location=found.location._replace(variable="height", field="height"))
    titles = []
    for findings in ([found], [found, other]):
        dialog = MendingDialog(faulty.session, findings, faulty)
        heading = dialog.findChild(QLabel, "mendingHeading")
        assert heading is not None
        titles.append(heading.text())
        dialog.reject()
        qtbot.waitUntil(lambda: not faulty.jobs.is_busy())
    assert titles[0].endswith(f": {titles[1]}")


def test_f7_goes_on_from_where_one_stands(qtbot: QtBot, faulty: MainWindow) -> None:
    session = faulty.session
    activate(faulty, qtbot)
    faulty.actions_["next-finding"].trigger()
    first = session.finding
    assert session.findings is not None
    visits = list(session.findings.family_of_visit)
    told = sorted(session.findings.all, key=lambda one: visits.index(one.location.visit))
    assert first == told[0]
    select(qtbot, faulty, "factor-slip")
    behind = told[told.index(finding(faulty, "factor-slip")) + 1]
    faulty.actions_["mend"].trigger()
    faulty.actions_["next-finding"].trigger()
    assert session.finding is not None
    assert session.finding.location.visit == "K06"
    assert (session.finding.code, session.finding.location.visit) in {
        (one.code, one.location.visit) for one in session.findings.of_visit("K06")
    }
    assert behind.location.visit == "K06"
    assert page_of(faulty).visit_page.values.hasFocus()
    session.select(Where("barn-1", "K01"))
    faulty.actions_["previous-finding"].trigger()
    assert session.finding == told[-1]


def test_what_is_missing_is_added_in_the_table(qtbot: QtBot, faulty: MainWindow) -> None:
    for text, code in (("Ukendt", "unknown"), ("Alderssvarende social kontakt", "")):
        select(qtbot, faulty, "mandatory-missing-gateway")
        values = page_of(faulty).visit_page.values.values
        at = values.row_at_selection()
        assert at is not None
        assert len(values.choices(values.cell(at, VALUE))) > 3
        values.setData(values.cell(at, VALUE), text)
        assert "mandatory-missing-gateway" not in codes(faulty)
        visit = faulty.session.visit("K09")
        assert visit is not None
        added = next(one for one in visit.observations if one.variable.value == "social-interaction")
        assert (added.missing_reason.value or "") == code
        assert any("tilføjet" in (values.cell(row, SOURCE).data() or "") for row in range(values.rowCount()))
        faulty.session.undo()


def test_a_copy_is_written(qtbot: QtBot, faulty: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(str(tmp_path / "copy.xlsx"), ""), ("", "")]
    offered: list[str] = []

    def asked(*given: Any) -> tuple[str, str]:
        offered.append(given[3])
        return answers.pop(0)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    select(qtbot, faulty, "factor-slip")
    faulty.actions_["mend"].trigger()
    faulty.actions_["write-copy"].trigger()
    qtbot.waitUntil(lambda: not faulty.jobs.is_busy(), timeout=20_000)
    assert (tmp_path / "copy.xlsx").exists()
    assert offered == ["Journaleksport (*.xlsx)"]
    assert "copy.xlsx" in faulty.message.text.text()
    assert faulty.message.open_folder.isVisible()
    faulty.message.clear()
    faulty.actions_["write-copy"].trigger()
    assert not faulty.message.isVisible()


def test_a_copy_of_a_file_that_is_named_by_somebody_is_proposed_without(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask_for_name(*given: Any) -> tuple[str, str]:
        asked.append(Path(given[2]).name)
        return str(tmp_path / "Emma 050520-9996.xlsx"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask_for_name)
    shutil.copy(FAULTY, tmp_path / "Barn 050520-9996.xlsx")
    open_and_wait(qtbot, window, tmp_path / "Barn 050520-9996.xlsx")
    select(qtbot, window, "factor-slip")
    window.actions_["mend"].trigger()
    window.actions_["write-copy"].trigger()
    qtbot.waitUntil(lambda: not window.jobs.is_busy(), timeout=20_000)
    assert asked == ["Barn CPR-rettet.xlsx"]
    assert (tmp_path / "Emma 050520-9996.xlsx").exists()
    assert "Emma 050520-••••.xlsx" in window.message.text.text()
    assert "9996" not in window.message.text.text()


def test_copies_of_several_files_go_to_a_folder(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copies"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    opened.actions_["write-copy"].trigger()
    qtbot.waitUntil(lambda: not opened.jobs.is_busy(), timeout=20_000)
    assert len([*target.glob("*.csv")]) == 3


def test_the_first_mending_that_does_something_is_offered(qtbot: QtBot, faulty: MainWindow) -> None:
    select(qtbot, faulty, "date-unreadable")
    dialog = ask(qtbot, faulty)
    qtbot.waitUntil(lambda: not faulty.jobs.is_busy())
    trim = dialog.by.findData(Mending.TRIM)
    assert trim == 0
    assert dialog.mending != Mending.TRIM
    dialog.by.setCurrentIndex(trim)
    dialog.by.activated.emit(trim)
    qtbot.waitUntil(lambda: not faulty.jobs.is_busy())
    assert dialog.mending == Mending.TRIM
    assert not dialog.model.rows
