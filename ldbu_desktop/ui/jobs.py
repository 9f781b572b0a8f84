"""The one door for work that takes time: it runs in a thread, tells how far it is, and can be stopped.

A job belongs to a *line* (``open``, ``export``, ``preview`` …). A new job in a line puts the earlier one out of date:
it is asked to stop, and what it gives is dropped.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any, TypeVar
from weakref import WeakSet

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal, Slot
from shiboken6 import isValid

from ldbu_desktop.aside.precedence import go_next
from ldbu_desktop.faults import Cancelled, Fault
from ldbu_desktop.ui.pace import Interpreter
from ldbu_desktop.work import Cancellation, Progress, Step

T = TypeVar("T")

Work = Callable[[Progress, Cancellation], T]

_LOOK_EVERY = 80
"""Milliseconds between two looks at how far the work is: often enough to seem steady, seldom enough to cost nothing."""


def _never() -> bool:
    return False


class Job:
    """Work that runs. ``step`` is the last that it told; it is written by the work and read by the window.

    ``stop`` asks it to end with what is done by now; False where it can't, or was asked before. ``keeps`` says whether
    what is done by now stays when it is stopped. ``given_up`` hears that it ended with nothing: it was stopped, or a
    fault stopped it.
    """

    def __init__(
        self,
        line: str,
        words: Callable[[], str],
        generation: int,
        work: Work[Any],
        then: Callable[[Any], None],
        fault: Callable[[Fault], None],
    ) -> None:
        self.line, self.words, self.generation = line, words, generation
        self.work, self.then, self.fault = work, then, fault
        self.quiet = self.stays = False
        self.stop = self.keeps = _never
        self.given_up: Callable[[], None] = lambda: None
        self.step: Step | None = None
        self.started = monotonic()
        self.cancellation = Cancellation()

    @property
    def share(self) -> float | None:
        """How much of the work is done, from 0 to 1, where that is known."""
        if self.step is None:
            return None
        return self.step.done / self.step.total if self.step.total else self.step.share

    @property
    def seconds_left(self) -> float | None:
        """How long it will take yet, if it goes on as until now."""
        if not self.share or (passed := monotonic() - self.started) < 1:
            return None
        return passed / self.share - passed


class _Outlet(QObject):
    """Hands what a thread gives to the window's; it belongs to no window, so that threads may outlive theirs."""

    ended = Signal(object, object, object)


_there: WeakSet[Jobs] = WeakSet()


@atexit.register
def _close_all() -> None:
    """Stop what runs before Qt's objects are taken down, which happens under threads that still go on."""
    for jobs in tuple(_there):
        if isValid(jobs):
            jobs.close()


class Jobs(QObject):
    """Starts work, watches it and hands out what it gives, in the window's thread.

    A window or a program that goes while jobs run, closed or not, stops them, and nobody hears of them.

    ``changed`` tells now and then how it goes with the job in sight (None: no job). ``broke`` gives an exception that
    is our own fault; without a listener it is raised in the window's thread.
    """

    changed = Signal(object)
    broke = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(3)
        self._running: list[Job] = []
        self._generations: dict[str, int] = {}
        self._begun: dict[str, int] = {}
        self._is_closed = False
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.setObjectName("watchingJobs")
        self._timer.timeout.connect(self._look)
        self._outlet = _Outlet()
        self._outlet.ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._interpreter = Interpreter()
        self.destroyed.connect(partial(_leave, self._running, self._interpreter))
        _there.add(self)

    def start(
        self,
        line: str,
        words: Callable[[], str],
        work: Work[T],
        then: Callable[[T], None],
        fault: Callable[[Fault], None],
        *,
        quiet: bool = False,
        stays: bool = False,
        stop: Callable[[], bool] = _never,
        keeps: Callable[[], bool] = _never,
        given_up: Callable[[], None] = lambda: None,
    ) -> Job:
        """Run ``work`` and give its result to ``then``, or the fault that stopped it to ``fault``.

        ``given_up`` hears where there is no result and none to come: what was shown as waiting waits no longer.

        ``words`` say what is done; a ``quiet`` job is not shown, as it is over before one could read them. ``stays``
        says that the result is large and is kept, ``stop`` how the work ends with what is done, and ``keeps`` whether
        there is something that stays then. After :meth:`close` nothing runs any more.
        """
        self.cancel(line)
        job = Job(line, words, self._generations[line], work, then, fault)
        job.quiet, job.stays = quiet, stays
        job.stop, job.keeps, job.given_up = stop, keeps, given_up
        if self._is_closed:
            return job
        if not self._running:
            self._interpreter.work_begins()
            self._timer.start()
        self._running.append(job)
        self._begun[line] = job.generation
        self._pool.start(lambda: self._run(job))
        if not quiet:
            self.changed.emit(job)
        return job

    def beside(self, work: Work[None], then: Callable[[], object]) -> None:
        """Run work that makes something ready and that nobody waits for, and then call ``then``."""
        self.start(f"beside {id(work)}", lambda: "", work, lambda _: _ignore(then()), self.broke.emit, quiet=True)

    def cancel(self, line: str) -> None:
        """Put what runs in ``line`` out of date and ask it to stop."""
        self._generations[line] = self._generations.get(line, 0) + 1
        for job in self._running:
            if job.line == line:
                job.cancellation.cancel()

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs that run."""
        return tuple(self._running)

    def stop(self, job: Job) -> None:
        """Have a job end with what is done by now, where it can; else it is put out of date."""
        if not job.stop():
            self.cancel(job.line)

    def is_busy(self, line: str | None = None) -> bool:
        """Whether something runs, in ``line`` if one is named."""
        return any(line in (None, job.line) for job in self._running)

    def close(self) -> None:
        """Stop all work, wait until it has stopped, and begin none again."""
        self._is_closed = True
        for line in {job.line for job in self._running}:
            self.cancel(line)
        self._pool.waitForDone()
        self._running.clear()
        self._rest()

    def _run(self, job: Job) -> None:
        def tell(step: Step) -> None:
            job.step = step

        go_next()
        try:
            job.cancellation.check()
            result = job.work(tell, job.cancellation)
        except Exception as error:  # handed to the window's thread, where it is told or raised
            self._outlet.ended.emit(job, None, error)
        else:
            self._outlet.ended.emit(job, result, None)

    @Slot(object, object, object)
    def _end(self, job: Job, result: object, error: Exception | None) -> None:
        if job not in self._running:
            return
        self._running.remove(job)
        if job.stays:
            self._interpreter.keep()
        if not self._running:
            self._rest()
        self._look()
        if self._generations[job.line] != job.generation or isinstance(error, Cancelled):
            if self._begun[job.line] == job.generation:
                job.given_up()
            return
        if isinstance(error, Fault):
            job.given_up()
            job.fault(error)
        elif error is not None:
            self.broke.emit(error)
        else:
            job.then(result)

    def _rest(self) -> None:
        self._timer.stop()
        self._interpreter.work_ends()

    def _look(self) -> None:
        self.changed.emit(next((job for job in self._running if not job.quiet), None))


def _leave(running: list[Job], interpreter: Interpreter) -> None:
    """Stop what runs where its window has gone: the thread pool, which goes next, waits for it."""
    for job in running:
        job.cancellation.cancel()
    running.clear()
    interpreter.work_ends()


def _ignore(_: object) -> None:
    return None
