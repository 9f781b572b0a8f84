"""The known term that is nearest to what was written: a proposal, never a reading."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache

_NEAR_ENOUGH = 0.6
"""Share of common letter pairs (Dice) from which a term is proposed: a slip or an ending, not another word."""


@lru_cache(maxsize=16_384)
def _pairs(text: str) -> frozenset[str]:
    folded = f" {' '.join(text.casefold().split())} "
    return frozenset(folded[place : place + 2] for place in range(len(folded) - 1))


def nearest(written: str, terms: Mapping[str, Hashable]) -> str | None:
    """The key of ``terms`` that is most alike, or None where none is alike enough."""
    pairs = _pairs(written[:100])
    best, best_share = None, _NEAR_ENOUGH
    for term in terms:
        own = _pairs(term)
        share = 2 * len(pairs & own) / (len(pairs) + len(own))
        if share > best_share:
            best, best_share = term, share
    return best
