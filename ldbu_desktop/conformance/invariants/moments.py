"""Which of two moments or quantities comes first, as FHIRPath compares them: nothing where it can't be said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from ldbu_desktop.conformance.reading.primitives import text_of

_MOMENT: Final = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2})"
    r"(T(?P<hour>\d{2}):(?P<minute>\d{2})(:(?P<second>\d{2}(\.\d+)?))?(?P<zone>Z|[+-]\d{2}:\d{2})?)?)?)?"
)
_SAFE_YEAR: Final = 2000
_CYCLE: Final = 400
"""Years after which the calendar repeats: moments are moved in a year like theirs, far from the first and the last."""
_PARTS: Final = ("year", "month", "day", "hour", "minute", "second")


def at_most(first: str, second: str) -> bool | None:
    """Whether ``first`` is not after ``second``; None where their precision leaves it open or one can't be read."""
    one, two = _MOMENT.fullmatch(first), _MOMENT.fullmatch(second)
    if one is None or two is None:
        return None
    try:
        a, b = _parts(one), _parts(two)
    except ValueError:
        return None
    if (one["zone"] is None) != (two["zone"] is None) and one["hour"] and two["hour"]:
        return None
    for x, y in zip(a, b, strict=False):
        if x != y:
            return x < y
    return None if len(a) != len(b) else True


def _parts(matched: re.Match[str]) -> list[Decimal]:
    """The parts from year on, moved to UTC where there is a zone."""
    texts = [matched[name] for name in _PARTS if matched[name] is not None]
    if matched["zone"] is None or matched["zone"] == "Z":
        return [Decimal(text) for text in texts]
    offset = timedelta(hours=int(matched["zone"][1:3]), minutes=int(matched["zone"][4:6]))
    year, month, day, hour, minute = (int(text) for text in texts[:5])
    within = _SAFE_YEAR + year % _CYCLE
    moment = datetime(within, month, day, hour, minute, tzinfo=UTC)
    moment = moment + offset if matched["zone"][0] == "-" else moment - offset
    moved = [moment.year + year - within, moment.month, moment.day, moment.hour, moment.minute]
    return [*map(Decimal, moved), *(Decimal(text) for text in texts[5:])]


def quantity_at_most(low: Mapping[str, Any], high: Mapping[str, Any]) -> bool | None:
    """Whether ``low`` is not more than ``high``; None where units differ or a value is missing."""
    if any(low.get(name) != high.get(name) for name in ("system", "code", "unit")):
        return None
    try:
        return Decimal(text_of(low["value"])) <= Decimal(text_of(high["value"]))
    except (KeyError, InvalidOperation):
        return None
