"""How a made-up child grows: a channel of its own on WHO's reference, that it wanders about, and an error of measuring.

At every age the z-scores of many children are spread as the reference's own: mean 0 and standard deviation 1. A child
keeps most of its score all its life; the rest is forgotten with age, fast in infancy and slowly later: what is left of
it at a later age is the quotient of the two ages, both counted from some time before birth.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from math import sqrt
from typing import NamedTuple

from ldbu_desktop.growth.model import Measure, Sex
from ldbu_desktop.growth.reference import Distribution, distribution_at
from ldbu_desktop.growth.scores import size_of
from ldbu_desktop.synthetic.dice import Dice

_BEFORE_BIRTH_DAYS = 60
_HEAD_WITH_HEIGHT = 0.4
"""How much of a child's score around the head goes with that of its height: the correlation."""

_KEPT: Mapping[Measure, float] = {Measure.HEIGHT: 0.8, Measure.WEIGHT: 0.65, Measure.HEAD: 0.75}
"""The share of the variance that a child keeps all its life."""

_ERROR: Mapping[Measure, float] = {Measure.HEIGHT: 0.3, Measure.HEAD: 0.2, Measure.WEIGHT: 0.008}
"""The standard deviation of measuring: in cm, and as a share of the median weight."""

_FARTHEST = 4.2
_FARTHEST_CHANGE = 1.8
"""What no made-up child's score is beyond, and how far it goes from one measuring to the next: clean data hold nothing
that has to be looked at."""


class Sized(NamedTuple):
    """The sizes of a child at an age: weight in kg, height and head circumference in cm, not rounded."""

    sizes: Mapping[Measure, float]
    scores: Mapping[Measure, float]


class GrowthChannel:
    """One child's growth, asked in the order of age."""

    def __init__(self, dice: Dice, sex: Sex) -> None:
        self._dice = dice
        self._sex = sex
        self._kept = self._scores()
        self._wandering = self._scores()
        self._age: int | None = None

    def _scores(self) -> dict[Measure, float]:
        """Scores of the three measures, of weight and head as far as they go with no height."""
        return {measure: self._dice.normal() for measure in _KEPT}

    def at(self, days: int) -> Sized:
        """The sizes as they are measured at an age in days."""
        if self._age is not None and days != self._age:
            stays = (self._age + _BEFORE_BIRTH_DAYS) / (days + _BEFORE_BIRTH_DAYS)
            new = self._scores()
            for measure, score in self._wandering.items():
                self._wandering[measure] = stays * score + sqrt(1 - stays * stays) * new[measure]
        self._age = days
        own = {
            measure: sqrt(share) * self._kept[measure] + sqrt(1 - share) * self._wandering[measure]
            for measure, share in _KEPT.items()
        }
        scores: dict[Measure, float] = {}
        sizes: dict[Measure, float] = {}
        for measure, alone in own.items():
            reference = distribution_at(measure, self._sex, days)
            if reference is not None:
                share = _with_height(measure, self._sex, days)
                true = share * own[Measure.HEIGHT] + sqrt(1 - share * share) * alone
                scores[measure] = self._measured(measure, reference, true)
                sizes[measure] = size_of(reference, scores[measure])
        reference = distribution_at(Measure.BMI, self._sex, days)
        if Measure.WEIGHT not in sizes and reference is not None:
            # WHO has no weight for age here: it follows from the body mass index, which goes with no height.
            scores[Measure.BMI] = own[Measure.WEIGHT]
            sizes[Measure.WEIGHT] = size_of(reference, scores[Measure.BMI]) * (sizes[Measure.HEIGHT] / 100) ** 2
        return Sized(sizes, scores)

    def _measured(self, measure: Measure, reference: Distribution, true: float) -> float:
        """A score as it is measured: as much less is the child's own as the error adds, so that the spread stays."""
        error = _error(measure, reference)
        return sqrt(1 - error * error) * true + error * self._dice.normal()


def _error(measure: Measure, reference: Distribution) -> float:
    """The standard deviation of measuring as a score."""
    error = _ERROR[measure] / reference.variation
    return error if measure is Measure.WEIGHT else error / reference.median


@cache
def _with_height(measure: Measure, sex: Sex, days: int) -> float:
    """The correlation of a child's score with that of its height, before both are measured.

    Of weight it is the one that makes the body mass index spread as WHO has it: its relative variance is that of
    weight and four times that of height, less four times what both have in common.
    """
    if measure is not Measure.WEIGHT:
        return _HEAD_WITH_HEIGHT if measure is Measure.HEAD else 1.0
    known = (distribution_at(one, sex, days) for one in (Measure.WEIGHT, Measure.HEIGHT, Measure.BMI))
    weight, height, index = [one for one in known if one is not None]  # the last two are known for longer than weight
    common = weight.variation**2 + 4 * height.variation**2 - index.variation**2
    as_measured = common / (4 * weight.variation * height.variation)
    kept = (1 - _error(Measure.WEIGHT, weight) ** 2) * (1 - _error(Measure.HEIGHT, height) ** 2)
    return min(as_measured / sqrt(kept), 1.0)


def is_ordinary(earlier: Sized | None, later: Sized) -> bool:
    """Whether nothing in a measuring stands out, beside the one before it."""
    if any(abs(score) > _FARTHEST for score in later.scores.values()):
        return False
    before = earlier.scores if earlier is not None else {}
    return all(abs(score - before.get(measure, score)) <= _FARTHEST_CHANGE for measure, score in later.scores.items())


def as_read(size: float, step: Decimal) -> Decimal:
    """A size as it is read off, to the nearest whole step."""
    return round(size / float(step)) * step
