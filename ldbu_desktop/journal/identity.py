"""What a CPR number tells, and what a SOR code looks like."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from operator import mul

_PROVISIONAL = re.compile(r"(\d{6})[ \-–]{0,3}(?=\d*[A-Z])[0-9A-Z]{4}", re.IGNORECASE | re.ASCII)
_PROVISIONAL_DAYS = range(61, 92)
_SOR_CODE = re.compile(r"\d{11,}", re.ASCII)
"""Invariant ``min-digits-sor``."""

_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_WEIGHED_ZEROS = ord("0") * sum(_WEIGHTS)


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
    weighed: int = sum(map(mul, _WEIGHTS, cpr.encode()))
    return (weighed - _WEIGHED_ZEROS) % 11 == 0


def is_provisional(written: str) -> bool:
    """Whether it is a number that stands in for a CPR number: with letters in its serial, or with 60 added to the day.

    Hospitals give the first kind (eCPR) to newborns and foreigners, public authorities the second.
    """
    text = written.strip()
    if _PROVISIONAL.fullmatch(text):
        return birth_date(f"{text[:6]}0000") is not None
    digits = "".join(character for character in text if character not in " -–")
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()) or int(digits[:2]) not in _PROVISIONAL_DAYS:
        return False
    return birth_date(f"{int(digits[:2]) - 60:02}{digits[2:]}") is not None


def is_sor_code(text: str) -> bool:
    """Whether a text has the form of an organisation's SOR code."""
    return _SOR_CODE.fullmatch(text) is not None
