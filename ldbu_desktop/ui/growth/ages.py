"""The axis of age: how far it goes, and where its marks stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ldbu_desktop.growth.model import DAYS_A_MONTH, Point

DAYS_A_YEAR = 12 * DAYS_A_MONTH
_MARGIN = 1.03


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of age that the chart can show, by its last year."""

    years: int

    @property
    def last_day(self) -> int:
        """The age in days at which it ends."""
        return round(self.years * DAYS_A_YEAR)


SPANS = (Span(1), Span(2), Span(5), Span(19))

_IN_MONTHS = 36
"""How many months may be counted in months."""

_STEPS = (1, 2, 3, 6, 12, 24, 60)
"""How many months may lie between two marks."""


def fitting(points: Sequence[Point]) -> Span:
    """The shortest span that holds all points; the first year where there are none."""
    last = max((point.age.used for point in points), default=0)
    return next((span for span in SPANS if last <= span.last_day), SPANS[-1])


def ends(points: Sequence[Point], span: Span) -> tuple[float, float]:
    """The first and last day that the chart shows: from birth, or before term where a point lies there."""
    first = min((0, *(point.age.used for point in points)))
    room = (span.last_day - first) * (_MARGIN - 1)
    return first - room, span.last_day + room


def marks(first: float, last: float, room: float) -> tuple[list[tuple[float, str]], bool]:
    """Marks between two days, at most ``room`` of them, and whether they are counted in years instead of months."""
    months = (last - first) / DAYS_A_MONTH
    steps = [step for step in _STEPS if step >= 12 or months < _IN_MONTHS]
    step = next((step for step in steps if months / step <= room), steps[-1])
    in_years = step >= 12
    start = -(-int(first / DAYS_A_MONTH) // step) * step
    counted = range(start, int(last / DAYS_A_MONTH) + 1, step)
    told = [(month * DAYS_A_MONTH, str(month // 12 if in_years else month).replace("-", "−")) for month in counted]
    return told, in_years
