"""The form of a column of numbers: whether a mark before three digits parts thousands or decimals.

``5.250`` is five thousand to one reader and five and a quarter to another. Numbers of the column that can be read in
one way only tell its marks; where there are none, several of the kind do whose values can be in one reading only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from ldbu_desktop.journal.readings import number_body, number_marks

_TWO_READINGS = re.compile(r"([1-9]\d{0,2})([.,])(\d{3})")
_FEWEST_OF_A_KIND = 2
_OTHER = {".": ",", ",": "."}


class ValueLimits(Struct, frozen=True):
    """What a value lies within in its unit, if anything is known of it."""

    low: Decimal
    high: Decimal

    def hold(self, number: Decimal) -> bool:
        """Whether a number lies within."""
        return self.low <= number <= self.high


def has_two_readings(raw: str) -> bool:
    """Whether a text is a number with one mark, before three digits."""
    body = number_body(raw)
    return body is not None and _TWO_READINGS.fullmatch(body.lstrip("+-")) is not None


def has_decimal_commas(texts: Iterable[str]) -> bool:
    """Whether a comma stands before three digits, which a Dane reads as decimals."""
    return any(has_two_readings(text) and "," in text for text in texts)


def read_by_column(texts: Iterable[str], limits: ValueLimits | None) -> dict[str, Decimal]:
    """The numbers among ``texts``, all of one unit, that the others tell the reading of."""
    doubtful: dict[str, re.Match[str]] = {}
    decimal: set[str] = set()
    thousands: set[str] = set()
    for text in texts:
        body = (number_body(text) or "").lstrip("+-")
        if parts := _TWO_READINGS.fullmatch(body):
            doubtful[text] = parts
        else:
            of_thousands, of_decimals = number_marks(body)
            thousands |= of_thousands
            decimal |= of_decimals
    read: dict[str, Decimal] = {}
    for mark in _OTHER:
        of_mark = {text: parts for text, parts in doubtful.items() if parts[2] == mark}
        is_thousands = mark in thousands or _OTHER[mark] in decimal
        is_decimal = mark in decimal or _OTHER[mark] in thousands
        read |= _by_marks(of_mark, is_thousands, is_decimal, limits)
    return read


def other_marks(texts: Iterable[str]) -> Mapping[str, str]:
    """Those of ``texts`` with another decimal sign than most of a column have, each with the sign that most have.

    Where as many have the one as the other, the comma is the column's, as Danes write it.
    """
    marked: dict[str, set[str]] = {mark: set() for mark in _OTHER}
    for text in texts:
        for mark in number_marks((number_body(text) or "").lstrip("+-"))[1]:
            marked[mark].add(text)
    most = "." if len(marked["."]) > len(marked[","]) else ","
    return dict.fromkeys(sorted(marked[_OTHER[most]]), most) if marked[most] else {}


def _by_marks(
    doubtful: Mapping[str, re.Match[str]], is_thousands: bool, is_decimal: bool, limits: ValueLimits | None
) -> dict[str, Decimal]:
    whole = {text: _signed(text, parts[1] + parts[3]) for text, parts in doubtful.items()}
    broken = {text: _signed(text, f"{parts[1]}.{parts[3]}") for text, parts in doubtful.items()}
    can_be_whole = not is_decimal and (limits is None or all(map(limits.hold, whole.values())))
    can_be_broken = not is_thousands and (limits is None or all(map(limits.hold, broken.values())))
    is_told = is_thousands != is_decimal or (len(doubtful) >= _FEWEST_OF_A_KIND and limits is not None)
    if not is_told or can_be_whole == can_be_broken:
        return {}
    return whole if can_be_whole else broken


def _signed(text: str, digits: str) -> Decimal:
    return Decimal(f"-{digits}" if text.lstrip().startswith("-") else digits)
