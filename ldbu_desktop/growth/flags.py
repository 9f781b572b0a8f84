"""What in a child's measurements is most likely an entry error. Nothing here judges a child."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from ldbu_desktop.growth.model import Measure, UnlikelyChange, UnlikelyKind

ENTRY_LIMITS: Mapping[Measure, tuple[float, float]] = {
    Measure.WEIGHT: (-6, 5),
    Measure.HEIGHT: (-6, 6),
    Measure.HEAD: (-5, 5),
    Measure.BMI: (-5, 5),
}
"""The z-scores beyond which WHO's own programs flag a measurement as implausible (WHO Anthro, igrowup macros)."""

_JUMP = 3.0
_JUMP_WITHIN = 366
_STANDS_OUT = 2.0
_NEIGHBOURS_AGREE = 1.0
_NEIGHBOURS_WITHIN = 731
"""Z-scores and days; our own wide limits. A child's z at birth and at one year differ by about 1 in standard deviation
(their correlation is some 0.5), and less from visit to visit, so that a true change beyond 3 in a year is rare."""


def is_entry_error(measure: Measure, z: float) -> bool:
    """Whether a z-score is beyond what WHO's programs take for possible."""
    low, high = ENTRY_LIMITS[measure]
    return not low <= z <= high


class Scored(NamedTuple):
    """One measurement of a series: age in days and z-score."""

    days: int
    z: float


def changes(series: Sequence[Scored]) -> dict[int, UnlikelyChange]:
    """The unlikely changes in a series in the order of age, by place.

    Leave out measurements that are flagged already: beside them every true one would look wrong.
    """
    found = {
        place: change
        for place in range(1, len(series) - 1)
        if abs(series[place].z - series[place - 1].z) > _STANDS_OUT and (change := _standing_out(series, place))
    }
    kept = [place for place in range(len(series)) if place not in found]
    for before, now in pairwise(kept):
        difference = series[now].z - series[before].z
        if abs(difference) > _JUMP and series[now].days - series[before].days <= _JUMP_WITHIN:
            found[now] = UnlikelyChange(UnlikelyKind.JUMP, before, difference)
    return found


def _standing_out(series: Sequence[Scored], place: int) -> UnlikelyChange | None:
    before, now, after = series[place - 1 : place + 2]
    up, down = now.z - before.z, now.z - after.z
    is_apart = up * down > 0 and min(abs(up), abs(down)) > _STANDS_OUT
    agree = abs(after.z - before.z) < _NEIGHBOURS_AGREE and after.days - before.days <= _NEIGHBOURS_WITHIN
    return UnlikelyChange(UnlikelyKind.STANDS_OUT, place - 1, up) if is_apart and agree else None


def unlikely_changes(scores: Sequence[tuple[int, float | None]]) -> dict[int, UnlikelyChange]:
    """The unlikely changes between scores by age in days, in the order of age, by place; those without one left out.

    All must be on one footing: where the correction of the age ends at two years, z-scores shift by themselves.
    """
    before: float | None = None
    for _, z in scores:
        if z is not None:
            if before is not None and abs(z - before) > _STANDS_OUT:
                break
            before = z
    else:  # a jump is more than what stands out
        return {}
    known = [(place, Scored(days, z)) for place, (days, z) in enumerate(scores) if z is not None]
    places = [place for place, _ in known]
    return {
        places[at]: replace(change, before=places[change.before])
        for at, change in changes([scored for _, scored in known]).items()
    }
