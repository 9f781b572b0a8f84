"""The axis of size: where its marks stand, at numbers that are easy to read."""

from __future__ import annotations

import math

_EASY = (1, 2, 5, 10)
"""What a power of ten is multiplied with to be a step that is easy to count by."""


def rungs(low: float, high: float, room: float) -> list[tuple[float, str]]:
    """Marks from ``low`` to ``high``, at most ``room`` and one more, each with its number (a point for decimals)."""
    least = (high - low) / room
    power = math.floor(math.log10(least))
    step = next(easy * 10.0**power for easy in _EASY if easy * 10.0**power >= least * (1 - 1e-9))
    digits = max(0, -math.floor(math.log10(step)))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(place * step, f"{place * step:.{digits}f}") for place in range(first, last + 1)]
