"""What the program says that it is."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from ldbu_desktop.ui.main_window import MainWindow
from tests.ui.hand import dialog


@pytest.mark.parametrize(("kernel", "is_told"), [("winnt", True), ("linux", False)])
def test_a_windows_that_was_never_tried_is_told_of(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, kernel: str, is_told: bool
) -> None:
    monkeypatch.setattr("ldbu_desktop.ui.about.QSysInfo.kernelType", lambda: kernel)
    window.actions_["about"].trigger()
    shown = dialog(window, "about")
    assert any("Wine" in line.text() for line in shown.findChildren(QLabel)) is is_told
    shown.close()
