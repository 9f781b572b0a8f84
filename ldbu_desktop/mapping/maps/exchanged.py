"""Columns with the same codes whose contents may have changed places below their headers.

No header and no code tells that, only how often each code is. A map keeps of each code roughly how many in ten cells
held it. Where two columns hold each other's codes, and what is counted now is much likelier if they were exchanged,
that is told; where it is as likely, nothing but their headers tells them apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import log

from ldbu_desktop.journal.readings import folded
from ldbu_desktop.mapping.maps.model import MapColumn

ENOUGH = 50
"""Of so many cells a share, in tenths, tells nothing of anybody."""
_SHARED = 0.9
_LEAST_SHARE = 0.02
"""What a code may have that was seen in hardly any cell, or in none."""
_PLAIN = 6.0
"""The logarithm of how much likelier an exchange has to be."""
_PLAIN_OF_CELL = 0.02


@dataclass(frozen=True, slots=True)
class Counted:
    """A column as a map knows it, and its texts, folded, with their counts now."""

    known: MapColumn
    texts: Mapping[str, int]

    @property
    def cells(self) -> int:
        """How many cells are filled."""
        return sum(self.texts.values())


def exchanged(columns: Mapping[int, Counted]) -> dict[int, tuple[int, bool]]:
    """Of each column with the same codes as another: that other, and whether they are likely exchanged."""
    found: dict[int, tuple[int, bool]] = {}
    for one, other in combinations(columns, 2):
        first, second = columns[one], columns[other]
        if not (_holds(first, second) and _holds(second, first)):
            continue
        likely = _is_likelier_exchanged(first, second)
        for at, beside in ((one, other), (other, one)):
            if likely or at not in found:
                found[at] = beside, likely
    return found


def _holds(column: Counted, other: Counted) -> bool:
    """Whether hardly anything but codes of another column stand in one."""
    known = {folded(each.value) for each in other.known.values}
    return bool(column.texts) and sum(column.texts.get(text, 0) for text in known) >= column.cells * _SHARED


def _is_likelier_exchanged(first: Counted, second: Counted) -> bool:
    shares = [_shares(each.known) for each in (first, second)]
    if not all(shares):
        return False
    gains = [_likelihood(first.texts, shares[1]) - _likelihood(first.texts, shares[0]),
             _likelihood(second.texts, shares[0]) - _likelihood(second.texts, shares[1])]  # fmt: skip
    least = max(_PLAIN, _PLAIN_OF_CELL * (first.cells + second.cells))
    return min(gains) > 0 and sum(gains) >= least


def _shares(known: MapColumn) -> dict[str, float]:
    """The share of each code when the map was made; none where too few cells were counted."""
    if not any(each.tenths for each in known.values):
        return {}
    return {folded(each.value): max((each.tenths or 0) / 10, _LEAST_SHARE) for each in known.values}


def _likelihood(texts: Mapping[str, int], shares: Mapping[str, float]) -> float:
    whole = sum(shares.values())
    return sum(count * log(shares.get(text, _LEAST_SHARE) / whole) for text, count in texts.items())
