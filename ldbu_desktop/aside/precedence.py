"""Who gets a processor first, where all are busy: the window, then what somebody waits for, then what is done aside.

Beside two other programs that use two processors whole, a window that does not go first halts for up to 100 ms while it
takes in a large file: its threads wait for a processor, and for each other while one of them waits for a processor.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

_FIRST = -10
"""How far the window's thread steps forward, as ``nice`` counts: beside one that does not it gets nine tenths."""

_NEXT = -5
"""How far the window's other threads do: three quarters, and a quarter beside the window's own."""

_BACK = 5
"""How far a process steps back, likewise: beside one that does not it gets a quarter, alone all there is."""

_ABOVE_NORMAL = 1
"""``THREAD_PRIORITY_ABOVE_NORMAL``: the next step that Windows has for a thread."""

_BELOW_NORMAL = 0x4000
"""``BELOW_NORMAL_PRIORITY_CLASS``: as far as Windows' own background work steps back."""


def go_first() -> None:
    """Have the calling thread, the window's, get a processor before others, where the system lets it.

    Linux has to permit it. Threads and processes that it begins do not go first. Who has said that the program steps
    back is obeyed.
    """
    _step_forward(_FIRST)


def go_next() -> None:
    """Have the calling thread, another of the window's process, come next: the window waits where a thread that has the
    interpreter waits for a processor."""
    _step_forward(_NEXT)


def _step_forward(niceness: int) -> None:
    if sys.platform == "win32":
        from ctypes import WinDLL, c_int, c_void_p

        kernel = WinDLL("kernel32")
        kernel.GetCurrentThread.restype = c_void_p
        kernel.SetThreadPriority.argtypes = [c_void_p, c_int]
        kernel.SetThreadPriority(kernel.GetCurrentThread(), _ABOVE_NORMAL)
    elif sys.platform == "linux" and os.getpriority(os.PRIO_PROCESS, 0) == 0:  # of the thread, there
        with suppress(OSError):  # a system that lets no thread do it
            os.setpriority(os.PRIO_PROCESS, 0, niceness)
            os.sched_setscheduler(0, os.SCHED_OTHER | os.SCHED_RESET_ON_FORK, os.sched_param(0))


def give_way() -> None:
    """Have this process, and those that it begins, go on where nobody else wants the processor."""
    if sys.platform == "win32":
        from ctypes import WinDLL, c_uint32, c_void_p

        kernel = WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = c_void_p
        kernel.SetPriorityClass.argtypes = [c_void_p, c_uint32]
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
        return
    with suppress(OSError):  # a system that lets no process do it
        os.nice(_BACK)
        if sys.platform == "linux":
            # Work that runs long interrupts nobody when its turn comes.
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
