"""The narrow rail at the left: the pages of the window."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.ui.icons import icon
from ldbu_desktop.ui.kit.buttons import ToolButton
from ldbu_desktop.ui.kit.widgets import column
from ldbu_desktop.ui.pages import PAGES, PageData
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID

_WIDTH = 18 * GRID


class Rail(QWidget):
    """A button a page, which does what the page's action does, and can be pressed when that can be done."""

    def __init__(self, actions: Mapping[str, QAction], live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        live.name(self, lambda: tr("Steder"))
        self.buttons: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        lines = column(self, 1, 1)
        for page in PAGES:
            made = self._button(page, actions[f"page-{page.id}"], live)
            group.addButton(made)
            self.buttons[page.id] = made
            lines.addWidget(made)
        lines.addStretch(1)
        live.also(self._draw)

    def _button(self, page: PageData, action: QAction, live: Retranslation) -> QToolButton:
        made = ToolButton()
        made.setObjectName(f"rail-{page.id}")
        made.setCheckable(True)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setIconSize(QSize(24, 24))
        made.setFixedSize(_WIDTH - 2 * GRID, 15 * GRID)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        live.say(made.setText, page.text)
        live.name(made, page.text)
        made.clicked.connect(action.trigger)
        action.enabledChanged.connect(made.setEnabled)
        made.toggled.connect(lambda _checked: self._draw())
        return made

    def _draw(self) -> None:
        for page in PAGES:
            if made := self.buttons.get(page.id):
                made.setIcon(icon(page.icon, "accent" if made.isChecked() else "muted", 24))

    def show_page(self, page: str) -> None:
        """Mark the page where the window is."""
        self.buttons[page].setChecked(True)
