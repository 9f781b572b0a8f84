"""A field that is typed: a number, a moment or a text. What was typed is told when the field is left, not before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from ldbu_desktop.ui.form.steps import confirms, is_tab, step_of
from ldbu_desktop.ui.kit.text_line import TextLine
from ldbu_desktop.ui.theme import GRID, is_large, scaled

HEIGHT = 8 * GRID


class AnswerLine(TextLine):
    """``answered`` tells the text once when it is left changed; ``left`` the way it was left by a key, ``gone`` that
    another part has the keyboard.

    A ``proposal`` stands in the field as proposed until Enter confirms it or something else is typed. ``cover`` says
    how what was typed is shown while the keyboard is elsewhere: a CPR number stays readable in no field. Where a room
    looks on it is not shown while the keyboard is here either; what is typed then takes the place of the whole.
    """

    answered = Signal(str)
    left = Signal(int)
    came = Signal()
    gone = Signal()

    def __init__(self, name: str, *, is_number: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFixedHeight(scaled(HEIGHT))
        self._told = ""
        self.proposal = ""
        self.cover: Callable[[str], str] = str
        if is_number:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def changeEvent(self, event: QEvent) -> None:
        """Be as high as the text that is used asks for."""
        if event.type() == QEvent.Type.StyleChange and self.height() != scaled(HEIGHT):
            self.setFixedHeight(scaled(HEIGHT))
            if self.hasFocus() and self.text() in (self._told, self.cover(self._told)):
                self.setText(self._open(self._told))
        super().changeEvent(event)

    @property
    def _covers(self) -> set[str]:
        """The signs that stand for what is covered."""
        return {sign for sign in set(self.cover(self._told)) - set(self._told) if not sign.isascii()}

    def _open(self, text: str) -> str:
        """What stands in the field while it has the keyboard."""
        return self.cover(text) if is_large() else text

    def show_answer(self, text: str, proposal: str = "") -> None:
        """Show what stands in the journal; nothing that is being typed is overwritten by what is the same."""
        if text != self._told or not self.hasFocus():
            self._told = text
            self.setText(self._open(text) if self.hasFocus() else self.cover(text))
        self.proposal = "" if text else proposal
        self.setPlaceholderText(self.proposal or self.empty_words())

    def empty_words(self) -> str:
        """What an empty field says."""
        return ""

    def height_for(self, width: int) -> int:
        """How high the field is at ``width``."""
        return scaled(HEIGHT)

    def tell(self) -> None:
        """Tell what was typed, if it is something else than what stood there."""
        text = " ".join(self.text().split())
        if text in (self._told, self.cover(self._told)):
            return
        if self._covers & set(text):  # a part of what is covered was changed, which nobody can mean
            self.setText(self.cover(self._told))
        else:
            self._told = text
            self.answered.emit(text)

    def confirm(self) -> bool:
        """Take the proposal as the answer, if nothing else was typed."""
        if not self.proposal or self.text():
            return False
        self.setText(self.proposal)
        self.tell()
        return True

    def event(self, event: QEvent) -> bool:
        """Tab leaves like the other keys."""
        if is_tab(event):
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Enter, Tab and the arrows up and down; Esc takes back what was typed."""
        if by := step_of(event):
            if confirms(event):
                self.confirm()
            self.tell()
            self.left.emit(by)
        elif event.key() == Qt.Key.Key_Escape and self.text() != self._told:
            self.setText(self._open(self._told))
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What stands there is selected, so that typing replaces it."""
        super().focusInEvent(event)
        if self.text() == self.cover(self._told) != self._told:
            self.setText(self._open(self._told))
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason):
            self.selectAll()
        self.came.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving by the mouse is leaving too."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.tell()
            if self.text() == self._told:
                self.setText(self.cover(self._told))
            self.deselect()
            if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
                self.gone.emit()
