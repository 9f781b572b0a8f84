"""What a moment of a benchmark is: by the clock, and by what kept the thread from working in it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from threading import get_native_id
from typing import NamedTuple

_STOLEN = 8
"""Where Linux tells how long the host had the processors of a guest, in the first line about them."""


class Moment(NamedTuple):
    """By the clock, how long this thread has worked, how long it waited for a processor, and how long a machine that is
    a guest had none, as its host had them; or how much of each has gone by. In seconds.

    The last two are 0 where the system does not tell them.
    """

    clock: float
    worked: float
    waited: float
    stolen: float

    @classmethod
    def now(cls) -> Moment:
        """Now."""
        if sys.platform != "linux":
            return cls(time.perf_counter(), time.thread_time(), 0, 0)
        waits = Path(f"/proc/self/task/{get_native_id()}/schedstat").read_text(encoding="ascii").split()
        with Path("/proc/stat").open(encoding="ascii") as told:
            stolen = told.readline().split()[_STOLEN]
        return cls(time.perf_counter(), time.thread_time(), int(waits[1]) / 1e9, int(stolen) / os.sysconf("SC_CLK_TCK"))

    def until(self, later: Moment) -> Moment:
        """What lies between."""
        return Moment(*(its - mine for mine, its in zip(self, later, strict=True)))

    @property
    def since(self) -> Moment:
        """What has gone by since."""
        return self.until(Moment.now())


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` percent lie at or below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))]


def print_moments(name: str, taken: Sequence[Moment], at_most: float, share: int = 99) -> None:
    """Print a figure in milliseconds, and its ratio to what it may be; also without what the host took."""
    value, middle = (percentile([one.clock for one in taken], each) * 1000 for each in (share, 50))
    own = percentile([one.worked for one in taken], share) * 1000
    kept = [one.clock for one in taken if not one.stolen]
    without = (
        f"{percentile(kept, share) * 1000:.1f} ms in the {len(kept)} that the host let be" if kept else "none let be"
    )
    print(
        f"{name:24} {value:7.1f} ms p{share} of {len(taken)}, {middle:6.1f} ms median; "
        f"{value / at_most:5.2f} of {at_most:.0f} ms; {without}; processor time {own:.1f} ms"
    )
