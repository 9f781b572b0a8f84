"""Z-scores: how far a size is from the median of its age and sex, and which size a z-score is.

Beyond 3 standard deviations weight and body mass index follow WHO's restricted rule: there a z is the distance from
2 to 3, because the tails are too sparse to be fitted. Source: WHO Child Growth Standards 2006, methods and
development, chapter 7; the same rule holds for the WHO Reference 2007.
"""

from __future__ import annotations

from decimal import Decimal
from math import exp, log

from ldbu_desktop.growth.child import Sex
from ldbu_desktop.growth.reference import Distribution, Measure, distribution_at

_RESTRICTED = 3.0


def z_score(measure: Measure, sex: Sex, days: int, size: Decimal) -> float | None:
    """The z-score of a size in the measure's unit at an age in days; None where there is no reference."""
    at = distribution_at(measure, sex, days)
    if at is None or size <= 0:
        return None
    number = float(size)
    # Tried by size and not by score: the power of what a slip of the hand has made may be too large to work out.
    for edge in (-_RESTRICTED, _RESTRICTED):
        limit = _fitted(at, edge)
        if (number - limit) * edge > 0:
            return edge + (number - limit) / _step(at, edge)
    ratio = number / at.median
    return float((ratio**at.power - 1) / (at.power * at.variation)) if at.power else log(ratio) / at.variation


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
