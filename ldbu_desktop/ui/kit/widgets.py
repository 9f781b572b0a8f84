"""Small parts that the pages are made of: labels by tone, buttons by kind, a row of segments, empty states."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.buttons import PushButton, ToolButton
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID

Tone = Literal["", "muted", "heading", "title", "small", "rejected", "check", "clear"]

LINE = 560
"""How wide a line of explanation may be, in pixels: about 75 characters."""


def label(
    name: str, live: Retranslation | None = None, text: Callable[[], str] | None = None, tone: Tone = ""
) -> QLabel:
    """A label; with ``text`` it says that in the language in use."""
    made = QLabel()
    made.setObjectName(name)
    made.setProperty("tone", tone)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if live and text:
        live.say(made.setText, text)
    return made


def set_tone(widget: QLabel, tone: Tone) -> None:
    """Let a label be read in another tone."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(
    name: str,
    live: Retranslation,
    text: Callable[[], str],
    *,
    kind: Literal["", "primary", "quiet", "link", "find"] = "",
    icon: str = "",
) -> QPushButton:
    """A push button of a kind."""
    made = PushButton()
    made.setObjectName(name)
    made.setProperty("kind", kind)
    live.say(made.setText, text)
    live.name(made, text)
    if icon:
        made.setIconSize(QSize(20, 20))
        live.draw(made, icon, {"primary": "on_accent", "link": "accent", "find": "muted"}.get(kind, "text"))
    return made


def tool(name: str, live: Retranslation, text: Callable[[], str], icon: str) -> QToolButton:
    """A quiet button that shows only its icon; its name is its tool tip."""
    made = ToolButton()
    made.setObjectName(name)
    made.setProperty("kind", "quiet")
    made.setIconSize(QSize(20, 20))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    live.name(made, text, tip=True)
    live.draw(made, icon)
    return made


class Segments(QWidget):
    """A row of choices of which one holds. ``chosen`` tells its key."""

    chosen = Signal(str)

    def __init__(self, name: str, live: Retranslation, choices: Sequence[tuple[str, Callable[[], str]]]) -> None:
        super().__init__()
        self.setObjectName(name)
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        for key, text in choices:
            made = PushButton()
            made.setObjectName(f"{name}-{key}")
            made.setProperty("kind", "segment")
            made.setCheckable(True)
            made.setAutoExclusive(True)  # so that a screen reader hears one of several, and not a tick
            live.say(made.setText, text)
            live.name(made, text)
            # Not clicked: a screen reader turns a button without that.
            made.toggled.connect(lambda is_on, key=key: self.chosen.emit(key) if is_on else None)
            self._group.addButton(made)
            self._buttons[key] = made
            row.addWidget(made)
        row.addStretch(1)
        self.mark(choices[0][0])

    def mark(self, key: str) -> None:
        """Let another choice hold, without a word of it."""
        with QSignalBlocker(self._buttons[key]):
            self._buttons[key].setChecked(True)

    def button(self, key: str) -> QPushButton:
        """The button of a choice. Not ``[key]``: Qt's Python side would take the widget for a list and look into it."""
        return self._buttons[key]

    @property
    def choice(self) -> str:
        """The key of the choice that holds."""
        return next(key for key, made in self._buttons.items() if made.isChecked())

    def choose(self, key: str) -> None:
        """Let another choice hold, as if it were clicked."""
        if self.choice != key:
            self._buttons[key].setChecked(True)


class EmptyState(QWidget):
    """What stands where there is nothing yet: what this place is, and what to do."""

    def __init__(
        self, name: str, live: Retranslation, icon: str, heading: Callable[[], str], text: Callable[[], str]
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 6 * GRID, 6 * GRID, 6 * GRID)
        column.setSpacing(2 * GRID)
        picture = label(f"{name}-picture")
        live.also(lambda: picture.setPixmap(pixmap(icon, "edge", 40)))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.heading = label(f"{name}-heading", live, heading, "heading")
        self.text = label(f"{name}-text", live, text, "muted")
        column.addStretch(2)
        for part in (picture, self.heading, self.text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            part.setWordWrap(part is not picture)
            part.setMaximumWidth(LINE)
            row = QHBoxLayout()
            row.addWidget(part)
            column.addLayout(row)
        column.addStretch(3)


class Pane(QWidget):
    """A part of the window on the surface's colour."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def divided(
    name: str,
    parts: Sequence[QWidget],
    sizes: Sequence[int],
    shares: Sequence[int],
    way: Qt.Orientation = Qt.Orientation.Horizontal,
) -> QSplitter:
    """Panes with handles between them: of ``sizes`` in pixels at first, and more room goes to them by ``shares``."""
    made = QSplitter(way)
    made.setObjectName(name)
    made.setChildrenCollapsible(False)
    for at, (part, share) in enumerate(zip(parts, shares, strict=True)):
        made.addWidget(part)
        made.setStretchFactor(at, share)
    made.setSizes(sizes)
    return made


def column(parent: QWidget, margin: int = 0, spacing: int = 0) -> QVBoxLayout:
    """A column for the parts of ``parent``; distances in steps of the grid."""
    made = QVBoxLayout(parent)
    made.setContentsMargins(margin * GRID, margin * GRID, margin * GRID, margin * GRID)
    made.setSpacing(spacing * GRID)
    return made


def row(*parts: QWidget | int, margin: int = 0, spacing: int = 2) -> QHBoxLayout:
    """Parts beside each other; a number is a stretch. Distances are steps of the grid."""
    made = QHBoxLayout()
    made.setContentsMargins(margin * GRID, margin * GRID, margin * GRID, margin * GRID)
    made.setSpacing(spacing * GRID)
    for part in parts:
        if isinstance(part, int):
            made.addStretch(part)
        else:
            made.addWidget(part)
    return made
