"""Z-scores and sizes: WHO's published points, and what must hold everywhere."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.growth.lines import DRAWN, reference_lines
from ldbu_desktop.growth.model import Measure, Sex
from ldbu_desktop.growth.reference import Distribution, distribution_at, last_day
from ldbu_desktop.growth.scores import scoring, size_at, size_of, z_score
from tests.unit.growth.published_points import REFERENCE_2007, ROUNDED, STANDARDS_2006

PUBLISHED = {**STANDARDS_2006, **REFERENCE_2007}

measures, sexes = st.sampled_from(Measure), st.sampled_from(Sex)
ages = st.integers(0, 6939)
scores = st.floats(-5.5, 5.5)


@pytest.mark.parametrize(("at", "sizes"), PUBLISHED.items(), ids=lambda at: "-".join(map(str, at)))
def test_sizes_are_those_that_who_published(at: tuple[Measure, Sex, int], sizes: tuple[float, ...]) -> None:
    for z, size in zip(DRAWN, sizes, strict=True):
        found = size_at(*at, z)
        assert found is not None
        assert found == pytest.approx(size, abs=ROUNDED)


@pytest.mark.parametrize(("at", "sizes"), PUBLISHED.items(), ids=lambda at: "-".join(map(str, at)))
def test_published_medians_have_a_score_near_nought(at: tuple[Measure, Sex, int], sizes: tuple[float, ...]) -> None:
    z = z_score(*at, Decimal(str(sizes[3])))
    assert z is not None
    assert abs(z) < 0.15


@given(measures, sexes, ages, scores)
def test_a_size_has_the_score_that_it_was_made_of(measure: Measure, sex: Sex, days: int, z: float) -> None:
    size = size_at(measure, sex, days, z)
    if size is None:
        assert days > last_day(measure)
    elif size > 0:
        assert z_score(measure, sex, days, Decimal(size)) == pytest.approx(z, abs=1e-9)


@given(measures, sexes, ages, scores, scores)
def test_a_larger_size_has_a_larger_score(measure: Measure, sex: Sex, days: int, one: float, other: float) -> None:
    sizes = size_at(measure, sex, days, one), size_at(measure, sex, days, other)
    if sizes[0] is None or sizes[1] is None:
        assert sizes == (None, None)
    elif abs(one - other) > 1e-9:
        assert (sizes[0] < sizes[1]) == (one < other)


@given(measures, sexes, ages, st.decimals("1e-400", "1e400"))
def test_any_size_has_a_score_wherever_there_is_a_reference(
    measure: Measure, sex: Sex, days: int, size: Decimal
) -> None:
    assert (z_score(measure, sex, days, size) is None) == (days > last_day(measure))


def test_beyond_three_a_score_goes_on_by_the_distance_from_two_to_three() -> None:
    sizes = {z: size_at(Measure.WEIGHT, Sex.FEMALE, 365, z) for z in (-5, -3, -2, 2, 3, 5)}
    assert all(sizes.values())
    assert sizes[5] == pytest.approx(sizes[3] + 2 * (sizes[3] - sizes[2]))  # type: ignore[operator]
    assert sizes[-5] == pytest.approx(sizes[-3] - 2 * (sizes[-2] - sizes[-3]))  # type: ignore[operator]


def test_a_distribution_without_power_is_logarithmic(monkeypatch: pytest.MonkeyPatch) -> None:
    at = Distribution(0, 10, 0.1)
    near = Distribution(1e-7, 10, 0.1)
    for z in (-4, -1.5, 0, 2, 4):
        assert size_of(at, z) == pytest.approx(size_of(near, z), abs=1e-5)
    monkeypatch.setattr("ldbu_desktop.growth.scores.distribution_at", lambda *_: at)
    for z in (-4, -1.5, 0, 2, 4):
        assert scoring.__wrapped__(Measure.BMI, Sex.MALE)(0, size_of(at, z)) == pytest.approx(z)


@pytest.mark.parametrize("measure", Measure)
@pytest.mark.parametrize("sex", Sex)
def test_the_reference_has_no_holes_and_ends_where_it_says(measure: Measure, sex: Sex) -> None:
    assert distribution_at(measure, sex, -1) is None
    assert distribution_at(measure, sex, last_day(measure) + 1) is None
    assert all(distribution_at(measure, sex, day) for day in range(last_day(measure) + 1))


@pytest.mark.parametrize(
    ("measure", "years"), [(Measure.WEIGHT, 10), (Measure.HEIGHT, 19), (Measure.HEAD, 5.08), (Measure.BMI, 19)]
)
def test_the_reference_lasts_as_long_as_who_made_it(measure: Measure, years: float) -> None:
    assert last_day(measure) / 365.25 == pytest.approx(years, abs=0.01)


def test_no_size_at_all_has_no_score() -> None:
    assert z_score(Measure.WEIGHT, Sex.MALE, 10, Decimal(0)) is None


@pytest.mark.parametrize("measure", Measure)
@pytest.mark.parametrize("sex", Sex)
def test_lines_lie_above_each_other_from_birth_to_the_end(measure: Measure, sex: Sex) -> None:
    lines = reference_lines(measure, sex)
    assert [line.z for line in lines] == list(DRAWN)
    assert {(line.days[0], line.days[-1]) for line in lines} == {(0, last_day(measure))}
    for low, high in pairwise(lines):
        assert low.days == high.days == tuple(sorted(set(low.days)))
        assert all(one < other for one, other in zip(low.sizes, high.sizes, strict=True))


@given(sexes, st.integers(15, 5000), st.integers(1, 400), st.sampled_from([Measure.HEIGHT, Measure.HEAD]), scores)
def test_children_who_keep_their_place_grow(sex: Sex, days: int, later: int, measure: Measure, z: float) -> None:
    """But for the day on which standing height begins, and the month in which one reference takes over."""
    steps = range(731, 732), range(1857, 1858)
    before, after = size_at(measure, sex, days, z), size_at(measure, sex, days + later, z)
    crosses = any(days < step.start <= days + later for step in steps)
    if before is not None and after is not None and not crosses and abs(z) <= 3:
        assert after > before - 0.02
