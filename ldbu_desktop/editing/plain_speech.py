"""What is typed into a form as people say it: ``5,25 kg``, ``57½``, ``kl 10``, ``i går 14``.

A file's text is read by what all of its column says; what is typed stands alone. It is read by the field it is typed
in: its units, the child's age, the day of the visit. Each reading that is possible is given as the text that a file
would have for it. Where there is one, it is meant; where there are several, whoever typed is asked.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from ldbu_desktop.characters import plain
from ldbu_desktop.journal.dates import DANISH_TIME, day_of
from ldbu_desktop.journal.fields import VISIT_START
from ldbu_desktop.journal.model import Family, Moment, Visit
from ldbu_desktop.journal.people import age_days, born_on, child_at
from ldbu_desktop.journal.written_dates import full_year
from ldbu_desktop.mapping.readings import NumberAndUnit, amount, moment, month_named
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.model import Standard, Unit, Variable

_NUMBER = re.compile(r"(?P<body>[\d.,]+)\s*(?P<part>[½¼¾]|[1-3]/[24])?\s*(?P<unit>[^\W\d_]+)?\.?")
_TWO_UNITS = re.compile(
    r"(?P<whole>\d+)\s*(?P<unit>[^\W\d_]+)\.?\s*(?:og|and|,)?\s*(?P<rest>\d+)\s*(?P<lesser>[^\W\d_]+)?\.?"
)
_PARTS = {"½": "5", "¼": "25", "¾": "75", "1/2": "5", "2/4": "5", "1/4": "25", "3/4": "75"}
_TWO_READINGS = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")
_WHOLE = re.compile(r"\d+")

_HALF_DAY = r"(?:\s*(?P<half>am|pm))?"
_CLOCK = re.compile(
    rf"(?:(?:kl|klokken)\b\.?\s*|at\s+)?(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?{_HALF_DAY}"
)
_BARE_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-3])(?P<minute>[0-5]\d)(?P<half>)?")
_SAID_CLOCK = re.compile(r"kl\b\.?|klokken\b|at\b|:|\d\s*[ap]m$")
_SHORT_DAY = re.compile(r"(?P<day>\d{1,2})(?:[/-]|\.\s?)(?P<month>\d{1,2})\.?(?:[/.-](?P<year>\d\d(?:\d\d)?))?")
_SIX_DIGITS = re.compile(r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d\d)")
_NAMED_DAY = re.compile(r"(?:den\s+)?(?P<day>\d{1,2})\.?\s*(?P<name>[^\W\d_]{3,9})\.?(?:\s+(?P<year>\d{4}))?")
_AGO = re.compile(r"(?:for\s+)?(?P<count>\d{1,2})\s+(?P<unit>dage?|days?|uger?|weeks?)\s+(?:siden|ago)")
_DAYS_AGO = {
    "i dag": 0, "idag": 0, "today": 0, "i morges": 0, "i formiddags": 0, "i eftermiddags": 0, "this morning": 0,
    "i går": 1, "igår": 1, "yesterday": 1, "i aftes": 1, "i forgårs": 2, "iforgårs": 2, "forgårs": 2,
}  # fmt: skip
_WEEKDAYS = (
    ("mandag", "monday"), ("tirsdag", "tuesday"), ("onsdag", "wednesday"), ("torsdag", "thursday"),
    ("fredag", "friday"), ("lørdag", "saturday"), ("søndag", "sunday"),
)  # fmt: skip
_NOW = ("nu", "now")
_NOON = 12
_WEEK = 7
_BEFORE_BIRTH = timedelta(days=300)
"""How long before the birth of a child something can be told: from the pregnancy on."""


class _Amount(NamedTuple):
    """A number in a unit of which ``factor`` are one of the variable's first."""

    number: Decimal
    code: str
    factor: Decimal

    @property
    def size(self) -> Decimal:
        """How much it is in the variable's first unit."""
        return self.number * self.factor


def typed_readings(
    raw: str, variable: Variable, unit: str, family: Family, visit: Visit, now: datetime, standard: Standard
) -> tuple[str, ...]:
    """What is typed at a visit can mean, as texts of a file: of a number in ``unit`` or of a moment; else as it is."""
    if variable.units:
        return number_readings(raw, variable, unit, age_days(family, visit), standard)
    if variable.kind != "moment":
        return (raw,)
    start = visit.start.value if variable.id != VISIT_START else None
    return moment_readings(raw, now, day_of(start) if start is not None else None, born_on(child_at(family, visit)))


def meaning(reading: str, variable: Variable) -> NumberAndUnit | Moment | None:
    """What one of the readings says: a number with the unit that it says, or a moment."""
    return amount(reading) if variable.units else moment(reading)


def number_readings(raw: str, variable: Variable, unit: str, age: int | None, standard: Standard) -> tuple[str, ...]:
    """What a number typed into a field in ``unit`` can mean for somebody ``age`` days old, as texts of a file.

    Each is told in the field's own unit, as far as that takes the decimals. Plausibility chooses where it leaves one
    reading; readings that are the same amount are one. Where nothing is plausible the field's own unit is meant.
    ``raw`` itself where it is no number, or reads so already.
    """
    own = next((each for each in variable.units if each.code == unit), None) or next(iter(variable.units), None)
    possible = _amounts(" ".join(plain(raw).split()), variable, standard, own) if own is not None else []
    if own is None or not possible:
        return (raw,)
    amounts: dict[Decimal, str] = {}
    for one in possible:
        if _is_plausible(one.size, variable, age):
            amounts.setdefault(one.size, _written(one, own, variable))
    if not amounts:
        meant = [one for one in possible if one.code == possible[0].code]
        amounts = {one.size: _written(one, own, variable) for one in meant}
    found = tuple(amounts.values())
    return (raw,) if len(found) == 1 and _reads_as(raw, found[0], own) else found


def _amounts(text: str, variable: Variable, standard: Standard, own: Unit) -> list[_Amount]:
    """What a text can mean: in the unit that it says, else in each, the field's ``own`` first."""
    if (parts := _TWO_UNITS.fullmatch(text)) and (both := _in_two_units(parts, variable, standard)) is not None:
        return [both]
    parts = _NUMBER.fullmatch(text)
    numbers = _numbers(parts["body"], parts["part"]) if parts else []
    if parts and parts["unit"]:
        said = _unit(parts["unit"], variable, standard)
        units = [said] if said is not None else []
    else:
        units = [own, *(one for one in variable.units if one.code != own.code)]
    return [_Amount(number, one.code, one.factor) for one in units for number in numbers]


def _unit(text: str, variable: Variable, standard: Standard) -> Unit | None:
    """A unit by its name, one included that people measure in though the standard does not take it."""
    code = vocabulary_of(standard).unit(variable.id, text) or text
    return next((one for one in (*variable.units, *variable.mistaken_units) if one.code == code), None)


def _in_two_units(parts: re.Match[str], variable: Variable, standard: Standard) -> _Amount | None:
    """So much of a unit and the rest in a lesser one, ``5 kg 250 g``, in the lesser; None where it is not that."""
    unit = _unit(parts["unit"], variable, standard)
    lesser = [one for one in variable.units if unit is not None and one.factor < unit.factor]
    if parts["lesser"]:
        lesser = [one for one in lesser if one is _unit(parts["lesser"], variable, standard)]
    if unit is None or not lesser:
        return None
    least = max(lesser, key=lambda one: one.factor)
    of_one = unit.factor / least.factor
    rest = Decimal(parts["rest"])
    return _Amount(Decimal(parts["whole"]) * of_one + rest, least.code, least.factor) if rest < of_one else None


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


def _written(one: _Amount, own: Unit, variable: Variable) -> str:
    """An amount in the field's ``own`` unit, else as it was said, as a file's text that can be read in one way."""
    if one.code == own.code:
        return _plainly(one.number)
    told = (one.size / own.factor).normalize()
    takes = variable.decimals is None or -int(told.as_tuple().exponent) <= variable.decimals
    is_taken = any(each.code == one.code for each in variable.units)
    return _plainly(told) if takes or not is_taken else f"{_plainly(one.number)} {one.code}"


def _plainly(number: Decimal) -> str:
    """A number of which no mark can be taken for another: three decimals alone could be thousands."""
    text = format(number, "f").replace(".", ",")
    if _TWO_READINGS.fullmatch(text):
        text = text.removesuffix("0") if text.endswith("0") else f"{text}0"
    return text


def _reads_as(raw: str, text: str, own: Unit) -> bool:
    """Whether a file's text would be read the same as it stands, in the field's ``own`` unit or in the one it says."""
    read, said = amount(plain(raw)), amount(text)
    if read is None or said is None or read.number != said.number:
        return False
    return read.unit == said.unit or (not said.unit and read.unit in (own.code, *own.also))


def moment_readings(raw: str, now: datetime, day: date | None = None, born: date | None = None) -> tuple[str, ...]:
    """What a moment can mean that is typed at ``now``, as texts of a file; a time alone is on ``day``, else today.

    A day without a year is the last one that has been. Of several readings those are left that are possible for a child
    who was ``born`` on a day, if any is. ``raw`` itself where it is read as a file's text is, or not.
    """
    now = now.astimezone(DANISH_TIME)
    text = " ".join(plain(raw).casefold().split())
    if text in _NOW:
        return (f"{now:%d-%m-%Y %H:%M}",)
    if clock := _BARE_CLOCK.fullmatch(text):
        return (_at(day or now.date(), clock),)
    said = dict.fromkeys((*_days_said(text, now.date()), *_clock_said(text, day or now.date())))
    in_file = moment(raw)
    if in_file is None:
        return _possible(list(said), now, born) or (raw,)
    if not said or any(moment(one) == in_file for one in said):
        return (raw,)
    form = "%d-%m-%Y %H:%M" if isinstance(in_file, datetime) else "%d-%m-%Y"
    return _possible([*said, in_file.strftime(form)], now, born)


def _possible(texts: list[str], now: datetime, born: date | None) -> tuple[str, ...]:
    """Those that can be of a child's time until now; all where none is."""
    days = {one: day_of(read) for one in texts if (read := moment(one)) is not None}
    first = born - _BEFORE_BIRTH if born is not None else date.min
    left = [one for one, when in days.items() if first <= when <= now.date()]
    return tuple(left or texts)


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
    if ago := _AGO.fullmatch(text):
        return today - timedelta(days=int(ago["count"]) * (1 if ago["unit"].startswith("d") else _WEEK))
    name = text.removeprefix("i ").removeprefix("last ").removesuffix("s") if text.startswith(("i ", "last ")) else text
    for number, names in enumerate(_WEEKDAYS):
        if name in names:
            back = (today.weekday() - number) % 7
            return today - timedelta(days=back if back or name == text else 7)
    parts = _SHORT_DAY.fullmatch(text) or _SIX_DIGITS.fullmatch(text)
    if parts is not None:
        return _last(int(parts["day"]), int(parts["month"]), parts["year"], today)
    named = _NAMED_DAY.fullmatch(text)
    return _last(int(named["day"]), month_named(named["name"]), named["year"], today) if named else None


def _last(day: int, month: int, year: str | None, today: date) -> date | None:
    """A day of a year, or the last of its kind that has been; None where there is no such day."""
    for each in [full_year(year)] if year else [today.year, today.year - 1]:
        with suppress(ValueError):
            found = date(each, month, day)
            if year or found <= today:
                return found
    return None


def _at(day: date, clock: re.Match[str]) -> str:
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % _NOON + (_NOON if clock["half"] == "pm" else 0)
    return f"{day:%d-%m-%Y} {hour:02}:{clock['minute'] or '00'}"
