"""Words that are drawn, on as many lines as they need."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from ldbu_desktop.ui.theme import GRID, font

WRAPPED: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
"""How such words are drawn within the height that they need."""

_HIGHEST: Final = 10_000


def words_height(words: str, size: float, width: int, least: int) -> int:
    """How high words are in a font of ``size`` within ``width``; at the least ``least``, the height of one line."""
    needed = QFontMetrics(font(size)).boundingRect(QRect(0, 0, width, _HIGHEST), WRAPPED, words).height()
    return max(least, needed + GRID)
