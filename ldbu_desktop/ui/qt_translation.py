"""Qt's own words, as in the system's dialogs and the menus of a text field, in the language in use."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from ldbu_desktop.language import Language, chosen

_NAME, _REST = "qtTranslator", "qtTranslatorRest"
_LEFT_OUT = {
    "&Look in:": "&Kig i:",
    "Files of &type:": "Filer af &type:",
    "Folder": "Mappe",
    "File Folder": "Mappe",
    "File": "Fil",
    "%1 File": "%1-fil",
    "Drive": "Drev",
    "Shortcut": "Genvej",
    "Alias": "Genvej",
    "Unknown": "Ukendt",
}
"""What Qt's own Danish translation leaves out of the dialog for files (Qt 6.11: other sources than it was made for)."""


class _Rest(QTranslator):
    """Is asked last, for what has no translation."""

    def isEmpty(self) -> bool:
        """Else it would not be asked."""
        return False

    def translate(self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """The words of the dialog for files in Danish; None for all else."""
        is_known = context in ("QFileDialog", "QAbstractFileIconProvider") and chosen() is Language.DANISH
        return _LEFT_OUT.get(source_text) if is_known else None


def translate_qt() -> None:
    """Let Qt speak the language in use; the dialog for files is Danish throughout."""
    application = cast(QCoreApplication, QCoreApplication.instance())
    if application.findChild(QTranslator, _REST) is None:
        rest = _Rest(application)
        rest.setObjectName(_REST)
        application.installTranslator(rest)
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
