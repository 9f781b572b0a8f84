"""Corrections to an import in a window: kept by themselves, offered again, and asked about when the file is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ldbu_desktop.casefile.case_file import journal_of
from ldbu_desktop.editing.operations import EditValue
from ldbu_desktop.faults import FileFault, OutputFault
from ldbu_desktop.journal.where import WHOLE_JOURNAL, Where
from ldbu_desktop.ui.application import start
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.children.values_model import VALUE
from ldbu_desktop.ui.form.case_dialog import CaseDialog
from ldbu_desktop.ui.jobs import Job, Jobs
from ldbu_desktop.ui.leaving import LeavingDialog
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN, START
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.ui.start.page import StartPage
from ldbu_desktop.use_cases.keep_corrections import keep_corrections, kept_work
from ldbu_desktop.workspace.kept_corrections import KeptCorrections
from tests.ui.conftest import open_and_wait
from tests.ui.form.hand import PASSPHRASE


@pytest.fixture
def kept(qtbot: QtBot, opened: MainWindow) -> MainWindow:
    """A window with the export open, whose corrections are kept."""
    qtbot.waitUntil(lambda: opened.session.keeping.kept is not None)
    return opened


def weigh(qtbot: QtBot, window: MainWindow, raw: str) -> None:
    """Correct the weight that can't be read, and wait until it is kept."""
    visit = window.session.visit("K1")
    assert visit is not None
    weight = next(one for one in visit.observations if one.variable.value == "weight")
    family = window.session.family_of("K1")
    assert family is not None
    window.session.do(EditValue(Where(family.key, "K1", weight.key, "", "weight"), raw))
    qtbot.waitUntil(lambda: window.session.keeping.kept is not None and not window.session.keeping.kept.is_waiting)
    qtbot.waitUntil(lambda: not window.jobs.is_busy())


def weight(window: MainWindow) -> str:
    visit = window.session.visit("K1")
    assert visit is not None
    return next(one.value.raw for one in visit.observations if one.variable.value == "weight")


def again(qtbot: QtBot, window: MainWindow, export: Path) -> KeptCorrections:
    """The same files, opened again."""
    window.session.close()
    open_and_wait(qtbot, window, export)
    qtbot.waitUntil(lambda: window.session.keeping.kept is not None)
    assert window.session.keeping.kept is not None
    return window.session.keeping.kept


def test_what_keeps_corrections_waits_for_the_check_and_for_no_correction(
    qtbot: QtBot, window: MainWindow, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.session.checking, "go_on", lambda: None)
    window.open([export])
    qtbot.waitUntil(lambda: window.session.is_open)
    qtbot.wait(400)
    assert window.session.keeping.kept is None
    assert not window.jobs.is_busy()
    weigh(qtbot, window, "5250")
    assert window.session.keeping.kept is not None


def asked(window: MainWindow) -> LeavingDialog:
    return next(one for one in window.findChildren(LeavingDialog) if one.isVisible())


@pytest.mark.parametrize("action", ["close", "open-sample", "fill"])
def test_what_is_being_typed_is_a_correction_that_is_asked_about(qtbot: QtBot, kept: MainWindow, action: str) -> None:
    page = kept.pages.page(CHILDREN)
    assert isinstance(page, ChildrenPage)
    kept.session.select(Where(visit="K1"))
    view = page.visit_page.values
    at = next(row for row in range(view.values.rowCount()) if view.values.index(row, 0).data() == "Vægt")
    kept.activateWindow()
    qtbot.waitUntil(kept.isActiveWindow)
    view.setCurrentIndex(view.values.cell(at, VALUE))
    view.edit(view.currentIndex())
    editor = QApplication.focusWidget()
    assert editor is not None
    qtbot.keyClicks(editor, "3100")
    kept.actions_[action].trigger()
    asked(kept).stay.click()
    assert weight(kept) == "3100"


def test_kept_and_offered_and_fetched(qtbot: QtBot, kept: MainWindow, export: Path) -> None:
    assert not kept.kept_line.isVisible()
    weigh(qtbot, kept, "3000")
    weigh(qtbot, kept, "3100")
    assert "2" in kept.status.edits.text()
    assert again(qtbot, kept, export).earlier
    assert kept.kept_line.isVisible()
    assert weight(kept) == "tre kilo"
    kept.kept_line.fetch.click()
    qtbot.waitUntil(lambda: weight(kept) == "3100")
    qtbot.waitUntil(lambda: not kept.jobs.is_busy())
    assert not kept.kept_line.isVisible()
    assert not kept.commands.files.must_ask
    kept.session.undo()
    assert weight(kept) == "3000"
    assert kept.commands.files.must_ask


def accept(window: MainWindow) -> None:
    """Accept the first finding that may be."""
    session = window.session
    finding = next(one for one in session.work.findings_at(WHOLE_JOURNAL) if session.work.may_accept(one))
    assert session.accept([finding], "Set i journalen", "Sundhedsplejerske") is None


def test_what_was_accepted_is_no_correction(qtbot: QtBot, kept: MainWindow, export: Path) -> None:
    accept(kept)
    assert kept.status.edits.text().startswith("1 ændring,")
    weigh(qtbot, kept, "3000")
    assert kept.status.edits.text().startswith("2 ændringer,")
    kept.commands.files.close()
    assert "2 ændringer" in asked(kept).findChild(QLabel, "leavingHeading").text()
    asked(kept).keep.click()
    again(qtbot, kept, export)
    assert kept.kept_line.text.text().startswith("2 ændringer til filen")
    kept.session.close()


def test_what_was_accepted_and_is_kept_nowhere_is_asked_about(kept: MainWindow) -> None:
    accept(kept)
    assert not kept.commands.files.must_ask
    kept.session.keeping.leave()
    kept.commands.files.close()
    assert "1 ændring " in asked(kept).findChild(QLabel, "leavingHeading").text()
    asked(kept).throw_away.click()
    assert not kept.session.is_open


def test_thrown_away_and_had_again(qtbot: QtBot, kept: MainWindow, export: Path) -> None:
    weigh(qtbot, kept, "3000")
    found = again(qtbot, kept, export)
    line = kept.kept_line
    line.throw_away.click()
    assert not found.earlier
    assert line.take_back.isVisible()
    line.take_back.click()
    assert len(found.earlier) == 1
    line.close_.click()
    assert not line.isVisible()


def test_that_some_of_what_was_kept_is_lost_is_told(
    qtbot: QtBot, kept: MainWindow, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.session.close()

    def with_loss(*of: Any) -> KeptCorrections:
        found = keep_corrections(*of)
        found.file.warning = FileFault("corrections-lost", file=export.name)
        return found

    monkeypatch.setattr("ldbu_desktop.use_cases.keep_corrections.keep_corrections", with_loss)
    open_and_wait(qtbot, kept, export)
    qtbot.waitUntil(kept.message.isVisible)
    assert export.name in kept.message.text.text()


def test_leaving_keeps_or_throws_away(qtbot: QtBot, kept: MainWindow, export: Path, settings: Settings) -> None:
    kept.commands.files.close()
    assert not kept.session.is_open
    open_and_wait(qtbot, kept, export)
    qtbot.waitUntil(lambda: kept.session.keeping.kept is not None)
    weigh(qtbot, kept, "3000")
    kept.actions_["close"].trigger()
    asked(kept).stay.click()
    assert kept.session.is_open
    kept.actions_["close"].trigger()
    asked(kept).keep.click()
    assert not kept.session.is_open
    assert len(kept_work(settings.work_folder)) == 1
    open_and_wait(qtbot, kept, export)
    qtbot.waitUntil(lambda: kept.session.keeping.kept is not None)
    qtbot.waitUntil(lambda: kept.kept_line.isVisible())
    kept.kept_line.throw_away.click()
    weigh(qtbot, kept, "3200")
    kept.actions_["close"].trigger()
    asked(kept).throw_away.click()
    assert not kept.session.is_open
    assert kept_work(settings.work_folder) == ()


def test_quitting_asks(qtbot: QtBot, kept: MainWindow) -> None:
    weigh(qtbot, kept, "3000")
    kept.close()
    assert kept.isVisible()
    asked(kept).keep.click()
    assert not kept.isVisible()


def test_quitting_to_a_case_file_keeps_all_and_says_nothing_in_the_terminal(
    qtbot: QtBot, kept: MainWindow, tmp_path: Path
) -> None:
    weigh(qtbot, kept, "3000")
    kept.close()
    asked(kept).save.click()
    dialog = next(one for one in kept.findChildren(CaseDialog) if one.isVisible())
    case = tmp_path / "sag.ldbu"
    dialog.path_line.setText(str(case))
    dialog.passphrase.setText(PASSPHRASE)
    dialog.again.setText(PASSPHRASE)
    dialog.go.click()
    qtbot.waitUntil(lambda: not kept.isVisible(), timeout=20_000)
    assert not kept.commands.can_undo()  # its file was let go of
    assert not kept.commands.can_redo()
    assert journal_of(case, PASSPHRASE) == kept.session.journal


def test_what_is_in_a_case_file_too_is_offered_with_that_word(
    qtbot: QtBot, kept: MainWindow, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weigh(qtbot, kept, "3000")
    kept.commands.files.opening.new_case(tmp_path / "sag.ldbu", PASSPHRASE, from_open=True)
    qtbot.waitUntil(lambda: kept.session.is_filled, timeout=20_000)
    again(qtbot, kept, export)
    assert "»sag.ldbu«" in kept.kept_line.text.text()
    kept.kept_line.fetch.click()
    qtbot.waitUntil(lambda: weight(kept) == "3000")

    def fails(*_: object) -> None:
        raise OutputFault("case-disk-full", file="")

    monkeypatch.setattr(KeptCorrections, "also_in", fails)
    kept.session.keeping.note_case("sag.ldbu")
    assert kept.message.isVisible()
    kept.session.close()
    kept.message.clear()
    kept.session.keeping.note_case("sag.ldbu")  # nothing is kept that it could have
    assert not kept.message.isVisible()


def test_leaving_to_a_copy_or_a_case(
    qtbot: QtBot, kept: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weigh(qtbot, kept, "3000")
    kept.commands.files.fill()
    asked(kept).save.click()
    dialog = next(one for one in kept.findChildren(CaseDialog) if one.isVisible())
    dialog.reject()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "copies"))
    (tmp_path / "copies").mkdir()
    kept.commands.files.close()
    asked(kept).copy.click()
    qtbot.waitUntil(lambda: not kept.session.is_open)
    assert [*(tmp_path / "copies").glob("*.csv")]
    assert kept.message.isVisible()  # where it was written is not lost with what is left
    assert str(tmp_path / "copies") in kept.message.text.text()


def test_faults_are_told(qtbot: QtBot, kept: MainWindow, export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OutputFault("case-disk-full", file="")

    weigh(qtbot, kept, "3000")
    with monkeypatch.context() as broken:
        broken.setattr(KeptCorrections, "throw_away", fails)
        kept.commands.files.close()
        asked(kept).throw_away.click()
    assert kept.session.is_open
    assert kept.message.isVisible()
    again(qtbot, kept, export)
    with monkeypatch.context() as broken:
        broken.setattr(KeptCorrections, "throw_away_earlier", fails)
        kept.kept_line.throw_away.click()
        assert kept.message.isVisible()
        kept.message.clear()
        broken.setattr(KeptCorrections, "fetch", fails)
        kept.kept_line.fetch.click()
        qtbot.waitUntil(kept.message.isVisible)
        qtbot.waitUntil(lambda: not kept.jobs.is_busy())


@pytest.fixture
def second(qapp: QApplication, qtbot: QtBot, settings: Settings) -> Iterator[MainWindow]:
    """Another window."""
    made = start(qapp, settings)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.session.close()
    made.close()
    made.deleteLater()


def test_a_second_window_keeps_nothing_and_says_so(
    qtbot: QtBot, kept: MainWindow, second: MainWindow, export: Path
) -> None:
    open_and_wait(qtbot, second, export)
    qtbot.waitUntil(second.message.isVisible)
    assert second.session.keeping.kept is None
    visit = second.session.visit("K1")
    assert visit is not None
    family = second.session.family_of("K1")
    assert family is not None
    key_ = next(one.key for one in visit.observations if one.variable.value == "weight")
    second.session.do(EditValue(Where(family.key, "K1", key_, "", "weight"), "3000"))
    second.commands.files.close()
    assert not asked(second).keep.isVisible()
    asked(second).throw_away.click()
    assert not second.session.is_open


Late = list[Callable[[], None]]


def held(monkeypatch: pytest.MonkeyPatch, lines: str) -> Late:
    """What jobs give whose line begins so, before it is handed on."""
    late: Late = []
    start = Jobs.start

    def started(jobs: Jobs, line: str, words: Callable[[], str], work: Any, then: Any, *to: Any, **how: Any) -> Job:
        holding = (lambda result: late.append(lambda: then(result))) if line.startswith(lines) else then
        return start(jobs, line, words, work, holding, *to, **how)

    monkeypatch.setattr(Jobs, "start", started)
    return late


def test_what_was_looked_for_is_let_go_of_when_other_work_is_open(
    qtbot: QtBot, window: MainWindow, export: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as waiting:
        late = held(waiting, "keep ")
        open_and_wait(qtbot, window, export)
        qtbot.waitUntil(lambda: bool(late))
    window.session.close()
    late.pop()()
    assert window.session.keeping.kept is None
    assert not [*settings.work_folder.glob("*.lock")]
    window.session.keeping.begin()
    assert not window.jobs.is_busy()


def test_what_is_fetched_while_other_work_is_open_changes_nothing(
    qtbot: QtBot, kept: MainWindow, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weigh(qtbot, kept, "3000")
    first = again(qtbot, kept, export)
    with monkeypatch.context() as waiting:
        late = held(waiting, "fetch")
        kept.kept_line.fetch.click()
        qtbot.waitUntil(lambda: bool(late))
    kept.session.keeping.kept = None
    late.pop()()
    assert weight(kept) == "tre kilo"
    kept.session.keeping.fetch()
    assert not kept.jobs.is_busy()
    kept.session.keeping.kept = first


def test_what_is_done_meanwhile_is_kept_too(
    qtbot: QtBot, kept: MainWindow, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weigh(qtbot, kept, "3000")
    again(qtbot, kept, export)
    with monkeypatch.context() as waiting:
        late = held(waiting, "fetch")
        kept.kept_line.fetch.click()
        qtbot.waitUntil(lambda: bool(late))
    family = kept.session.family_of("K1")
    assert family is not None
    kept.session.do(EditValue(Where(family.key, "K1", field="visit.start"), "08-05-2020 10:45"))
    late.pop()()
    qtbot.waitUntil(lambda: weight(kept) == "3000")
    qtbot.waitUntil(lambda: not kept.jobs.is_busy())
    visit = kept.session.visit("K1")
    assert visit is not None
    assert visit.start.raw == "08-05-2020 10:45"


def test_what_is_kept_is_listed_at_the_start(qtbot: QtBot, kept: MainWindow, settings: Settings) -> None:
    weigh(qtbot, kept, "3000")
    kept.commands.go(START)
    page = kept.pages.page(START)
    assert isinstance(page, StartPage)
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "kept-0-throwAway") is not None)
    page.findChild(QPushButton, "kept-0-throwAway").click()  # it is open
    assert kept.message.isVisible()
    kept.session.close()
    page.findChild(QPushButton, "kept-0-throwAway").click()
    assert kept_work(settings.work_folder) == ()
    qtbot.waitUntil(lambda: not page.kept_heading.isVisible())
