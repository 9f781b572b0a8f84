"""A corrected copy that somebody thinks better of: nothing is begun."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog

from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.mending.file_jobs import write_copy


def test_without_a_name_nothing_is_written(opened: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: asked.append(1) or "")
    write_copy(opened.session, opened, opened.message)
    assert len(asked) == 1
    assert not opened.jobs.is_busy()
    assert not opened.message.isVisible()
