"""When the window does what nobody waits for, and how Python runs meanwhile: all of it stands here, but for what must
come before the first import, which stands in the folder's own file.

The window is to be painted within twice what a bare one takes, and may never stand still for more than 50 ms, also
while ten thousand visits load; ``tests/benchmarks/bench_window.py`` measures both. So what the first screen does not
need is imported and built after it is painted, in slices between which the window answers, and Python is kept from
what would halt it: its look through all objects for garbage (up to 300 ms where a large journal is open), and its
habit to leave a thread that waits for its turn waiting 5 ms. Whoever changes a figure here measures before and after.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any, TypeVar

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ldbu_desktop.work import Cancellation, Progress

T = TypeVar("T")

Slices = Generator[Any, None, T]
"""What is built in slices: the window answers at each ``yield``; what is returned is what was built.

It may be yielded before, while it is empty: where it gets its place then, its parts need not be styled anew for that.
"""


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

_PIECE = 0.002
"""Seconds in which slices are done in one turn: a longer one has it for itself, many short ones take few turns."""

WAITING = object()
"""What a slice gives that has done nothing but wait: no other is done in its turn."""

_PAINTED = 20
"""Milliseconds until the window has painted what was just changed."""

_OPENED, _SETTLED = 120, 4000
"""Milliseconds until the window has painted a new file, and until it is likely to have settled down."""

_CALM = 1.0
"""Seconds after a file has come in which nothing is prepared that nobody waits for: it is looked at just then."""

_POLISHED_AT_ONCE = 12
"""Widgets that the style looks at in a slice."""

_SWITCH = 0.0005
"""Seconds until a working thread lets the window in. Python's own 5 ms add up at every step the window takes."""

TURN = 0.015
"""Seconds that the window may give to what has come, before it looks to the user again."""

_ROOMS = (
    "ldbu_desktop.use_cases.load",
    "ldbu_desktop.use_cases.validate",
    "ldbu_desktop.aside.reader",
    "ldbu_desktop.use_cases.keep_corrections",
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
    "ldbu_desktop.rendering.burden_words",
    "ldbu_desktop.burden.comparison",
    "ldbu_desktop.workspace.facets",
)
"""What the pages call; none of it knows Qt, so it can be imported in any thread."""

_READY = ("ldbu_desktop.growth.series", "ldbu_desktop.journal.mask")
"""Rooms whose first use would halt the window: they read tables, or compile patterns."""

_PAGE_ROOMS = (
    "ldbu_desktop.journal.plain_speech",
    "ldbu_desktop.use_cases.burden",
    "ldbu_desktop.use_cases.measuring",
    "ldbu_desktop.mapping.decisions",
    "ldbu_desktop.rendering.growth_words",
    "ldbu_desktop.rendering.deadlines",
    "ldbu_desktop.rendering.faults",
    "ldbu_desktop.rendering.history",
    "ldbu_desktop.use_cases.open_history",
    "ldbu_desktop.rendering.coverage",
    "ldbu_desktop.rendering.burden_tables",
    "ldbu_desktop.use_cases.variants",
    "ldbu_desktop.rendering.training",
    "ldbu_desktop.rendering.fault_hunts",
    "ldbu_desktop.workspace.index",
    "ldbu_desktop.workspace.mending_preview",
    "ldbu_desktop.use_cases.fault_hunts",
    "ldbu_desktop.use_cases.fault_kinds",
    "ldbu_desktop.use_cases.begin_case",
    "ldbu_desktop.use_cases.room_results",
    "ldbu_desktop.use_cases.handouts",
    "ldbu_desktop.use_cases.write_case",
    "ldbu_desktop.rendering.proposal",
)
"""What pages call beside that; none of it knows Qt."""

_FORM = (
    "form.code_list",
    "form.field_row",
    "form.interventions",
    "form.period_field",
    "form.contents",
    "form.records",
    "form.form_field",
    "form.body",
    "form.visit_form",
)
"""What the form of a visit is built of, in ``ldbu_desktop.ui``: each brings a few modules more, those before it apart.

It knows Qt, whose types can't be made by two threads at once.
"""

_GROWTH = ("growth.chart", "growth.series_table", "growth.pane", "children.growth_page")
"""What the growth of a child is built of, likewise."""

_FIRST_PAGE = (
    "kit.table",
    "children.overview_model",
    "children.overview",
    "kit.rows",
    "children.tree_model",
    "children.tree_delegate",
    "children.tree_pane",
    "children.values",
    "children.values_model",
    "children.values_delegate",
    "children.values_view",
    "children.visit_page",
    "findings.view",
    "findings.json_view",
    "inspector.preview",
    "burden.time_left",
    "inspector.causes",
    "inspector.explanation",
    "inspector.inspector",
    "children.page",
)
"""What the page of an opened file is built of, likewise."""

_PAGES = (
    *_FORM,
    "form.effort",
    "form.people",
    "form.family_page",
    "form.filling",
    *_GROWTH,
    "deadlines.page",
    "reports.checking",
    "reports.causes",
    "reports.explanation",
    "reports.findings_pane",
    "reports.reports_model",
    "reports.reports_delegate",
    "reports.reports_pane",
    "reports.head",
    "reports.text_pane",
    "reports.page",
    "history.page",
    "coverage.models",
    "coverage.page",
    "burden.desk",
    "burden.comparison_view",
    "burden.editor_view",
    "burden.data_view",
    "burden.page",
    "practice.practice",
    "practice.faults",
    "practice.answers",
    "practice.author",
    "practice.work",
    "practice.family",
    "practice.room",
    "practice.page",
    "delivery.page",
    "mapping.choices",
    "mapping.effect",
    "mapping.lines",
    "mapping.desk",
    "mapping.links_pane",
    "mapping.rows_pane",
    "mapping.head",
    "mapping.reading_pane",
    "mapping.choice_dialog",
    "mapping.save_dialog",
    "mapping.page",
)
"""What the other pages are built of, likewise."""

_NO_WIDGETS = ("QGraphics", "QStyleOption")
"""How Qt's types are called that belong to no part of a window."""


class Interpreter:
    """How Python runs while work is done beside the window: it lets the window in sooner, and looks for no garbage."""

    _is_start_kept = False

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
    def start_begins() -> None:
        """The window is to be made: all that is imported and built for it stays, and none of it is garbage."""
        gc.disable()

    @classmethod
    def start_ends(cls) -> None:
        """The window is there. What it is made of is not looked through again; in a process of many windows, once."""
        if not cls._is_start_kept:  # Python would count all that it keeps, to tell
            cls._is_start_kept = True
            gc.freeze()
        gc.enable()

    @staticmethod
    def keep() -> None:
        """What is there now is large and stays: Python need not look through it for garbage again and again."""
        gc.freeze()


class Slicer(QObject):
    """Does slices, few a turn, while the window answers in between; ``done`` tells that the last was done.

    What ``is_awaited`` is done in all turns that there are.
    """

    done = Signal()

    def __init__(self, slices: Iterable[object], parent: QObject, name: str, *, is_awaited: bool = False) -> None:
        super().__init__(parent)
        self._slices = iter(slices)
        self._timer = QTimer(self, interval=0 if is_awaited else _SLICE_EVERY)
        self._timer.setObjectName(name)
        self._timer.timeout.connect(self._go_on)

    def begin(self, slices: Iterator[object]) -> None:
        """Begin others in their place."""
        self._slices = slices
        self.start()

    def start(self) -> None:
        """Begin, or go on."""
        self._timer.start()

    def stop(self) -> None:
        """Go no further for now."""
        self._timer.stop()

    def _go_on(self) -> None:
        until = time.perf_counter() + _PIECE
        for given in self._slices:
            if given is WAITING or time.perf_counter() >= until:
                return
        self._timer.stop()
        self.done.emit()


class _FirstPaint(QObject):
    """Sees a part of the window being painted for the first time."""

    def __init__(self, part: QWidget, do: Callable[[], object]) -> None:
        super().__init__(part)
        self._do = do
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take no event from the part."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            next_turn(watched, self._do)
        return False


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


def next_frame(owner: QObject, do: Callable[[], object]) -> None:
    """Do something after the window has painted what waits, and answered what comes meanwhile: a turn of its own, which
    :func:`next_turn` shares with what waits, and one timer with what was painted before it."""
    QTimer.singleShot(1, owner, lambda: QTimer.singleShot(1, owner, do))


def once_painted(part: QWidget, do: Callable[[], object]) -> None:
    """Do something when a part of the window was painted for the first time, and what came meanwhile is answered."""
    _FirstPaint(part, do)


def after_paint(owner: QObject, do: Callable[[], object]) -> None:
    """Do something when the window has painted what was just changed: both together would halt it."""
    QTimer.singleShot(_PAINTED, owner, do)


def after_opening(owner: QObject, do: Callable[[], object]) -> None:
    """Do something when the window has painted a new file: beside it, that would take twice as long."""
    QTimer.singleShot(_OPENED, owner, do)


def when_settled(owner: QObject, do: Callable[[], object]) -> None:
    """Do something when the window is likely to have settled down after it showed something else."""
    QTimer.singleShot(_SETTLED, owner, do)


def until_calm() -> Iterator[object]:
    """Slices until a file that has come was looked at."""
    until = time.monotonic() + _CALM
    while time.monotonic() < until:
        yield WAITING


def warm_up(beside: Beside) -> Iterator[object]:
    """Import the rooms behind the pages beside the window; slices until that is done."""
    return until_done(beside, _get_rooms_ready)


def import_first_page(beside: Beside) -> Iterator[object]:
    """Import what the page of an opened file is built of: what knows no Qt beside the window, the rest in its own
    thread and a part a slice."""
    yield from until_done(beside, lambda _progress, _cancellation: _import_to_stay(_PAGE_ROOMS))
    yield from name_widgets()
    yield from import_first_parts()


def import_first_parts() -> Iterator[object]:
    """Import what knows Qt of the page of an opened file, in the window's own thread and a part a slice."""
    return _import_parts(_FIRST_PAGE)


def import_pages() -> Iterator[object]:
    """Import what the other pages are built of, likewise."""
    return _import_parts(_PAGES)


def name_widgets() -> Iterator[object]:
    """Have Qt's Python side make its types of widgets, one a slice.

    It makes a type when that is first named, but all at once when it first meets a part that it did not make itself.
    """
    for name in dir(QtWidgets):
        if not name.startswith(_NO_WIDGETS):
            getattr(QtWidgets, name)
            yield None


def import_form() -> Iterator[object]:
    """Import what the form of a visit is built of, in the window's own thread and a part a slice."""
    return _import_parts(_FORM)


def import_growth() -> Iterator[object]:
    """Import what the growth of a child is built of, likewise."""
    return _import_parts(_GROWTH)


def until_done(beside: Beside, work: Callable[[Progress, Cancellation], None]) -> Iterator[object]:
    """Slices until work is done beside the window."""
    is_done = False

    def done() -> None:
        nonlocal is_done
        is_done = True

    beside(work, done)
    while not is_done:
        yield WAITING


def _import_parts(parts: Sequence[str]) -> Iterator[object]:
    for part in parts:
        import_module(f"ldbu_desktop.ui.{part}")
        yield None


def _import_to_stay(rooms: Sequence[str]) -> None:
    """Import rooms beside the window, which is not halted afterwards by a look through all of that for garbage."""
    for room in rooms:
        import_module(room)
    Interpreter.keep()


def _get_rooms_ready(_progress: Progress, _cancellation: Cancellation) -> None:
    _import_to_stay(_ROOMS)
    from ldbu_desktop.sandbox.sandbox import make_ready

    make_ready("ldbu_desktop.aside.process")
    import_module("ldbu_desktop.use_cases.standards").shipped_standard()
    for room in _READY:
        import_module(room).get_ready()
    Interpreter.keep()


def polish(whole: QWidget) -> Iterator[object]:
    """Let the style look at the parts that were not shown yet: else it does when they are, at all of them at once."""
    parts, polished = whole.findChildren(QWidget), Qt.WidgetAttribute.WA_WState_Polished
    for start in range(0, len(parts), _POLISHED_AT_ONCE):
        for part in parts[start : start + _POLISHED_AT_ONCE]:
            if isValid(part) and not part.testAttribute(polished):
                part.ensurePolished()
        yield None
