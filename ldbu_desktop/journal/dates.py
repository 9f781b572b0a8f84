"""Days and ages: which Danish day a moment lies on, how moments follow each other, and ages as people say them."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.clock import danish_time
from ldbu_desktop.journal.model import Moment
from ldbu_desktop.language import Language, filled

DANISH_TIME = danish_time()
_DAYS_A_MONTH = 30.4375
_DAYS_A_YEAR = 365.25


def local(moment: datetime) -> datetime:
    """A point in time on Danish clocks; one without a time zone as it is."""
    if moment.tzinfo is None or moment.tzinfo is DANISH_TIME:
        return moment
    try:
        return moment.astimezone(DANISH_TIME)
    except OverflowError:
        # The first and the last day that there is a date for.
        return moment


def day_of(moment: Moment) -> date:
    """The Danish day of ``moment``."""
    return local(moment).date() if isinstance(moment, datetime) else moment


_MONTHS_OF_YEAR = Text(
    da="jan. feb. mar. apr. maj juni juli aug. sep. okt. nov. dec.",
    en="Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
)
_DAY = Text(da="{day}. {month}", en="{day} {month}")
_CLOCK = Text(da="%H.%M", en="%H:%M")
_AT = Text(da="kl.", en="at")


def month_text(month: int, language: Language) -> str:
    """A month of the year by its number, from 1: ``juli``."""
    return _MONTHS_OF_YEAR[language].split()[month - 1]


def day_text(moment: Moment, language: Language, *, has_year: bool = True) -> str:
    """A day as people write it, in Danish time: ``7. juli 2020`` in Danish, ``7 Jul 2020`` in English."""
    day = day_of(moment)
    text = _DAY[language].format(day=day.day, month=month_text(day.month, language))
    return f"{text} {day.year}" if has_year else text


def clock_text(moment: datetime, language: Language) -> str:
    """A time of day by the clock in Denmark: ``12.45`` in Danish, ``12:45`` in English."""
    return local(moment).strftime(_CLOCK[language])


def moment_text(moment: Moment, language: Language) -> str:
    """A moment as people write it: ``7. juli 2020 kl. 12.45`` in Danish, ``7 Jul 2020 at 12:45`` in English."""
    text = day_text(moment, language)
    if not isinstance(moment, datetime):
        return text
    return f"{text} {_AT[language]} {clock_text(moment, language)}"


def moment_in_both(moment: Moment) -> Text:
    """A moment as people write it, in both languages."""
    return Text(*(moment_text(moment, language) for language in Language))


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


_DAYS = Text(da="{number, plural, one {# dag} other {# dage}}", en="{number, plural, one {# day} other {# days}}")
_WEEKS = Text(da="{number, plural, one {# uge} other {# uger}}", en="{number, plural, one {# week} other {# weeks}}")
_MONTHS = Text(
    da="{number, plural, one {# måned} other {# måneder}}", en="{number, plural, one {# month} other {# months}}"
)
_YEARS = Text(da="{number, plural, one {# år} other {# år}}", en="{number, plural, one {# year} other {# years}}")


def age_text(days: int) -> Text:
    """An age in the unit that people use for it: days, weeks, months or years."""
    if days < 14:
        return _told(_DAYS, days)
    if days < 92:
        return _told(_WEEKS, days // 7)
    if days < 730:
        return _told(_MONTHS, int(days / _DAYS_A_MONTH))
    return _told(_YEARS, int(days / _DAYS_A_YEAR))


@cache  # of each unit there are few
def _told(unit: Text, number: int) -> Text:
    return Text(*(filled(unit[language], {"number": number}, language) for language in Language))
