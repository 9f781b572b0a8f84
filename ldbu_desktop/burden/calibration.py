"""Correcting the estimate by measurement: a factor for one user on one device, and how well the estimate hit.

Pure arithmetic over pairs of predicted and measured seconds. People are never compared with each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import fmean, median, quantiles

from ldbu_desktop.burden.model import Band, Calibration, MeasuredTime, PredictionScore

LONGEST_GAP = 60.0
"""Seconds without a sign of work after which the time does not count as active."""

FACTOR_LIMITS = (0.5, 3.0)
ENOUGH_FOR_RANGE = 30
"""Measured visits from which their own 10-90 % range takes the place of the scenario band."""

_SHRINKAGE = 5
"""Measurements that weigh as much as the belief that the estimate is right."""


def active_seconds(moments: Sequence[float]) -> float:
    """The time between signs of work, in seconds, without gaps of more than a minute or back in time."""
    gaps = (after - before for before, after in pairwise(moments))
    return sum(gap for gap in gaps if 0 <= gap <= LONGEST_GAP)


def active_by_field(signs: Iterable[tuple[float, str]]) -> dict[str, float]:
    """Active seconds of each field, from signs of work: a time (of a clock that only goes forward) and the field's id.

    The time until the next sign goes to the field of the sign before it.
    """
    found: dict[str, float] = {}
    for (before, field), (after, _) in pairwise(signs):
        found[field] = found.get(field, 0.0) + active_seconds((before, after))
    return found


def factor(measured: Sequence[MeasuredTime], site: float | None = None) -> float:
    """What the estimate is multiplied by: the user's own factor, else the site's, else 1.

    ``exp(n / (n + 5) x median(ln(measured / predicted)))``, held within 0.5 and 3. What took no time is left out.
    """
    ratios = _ratios(measured)
    if not ratios:
        return _clipped(site) if site is not None else 1.0
    n = len(ratios)
    return _clipped(math.exp(n / (n + _SHRINKAGE) * median(map(math.log, ratios))))


def calibrated(predicted: Band, measured: Sequence[MeasuredTime], site: float | None = None) -> Band:
    """The prediction for this user: scaled, and with the measured 10-90 % range once enough visits are measured."""
    scaled = predicted * factor(measured, site)
    ratios = _ratios(measured)
    if len(ratios) < ENOUGH_FOR_RANGE:
        return scaled
    deciles = quantiles(ratios, n=10, method="inclusive")
    low, high = deciles[0] * predicted.typical, deciles[-1] * predicted.typical
    return Band(min(low, scaled.typical), scaled.typical, max(high, scaled.typical))


def calibration(measured: Sequence[MeasuredTime], site: float | None = None) -> Calibration:
    """What ``measured``, in the order of measuring, has taught."""
    seconds = [each.seconds for each in measured if each.seconds > 0]
    deciles = quantiles(seconds, n=10, method="inclusive") if len(seconds) >= ENOUGH_FOR_RANGE else None
    return Calibration(
        n=len(seconds),
        factor=factor(measured, site),
        median=median(seconds) if seconds else None,
        range=(deciles[0], deciles[-1]) if deciles else None,
        uncalibrated=score(measured),
        calibrated=score_before_updating(measured, site=site),
    )


def score(measured: Sequence[MeasuredTime]) -> PredictionScore | None:
    """How well the estimate hit without calibration; None where nothing is measured."""
    return _score([(each.predicted, each.seconds) for each in measured if each.seconds > 0])


def score_before_updating(
    measured: Sequence[MeasuredTime], after: int = 0, site: float | None = None
) -> PredictionScore | None:
    """How well the calibrated estimate hit, each time with the factor of what was measured before.

    The first ``after`` measurements only teach; None where no other is left.
    """
    known = [each for each in measured if each.seconds > 0]
    return _score(
        [(calibrated(known[n].predicted, known[:n], site), known[n].seconds) for n in range(after, len(known))]
    )


def _score(pairs: Sequence[tuple[Band, float]]) -> PredictionScore | None:
    if not pairs:
        return None
    errors = [(predicted.typical - seconds) / seconds for predicted, seconds in pairs]
    sizes = [abs(error) for error in errors]
    inside = [predicted.low <= seconds <= predicted.high for predicted, seconds in pairs]
    predicted_in_all = math.fsum(predicted.typical for predicted, _ in pairs)
    measured_in_all = math.fsum(seconds for _, seconds in pairs)
    return PredictionScore(
        len(pairs), fmean(sizes), median(sizes), predicted_in_all / measured_in_all - 1, fmean(inside)
    )


def _ratios(measured: Sequence[MeasuredTime]) -> list[float]:
    return [each.seconds / each.predicted.typical for each in measured if each.seconds > 0 < each.predicted.typical]


def _clipped(value: float) -> float:
    low, high = FACTOR_LIMITS
    return min(max(value, low), high)
