"""What is seen of many rows is drawn anew in bands, a turn of the window each: all at once would halt it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractItemView

from ldbu_desktop.ui.theme import GRID, scaled

_HEIGHT = 34 * GRID
"""How high a band is: three rows of the tallest."""


class Bands(QObject):
    """Draws a list, a table or a tree anew. What is drawn meanwhile for another reason is not drawn again."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._left: list[QRect] = []
        self._timer = QTimer(self, interval=0)
        self._timer.setObjectName("bands")
        self._timer.timeout.connect(self._draw_next)
        for bar in (view.verticalScrollBar(), view.horizontalScrollBar()):
            bar.valueChanged.connect(self._draw_rest)

    def draw(self) -> None:
        """Draw all that is seen, from its top; what is not seen is drawn when it is."""
        if not self._view.viewport().isVisible():
            return
        area, height = self._view.viewport().rect(), scaled(_HEIGHT)
        self._left = [QRect(0, top, area.width(), height) & area for top in range(0, area.height(), height)]
        self._view.viewport().installEventFilter(self)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave out what is drawn in any case, and all where nothing is seen any more."""
        if event.type() is QEvent.Type.Hide:
            self._left = []
            self._end()
        elif self._left and isinstance(event, QPaintEvent):
            drawn = event.region().boundingRect()
            self._left = [band for band in self._left if not drawn.contains(band)]
        return False

    def _draw_next(self) -> None:
        if self._left:
            self._view.viewport().update(self._left.pop(0))
        if not self._left:
            self._end()

    def _draw_rest(self) -> None:
        """What is scrolled is elsewhere by now."""
        if self._left:
            self._left = []
            self._end()
            self._view.viewport().update()

    def _end(self) -> None:
        self._timer.stop()
        self._view.viewport().removeEventFilter(self)
