"""The line on top: open and deliver, find, and at the right what concerns the whole window."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.ui.icons import icon, pixmap
from ldbu_desktop.ui.kit.buttons import PushButton, ToolButton
from ldbu_desktop.ui.kit.widgets import button, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID

_HEIGHT = 13 * GRID
_NARROW = 1200
_FILE_WIDTH = 50 * GRID
_TOOLS = (("undo", "undo"), ("unmask", "eye"), ("keys", "keys"))


class HeaderBar(QWidget):
    """Buttons for the actions that are needed most."""

    def __init__(self, actions: Mapping[str, QAction], live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT)
        picture = label("programPicture")
        live.also(lambda: picture.setPixmap(pixmap("program", "accent", 24)))
        name = label("programName")
        name.setText("LDBU Desktop")
        self.file = QLabel()
        self.file.setObjectName("headerFile")
        self.file.setProperty("tone", "muted")
        self.open = self._push(actions, live, "open", "headerOpen", "quiet")
        live.say(self.open.setText, lambda: tr("Åbn"))
        self.deliver = self._push(actions, live, "deliver", "headerDeliver", "primary")
        live.say(self.deliver.setText, lambda: tr("Aflevér"))
        self.finder = button("headerFind", live, lambda: tr("Find handling eller kontakt"), kind="find", icon="search")
        live.say(self.finder.setText, self._find_words)
        self.finder.clicked.connect(actions["commands"].trigger)
        line = row(picture, name, self.file, 1, self.finder, 1, self.open, self.deliver, spacing=2)
        line.addSpacing(2 * GRID)
        self.tools = [self._tool(actions, live, action, name) for action, name in _TOOLS]
        for made in self.tools:
            line.addWidget(made)
        self.look = self._own("headerLook", live, lambda: tr("Skift mellem lyse og mørke farver"), line)
        self.language = self._own("headerLanguage", live, lambda: tr("Switch to English"), line)
        live.say(self.language.setText, lambda: tr("EN"))
        line.setContentsMargins(4 * GRID, 0, 3 * GRID, 0)
        self.setLayout(line)

    def _push(
        self, actions: Mapping[str, QAction], live: Retranslation, action: str, name: str, kind: str
    ) -> QPushButton:
        made = PushButton()
        made.setObjectName(name)
        made.setProperty("kind", kind)
        made.setIconSize(QSize(20, 20))
        live.draw(made, action, "on_accent" if kind == "primary" else "text")
        source = actions[action]
        live.say(made.setAccessibleName, source.toolTip)
        live.say(made.setToolTip, source.toolTip)
        made.clicked.connect(source.trigger)
        source.enabledChanged.connect(made.setEnabled)
        return made

    def _tool(self, actions: Mapping[str, QAction], live: Retranslation, action: str, icon_name: str) -> QToolButton:
        made = ToolButton()
        made.setObjectName(f"header-{action}")
        made.setProperty("kind", "quiet")
        made.setDefaultAction(actions[action])
        live.draw(actions[action], icon_name)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        made.setIconSize(QSize(20, 20))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return made

    def _own(self, name: str, live: Retranslation, text: Callable[[], str], line: QHBoxLayout) -> QToolButton:
        made = ToolButton()
        made.setObjectName(name)
        made.setProperty("kind", "quiet")
        made.setIconSize(QSize(20, 20))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        live.name(made, text, tip=True)
        line.addWidget(made)
        return made

    def show_look(self, is_dark: bool) -> None:
        """Draw on the button what it switches to."""
        self.look.setIcon(icon("sun" if is_dark else "moon"))

    def _find_words(self) -> str:
        is_narrow = self.width() < _NARROW
        self.finder.setMinimumWidth((36 if is_narrow else 72) * GRID)
        return tr("Find   Ctrl+K") if is_narrow else tr("Find handling eller kontakt   Ctrl+K")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has room for fewer words."""
        super().resizeEvent(event)
        if (words := self._find_words()) != self.finder.text():
            self.finder.setText(words)
            self.show_file(self.file.toolTip())

    def show_file(self, name: str) -> None:
        """Say which file is open; a long name is cut in its middle."""
        room = _FILE_WIDTH // 2 if self.width() < _NARROW else _FILE_WIDTH
        cut = self.file.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        self.file.setText(f"·  {cut}" if name else "")
        self.file.setToolTip(name)
