"""Nights of delivery: noon to noon on Danish clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.journal.dates import DANISH_TIME
from ldbu_desktop.journal.nights import NIGHTS, last_noon, night_of, nights_after

DAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("hour", "day", "night"),
    [(12, 10, 10), (23, 10, 10), (2, 11, 10), (11, 11, 10), (12, 11, 11), (11, 10, 9)],
)
def test_a_night_goes_from_noon_to_noon(hour: int, day: int, night: int) -> None:
    assert night_of(datetime(2026, 3, day, hour, 59 if hour == 11 else 0, tzinfo=DANISH_TIME)) == date(2026, 3, night)


def test_other_clocks_are_read_as_danish_ones() -> None:
    assert night_of(datetime(2026, 7, 1, 10, 0, tzinfo=UTC)) == date(2026, 7, 1), "noon in summer"
    assert night_of(datetime(2026, 1, 1, 10, 59, tzinfo=UTC)) == date(2025, 12, 31), "not yet noon in winter"
    assert night_of(datetime(2026, 7, 1, 11, 59)) == date(2026, 6, 30)


def test_nights_are_counted_from_the_one_after_the_visit() -> None:
    told = [nights_after(DAY, datetime(2026, 3, day, 23, tzinfo=DANISH_TIME)) for day in (9, 10, 11, 12)]
    assert told == [0, 1, 2, 3]


@pytest.mark.parametrize("day", [date(2026, 3, 27), date(2026, 3, 28), date(2026, 10, 23), date(2026, 10, 24)])
def test_the_last_noon_is_one_also_where_clocks_are_changed(day: date) -> None:
    until = last_noon(day)
    assert (until.hour, until.minute, until.date() - day) == (12, 0, timedelta(NIGHTS))


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_what_is_told_before_the_last_noon_is_in_time_and_nothing_else(day: date) -> None:
    until = last_noon(day).astimezone(UTC)
    assert nights_after(day, until - timedelta(microseconds=1)) == NIGHTS
    assert nights_after(day, until) == NIGHTS + 1
