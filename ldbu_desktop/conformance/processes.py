"""Check delivery reports in several processes: in order, and with little in flight.

Where the system can, the processes come out of one that has read the program already: that is quick, and does not hold
up the calling process, which may show a window.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from ctypes import c_int
from dataclasses import dataclass, field
from multiprocessing import forkserver, get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread
from typing import Any

from ldbu_desktop.conformance.checked_report import check_text, name_of, sha256_of, unread
from ldbu_desktop.conformance.engine import Engine
from ldbu_desktop.conformance.model import CheckedReport, Verdict
from ldbu_desktop.faults import Fault, FileFault
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.work import Cancellation

BATCH_REPORTS = 16
_BATCH_BYTES = 96 * 1024
"""Small enough for the system to hold until it is received, so that whoever sends does not wait."""
_AHEAD = 2
"""Batches that a process holds: one that it checks and one to go on with."""
MOST_IN_FLIGHT = 64
"""Batches that may wait for an earlier one while the calling process goes on checking."""
_LOOK_UP = 0.1
"""Seconds to wait for an answer before looking whether somebody asked the work to stop."""
_MOST_IN_VAIN = 3
"""Processes in a row that may end before they come to a report: then the calling process checks alone."""

HAS_SERVER = "forkserver" in get_all_start_methods()
CONTEXT = get_context("forkserver") if HAS_SERVER else get_context("spawn")
"""How processes start: both ways are safe beside threads."""

MakeEngine = Callable[[], Engine]
"""Makes the engine in each process: something that can be sent to one, such as a function of a module."""

_Sent = tuple[str, bytes, int, int]
"""What a process is sent of a report: its file, text, number and line. Plain values travel several times faster."""

_Told = tuple[Verdict | None, tuple[str, dict[str, object]] | None]
"""What a process answers about a report: the verdict, None if it has nothing to tell; or a fault's key and facts."""

_NOTHING = Verdict()


def _sent(text: BundleText) -> _Sent:
    return text.file, text.data, text.ordinal, text.line


@dataclass(eq=False)
class Batch:
    """Reports that go to a process together, and the answers as they come: at once for what could not be read."""

    texts: list[BundleText]
    answers: list[CheckedReport | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.answers = [None if text.fault is None else unread(text) for text in self.texts]

    @property
    def open(self) -> list[int]:
        """The reports that have no answer yet, by their number in the batch."""
        return [number for number, answer in enumerate(self.answers) if answer is None]


def make_ready() -> None:
    """Begin what starting the first process takes longest for."""
    CONTEXT.set_forkserver_preload([__name__])
    if HAS_SERVER:
        forkserver.ensure_running()


class Worker:
    """A process that checks batches in the order it gets them."""

    def __init__(self, make_engine: MakeEngine) -> None:
        self.batches: deque[Batch] = deque()
        self.connection, theirs = CONTEXT.Pipe()
        self._begun = CONTEXT.RawValue("i", 0)
        self._answered = 0
        self._process = CONTEXT.Process(target=work, args=(theirs, self._begun, make_engine), daemon=True)
        with suppress(OSError, EOFError):  # as one that ends at once
            self._process.start()
        theirs.close()

    def give(self, batch: Batch) -> None:
        """Hand it what is open of a batch. That the process has ended shows when its answers are taken."""
        self.batches.append(batch)
        try:
            self.connection.send([_sent(batch.texts[number]) for number in batch.open])
        except OSError:
            return

    def take(self) -> bool:
        """Receive the answers to its first batch; False if the process has ended instead."""
        try:
            told: list[_Told] = self.connection.recv()
        except (EOFError, OSError):
            return False
        batch = self.batches.popleft()
        self._answered += len(told)
        for number, (verdict, fault) in zip(batch.open, told, strict=True):
            file = name_of(batch.texts[number])
            known = Fault(fault[0], **fault[1]) if fault else None
            batch.answers[number] = CheckedReport(file, verdict or _NOTHING, known, sha256_of(batch.texts[number]))
        return True

    def blame(self) -> bool:
        """The process has ended by itself: the report that it was at gets a fault, which leaves the others open.

        False if it was at none.
        """
        self.end()
        number = self._begun.value - self._answered - 1
        if number < 0:
            return False
        batch = self.batches[0]
        number = batch.open[number]
        file = name_of(batch.texts[number])
        batch.answers[number] = CheckedReport(
            file, Verdict(), FileFault("check-ended-process", file=file), sha256_of(batch.texts[number])
        )
        return True

    def end(self) -> None:
        """Stop the process, whatever it is doing."""
        if self._process.pid is not None:
            self._process.terminate()
            self._process.join()
        self.connection.close()


class _Crew:
    """The processes, the batches in flight in the order of the reports, and the reports still to come.

    ``others`` is how many processes there should be beside the calling one.
    """

    def __init__(self, texts: Iterator[BundleText], make_engine: MakeEngine, others: int) -> None:
        self._texts = texts
        self._make_engine = make_engine
        self.others = others
        self.workers: list[Worker] = []
        self.in_flight: deque[Batch] = deque()
        self._left: deque[Batch] = deque()
        self._in_vain = 0

    def load(self) -> None:
        """Give every process its share of what is to come, and start processes as long as there is something to do."""
        for round_ in range(1, _AHEAD + 1):
            for number in range(self.others):
                if number < len(self.workers) and len(self.workers[number].batches) >= round_:
                    continue
                batch = self._next_batch()
                if batch is None:
                    return
                if number == len(self.workers):
                    self.workers.append(Worker(self._make_engine))
                self.workers[number].give(batch)
                self.in_flight.append(batch)

    def _next_batch(self) -> Batch | None:
        texts: list[BundleText] = []
        size = 0
        for text in self._texts:
            texts.append(text)
            size += len(text.data)
            if len(texts) == BATCH_REPORTS or size >= _BATCH_BYTES:
                break
        return Batch(texts) if texts else None

    def check_one(self, engine: Engine, cancellation: Cancellation) -> bool:
        """Check a batch in the calling process; False where there is none, or too many wait for an earlier one."""
        if self._left:
            batch: Batch | None = self._left.popleft()
        elif batch := self._next_batch() if len(self.in_flight) < MOST_IN_FLIGHT else None:
            self.in_flight.append(batch)
        if batch is None:
            return False
        for number in batch.open:
            cancellation.check()
            batch.answers[number] = check_text(engine, batch.texts[number])
        return True

    def listen(self, seconds: float) -> None:
        """Take what the processes have to tell within a time; replace one that has ended."""
        busy = {worker.connection: worker for worker in self.workers if worker.batches}
        for ready in wait(list(busy), seconds):
            worker = busy[ready]  # type: ignore[index]
            if worker.take():
                self._in_vain = 0
            else:
                self._replace(worker)

    def _replace(self, ended: Worker) -> None:
        """Another process, or at last the calling one, goes on with what one that has ended leaves."""
        self._in_vain = 0 if ended.blame() else self._in_vain + 1
        left = [batch for batch in ended.batches if batch.open]
        if self._in_vain < _MOST_IN_VAIN:
            new = Worker(self._make_engine)
            self.workers[self.workers.index(ended)] = new
            for batch in left:
                new.give(batch)
        else:
            self.workers.remove(ended)
            self.others = 0
            self._left.extend(left)

    def end(self) -> None:
        """Stop all processes."""
        for worker in self.workers:
            worker.end()


def check_in_processes(
    texts: Iterator[BundleText],
    make_engine: MakeEngine,
    jobs: int | None,
    cancellation: Cancellation,
    engine: Engine | None = None,
) -> Iterator[CheckedReport]:
    """The verdict on each of ``texts``, in their order, by ``jobs`` processes (None: one for each processor).

    With an ``engine`` the calling process is one of them; it does it all where no other can be started. A report that
    ends its process gets a fault, and another process goes on. What is held in memory is bounded: a few batches for
    each process. Closing the iterator stops the processes.
    """
    make_ready()
    crew = _Crew(texts, make_engine, (jobs or os.cpu_count() or 1) - (engine is not None))
    try:
        has_more = True
        while has_more or crew.in_flight:
            cancellation.check()
            crew.load()
            if not crew.others:
                engine = engine or make_engine()
            has_more = engine is not None and crew.check_one(engine, cancellation)
            crew.listen(0 if has_more else _LOOK_UP)
            while crew.in_flight and not crew.in_flight[0].open:
                yield from (answer for answer in crew.in_flight.popleft().answers if answer)
    finally:
        crew.end()


def work(connection: Connection[Any, Any], begun: c_int, make_engine: MakeEngine) -> None:
    """What a process does until nobody listens any more: check the reports of a batch and answer; see ``_Told``.

    ``begun`` counts the reports that it has come to, so that it shows which one ended it.
    Batches are received in a thread of their own, so that whoever sends never waits for an answer to be read.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    engine = make_engine()
    batches: SimpleQueue[list[_Sent] | None] = SimpleQueue()
    Thread(target=_receive, args=(connection, batches), daemon=True).start()
    while (batch := batches.get()) is not None:
        told: list[_Told] = []
        for file, data, ordinal, line in batch:
            begun.value += 1
            checked = check_text(engine, BundleText(file, data, ordinal, line))
            fault = checked.fault
            verdict = checked.verdict if checked.verdict != _NOTHING else None
            told.append((verdict, None if fault is None else (fault.key, fault.facts)))
        connection.send(told)


def _receive(connection: Connection[Any, Any], batches: SimpleQueue[list[_Sent] | None]) -> None:
    try:
        while True:
            batches.put(connection.recv())
    except (EOFError, OSError):
        batches.put(None)
