"""What day and time it is in Denmark, wherever the program runs: a visit of today is never one of tomorrow."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@cache
def danish_time() -> ZoneInfo:
    """Danish time. Zones are read when they are first asked for, which the start of the program need not wait for."""
    from zoneinfo import ZoneInfo

    return ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    """This moment, on Danish clocks."""
    return datetime.now(danish_time())


def today() -> date:
    """The Danish day that it is."""
    return now().date()
