"""Chance that is the same everywhere: a seed in words, and draws that every release of Python gives alike.

Only ``Random.random`` is promised to stay as it is, so all else is made of it here, with the four operations that every
processor rounds alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from random import Random
from typing import TypeVar

T = TypeVar("T")
_DRAWS = 12
"""Draws whose sum has a variance of one."""


class Dice:
    """Draws from a seed; two seeds that differ in any word have nothing to do with each other."""

    __slots__ = ("share",)

    def __init__(self, *seed: object) -> None:
        digest = sha256("|".join(map(str, seed)).encode()).digest()
        self.share = Random(int.from_bytes(digest[:16], "big")).random  # noqa: S311 - nothing is kept secret by it
        """A number from 0 to below 1."""

    def chance(self, probability: float) -> bool:
        """Whether something with this probability happens."""
        return self.share() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self.share() * (high - low + 1))

    def pick(self, values: Sequence[T]) -> T:
        """One of the values, all as likely."""
        return values[int(self.share() * len(values))]

    def weighted(self, values: Sequence[tuple[T, int]]) -> T:
        """One of the values, each as likely as its weight says."""
        at = self.share() * sum(weight for _, weight in values)
        for value, weight in values:
            at -= weight
            if at < 0:
                return value
        return values[-1][0]

    def normal(self) -> float:
        """A number with mean 0 and standard deviation 1, at most 6 from 0: the sum of even draws (Irwin-Hall)."""
        share = self.share
        return sum(share() for _ in range(_DRAWS)) - _DRAWS / 2
