"""The program as a user has it: its own settings, the shipped sample, a real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ldbu_desktop.language import Language, choose
from ldbu_desktop.ui.application import start
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.settings import Settings


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window that has the keyboard."""
    made = start(qapp, Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)))
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    made.deleteLater()
    choose(Language.DANISH)
