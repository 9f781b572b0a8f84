"""What growth is measured against of a child: sex, age, and the age corrected for being born before term."""

from __future__ import annotations

from datetime import date

from ldbu_desktop.growth.model import Age, Gestation, Sex

CORRECTED_BEFORE = 731
"""Days of age from which the age is no longer corrected: two years."""


def sex_of(cpr: str) -> Sex | None:
    """The sex in a CPR number of ten digits: odd at the end is male. None where it is not ten digits."""
    if len(cpr) != 10 or not (cpr.isascii() and cpr.isdigit()):
        return None
    return Sex.MALE if int(cpr[-1]) % 2 else Sex.FEMALE


def age_at(birth: date, day: date, gestation: Gestation | None = None) -> Age:
    """The age on a day, corrected for a child born before week 37 until it is two years old."""
    days = (day - birth).days
    early = gestation.early_days if gestation is not None else 0
    return Age(days, days - early if early and days < CORRECTED_BEFORE else None)
