"""Windows: a process is held to its memory by a job object that it is alone in."""

from __future__ import annotations

import ctypes
import sys
from ctypes import c_int64, c_size_t, c_uint32, c_uint64

_EXTENDED_LIMITS = 9
_PROCESS_MEMORY = 0x100
_DIE_ON_UNHANDLED_EXCEPTION = 0x400


class ExtendedLimits(ctypes.Structure):
    """``JOBOBJECT_EXTENDED_LIMIT_INFORMATION``."""

    _fields_ = (
        ("process_time", c_int64),
        ("job_time", c_int64),
        ("flags", c_uint32),
        ("least_working_set", c_size_t),
        ("most_working_set", c_size_t),
        ("processes", c_uint32),
        ("affinity", c_size_t),
        ("priority", c_uint32),
        ("scheduling", c_uint32),
        ("io", c_uint64 * 6),
        ("process_memory", c_size_t),
        ("job_memory", c_size_t),
        ("peak_process_memory", c_size_t),
        ("peak_job_memory", c_size_t),
    )


jobs: list[int] = []
"""The job that this process is in."""


def hold_to(memory: int) -> None:
    """Hold this process to so many bytes. Raises :class:`OSError` where the system refuses."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.AssignProcessToJobObject.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        kernel.SetInformationJobObject.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, c_uint32]
        is_new = not jobs
        if is_new:
            jobs.append(kernel.CreateJobObjectW(None, None))
        limits = ExtendedLimits(flags=_PROCESS_MEMORY | _DIE_ON_UNHANDLED_EXCEPTION, process_memory=memory)
        done = kernel.SetInformationJobObject(jobs[0], _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
        if not (done and (not is_new or kernel.AssignProcessToJobObject(jobs[0], kernel.GetCurrentProcess()))):
            raise ctypes.WinError(ctypes.get_last_error())
