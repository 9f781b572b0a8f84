"""Words that are drawn, on one line or on as many as they need. Each is shaped once: rows are drawn again all the time.

A font says in what size they are drawn, and how it is known: what was shaped in another is shaped anew.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText, QTextOption, QTransform

from ldbu_desktop.ui.kit.wrapped import height_of

_NEXT_LINE: Final = "\u2028"
"""How a text that is shaped is told to go on in the next line."""

_KEPT: Final = 2048
"""So many words are kept as they are drawn: those of the forms that somebody goes through at a time."""


class _Shaped(NamedTuple):
    """Words as they are drawn, and how much room they take, in pixels."""

    words: QStaticText
    width: int
    height: int


def draw_line(
    painter: QPainter,
    place: QRect,
    words: str,
    face: QFont,
    *,
    at_end: bool = False,
    elided: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:
    """Draw words on one line, in the middle of the height of ``place``, shortened where they need more than its width.

    They are at its left, or ``at_end`` at its right; shortened at their end, or where ``elided`` says. Their width is
    told, in pixels.
    """
    shaped = _shaped_line(words, face, place.width(), elided)
    left = place.right() + 1 - shaped.width if at_end else place.left()
    _draw(painter, left, place, shaped, face)
    return shaped.width


def draw_wrapped(painter: QPainter, place: QRect, words: str, face: QFont) -> None:
    """Draw words on as many lines as they need in the width of ``place``, in the middle of its height.

    Of a word that is wider than that, nothing is drawn beside ``place``.
    """
    shaped = _shaped_lines(words, face, place.width())
    if is_wider := shaped.width > place.width():
        painter.save()
        painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
    _draw(painter, place.left(), place, shaped, face)
    if is_wider:
        painter.restore()


@lru_cache(maxsize=_KEPT)
def width_of(words: str, face: QFont) -> int:
    """How wide words are on one line, in pixels."""
    return QFontMetrics(face).horizontalAdvance(words)


def _draw(painter: QPainter, left: int, place: QRect, shaped: _Shaped, face: QFont) -> None:
    painter.setFont(face)
    painter.drawStaticText(QPointF(left, place.top() + (place.height() - shaped.height) / 2), shaped.words)


@lru_cache(maxsize=_KEPT)
def _shaped_line(words: str, face: QFont, width: int, elided: Qt.TextElideMode) -> _Shaped:
    metrics = QFontMetrics(face)
    return _shaped(metrics.elidedText(words.replace("\n", " "), elided, width), face, metrics.height())


@lru_cache(maxsize=_KEPT)
def _shaped_lines(words: str, face: QFont, width: int) -> _Shaped:
    return _shaped(words.replace("\n", _NEXT_LINE), face, height_of(words, face, width), width)


def _shaped(words: str, face: QFont, height: int, width: int = -1) -> _Shaped:
    made = QStaticText(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    made.setTextOption(option)
    made.setTextWidth(width)
    made.prepare(QTransform(), face)
    return _Shaped(made, ceil(made.size().width()), height)
