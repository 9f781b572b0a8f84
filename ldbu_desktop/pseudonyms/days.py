"""Days as they are written, moved by a number of days and written in the same form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from ldbu_desktop.journal.readings import month_named
from ldbu_desktop.journal.written_dates import DateForm, full_year, serial_day

_MARKED_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?P<mark>\s?[-/.]\s?)(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"
)
_MARKED_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?P<mark>\s?[-/.]\s?)(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?!\d)"
)
_SHORT = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:\s*-\s*|\s+)(?P<year>\d{4}|\d{2})(?!\d)")
_NAMED = re.compile(r"(?P<day>\d{1,2})\.?[\s-]+(?P<name>[^\W\d_]{3,9})\.?[\s-]+(?P<year>\d{4})(?!\d)")
_EIGHT = (
    re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)"),
    re.compile(r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:19|20)\d\d)(?!\d)"),
)
_SIX = re.compile(r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d\d)(?![\d.,])")
_SIX_YEAR_FIRST = re.compile(r"(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)(?![\d.,])")
_FIVE = re.compile(r"(?P<day>\d)(?P<month>\d\d)(?P<year>\d\d)(?![\d.,])")
_TWO_YEAR_FIRST = re.compile(r"(?P<year>\d\d)(?P<mark>\s?[-/.]\s?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)")
_MONTH_FIRST = re.compile(
    r"(?P<month>\d{1,2})(?P<mark>\s?[-/.]\s?)(?P<day>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?!\d)"
)
_YEAR_DAY = re.compile(r"(?P<year>\d{4})(?P<mark>\s?[-/.]\s?)(?P<day>\d{1,2})(?P=mark)(?P<month>\d{1,2})(?!\d)")
_SERIAL = re.compile(r"\d{5}(?=$|[.,]\d+$)")
_USUAL: Final = (_MARKED_YEAR_FIRST, _MARKED_DAY_FIRST, _SHORT, _NAMED, *_EIGHT)
_BY_FORM: Final = {
    DateForm.DAY_FIRST: (*_USUAL, _SIX, _FIVE, _MONTH_FIRST),
    DateForm.MONTH_FIRST: (_MARKED_YEAR_FIRST, _MONTH_FIRST, *_USUAL),
    DateForm.YEAR_FIRST: (_MARKED_YEAR_FIRST, _TWO_YEAR_FIRST, *_USUAL, _SIX_YEAR_FIRST),
    DateForm.YEAR_DAY_MONTH: (_YEAR_DAY, *_USUAL),
    DateForm.SERIAL: _USUAL,
}
_CLOCK = re.compile(
    r"(?:(?:T|\s+(?:kl\.?\s*)?)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_NAMES: Final = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
    "december",
)  # fmt: skip
_NO_DAY: Final = {"day": ("31", 31), "month": ("02", 12)}
"""There never is such a day; and the highest numbers that days and months have."""


def moved(written: str, days: int, form: DateForm | None = None) -> str | None:
    """``written`` so many days later, in the same form; None where it is no day that can be read.

    A day that does not exist stays one that does not. ``form`` is how the days of the column are written.
    """
    text = written.strip()
    if _is_serial(text, form):
        return f"{int(text[:5]) + days:05}{text[5:]}"
    impossible = None
    for pattern in _BY_FORM.get(form or DateForm.DAY_FIRST, _USUAL):
        found = pattern.match(text)
        if found is None or not is_clock_after(text[found.end() :]):
            continue
        day = _day(found)
        if day is not None and (later := _later(day, days)) is not None:
            return _written(found, _parts(later, found)) + text[found.end() :]
        impossible = impossible or found
    if impossible is not None and "name" not in impossible.groupdict():
        return _written(impossible, _impossible) + text[impossible.end() :]
    return None


def _impossible(name: str, old: str) -> str:
    """A part of a day that does not exist: one that makes it so by itself stays, and tells nothing."""
    new, highest = _NO_DAY.get(name, (old, 0))
    return new if 1 <= int(old) <= highest else old


def day_in(written: str, form: DateForm | None = None) -> date | None:
    """The day that :func:`moved` moves; None where there is none."""
    text = written.strip()
    if _is_serial(text, form):
        return serial_day(int(text[:5]))
    for pattern in _BY_FORM.get(form or DateForm.DAY_FIRST, _USUAL):
        found = pattern.match(text)
        if found is not None and is_clock_after(text[found.end() :]) and (day := _day(found)) is not None:
            return day
    return None


def _is_serial(text: str, form: DateForm | None) -> bool:
    """Whether a spreadsheet counts a day so."""
    return form in (None, DateForm.SERIAL) and bool(_SERIAL.match(text)) and serial_day(int(text[:5])) is not None


def is_clock_after(text: str) -> bool:
    """Whether nothing but a time of day follows a date."""
    return _CLOCK.fullmatch(text) is not None


def _later(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


def _day(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    month = month_named(parts["name"].casefold()) if "name" in parts else int(parts["month"])
    try:
        return date(full_year(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None


def _parts(day: date, found: re.Match[str]) -> Callable[[str, str], str]:
    def part(name: str, old: str) -> str:
        if name == "name":
            whole = _NAMES[day.month - 1]
            new = whole if old.casefold() in (*_NAMES, "may") or len(old) > 4 else whole[:3]
            return new.capitalize() if old[:1].isupper() else new
        number = {"day": day.day, "month": day.month, "year": day.year}[name]
        return f"{number:04}"[-len(old) :] if name == "year" else f"{number:0{len(old)}}"

    return part


def _written(found: re.Match[str], part: Callable[[str, str], str]) -> str:
    return "".join(_pieces(found, part))


def _pieces(found: re.Match[str], part: Callable[[str, str], str]) -> Iterator[str]:
    text, at = found.string, found.start()
    named = sorted((found.start(name), name) for name in found.groupdict() if name != "mark")
    for start, name in named:
        yield text[at:start]
        yield part(name, found[name])
        at = found.end(name)
    yield text[at : found.end()]
