"""A field with any number of records: a line finds one more, and those that are there stand below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.ui.form.answer_line import HEIGHT
from ldbu_desktop.ui.form.inner_button import InnerButton, went_within
from ldbu_desktop.ui.form.pick_line import Option, PickLine
from ldbu_desktop.ui.theme import GRID

_WIDEST = 105 * GRID


Row = TypeVar("Row", bound=QWidget)
AnyItem = TypeVar("AnyItem", bound="ListItem")


class ListItem(Protocol):
    """What a row shows; ``record`` is its record's key."""

    @property
    def record(self) -> str: ...


class ListField(QWidget, Generic[Row]):
    """``added`` tells the code of one more, or what was typed instead; ``removed`` the record of one taken away."""

    added = Signal(str)
    removed = Signal(str)
    left = Signal(int)
    came = Signal()

    ROW = 8 * GRID
    GAP = GRID

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}-list")
        self.line = PickLine(name, has_digits=False)
        self.line.setParent(self)
        self.setFocusProxy(self.line)
        self.rows: dict[str, Row] = {}
        self._has_picked = False
        self.line.picked.connect(self._pick)
        self.line.left.connect(self._leave)
        self.line.came.connect(self.came)

    # --- what a kind of field may have of its own

    def row_parts(self, row: Row) -> tuple[QWidget, ...]:
        """What can have the keyboard in a row, in the order of reading."""
        return (row,)

    def part_about(self, row: Row, field: str) -> QWidget:
        """What has the keyboard in a row where its part ``field`` is looked at."""
        return self.row_parts(row)[0]

    def row_width(self, row: Row) -> int:
        """How wide a row is, in pixels."""
        return self.width()

    def after_pick(self) -> None:
        """Go on after one was found: the line waits for the next."""

    # --- what it shows

    def setAccessibleName(self, name: str) -> None:
        """The line is what is typed in."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        """It is told where the keyboard is."""
        self.line.setAccessibleDescription(description)

    def show_options(self, options: Sequence[Option]) -> None:
        """Offer these."""
        self.line.show_options(options)

    def show_rows(
        self, shown: Sequence[AnyItem], make: Callable[[str], Row], show: Callable[[Row, AnyItem], None]
    ) -> bool:
        """A row for each of these, made for its record and told by ``show``; True if the field is of another height."""
        before = len(self.rows)
        for record in self.rows.keys() - {one.record for one in shown}:
            gone = self.rows.pop(record)
            focus = self.window().focusWidget()
            if focus is not None and (gone is focus or gone.isAncestorOf(focus)):
                self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            gone.deleteLater()
        for one in shown:
            row = self.rows.get(one.record)
            if row is None:
                row = self.rows[one.record] = make(one.record)
                row.show()
            show(row, one)
        self._arrange()
        return len(self.rows) != before

    # --- the way through it

    def _pick(self, code: str) -> None:
        if not code:
            return
        self._has_picked = True
        self.line.show_answer("")
        self.line.clear()
        self.added.emit(code)

    def _leave(self, by: int) -> None:
        if self._has_picked:
            self._has_picked = False
            self.after_pick()
        else:
            self.go_from(self.line, by)

    def go_from(self, part: QWidget, by: int) -> None:
        """Go on from a part: Tab to the next within the field, Enter out of it where something is typed."""
        parts = (self.line, *(one for row in self.rows.values() for one in self.row_parts(row)))
        is_out = abs(by) == 1 and not isinstance(part, InnerButton)
        if is_out or not went_within(parts, part, by):
            self.left.emit(by)

    def look_at(self, record: str, field: str, reason: Qt.FocusReason) -> None:
        """Give the row of a record the keyboard, where a part of it is told; without one the line has it."""
        row = self.rows.get(record)
        part = self.part_about(row, field) if row is not None else self.line
        part.setFocus(reason)

    def remove(self, record: str) -> None:
        """Take one away."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.removed.emit(record)

    # --- where it is

    def height_for(self, width: int) -> int:
        """The line, and a row for each record."""
        return HEIGHT + len(self.rows) * (self.ROW + self.GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the line and the rows."""
        self._arrange()

    def _arrange(self) -> None:
        self.line.setGeometry(QRect(0, 0, min(self.width(), _WIDEST), HEIGHT))
        top = HEIGHT + self.GAP
        for row in self.rows.values():
            row.setGeometry(QRect(0, top, self.row_width(row), self.ROW))
            top += self.ROW + self.GAP

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The line has the keyboard."""
        self.line.setFocus(event.reason())
