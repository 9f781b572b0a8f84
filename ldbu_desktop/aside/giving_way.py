"""The process gives way to the window, and to all that somebody waits for: on two processors it would halt them."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

_NICE = 5
"""How far a process steps back, as ``nice`` counts: beside one that does not it gets a quarter, alone all there is."""

_BELOW_NORMAL = 0x4000
"""``BELOW_NORMAL_PRIORITY_CLASS``: as far as Windows' own background work steps back."""


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
        os.nice(_NICE)
        if sys.platform == "linux":
            # Work that runs long interrupts nobody when its turn comes.
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
