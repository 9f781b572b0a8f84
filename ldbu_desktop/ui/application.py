"""Starts the window: the start page is painted first, everything else is read when it is needed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QApplication

from ldbu_desktop import __version__
from ldbu_desktop.language import choose
from ldbu_desktop.ui import pace
from ldbu_desktop.ui.icons import icon
from ldbu_desktop.ui.kit.roles import tell_roles
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.qt_translation import translate_qt
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.ui.theme import dress


def start(application: QApplication, settings: Settings) -> MainWindow:
    """The window, dressed and in its language, not shown yet."""
    choose(settings.language)
    translate_qt()
    tell_roles()
    dress(application, settings.look)
    return MainWindow(settings)


def run(paths: Sequence[Path]) -> int:
    """Open the window with ``paths`` and run it until it is closed; returns the program's exit code."""
    application = cast(QApplication, QApplication.instance() or QApplication(sys.argv[:1]))
    application.setApplicationName("LDBU Desktop")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("ldbu-desktop")
    window = start(application, Settings())
    application.setWindowIcon(icon("program", "accent"))
    window.show()
    if paths:
        pace.next_turn(window, lambda: window.open(list(paths)))
    return application.exec()
