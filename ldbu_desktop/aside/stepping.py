"""Work that goes on in a thread while its steps are told."""

from __future__ import annotations

from collections.abc import Callable, Generator
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TypeVar, cast

from ldbu_desktop.aside.messages import STOP, sent
from ldbu_desktop.work import Cancellation, Progress, Step

LOOK_EVERY = 0.1
"""Seconds between two looks at how far the work is."""

Found = TypeVar("Found")


def with_steps(work: Callable[[Progress, Cancellation], Found], stop: Event) -> Generator[bytes, bytes, Found]:
    """What work gives, with its last step now and then; ``stop`` is set when that is asked. Raises what it raises."""
    steps: list[Step] = []
    given: SimpleQueue[tuple[Found | None, Exception | None]] = SimpleQueue()

    def run() -> None:
        try:
            given.put((work(lambda step: steps.__setitem__(slice(None), [step]), Cancellation()), None))
        except Exception as error:  # raised where it is waited for
            given.put((None, error))

    Thread(target=run, daemon=True).start()
    while True:
        try:
            found, error = given.get(timeout=LOOK_EVERY)
        except Empty:
            if (yield sent(steps[0] if steps else Step(0, None, "row"))) == STOP:
                stop.set()
            continue
        if error is not None:
            raise error
        return cast(Found, found)
