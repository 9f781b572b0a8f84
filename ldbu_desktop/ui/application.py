"""Starts the window: the start page is painted first, everything else is read when it is needed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication

from ldbu_desktop.aside.precedence import go_first
from ldbu_desktop.ui.pace import Interpreter, next_turn

if TYPE_CHECKING:
    from ldbu_desktop.ui.main_window import MainWindow
    from ldbu_desktop.ui.settings import Settings


def start(application: QApplication, settings: Settings) -> MainWindow:
    """The window, dressed and in its language, not shown yet."""
    go_first()
    Interpreter.start_begins()
    from ldbu_desktop.language import choose
    from ldbu_desktop.ui.kit.roles import tell_roles
    from ldbu_desktop.ui.main_window import MainWindow
    from ldbu_desktop.ui.qt_translation import translate_qt
    from ldbu_desktop.ui.theme import dress

    choose(settings.language)
    translate_qt()
    dress(application, settings.look)
    tell_roles()  # before a screen reader asks of the first part: what it was told once is not asked again
    return MainWindow(settings)


def run(paths: Sequence[Path]) -> int:
    """Open the window with ``paths`` and run it until it is closed; returns the program's exit code."""
    from ldbu_desktop import __version__
    from ldbu_desktop.ui.icons import icon
    from ldbu_desktop.ui.settings import Settings
    from ldbu_desktop.ui.theme import styled_application

    name = next(iter(sys.argv), "ldbu-desktop")
    application = cast(QApplication, QApplication.instance() or styled_application(name))
    application.setApplicationName("LDBU Desktop")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("ldbu-desktop")
    window = start(application, Settings())
    application.setWindowIcon(icon("program", "accent"))
    window.show()
    if paths:
        next_turn(window, lambda: window.open(list(paths)))
    return application.exec()
