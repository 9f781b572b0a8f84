"""A child's growth as values: sex and age, measurements by age, references as lines, and what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.characters import plain
from ldbu_desktop.journal.model import Moment

_TERM = 40 * 7
_PRETERM_BEFORE = 37 * 7
_SHORTEST, _LONGEST = 22 * 7, 45 * 7
"""Days of gestation from the first that children live at, to before the first that no pregnancy lasts."""


class Sex(StrEnum):
    """The sex that a CPR number tells."""

    MALE = "male"
    FEMALE = "female"


class Gestation(Struct, frozen=True):
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


class Age(Struct, frozen=True):
    """An age in days, and ``corrected`` where it is the corrected age that growth is measured by."""

    days: int
    corrected: int | None = None

    @property
    def used(self) -> int:
        """The age in days that growth is measured by; below 0 before term."""
        return self.days if self.corrected is None else self.corrected


DAYS_A_MONTH = 30.4375
"""As WHO counts: a twelfth of 365.25."""


class Measure(StrEnum):
    """What growth is measured by, by WHO's names; a variable of the catalogue says which it is held against.

    The body mass index is worked out and never recorded.
    """

    WEIGHT = "weight-for-age"
    HEIGHT = "height-for-age"
    HEAD = "head-circumference-for-age"
    BMI = "bmi-for-age"


class ReferenceLine(Struct, frozen=True):
    """The sizes at one z-score, at ages in days."""

    z: int
    days: tuple[int, ...]
    sizes: tuple[float, ...]


class UnlikelyKind(StrEnum):
    """How a measurement differs from those beside it.

    ``JUMP``: far from the one before, in less than a year. ``STANDS_OUT``: far from the one before and the one after,
    on the same side of both, while those two agree.
    """

    JUMP = "jump"
    STANDS_OUT = "stands-out"


class UnlikelyChange(Struct, frozen=True):
    """A change that is most likely an entry error: ``before`` is the place in the series of the measurement before."""

    kind: UnlikelyKind
    before: int
    difference: float


class UnplacedReason(StrEnum):
    """Why a measurement is not in the series."""

    UNUSABLE = "unusable"
    """No number with a unit that a size can be made of."""
    UNDATED = "undated"
    BEFORE_BIRTH = "before-birth"


class UnplacedMeasurement(Struct, frozen=True):
    """A measurement that can't be placed, by the keys of its visit and observation; ``label`` is the variable's."""

    visit: str
    record: str
    label: Text
    reason: UnplacedReason


class Point(Struct, frozen=True):
    """One measurement. ``size`` is in the series' unit, ``recorded`` and ``recorded_unit`` are what the visit says.

    ``z`` is None where WHO has no reference (before term, or after its last age). ``record`` is the observation's key;
    a body mass index has its weight's.
    """

    visit: str
    record: str
    moment: Moment
    age: Age
    size: Decimal
    recorded: Decimal
    recorded_unit: str
    z: float | None = None
    is_entry_error: bool = False
    change: UnlikelyChange | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether it is most likely an entry error."""
        return self.is_entry_error or self.change is not None


class ChartedQuantity(NamedTuple):
    """What is drawn over age: a variable that the catalogue says so of, or the body mass index that follows from two.

    ``unit`` is the one that it is drawn in, and ``factors`` turn each unit of the variable into that. ``short`` is what
    it is called where there is little room; ``measure`` is the reference that it is held against, if there is one.
    """

    id: str
    label: Text
    short: Text
    unit: str
    factors: Mapping[str, Decimal]
    measure: Measure | None = None


class Series(Struct, frozen=True):
    """A child's measurements of one kind by age, with the lines of the reference if there is one."""

    charted: ChartedQuantity
    points: tuple[Point, ...]
    lines: tuple[ReferenceLine, ...] = ()


class Growth(Struct, frozen=True, dict=True):
    """All that is known of a child's growth. Without a birthday and sex (from the CPR number) there are no series.

    ``gestation`` is there only where it is one that corrects the age: a child born before week 37.
    """

    child: str
    birth: date | None = None
    sex: Sex | None = None
    gestation: Gestation | None = None
    series: tuple[Series, ...] = ()
    left_out: tuple[UnplacedMeasurement, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Series]:
        """The series by what is measured."""
        return {series.charted.id: series for series in self.series}

    @cached_property
    def doubtful(self) -> tuple[tuple[Series, Point], ...]:
        """The measurements that are most likely entry errors, with their series."""
        return tuple((series, point) for series in self.series for point in series.points if point.is_doubtful)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(series.points for series in self.series)


_WRITTEN = re.compile(
    r"(\d{2})(?: ?(?:uger?|u|weeks?|w)\.?)?"
    r"(?:(?: ?[+/] ?| (?:og |and )?|(?<=[uw]))([0-6])(?: ?(?:dage?|d|days?)\.?)?)?"
)


def gestation_of(text: str) -> Gestation | None:
    """A gestation as people write it: ``34+2``, ``34``, ``34 uger og 2 dage``. None where it is none that can be."""
    written = _WRITTEN.fullmatch(" ".join(plain(text).casefold().split()))
    if written is None:
        return None
    gestation = Gestation(int(written[1]), int(written[2] or 0))
    return gestation if gestation.is_possible else None
