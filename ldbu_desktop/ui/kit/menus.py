"""A menu that pops up where something is chosen: it has a name, begins at its first choice, and goes when it closes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget


class PopupMenu(QMenu):
    """Choices that are offered once. A screen reader says ``title``, and the first of them, when it comes."""

    def __init__(self, owner: QWidget, name: str, title: str) -> None:
        super().__init__(owner)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._of_one = QActionGroup(self)

    def add(self, text: str, do: Callable[[], object], *, key: str = "", is_on: bool | None = None) -> QAction:
        """A choice, which ``key`` makes at once if it has one. Of those that are told to be on or off one is."""
        shown = text.replace("&", "&&")
        made = self.addAction(f"&{key}  {shown}" if key else shown)
        made.triggered.connect(lambda _checked=False: do())
        if is_on is not None:
            made.setCheckable(True)
            made.setChecked(is_on)
            self._of_one.addAction(made)
        return made

    def offer(self, at: QPoint) -> None:
        """Show it there, with the keyboard in its first choice."""
        self.popup(at)
        self.setActiveAction(self.actions()[0])

    def offer_below(self, pressed: QWidget) -> None:
        """Show it below what was pressed."""
        self.offer(pressed.mapToGlobal(pressed.rect().bottomLeft()))
