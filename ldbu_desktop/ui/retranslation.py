"""What must be said or drawn anew when the language or the colours change: every text, icon and drawing of a place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QWidget

from ldbu_desktop.ui.icons import icon

T = TypeVar("T")


class _HasIcon(Protocol):
    def setIcon(self, icon: QIcon, /) -> None: ...


class Retranslation:
    """The texts and icons of one place. They are set when they are given and again at each :meth:`refresh`."""

    def __init__(self) -> None:
        self._settings: list[Callable[[], None]] = []

    def also(self, setting: Callable[[], None]) -> None:
        """Run ``setting`` now and at each refresh."""
        self._settings.append(setting)
        setting()

    def say(self, setter: Callable[[str], object], text: Callable[[], str]) -> None:
        """Give ``setter`` what ``text`` says."""
        self.also(lambda: _ignore(setter(text())))

    def name(self, widget: QWidget, text: Callable[[], str], *, tip: bool = False) -> None:
        """Give ``widget`` its accessible name, and the same as its tool tip if ``tip``."""
        self.say(widget.setAccessibleName, text)
        if isinstance(widget, QComboBox):  # which Qt calls by what is chosen in it, on Linux
            self.say(widget.setAccessibleDescription, text)
        if tip:
            self.say(widget.setToolTip, text)

    def draw(self, owner: _HasIcon, name: str, colour: str = "text") -> None:
        """Give ``owner`` the icon ``name`` in ``colour``."""
        self.also(lambda: owner.setIcon(icon(name, colour)))

    def refresh(self) -> None:
        """Say and draw everything anew."""
        for setting in self._settings:
            setting()


def _ignore(_: object) -> None:
    return None
