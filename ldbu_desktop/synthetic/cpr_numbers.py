"""CPR numbers that can't be anybody's, each given once.

Of those born before the check digit was given up in October 2007 the serials from 9990 are test numbers, made without
a check digit. Of those born later, serials from 9000 that fail the check digit: such numbers are given only where a
day has no others left, and no day of these years has.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ldbu_desktop.growth.model import Sex
from ldbu_desktop.journal.identity import check_digit_fits

_NO_CHECK_DIGIT_FROM = date(2007, 10, 1)
_OLDEST_DAYS = 25 * 365
"""How much older than asked for somebody may become where all numbers of a day are given."""

_DAY = timedelta(1)


def _serials(day: date, sex: Sex) -> range:
    """The serials of a day of birth and sex among which those are that can be nobody's."""
    first = 9001 if sex is Sex.MALE else 9000
    return range(first + 990, 10_000, 2) if day < _NO_CHECK_DIGIT_FROM else range(first, 9990, 2)


def numbers_of(day: date, sex: Sex, given: int = 0) -> Iterator[tuple[int, str]]:
    """The CPR numbers of a day of birth and sex that can be nobody's, each with how many serials are used up with it;
    ``given`` are used up already."""
    is_checked = day >= _NO_CHECK_DIGIT_FROM
    for used, serial in enumerate(_serials(day, sex)[given:], given + 1):
        cpr = f"{day:%d%m%y}{serial}"
        if not (is_checked and check_digit_fits(cpr)):
            yield used, cpr


class CprNumbers:
    """Gives numbers one after another; what it keeps grows with the days of birth, not with the people.

    Where a day has none left, somebody is born on the nearest day before that has. Only when 25 years of days are used
    up do numbers come again.
    """

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self._taken = taken
        self._used: dict[tuple[date, Sex], int] = {}
        self._next: dict[tuple[date, Sex], date] = {}

    def next(self, day: date, sex: Sex) -> tuple[date, str]:
        """A day of birth and a number: those of ``day``, or of the nearest day before it that has one left."""
        earliest = day - timedelta(_OLDEST_DAYS)
        at = self._free(day, sex)
        while at > earliest:
            for used, cpr in numbers_of(at, sex, self._used.get((at, sex), 0)):
                self._used[at, sex] = used
                if cpr not in self._taken:
                    return at, cpr
            self._next[at, sex] = at - _DAY
            at = self._free(at, sex)
        return day, next(cpr for _, cpr in numbers_of(day, sex) if cpr not in self._taken)

    def _free(self, day: date, sex: Sex) -> date:
        """The nearest day from ``day`` backwards that may have a number left; the way there is shortened for later."""
        way = []
        while (day, sex) in self._next:
            way.append(day)
            day = self._next[day, sex]
        for passed in way:
            self._next[passed, sex] = day
        return day
