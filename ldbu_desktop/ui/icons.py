"""The program's icons: one family of strokes on a 24 by 24 grid, drawn in any colour of the look in use."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.ui.theme import colours, scaled


def _source(name: str) -> bytes:
    return resource("icons", f"{name}.svg").read_bytes()


def _ratio() -> float:
    screen = QApplication.primaryScreen()
    return screen.devicePixelRatio() if screen else 1.0


@cache
def _shape(name: str, size: int, ratio: float) -> QPixmap:
    """An icon in black: its strokes have one colour, so it is drawn once for all colours."""
    renderer = QSvgRenderer(QByteArray(_source(name)))
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, made.width(), made.height()))
    painter.end()
    return made


@cache
def _pixmap(name: str, value: str, size: int, ratio: float) -> QPixmap:
    made = QPixmap(_shape(name, size, ratio))
    ink = QPixmap(made.size())  # a brush would have Qt's Python side make all that it knows of gradients
    ink.fill(QColor(value))
    painter = QPainter(made)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.drawPixmap(0, 0, ink)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def pixmap(name: str, colour: str = "text", size: int = 20) -> QPixmap:
    """The icon ``name`` in a colour of the look, sharp on the screen in use; ``size`` pixels wide, and as much more as
    text is larger."""
    return _pixmap(name, getattr(colours(), colour), scaled(size), _ratio())


def icon(name: str, colour: str = "text", size: int = 20) -> QIcon:
    """As :func:`pixmap`, paler where it is disabled; in a row that is selected it is as in the others."""
    return _icon(name, getattr(colours(), colour), colours().edge, scaled(size), _ratio())


@cache
def _icon(name: str, value: str, disabled: str, size: int, ratio: float) -> QIcon:
    made = QIcon(_pixmap(name, value, size, ratio))
    made.addPixmap(_pixmap(name, value, size, ratio), QIcon.Mode.Selected)  # else Qt mixes it with the ground
    made.addPixmap(_pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return made
