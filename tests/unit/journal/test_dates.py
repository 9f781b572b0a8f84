"""Days, how moments follow each other, and ages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.journal.dates import age_text, can_not_be_ordered, day_of, is_before

DANISH = ZoneInfo("Europe/Copenhagen")
MOMENTS = st.one_of(
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
    st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)),
    st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1), timezones=st.sampled_from([UTC, DANISH])),
)


@given(MOMENTS, MOMENTS)
def test_any_two_moments_can_be_compared(first: date, second: date) -> None:
    assert not (is_before(first, second) and is_before(second, first))
    assert can_not_be_ordered(first, second) == can_not_be_ordered(second, first)
    if can_not_be_ordered(first, second):
        assert not is_before(first, second)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (datetime(2020, 7, 7, 8), datetime(2020, 7, 7, 9), True),
        (datetime(2020, 7, 7, 8, tzinfo=UTC), datetime(2020, 7, 7, 9, tzinfo=DANISH), False),
        (datetime(2020, 7, 7, 8, tzinfo=UTC), datetime(2020, 7, 7, 9), True),
        (datetime(2020, 7, 7, 9), datetime(2020, 7, 7, 8, tzinfo=DANISH), False),
        (date(2020, 7, 6), datetime(2020, 7, 7, 8), True),
        (date(2020, 7, 7), datetime(2020, 7, 7, 8), False),
    ],
)
def test_what_lies_before_what(first: date, second: date, expected: bool) -> None:
    assert is_before(first, second) is expected


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (date(2020, 7, 7), date(2020, 7, 7)),
        (datetime(2020, 7, 6, 23, 30, tzinfo=UTC), date(2020, 7, 7)),
        (datetime(2020, 7, 7, 0, 30, tzinfo=DANISH), date(2020, 7, 7)),
        (datetime(2020, 7, 7, 0, 30), date(2020, 7, 7)),
        (datetime.max.replace(tzinfo=UTC), date.max),
        (datetime(2020, 7, 7, 0, 30, tzinfo=timezone(timedelta(hours=5))), date(2020, 7, 6)),
    ],
)
def test_the_day_is_danish(moment: date, day: date) -> None:
    assert day_of(moment) == day


@pytest.mark.parametrize(
    ("days", "danish", "english"),
    [
        (0, "0 dage", "0 days"),
        (1, "1 dag", "1 day"),
        (13, "13 dage", "13 days"),
        (63, "9 uger", "9 weeks"),
        (152, "4 måneder", "4 months"),
        (730, "1 år", "1 year"),
        (3650, "9 år", "9 years"),
    ],
)
def test_ages_are_told_as_people_do(days: int, danish: str, english: str) -> None:
    assert (age_text(days).da, age_text(days).en) == (danish, english)
