"""Qt's own words, as in the system's dialogs and the menus of a text field, in the language in use."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from ldbu_desktop.language import chosen

_NAME = "qtTranslator"


def translate_qt() -> None:
    """Let Qt speak the language in use; what it has no translation for stays English."""
    application = cast(QCoreApplication, QCoreApplication.instance())
    known = application.findChild(QTranslator, _NAME)
    if known is not None:
        application.removeTranslator(known)
        known.deleteLater()
        known.setObjectName("")
    translator = QTranslator(application)
    translator.setObjectName(_NAME)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{chosen().value}", folder):
        application.installTranslator(translator)
