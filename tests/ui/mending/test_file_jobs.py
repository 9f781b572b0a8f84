"""A corrected copy that somebody thinks better of: nothing is begun."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ldbu_desktop.editing.operations import AnswerField
from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.mending.file_jobs import write_copy


def test_without_a_name_nothing_is_written(opened: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: asked.append(1) or "")
    write_copy(opened.session, opened, opened.message)
    assert len(asked) == 1
    assert not opened.jobs.is_busy("correct")
    assert not opened.message.isVisible()


def test_what_a_copy_lacks_is_told_on_lines_of_its_own_as_far_as_there_is_room(
    opened: MainWindow, export: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = opened.session.journal.families[0]
    for variable in ("height", "head-circumference", "parent-vulnerability", "network"):
        opened.session.do(AnswerField(Where(family.key, "K1", subject="B1", variable=variable), "50"))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "copies"))
    write_copy(opened.session, opened, opened.message)
    qtbot.waitUntil(lambda: opened.message.isVisible() and not opened.jobs.is_busy(), timeout=20_000)
    lines = opened.message.text.text().splitlines()
    assert len(lines) == 7
    assert str(tmp_path / "copies") in lines[1]
