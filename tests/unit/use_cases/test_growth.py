"""A child's growth as it follows from a family's visits."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ldbu_desktop.growth.lines import reference_lines
from ldbu_desktop.growth.model import Gestation, Growth, Measure, Series, Sex, UnlikelyKind, UnplacedReason
from ldbu_desktop.growth.scores import size_at
from ldbu_desktop.growth.series import get_ready, growth_of
from ldbu_desktop.journal.model import EMPTY, Citizen, Entry, Family, Moment, Observation, Visit
from ldbu_desktop.standard.catalogue import shipped_standard

STANDARD = shipped_standard()
BIRTH = date(2020, 5, 5)
CHILD = Citizen("B1", True, Entry("0505209996", "0505209996"))
PARENT = Citizen("M1", False, Entry("2911829996", "2911829996"))


def said(value: Any) -> Any:
    """A value that is written in a file."""
    return Entry(value, str(value))


def measured(variable: str, value: str, unit: str, subject: str = "B1", key: str = "") -> Observation:
    """An observation that has the time of its visit."""
    return Observation(key or variable, said(variable), said(subject), said(Decimal(value)), said(unit))


def visit(days: int, *observations: Observation, key: str = "") -> Visit:
    """A visit so many days after birth."""
    start: Moment = BIRTH + timedelta(days)
    return Visit(key or f"K{days}", said("B1"), start=said(start), observations=observations)


def growth(*visits: Visit, gestation: Gestation | None = None, child: Citizen = CHILD) -> Growth:
    """The growth of the child at visits."""
    child = replace(child, gestation=Entry(str(gestation))) if gestation else child
    return growth_of(Family("F1", (PARENT, child), visits=visits), "B1", STANDARD)


def weights(*sizes: tuple[int, str], gestation: Gestation | None = None) -> Series:
    """The weight series of a child weighed at days, in grams."""
    visits = (visit(days, measured("weight", grams, "g")) for days, grams in sizes)
    return growth(*visits, gestation=gestation).by_id["weight"]


def typical(days: int, z: float = 0, measure: Measure = Measure.WEIGHT) -> str:
    """The size at a z-score for the girl, in the unit of the series."""
    size = size_at(measure, Sex.FEMALE, days, z)
    assert size is not None
    return f"{size:.4f}"


def grams(days: int, z: float = 0) -> tuple[int, str]:
    """A weight at a z-score for the girl."""
    return days, str(Decimal(typical(days, z)) * 1000)


def test_one_visit_with_everything() -> None:
    found = growth(
        visit(
            61,
            measured("weight", "5128", "g"),
            measured("height", "57.1", "cm"),
            measured("head-circumference", "38.3", "cm"),
            measured("sleep", "1", ""),
        )
    )
    assert (found.birth, found.sex, found.gestation) == (BIRTH, Sex.FEMALE, None)
    assert [one.charted.measure for one in found.series if one.charted.measure is not None] == list(Measure)
    assert not found.is_empty
    assert found.doubtful == found.left_out == ()
    points = {series.charted.measure: series.points[0] for series in found.series if series.points}
    assert set(points) == set(Measure)
    weight = points[Measure.WEIGHT]
    assert (weight.visit, weight.record, weight.age.days) == ("K61", "weight", 61)
    assert (weight.size, weight.recorded, weight.recorded_unit) == (Decimal("5.128"), Decimal(5128), "g")
    assert points[Measure.BMI].size == pytest.approx(Decimal("15.728"), abs=Decimal("0.001"))
    assert (points[Measure.BMI].recorded_unit, points[Measure.BMI].record) == ("kg/m2", "weight")
    for point in points.values():
        assert point.z == pytest.approx(0, abs=0.05)


def test_units_are_the_catalogues() -> None:
    found = growth(visit(61, measured("weight", "5.128", "kg")), visit(62, measured("weight", "5128", "g")))
    sizes = [point.size for point in found.by_id["weight"].points]
    assert sizes == [Decimal("5.128")] * 2


def test_boys_are_held_against_boys() -> None:
    boy = replace(CHILD, cpr=said("0505209995"))
    girl_point, boy_point = (
        growth(visit(61, measured("weight", "5128", "g")), child=child).by_id["weight"].points[0]
        for child in (CHILD, boy)
    )
    assert girl_point.z is not None
    assert boy_point.z is not None
    assert boy_point.z < girl_point.z - 0.5


@pytest.mark.parametrize("cpr", [EMPTY, said("3102209996"), Entry(None, "x")])
def test_a_child_without_a_number_has_no_series(cpr: Entry[str]) -> None:
    found = growth(visit(61, measured("weight", "5128", "g")), child=replace(CHILD, cpr=cpr))
    assert (found.birth, found.series, found.is_empty) == (None, (), True)


def test_a_child_that_is_not_in_the_family() -> None:
    assert growth_of(Family("F1", (PARENT,)), "B1", STANDARD) == Growth("B1")


def test_no_visits_still_have_reference_lines() -> None:
    found = growth()
    assert found.is_empty
    assert [len(series.lines) for series in found.series if series.charted.measure is not None] == [7] * len(Measure)


def test_points_come_by_age_whatever_the_order_of_the_file() -> None:
    series = weights((300, "8000"), (8, "3300"), (61, "5100"))
    assert [point.age.days for point in series.points] == [8, 61, 300]


def test_the_time_of_the_observation_goes_before_that_of_the_visit() -> None:
    own = replace(measured("weight", "5128", "g"), start=said(datetime(2020, 6, 4, 22, 30, tzinfo=UTC)))
    point = growth(visit(61, own)).by_id["weight"].points[0]
    assert point.age.days == 31, "the Danish day"


def test_what_is_not_the_childs_or_was_in_error_is_left_out_silently() -> None:
    wrong = replace(measured("weight", "9999", "g", key="x"), status=said("entered-in-error"))
    none = replace(measured("weight", "1", "g", key="y"), value=EMPTY, missing_reason=said("unknown"))
    erroneous = replace(visit(90, measured("weight", "5128", "g")), status=said("entered-in-error"))
    found = growth(visit(61, measured("weight", "70", "kg", "M1"), wrong, none), erroneous)
    assert found.is_empty
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("observation", "reason"),
    [
        (replace(measured("weight", "1", "g"), value=Entry(None, "tre kilo")), UnplacedReason.UNUSABLE),
        (measured("weight", "5128", "lb"), UnplacedReason.UNUSABLE),
        (replace(measured("weight", "5128", "g"), unit=EMPTY), UnplacedReason.UNUSABLE),
        (measured("weight", "0", "g"), UnplacedReason.UNUSABLE),
        (measured("height", "1E-400000", "cm"), UnplacedReason.UNUSABLE),
        (measured("height", "1E+400000", "cm"), UnplacedReason.UNUSABLE),
        (replace(measured("weight", "3500", "g"), start=said(BIRTH - timedelta(1))), UnplacedReason.BEFORE_BIRTH),
    ],
)
def test_what_can_not_be_placed_is_told(observation: Observation, reason: UnplacedReason) -> None:
    found = growth(visit(61, observation))
    assert found.is_empty
    assert [(each.visit, each.record, each.reason) for each in found.left_out] == [("K61", observation.key, reason)]


def test_a_measurement_without_any_date_is_told() -> None:
    undated = replace(visit(61, measured("weight", "5128", "g")), start=EMPTY)
    assert [each.reason for each in growth(undated).left_out] == [UnplacedReason.UNDATED]


def test_ages_are_corrected_for_a_preterm_child_only() -> None:
    early = weights(grams(70), (731, "11500"), gestation=Gestation(30))
    assert [(point.age.days, point.age.used) for point in early.points] == [(70, 0), (731, 731)]
    assert early.points[0].z == pytest.approx(3, abs=4)
    assert growth(gestation=Gestation(30)).gestation == Gestation(30)
    assert growth(gestation=Gestation(39)).gestation is None
    assert weights(grams(70), gestation=Gestation(39)).points[0].age.corrected is None


def test_before_term_there_is_no_score() -> None:
    point = weights((3, "1200"), gestation=Gestation(29, 3)).points[0]
    assert (point.z, point.is_entry_error, point.age.used) == (None, False, -71)


def test_after_the_last_age_of_the_reference_there_is_no_score() -> None:
    late = (visit(4000, measured("weight", "40", "kg"), measured("height", "140", "cm")),)
    found = growth(*late)
    assert found.by_id["weight"].points[0].z is None
    assert found.by_id["bmi"].points[0].z is not None


def test_an_entry_error_is_flagged_and_its_neighbours_are_not() -> None:
    series = weights(grams(8), grams(61), (120, "60000"), grams(180))
    assert [point.is_entry_error for point in series.points] == [False, False, True, False]
    assert [point.change for point in series.points] == [None] * 4


def test_a_slip_makes_no_mass_index() -> None:
    found = growth(visit(61, measured("weight", "51280", "g"), measured("height", "57.1", "cm")))
    assert found.by_id["bmi"].points == ()
    assert [(series.charted.measure, point.is_doubtful) for series, point in found.doubtful] == [(Measure.WEIGHT, True)]
    slip = growth(visit(61, measured("weight", "5128", "g"), measured("height", "571", "cm")))
    assert slip.by_id["bmi"].points == ()


def test_a_measurement_that_stands_out_points_to_the_one_before() -> None:
    series = weights(grams(8), (20, "30000"), grams(61), grams(120, 3.2), grams(180))
    change = series.points[3].change
    assert change is not None
    assert (change.kind, change.before) == (UnlikelyKind.STANDS_OUT, 2), "the place in the series as it is drawn"
    assert series.points[3].is_doubtful
    assert series.points[1].is_entry_error


def test_a_jump_is_told_at_the_later() -> None:
    series = weights(grams(61, -1.6), grams(180, 1.6))
    change = series.points[1].change
    assert change is not None
    assert (change.kind, change.before) == (UnlikelyKind.JUMP, 0)
    assert change.difference == pytest.approx(3.2, abs=0.01)


def test_the_end_of_the_correction_is_no_jump() -> None:
    """Born four months early, the score itself shifts when the age is no longer corrected."""
    early = Gestation(22)
    length = [
        (days, typical(days - early.early_days, z, Measure.HEIGHT))
        for days, z in ((300, 1.2), (500, 1.2), (725, 1.2), (740, -1.2))
    ]
    found = growth(*(visit(days, measured("height", cm, "cm")) for days, cm in length), gestation=early)
    before, after = (point.z for point in found.by_id["height"].points[2:])
    assert before is not None
    assert after is not None
    assert before - after > 3, "as it is shown"
    assert found.doubtful == ()


def test_got_ready_all_is_at_hand() -> None:
    get_ready()
    before = reference_lines.cache_info()
    growth(visit(61, measured("weight", "5128", "g")))
    after = reference_lines.cache_info()
    assert (after.misses, after.hits) == (before.misses, before.hits + len(Measure))


@given(st.lists(st.tuples(st.integers(-50, 7000), st.decimals(allow_nan=False, allow_infinity=False)), max_size=6))
def test_any_numbers_are_taken(sizes: list[tuple[int, Decimal]]) -> None:
    visits = [
        visit(days, measured("weight", str(size), "kg"), measured("height", str(abs(size) + 40), "cm"), key=f"K{at}")
        for at, (days, size) in enumerate(sizes)
    ]
    found = growth(*visits)
    placed = sum(len(series.points) for series in found.series if series.charted.measure is not Measure.BMI)
    assert placed + len(found.left_out) == 2 * len(sizes)
