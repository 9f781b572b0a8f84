"""What the program is: version, standard and what it promises."""

from __future__ import annotations

from PySide6.QtCore import QSysInfo
from PySide6.QtWidgets import QWidget

from ldbu_desktop import __version__
from ldbu_desktop.language import tr
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.dialog import Dialog
from ldbu_desktop.ui.kit.widgets import button, column, keep_dialog, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID


class About(Dialog):
    """A few lines, and a button."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("about")
        live = Retranslation()
        live.say(self.setWindowTitle, lambda: tr("Om LDBU Desktop"))
        live.name(self, lambda: tr("Om LDBU Desktop"))
        header = session.standard.header
        picture = label("aboutPicture")
        picture.setPixmap(pixmap("program", "accent", 40))
        lines = column(self, 6, 2)
        lines.addWidget(picture)
        lines.addWidget(label("aboutHeading", live, lambda: f"LDBU Desktop {__version__}", "title"))
        tried = tr("Prøvet under Wine, endnu ikke på en rigtig Windows-maskine.")
        for at, text in enumerate(
            (
                tr("Kontrollerer og danner sundhedsplejens afleveringsrapporter til børnedatabasen."),
                tr("Standard: {package} {version}", package=header.package, version=header.version),
                tr("Det er en forkontrol: gatewayen afgør. Alt sker på denne computer; ingen data forlader den."),
                tr("Fri software under MIT-licensen."),
                *([tried] if QSysInfo.kernelType() == "winnt" else []),
            )
        ):
            told = label(f"about-{at}", tone="" if at == 0 else "muted")
            told.setText(text)
            told.setWordWrap(True)
            keep_dialog(told, parent)
            lines.addWidget(told)
        close = button("aboutClose", live, lambda: tr("Luk"), kind="primary")
        close.clicked.connect(self.accept)
        lines.addSpacing(2 * GRID)
        lines.addLayout(row(1, close))
