"""What is typed into a form as people say it: ``5,25 kg``, ``57½``, ``kl 10``, ``i går 14``.

A file's text is read by what all of its column says; what is typed stands alone. It is read by the field it is typed
in: its units, the child's age, the day of the visit. Each reading that is possible is given as the text that a file
would have for it. Where there is one, it is meant; where there are several, whoever typed is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from ldbu_desktop.characters import plain
from ldbu_desktop.journal.dates import day_of, is_before
from ldbu_desktop.journal.fields import VISIT_END, VISIT_START
from ldbu_desktop.journal.model import Family, Moment, Visit
from ldbu_desktop.journal.moment_speech import moment_readings
from ldbu_desktop.journal.number_words import in_digits
from ldbu_desktop.journal.people import age_days, born_on, child_at
from ldbu_desktop.journal.readings import NumberAndUnit, amount, folded, moment
from ldbu_desktop.standard.model import Unit, Variable

_NUMBER = re.compile(r"(?P<body>[\d.,]+)\s*(?P<part>[½¼¾]|[1-3]/[24])?\s*(?P<unit>[^\W\d_]+)?\.?")
_TWO_UNITS = re.compile(
    r"(?P<whole>\d+)\s*(?P<unit>[^\W\d_]+)\.?\s*(?:og|and|,)?\s*(?P<rest>\d+)\s*(?P<lesser>[^\W\d_]+)?\.?"
)
_PARTS = {"½": "5", "¼": "25", "¾": "75", "1/2": "5", "2/4": "5", "1/4": "25", "3/4": "75"}
_TWO_READINGS = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")
_WHOLE = re.compile(r"\d+")
_SEVERAL = 2


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
    raw: str,
    variable: Variable,
    unit: str,
    family: Family,
    visit: Visit,
    now: datetime,
    *,
    stands: object = None,
) -> tuple[str, ...]:
    """What is typed at a visit can mean, as texts of a file: of a number in ``unit`` or of a moment; else as it is.

    A time alone is of the day that ``stands`` there, else of the visit's; for the visit's start itself of today. A
    visit does not end before it begins, where it can be meant otherwise.
    """
    if variable.units:
        return number_readings(raw, variable, unit, age_days(family, visit))
    if variable.kind != "moment":
        return (raw,)
    of = stands if isinstance(stands, date) else None
    if of is None and variable.id != VISIT_START:
        of = visit.start.value
    said = moment_readings(raw, now, day_of(of) if of is not None else None, born_on(child_at(family, visit)))
    begun = visit.start.value if variable.id == VISIT_END else None
    return tuple(one for one in said if not _is_before(one, begun)) or said


def as_meant(
    raw: str, variable: Variable, unit: str, family: Family, visit: Visit, now: datetime, *, stands: object = None
) -> str:
    """What is typed at a visit as a file's text; as it stands where it can mean several things, or none."""
    readings = typed_readings(raw, variable, unit, family, visit, now, stands=stands)
    return readings[0] if len(readings) == 1 else raw


def _is_before(reading: str, begun: Moment | None) -> bool:
    said = moment(reading)
    return begun is not None and said is not None and is_before(said, begun)


def meaning(reading: str, variable: Variable) -> NumberAndUnit | Moment | None:
    """What one of the readings says: a number with the unit that it says, or a moment."""
    return amount(reading) if variable.units else moment(reading)


def number_readings(raw: str, variable: Variable, unit: str, age: int | None) -> tuple[str, ...]:
    """What a number typed into a field in ``unit`` can mean for somebody ``age`` days old, as texts of a file.

    Each is told in the field's own unit, as far as that takes the decimals. Plausibility chooses where it leaves one
    reading; readings that are the same amount are one. Where nothing is plausible in the standard's units it may be in
    those that people measure in (``1,68`` at school age is metres), and else the field's own unit is meant.
    ``raw`` itself where it is no number, or reads so already.
    """
    raw = plain(raw)
    own, possible = _possible(raw, variable, unit)
    if not possible:
        return (raw,)
    unsaid = _amounts(raw, variable, variable.mistaken_units)
    first = _in_first_unit(possible)
    meant = _plausible(possible, variable, age) or _plausible(unsaid, variable, age)
    found = _told(meant or _plausible(first, variable, None) or first, own, variable)
    return (raw,) if len(found) == 1 and _reads_as(raw, found[0], own) else found


def doubtful_readings(raw: str, variable: Variable, unit: str, age: int | None) -> tuple[NumberAndUnit, ...]:
    """What a number that was not read can mean, where it can mean several things; nothing where it can't.

    In a file nothing is decided by what is plausible: there it is in doubt whatever somebody of an ``age`` may have.
    """
    found = number_readings(raw, variable, unit, age)
    if len(found) < _SEVERAL:
        own, possible = _possible(plain(raw), variable, unit)
        found = _told(_in_first_unit(possible), own, variable)
    return tuple(read for one in found if (read := amount(one)) is not None) if len(found) >= _SEVERAL else ()


def certain_reading(raw: str, variable: Variable, unit: str, age: int | None) -> str:
    """What a number that was not read surely means, as a file's text; nothing where it could be something else.

    It has one reading in its unit, and what is plausible says the same.
    """
    own, possible = _possible(plain(raw), variable, unit)
    found = _told(_in_first_unit(possible), own, variable)
    return found[0] if len(found) == 1 and found == number_readings(raw, variable, unit, age) else ""


def _possible(raw: str, variable: Variable, unit: str) -> tuple[Unit, list[_Amount]]:
    """The field's own unit, and what a text can mean in that and the standard's others."""
    own = next((each for each in variable.units if each.code == unit), variable.units[0])
    return own, _amounts(raw, variable, [own, *(one for one in variable.units if one.code != own.code)])


def _in_first_unit(amounts: Sequence[_Amount]) -> list[_Amount]:
    return [one for one in amounts if one.code == amounts[0].code]


def _told(amounts: Sequence[_Amount], own: Unit, variable: Variable) -> tuple[str, ...]:
    """Each amount once, as a file's text."""
    told: dict[Decimal, str] = {}
    for one in amounts:
        told.setdefault(one.size, _written(one, own, variable))
    return tuple(told.values())


def _amounts(raw: str, variable: Variable, units: Sequence[Unit]) -> list[_Amount]:
    """What a text can mean: in the unit that it says, else in each of ``units``."""
    text = " ".join(raw.split())
    told = in_digits(text.casefold())
    parts = _TWO_UNITS.fullmatch(text) or _TWO_UNITS.fullmatch(told)
    if parts and (both := _in_two_units(parts, variable)):
        return both
    parts = _NUMBER.fullmatch(text) or _NUMBER.fullmatch(told)
    numbers = _numbers(parts["body"], parts["part"]) if parts else []
    if parts and parts["unit"]:
        said = _unit(parts["unit"], variable)
        said_in: Sequence[Unit] = [said] if said is not None else []
    else:
        said_in = units
    return [_Amount(number, one.code, one.factor) for one in said_in for number in numbers]


def _unit(text: str, variable: Variable) -> Unit | None:
    """A unit by its name, one included that people measure in though the standard does not take it."""
    known = (*variable.units, *variable.mistaken_units)
    return next((one for one in known if folded(text) in map(folded, (one.code, *one.also))), None)


def _in_two_units(parts: re.Match[str], variable: Variable) -> list[_Amount]:
    """So much of a unit and the rest in a lesser one, ``5 kg 250 g``, in the lesser; nothing where it is not that.

    A rest without a unit may be decimals as well: ``7 kg 2`` is two grams to one and two hundred to another.
    """
    unit = _unit(parts["unit"], variable)
    known = (*variable.units, *variable.mistaken_units)
    lesser = [one for one in known if unit is not None and one.factor < unit.factor]
    if parts["lesser"]:
        lesser = [one for one in lesser if one is _unit(parts["lesser"], variable)]
    if unit is None or not lesser:
        return []
    least = max(lesser, key=lambda one: one.factor)
    of_one = unit.factor / least.factor
    rests = [Decimal(parts["rest"])]
    if not parts["lesser"] and Decimal(10) ** len(parts["rest"]) <= of_one:
        rests.append((Decimal(f"0.{parts['rest']}") * of_one).normalize())
    whole = Decimal(parts["whole"]) * of_one
    return [_Amount(whole + rest, least.code, least.factor) for rest in dict.fromkeys(rests) if rest < of_one]


def _numbers(body: str, part: str | None) -> list[Decimal]:
    """The numbers that digits and marks can be: a mark before three digits parts thousands or decimals."""
    if part is not None:
        return [Decimal(f"{body}.{_PARTS[part]}")] if _WHOLE.fullmatch(body) else []
    if two := _TWO_READINGS.fullmatch(body):
        return [Decimal(two[1] + two[2]), Decimal(f"{two[1]}.{two[2]}")]
    read = amount(body)
    return [read.number] if read is not None else []


def _plausible(amounts: Sequence[_Amount], variable: Variable, age: int | None) -> list[_Amount]:
    """The amounts that somebody of an age may have, or where that is not known anybody."""
    of_age = [each for each in variable.ranges if age is None or each.from_days <= age < each.to_days]
    return [one for one in amounts if any(each.low <= one.size <= each.high for each in of_age)]


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
    read, said = amount(raw), amount(text)
    if read is None or said is None or read.number != said.number:
        return False
    return read.unit == said.unit or (not said.unit and read.unit in (own.code, *own.also))
