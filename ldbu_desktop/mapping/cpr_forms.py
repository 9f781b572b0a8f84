"""CPR numbers of nine digits: a spreadsheet takes the zero away that a number begins with.

Any digit may have been lost, so the zero is put back only where that gives a person who can be meant, and no other
digit does; and not in a column in which other numbers have kept theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ldbu_desktop.journal import readings
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.journal.readings import CellReader, cpr_digits

_YEARS_OF_A_CHILD = range(31)
"""How long ago a child of a journal was born: exports hold those who have left school too."""
_YEARS_OF_A_PARENT = range(12, 91)
_DAYS_A_YEAR = 365.25
_SERIALS = ("0", "4", "5", "9")
"""A seventh digit of every row of the CPR office's table of centuries."""


def cpr_reading(is_child: bool, today: date) -> CellReader:
    """How the CPR number of a child or a parent is read."""
    ages = _YEARS_OF_A_CHILD if is_child else _YEARS_OF_A_PARENT

    def read(raw: str) -> str | None:
        number = readings.cpr(raw)
        if number is None or number == raw or len(cpr_digits(raw) or "") == len(number):
            return number
        return number if _is_one_person(number, ages, today, is_marked=_has_mark(raw)) else None

    return read


def _has_mark(raw: str) -> bool:
    """Whether something stands before the last four digits, so that none of those was lost."""
    return not raw.strip()[:-4].isdigit()


def _is_one_person(restored: str, ages: range, today: date, *, is_marked: bool) -> bool:
    if not _can_be_born(restored, ages, today):
        return False
    others = [] if is_marked else [f"{restored[1:7]}{serial}000" for serial in _SERIALS]
    return not any(_can_be_born(other, ages, today) for other in others)


def _can_be_born(cpr: str, ages: range, today: date) -> bool:
    born = birth_date(cpr)
    return born is not None and born <= today and int((today - born).days / _DAYS_A_YEAR) in ages


def lost_in_column(texts: Iterable[str]) -> dict[str, None]:
    """The numbers of nine digits in a column in which others have kept the zero that they begin with."""
    digits = {text: found for text in texts if (found := cpr_digits(text)) is not None}
    kept = {found for found in digits.values() if len(found) == 10 and found.startswith("0")}
    return {text: None for text, found in digits.items() if len(found) == 9 and kept and f"0{found}" not in kept}
