"""People in the window: taken out again, with another CPR number, and a visit that was with somebody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ldbu_desktop.editing.operations import AnswerField
from ldbu_desktop.journal.model import Citizen, Family
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.ui.form.answer_line import AnswerLine
from ldbu_desktop.ui.form.family_page import FamilyPage
from ldbu_desktop.ui.form.field_row import FieldRow
from ldbu_desktop.ui.main_window import MainWindow
from tests.profiles import each
from tests.ui.form.hand import child_of, delivered, family_of, filling_of, focused, press, settled, typed


def family_page(window: MainWindow, qtbot: QtBot) -> FamilyPage:
    """The record of the first family, shown."""
    filling = filling_of(window)
    window.session.select(Where(family_of(window)))
    filling.show_selected()
    settled(qtbot, window)
    return filling.family_page


def family(window: MainWindow) -> Family:
    """The first family."""
    return window.session.journal.families[0]


def parents(window: MainWindow) -> list[Citizen]:
    """Its parents."""
    return [one for one in family(window).citizens if not one.is_child]


def choose(window: MainWindow, qtbot: QtBot, number: int) -> None:
    """Choose from the menu of people, by keyboard."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.accessibleName()
    for _ in range(number):  # the first has the keyboard
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    settled(qtbot, window)


def remove(window: MainWindow, qtbot: QtBot, number: int) -> FamilyPage:
    """Ask for the removal of a person of the family, by number, or of all of it."""
    page = family_page(window, qtbot)
    window.actions_["remove-person"].trigger()
    choose(window, qtbot, number)
    return page


def test_who_has_nothing_recorded_goes_without_a_question_and_comes_back(trial: MainWindow, qtbot: QtBot) -> None:
    filling_of(trial).add_citizen(is_child=False)
    settled(qtbot, trial)
    assert len(parents(trial)) == 2
    page = remove(trial, qtbot, 2)
    assert len(parents(trial)) == 1
    assert page.question.isHidden()
    trial.session.undo()
    assert len(parents(trial)) == 2


def test_who_has_something_recorded_is_asked_about(trial: MainWindow, qtbot: QtBot) -> None:
    filling = filling_of(trial)
    filling.begin_visit("2-months", child_of(trial))
    settled(qtbot, trial)
    parent = parents(trial)[0].key
    at = Where(family_of(trial), trial.session.selection.visit, variable="parent-mental-status", subject=parent)
    trial.session.do(AnswerField(at, "zzz"))
    page = remove(trial, qtbot, 1)
    assert page.question.isVisible()
    assert focused() == "familyQuestionNo"
    words = page.question.text.text()
    trial.commands.choose_language(Language.ENGLISH)
    assert page.question.text.text() != words
    trial.commands.choose_language(Language.DANISH)
    press(Qt.Key.Key_Escape)
    assert page.question.isHidden()
    assert len(parents(trial)) == 1
    remove(trial, qtbot, 1)
    page.question.yes.setFocus()
    press(Qt.Key.Key_Return)
    assert parents(trial) == []
    assert family(trial).visits[0].observations == ()
    trial.session.undo()
    assert len(parents(trial)) == 1


def test_a_family_goes_as_a_whole(trial: MainWindow, qtbot: QtBot) -> None:
    remove(trial, qtbot, 2)
    assert trial.session.journal.families == ()
    assert trial.session.selection == Where()
    trial.session.undo()
    settled(qtbot, trial)
    assert len(family(trial).citizens) == 2
    filling = filling_of(trial)
    trial.session.undo()
    filling.family_page.people.remove("gone", ("gone",))
    assert filling.family_page.question.isHidden()


def test_what_was_delivered_is_withdrawn_before_its_child_goes(
    window: MainWindow, qtbot: QtBot, case: Where, tmp_path: Path
) -> None:
    assert delivered(window, qtbot, tmp_path / "a") == 1
    page = remove(window, qtbot, 0)
    page.question.yes.click()
    settled(qtbot, window)
    assert [visit.status.value for visit in family(window).visits] == ["entered-in-error"]
    assert child_of(window) == case.subject
    assert page.body.sections[0].title().endswith("trukket tilbage")
    remove(window, qtbot, 0)
    assert page.question.yes.isHidden()
    page.question.no.click()
    assert child_of(window) == case.subject
    assert delivered(window, qtbot, tmp_path / "b", only_new=True) == 1
    assert delivered(window, qtbot, tmp_path / "c", only_new=True) == 0
    remove(window, qtbot, 0)
    page.question.yes.click()
    settled(qtbot, window)
    assert family(window).visits == ()
    assert not any(one.is_child for one in family(window).citizens)
    assert delivered(window, qtbot, tmp_path / "d", only_new=True) == 0
    window.session.close()


def test_a_number_just_changes_until_it_is_delivered(
    window: MainWindow, qtbot: QtBot, case: Where, tmp_path: Path
) -> None:
    page = family_page(window, qtbot)
    window.session.edit(Where(case.family, "", case.subject, "citizen.cpr"), "0101265994")
    assert page.question.isHidden()
    assert child_of(window) == case.subject
    assert delivered(window, qtbot, tmp_path / "a") == 1
    window.session.edit(Where(case.family, "", case.subject, "citizen.cpr"), "010126-5994")
    settled(qtbot, window)
    assert page.question.isHidden()
    window.session.close()


def test_a_number_that_went_out_is_withdrawn_and_told_anew(
    window: MainWindow, qtbot: QtBot, case: Where, tmp_path: Path
) -> None:
    assert delivered(window, qtbot, tmp_path / "a") == 1
    page = family_page(window, qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    line = page.findChild(AnswerLine, "citizen.cpr-1")
    assert line is not None
    for answer, people in ((Qt.Key.Key_Escape, 2), (Qt.Key.Key_Return, 3)):
        line.setFocus(Qt.FocusReason.TabFocusReason)
        typed("010126-5994")
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(page.question.isVisible)
        assert family(window).citizens[0].cpr.value == "0101265996"
        if answer == Qt.Key.Key_Return:
            page.question.yes.setFocus()
        press(answer)
        settled(qtbot, window)
        assert len(family(window).citizens) == people
        assert "5994" not in line.text()
    old, new = family(window).visits
    assert (old.status.value, new.status.value) == ("entered-in-error", "finished")
    assert delivered(window, qtbot, tmp_path / "b", only_new=True) == 2
    window.session.undo()
    assert len(family(window).citizens) == 2
    window.session.close()


@pytest.mark.parametrize("is_delivered", [False, True])
def test_a_visit_with_the_wrong_twin_is_moved_to_the_other(
    window: MainWindow, qtbot: QtBot, case: Where, tmp_path: Path, is_delivered: bool
) -> None:
    session, filling = window.session, filling_of(window)
    session.select(Where(visit=case.visit))
    filling.move_visit()
    assert QApplication.activePopupWidget() is None
    filling.add_citizen(is_child=True)
    settled(qtbot, window)
    twin = [one.key for one in family(window).citizens if one.is_child][1]
    session.edit(Where(case.family, "", twin, "citizen.cpr"), "0101265994")
    if is_delivered:
        assert delivered(window, qtbot, tmp_path / "a") == 1
    session.select(Where(visit=case.visit))
    window.actions_["move-visit"].trigger()
    choose(window, qtbot, 0)
    visits = family(window).visits
    assert [visit.subject.value for visit in visits] == ([case.subject, twin] if is_delivered else [twin])
    assert visits[-1].observations[0].subject.value == twin
    assert session.selection.visit == visits[-1].key
    assert filling.currentWidget() is filling.form_page
    session.close()


def test_going_back_behind_a_delivery_is_told(window: MainWindow, qtbot: QtBot, case: Where, tmp_path: Path) -> None:
    assert delivered(window, qtbot, tmp_path / "a") == 1
    with qtbot.waitSignal(window.session.failed, timeout=10_000) as failed:
        window.session.undo()
    assert failed.args[0].key == "case-undone-delivered"
    window.message.clear()
    with qtbot.assertNotEmitted(window.session.failed):
        window.session.redo()
    window.session.close()


@pytest.mark.parametrize("typed_cpr", each(["0101265996", "010126-5996", "0101269", "010126 599"], 2))
def test_a_number_is_covered_when_its_field_is_left(trial: MainWindow, qtbot: QtBot, typed_cpr: str) -> None:
    """By whatever way, the last field too, and also where it can't be read; and it is there again to be mended."""
    page = family_page(trial, qtbot)
    lines = [line for line in page.findChildren(AnswerLine) if line.objectName().startswith("citizen.cpr")]
    for line in lines:
        for leave in (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Up):
            line.setFocus()
            line.selectAll()
            typed(typed_cpr)
            press(leave)
            settled(qtbot, trial)
            assert not line.hasFocus()
            assert "••••" in line.text()
            assert typed_cpr not in line.text()
            line.setFocus()
            assert line.text() == typed_cpr
            assert line.selectedText() == typed_cpr
            page.visit.setFocus()
            assert "••••" in line.text()


def test_a_number_is_covered_while_another_window_has_the_keyboard(trial: MainWindow, qtbot: QtBot) -> None:
    page = family_page(trial, qtbot)
    line = next(one for one in page.findChildren(AnswerLine) if one.objectName().startswith("citizen.cpr"))
    line.setFocus()
    line.selectAll()
    typed("010126-5996")
    trial.actions_["commands"].trigger()
    qtbot.waitUntil(lambda: focused() == "finderLine")
    assert line.text() == "010126-••••"
    press(Qt.Key.Key_Escape)
    trial.activateWindow()
    qtbot.waitUntil(line.hasFocus)
    assert line.text() == "010126-5996"


def test_whom_a_section_is_about_is_heard_and_a_number_only_while_it_is_shown(trial: MainWindow, qtbot: QtBot) -> None:
    page = family_page(trial, qtbot)
    last = {str(one.cpr.value)[-4:] for one in family(trial).citizens if one.cpr.value}
    rows = [row for row in page.findChildren(FieldRow) if row.section]
    heard = {row.section for row in rows}
    trial.session.unmask(True)
    unmasked = {row.section for row in rows}
    trial.session.unmask(False)
    assert len(rows) == len(page.body.sections)
    assert all(any(section.endswith(digits) for section in unmasked) for digits in last)
    assert last
    assert {row.section for row in rows} == heard
    assert not any(digits in row.input.accessibleDescription() for row in rows for digits in last)
