"""Days and ages: which Danish day a moment lies on, how moments follow each other, and ages as people say them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from ldbu_desktop.journal.model import Moment
from ldbu_desktop.language import Text

_DANISH_TIME = ZoneInfo("Europe/Copenhagen")
_DAYS_A_MONTH = 30.4375
_DAYS_A_YEAR = 365.25


def day_of(moment: Moment) -> date:
    """The Danish day of ``moment``."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None or moment.tzinfo is _DANISH_TIME:
        return moment.date()
    try:
        return moment.astimezone(_DANISH_TIME).date()
    except OverflowError:
        # The first and the last day that there is a date for.
        return moment.date()


def is_before(first: Moment, second: Moment) -> bool:
    """Whether ``first`` surely lies before ``second``; a day and a time on the same day can't be told apart."""
    if isinstance(first, datetime) and isinstance(second, datetime):
        if (first.tzinfo is None) == (second.tzinfo is None):
            return first < second
        return first.replace(tzinfo=None) < second.replace(tzinfo=None)
    return day_of(first) < day_of(second)


def can_not_be_ordered(first: Moment, second: Moment) -> bool:
    """Whether one is a day and the other a time on the same day: FHIR's comparison then has no answer."""
    return isinstance(first, datetime) != isinstance(second, datetime) and day_of(first) == day_of(second)


def age_text(days: int) -> Text:
    """An age in the unit that people use for it: days, weeks, months or years."""
    if days < 14:
        return Text(da=f"{days} dage" if days != 1 else "1 dag", en=f"{days} days" if days != 1 else "1 day")
    if days < 92:
        return Text(da=f"{days // 7} uger", en=f"{days // 7} weeks")
    if days < 730:
        return Text(da=f"{int(days / _DAYS_A_MONTH)} måneder", en=f"{int(days / _DAYS_A_MONTH)} months")
    return Text(da=f"{int(days / _DAYS_A_YEAR)} år", en=f"{int(days / _DAYS_A_YEAR)} years")
