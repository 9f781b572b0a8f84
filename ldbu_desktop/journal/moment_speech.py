"""A moment as people say it: ``kl 10``, ``1030``, ``i går 14``, ``halv ti``, ``mandag den 23. november kl. 9``.

A moment is a day, a time of day or both, in either order. Each way of parting a text into the two that makes sense is a
reading; whether one is meant or somebody is asked is decided by what is possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from ldbu_desktop.characters import plain
from ldbu_desktop.journal.dates import DANISH_TIME, day_of
from ldbu_desktop.journal.number_words import in_digits
from ldbu_desktop.journal.readings import moment, month_named
from ldbu_desktop.journal.written_dates import full_year

_CLOCK = re.compile(
    r"(?P<kl>(?:kl|klokken|ved)\.?\s*|at\s+)?(?P<hour>[01]?\d|2[0-4])(?:(?P<mark>[:.,]|\s(?=\d\d$))(?P<minute>[0-5]\d)"
    r"(?::00)?)?(?:\s*(?P<half>am|pm))?"
)
_BARE_CLOCK = re.compile(r"(?:(?:kl|klokken)\.?\s*|at\s+)?(?P<hour>[01]?\d|2[0-4])(?P<minute>[0-5]\d)")
_APART = re.compile(r"(?P<first>\d\d?) (?P<second>\d\d)")
"""Two numbers alone: the hour and the minutes, or the day and the month."""
_HOUR_IN_PARTS = re.compile(
    r"(?:(?:kl|klokken)\.?\s*|at\s+)?(?:(?P<minutes>[1-9]|1\d|2\d)(?:\s+min\w*)?\.?\s+(?P<way>over|i|past|2)\s+)?"
    r"(?:(?P<part>halv|kvart over|kvart i|half past|quarter past|quarter (?:to|2))\s+)?(?P<hour>1[0-2]|[1-9])"
)
_PARTS = {
    "halv": -30, "kvart over": 15, "kvart i": -15,
    "half past": 30, "quarter past": 15, "quarter to": -15, "quarter 2": -15,
}  # fmt: skip
"""What is to be added to the hour that is named, in minutes. "To" is a number too, by the time it is read."""
_AFTER = ("over", "past")
_ABOUT = re.compile(r"\b(?:ca\b\.?|cirka|omkring|about|around)\s*(?:(?:kl|klokken)\b\.?|at\b)?\s*")
_NUMBERED = re.compile(r"\d{1,2}(?= (?:kl|klokken)\b)")
_HOUR_OR_DAY = re.compile(r"0?[1-9]|[12]\d|3[01]")
"""A number alone: the hour of a day, or the day of a month."""
_SHORT_DAY = re.compile(r"(?P<day>\d{1,2})(?:[/-]|\.\s?)(?P<month>\d{1,2})\.?(?:[/.-](?P<year>\d\d(?:\d\d)?))?")
_SIX_DIGITS = re.compile(r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d\d)")
_NAMED_DAY = re.compile(r"(?P<day>\d{1,2})\.?\s*(?P<name>[^\W\d_]{3,9})\.?(?:\s+(?P<year>\d\d(?:\d\d)?))?")
_DAY_ALONE = re.compile(r"(?:(?:den\s+|d\.\s*)(?P<day>\d{1,2})\.?|(?P<ordinal>\d{1,2})\.)")
_THE = re.compile(r"(?:den|d\.)\s*(?=\d)")
_AGO = re.compile(r"(?:for\s+)?(?P<count>\d{1,2})\s+(?P<unit>[^\W\d_]+)\.?\s+(?:siden|ago)")
_UNITS = {
    "dag": 1440, "dage": 1440, "day": 1440, "days": 1440, "uge": 10080, "uger": 10080, "week": 10080, "weeks": 10080,
    "time": 60, "timer": 60, "hour": 60, "hours": 60, "kvarter": 15, "kvarterer": 15,
    "min": 1, "minut": 1, "minutter": 1, "minute": 1, "minutes": 1,
}  # fmt: skip
"""How many minutes each is, by the words for it."""
_DAY = 1440
_DAYS_AGO = {
    "i dag": 0, "idag": 0, "today": 0, "i går": 1, "igår": 1, "yesterday": 1, "i forgårs": 2, "iforgårs": 2,
    "forgårs": 2, "d.d.": 0, "dd": 0, "dd.": 0, "dags dato": 0,
}  # fmt: skip


class _Part(NamedTuple):
    """A part of a day: from the one to the other, in minutes from the beginning of the day that is said."""

    first: int
    last: int


_MORNING, _FORENOON, _AFTERNOON, _EVENING = _Part(0, 720), _Part(300, 720), _Part(720, 1140), _Part(1020, 1440)
_NIGHT, _LAST_NIGHT, _SMALL_HOURS = _Part(1320, 1800), _Part(1020, 1680), _Part(0, 360)
_WHOLE_DAY = _Part(0, 1440)
_PARTS_OF_TODAY = {
    "i morges": ("i dag", _MORNING), "her til morgen": ("i dag", _MORNING), "this morning": ("i dag", _MORNING),
    "i formiddags": ("i dag", _FORENOON), "i eftermiddags": ("i dag", _AFTERNOON),
    "this afternoon": ("i dag", _AFTERNOON), "i aftes": ("i går", _EVENING), "i nat": ("i går", _NIGHT),
    "last night": ("i går", _LAST_NIGHT),
}  # fmt: skip
"""A part of a day that is said with its day. A night ends on the day after."""
_PARTS_OF_DAY = {
    "om morgenen": _MORNING, "om formiddagen": _FORENOON, "om eftermiddagen": _AFTERNOON, "om aftenen": _EVENING,
    "om natten": _SMALL_HOURS, "natten til": _SMALL_HOURS, "in the morning": _MORNING,
    "in the afternoon": _AFTERNOON, "in the evening": _EVENING, "morges": _MORNING, "morgen": _MORNING,
    "formiddags": _FORENOON, "formiddag": _FORENOON, "morning": _MORNING, "eftermiddags": _AFTERNOON,
    "eftermiddag": _AFTERNOON, "aftes": _EVENING, "aften": _EVENING, "afternoon": _AFTERNOON, "evening": _EVENING,
}  # fmt: skip
_TO_COME = re.compile(r"(?:i morgen|imorgen|i aften|i eftermiddag|i formiddag|tomorrow)\b")
"""What is still to come, and no part of a day that has been."""
_WEEKDAYS = (
    ("mandag", "monday", "man", "mon"), ("tirsdag", "tuesday", "tir", "tirs", "tue"),
    ("onsdag", "wednesday", "ons", "wed"), ("torsdag", "thursday", "tor", "tors", "thu"),
    ("fredag", "friday", "fre", "fri"), ("lørdag", "saturday", "lør", "sat"), ("søndag", "sunday", "søn", "sun"),
)  # fmt: skip
_LAST = ("i ", "sidste ", "last ")
_NOW = ("nu", "lige nu", "now", "just now")
_NOON = 12
_HALF_DAY = 720
_AHEAD = timedelta(hours=6)
"""How long ahead of now something can be told: when a visit will end."""
_BEFORE_BIRTH = timedelta(days=300)
"""How long before the birth of a child something can be told: from the pregnancy on."""


def moment_readings(raw: str, now: datetime, day: date | None = None, born: date | None = None) -> tuple[str, ...]:
    """What a moment can mean that is typed at ``now``, as texts of a file; a time alone is on ``day``, else today.

    A day without a year is the last one that has been. Of several readings those are left that are possible for a child
    who was ``born`` on a day, if any is. ``raw`` itself where it is read as a file's text is, or not.
    """
    now = now.astimezone(DANISH_TIME)
    text = " ".join(plain(raw).casefold().split())
    if text in _NOW:
        return (_written(now),)
    told = " ".join(_ABOUT.sub("kl ", in_digits(text)).split())
    said = dict.fromkeys(_written(one) for one in _said(told, now, day or now.date()))
    in_file = moment(raw)
    if in_file is None:
        return _possible(list(said), now, born) or (raw,)
    if not said or any(moment(one) == in_file for one in said):
        return (raw,)
    return _possible([*said, _written(in_file)], now, born)


def day_readings(raw: str, now: datetime) -> tuple[str, ...]:
    """What the day on which a period begins or ends can mean: with a time of day only where no day can be meant."""
    said = moment_readings(raw, now)
    return tuple(one for one in said if not isinstance(moment(one), datetime)) or said


def _written(one: date) -> str:
    """A day or a moment as a file's text."""
    return one.strftime("%d-%m-%Y %H:%M" if isinstance(one, datetime) else "%d-%m-%Y")


def _possible(texts: list[str], now: datetime, born: date | None) -> tuple[str, ...]:
    """Those that can be of a child's time until now; all where none is."""
    moments = {one: read for one in texts if (read := moment(one)) is not None}
    first = born - _BEFORE_BIRTH if born is not None else date.min
    left = [one for one, when in moments.items() if first <= day_of(when) <= now.date() and not _is_ahead(when, now)]
    return tuple(left or texts)


def _is_ahead(when: date, now: datetime) -> bool:
    return isinstance(when, datetime) and when > now + _AHEAD


def _said(text: str, now: datetime, day: date) -> Iterator[date]:
    """All that a text can say: a day, a time of ``day``, or both, the one before the other."""
    if (ago := _AGO.fullmatch(text)) and 0 < _UNITS.get(ago["unit"], 0) < _DAY:
        yield now - int(ago["count"]) * timedelta(minutes=_UNITS[ago["unit"]])
        return
    text, part = _without_part(text)
    if part is None and _BARE_CLOCK.fullmatch(text):  # 1030, which is no day in any order
        yield from (_at(day, minutes) for minutes in _clocks(text, None))
        return
    if part is None and (apart := _APART.fullmatch(text)):
        yield from _hour_or_month(apart, now.date(), day)
        return
    if part is None and _HOUR_OR_DAY.fullmatch(text):
        yield from _hour_or_day(text, now.date(), day)
        return
    words = _NUMBERED.sub(r"den \g<0>", text).split() if _NUMBERED.match(text) else text.split()
    for cut in range(len(words), 0, -1):
        before, after = " ".join(words[:cut]).rstrip(","), " ".join(words[cut:])
        yield from _both(before, after, now.date(), part)
        if after and (_is_clearly_clock(before) or not after[0].isdigit()):
            yield from _both(after, before, now.date(), part)
    if _is_clearly_clock(text) or (part is not None and text):
        yield from (_at(day, minutes) for minutes in _clocks(text, part))


def _hour_or_day(text: str, today: date, day: date) -> Iterator[date]:
    """A number alone as the hour of ``day``, and as the last day of a month that had that number."""
    yield from (_at(day, minutes) for minutes in _clocks(text, None))
    if (numbered := _numbered(int(text), today)) is not None:
        yield numbered


def _hour_or_month(apart: re.Match[str], today: date, day: date) -> Iterator[date]:
    """Two numbers alone as a time of ``day``, and as the last day of its kind that has been."""
    yield from (_at(day, minutes) for minutes in _clocks(apart[0], None))
    if (dated := _last(int(apart["first"]), int(apart["second"]), None, today)) is not None:
        yield dated


def _without_part(text: str) -> tuple[str, _Part | None]:
    """A text without the part of the day that it says, and that; None where it says none."""
    if _TO_COME.match(text):
        return text, None
    for words, (day, part) in _PARTS_OF_TODAY.items():
        if re.search(rf"\b{words}\b", text):
            return " ".join(re.sub(rf"\b{words}\b", day, text, count=1).split()), part
    for words, part in _PARTS_OF_DAY.items():
        if re.search(rf"\b{words}\b", text):
            return " ".join(re.sub(rf"\b{words}\b", " ", text, count=1).split()), part
    return text, None


def _both(day_text: str, clock_text: str, today: date, part: _Part | None) -> Iterator[date]:
    """A day, at each time that the other text can be; where there is no other the day itself, or a night's two."""
    day = _day(day_text, today)
    if day is not None and not clock_text:
        yield day
        if part is not None and part.last > _DAY:
            yield day + timedelta(days=1)
    elif day is not None:
        yield from (_at(day, minutes) for minutes in _clocks(clock_text.rstrip(","), part))


def _clocks(text: str, part: _Part | None) -> Iterator[int]:
    """The times that a text can be, in minutes from the beginning of a day: those that lie in the part of it.

    In parts of an hour it can be before noon and after; so it can by the hour where a part of the day is said.
    """
    parts = _HOUR_IN_PARTS.fullmatch(text)
    if parts and (parts["part"] or parts["minutes"]):
        minutes, is_of_either_half = _in_parts(parts), True
    elif found := _CLOCK.fullmatch(text) or _BARE_CLOCK.fullmatch(text):
        minutes = _clock(found)
        is_of_either_half = part is not None and int(found["hour"]) <= _NOON and not found.groupdict().get("half")
    else:
        return
    said = [minutes, *([minutes + _HALF_DAY] if is_of_either_half else ()), *([minutes + _DAY] if part else ())]
    within = part or _WHOLE_DAY
    yield from (one for one in said if within.first <= one <= within.last)


def _in_parts(parts: re.Match[str]) -> int:
    """The minutes from midnight or noon of a time in parts of an hour."""
    beside = int(parts["minutes"] or 0) * (1 if parts["way"] in _AFTER else -1)
    return (int(parts["hour"]) * 60 + _PARTS.get(parts["part"], 0) + beside) % _HALF_DAY


def _clock(found: re.Match[str]) -> int:
    """The minutes from the beginning of the day: 24 o'clock is its end."""
    hour, parts = int(found["hour"]), found.groupdict()
    if parts.get("half"):
        hour = hour % _NOON + (_NOON if parts["half"] == "pm" else 0)
    return hour * 60 + int(parts["minute"] or 0)


def _is_clearly_clock(text: str) -> bool:
    """Whether a text is a time of day also where nothing else says so: by its minutes, a word, or am and pm."""
    parts = _HOUR_IN_PARTS.fullmatch(text)
    if _BARE_CLOCK.fullmatch(text) or (parts and (parts["part"] or parts["minutes"])):
        return True
    found = _CLOCK.fullmatch(text)
    if found is None or (found["mark"] == " " and not found["kl"]):
        return False
    return bool(found["minute"] or found["kl"] or found["half"])


def _day(text: str, today: date) -> date | None:
    """The day that a text says: in words, or without its year."""
    if text in _DAYS_AGO:
        return today - timedelta(days=_DAYS_AGO[text])
    if (ago := _AGO.fullmatch(text)) and _UNITS.get(ago["unit"], 0) >= _DAY:
        return today - int(ago["count"]) * timedelta(minutes=_UNITS[ago["unit"]])
    last = next((one for one in _LAST if text.startswith(one)), "")
    name = text.removeprefix(last).removesuffix("s") if last else text.removesuffix(".")
    first, _space, rest = name.partition(" ")
    first = first.removesuffix(".")
    for number, names in enumerate(_WEEKDAYS):
        if name in names:
            back = (today.weekday() - number) % 7
            return today - timedelta(days=back if back or not last else 7)
        if first in names:
            found = _dated(rest, today)
            return found if found is not None and found.weekday() == number else None
    return _dated(text, today)


def _dated(text: str, today: date) -> date | None:
    """The day that a text says by its number, with or without month and year."""
    if alone := _DAY_ALONE.fullmatch(text):
        return _numbered(int(alone["day"] or alone["ordinal"]), today)
    text = _THE.sub("", text, count=1)
    parts = _SHORT_DAY.fullmatch(text) or _SIX_DIGITS.fullmatch(text)
    if parts is not None:
        return _last(int(parts["day"]), int(parts["month"]), parts["year"], today)
    named = _NAMED_DAY.fullmatch(text)
    return _last(int(named["day"]), month_named(named["name"]), named["year"], today) if named else None


def _numbered(number: int, today: date) -> date | None:
    """The last day of this number in this month or the one before; None where that has none."""
    month = today if number <= today.day else today.replace(day=1) - timedelta(days=1)
    with suppress(ValueError):
        return month.replace(day=number)
    return None


def _last(day: int, month: int, year: str | None, today: date) -> date | None:
    """A day of a year, or the last of its kind that has been; None where there is no such day."""
    for each in [full_year(year)] if year else [today.year, today.year - 1]:
        with suppress(ValueError):
            found = date(each, month, day)
            if year or found <= today:
                return found
    return None


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)
