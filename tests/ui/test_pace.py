"""What nobody waits for is done in slices; the interpreter is as it was when the work is over."""

from __future__ import annotations

import gc
import linecache
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pace import (
    WAITING,
    Interpreter,
    Slicer,
    Turns,
    next_turn,
    once_painted,
    polish,
    until_calm,
    warm_up,
)
from ldbu_desktop.ui.page import Page, PageContext
from ldbu_desktop.ui.pages import CHILDREN, PAGES, Pages
from ldbu_desktop.ui.session import OPEN
from ldbu_desktop.work import Cancellation, Progress


class Teller(QObject):
    def __init__(self, told: list[str]) -> None:
        super().__init__()
        self._told = told

    def tell(self) -> None:
        self._told.append("told")


def counted(seen: list[int], up_to: int) -> Iterator[None]:
    for number in range(up_to):
        seen.append(number)
        yield


def test_slices_are_done_one_by_one_until_there_are_no_more(qtbot: QtBot) -> None:
    owner, seen = QObject(), list[int]()
    slicer = Slicer(counted(seen, 3), owner, "slices")
    with qtbot.waitSignal(slicer.done):
        slicer.start()
    assert seen == [0, 1, 2]


def test_listeners_are_told_one_a_turn_and_each_once(qtbot: QtBot) -> None:
    owner, told = QObject(), list[str]()
    turns = Turns(owner, "turns")
    for name in ("tree", "table", "list"):
        turns.connect(lambda name=name: told.append(name))
    turns.tell_in_turns()
    assert not told
    qtbot.waitUntil(lambda: len(told) == 1)
    turns.tell_in_turns()  # two wait still, and the first does again
    qtbot.waitUntil(lambda: len(told) == 4)
    assert told == ["tree", "table", "list", "tree"]
    turns.tell_in_turns()
    turns.tell()
    assert told[4:] == ["tree", "table", "list"]
    qtbot.wait(60)
    assert len(told) == 7


def test_a_listener_that_has_gone_is_not_told(qtbot: QtBot) -> None:
    owner, told = QObject(), list[str]()
    turns = Turns(owner, "turns")
    gone = Teller(told)
    turns.connect(gone.tell)
    turns.tell()
    shiboken6.delete(gone)
    turns.tell()
    assert told == ["told"]


def test_no_source_is_read_for_a_module_that_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PySide would read each, and keep it for as long as the program runs."""
    (tmp_path / "read_by_nobody.py").write_text("STANDS = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert __import__("read_by_nobody").STANDS == 1
    assert not [name for name in linecache.cache if "read_by_nobody" in name]


def test_what_was_stopped_goes_on_where_it_was(qtbot: QtBot) -> None:
    owner, seen = QObject(), list[int]()
    slicer = Slicer(counted(seen, 5), owner, "slices")
    slicer.start()
    qtbot.waitUntil(lambda: len(seen) >= 2)
    slicer.stop()
    known = list(seen)
    QApplication.processEvents()
    assert seen == known
    with qtbot.waitSignal(slicer.done):
        slicer.start()
    assert seen == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("is_awaited", [False, True])
def test_short_slices_are_done_in_few_turns(qtbot: QtBot, is_awaited: bool) -> None:
    owner, seen, turns = QObject(), list[int](), list[int]()

    def slices() -> Iterator[None]:
        for _ in counted(seen, 500):
            yield

    slicer = Slicer(slices(), owner, "slices", is_awaited=is_awaited)

    def turn() -> None:
        turns.append(len(seen))
        if len(seen) < 500:
            next_turn(owner, turn)

    next_turn(owner, turn)
    with qtbot.waitSignal(slicer.done):
        slicer.start()
    assert len(seen) == 500
    assert len(set(turns)) < 100


def test_nothing_is_done_in_the_turn_of_what_only_waits(qtbot: QtBot) -> None:
    owner, seen, turns = QObject(), list[int](), set[int]()

    def slices() -> Iterator[object]:
        for _ in counted(seen, 6):
            yield WAITING

    slicer = Slicer(slices(), owner, "slices")

    def turn() -> None:
        turns.add(len(seen))
        if len(seen) < 6:
            next_turn(owner, turn)

    next_turn(owner, turn)
    with qtbot.waitSignal(slicer.done):
        slicer.start()
    assert turns == {0, 1, 2, 3, 4, 5, 6}


def test_a_file_that_has_come_is_looked_at_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    slices = until_calm()
    assert next(slices) is WAITING
    now = 100.5
    assert next(slices) is WAITING
    now = 102.0
    assert list(slices) == []


def test_nothing_is_done_for_an_owner_that_has_gone(qtbot: QtBot) -> None:
    owner, seen = QObject(), list[str]()
    next_turn(owner, lambda: seen.append("x"))
    shiboken6.delete(owner)
    other = QObject()
    next_turn(other, lambda: seen.append("y"))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["y"]


def test_rooms_are_imported_beside_the_window(qtbot: QtBot) -> None:
    begun: list[tuple[Callable[[Progress, Cancellation], None], Callable[[], None]]] = []
    slices = warm_up(lambda work, then: begun.append((work, then)))
    next(slices)
    next(slices)
    ((work, then),) = begun
    work(lambda _step: None, Cancellation())
    then()
    assert list(slices) == []
    assert "ldbu_desktop.use_cases.validate" in sys.modules


BESIDE = """
import sys
from ldbu_desktop.ui import pace
from ldbu_desktop.work import Cancellation
begun = []
next(pace.warm_up(lambda work, _then: begun.append(work)))
before = set(sys.modules)
begun[0](lambda _step: None, Cancellation())
print(*(set(sys.modules) - before))
"""


def test_what_is_imported_beside_the_window_knows_no_qt() -> None:
    """Two threads that make Qt's types at once end the program."""
    done = subprocess.run([sys.executable, "-c", BESIDE], capture_output=True, check=True, text=True)
    imported = done.stdout.split()
    assert "ldbu_desktop.use_cases.validate" in imported
    assert not [name for name in imported if name.startswith(("PySide6", "shiboken6", "ldbu_desktop.ui"))]


IN_SLICES = """
import sys
import ldbu_desktop.ui.main_window
from ldbu_desktop.ui import pace
from ldbu_desktop.work import Cancellation

def at_once(work, then):
    global known
    work(lambda _step: None, Cancellation())
    then()
    known = set(sys.modules)

for _ in pace.warm_up(at_once):
    pass
for slices in (pace.import_first_page(at_once), pace.import_pages()):
    for _ in slices:
        print(*(set(sys.modules) - known))
        known = set(sys.modules)
"""

MOST_IN_A_SLICE = 10


def test_pages_are_imported_few_modules_at_a_time_and_what_knows_no_qt_beside_the_window() -> None:
    done = subprocess.run([sys.executable, "-c", IN_SLICES], capture_output=True, check=True, text=True)
    slices = [line.split() for line in done.stdout.splitlines()]
    assert any("ldbu_desktop.ui.practice.page" in imported for imported in slices)
    assert [imported for imported in slices if len(imported) > MOST_IN_A_SLICE] == []
    assert [name for imported in slices for name in imported if not name.startswith("ldbu_desktop.ui")] == []


def test_every_part_is_polished(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    parts = [QLabel("x", whole) for _ in range(30)]
    slices = sum(1 for _ in polish(whole))
    assert slices == 3
    assert all(part.testAttribute(Qt.WidgetAttribute.WA_WState_Polished) for part in parts)


def test_the_interpreter_is_as_it_was_when_work_is_over() -> None:
    sys.setswitchinterval(0.005)  # the interpreter's own: a window of another test may be at work still
    interval, interpreter = sys.getswitchinterval(), Interpreter()
    interpreter.work_begins()
    assert sys.getswitchinterval() < interval
    assert not gc.isenabled()
    interpreter.work_ends()
    assert sys.getswitchinterval() == interval
    assert gc.isenabled()


def test_nothing_is_looked_through_for_garbage_while_the_window_is_made() -> None:
    Interpreter.start_begins()
    assert not gc.isenabled()
    Interpreter.start_ends()
    assert gc.isenabled()
    kept = gc.get_freeze_count()
    assert kept > 0
    Interpreter.start_ends()
    assert gc.get_freeze_count() == kept


def test_what_waits_for_the_first_paint_is_done_once_and_after_it(qtbot: QtBot) -> None:
    done: list[str] = []

    class Part(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:
            done.append("painted")

    part = Part()
    qtbot.addWidget(part)
    once_painted(part, lambda: done.append("answers"))
    QApplication.processEvents()
    assert not done
    part.show()
    qtbot.waitUntil(lambda: "answers" in done)
    assert done.index("painted") < done.index("answers")
    part.repaint()
    assert done[-1] == "painted"
    QApplication.processEvents()
    assert done.count("answers") == 1


def test_every_page_is_built_in_slices(window: MainWindow) -> None:
    context = PageContext(
        window.session,
        window.settings,
        window.live,
        window.actions_,
        window.open,
        window.show_place,
        window.check,
        window.show_receipt,
    )
    for data in PAGES:
        slices = data.build(context)
        count, page = 0, None
        while page is None:
            try:
                next(slices)
            except StopIteration as end:
                page = end.value
            else:
                count += 1
        assert isinstance(page, Page), data.id
        assert count, data.id
        page.deleteLater()


PREPARE = Pages.prepare
"""The windows of other tests prepare nothing."""


def test_while_a_file_is_read_the_page_that_will_show_it_is_built_with_its_chart_and_no_other(
    window: MainWindow,
) -> None:
    gate = Event()
    window.jobs.start(OPEN, lambda: "", lambda _progress, _cancellation: gate.wait(20), lambda _: None, lambda _: None)
    built = set(window.pages.built)
    slices = PREPARE(window.pages)
    while not window.pages.is_built(CHILDREN):
        next(slices)
        QApplication.processEvents()
    assert {window.pages.page(CHILDREN)} == set(window.pages.built) - built
    for _ in range(300):
        next(slices)
    children = window.pages.page(CHILDREN)
    assert isinstance(children, ChildrenPage)
    assert children.growth is not None
    assert len(window.pages.built) == len(built) + 1
    gate.set()
