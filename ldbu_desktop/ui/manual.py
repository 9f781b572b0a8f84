"""The manual in the help: a page for each kind of user, opened at the one that fits where the window is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.manual import PAGES, body, page_for, picture, title
from ldbu_desktop.ui.kit.dialog import Dialog
from ldbu_desktop.ui.kit.widgets import Segments, button, column, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, is_large, scaled

NAME = "manual"
_SIZE = QSize(220 * GRID, 160 * GRID)
_MARGIN = 20 * GRID
"""What is left and right of a picture, the bar to scroll by among it."""


def _title(page: str) -> str:
    return title(page, chosen())


class Manual(Dialog):
    """The pages, of which one is shown: at first what fits ``shown``, as :func:`page_for` says."""

    def __init__(self, parent: QWidget, *shown: str) -> None:
        super().__init__(parent)
        self.setObjectName(NAME)
        live = Retranslation()
        live.say(self.setWindowTitle, lambda: tr("Manual"))
        live.name(self, lambda: tr("Manual"))
        self.pages = Segments(
            "manualPages", live, lambda: tr("Sider i manualen"), [(page, partial(_title, page)) for page in PAGES]
        )
        self.text = QTextBrowser()
        self.text.setObjectName("manualText")
        self.text.setOpenLinks(False)
        live.name(self.text, lambda: tr("Manualens tekst"))
        close = button("manualClose", live, lambda: tr("Luk"), kind="primary")
        close.clicked.connect(self.accept)
        lines = column(self, 6, 4)
        lines.addWidget(label("manualHeading", live, lambda: tr("Manual"), "title"))
        lines.addWidget(self.pages)
        lines.addWidget(self.text, 1)
        lines.addLayout(row(1, close))
        room = parent.size() if is_large() else self.screen().availableSize()
        self.resize((_SIZE * scaled(GRID) / GRID).boundedTo(room))
        self.pages.chosen.connect(self.show_page)
        fitting = page_for(*shown)
        self.pages.mark(fitting)
        self.show_page(fitting)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_page(self, page: str) -> None:
        """Show a page from its beginning."""
        width = str(self.width() - _MARGIN)
        self.text.setHtml(body(page, chosen(), lambda name: {"src": picture(name).as_uri(), "width": width}))
