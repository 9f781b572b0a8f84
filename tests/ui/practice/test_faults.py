"""Faults of chosen kinds: they are chosen, found, mended, told of, and come back by one key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.journal.where import WHOLE_JOURNAL
from ldbu_desktop.language import Language
from ldbu_desktop.training.fault_hunt import FaultChoice
from ldbu_desktop.training.mending import Mended
from ldbu_desktop.training.results import read_result
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.page import INSPECTOR, TREE
from ldbu_desktop.ui.practice.page import PracticePage
from ldbu_desktop.ui.practice.practice import Way
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.use_cases.fault_kinds import LAST_NUMBER, MOST_FAULTS, fault_kinds
from tests.ui.practice.test_page import choose_paper, page
from tests.unit.training.fault_mending import mend

__all__ = ("page",)


def hunted(page: PracticePage, qtbot: QtBot, *kinds: str) -> PracticePage:
    """Find faults of these kinds, one of each, once all is checked."""
    page.choice.faults.click()
    page.faults.kinds.tick(frozenset(kinds))
    page.faults.count.setValue(len(kinds))
    session = page.practice.session
    with qtbot.waitSignal(session.judged, timeout=20_000):
        page.faults.go.click()
    qtbot.waitUntil(lambda: not session.jobs.is_busy() and session.work.is_checked())
    return page


def became(page: PracticePage) -> list[Mended]:
    """What became of the faults."""
    return [one.mended for one in page.practice.hunt_results()]


def test_kinds_are_ticked_and_remembered(page: PracticePage, window: MainWindow, qtmodeltester: ModelTester) -> None:
    pane = page.faults
    page.choice.faults.click()
    assert len(pane.choice.kinds) == len(fault_kinds())
    qtmodeltester.check(pane.kinds)
    pane.none.click()
    assert not pane.go.isEnabled()
    assert not pane.print.isEnabled()
    first = pane.kinds.index(0, 0)
    assert not pane.kinds.setData(first, "x", Qt.ItemDataRole.EditRole)
    assert pane.kinds.setData(first, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert pane.choice.kinds == (fault_kinds()[0].code,)
    assert pane.go.isEnabled()
    assert pane.kinds.setData(first, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    pane.all.click()
    assert len(pane.choice.kinds) == len(fault_kinds())
    window.commands.choose_language(Language.ENGLISH)
    assert fault_kinds()[0].title[Language.ENGLISH] == first.data()
    pane.back.click()
    assert page.stack.currentWidget() is page.choice


@pytest.mark.parametrize(
    ("stored", "choice"),
    [
        (FaultChoice(("unit-slip", "cpr-missing"), 4, 7), FaultChoice(("cpr-missing", "unit-slip"), 4, 7)),
        (FaultChoice(("unit-slip", "nothing"), 10**14, 10**14), FaultChoice(("unit-slip",), MOST_FAULTS, LAST_NUMBER)),
    ],
)
def test_what_was_chosen_last_is_chosen_again(
    page: PracticePage, window: MainWindow, stored: FaultChoice, choice: FaultChoice
) -> None:
    window.settings.fault_choice = stored
    page.choice.faults.click()
    assert page.faults.choice == choice


@pytest.mark.parametrize("stored", ["", "4", "x y unit-slip", "4 7", f"4 {'9' * 5000} unit-slip"])
def test_settings_that_hold_no_choice(stored: str, tmp_path: Path) -> None:
    store = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    store.setValue("fault-choice", stored)
    assert Settings(store).fault_choice is None


def test_faults_are_mended_told_and_come_back_by_one_key(page: PracticePage, qtbot: QtBot) -> None:
    hunted(page, qtbot, "cpr-missing", "weight-drop", "unit-slip")
    practice, work = page.practice, page.work
    hunt = practice.hunt
    assert hunt is not None
    assert became(page) == [Mended.LEFT] * 3
    assert "3 fejl" in work.story.toPlainText()
    assert page.exercise is not None
    assert page.exercise.title().endswith("1")
    fault = hunt.faults[0]
    work.tell_key()
    assert finding_types()[fault.code].why[Language.DANISH].split(".")[0] not in work.told.toPlainText()
    practice.session.select(practice.session.work.nearest(fault.finding.location.where))
    QTest.keyClick(work, Qt.Key.Key_F4)
    assert fault.values[0].before.raw in work.told.toPlainText()
    clean = next(one.key for one in hunt.clean if one.key not in {each.family for each in hunt.faults})
    practice.session.select(practice.session.work.nearest(WHOLE_JOURNAL._replace(family=clean)))
    work.tell_key()
    assert "ingen fejl" in work.told.toPlainText()
    work.everyone.click()
    assert practice.session.selection == WHOLE_JOURNAL
    work.at_once.setChecked(False)
    work.told.show_page("")
    mend(practice.session.do, hunt, fault)
    assert became(page).count(Mended.MENDED) == 1
    assert work.told.toPlainText() == ""
    practice.session.undo()
    work.at_once.setChecked(True)
    practice.session.redo()
    assert "fundet og rettet" in work.told.toPlainText()
    work.finish.click()
    assert [row.word for row in work.answers.rows].count("fundet og rettet") == 1
    work.table.selectRow(2)
    assert "ikke fundet" in work.told.toPlainText()
    work.table.activated.emit(work.answers.index(2, 0))
    assert practice.session.selection.family == practice.hunt_results()[2].family
    QTest.keyClick(work, Qt.Key.Key_F3)
    assert practice.hunt is hunt
    assert became(page) == [Mended.LEFT] * 3
    work.back.click()
    assert page.stack.currentWidget() is page.faults
    assert practice.hunt is None
    assert not practice.hunt_results()


def test_a_result_and_paper_are_written(
    page: PracticePage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hunted(page, qtbot, "cpr-missing", "unit-slip")
    hunt = page.practice.hunt
    assert hunt is not None
    result, paper = tmp_path / "a.ldbusvar", tmp_path / "a.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(result), ""))
    page.work.save.click()
    assert read_result(result).case == hunt.choice.id
    page.work.back.click()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(paper), ""))
    page.faults.print.click()
    choose_paper(page, qtbot, "PDF")
    qtbot.waitUntil(lambda: paper.exists(), timeout=20_000)
    assert paper.read_bytes().startswith(b"%PDF")
    page.show_room()
    page.room.add_up([result])
    assert "nummer 1" in page.room.heads.text()


def test_what_is_begun_for_a_room_has_its_findings_beside_it_afterwards(
    page: PracticePage, window: MainWindow, qtbot: QtBot
) -> None:
    projector = window.actions_["projector"]
    projector.trigger()
    hunted(page, qtbot, "weight-drop")
    assert not page.has_pane(INSPECTOR)
    projector.trigger()
    assert page.has_pane(INSPECTOR)
    assert not page.has_pane(TREE)
    projector.trigger()
    assert not page.has_pane(INSPECTOR)
    page.leave()
    page.choice.choose("barselsbesoeg")
    assert page.choice.case is not None
    page.begin(page.choice.case, Way.SHOW)
    projector.trigger()
    assert not page.work.form.has_pane(INSPECTOR)
