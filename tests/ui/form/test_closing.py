"""Closing the window loses nothing: what is typed is saved first, and what can't be saved is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.casefile.database import Database
from ldbu_desktop.faults import OutputFault
from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.leaving import LeavingDialog
from ldbu_desktop.ui.main_window import MainWindow
from tests.ui.form.hand import filling_of, settled, typed
from tests.ui.hand import pressed_when_asked

PASSPHRASE = "kort men god nok til en test"  # noqa: S105
WEIGHT = "5250"


@pytest.fixture
def kept(window: MainWindow, qtbot: QtBot, case_path: Path) -> MainWindow:
    """A window with a visit that is kept in a case file."""
    window.commands.files.opening.new_case(case_path, PASSPHRASE)
    qtbot.waitUntil(lambda: window.session.work.file is not None, timeout=20_000)
    settled(qtbot, window)
    window.pages.go("children")
    filling = filling_of(window)
    filling.begin_family()
    settled(qtbot, window)
    window.session.edit(Where("1", "", "1", "citizen.cpr"), "0505209996")
    filling.begin_visit("2-months", "1")
    qtbot.waitUntil(lambda: filling.currentWidget() is filling.form_page and bool(filling.form_page.form.order))
    settled(qtbot, window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field = next(one for one in filling.form_page.form.order if one.at.field.variable == "weight")
    filling.form_page.go_to(field)
    typed(WEIGHT)
    return window


def weights(path: Path) -> list[str]:
    """The weights that a case file holds, as they were typed."""
    file = CaseFile.open(path, PASSPHRASE)
    found = [
        one.value.raw
        for family in file.journal.families
        for visit in family.visits
        for one in visit.observations
        if one.variable.value == "weight"
    ]
    file.close()
    return found


def test_what_is_being_typed_is_saved_when_the_window_closes(kept: MainWindow, case_path: Path) -> None:
    assert kept.close()
    assert weights(case_path) == [WEIGHT]


def test_what_is_being_typed_is_saved_when_the_case_is_left(kept: MainWindow, qtbot: QtBot, case_path: Path) -> None:
    kept.actions_["close"].trigger()
    settled(qtbot, kept)
    assert not kept.session.is_open
    assert weights(case_path) == [WEIGHT]


def test_what_can_not_be_saved_keeps_the_window_open_until_it_is_given_up(
    kept: MainWindow, case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OutputFault("output-disk-full", file=case_path.name, why="")

    with monkeypatch.context() as disk:
        disk.setattr(Database, "transaction", full)
        with pressed_when_asked("unsavedStay"):
            assert not kept.close()
        assert kept.isVisible()
        assert kept.message.isVisible()
        with pressed_when_asked("unsavedClose"):
            assert kept.close()
    assert weights(case_path) == []


def asked(window: MainWindow) -> LeavingDialog:
    return next(one for one in window.findChildren(LeavingDialog) if one.isVisible())


@pytest.mark.parametrize("action", ["close", "open-sample", "fill"])
def test_what_is_filled_and_kept_nowhere_is_asked_about(trial: MainWindow, action: str) -> None:
    trial.actions_[action].trigger()
    dialog = asked(trial)
    assert not dialog.keep.isVisible()
    assert not dialog.copy.isVisible()
    dialog.stay.click()
    assert trial.session.journal.families
    assert not trial.close()
    asked(trial).throw_away.click()
    assert not trial.isVisible()


def test_a_trial_in_which_nothing_was_filled_is_left_without_a_word(window: MainWindow) -> None:
    window.commands.files.opening.trial()
    assert not window.commands.files.must_ask
