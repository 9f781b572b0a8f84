"""Nights of delivery: what is recorded goes out at night, which runs from noon to noon on Danish clocks.

Source: the guide's examples 2a, 2b, 4a and 4b, and KL's note on correcting errors in KL Gateway (June 2024).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from ldbu_desktop.journal.dates import DANISH_TIME, local

NIGHTS: Final = 2
"""The nights after a visit in which what is mandatory there is waited for; then it is told as missing."""

_NOON = time(12, tzinfo=DANISH_TIME)
_HALF_A_DAY = timedelta(hours=12)


def night_of(moment: datetime) -> date:
    """The night that a moment lies in, by the day at whose noon it begins. Without a time zone it is Danish."""
    return (local(moment).replace(tzinfo=None) - _HALF_A_DAY).date()


def nights_after(day: date, moment: datetime) -> int:
    """In which night after ``day`` a moment lies: 1 is the night that begins then; 0 and below are before that."""
    return (night_of(moment) - day).days + 1


def last_noon(day: date) -> datetime:
    """When the last night ends in which what is mandatory at a visit on ``day`` is waited for, in Danish time.

    Raises :class:`OverflowError` for the last days that there is a date for.
    """
    return datetime.combine(day + timedelta(days=NIGHTS), _NOON)
