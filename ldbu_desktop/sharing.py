"""Work shared out among processes that come out of this one, and so know all that it knows without being sent it.

Only what they find comes back. Where the system can't do it, or other threads run, the calling process does it all.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Found = TypeVar("Found")

BATCH = 50
"""Items that are worked on before what was found is told: few enough that no process waits long for another."""

LISTEN_EVERY = 0.005
"""Seconds after which the calling process listens, whatever it is at: who has much to tell waits until it does."""

Claim = Callable[[], int]
"""Gives the number of the next batch that nobody works on."""


def can_share() -> bool:
    """Whether processes can come out of this one: a copy of a process with several threads may hang."""
    return sys.platform == "linux" and threading.active_count() == 1 and (os.cpu_count() or 1) > 1


def shared_out(items: Sequence[Item], work: Callable[[Item], Found]) -> Generator[Found, None, None]:
    """What ``work`` finds for each item, in their order, by as many processes as there are processors.

    ``Found`` must be something that can be pickled. What a process that ends early leaves, the calling one does.
    Closing the iterator stops the processes.
    """
    if len(items) <= BATCH or not can_share():
        yield from map(work, items)
        return
    # What the work reads or works out once, it has when the others come. They come before anybody has what was found,
    # who might do something with it in threads.
    first = [*map(work, items[:BATCH])]
    batches = [items[start : start + BATCH] for start in range(BATCH, len(items), BATCH)]
    context = get_context("fork")
    counter = context.Value("i", 0)

    def claim() -> int:
        with counter.get_lock():
            number: int = counter.value
            counter.value += 1
            return number

    listening: list[Connection[Any, Any]] = []
    processes = []
    try:
        for _ in range((os.cpu_count() or 1) - 1):
            reader, writer = context.Pipe(duplex=False)
            process = context.Process(target=help_with, args=(batches, work, claim, reader, writer), daemon=True)
            process.start()
            writer.close()
            processes.append(process)
            listening.append(reader)
        yield from first
        yield from _Gathered(batches, work, claim, listening).in_order()
    finally:
        for process in processes:
            process.terminate()
            process.join()
        for reader in listening:
            reader.close()


def help_with(
    batches: Sequence[Sequence[Item]],
    work: Callable[[Item], object],
    claim: Claim,
    reader: Connection[Any, Any],
    writer: Connection[Any, Any],
) -> None:
    """What another process does: work on batches as long as there are any, and tell what it finds."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # The calling process has the other end alone: so it shows here when that is gone.
    reader.close()
    # What fails here fails in the calling process again, which tells it.
    with suppress(Exception):
        while (number := claim()) < len(batches):
            writer.send((number, [*map(work, batches[number])]))
    writer.close()


class _Gathered(Generic[Item, Found]):
    """What all processes find, in the order of the items; the calling process is one of them."""

    def __init__(
        self,
        batches: Sequence[Sequence[Item]],
        work: Callable[[Item], Found],
        claim: Claim,
        listening: list[Connection[Any, Any]],
    ) -> None:
        self._batches, self._work, self._claim = batches, work, claim
        self._listening = list(listening)
        self._found: dict[int, list[Found]] = {}
        self._listen_at = 0.0

    def in_order(self) -> Iterator[Found]:
        """All that is found."""
        has_more = True
        for number in range(len(self._batches)):
            while number not in self._found:
                has_more = has_more and self._do_next()
                self._listen(0 if has_more else None)
                if not has_more and not self._listening and number not in self._found:
                    self._do(number)
            yield from self._found.pop(number)

    def _do_next(self) -> bool:
        number = self._claim()
        if number < len(self._batches):
            self._do(number)
            return True
        return False

    def _do(self, number: int) -> None:
        found = []
        for item in self._batches[number]:
            found.append(self._work(item))
            if monotonic() >= self._listen_at:
                self._listen(0)
        self._found[number] = found

    def _listen(self, seconds: float | None) -> None:
        """Take what the others have found; without a time, wait until one has something to tell or has ended."""
        self._listen_at = monotonic() + LISTEN_EVERY
        for ready in wait(self._listening, seconds) if self._listening else ():
            reader = next(one for one in self._listening if one is ready)
            try:
                number, found = reader.recv()
            except (EOFError, OSError):
                self._listening.remove(reader)
            else:
                self._found[number] = found
