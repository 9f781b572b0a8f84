"""The narrow rail at the left: the pages of the window, of which one is shown."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.buttons import RadioButton
from ldbu_desktop.ui.kit.widgets import column
from ldbu_desktop.ui.pages import PAGES, PageData
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, SMALL, colour, font

_WIDTH = 19 * GRID
_SIZE = QSize(_WIDTH - 2 * GRID, 14 * GRID)
_LOW = QSize(_WIDTH - 2 * GRID, 9 * GRID)
"""The size of a button without its name, where a window is too low for names."""
_ICON = 24


class RailButton(RadioButton):
    """A page on the rail: its icon above its name. To a screen reader it is one of several, of which one holds."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self._has_name = True
        self.setFixedSize(_SIZE)

    def show_name(self, has_name: bool) -> None:
        """Show the name below the icon, or only say it."""
        self._has_name = has_name
        self.setFixedSize(_SIZE if has_name else _LOW)
        self.update()

    def hitButton(self, position: QPoint) -> bool:
        """All of it is the button, not only the text."""
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground of the one that holds, or that is pointed at, the icon and the name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_pointed_at = self.underMouse() and self.isEnabled()
        painter.setPen(QPen(colour("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.isChecked() or is_pointed_at:
            painter.setBrush(colour("accent_tint" if self.isChecked() else "raised"))
        painter.drawRoundedRect(frame, 8, 8)
        ink = "accent" if self.isChecked() else "edge" if not self.isEnabled() else "text" if is_pointed_at else "muted"
        left = (self.width() - _ICON) // 2
        top = 2 * GRID if self._has_name else (self.height() - _ICON) // 2
        painter.drawPixmap(left, top, pixmap(self._icon, ink, _ICON))
        if self._has_name:
            painter.setFont(font(SMALL))
            painter.setPen(colour(ink))
            below = QRect(0, top + _ICON, self.width(), self.height() - 3 * GRID - _ICON)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class Rail(QWidget):
    """A button a page, which does what the page's action does, and can be pressed when that can be done."""

    def __init__(self, actions: Mapping[str, QAction], live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        live.name(self, lambda: tr("Steder"))
        self.buttons: dict[str, RailButton] = {}
        group = QButtonGroup(self)
        self._lines = lines = column(self, 1, 1)
        for page in PAGES:
            made = self._button(page, actions[f"page-{page.id}"], live)
            group.addButton(made)
            self.buttons[page.id] = made
            lines.addWidget(made)
        lines.addStretch(1)
        live.also(self.update)

    def _button(self, page: PageData, action: QAction, live: Retranslation) -> RailButton:
        made = RailButton(page.icon)
        made.setObjectName(f"rail-{page.id}")
        if not action.isVisible():
            made.hide()  # to show what is in no window yet would make it one
        live.say(made.setText, page.text)
        live.say(made.setToolTip, page.text)
        live.name(made, page.text)
        # Not clicked: a screen reader turns a button without that.
        made.toggled.connect(lambda is_on: action.trigger() if is_on else None)
        action.enabledChanged.connect(made.setEnabled)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window has no room for names."""
        super().resizeEvent(event)
        shown = [made for made in self.buttons.values() if not made.isHidden()]
        named = len(shown) * _SIZE.height() + 2 * GRID
        self._lines.setSpacing(GRID if named + len(shown) * GRID <= self.height() else 0)
        for made in shown:
            made.show_name(named <= self.height())

    def show_page(self, page: str) -> None:
        """Mark the page where the window is."""
        with QSignalBlocker(self.buttons[page]):
            self.buttons[page].setChecked(True)
