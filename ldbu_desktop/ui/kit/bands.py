"""What is seen of many rows is drawn anew in bands, a turn of the window each: all at once would halt it."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractItemView
from shiboken6 import isValid

from ldbu_desktop.ui.pace import next_frame
from ldbu_desktop.ui.theme import GRID, scaled

_HEIGHT = 34 * GRID
"""How high a band is: three rows of the tallest."""

_waiting: deque[Bands] = deque()
"""Those who have bands left, in the order of their turns."""


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
        if self not in _waiting:
            _waiting.append(self)
        _go_on()

    def draw_when_laid_out(self) -> None:
        """Draw all that is seen of other rows, when they have their places; as it was it stays so long."""
        if self._view.viewport().isVisible():
            self._view.viewport().setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, True)
            next_frame(self, self._draw_laid_out)

    def _draw_laid_out(self) -> None:
        self._view.viewport().setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, False)
        self.draw()

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
        self._timer.stop()
        if self._left:
            self._view.viewport().update(self._left.pop(0))
        if self._left:
            _waiting.rotate(-1)
            _go_on()
        else:
            self._end()

    def _draw_rest(self) -> None:
        """What is scrolled is elsewhere by now."""
        if self._left:
            self._left = []
            self._end()
            self._view.viewport().update()

    def _end(self) -> None:
        self._timer.stop()
        if self in _waiting:
            _waiting.remove(self)
        _go_on()
        self._view.viewport().removeEventFilter(self)

    @property
    def turn(self) -> QTimer:
        """Begins the turn in which the next band is drawn."""
        return self._timer


def _go_on() -> None:
    """Let the next have its turn."""
    while _waiting and not isValid(_waiting[0]):
        _waiting.popleft()
    if _waiting:
        _waiting[0].turn.start()
