"""A field with any number of answers out of a long list: typing finds one, and those that were chosen stand below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.ui.form.inner_button import InnerButton, went_within
from ldbu_desktop.ui.form.pick_line import Option, PickLine
from ldbu_desktop.ui.form.typed_line import HEIGHT
from ldbu_desktop.ui.icons import icon
from ldbu_desktop.ui.theme import GRID

_CHIP = 8 * GRID
_WIDEST = 105 * GRID


class Chosen(NamedTuple):
    """One that was chosen: its record's key, and its words."""

    record: str
    words: str


class PickedList(QWidget):
    """``added`` tells the code of one more, ``removed`` the record of one that is taken away again."""

    added = Signal(str)
    removed = Signal(str)
    left = Signal(int)
    came = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}-list")
        self.line = PickLine(name, has_digits=False)
        self.line.setParent(self)
        self.setFocusProxy(self.line)
        self._chips: dict[str, InnerButton] = {}
        self.line.picked.connect(self._pick)
        self.line.left.connect(self._leave)
        self.line.came.connect(self.came)
        self._has_picked = False

    def setAccessibleName(self, name: str) -> None:
        """The line is what is typed in."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def show_options(self, options: Sequence[Option]) -> None:
        """Offer these."""
        self.line.show_options(options)

    def show_chosen(self, chosen: Sequence[Chosen]) -> bool:
        """Show what was chosen; True if the field is of another height."""
        before = len(self._chips)
        for record in [record for record in self._chips if record not in {one.record for one in chosen}]:
            self._chips.pop(record).deleteLater()
        for one in chosen:
            chip = self._chips.get(one.record) or self._chip(one.record)
            chip.setText(one.words)
            chip.setAccessibleName(tr("Fjern {words}", words=one.words))
        self._arrange()
        return len(self._chips) != before

    def _chip(self, record: str) -> InnerButton:
        name = f"{self.line.objectName()}-chosen-{len(self._chips) + 1}"
        made = self._chips[record] = InnerButton(name, self, "chip")
        made.setIcon(icon("close", "muted", 16))
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        made.setToolTip(tr("Fjern"))
        made.clicked.connect(lambda: self._remove(record))
        made.left.connect(lambda by: self._go(made, by))
        made.came.connect(self.came)
        made.show()
        return made

    def _pick(self, code: str) -> None:
        self._has_picked = True
        self.line.show_answer("")
        self.line.clear()
        self.added.emit(code)

    def _remove(self, record: str) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.removed.emit(record)

    def _leave(self, by: int) -> None:
        """After one was chosen the line waits for the next; empty, it is left."""
        if self._has_picked:
            self._has_picked = False
        elif abs(by) == 1:
            self.left.emit(by)
        else:
            self._go(self.line, by)

    def _go(self, part: QWidget, by: int) -> None:
        if not went_within((self.line, *self._chips.values()), part, by):
            self.left.emit(by)

    def height_for(self, width: int) -> int:
        """The line, and one line for each that was chosen."""
        return HEIGHT + len(self._chips) * (_CHIP + GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the line and what was chosen."""
        self._arrange()

    def _arrange(self) -> None:
        width = min(self.width(), _WIDEST)
        self.line.setGeometry(QRect(0, 0, width, HEIGHT))
        top = HEIGHT + GRID
        for chip in self._chips.values():
            chip.setGeometry(QRect(0, top, min(max(chip.sizeHint().width(), 40 * GRID), self.width()), _CHIP))
            top += _CHIP + GRID

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The line has the keyboard."""
        self.line.setFocus(event.reason())
