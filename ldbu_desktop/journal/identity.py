"""What a CPR number tells, and how it is hidden when shown."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_LOOKS_LIKE_CPR = re.compile(r"(?<!\d)\d{5,6}[ \-–]{0,3}(\d{4})(?!\d)")
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_HIDDEN = "••••••-"


def _year(two_digits: int, seventh: int) -> int:
    """The year of birth: the century follows from the seventh digit and the year (the CPR office's own table)."""
    if seventh <= 3:
        return 1900 + two_digits
    if seventh in (4, 9):
        return (2000 if two_digits <= 36 else 1900) + two_digits
    return (2000 if two_digits <= 57 else 1800) + two_digits


@lru_cache(maxsize=65_536)
def birth_date(cpr: str) -> date | None:
    """The day of birth in a CPR number of ten digits; None where there is no such day or it is not ten digits."""
    if len(cpr) != 10 or not (cpr.isascii() and cpr.isdigit()):
        return None
    try:
        return date(_year(int(cpr[4:6]), int(cpr[6])), int(cpr[2:4]), int(cpr[:2]))
    except ValueError:
        return None


def check_digit_fits(cpr: str) -> bool:
    """Whether ten digits pass the modulus 11 check, which not all CPR numbers have done since 2007."""
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, cpr, strict=True)) % 11 == 0


def masked(cpr: str) -> str:
    """A CPR number as it may be shown: its last four characters."""
    return _HIDDEN + cpr[-4:]


def without_cpr(text: str) -> str:
    """``text`` with everything in it that looks like a CPR number masked."""
    return _LOOKS_LIKE_CPR.sub(lambda found: _HIDDEN + found[1], text)
