"""macOS: how much memory another process takes, since the system holds none to a limit."""

from __future__ import annotations

import ctypes

_LIBRARY = "/usr/lib/libproc.dylib"
_USAGE = 0
_WORDS = 10
RESIDENT = 6
"""``struct rusage_info_v0``: an id of 16 bytes, and then words of which the seventh is the resident size."""


class Usage(ctypes.Structure):
    """``struct rusage_info_v0``."""

    _fields_ = (("id", ctypes.c_uint8 * 16), ("words", ctypes.c_uint64 * _WORDS))


def resident_bytes(process: int) -> int:
    """The bytes of memory that a process takes; 0 where the system does not tell."""
    usage = Usage()
    asked = ctypes.CDLL(_LIBRARY).proc_pid_rusage(process, _USAGE, ctypes.byref(usage))
    return 0 if asked else int(usage.words[RESIDENT])
