"""How a text is read: one reading for each kind of value, for tables and for what is typed in the window alike.

A reading takes the text as it stood and gives the value, or None where it can't be read. Harmless variants are
accepted; where a text could mean two things it is left unread, never guessed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import NamedTuple

from ldbu_desktop.characters import plain
from ldbu_desktop.journal.dates import DANISH_TIME
from ldbu_desktop.journal.mask import STAND_IN
from ldbu_desktop.journal.model import Moment
from ldbu_desktop.journal.written_dates import full_year, serial_day

CellReader = Callable[[str], object]


class NumberAndUnit(NamedTuple):
    """A number, and the unit that stood with it in the same cell (empty where none did)."""

    number: Decimal
    unit: str = ""


def folded(text: str) -> str:
    """``text`` without what does not tell texts apart: case, the number of spaces, and what can't be seen."""
    return " ".join(plain(text).split()).casefold()


# --- numbers ----------------------------------------------------------------------------------------------------------

_LONGEST_NUMBER = 100
"""So many signs no number has that anybody wrote; Python writes none of thousands of digits."""
_AMOUNT = re.compile(r"([+-]?[\d.,' ]*\d(?:[eE][+-]?\d+)?)\s*([^\W\d_]\w*\.?)?")
_PLAIN = re.compile(r"\d+")
_ONE_MARK = re.compile(r"(\d+)[.,](\d+)")
_THOUSANDS = (
    re.compile(r"(\d{1,3}(?:\.\d{3})+),(\d+)"),
    re.compile(r"(\d{1,3}(?:,\d{3})+)\.(\d+)"),
    re.compile(r"(\d{1,3}(?:\.\d{3}){2,})()"),
    re.compile(r"(\d{1,3}(?:,\d{3}){2,})()"),
    re.compile(r"(\d{1,3}(?:[' ]\d{3})+)(?:[.,](\d+))?"),
)
_SCIENTIFIC = re.compile(r"(\d+)(?:[.,](\d+))?[eE]\+?(-?\d{1,2})")
_NOT_DIGITS = re.compile(r"\D")


def _unsigned(body: str) -> str | None:
    """``body`` with a decimal point and no thousands marks; None where it is no number or could be two numbers."""
    if _PLAIN.fullmatch(body):
        return body
    if parts := _ONE_MARK.fullmatch(body):
        whole, decimals = parts.groups()
        # 5.250 is five thousand to one reader and five and a quarter to another.
        could_be_thousands = len(decimals) == 3 and len(whole) <= 3 and whole[0] != "0"
        return None if could_be_thousands else f"{whole}.{decimals}"
    for pattern in _THOUSANDS:
        if parts := pattern.fullmatch(body):
            whole, decimals = _NOT_DIGITS.sub("", parts[1]), parts[2]
            return f"{whole}.{decimals}" if decimals else whole
    if parts := _SCIENTIFIC.fullmatch(body):
        return f"{parts[1]}.{parts[2] or '0'}e{parts[3]}"
    return None


def _body_and_unit(raw: str) -> re.Match[str] | None:
    return _AMOUNT.fullmatch(plain(raw).strip())


def number_body(raw: str) -> str | None:
    """The digits and marks of a number, without the unit that may follow; None where it is none."""
    parts = _body_and_unit(raw)
    return parts[1].strip() if parts is not None else None


def unit_text(raw: str) -> str:
    """The unit that stands after a number; empty where none does."""
    parts = _body_and_unit(raw)
    return parts[2] or "" if parts is not None else ""


def number_marks(body: str) -> tuple[set[str], set[str]]:
    """The points and commas of a number that can be read in one way only: those of thousands, and of decimals."""
    if _unsigned(body) is None or "e" in body.casefold():
        return set(), set()
    if _ONE_MARK.fullmatch(body):
        return set(), set(_NOT_DIGITS.findall(body))
    marks = [mark for mark in body if mark in ".,"]
    if marks and (len(marks) == 1 or marks[-1] != marks[0]):
        return set(marks[:-1]), {marks[-1]}
    return set(marks), set()


def amount(raw: str) -> NumberAndUnit | None:
    """A number with decimal comma or point, with thousands marks where they are plain, and with a unit or not."""
    parts = _body_and_unit(raw)
    if parts is None or len(parts[1]) > _LONGEST_NUMBER:
        return None
    sign = "-" if parts[1].startswith("-") else ""
    body = _unsigned(parts[1].lstrip("+-").strip())
    if body is None:
        return None
    number = Decimal(sign + body)
    if "e" in body:
        number = Decimal(format(number.normalize(), "f"))
    return NumberAndUnit(number, parts[2] or "")


def number(raw: str) -> Decimal | None:
    """A number without a unit."""
    read = amount(raw)
    return read.number if read is not None and not read.unit else None


def whole_number(raw: str) -> int | None:
    """A number without decimals."""
    read = number(raw)
    return int(read) if read is not None and read == read.to_integral_value() else None


def _digits(raw: str) -> str | None:
    """The digits of an identifier that a spreadsheet may have made a number of; None where digits were lost."""
    text = raw.strip()
    if text.isascii() and text.isdigit():
        return text
    if parts := _SCIENTIFIC.fullmatch(text):
        decimals, exponent = parts[2] or "", int(parts[3])
        return parts[1] + decimals if exponent == len(decimals) > 0 else None
    text = text.removesuffix(".0").removesuffix(",0")
    return text if text.isascii() and text.isdigit() else None


# --- identifiers ------------------------------------------------------------------------------------------------------

_CPR_MARKS = re.compile(r"(?<=\d)\s*[-–]?\s*(?=\d{4}$)")


def cpr_digits(raw: str) -> str | None:
    """The digits of a CPR number as they stand: with or without its hyphen, or as a number."""
    text = raw.strip()
    return _digits(text if text.isdigit() else _CPR_MARKS.sub("", text))


def cpr(raw: str) -> str | None:
    """A CPR number as ten digits: with or without its hyphen, as a number, or with its leading zero lost."""
    digits = cpr_digits(raw)
    if digits is None or len(digits) not in (9, 10):
        return None
    if len(digits) == 10:
        return digits
    restored = "0" + digits
    # Only a number that has a date then has surely lost a zero; any other may have lost any digit.
    return restored if restored[1] != "0" and "01" <= restored[2:4] <= "12" else None


def sor(raw: str) -> str | None:
    """A SOR code as its digits."""
    return _digits("".join(raw.split()))


def school_number(raw: str) -> str | None:
    """A number in the institution register; letters are kept, since the register decides what a number is."""
    text = raw.strip()
    return _digits(text) or text or None


def text(raw: str) -> str | None:
    """A key or another text as it stands, without the spaces around it."""
    return raw.strip() or None


# --- yes and no -------------------------------------------------------------------------------------------------------

_TRUTH = {
    **dict.fromkeys(("ja", "j", "sand", "true", "yes", "y", "1", "x"), True),
    **dict.fromkeys(("nej", "n", "falsk", "false", "no", "0"), False),
}


def boolean(raw: str) -> bool | None:
    """A yes or a no, in Danish, English or as a spreadsheet writes it."""
    return _TRUTH.get(folded(raw))


# --- days and times ---------------------------------------------------------------------------------------------------

_TIME = (
    r"(?:(?:T|\s+(?:kl\.?\s*)?)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_USUAL = re.compile(r"(\d\d)-(\d\d)-(\d{4}) (\d\d):(\d\d)")
"""What a cell with a time is told as: most times are, and this is read twice as fast as the others."""
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})" + _TIME)
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})" + _TIME)
_SPACED = re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})" + _TIME)
_DANISH_SHORT = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:\s*-\s*|\s+)(?P<year>\d{4}|\d{2})" + _TIME)
"""A day and a month with a stroke, then the year: only Danes write so, and they put the day first."""
_MONTH_NAMED = re.compile(r"(?P<day>\d{1,2})\.?[\s-]+(?P<name>[^\W\d_]{3,9})\.?[\s-]+(?P<year>\d{4})" + _TIME)
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
_EIGHT_DIGITS = (
    re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)" + _TIME),
    re.compile(r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:19|20)\d\d)" + _TIME),
)
"""Year first or day first: there is no month 19 or 20, so that no such number is a day in both."""
_MONTHS = (
    ("januar", "january"), ("februar", "february"), ("marts", "march"), ("april",), ("maj", "may"), ("juni", "june"),
    ("juli", "july"), ("august",), ("september",), ("oktober", "october"), ("november",), ("december",),
)  # fmt: skip
_CLOCK_CHANGES_BEFORE = 4
"""Summer time has always begun and ended before this hour."""


def month_named(name: str) -> int:
    """The month that a name, or the beginning of one, is of; 0 where it is of none."""
    for position, names in enumerate(_MONTHS, start=1):
        if any(full.startswith(name) for full in names):
            return position
    return 0


def _local(moment: datetime) -> datetime | None:
    """A Danish clock time; None in the hour that a clock change skips or shows twice."""
    local = moment.replace(tzinfo=DANISH_TIME)
    # Clocks are changed at night: all other hours are plain, and most visits are then.
    if moment.hour >= _CLOCK_CHANGES_BEFORE or local.utcoffset() == local.replace(fold=1).utcoffset():
        return local
    return None


def _zone(written: str) -> timezone | None:
    if written == "Z":
        return UTC
    minutes = int(written[1:3]) * 60 + int(written[-2:])
    offset = timedelta(minutes=-minutes if written[0] == "-" else minutes)
    return timezone(offset) if abs(offset) < timedelta(hours=24) else None


def _at(day: date, parts: re.Match[str]) -> Moment | None:
    """``day`` with the time that is written after it, if one is."""
    hour, minute, second, fraction, written_zone = parts.group("hour", "minute", "second", "fraction", "zone")
    if hour is None:
        return day
    micro = int(fraction.ljust(6, "0")[:6]) if fraction else 0
    try:
        clock = datetime(day.year, day.month, day.day, int(hour), int(minute), int(second or 0), micro)
    except ValueError:
        return None
    if written_zone is None:
        return _local(clock)
    zone = _zone(written_zone)
    return clock.replace(tzinfo=zone) if zone is not None else None


def _serial(days: int, fraction: str | None) -> Moment | None:
    """The day that a spreadsheet counts from the end of 1899, with the time of day as a part of one."""
    day = serial_day(days)
    if day is None:
        return None
    seconds = round(float(f"0.{fraction or 0}") * 86_400)
    if not seconds:
        return day
    return _local(datetime(day.year, day.month, day.day) + timedelta(seconds=seconds))


def moment(raw: str) -> Moment | None:
    """A day or a time: ``dd-mm-yyyy`` and its like, ISO, a month by name, or a spreadsheet's serial number.

    A time without a zone is Danish time.
    """
    written = raw.strip()
    if parts := _USUAL.fullmatch(written):
        return _usual(*map(int, parts.groups()))
    if parts := _day_and_month(written):
        day, month, year = parts.group("day", "month", "year")
        return _on(full_year(year), int(month), int(day), parts)
    if parts := _YEAR_FIRST.fullmatch(written):
        return _on(int(parts["year"]), int(parts["month"]), int(parts["day"]), parts)
    if parts := _SERIAL.fullmatch(written):
        return _serial(int(parts[1]), parts[2])
    if parts := _MONTH_NAMED.fullmatch(written):
        return _on(int(parts["year"]), month_named(parts["name"].casefold()), int(parts["day"]), parts)
    for pattern in _EIGHT_DIGITS:
        if (parts := pattern.fullmatch(written)) and (
            read := _on(int(parts["year"]), int(parts["month"]), int(parts["day"]), parts)
        ):
            return read
    return None


def _day_and_month(written: str) -> re.Match[str] | None:
    return _DAY_FIRST.fullmatch(written) or _DANISH_SHORT.fullmatch(written) or _SPACED.fullmatch(written)


def _usual(day: int, month: int, year: int, hour: int, minute: int) -> datetime | None:
    try:
        if hour >= _CLOCK_CHANGES_BEFORE:
            return datetime(year, month, day, hour, minute, tzinfo=DANISH_TIME)
        return _local(datetime(year, month, day, hour, minute))
    except ValueError:
        return None


def _on(year: int, month: int, day: int, parts: re.Match[str]) -> Moment | None:
    try:
        return _at(date(year, month, day), parts)
    except ValueError:
        return None


_CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[:.](\d{2}))?(?:[:.]\d{2})?", re.IGNORECASE)
_FOUR_DIGITS = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_FRACTION = re.compile(r"0?[.,](\d+)")
_MINUTES_A_DAY = 1440


def clock(raw: str) -> str | None:
    """A time of day as ``hh:mm``: with a colon or a point, four digits, an hour alone, or a part of a day."""
    text = raw.strip()
    if parts := _FOUR_DIGITS.fullmatch(text):
        return f"{parts[1]}:{parts[2]}"
    if parts := _FRACTION.fullmatch(text):
        minutes = round(float(f"0.{parts[1]}") * _MINUTES_A_DAY)
        return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
    parts = _CLOCK.fullmatch(text)
    if parts is None or int(parts[1]) > 23 or int(parts[2] or 0) > 59:
        return None
    return f"{int(parts[1]):02}:{parts[2] or '00'}"


_CPR_LIKE = re.compile(r"(?:[0-2]\d|3[01]|[6-9]\d)(?:0[1-9]|1[0-2])\d{2}\s?[-–]?\s?\d{4}")


def citizen_key(raw: str) -> str | None:
    """A citizen's key as it stands; one that is a CPR number is replaced, since keys are shown and named in files."""
    written = raw.strip()
    if _CPR_LIKE.fullmatch(written):
        return STAND_IN + hashlib.sha256((cpr(written) or written).encode()).hexdigest()[:12]
    return written or None
