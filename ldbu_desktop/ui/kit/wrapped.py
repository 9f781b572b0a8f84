"""Words that are drawn, on as many lines as they need."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.qt_text import part_of
from ldbu_desktop.ui.theme import GRID, font, scaled

WRAPPED: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
"""How such words are drawn within the height that they need."""

_HIGHEST: Final = 10_000
_TICK: Final = 12 * GRID
"""What a tick before the words takes of a row, with what stands around both."""


def words_height(words: str, size: float, width: int, least: int) -> int:
    """How high words are in a font of ``size`` within ``width``; at the least ``least``, the height of one line."""
    return max(least, height_of(words, font(size), width) + GRID)


@lru_cache(maxsize=1024)
def height_of(words: str, face: QFont, width: int) -> int:
    """How high words are in ``width``. It is kept: the rows of a form are laid out again at each answer."""
    return QFontMetrics(face).boundingRect(QRect(0, 0, width, _HIGHEST), WRAPPED, words).height()


class WrappingDelegate(QStyledItemDelegate):
    """Rows of a list with a tick, each as high as its words need within what the list has room for now."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As wide as the list, whether it has a scroll bar beside it or not."""
        self.initStyleOption(option, index)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 0
        room = QRect(0, 0, max(width - self.beside(index), 1), _HIGHEST)
        needed = option.fontMetrics.boundingRect(room, WRAPPED, option.text).height() + 3 * GRID
        return QSize(width, needed)

    def beside(self, index: AnyIndex) -> int:
        """How much of a row its words do not have."""
        return scaled(_TICK)


def wrapped_lines(text: str, face: QFont, width: int, most: int) -> list[str]:
    """``text`` in lines of ``width``, at ``most`` so many: the last has all that is left."""
    return list(_lines(text, face, width, most))


@lru_cache(maxsize=1024)
def _lines(text: str, face: QFont, width: int, most: int) -> tuple[str, ...]:
    """The same rows are drawn again and again."""
    layout = QTextLayout(text, face)
    lines: list[str] = []
    layout.beginLayout()
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        at = line.textStart()
        is_last = len(lines) == most - 1
        lines.append(part_of(text, at) if is_last else part_of(text, at, at + line.textLength()).rstrip())
    layout.endLayout()
    return tuple(lines) or (text,)
