"""In which form the days of a column are written."""

from __future__ import annotations

import pytest

from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.pseudonyms.day_columns import DayColumn, most_of

YEAR = 2027


def column(*texts: str, order: DateForm | None = None) -> DayColumn:
    of = DayColumn(order)
    for text in texts:
        of.saw(text)
    return of


@pytest.mark.parametrize(
    ("others", "text", "form"),
    [
        (("23-11-07", "24-12-31", "24-01-31"), "23-11-07", DateForm.YEAR_FIRST),
        (("31/12/2023", "30/11/2023"), "05/06/2024", DateForm.DAY_FIRST),
        (("12/31/2023", "11/30/2023"), "12/31/2023", DateForm.MONTH_FIRST),
        (("2024-18-06", "2024-19-06"), "2024-18-06", DateForm.YEAR_DAY_MONTH),
        (("24-12-31", "24-12-30"), "23-10-23", DateForm.YEAR_FIRST),
        (("31-12-23", "30-12-23"), "23-10-23", DateForm.DAY_FIRST),
        (("05-06-2024", "i går"), "i går", None),
        (("05-06-2024",), "05-06-2024", None),
    ],
)
def test_all_that_stand_in_it_decide(others: tuple[str, ...], text: str, form: DateForm | None) -> None:
    assert column(*others, text).form_of(text, YEAR) == form


def test_what_they_leave_open_is_as_most_are_elsewhere() -> None:
    of = column("23-11-07", "24-09-06")
    assert of.form_of("23-11-07", YEAR) is None
    assert of.form_of("23-11-07", YEAR, DateForm.YEAR_FIRST) is DateForm.YEAR_FIRST
    assert of.form_of("23-11-07", YEAR, DateForm.MONTH_FIRST) is None


def test_an_order_that_somebody_has_said_decides_alone() -> None:
    assert column("23-11-07", order=DateForm.YEAR_FIRST).form_of("23-11-07", YEAR) is DateForm.YEAR_FIRST


def test_only_what_is_a_day_in_one_form_says_what_most_are_in() -> None:
    assert list(column("24-12-31", "23-11-07", "24-12-30").forms(YEAR)) == [DateForm.YEAR_FIRST] * 3
    assert list(column("05-06-2024").forms(YEAR)) == []
    assert most_of(iter(())) is None
    assert most_of(iter((DateForm.SERIAL, DateForm.DAY_FIRST, DateForm.SERIAL))) is DateForm.SERIAL
