"""The page of exercises in a real window: the four ways, what the key says, and that nothing real is touched."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.editing.operations import AnswerField
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.training import outcome_word
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.training.comparison import Outcome, compared
from ldbu_desktop.training.journals import Part, journal_of
from ldbu_desktop.training.mending import Mended
from ldbu_desktop.training.results import read_result, result_of, result_text
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN, PRACTICE, START
from ldbu_desktop.ui.practice.author import id_of
from ldbu_desktop.ui.practice.page import PracticePage
from ldbu_desktop.ui.practice.practice import Way
from ldbu_desktop.ui.start.page import StartPage
from ldbu_desktop.use_cases.exercises import case_called
from tests.ui.hand import activate, pressed_when_asked

STANDARD = shipped_standard()
CASE = "barselsbesoeg"


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> PracticePage:
    """The page as it is gone to."""
    made = window.pages.page(PRACTICE)
    assert isinstance(made, PracticePage)
    activate(window, qtbot)
    window.pages.go(PRACTICE)
    return made


def begun(page: PracticePage, qtbot: QtBot, way: Way, case: str = CASE) -> PracticePage:
    """Begin with a case, and wait until it is checked."""
    page.choice.choose(case)
    session = page.practice.session
    with qtbot.waitSignal(session.judged, timeout=20_000):
        page.choice.ways[way].click()
    qtbot.waitUntil(lambda: not session.jobs.is_busy())
    return page


def test_the_keyboard_stays_where_a_case_is_shown(window: MainWindow, page: PracticePage, qtbot: QtBot) -> None:
    """Where the button that is pressed again and again has no more to do, Enter does nothing else by it."""
    activate(window, qtbot)
    window.pages.go(PRACTICE)
    begun(page, qtbot, Way.SHOW)
    work = page.work
    qtbot.waitUntil(work.next.hasFocus)
    for _ in page.practice.answers:
        assert work.next.hasFocus()
        qtbot.keyClick(work.next, Qt.Key.Key_Return)
    assert (work.next.isEnabled(), work.hasFocus()) == (False, True)
    work.previous.setFocus()
    for _ in page.practice.answers:
        qtbot.keyClick(work.previous, Qt.Key.Key_Return)
    assert (work.previous.isEnabled(), work.next.hasFocus()) == (False, True)


def outcomes(page: PracticePage) -> list[Outcome]:
    """What is said of the answers."""
    return [one.outcome for one in page.practice.compared()]


def answered(page: PracticePage, asked: str, raw: str) -> None:
    """Answer something of the child at the first visit."""
    case = page.practice.case
    assert case is not None
    visit = case.visits[0]
    operation = AnswerField(Where(case.id, visit.id, subject=visit.about, variable=asked), raw)
    assert page.practice.session.do(operation) is not None


def test_each_case_says_what_it_trains(page: PracticePage, window: MainWindow, qtmodeltester: ModelTester) -> None:
    assert len(page.choice.cases.rows) >= 12
    page.choice.choose(CASE)
    case = page.choice.case
    assert case is not None
    assert case.trains[Language.DANISH] in page.choice.about.toPlainText()
    assert not page.choice.ways[Way.FAULTS].isEnabled()
    page.choice.ways[Way.FAULTS].click()
    assert page.exercise is None
    window.commands.choose_language(Language.ENGLISH)
    assert case.trains[Language.ENGLISH] in page.choice.about.toPlainText()
    qtmodeltester.check(page.choice.cases)


def test_a_case_is_shown_by_one_key_and_nothing_can_be_changed(page: PracticePage, qtbot: QtBot) -> None:
    begun(page, qtbot, Way.SHOW)
    practice = page.practice
    every = len(practice.answers)
    focus = page.window().focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Left)
    assert practice.at == 0
    for at in range(1, every + 1):
        QTest.keyClick(focus, Qt.Key.Key_PageDown)
        assert practice.at == at
        assert outcomes(page).count(Outcome.RIGHT) == at
        assert practice.shown is not None
        assert practice.shown[1].why[Language.DANISH].split(".")[0] in page.work.told.toPlainText()
    QTest.keyClick(focus, Qt.Key.Key_Right)
    assert practice.at == every
    assert page.choice.cases.cell(1, "done") is not None
    QTest.keyClick(focus, Qt.Key.Key_Backspace)
    assert practice.at == every - 1
    before = practice.session.journal
    session = practice.session
    assert session.do(AnswerField(Where(CASE, "besoeg", variable="weight"), "1")) is None
    session.undo()
    session.redo()
    assert not session.can_undo
    assert not session.can_redo
    assert session.journal is before
    form = page.work.form.filling.form_page
    assert not any(field.row.entry.isEnabled() for field in form.form.order)
    QTest.keyClick(focus, Qt.Key.Key_F3)
    assert practice.at == 0
    assert Outcome.RIGHT not in outcomes(page)
    page.work.next.click()
    page.work.previous.click()
    assert practice.at == 0


def test_what_is_shown_to_its_end_is_done_on_this_machine(page: PracticePage, window: MainWindow, qtbot: QtBot) -> None:
    begun(page, qtbot, Way.SHOW)
    assert window.settings.cases_done == frozenset()
    while page.practice.step(1):
        pass
    assert window.settings.cases_done == {CASE}
    page.work.back.click()
    at = next(at for at, case in enumerate(page.choice.cases.rows) if case.id == CASE)
    assert page.choice.cases.cell(at, "done").data() == "ja"


def test_the_half_is_filled_and_each_answer_is_told_beside_the_key(page: PracticePage, qtbot: QtBot) -> None:
    begun(page, qtbot, Way.COMPLETE, "andet-besoeg")
    assert set(outcomes(page)) == {Outcome.RIGHT, Outcome.MISSING}
    missing = next(one for one in page.practice.compared() if one.outcome is Outcome.MISSING)
    answered(page, missing.asked, "17")
    assert missing.why is not None
    assert missing.why[Language.DANISH] in page.work.told.toPlainText()
    page.work.at_once.click()
    page.work.told.clear()
    answered(page, missing.asked, "18")
    assert missing.why[Language.DANISH] not in page.work.told.toPlainText()


def test_the_key_is_shown_for_the_field_that_has_the_keyboard(page: PracticePage, qtbot: QtBot) -> None:
    begun(page, qtbot, Way.ALONE)
    form = page.work.form.filling.form_page
    wanted = next(one for one in page.practice.compared() if one.asked == "visit.class")
    field = form.form.field_about("visit.class", wanted.subject)
    assert field is not None
    form.go_to(field)
    QTest.keyClick(field.row.entry, Qt.Key.Key_F4)
    assert wanted.why is not None
    assert wanted.why[Language.DANISH] in page.work.told.toPlainText()
    start = form.form.field_about("visit.start", wanted.subject)
    assert start is not None
    form.go_to(start)
    page.work.show_key.click()
    assert wanted.why[Language.DANISH] not in page.work.told.toPlainText()


def test_at_the_end_every_answer_stands_beside_the_key(
    page: PracticePage, window: MainWindow, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    begun(page, qtbot, Way.ALONE)
    page.work.finish.click()
    window.actions_["next-pane"].trigger()  # there is no pane behind the result
    rows = page.work.answers.rows
    assert [row.word for row in rows] == [outcome_word(Outcome.MISSING)] * len(rows)
    assert window.settings.cases_done == {CASE}
    qtmodeltester.check(page.work.answers)
    why = page.practice.compared()[0].why
    assert why is not None
    assert why[Language.DANISH] in page.work.told.toPlainText()
    answered(page, rows[-1].where.variable, "17")
    assert page.work.answers.rows[-1].word == outcome_word(Outcome.DIFFERENT)
    assert "? " not in page.work.told.toPlainText()
    page.work.table.activated.emit(page.work.answers.index(0, 0))
    assert page.work.views.currentWidget() is page.work.form
    window.commands.choose_language(Language.ENGLISH)
    assert page.practice.case is not None
    assert page.practice.case.title[Language.ENGLISH] in page.work.title.text()


def test_faults_are_found_left_and_spoilt(page: PracticePage, qtbot: QtBot) -> None:
    begun(page, qtbot, Way.FAULTS, "tvillinger")
    assert not page.practice.session.is_filled
    assert {one.mended for one in page.practice.faults()} == {Mended.LEFT}
    page.work.tell_key()
    page.work.finish.click()
    assert [row.where.variable for row in page.work.answers.rows] == ["weight", "weight"]
    assert page.work.answers.cell(0, "outcome").data(Qt.ItemDataRole.ForegroundRole)
    page.work.table.activated.emit(page.work.answers.index(0, 0))
    assert page.practice.session.selection.visit


def test_nothing_real_is_touched_and_it_is_there_again(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = opened
    activate(window, qtbot)
    qtbot.waitUntil(lambda: window.session.keeping.kept is not None)
    qtbot.waitUntil(lambda: not window.jobs.is_busy())
    recent, work, kept = window.settings.recent, window.session.work, _files(tmp_path)
    journal, selected = window.session.journal, window.session.selection
    page = window.pages.page(PRACTICE)
    assert isinstance(page, PracticePage)
    window.pages.go(PRACTICE)
    assert window.actions_["deliver"].isEnabled()
    begun(page, qtbot, Way.ALONE)
    for action in ("deliver", "save", "save-as", "close", "save-findings", "write-copy"):
        assert not window.actions_[action].isEnabled(), action
    assert not page.work.deliver.isEnabled()
    assert page.work.deliver.toolTip()
    assert window.windowTitle().startswith("Øvelse")
    whole = window.findChild(QWidget, "whole")
    assert whole is not None
    assert whole.property("exercise") is True
    assert window.commands.at.session is page.practice.session
    answered(page, "sleep", "1")
    assert window.actions_["undo"].isEnabled()
    window.actions_["undo"].trigger()
    assert not window.actions_["undo"].isEnabled()
    assert window.session.work is work
    window.pages.go(CHILDREN)
    assert window.commands.at.session is window.session
    assert not window.windowTitle().startswith("Øvelse")
    window.pages.go(PRACTICE)
    assert window.windowTitle().startswith("Øvelse")
    page.work.back.click()
    assert page.exercise is None
    assert not page.practice.session.is_open
    assert (window.session.work, window.session.journal, window.session.selection) == (work, journal, selected)
    assert (window.settings.recent, _files(tmp_path)) == (recent, kept)
    assert window.actions_["deliver"].isEnabled()


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.suffix != ".ini"}


def test_a_visit_of_an_exercise_on_paper_says_so(page: PracticePage, window: MainWindow, qtbot: QtBot) -> None:
    begun(page, qtbot, Way.ALONE)
    found = window.commands.writing.summary()
    assert found is not None
    assert found[0].title.startswith("Øvelse")
    assert found[1].startswith("oevelse")


def test_answers_are_saved_without_names(
    page: PracticePage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun(page, qtbot, Way.COMPLETE)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page.work.save.click()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "svar"), ""))
    page.work.save.click()
    result = read_result(tmp_path / "svar.ldbusvar")
    assert result.case == CASE
    text = (tmp_path / "svar.ldbusvar").read_text(encoding="utf-8")
    case = page.practice.case
    assert case is not None
    assert not [person.cpr for person in case.people if person.cpr in text]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "not" / "there"), ""))
    with qtbot.waitSignal(page.practice.session.failed, raising=False, timeout=10):
        page.work.save.click()
    assert not (tmp_path / "not").exists()


def handed_over(folder: Path, weights: Iterable[str]) -> list[Path]:
    """Results of learners who answered the whole case, each with a weight of their own."""
    case = case_called(CASE, STANDARD)
    paths = []
    for at, weight in enumerate(weights):
        visit = case.visits[0]
        key = tuple(replace(one, answer=weight) if one.asked == "feeding" else one for one in visit.key)
        journal = journal_of(replace(case, visits=(replace(visit, key=key),)), STANDARD, Part.ALL)
        path = folder / f"{at}.ldbusvar"
        path.write_bytes(result_text(result_of(case, compared(case, journal, STANDARD))))
        paths.append(path)
    return paths


def test_a_rooms_results_are_added_up_printed_and_saved(
    page: PracticePage,
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    qtmodeltester: ModelTester,
) -> None:
    page.choice.room.click()
    room = page.room
    assert not room.nothing.isHidden()
    room.print.click()
    room.save.click()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    room.open.click()
    files = handed_over(tmp_path, ["Ammes primært"] * 3 + ["Fuldamning, inklusiv modermælk på flaske"])
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(one) for one in files], ""))
    room.open.click()
    assert room.room is not None
    assert room.room.results == 4
    assert room.model.rows[0].percent < room.model.rows[-1].percent
    qtmodeltester.check(room.model)
    monkeypatch.setattr("ldbu_desktop.ui.printing.printer.chosen_printer", lambda *_: None)
    room.print.click()
    for name in ("ud.xlsx", "ud.pdf"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / name), ""))
        room.save.click()
        assert (tmp_path / name).stat().st_size > 1000
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / "x" / name), ""))
        room.save.click()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    room.save.click()
    known = room.room
    files[0].write_text(json.dumps({"no": "result"}), encoding="utf-8")
    room.add_up(files[:1])
    assert room.room is known
    room.back.click()
    assert page.stack.currentWidget() is page.choice


def choose_paper(page: PracticePage, qtbot: QtBot, words: str) -> None:
    """Choose from what is offered of a handout."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(QMenu, "paperOffers")))
    menu = next(one for one in page.findChildren(QMenu, "paperOffers") if one.isVisible())
    next(one for one in menu.actions() if words in one.text()).trigger()
    menu.close()


def test_handouts_are_written_or_printed(
    page: PracticePage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    printed: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "ud.pdf"), ""))
    monkeypatch.setattr("ldbu_desktop.ui.printing.printer.chosen_printer", lambda _over, title: printed.append(title))
    page.choice.print.click()
    choose_paper(page, qtbot, "Udskriv")
    assert len(printed) == 1
    assert not (tmp_path / "ud.pdf").exists()
    page.choice.print.click()
    choose_paper(page, qtbot, "PDF")
    assert (tmp_path / "ud.pdf").read_bytes().startswith(b"%PDF")
    (tmp_path / "ud.pdf").unlink()
    page.choice.card.click()
    menu = page.choice.findChild(QMenu, "practiceCards")
    assert menu is not None
    assert len(menu.actions()) == len(STANDARD.visit_types)
    menu.actions()[0].trigger()
    menu.close()
    choose_paper(page, qtbot, "PDF")
    assert (tmp_path / "ud.pdf").read_bytes().startswith(b"%PDF")


def test_a_sites_own_folder_is_remembered(
    page: PracticePage, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = len(page.choice.cases.rows)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    page.choice.folder.click()
    assert window.settings.cases_folder is None
    (tmp_path / "egne").mkdir()
    (tmp_path / "egne" / "a.yaml").write_text("id: x\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "egne"))
    page.choice.folder.click()
    assert window.settings.cases_folder == tmp_path / "egne"
    assert len(page.choice.cases.rows) == before
    window.settings.cases_folder = tmp_path / "gone"
    page.read_cases()
    assert len(page.choice.cases.rows) == before


def test_the_start_page_leads_here(window: MainWindow, page: PracticePage) -> None:
    window.pages.go(START)
    start = window.pages.page(START)
    assert isinstance(start, StartPage)
    start.practice_door.click()
    assert window.pages.currentWidget() is page


def test_a_trainer_writes_a_case_and_a_learner_opens_it(
    page: PracticePage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    qtmodeltester: ModelTester,
) -> None:  # fmt: skip
    session = page.practice.session
    page.choice.choose(CASE)
    with qtbot.waitSignal(session.judged, timeout=20_000):
        page.choice.write.click()
    assert page.unsaved() == ""
    answered(page, "feeding", "Ammes primært")
    assert page.unsaved()
    assert not page.work.told.toPlainText().startswith("anderledes")
    page.work.finish.click()
    author = page.work.author
    qtmodeltester.check(author.key)
    author.view.choose("key")
    at = next(at for at, row in enumerate(author.key.rows) if row.answer.asked == "feeding")
    assert author.key.rows[at].answer.answer == "Ammes primært"
    marks = author.marks
    marks.table.selectRow(at)
    marks.accepted.setText("Fuldamning, inklusiv modermælk på flaske;")
    marks.why_da.setPlainText("Mest bryst.")
    marks.why_en.setPlainText("Mostly the breast.")
    marks.discuss.click()
    marks.settle()
    assert author.key.rows[at].answer.discuss
    told = author.key.cell(at, "marks").data()
    assert told == "1 svar til er rigtigt\ntil drøftelse"
    marks.table.selectRow(0)
    assert (marks.accepted.text(), marks.discuss.isChecked()) == ("", False)
    marks.table.selectRow(at)
    assert marks.why_en.toPlainText() == "Mostly the breast."
    author.lines["title-da"].setText("Emmas flaske på Ærø")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    author.save.click()
    own = tmp_path / "egne"
    own.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(own))
    author.save.click()
    assert [path.name for path in own.iterdir()] == ["emmas-flaske-paa-aeroe.yaml"]
    assert page.unsaved() == ""
    author.lines["title-da"].setText("!")
    marks.accepted.setText("noget, ingen kan læse")
    author.save.click()
    assert len(list(own.iterdir())) == 1
    assert page.unsaved()
    with pressed_when_asked("unsavedStay"):
        page.work.back.click()
    assert page.is_written
    with pressed_when_asked("unsavedClose"):
        page.work.back.click()
    assert not page.is_written
    assert page.unsaved() == ""
    begun(page, qtbot, Way.ALONE, "emmas-flaske-paa-aeroe")
    case = page.practice.case
    assert case is not None
    feeding = next(one for one in case.visits[0].key if one.asked == "feeding")
    assert feeding.why[Language.ENGLISH] == "Mostly the breast."
    answered(page, "feeding", "Fuldamning, inklusiv modermælk på flaske")
    assert outcomes(page).count(Outcome.ACCEPTED) == 1


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("Emmas flaske på Ærø", "emmas-flaske-paa-aeroe"),
        ("🎉", "oevelse"),
        ("", "oevelse"),
        ("CON", "oevelse-con"),
        ("Lpt1", "oevelse-lpt1"),
        ("conto", "conto"),
        ("x" * 59 + " y", "x" * 59),
    ],
)
def test_a_title_gives_a_name_that_a_file_can_have_anywhere(title: str, id: str) -> None:
    assert id_of(title) == id


def test_a_long_title_leaves_room_for_the_exercise(page: PracticePage, qtbot: QtBot, tmp_path: Path) -> None:
    title = "En meget lang titel " * 40
    case = replace(case_called(CASE, STANDARD), title=Text(title, title))
    page.practice.begin(case, Way.ALONE)
    assert len(page.work.title.text()) < 120
    assert page.work.title.text().endswith("alene")
    page.practice.leave()
    limits = {name: line.maxLength() for name, line in page.work.author.lines.items()}
    assert limits["title-da"] == limits["title-en"] == 120


def test_results_that_do_not_fit_are_told_beside_the_others(page: PracticePage, tmp_path: Path) -> None:
    handed_over(tmp_path, ["Ammes primært"] * 3)
    page.show_room()
    page.room.add_up([tmp_path])
    assert page.room.left_out.isHidden()
    (tmp_path / "damaged.ldbusvar").write_bytes(b"{")
    page.room.add_up([tmp_path])
    assert not page.room.left_out.isHidden()
    assert "damaged.ldbusvar" in page.room.left_out.text()
    assert page.room.room is not None
    assert page.room.room.results == 3


def test_why_there_are_no_faults_to_find_is_told(page: PracticePage) -> None:
    way = page.choice.ways[Way.FAULTS]
    told = {}
    for at, case in enumerate(page.choice.cases.rows):
        page.choice.table.selectRow(at)
        assert way.isEnabled() == case.has_faults
        assert way.accessibleDescription() == way.toolTip()
        told[case.has_faults] = way.toolTip()
    assert told[True] != told[False]
