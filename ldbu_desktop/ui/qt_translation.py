"""Qt's own words, as in the system's dialogs and the menus of a text field, in the language in use."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ldbu_desktop.language import Language, chosen

_NAME = "qtTranslator"
_OURS = {
    "Cancel": "Annullér",
    "&Redo": "&Gentag",
    "&Custom colors": "&Egne farver",
    "&Add to Custom Colors": "&Føj til egne farver",
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
    "Double Sided Printing": "Udskrift på begge sider",
    "Off": "Fra",
    "Long side binding": "Vend på den lange led",
    "Short side binding": "Vend på den korte led",
    "Page &Set:": "Udvalg af sider:",
    "Page &order:": "&Rækkefølge af sider:",
    "Pages &per sheet:": "Sider &pr. ark:",
    "Centimeters (cm)": "Centimeter (cm)",
    "Scheduled &printing:": "&Udskriv på et tidspunkt:",
    "&Start:": "&Start:",
    "&End:": "S&lut:",
    "&Billing information:": "Oplysninger til &regning:",
    "Job &priority:": "&Prioritet:",
    "Automatic": "Automatisk",
    "Name": "Navn",
    "Value": "Værdi",
    "An error occurred": "Der skete en fejl",
    "checked": "valgt",
    "unchecked": "ikke valgt",
    "Portrait": "Stående",
    "Landscape": "Liggende",
    "Reverse portrait": "Stående, omvendt",
    "Reverse landscape": "Liggende, omvendt",
}
"""What Qt's own Danish translation leaves out of its dialogs (Qt 6.11: other sources than it was made for), or says in
words that no Danish program uses of a sheet of paper, or other words than this program has for the same."""
_PLACES = {
    Language.DANISH: QLocale(QLocale.Language.Danish, QLocale.Country.Denmark),
    Language.ENGLISH: QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}
"""How Qt writes numbers in its dialogs."""


class _QtWords(QTranslator):
    """Qt's own translation, with what it leaves out, and with keys called what the manual calls them."""

    def translate(self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """The words for ``source_text``; None where it stays as it is."""
        if context == "QShortcut":
            return None
        ours = _OURS.get(source_text) if chosen() is Language.DANISH else None
        return ours or super().translate(context, source_text, disambiguation or "", n) or None


def translate_qt() -> None:
    """Let Qt speak the language in use, and write numbers as it does."""
    QLocale.setDefault(_PLACES[chosen()])
    application = cast(QCoreApplication, QCoreApplication.instance())
    known = application.findChild(QTranslator, _NAME)
    if known is not None:
        application.removeTranslator(known)
        known.deleteLater()
        known.setObjectName("")
    translator = _QtWords(application)
    translator.setObjectName(_NAME)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator.load(f"qtbase_{chosen().value}", folder)
    application.installTranslator(translator)
