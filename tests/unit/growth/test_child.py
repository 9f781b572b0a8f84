"""Sex, age and corrected age."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.growth.child import CORRECTED_BEFORE, age_at, sex_of
from ldbu_desktop.growth.model import Gestation, Sex, gestation_of

BIRTH = date(2020, 5, 5)


@pytest.mark.parametrize(
    ("cpr", "sex"),
    [
        ("0505209996", Sex.FEMALE),
        ("0505159995", Sex.MALE),
        ("", None),
        ("050520-999", None),
        ("05052099961", None),
        ("٠٥٠٥٢٠٩٩٩٦", None),
    ],
)
def test_sex_of_a_number(cpr: str, sex: Sex | None) -> None:
    assert sex_of(cpr) is sex


@pytest.mark.parametrize(
    ("gestation", "early"),
    [
        (Gestation(40), 0),
        (Gestation(37), 0),
        (Gestation(36, 6), 22),
        (Gestation(34, 2), 40),
        (Gestation(22), 126),
        (Gestation(21, 6), 0),
        (Gestation(30, 7), 0),
        (Gestation(30, -1), 0),
        (Gestation(44, 6), 0),
    ],
)
def test_days_before_term(gestation: Gestation, early: int) -> None:
    assert gestation.early_days == early


@pytest.mark.parametrize(
    ("text", "gestation"),
    [
        ("34+2", Gestation(34, 2)),
        (" 34 + 2 ", Gestation(34, 2)),
        ("34 2", Gestation(34, 2)),
        ("34/6", Gestation(34, 6)),
        ("34", Gestation(34)),
        ("34+7", None),
        ("19", None),
        ("45", None),
        ("342", None),
        ("", None),
        ("34 uger", Gestation(34)),
        ("34 uger og 2 dage", Gestation(34, 2)),
        ("34u2d", Gestation(34, 2)),
        ("34\u00a0u. +\u200b 2 d.", Gestation(34, 2)),
        ("34 weeks and 2 days", Gestation(34, 2)),
        ("34,2", None),
        ("34 dage", None),
        ("uge 34", None),
    ],
)
def test_gestation_as_people_write_it(text: str, gestation: Gestation | None) -> None:
    assert gestation_of(text) == gestation


@given(st.integers(22, 44), st.integers(0, 6))
def test_gestation_is_read_as_it_is_told(weeks: int, days: int) -> None:
    assert gestation_of(str(Gestation(weeks, days))) == Gestation(weeks, days)


def test_age_is_corrected_until_two_years() -> None:
    early = Gestation(30)
    at_birth = age_at(BIRTH, BIRTH, early)
    assert (at_birth.days, at_birth.corrected, at_birth.used) == (0, -70, -70)
    last = age_at(BIRTH, BIRTH + timedelta(CORRECTED_BEFORE - 1), early)
    assert last.used == CORRECTED_BEFORE - 1 - 70
    after = age_at(BIRTH, BIRTH + timedelta(CORRECTED_BEFORE), early)
    assert (after.corrected, after.used) == (None, CORRECTED_BEFORE)


@given(st.integers(0, 7000))
def test_age_of_children_born_at_term_is_as_it_is(days: int) -> None:
    day = BIRTH + timedelta(days)
    assert age_at(BIRTH, day) == age_at(BIRTH, day, Gestation(39, 3))
    assert age_at(BIRTH, day).used == days
