"""Z-scores: how far a size is from the median of its age and sex, and which size a z-score is.

Beyond 3 standard deviations weight and body mass index follow WHO's restricted rule: there a z is the distance from
2 to 3, because the tails are too sparse to be fitted. Source: WHO Child Growth Standards 2006, methods and
development, chapter 7; the same rule holds for the WHO Reference 2007.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from math import exp, log
from typing import NamedTuple

from ldbu_desktop.growth.model import Measure, Sex
from ldbu_desktop.growth.reference import Distribution, distribution_at

_RESTRICTED = 3.0

Scoring = Callable[[int, float], float | None]
"""From an age in days and a size in the measure's unit to the z-score; None where there is no reference."""


class _Edges(NamedTuple):
    """A distribution with the sizes at its edges, beyond which the restricted rule holds, and a z's size there."""

    power: float
    median: float
    variation: float
    low: float
    low_step: float
    high: float
    high_step: float


def _edges(at: Distribution) -> _Edges:
    sizes = (part for edge in (-_RESTRICTED, _RESTRICTED) for part in (_fitted(at, edge), _step(at, edge)))
    return _Edges(*at, *sizes)


@cache
def scoring(measure: Measure, sex: Sex) -> Scoring:
    """What tells z-scores as :func:`z_score` does, for many sizes of one measure and sex."""
    by_day: dict[int, _Edges | None] = {}

    def z_at(days: int, size: float) -> float | None:
        if days not in by_day:
            found = distribution_at(measure, sex, days)
            by_day[days] = _edges(found) if found is not None else None
        at = by_day[days]
        if at is None:
            return None
        # Tried by size and not by score: the power of what a slip has made may be too large to work out.
        if size < at.low:
            return -_RESTRICTED + (size - at.low) / at.low_step
        if size > at.high:
            return _RESTRICTED + (size - at.high) / at.high_step
        ratio = size / at.median
        return float((ratio**at.power - 1) / (at.power * at.variation)) if at.power else log(ratio) / at.variation

    return z_at


def z_score(measure: Measure, sex: Sex, days: int, size: Decimal) -> float | None:
    """The z-score of a size in the measure's unit at an age in days; None where there is no reference."""
    return scoring(measure, sex)(days, float(size)) if size > 0 else None


def size_at(measure: Measure, sex: Sex, days: int, z: float) -> float | None:
    """The size in the measure's unit that has a z-score at an age in days; None where there is no reference."""
    at = distribution_at(measure, sex, days)
    return size_of(at, z) if at is not None else None


def size_of(at: Distribution, z: float) -> float:
    """The size that has a z-score in a distribution; far below the median it may be none that a child can have."""
    if abs(z) <= _RESTRICTED:
        return _fitted(at, z)
    edge = _RESTRICTED if z > 0 else -_RESTRICTED
    return _fitted(at, edge) + (z - edge) * _step(at, edge)


def _fitted(at: Distribution, z: float) -> float:
    """The size at a z-score of at most 3 from 0."""
    if not at.power:
        return at.median * exp(at.variation * z)
    return float(at.median * (1 + at.power * at.variation * z) ** (1 / at.power))


def _step(at: Distribution, edge: float) -> float:
    """How much one z is beyond ``edge``."""
    return abs(_fitted(at, edge) - _fitted(at, edge * 2 / 3))
