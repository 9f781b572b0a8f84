"""How a process is confined: to its memory and time, without a core dump, and without a file that it could write."""

from __future__ import annotations

import faulthandler
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress

MEGABYTE = 1024 * 1024

FEWEST_BYTES, BYTES_A_BYTE, MOST_BYTES = 448 * MEGABYTE, 100, 1024 * MEGABYTE
"""Memory of a process that reads: for any file, what comes to it by their sizes, and at most. The program is in it.

A packed sheet takes up to 60 times its size in memory, a text nothing that grows with it.
"""

FEWEST_SECONDS, SECONDS_A_MEGABYTE, MOST_SECONDS = 6, 2, 180
"""The processor's time for a file, what comes to it by its size, and at most; a million rows took a tenth of it."""

WAITING = 5
"""How many times longer than that it may take by the clock: others want the processors too."""

OUT_OF_TIME = 124
"""What a process is ended with that takes too long, as the command ``timeout`` does."""

_EXIT_OF_WATCH = 1
_LOOK_EVERY = 0.05


def no_core_dumps() -> None:
    """Have the system keep no picture of this process's memory, nor of those that it begins."""
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def memory_for(size: int) -> int:
    """Bytes of memory that a file of ``size`` bytes takes at most, beside what any takes."""
    return size * BYTES_A_BYTE


def seconds_for(size: int) -> float:
    """Seconds of the processor's time for reading a file of ``size`` bytes."""
    return min(FEWEST_SECONDS + SECONDS_A_MEGABYTE * size / MEGABYTE, MOST_SECONDS)


def confine() -> None:
    """Have this process keep no core and write no file: what it tells goes through pipes, which are not limited."""
    no_core_dumps()
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def hold_to_memory(files: int) -> None:
    """Hold this process to so many bytes for files, beside what any takes; asking for more fails, or ends it."""
    memory = min(FEWEST_BYTES + files, MOST_BYTES)
    if sys.platform == "win32":
        from ldbu_desktop.sandbox.windows_job import hold_to

        with suppress(OSError):  # a system that has it in a job of its own: the clock still holds it
            hold_to(memory)
    elif sys.platform != "darwin":  # there the limit can be set and holds nothing: see ``watch``
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))


class Clock:
    """Ends this process where one request takes more than its time."""

    def __init__(self) -> None:
        self._nowhere = os.open(os.devnull, os.O_WRONLY)

    def start(self, seconds: float) -> None:
        """From now, so many seconds of the processor's time and not much more by the clock."""
        if sys.platform != "win32":
            import resource

            soonest = int(time.process_time() + seconds) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (soonest, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        # A thread of the interpreter's own that needs no turn: it also ends a native reader that gives none.
        faulthandler.dump_traceback_later(max(seconds, 0.001) * WAITING, exit=True, file=self._nowhere)

    def stop(self) -> None:
        """The request is answered."""
        faulthandler.cancel_dump_traceback_later()


def ended_with(status: int) -> int:
    """The exit code that tells others how a process ended, by the status that waiting for it gave."""
    import signal

    code = os.waitstatus_to_exitcode(status)
    return OUT_OF_TIME if code in (_EXIT_OF_WATCH, -signal.SIGXCPU) else abs(code)


def watch(process: int, memory: int, resident: Callable[[int], int]) -> int:
    """Wait until a process ends that the system does not hold to its memory, and end it where it takes more.

    Returns the status that waiting for it gave.
    """
    import signal

    while True:
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return status
        if resident(process) > memory:
            os.kill(process, signal.SIGKILL)
        time.sleep(_LOOK_EVERY)
