"""When the window does what nobody waits for, and how Python runs meanwhile: all of it stands here, and nowhere else.

The window is to be painted within 2.5 times what a bare one takes, and may never stand still for more than 50 ms, also
while ten thousand visits load; ``tests/benchmarks/bench_window.py`` measures both. So what the first screen does not
need is imported and built after it is painted, in slices between which the window answers, and Python is kept from
what would halt it: its look through all objects for garbage (up to 300 ms where a large journal is open), and its
habit to leave a thread that waits for its turn waiting 5 ms. Whoever changes a figure here measures before and after.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Generator, Iterator
from importlib import import_module
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ldbu_desktop.work import Cancellation, Progress

T = TypeVar("T")

Slices = Generator[None, None, T]
"""What is built in slices: the window answers at each ``yield``; what is returned is what was built."""


def at_once(slices: Slices[T]) -> T:
    """What is built in slices, when somebody waits for it."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            built: T = end.value
            return built


Beside = Callable[[Callable[[Progress, Cancellation], None], Callable[[], None]], object]
"""Runs work beside the window, and then calls what is given, in the window's thread."""

_SLICE_EVERY = 15
"""Milliseconds between two slices that nobody waits for."""

_PIECE = 0.004
"""Seconds that the window is held up at a time by what is done as soon as it can be."""

_PAINTED = 20
"""Milliseconds until the window has painted what was just changed."""

_OPENED, _SETTLED = 120, 4000
"""Milliseconds until the window has painted a new file, and until it is likely to have settled down."""

_POLISHED_AT_ONCE = 12
"""Widgets that the style looks at in a slice."""

_SWITCH = 0.0005
"""Seconds until a working thread lets the window in. Python's own 5 ms add up at every step the window takes."""

TURN = 0.015
"""Seconds that the window may give to what has come, before it looks to the user again."""

_ROOMS = (
    "ldbu_desktop.use_cases.load",
    "ldbu_desktop.use_cases.validate",
    "ldbu_desktop.editing.values",
    "ldbu_desktop.findings.text",
    "ldbu_desktop.use_cases.preview",
    "ldbu_desktop.use_cases.export",
    "ldbu_desktop.use_cases.forms",
    "ldbu_desktop.casefile.case_file",
    "ldbu_desktop.editing.answers",
    "ldbu_desktop.editing.proposals",
    "ldbu_desktop.editing.operations",
    "ldbu_desktop.workspace.history",
    "ldbu_desktop.growth.series",
    "ldbu_desktop.rendering.journal_findings",
)
"""What the pages call; none of it knows Qt, so it can be imported in any thread."""

_PAGES = (
    "children.page",
    "children.visit_page",
    "form.filling",
    "growth.pane",
    "deadlines.page",
    "reports.page",
    "reports.findings_pane",
    "reports.text_pane",
    "history.page",
    "coverage.page",
    "burden.page",
    "practice.page",
    "practice.work",
    "delivery.page",
    "mapping.page",
)
"""What pages are built of, in ``ldbu_desktop.ui``. It knows Qt, whose types can't be made by two threads at once."""


def _read_no_sources() -> None:
    """Have PySide not read the source of each module that is imported, and keep it: 30 ms of the start.

    It looks for modules that ask for other names of Qt's methods (``__feature__``), and none of ours does.
    """
    known: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(known, "_mod_uses_pyside"):
        known._mod_uses_pyside = lambda _module: False


_read_no_sources()  # before the rest of the program is imported


class Interpreter:
    """How Python runs while work is done beside the window: it lets the window in sooner, and looks for no garbage."""

    def __init__(self) -> None:
        self._interval = sys.getswitchinterval()

    def work_begins(self) -> None:
        """Work begins where none was done."""
        sys.setswitchinterval(_SWITCH)
        gc.disable()

    def work_ends(self) -> None:
        """The last work has ended."""
        sys.setswitchinterval(self._interval)
        gc.enable()

    @staticmethod
    def keep() -> None:
        """What is there now is large and stays: Python need not look through it for garbage again and again."""
        gc.freeze()


class Slicer(QObject):
    """Does slices one by one while the window answers in between; ``done`` tells that the last was done."""

    done = Signal()

    def __init__(self, slices: Iterator[None], parent: QObject, name: str, *, is_urgent: bool = False) -> None:
        super().__init__(parent)
        self._slices = slices
        self._piece = _PIECE if is_urgent else 0.0
        self._timer = QTimer(self, interval=0 if is_urgent else _SLICE_EVERY)
        self._timer.setObjectName(name)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin, or go on."""
        self._timer.start()

    def stop(self) -> None:
        """Go no further for now."""
        self._timer.stop()

    def _go_on(self) -> None:
        until = time.perf_counter() + self._piece
        for _ in self._slices:
            if time.perf_counter() >= until:
                return
        self._timer.stop()
        self.done.emit()


class _Listener(QObject):
    """Somebody who is told: where what is called belongs to a part of the window, only as long as that is there."""

    told = Signal()


class Turns:
    """Tells that something has happened, as a signal does; :meth:`tell_in_turns` tells one listener at a time.

    All that listen together, and what they have painted anew, would halt the window where much is open.
    """

    def __init__(self, parent: QObject, name: str) -> None:
        self._parent = parent
        self._listeners: list[_Listener] = []
        self._waiting: list[_Listener] = []
        self._timer = QTimer(parent, interval=_SLICE_EVERY)
        self._timer.setObjectName(name)
        self._timer.timeout.connect(self._tell_next)

    def connect(self, do: Callable[[], object]) -> None:
        """Have something called from now on."""
        listener = _Listener(self._parent)
        listener.told.connect(do)
        self._listeners.append(listener)

    def tell(self) -> None:
        """Tell all, now."""
        self._timer.stop()
        self._waiting.clear()
        for listener in self._listeners:
            listener.told.emit()

    def tell_in_turns(self) -> None:
        """Tell one after the other; who waits to be told is told once."""
        self._waiting += [listener for listener in self._listeners if listener not in self._waiting]
        self._timer.start()

    def _tell_next(self) -> None:
        if self._waiting:
            self._waiting.pop(0).told.emit()
        if not self._waiting:
            self._timer.stop()


def next_turn(owner: QObject, do: Callable[[], object]) -> None:
    """Do something after the window has answered what waits, if ``owner`` is still there."""
    QTimer.singleShot(0, owner, do)


def after_paint(owner: QObject, do: Callable[[], object]) -> None:
    """Do something when the window has painted what was just changed: both together would halt it."""
    QTimer.singleShot(_PAINTED, owner, do)


def after_opening(owner: QObject, do: Callable[[], object]) -> None:
    """Do something when the window has painted a new file: beside it, that would take twice as long."""
    QTimer.singleShot(_OPENED, owner, do)


def when_settled(owner: QObject, do: Callable[[], object]) -> None:
    """Do something when the window is likely to have settled down after it showed something else."""
    QTimer.singleShot(_SETTLED, owner, do)


def warm_up(beside: Beside) -> Iterator[None]:
    """Import the rooms behind the pages beside the window; slices until that is done."""
    is_done = False

    def done() -> None:
        nonlocal is_done
        is_done = True

    beside(_import_rooms, done)
    while not is_done:
        yield


def import_pages() -> Iterator[None]:
    """Import what pages are built of, in the window's own thread and a part a slice."""
    for page in _PAGES:
        import_module(f"ldbu_desktop.ui.{page}")
        yield


def _import_rooms(_progress: Progress, _cancellation: Cancellation) -> None:
    for room in _ROOMS:
        import_module(room)
    from ldbu_desktop.sandbox.sandbox import make_ready

    make_ready("ldbu_desktop.aside.process")
    import_module("ldbu_desktop.growth.series").get_ready()


def polish(whole: QWidget) -> Iterator[None]:
    """Let the style look at the parts that were not shown yet: else it does when they are, at all of them at once."""
    while waiting := [
        part for part in whole.findChildren(QWidget) if not part.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
    ]:
        for part in waiting[:_POLISHED_AT_ONCE]:
            part.ensurePolished()
        yield
