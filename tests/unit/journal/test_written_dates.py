from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.journal.written_dates import date_part, days_by_form, possible_days, telling_part


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5/8/2020 10:30", ["2020-08-05", "2020-05-08"]),
        ("5/5/2020", ["2020-05-05"]),
        ("5/13/2020", ["2020-05-13"]),
        ("31-02-2020", []),
        ("20-05-08", ["2008-05-20", "2020-05-08"]),
        ("31-05-20", ["2020-05-31"]),
        ("20-05-8", ["2020-05-08"]),
        ("2020-08-05", ["2020-08-05", "2020-05-08"]),
        ("140522", ["2022-05-14", "2014-05-22"]),
        ("40522", ["2022-05-04", "2004-05-22", "2010-12-10"]),
        ("43956,5", ["2020-05-05"]),
        ("08052020", []),
        ("i går", []),
    ],
)
def test_the_days_that_a_date_can_mean(text: str, days: list[str]) -> None:
    assert possible_days(text, 2027) == tuple(map(date.fromisoformat, days))


@pytest.mark.parametrize(("text", "part"), [(" 5/8/2020 10:30", "5/8/2020"), ("43956,5", "43956"), ("maj", "")])
def test_the_date_of_a_text(text: str, part: str) -> None:
    assert date_part(text) == part


@given(st.text(alphabet="0123456789-/. ,"))
def test_a_part_of_a_text_says_all_of_the_days_that_it_can_mean(text: str) -> None:
    assert days_by_form(telling_part(text), 2027) == days_by_form(text, 2027)


@given(st.text(alphabet="0123456789-/. ,"), st.integers(1990, 2090))
def test_no_text_can_fell_it_and_no_year_of_two_digits_is_beyond_the_latest(text: str, latest: int) -> None:
    for day in days_by_form(text, latest).values():
        assert day is None or 1 <= day.year <= 9999
