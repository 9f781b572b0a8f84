"""Work runs beside the window, tells how far it is, can be stopped, and what is out of date is dropped."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ldbu_desktop.faults import Fault, FileFault
from ldbu_desktop.ui.jobs import Job, Jobs
from ldbu_desktop.work import Cancellation, Progress, Step


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    sys.setswitchinterval(0.005)  # Python's own: a window of an earlier test may have ended amidst its work.
    made = Jobs()
    yield made
    made.close()


class Listener:
    """Keeps what a job gave."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.faults: list[Fault] = []

    def start(self, jobs: Jobs, line: str, work: Callable[[Progress, Cancellation], object]) -> Job:
        return jobs.start(line, lambda: "…", work, self.results.append, self.faults.append)


def test_a_result_comes_in_the_windows_thread(jobs: Jobs, qtbot: QtBot) -> None:
    where: list[threading.Thread] = []
    threads: list[threading.Thread] = []

    def work(progress: Progress, cancellation: Cancellation) -> int:
        threads.append(threading.current_thread())
        return 42

    jobs.start("a", lambda: "…", work, lambda _: where.append(threading.current_thread()), lambda _: None)
    qtbot.waitUntil(lambda: bool(where))
    assert where == [threading.main_thread()]
    assert threads != where
    assert not jobs.is_busy()


def test_a_job_without_a_result_is_given_up_and_one_that_has_a_successor_is_not(jobs: Jobs, qtbot: QtBot) -> None:
    heard: list[str] = []
    begun, gate = threading.Event(), threading.Event()

    def waits(_progress: Progress, cancellation: Cancellation) -> None:
        begun.set()
        gate.wait(20)
        cancellation.check()

    def faulty(_progress: Progress, _cancellation: Cancellation) -> None:
        raise FileFault("file-empty", file="a.csv")

    def start(name: str, work: Callable[[Progress, Cancellation], None]) -> None:
        jobs.start("a", lambda: "", work, lambda _: None, lambda _: None, given_up=lambda: heard.append(name))

    start("first", waits)
    assert begun.wait(20)
    start("second", waits)
    gate.set()
    qtbot.waitUntil(lambda: not jobs.is_busy())
    assert heard == []
    gate.clear()
    start("third", waits)
    jobs.cancel("a")
    gate.set()
    qtbot.waitUntil(lambda: heard == ["third"])
    start("fourth", faulty)
    qtbot.waitUntil(lambda: heard == ["third", "fourth"])


def test_a_stale_result_is_dropped_and_its_work_asked_to_stop(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()
    go = threading.Event()

    def slow(progress: Progress, cancellation: Cancellation) -> str:
        go.wait(10)
        return "old"

    first = listener.start(jobs, "a", slow)
    listener.start(jobs, "a", lambda progress, cancellation: "new")
    assert first.cancellation.is_asked
    go.set()
    qtbot.waitUntil(lambda: not jobs.is_busy())
    assert listener.results == ["new"]


def test_lines_do_not_disturb_each_other(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()
    for line in ("a", "b", "c", "d"):
        listener.start(jobs, line, lambda progress, cancellation, line=line: line)
    qtbot.waitUntil(lambda: not jobs.is_busy())
    assert sorted(map(str, listener.results)) == ["a", "b", "c", "d"]


def test_cancelled_work_tells_nothing(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()
    started = threading.Event()

    def work(progress: Progress, cancellation: Cancellation) -> None:
        started.set()
        while True:
            cancellation.check()

    listener.start(jobs, "a", work)
    started.wait(10)
    jobs.cancel("a")
    qtbot.waitUntil(lambda: not jobs.is_busy())
    assert listener.results == []
    assert listener.faults == []


def test_a_fault_is_told_and_an_error_of_ours_is_not_hidden(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()

    def faulty(progress: Progress, cancellation: Cancellation) -> None:
        raise FileFault("file-damaged", file="x")

    def broken(progress: Progress, cancellation: Cancellation) -> None:
        raise ZeroDivisionError

    listener.start(jobs, "a", faulty)
    with qtbot.waitSignal(jobs.broke) as broke:
        listener.start(jobs, "b", broken)
    qtbot.waitUntil(lambda: bool(listener.faults))
    assert [fault.key for fault in listener.faults] == ["file-damaged"]
    assert isinstance(broke.args[0], ZeroDivisionError)


def test_progress_is_told_with_an_estimate(jobs: Jobs, qtbot: QtBot) -> None:
    shares: list[float] = []
    go = threading.Event()

    def work(progress: Progress, cancellation: Cancellation) -> None:
        progress(Step(30, 120, "visit"))
        go.wait(10)

    jobs.changed.connect(lambda job: shares.append(job.share) if job and job.share else None)
    job = Listener().start(jobs, "a", work)
    qtbot.waitUntil(lambda: bool(shares))
    assert shares[0] == 0.25
    assert job.seconds_left is None
    job.started -= 10
    assert job.seconds_left == pytest.approx(30, rel=0.2)
    go.set()
    qtbot.waitUntil(lambda: not jobs.is_busy())


def test_python_is_as_before_when_all_is_done(jobs: Jobs, qtbot: QtBot) -> None:
    interval = sys.getswitchinterval()
    seen: list[tuple[float, bool]] = []

    def work(progress: Progress, cancellation: Cancellation) -> None:
        seen.append((sys.getswitchinterval(), gc.isenabled()))

    frozen = gc.get_freeze_count()
    jobs.start("a", lambda: "…", work, lambda _: None, lambda _: None, stays=True)
    qtbot.waitUntil(lambda: not jobs.is_busy())
    assert seen[0][0] < interval
    assert not seen[0][1]
    assert sys.getswitchinterval() == interval
    assert gc.isenabled()
    assert gc.get_freeze_count() > frozen
    gc.unfreeze()


def test_closing_waits_for_the_work(qtbot: QtBot) -> None:
    jobs = Jobs()
    began, ended = threading.Event(), threading.Event()

    def work(progress: Progress, cancellation: Cancellation) -> None:
        began.set()
        while not cancellation.is_asked:
            pass
        ended.set()

    Listener().start(jobs, "a", work)
    began.wait(10)
    jobs.close()
    assert ended.is_set()
    assert not jobs.is_busy()


def test_nothing_begins_after_closing(qtbot: QtBot) -> None:
    jobs, listener = Jobs(), Listener()
    jobs.close()
    listener.start(jobs, "a", lambda _progress, _cancellation: 1)
    qtbot.wait(50)
    assert not jobs.is_busy()
    assert listener.results == []


def test_a_window_that_goes_without_closing_stops_its_work_and_nothing_is_told(
    qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    interval = sys.getswitchinterval()
    window, listener = QObject(), Listener()
    began, ended, gate = threading.Event(), threading.Event(), threading.Event()

    def work(_progress: Progress, cancellation: Cancellation) -> int:
        began.set()
        while not cancellation.is_asked:
            gate.wait(0.001)
        ended.set()
        return 1

    jobs = Jobs(window)
    listener.start(jobs, "a", work)
    assert began.wait(20)
    delete(window)
    assert ended.wait(20)
    qtbot.wait(50)
    assert listener.results == []
    assert sys.getswitchinterval() == interval
    assert gc.isenabled()
    assert capfd.readouterr().err == ""


LEFT_AT_WORK = """
import threading
from PySide6.QtWidgets import QApplication, QWidget
from ldbu_desktop.ui.jobs import Jobs

application, window = QApplication([]), QWidget()
jobs, gone = Jobs(window), Jobs(QWidget(window))
began, gate = threading.Event(), threading.Event()

def work(progress, cancellation):
    began.set()
    while not cancellation.is_asked:
        gate.wait(0.001)
    return 1

gone.parent().setParent(None)
jobs.start("a", lambda: "", work, print, print)
began.wait(20)
"""


def test_a_program_that_ends_amidst_work_says_nothing() -> None:
    ended = subprocess.run([sys.executable, "-c", LEFT_AT_WORK], capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
