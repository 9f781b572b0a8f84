"""Reads what draws the chart. All of it at once would halt the window for half a second.

numpy is read beside the window. What knows Qt must not be: that can end the program. So the window's thread reads it,
the most of it in small pieces: pyqtgraph looks at every name of Qt, and Qt's Python side makes each when first asked.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Signal

from ldbu_desktop.ui.jobs import Jobs
from ldbu_desktop.work import Cancellation, Progress

_PIECE = 0.004
"""Seconds that the window is held up at a time."""
_LOOKED_AT = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtTest", "QtOpenGLWidgets")


def _steps() -> Iterator[None]:
    for name in _LOOKED_AT:
        module = import_module(f"PySide6.{name}")
        yield
        for each in dir(module):
            getattr(module, each)
            yield


class Fetching(QObject):
    """``done`` tells that the chart can be imported."""

    done = Signal()

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._steps: Iterator[None] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.setObjectName("fetching")
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Begin, if that was not done before."""
        if self._steps is None:
            self._steps = _steps()
            self._jobs.start(
                "growth chart", lambda: "", _read_numpy, lambda _: self._timer.start(), lambda _: None, quiet=True
            )

    def _go_on(self) -> None:
        until = time.perf_counter() + _PIECE
        for _ in self._steps or ():
            if time.perf_counter() > until:
                return
        self._timer.stop()
        self.done.emit()


def _read_numpy(_progress: Progress, _cancellation: Cancellation) -> None:
    import numpy  # noqa: F401
