"""A case begun from the family that is open, in a real window: what is proposed, what is chosen, and what is saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.training.comparison import Outcome
from ldbu_desktop.training.loader import cases_of_folder
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN, PRACTICE
from ldbu_desktop.ui.practice.page import PracticePage
from ldbu_desktop.ui.practice.practice import Way
from tests.ui.hand import activate
from tests.ui.practice.test_page import begun, outcomes

STANDARD = shipped_standard()
TICK = Qt.ItemDataRole.CheckStateRole
EDIT = Qt.ItemDataRole.EditRole


def practice_of(window: MainWindow) -> PracticePage:
    """The page of exercises."""
    page = window.pages.page(PRACTICE)
    assert isinstance(page, PracticePage)
    return page


def with_several_visits(window: MainWindow) -> str:
    """Go to a family of several visits, and look at its last; its key."""
    families = [family for family in window.session.journal.families if len(family.visits) > 1]
    window.session.select(Where(visit=families[0].visits[-1].key))
    return families[0].key


@pytest.fixture
def page(opened: MainWindow, qtbot: QtBot) -> PracticePage:
    """The choice of what of an open family becomes a case."""
    activate(opened, qtbot)
    opened.pages.go(CHILDREN)
    with_several_visits(opened)
    assert opened.actions_["write-case"].isEnabled()
    opened.actions_["write-case"].trigger()
    made = practice_of(opened)
    assert made.stack.currentWidget() is made.family
    return made


def test_without_a_family_there_is_nothing_to_write_from(window: MainWindow) -> None:
    page = practice_of(window)
    window.pages.go(PRACTICE)
    assert not window.actions_["write-case"].isEnabled()
    assert not page.choice.write_family.isEnabled()
    assert page.choice.write_family.toolTip()
    page.write_from(window.session)
    assert page.stack.currentWidget() is page.choice
    assert page.family.made() is None


def test_what_is_proposed_can_be_changed_and_says_what_it_does(
    page: PracticePage, opened: MainWindow, qtmodeltester: ModelTester
) -> None:
    family, choice = page.family, page.family.choice
    assert choice is not None
    assert choice.is_moved
    qtmodeltester.check(family.people)
    qtmodeltester.check(family.visits)
    becomes = [family.visits.cell(at, "becomes").data() for at in range(len(family.visits.rows))]
    assert becomes.count("opgaven") == 1
    day = family.visits.cell(0, "day").data()
    family.moves.click()
    assert choice.days == 0
    assert family.visits.cell(0, "day").data() != day
    assert family.told.isVisible()
    assert family.people.setData(family.people.cell(0, "name"), "Ida", EDIT)
    assert not family.people.setData(family.people.cell(0, "name"), " ", EDIT)
    assert not family.people.setData(family.people.cell(0, "name"), "Ida", TICK)
    assert family.people.cell(0, "name").data() == "Ida"
    assert not family.visits.setData(family.visits.cell(0, "visit"), Qt.CheckState.Checked.value, EDIT)
    for at in range(len(family.visits.rows)):
        assert family.visits.setData(family.visits.cell(at, "visit"), Qt.CheckState.Unchecked.value, TICK)
    assert not family.go.isEnabled()
    family.go.click()
    assert page.exercise is None
    assert family.visits.setData(family.visits.cell(0, "visit"), Qt.CheckState.Checked.value, TICK)
    assert family.visits.cell(1, "becomes").data() == "er ikke med"
    assert family.go.isEnabled()
    opened.commands.choose_language(Language.ENGLISH)
    assert family.visits.cell(0, "becomes").data() == "the task"
    family.back.click()
    assert page.stack.currentWidget() is page.choice
    page.choice.write_family.click()
    assert page.stack.currentWidget() is family


def test_what_is_closed_is_forgotten_here_too(page: PracticePage, opened: MainWindow) -> None:
    opened.session.close()
    assert page.stack.currentWidget() is page.choice
    assert page.family.choice is None
    assert (len(page.family.people.rows), len(page.family.visits.rows)) == (0, 0)
    assert not page.choice.write_family.isEnabled()


def test_a_trainer_writes_a_case_from_real_work_and_a_learner_tries_it_elsewhere(
    page: PracticePage, opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    session = page.practice.session
    known = page.family.choice
    assert known is not None
    secrets = {one.cpr.value for one in known.family.citizens} | {one.key for one in known.family.citizens}
    before = opened.session.journal
    with qtbot.waitSignal(session.judged, timeout=20_000):
        page.family.go.click()
    assert page.is_written
    assert not opened.actions_["write-case"].isEnabled()
    page.write_from(session)
    assert page.is_written
    assert "Ny øvelse" in page.work.title.text()
    page.work.finish.click()
    author = page.work.author
    author.lines["title-da"].setText("Fra familien")
    author.lines["trains-da"].setText("Det hele")
    author.stories["story-da"].setPlainText("Det gik sådan.")
    own = tmp_path / "egne"
    own.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(own))
    author.save.click()
    (path,) = own.iterdir()
    text = path.read_text(encoding="utf-8")
    assert [one for one in secrets if one and one in text] == []
    assert opened.session.journal is before
    read = cases_of_folder(own, STANDARD)
    assert read.faults == ()
    page.leave()
    begun(page, qtbot, Way.COMPLETE, "fra-familien")
    assert set(outcomes(page)) <= {Outcome.RIGHT, Outcome.MISSING}
    page.leave()


def test_a_case_is_written_from_an_exercise_with_the_people_it_has(window: MainWindow, qtbot: QtBot) -> None:
    activate(window, qtbot)
    page = practice_of(window)
    window.pages.go(PRACTICE)
    begun(page, qtbot, Way.COMPLETE)
    assert window.actions_["write-case"].isEnabled()
    window.actions_["write-case"].trigger()
    assert page.exercise is None
    choice = page.family.choice
    assert choice is not None
    assert set(choice.names.values()) == {"Emma", "Mia", "Jonas"}
    assert choice.days == 0
    assert not page.family.told.isVisible()
    made = page.family.made()
    assert made is not None
    assert [one.asked for one in made.case.visits[0].key] == ["visit.class", "parent-relationship"]


def test_a_family_that_is_forgotten_is_begun_from_and_moved_by_nothing(page: PracticePage) -> None:
    family = page.family
    visits = list(family.visits.rows)
    assert visits
    family.forget()
    begun_cases: list[object] = []
    family.begun.connect(begun_cases.append)
    family.go.click()
    family.moves.click()
    family.visits.show(visits)
    shown = [family.visits.index(0, at).data() for at in range(family.visits.columnCount())]
    assert begun_cases == []
    assert family.choice is None
    assert "–" in shown
