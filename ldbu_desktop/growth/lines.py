"""Reference lines to draw behind a child's measurements: the size at a z-score over age."""

from __future__ import annotations

from functools import cache

from ldbu_desktop.growth.child import CORRECTED_BEFORE
from ldbu_desktop.growth.model import DAYS_A_MONTH, Measure, ReferenceLine, Sex
from ldbu_desktop.growth.reference import distribution_at, last_day
from ldbu_desktop.growth.scores import size_of

DRAWN = (-3, -2, -1, 0, 1, 2, 3)
"""The z-scores that have a line."""


@cache
def reference_lines(measure: Measure, sex: Sex) -> tuple[ReferenceLine, ...]:
    """The lines of a measure from birth to the end of its reference, close where children grow fast."""
    months = (round(month * DAYS_A_MONTH) for month in range(25, 230))
    # Both sides of the day on which WHO goes from lying to standing length, where the lines have a step.
    wanted = {*range(14), *range(14, 730, 7), CORRECTED_BEFORE - 1, CORRECTED_BEFORE, *months, last_day(measure)}
    known = [(day, at) for day in sorted(wanted) if (at := distribution_at(measure, sex, day)) is not None]
    days = tuple(day for day, _ in known)
    return tuple(ReferenceLine(z, days, tuple(size_of(at, z) for _, at in known)) for z in DRAWN)
