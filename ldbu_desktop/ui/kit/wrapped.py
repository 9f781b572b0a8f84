"""Words that are drawn, on as many lines as they need."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout

from ldbu_desktop.ui.theme import GRID, font

WRAPPED: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
"""How such words are drawn within the height that they need."""

_HIGHEST: Final = 10_000


def words_height(words: str, size: float, width: int, least: int) -> int:
    """How high words are in a font of ``size`` within ``width``; at the least ``least``, the height of one line."""
    needed = QFontMetrics(font(size)).boundingRect(QRect(0, 0, width, _HIGHEST), WRAPPED, words).height()
    return max(least, needed + GRID)


def wrapped_lines(text: str, face: QFont, width: int, most: int) -> list[str]:
    """``text`` in lines of ``width``, at ``most`` so many: the last has all that is left."""
    layout = QTextLayout(text, face)
    lines: list[str] = []
    layout.beginLayout()
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        at = line.textStart()
        lines.append(text[at:] if len(lines) == most - 1 else text[at : at + line.textLength()].rstrip())
    layout.endLayout()
    return lines or [text]
