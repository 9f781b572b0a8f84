"""What is typed into a form as people say it: ``5,25 kg``, ``57½``, ``kl 10``, ``i går 14``.

A file's text is read by what all of its column says; what is typed stands alone. It is read by the field it is typed
in: its units, the child's age, the day of the visit. Each reading that is possible is given as the text that a file
would have for it. Where there is one, it is meant; where there are several, whoever typed is asked.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from ldbu_desktop.characters import plain
from ldbu_desktop.journal.dates import DANISH_TIME
from ldbu_desktop.journal.written_dates import full_year
from ldbu_desktop.mapping.readings import amount, moment
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.model import Standard, Variable

_NUMBER = re.compile(r"(?P<body>[\d.,]+)\s*(?P<part>[½¼¾]|[1-3]/[24])?\s*(?P<unit>[^\W\d_]+)?\.?")
_PARTS = {"½": "5", "¼": "25", "¾": "75", "1/2": "5", "2/4": "5", "1/4": "25", "3/4": "75"}
_TWO_READINGS = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")
_WHOLE = re.compile(r"\d+")

_CLOCK = re.compile(r"(?:kl\.?\s*|at\s+)?(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?")
_BARE_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-3])(?P<minute>[0-5]\d)")
_SAID_CLOCK = re.compile(r"kl\b\.?|at\b|:")
_SHORT_DAY = re.compile(r"(?P<day>\d{1,2})(?:[/-]|\.\s?)(?P<month>\d{1,2})\.?(?:[/-](?P<year>\d\d))?")
_DAYS_AGO = {
    "i dag": 0, "idag": 0, "today": 0, "i går": 1, "igår": 1, "yesterday": 1,
    "i forgårs": 2, "iforgårs": 2, "forgårs": 2,
}  # fmt: skip
_WEEKDAYS = (
    ("mandag", "monday"), ("tirsdag", "tuesday"), ("onsdag", "wednesday"), ("torsdag", "thursday"),
    ("fredag", "friday"), ("lørdag", "saturday"), ("søndag", "sunday"),
)  # fmt: skip
_NOW = ("nu", "now")


def number_readings(raw: str, variable: Variable, unit: str, age: int | None, standard: Standard) -> tuple[str, ...]:
    """What a number typed into a field in ``unit`` can mean for somebody ``age`` days old, as texts of a file.

    Plausibility chooses where it leaves one reading; readings that are the same amount are one, in the field's unit.
    Where nothing is plausible the field's own unit is meant. ``raw`` itself where it is no number, or reads so already.
    """
    parts = _NUMBER.fullmatch(plain(raw).strip())
    numbers = _numbers(parts["body"], parts["part"]) if parts else []
    if not parts or not numbers:
        return (raw,)
    factors = {each.code: each.factor for each in variable.units}
    vocabulary = vocabulary_of(standard)
    units: tuple[str, ...] = (unit, *(code for code in factors if code != unit)) if unit in factors else tuple(factors)
    if parts["unit"]:
        written = vocabulary.unit(variable.id, parts["unit"])
        if written is None:
            return (raw,)
        units = (written,)
    amounts: dict[Decimal, str] = {}
    for code in units:
        for number in numbers:
            if _is_plausible(number * factors[code], variable, age):
                amounts.setdefault(number * factors[code], _written(number, code, unit))
    found = tuple(amounts.values()) or tuple(_written(number, units[0], unit) for number in numbers)
    return (raw,) if len(found) == 1 and _reads_as(raw, found[0]) else found


def _numbers(body: str, part: str | None) -> list[Decimal]:
    """The numbers that digits and marks can be: a mark before three digits parts thousands or decimals."""
    if part is not None:
        return [Decimal(f"{body}.{_PARTS[part]}")] if _WHOLE.fullmatch(body) else []
    if two := _TWO_READINGS.fullmatch(body):
        return [Decimal(two[1] + two[2]), Decimal(f"{two[1]}.{two[2]}")]
    read = amount(body)
    return [read.number] if read is not None else []


def _is_plausible(number: Decimal, variable: Variable, age: int | None) -> bool:
    of_age = [each for each in variable.ranges if age is None or each.from_days <= age < each.to_days]
    return any(each.low <= number <= each.high for each in of_age)


def _written(number: Decimal, code: str, unit: str) -> str:
    """A number as a file's text that can be read in one way: three decimals alone could be thousands."""
    text = format(number, "f").replace(".", ",")
    if _TWO_READINGS.fullmatch(text):
        text = text.removesuffix("0") if text.endswith("0") else f"{text}0"
    return text if code == unit else f"{text} {code}"


def _reads_as(raw: str, text: str) -> bool:
    """Whether a file's text would be read the same as it stands: it says its unit, or needs none."""
    read, said = amount(plain(raw)), amount(text)
    return read is not None and said is not None and read.number == said.number and bool(read.unit or not said.unit)


def moment_readings(raw: str, now: datetime, day: date | None = None) -> tuple[str, ...]:
    """What a moment can mean that is typed at ``now``, as texts of a file; a time alone is on ``day``, else today.

    A day without a year is the last one that has been. ``raw`` itself where it is read as a file's text is, or not.
    """
    now = now.astimezone(DANISH_TIME)
    text = " ".join(plain(raw).casefold().split())
    if text in _NOW:
        return (f"{now:%d-%m-%Y %H:%M}",)
    if clock := _BARE_CLOCK.fullmatch(text):
        return (_at(day or now.date(), clock),)
    if moment(raw) is not None:
        return (raw,)
    found = dict.fromkeys((*_days_said(text, now.date()), *_clock_said(text, day or now.date())))
    return tuple(found) or (raw,)


def _clock_said(text: str, day: date) -> list[str]:
    """A time alone: a number is one only where something says so, its minutes or a word."""
    clock = _CLOCK.fullmatch(text)
    return [_at(day, clock)] if clock and (clock["minute"] or _SAID_CLOCK.search(text)) else []


def _days_said(text: str, today: date) -> list[str]:
    """A day in words or without its year, with a time after it or none."""
    words = text.split()
    found = []
    for cut in range(len(words), 0, -1):
        day = _day_said(" ".join(words[:cut]).rstrip(","), today)
        rest = " ".join(words[cut:])
        clock = (_CLOCK.fullmatch(rest) or _BARE_CLOCK.fullmatch(rest)) if rest else None
        if day is not None and (clock or not rest):
            found.append(_at(day, clock) if clock else f"{day:%d-%m-%Y}")
    return found


def _day_said(text: str, today: date) -> date | None:
    if text in _DAYS_AGO:
        return today - timedelta(days=_DAYS_AGO[text])
    name = text.removeprefix("i ").removeprefix("last ").removesuffix("s") if text.startswith(("i ", "last ")) else text
    for number, names in enumerate(_WEEKDAYS):
        if name in names:
            back = (today.weekday() - number) % 7
            return today - timedelta(days=back if back or name == text else 7)
    parts = _SHORT_DAY.fullmatch(text)
    if parts is None:
        return None
    years = [full_year(parts["year"])] if parts["year"] else [today.year, today.year - 1]
    for year in years:
        try:
            day = date(year, int(parts["month"]), int(parts["day"]))
        except ValueError:
            continue
        if parts["year"] or day <= today:
            return day
    return None


def _at(day: date, clock: re.Match[str]) -> str:
    return f"{day:%d-%m-%Y} {int(clock['hour']):02}:{clock['minute'] or '00'}"
