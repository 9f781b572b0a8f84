"""What growth is measured against of a child: sex, age, and the age corrected for being born before term."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_TERM = 40 * 7
_PRETERM_BEFORE = 37 * 7
_SHORTEST, _LONGEST = 22 * 7, 45 * 7
"""Days of gestation from the first that children live at, to before the first that no pregnancy lasts."""

CORRECTED_BEFORE = 731
"""Days of age from which the age is no longer corrected: two years."""

_WRITTEN = re.compile(r"(\d{2})(?:[\s+/]+([0-6]))?")


class Sex(StrEnum):
    """The sex that a CPR number tells."""

    MALE = "male"
    FEMALE = "female"


def sex_of(cpr: str) -> Sex | None:
    """The sex in a CPR number of ten digits: odd at the end is male. None where it is not ten digits."""
    if len(cpr) != 10 or not (cpr.isascii() and cpr.isdigit()):
        return None
    return Sex.MALE if int(cpr[-1]) % 2 else Sex.FEMALE


@dataclass(frozen=True, slots=True)
class Gestation:
    """How old a pregnancy was at birth, in whole weeks and days beyond them."""

    weeks: int
    days: int = 0

    @property
    def is_possible(self) -> bool:
        """Whether a living child can have been born so; what is typed may be anything."""
        return 0 <= self.days < 7 and _SHORTEST <= 7 * self.weeks + self.days < _LONGEST

    @property
    def early_days(self) -> int:
        """By how many days the child was born before term; 0 for a child born in week 37 or later."""
        total = 7 * self.weeks + self.days
        return _TERM - total if self.is_possible and total < _PRETERM_BEFORE else 0

    def __str__(self) -> str:
        return f"{self.weeks}+{self.days}"


def gestation_of(text: str) -> Gestation | None:
    """A gestation as people write it: ``34+2``, ``34 2`` or ``34``. None where it is none that can be."""
    written = _WRITTEN.fullmatch(text.strip())
    if written is None:
        return None
    gestation = Gestation(int(written[1]), int(written[2] or 0))
    return gestation if gestation.is_possible else None


@dataclass(frozen=True, slots=True)
class Age:
    """An age in days, and ``corrected`` where it is the corrected age that growth is measured by."""

    days: int
    corrected: int | None = None

    @property
    def used(self) -> int:
        """The age in days that growth is measured by; below 0 before term."""
        return self.days if self.corrected is None else self.corrected


def age_at(birth: date, day: date, gestation: Gestation | None = None) -> Age:
    """The age on a day, corrected for a child born before week 37 until it is two years old."""
    days = (day - birth).days
    early = gestation.early_days if gestation is not None else 0
    return Age(days, days - early if early and days < CORRECTED_BEFORE else None)
