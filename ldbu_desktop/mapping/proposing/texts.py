"""What kind of text a cell holds, as far as the text alone tells."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from ldbu_desktop.journal import readings
from ldbu_desktop.journal.identity import birth_date


class TextKind(StrEnum):
    """Kinds of text, told apart by how they look."""

    EMPTY = "empty"
    CPR = "cpr"
    DATE = "date"
    MOMENT = "moment"
    """A date with a time."""
    TIME = "time"
    WHOLE = "whole"
    NUMBER = "number"
    """A number with decimals, or with a unit."""
    TEXT = "text"


VALUES = frozenset((TextKind.CPR, TextKind.DATE, TextKind.MOMENT, TextKind.TIME, TextKind.WHOLE, TextKind.NUMBER))
"""What stands in rows of data and not in headers."""

_DIGIT = re.compile(r"\d")
_TIME = re.compile(r"(?:kl\.?\s*)?([01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?", re.IGNORECASE)
_BARE_TIME = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d|(?:[01]?\d|2[0-3])\.[0-5]\d")
"""A time of day that may as well be a number: "0915", "9.15"."""
_DAY_OR_YEAR = re.compile(r"\d{1,2}\.(?:0[1-9]|1[0-2])|(?:19|20)\d\d")
_DATED = re.compile(
    r"\d{1,4}(?:[-/.]|\. )\d{1,2}[-/. ]+\d{2,4}(.*)|\d{1,2}\.?[\s-]+[^\W\d_]{3,9}\.?[\s-]+\d{4}(.*)|(?:19|20)\d{6}()"
)
_MEASURES = frozenset(("g", "gr", "gram", "kg", "kilo", "cm", "mm", "m", "ml", "uger", "timer", "min", "pct", "e"))
"""What may stand after a number that was measured; "2 months" is the name of a visit."""

_BETWEEN_MEASURES = re.compile(r"\s*[/;|+&]\s*|,\s+|\s+(?:og|and)\s+")


@lru_cache(maxsize=200_000)
def text_kind(text: str) -> TextKind:
    """The kind of ``text``."""
    written = text.strip()
    if not written:
        return TextKind.EMPTY
    if not _DIGIT.search(written):
        return TextKind.TEXT
    if len(written) <= 13 and is_cpr(written):
        return TextKind.CPR
    if _TIME.fullmatch(written) and (":" in written or written.lower().startswith("kl")):
        return TextKind.TIME
    if found := _DATED.fullmatch(written):
        after = (found[1] or found[2] or "").strip()
        if not after or after[0] in "T+" or _DIGIT.search(after):
            return TextKind.MOMENT if after else TextKind.DATE
    read = readings.amount(written)
    if read is None:
        return TextKind.TEXT if readings.number_body(written) is None or _names(written) else TextKind.NUMBER
    if read.unit:
        return TextKind.TEXT if _names(written) else TextKind.NUMBER
    is_whole = read.number == read.number.to_integral_value() and written.lstrip("+-").isdecimal()
    return TextKind.WHOLE if is_whole else TextKind.NUMBER


def is_time_of_day(text: str) -> bool:
    """Whether a text can be a time of day, though it may be a number too: "0915", "9.15"."""
    return text_kind(text) is TextKind.TIME or _BARE_TIME.fullmatch(text.strip()) is not None


def is_day_or_year(text: str) -> bool:
    """Whether a text can be a day without its year, or a year alone: "9.12", "2024"."""
    return _DAY_OR_YEAR.fullmatch(text.strip()) is not None


def _names(text: str) -> bool:
    """Whether what stands after a number is no measure."""
    unit = readings.unit_text(text).casefold().removesuffix(".")
    return bool(unit) and unit not in _MEASURES


def is_cpr(text: str) -> bool:
    """Whether a text reads as a CPR number of somebody who was born on a day that there is."""
    number = readings.cpr(text)
    return number is not None and birth_date(number) is not None


def is_of_several(text: str) -> bool:
    """Whether a cell holds several measures, each with its unit: "4250 g / 55 cm"."""
    parts = _BETWEEN_MEASURES.split(text.strip())
    return len(parts) > 1 and all(text_kind(part) is TextKind.NUMBER and any(map(str.isalpha, part)) for part in parts)
