"""What is open, selected and mended; what goes wrong is told and nothing that is open is lost."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from ldbu_desktop.aside import reader as aside
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.ui.theme import ColourScheme


def test_a_file_that_can_not_be_read_is_told_and_the_open_one_stays(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(b"no workbook")
    with qtbot.waitSignal(opened.session.failed, timeout=10_000) as failed:
        opened.open([wrong])
    assert failed.args[0].key.startswith("file-")
    assert opened.message.isVisible()
    assert "wrong.xlsx" in opened.message.text.text()
    assert opened.session.journal.visit_count == 3
    opened.message.close_.click()
    assert not opened.message.isVisible()


def test_a_value_that_is_not_there_is_told(session: Session, qtbot: QtBot) -> None:
    alone = Session(session.jobs)
    alone.edit(Where("B1", "K1", "nobody", "", "weight"), "1")
    with qtbot.waitSignal(session.failed) as failed:
        session.edit(Where("B1", "K1", "nobody", "", "weight"), "1")
    assert failed.args[0].key == "edit-nowhere"
    assert len(session.work.steps.done) == 0


def test_a_mended_visit_becomes_ready_and_undo_rejects_it_again(session: Session) -> None:
    weight = next(one for one in session.work.findings_at(Where(visit="K1")) if one.location.variable == "weight")
    session.select_finding(weight)
    assert session.work.rejected_visits() == 1
    record = weight.location.record
    session.edit(Where("B1", "K1", record, "", "weight"), "3350")
    assert weight not in session.work.findings_at(Where(visit="K1"))
    assert session.finding is None
    assert session.work.rejected_visits() == 0
    session.undo()
    assert session.work.rejected_visits() == 1
    assert session.selection.record == record
    assert session.can_redo
    session.undo()
    assert len(session.work.steps.done) == 0


def test_another_file_covers_cpr_numbers_again(opened: MainWindow, qtbot: QtBot, export: Path) -> None:
    opened.actions_["unmask"].trigger()
    assert opened.session.shows_cpr
    with qtbot.waitSignal(opened.session.judged, timeout=20_000):
        opened.open([export])
    assert not opened.session.shows_cpr
    qtbot.waitUntil(lambda: not opened.jobs.is_busy())


@pytest.mark.parametrize("ends", [False, True])
def test_a_large_file_is_loaded_and_checked_aside(
    ends: bool, opened: MainWindow, qtbot: QtBot, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = opened.session.findings
    monkeypatch.setattr(aside, "LARGE", 0)
    loaded: list[aside.Aside] = []
    journal = aside.Aside.journal
    monkeypatch.setattr(aside.Aside, "journal", lambda one, *told: (loaded.append(one), journal(one, *told))[1])

    def end() -> None:
        if ends:
            loaded[0].end()

    opened.session.opened.connect(end)
    with qtbot.waitSignal(opened.session.judged, timeout=60_000):
        opened.open([export])
    assert len(loaded) == 1
    now = opened.session.findings
    assert before is not None
    assert now is not None
    assert now is not before
    assert now.all == before.all
    qtbot.waitUntil(lambda: not opened.jobs.is_busy())


def test_what_is_left_is_no_more_checked_aside(session: Session) -> None:
    ended: list[bool] = []
    beside = cast(aside.Aside, SimpleNamespace(end=lambda: ended.append(True)))
    session.show_work(session.work, beside)
    session.close()
    assert ended == [True]


def test_a_visit_brings_its_family(session: Session) -> None:
    session.select(Where(visit="K3"))
    assert session.selection.family == session.family_of("K3").key  # type: ignore[union-attr]
    assert session.visit("K3") is not None
    assert session.visit("nobody") is None


def test_settings_keep_what_was_chosen_and_no_cpr(tmp_path: Path) -> None:
    store = str(tmp_path / "s.ini")
    settings = Settings(QSettings(store, QSettings.Format.IniFormat))
    assert settings.language is Language.DANISH
    assert settings.look is ColourScheme.SYSTEM
    settings.language, settings.look = Language.ENGLISH, ColourScheme.DARK
    for name in ("a.csv", "b.csv", "050520-9996.csv"):
        (tmp_path / name).touch()
        settings.remember(tmp_path / name)
    settings.remember(tmp_path / "a.csv")
    settings.settle()
    again = Settings(QSettings(store, QSettings.Format.IniFormat))
    assert (again.language, again.look) == (Language.ENGLISH, ColourScheme.DARK)
    assert [path.name for path in again.recent] == ["a.csv", "b.csv"]
    again.forget_recent()
    assert again.recent == []
    again.settle()
    assert "recent" not in QSettings(store, QSettings.Format.IniFormat).allKeys()
    assert "9996" not in Path(store).read_text(encoding="utf-8")
