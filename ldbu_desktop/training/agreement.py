"""How alike a room registers: the spread of answers to one thing, percent agreement and Fleiss' kappa.

Fleiss JL (1971): Measuring nominal scale agreement among many raters. Psychological Bulletin 76(5), 378-382.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Agreement(NamedTuple):
    """How alike things were answered: ``things`` by ``raters`` each.

    ``observed`` is the share of pairs of answers that are the same, from 0 to 1; ``kappa`` is Fleiss', None where all
    answers to all things are the same, so that nothing is known of chance.
    """

    things: int
    raters: int
    observed: float
    kappa: float | None


class Spread(NamedTuple):
    """The answers to one thing with how many gave each, the most given first; and the share of pairs that agree."""

    thing: str
    answers: tuple[tuple[str, int], ...]
    observed: float

    @property
    def raters(self) -> int:
        """How many answered, an empty answer included."""
        return sum(count for _, count in self.answers)


def spread_of(thing: str, answers: Sequence[str]) -> Spread:
    """The spread of at least two answers to one thing."""
    counted = Counter(answers)
    return Spread(thing, tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0]))), _pairs(counted))


def spreads(answers: Mapping[str, Sequence[str]]) -> tuple[Spread, ...]:
    """The spread for each thing that at least two answered, those first where the room differs most."""
    found = [spread_of(thing, told) for thing, told in answers.items() if len(told) > 1]
    return tuple(sorted(found, key=lambda one: one.observed))


def agreement(answers: Mapping[str, Sequence[str]]) -> Agreement:
    """Fleiss' kappa over things that the same number of raters answered, at least two of each.

    Raises :class:`ValueError` where there is no thing, or they were answered by different numbers of raters.
    """
    raters = {len(told) for told in answers.values()}
    if len(raters) != 1 or min(raters) < 2:
        raise ValueError("each thing has the same number of raters, two or more")
    counted = [Counter(told) for told in answers.values()]
    observed = sum(map(_pairs, counted)) / len(counted)
    (count,) = raters
    shares = Counter[str]()
    for one in counted:
        shares.update(one)
    chance = sum((each / (count * len(counted))) ** 2 for each in shares.values())
    return Agreement(len(counted), count, observed, (observed - chance) / (1 - chance) if chance < 1 else None)


def _pairs(counted: Counter[str]) -> float:
    """The share of pairs of answers that are the same."""
    raters = counted.total()
    return sum(each * (each - 1) for each in counted.values()) / (raters * (raters - 1))
