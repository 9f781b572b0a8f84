"""Made-up children grow as WHO's reference has it: at every age the scores are spread as the reference's."""

from __future__ import annotations

from decimal import Decimal
from statistics import fmean, pstdev

from ldbu_desktop.growth.model import Measure, Sex
from ldbu_desktop.growth.reference import last_day
from ldbu_desktop.growth.scores import z_score
from ldbu_desktop.synthetic.dice import Dice
from ldbu_desktop.synthetic.growth_channel import GrowthChannel, Sized, as_read, is_ordinary
from tests.profiles import LONG

CHILDREN = 10_000 if LONG else 1_500
AGES = (4, 12, 28, 65, 150, 290, 560, 1160, 2300, 3100, 4200, 5500) if LONG else (4, 65, 2300)
STEPS = {Measure.HEIGHT: Decimal("0.5"), Measure.HEAD: Decimal("0.1"), Measure.WEIGHT: Decimal("0.01")}


def test_scores_are_spread_as_the_references() -> None:
    scores: dict[tuple[Measure, int], list[float]] = {}
    for number in range(CHILDREN):
        sex = (Sex.FEMALE, Sex.MALE)[number % 2]
        channel = GrowthChannel(Dice("spread", number), sex)
        for age in AGES:
            for measure, size in channel.at(age).sizes.items():
                if age <= last_day(measure):
                    score = z_score(measure, sex, age, as_read(size, STEPS[measure]))
                    assert score is not None
                    scores.setdefault((measure, age), []).append(score)
    assert {age for _, age in scores} == set(AGES)
    for told in scores.values():
        assert abs(fmean(told)) <= 0.05
        assert abs(pstdev(told) - 1) <= 0.05


def test_a_child_keeps_to_its_channel() -> None:
    early, late, far = [], [], []
    for number in range(400):
        channel = GrowthChannel(Dice("channel", number), Sex.FEMALE)
        for into, age in ((early, 150), (late, 290), (far, 4200)):
            into.append(channel.at(age).scores[Measure.HEIGHT])
    products = [one * other for one, other in zip(early, late, strict=True)]
    assert fmean(products) > 0.8
    assert 0.6 < fmean(one * other for one, other in zip(early, far, strict=True)) < fmean(products)


def test_weight_where_there_is_none_for_age_follows_from_the_mass_index() -> None:
    sized = GrowthChannel(Dice("late"), Sex.MALE).at(5500)
    assert sized.sizes.keys() == {Measure.HEIGHT, Measure.WEIGHT}
    index = Decimal(sized.sizes[Measure.WEIGHT] / (sized.sizes[Measure.HEIGHT] / 100) ** 2)
    score = z_score(Measure.BMI, Sex.MALE, 5500, index)
    assert score is not None
    assert abs(score - sized.scores[Measure.BMI]) < 1e-6


def test_what_stands_out_is_not_ordinary() -> None:
    first = Sized({}, {Measure.HEIGHT: 0.5})
    assert is_ordinary(None, first)
    assert is_ordinary(first, Sized({}, {Measure.HEIGHT: -1.0, Measure.WEIGHT: 4.0}))
    assert not is_ordinary(first, Sized({}, {Measure.HEIGHT: 2.5}))
    assert not is_ordinary(first, Sized({}, {Measure.WEIGHT: 4.3}))
