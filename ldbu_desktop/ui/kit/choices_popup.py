"""The list of answers below a line: each on as many lines as its words need, with the digit that chooses it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QListView, QStyledItemDelegate, QStyleOptionViewItem

from ldbu_desktop.language import tr
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.wrapped import words_height
from ldbu_desktop.ui.theme import BODY, GRID, dress_window

DIGITS = "123456789"
"""What the first answers can be chosen by."""
SHOWN = 10
_NARROWEST = 72 * GRID
_AROUND = 8 * GRID
"""How much of a list's width is no room for words."""


def numbered(words: str, answers: Sequence[str]) -> str:
    """An answer after the digit that chooses it among ``answers``, if one does."""
    at = answers.index(words) if words in answers else len(DIGITS)
    return f"{DIGITS[at]}  {words}" if at < len(DIGITS) else words


def fitting(typed: str, answers: Sequence[Sequence[str]]) -> list[int]:
    """The places of the answers that what is typed fits: those that are called just so, else those whose words have it.

    The names of each answer begin with its words.
    """
    text = " ".join(typed.casefold().split())
    exact = [at for at, names in enumerate(answers) if text in (name.casefold() for name in names)]
    return exact or [at for at, names in enumerate(answers) if text and text in names[0].casefold()]


class ChoicesDelegate(QStyledItemDelegate):
    """Draws the answers on as many lines as their words need."""

    def __init__(self, popup: ChoicesPopup) -> None:
        super().__init__(popup)
        self._popup = popup

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Set the digit before the words."""
        super().initStyleOption(option, index)
        option.text = self._popup.words(option.text)
        option.features |= QStyleOptionViewItem.ViewItemFeature.WrapText

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As high as the words need within the list."""
        width = self._popup.viewport().width() - _AROUND
        return QSize(width, words_height(self._popup.words(str(index.data())), BODY, width, 5 * GRID) + 2 * GRID)


def close_choices() -> None:
    """Close the list that stands open: while it does, no line hears that it is left, and what is typed there waits."""
    popup = QApplication.activePopupWidget()
    if isinstance(popup, ChoicesPopup):
        popup.hide()


class ChoicesPopup(QListView):
    """The popup of a completer; ``words`` says how an answer is shown."""

    def __init__(self, words: Callable[[str], str]) -> None:
        super().__init__()
        self.words = words
        self.setObjectName("valueChoices")
        self.setMinimumWidth(_NARROWEST)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(tr("Svarmuligheder"))
        self.setItemDelegate(ChoicesDelegate(self))

    def showEvent(self, event: QShowEvent) -> None:
        """Look as the window does: a list of a completer is no part of one."""
        dress_window(self)
        super().showEvent(event)
