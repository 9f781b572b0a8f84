"""Measures the window: its start against a bare window, its longest pause while 10 000 visits load, and an edit.

Runs alternate and the best (start) counts, since the machine may be busy; of a pause it is told how much of it was the
window's own work, and how much the wait for a processor that another process had. Fails on nothing.
``bench_window.py 1000000`` opens so many rows of text instead, and tells how long it takes, the memory, the longest
pauses, and how long an edit takes with the facets on.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from journal_workbook import write_journal
from moments import Moment, print_moments

if TYPE_CHECKING:
    from ldbu_desktop.ui.main_window import MainWindow

P = ParamSpec("P")
T = TypeVar("T")

ROUNDS = 7
LOADS = 3
HEARTBEAT = 5
LOOK_ROUND = 2500
"""Milliseconds in which a user looks at the window before choosing a file."""
EDITS = 300

BARE = """
import time; began = time.perf_counter()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.resize(1360, 820)
"""
OURS = """
import time; began = time.perf_counter()
import sys
from PySide6.QtCore import QSettings, QTimer
from ldbu_desktop.ui.theme import styled_application
application = styled_application("ldbu-desktop")
from ldbu_desktop.ui.application import start
from ldbu_desktop.ui.settings import Settings
window = start(application, Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat)))
"""
PAINTED_AND_ANSWERING = """
from PySide6.QtCore import QEvent, QObject
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, done)
        return False
def done():
    print(time.perf_counter() - began)
    window.close()
    application.quit()
watch = Watch()
window.installEventFilter(watch)
if window.centralWidget():
    window.centralWidget().installEventFilter(watch)
window.show()
application.exec()
"""


def started(program: str, settings: Path) -> tuple[float, float]:
    """How long a window takes until it is painted and answers: from the first line, and with Python's own start."""
    begin = time.perf_counter()
    called = [sys.executable, "-c", program + PAINTED_AND_ANSWERING, str(settings)]
    told = subprocess.run(called, capture_output=True, check=True, text=True)
    return float(told.stdout.split()[0]), time.perf_counter() - begin


def print_starts(folder: Path) -> None:
    """The window's start as a ratio to that of a bare one, for somebody who has opened and corrected files before."""
    opened, kept = [folder / f"{number}.csv" for number in range(5)], folder / "work" / "kept.ldbu-work"
    kept.parent.mkdir()
    for made in (*opened, kept):
        made.touch()
    best = {"bare": (9.0, 9.0), "ours": (9.0, 9.0)}
    for number in range(ROUNDS):
        for name, program in (("bare", BARE), ("ours", OURS)):
            settings = folder / f"{number}.ini"
            settings.write_text(f"[General]\nrecent={', '.join(map(str, opened))}\n", encoding="utf-8")
            taken = started(program, settings)
            best[name] = (min(best[name][0], taken[0]), min(best[name][1], taken[1]))
    (bare, bare_whole), (ours, ours_whole) = best["bare"], best["ours"]
    print(f"bare window          {bare * 1000:6.0f} ms")
    print(f"our window           {ours * 1000:6.0f} ms")
    print(f"start / bare         {ours / bare:6.2f}      (at most 2; whole processes {ours_whole / bare_whole:.2f})")


def pauses_told(beats: Sequence[Moment]) -> str:
    """The longest pauses: by the clock, of which own work, and of which the wait for a processor that others had."""
    pauses = [earlier.until(later) for earlier, later in pairwise(beats)]
    own, waited = (max(pause[at] for pause in pauses) * 1000 for at in (1, 2))
    let = max(pause.clock - pause.waited for pause in pauses) * 1000
    of_host = max(pause.clock for pause in pauses if pause.stolen) * 1000 if any(each.stolen for each in pauses) else 0
    longest = max(pause.clock for pause in pauses if not pause.stolen) * 1000
    return (
        f"{longest:6.0f} ms   (at most 50; {of_host:.0f} where the host took the processors away); the most own "
        f"work in one {own:.0f} ms, the longest wait for a processor {waited:.0f} ms, the longest without such waits "
        f"{let:.0f} ms"
    )


def wait(milliseconds: int) -> None:
    """Let the window live for a while."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def done_aside(do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What is made up takes memory that is not the window's."""
    with ProcessPoolExecutor(1, get_context("spawn")) as maker:
        return maker.submit(do, *args, **kwargs).result()


def print_pause(path: Path) -> None:
    """The longest pause between two heartbeats while a file loads, its findings come and it can be worked with."""
    from PySide6.QtCore import QEventLoop, QSettings, QTimer
    from PySide6.QtWidgets import QApplication

    from ldbu_desktop.ui.application import start
    from ldbu_desktop.ui.settings import Settings

    application = QApplication.instance() or QApplication([])
    store = QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat)
    window = start(application, Settings(store))  # type: ignore[arg-type]
    window.show()
    wait(LOOK_ROUND)
    for _ in range(LOADS):
        timer = QTimer(interval=HEARTBEAT)
        done = QEventLoop()
        window.session.judged.connect(lambda done=done: QTimer.singleShot(300, done.quit))
        beats = [Moment.now()]
        timer.timeout.connect(lambda beats=beats: beats.append(Moment.now()))
        timer.start()
        window.open([path])
        done.exec()
        timer.stop()
        print(f"loaded in {beats[-1].clock - beats[0].clock - 0.3:4.1f} s; longest pause {pauses_told(beats)}")
    window.close()


def print_edits(path: Path) -> None:
    """From leaving a field to updated findings, with all that the window shows."""
    from PySide6.QtCore import QEventLoop, QSettings
    from PySide6.QtWidgets import QApplication

    from ldbu_desktop.ui.application import start
    from ldbu_desktop.ui.settings import Settings

    application = QApplication.instance() or QApplication([])
    store = QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat)
    window = start(application, Settings(store))  # type: ignore[arg-type]
    window.show()
    done = QEventLoop()
    window.session.judged.connect(done.quit)
    window.open([path])
    done.exec()
    wait(LOOK_ROUND)
    print_edits_in(window)
    window.close()


def print_edits_in(window: MainWindow) -> None:
    """The same in a window where a journal is open and checked."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from ldbu_desktop.journal.where import Where
    from ldbu_desktop.ui.children.values_model import VALUE, Role

    application = QApplication.instance()
    assert application is not None
    page = window.pages.page("children")
    keys = page.tree_pane.model.visit_keys()  # type: ignore[attr-defined]
    model = page.visit_page.values.values  # type: ignore[attr-defined]
    taken: list[Moment] = []
    for number in range(EDITS):
        window.session.select(Where(visit=keys[number * 7 % len(keys)]))
        application.processEvents()
        index = next(found for row in range(model.rowCount()) if (found := model.cell(row, VALUE)).data(Role.IS_NUMBER))
        begin = Moment.now()
        model.setData(index, ("52500", "5250", "x")[number % 3], Qt.ItemDataRole.EditRole)
        taken.append(begin.since)
        application.processEvents()
    print_moments("leave a field", taken, 16)


def print_many(folder: Path, rows: int) -> None:
    """How a very large export opens: when it is there and checked, memory, pauses, and an edit beside facets."""
    import resource

    from bench_rows import write_folder
    from PySide6.QtCore import QEventLoop, QSettings, QTimer
    from PySide6.QtWidgets import QApplication

    from ldbu_desktop.ui.application import start
    from ldbu_desktop.ui.settings import Settings

    written = done_aside(write_folder, folder, rows)
    application = QApplication.instance() or QApplication([])
    store = QSettings(str(folder.with_suffix(".ini")), QSettings.Format.IniFormat)
    window = start(application, Settings(store))  # type: ignore[arg-type]
    window.show()
    wait(LOOK_ROUND)
    beats: list[Moment] = []
    timer = QTimer(interval=HEARTBEAT)
    timer.timeout.connect(lambda: beats.append(Moment.now()))
    begin, done = time.perf_counter(), QEventLoop()

    def tell(what: str) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{written} rows {what} after {time.perf_counter() - begin:.1f} s, {peak:.0f} MB   (at most 800)")

    told: set[str] = set()

    def tell_once(what: str) -> None:
        if what not in told:
            told.add(what)
            tell(what)

    def tell_part() -> None:
        if window.session.work.found is not None and window.session.work.checked_families[0]:
            tell_once("partly checked")

    window.session.first_found.connect(
        lambda found: tell_once("with the first findings (at most 1 s)") if found is not None else None
    )
    window.session.opened.connect(lambda: tell("open"))
    window.session.checked.connect(tell_part)
    window.session.judged.connect(lambda: (tell("checked"), QTimer.singleShot(LOOK_ROUND, done.quit)))
    timer.start()
    window.open([folder])
    done.exec()
    timer.stop()
    print(f"longest pause        {pauses_told(beats)}")
    page = window.pages.page("children")
    page.tree_pane.filters.click()  # type: ignore[attr-defined]
    wait(LOOK_ROUND)
    print_edits_in(window)
    window.close()


def main(rows: int = 0) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        if rows:
            print_many(Path(folder), rows)
            return
        print_starts(Path(folder))
        large, small = Path(folder, "large.xlsx"), Path(folder, "small.xlsx")
        done_aside(write_journal, large, 10_000)
        done_aside(write_journal, small, 200)
        print_pause(large)
        print_edits(small)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
