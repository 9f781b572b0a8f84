"""Days moved and written in the same form."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.journal.readings import moment
from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.pseudonyms.days import day_in, moved


@pytest.mark.parametrize(
    ("written", "later"),
    [
        ("05-05-2020", "21-04-2020"),
        ("5/8/2020 14:30", "22/7/2020 14:30"),
        ("5/8-20", "22/7-20"),
        ("27. 12. 2020", "13. 12. 2020"),
        ("05 - 05 - 2020 10:30", "21 - 04 - 2020 10:30"),
        ("2020-05-05T10:30:00+02:00", "2020-04-21T10:30:00+02:00"),
        ("20200505", "20200421"),
        ("05052020", "21042020"),
        ("050520", "210420"),
        ("5. maj 2020", "21. april 2020"),
        ("5 Jan 2021", "22 Dec 2020"),
        ("43956.5", "43942.5"),
        ("20250", "190150"),
        ("04/25/2020", "04/11/2020"),
    ],
)
def test_a_day_keeps_its_form(written: str, later: str) -> None:
    assert moved(written, -14) == later


@pytest.mark.parametrize(
    ("form", "written", "later"),
    [
        (DateForm.MONTH_FIRST, "05/08/2020", "04/24/2020"),
        (DateForm.YEAR_FIRST, "20-05-08", "20-04-24"),
        (DateForm.YEAR_DAY_MONTH, "2020-08-05", "2020-24-04"),
    ],
)
def test_the_order_of_the_column_is_followed(form: DateForm, written: str, later: str) -> None:
    assert moved(written, -14, form) == later


@pytest.mark.parametrize("written", ["31-02-2020", "2020-13-45", "99-99-9999"])
def test_a_day_that_does_not_exist_stays_one(written: str) -> None:
    told = moved(written, -14)
    assert told is not None
    assert moment(told) is None


@pytest.mark.parametrize("written", ["00-00-0000", "13/13/2025", "2025-00-31"])
def test_what_makes_a_day_impossible_by_itself_stays(written: str) -> None:
    assert moved(written, -14) == written.replace("13/", "31/", 1)


def test_a_day_with_none_before_it_becomes_none() -> None:
    assert moved("0001-01-05", -14) == "0001-02-31"


@pytest.mark.parametrize("written", ["", "i går", "05-05-2020 hos Anna", "12", "5. sommer 2020"])
def test_what_is_no_day_is_none(written: str) -> None:
    assert moved(written, -14) is None


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(-400, 400))
def test_it_is_so_many_days_later(day: date, days: int) -> None:
    for written in (f"{day:%d-%m-%Y}", f"{day:%Y-%m-%d}", f"{day.day}.{day.month}.{day.year}"):
        assert moment(moved(written, days) or "") == day + timedelta(days)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("05-05-2020 10:30", date(2020, 5, 5)),
        ("43956", date(2020, 5, 5)),
        ("31-02-2020", None),
        ("i går", None),
        ("99999", None),
    ],
)
def test_the_day_that_is_moved_is_told(written: str, day: date | None) -> None:
    assert day_in(written) == day
