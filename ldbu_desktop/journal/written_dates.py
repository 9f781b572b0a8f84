"""The days that a written date can mean: most texts mean one, ``5/8/2020`` and ``20-05-08`` mean two.

Which of them is meant, only the column says that the text stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum


class DateForm(StrEnum):
    """The order in which a day is written. ``SERIAL`` counts days from the end of 1899, as spreadsheets do."""

    DAY_FIRST = "dd-mm-yyyy"
    MONTH_FIRST = "mm-dd-yyyy"
    YEAR_FIRST = "yyyy-mm-dd"
    YEAR_DAY_MONTH = "yyyy-dd-mm"
    SERIAL = "serial"


TURNED_ROUND = frozenset((DateForm.MONTH_FIRST, DateForm.YEAR_DAY_MONTH))
"""Forms that nobody in Denmark writes: they are thought of where a text has no other, and never read. Such a text
may as well be a day that a spreadsheet has turned round."""

_WITH_MARKS = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})(?!\d)")
_DIGITS_ONLY = re.compile(r"\d{5,6}(?=$|[.,]\d)")
_SPREADSHEET_DAY_0 = date(1899, 12, 30)
_SERIAL_DAYS = range(29_221, 73_051)
"""1980 to 2099: numbers outside are no days of a child's record."""
_CENTURY_BREAK = 70
"""Years of two digits from here on are of the last century."""


def full_year(written: str) -> int:
    """A year of two or four digits."""
    year = int(written)
    if len(written) > 2:
        return year
    return year + (1900 if year >= _CENTURY_BREAK else 2000)


def serial_day(days: int) -> date | None:
    """The day that a spreadsheet counts as ``days``; None for numbers that are no day of a child's record."""
    return _SPREADSHEET_DAY_0 + timedelta(days=days) if days in _SERIAL_DAYS else None


def days_by_form(text: str, latest_year: int) -> dict[DateForm, date | None]:
    """The day that ``text`` means in each form that it can have; None where a form fits and has no such day.

    What follows the date is not looked at. Two digits mean no year after ``latest_year``. Dates with the month's name
    and those of eight digits have one form, and none here.
    """
    return dict(_readings(text.strip(), latest_year))


def telling_part(text: str) -> str:
    """What of ``text`` says which days it can mean: the date with marks at its beginning, else all of it."""
    written = text.strip()
    found = _WITH_MARKS.match(written)
    return found[0] if found is not None else written


def possible_days(text: str, latest_year: int) -> tuple[date, ...]:
    """The days that the date at the beginning of ``text`` can mean, each once, day first before the others."""
    days = days_by_form(text, latest_year)
    return tuple(dict.fromkeys(day for form in DateForm if (day := days.get(form)) is not None))


def date_part(text: str) -> str:
    """The date at the beginning of ``text``, as :func:`possible_days` looks at it; empty where none is."""
    written = text.strip()
    found = _WITH_MARKS.match(written) or _DIGITS_ONLY.match(written)
    return found[0] if found is not None else ""


def _readings(text: str, latest_year: int) -> Iterator[tuple[DateForm, date | None]]:
    if parts := _WITH_MARKS.match(text):
        first, _, second, third = parts.groups()
        if len(first) == 4:
            yield DateForm.YEAR_FIRST, _day(first, second, third, latest_year)
            yield DateForm.YEAR_DAY_MONTH, _day(first, third, second, latest_year)
            return
        if len(first) == 2 and len(third) <= 2:
            yield DateForm.YEAR_FIRST, _day(first, second, third, latest_year)
        if len(third) != 1:
            yield DateForm.DAY_FIRST, _day(third, second, first, latest_year)
            yield DateForm.MONTH_FIRST, _day(third, first, second, latest_year)
    elif parts := _DIGITS_ONLY.match(text):
        written = parts[0]
        yield DateForm.SERIAL, serial_day(int(written))
        if written == text:
            # Spreadsheets take the zero away that such a number begins with.
            digits = written.zfill(6)
            yield DateForm.DAY_FIRST, _day(digits[4:], digits[2:4], digits[:2], latest_year)
            yield DateForm.YEAR_FIRST, _day(digits[:2], digits[2:4], digits[4:], latest_year)


def _day(year: str, month: str, day: str, latest_year: int) -> date | None:
    full = full_year(year)
    if len(year) == 2 and full > latest_year:
        return None
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None
