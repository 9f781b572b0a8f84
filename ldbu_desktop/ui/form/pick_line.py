"""A field with a closed list: what is typed finds it, a digit chooses one of the first nine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter

from ldbu_desktop.language import tr
from ldbu_desktop.ui.form.answer_line import AnswerLine
from ldbu_desktop.ui.form.steps import confirms, digit_of, step_of
from ldbu_desktop.ui.kit.choices_popup import SHOWN, ChoicesDelegate, ChoicesPopup, fitting, numbered


class Option(NamedTuple):
    """An answer that can be chosen: its code, its words in the language in use, and its key if that is not its place.

    ``words`` are empty where the key says it all.
    """

    code: str
    words: str
    key: str = ""


class PickLine(AnswerLine):
    """``picked`` tells the code of the one answer that fits when the line is left, else what was typed as it stands."""

    picked = Signal(str)

    def __init__(self, name: str, *, has_digits: bool = True) -> None:
        super().__init__(name)
        self.options: tuple[Option, ...] = ()
        self._has_digits = has_digits
        self._words = QStringListModel(self)
        self.list = ChoicesPopup(self.choice_words)
        made = QCompleter(self._words, self)
        made.setObjectName(f"{name}-completer")
        made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        made.setFilterMode(Qt.MatchFlag.MatchContains)
        made.setMaxVisibleItems(SHOWN)
        made.setPopup(self.list)
        self.list.setItemDelegate(ChoicesDelegate(self.list))  # a completer gives its popup one of its own
        made.activated.connect(self._activate)
        self.setCompleter(made)

    def show_options(self, options: Sequence[Option]) -> None:
        """Offer these answers."""
        if tuple(options) != self.options:
            self.options = tuple(options)
            self._words.setStringList([option.words for option in options])
        self.setPlaceholderText(self.proposal or self.empty_words())

    def empty_words(self) -> str:
        """How to choose."""
        if self._has_digits and self.options:
            return tr("Skriv, eller vælg 1–{count}", count=min(len(self.options), 9))
        return tr("Skriv for at søge")

    def open_list(self) -> None:
        """Show all that can be chosen."""
        self.completer().setCompletionPrefix("" if self.hasSelectedText() else self.text())
        self.completer().complete()

    def choice_words(self, words: str) -> str:
        """An answer as the list shows it: after the digit that chooses it, while nothing was typed."""
        if not self._has_digits or (self.text() and not self.hasSelectedText()):
            return words
        return numbered(words, [option.words for option in self.options])

    def _activate(self, words: str) -> None:
        self._choose(next(option for option in self.options if option.words == words))

    def _choose(self, option: Option) -> None:
        self.list.hide()
        self.setText(option.words)
        self.tell()
        self.left.emit(1)

    def tell(self) -> None:
        """Tell what was typed: the answer that it fits alone, or else the text, so that it can be told as unknown."""
        fitting = self._fitting
        if len(fitting) == 1:
            self.setText(fitting[0].words)
        before = self._told
        super().tell()
        if self._told != before:
            self.picked.emit(fitting[0].code if len(fitting) == 1 else self._told)

    @property
    def _fitting(self) -> list[Option]:
        found = fitting(self.text(), [(option.words, option.code) for option in self.options])
        return [self.options[at] for at in found]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses where nothing was typed; Enter takes what is marked in the list, and opens it for several."""
        number, is_untouched = int(digit_of(event) or 0), not self.text() or self.hasSelectedText()
        if self._has_digits and is_untouched and 0 < number <= len(self.options):
            self._choose(self.options[number - 1])
            return
        is_open = self.list.isVisible()
        if event.key() == Qt.Key.Key_Space and not self.text() and not is_open:
            self.open_list()
            return
        if event.key() == Qt.Key.Key_Escape and is_open:
            self.list.hide()
            return
        if step_of(event) > 0:
            marked = self.list.currentIndex()
            if is_open and marked.isValid():
                self._activate(marked.data())
                return
            is_changed = bool(self.text()) and self.text() != self._told
            if is_changed and confirms(event) and len(self._fitting) > 1 and not is_open:
                self.open_list()
                return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A list that stands open over a field that was left is in the way."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.list.hide()
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the list."""
        super().mousePressEvent(event)
        if not self.isModified():
            self.open_list()
