"""Whose number stands where: CPR numbers instead of others, and by how many days each family is moved.

Ages in days stay, since a family's births are moved as its visits are. The numbers can be nobody's, as far as a day has
such: before the check digit was given up those from 9990, after it those that fail it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import zip_longest
from typing import Final

from ldbu_desktop.journal.identity import birth_date, check_digit_fits, is_provisional
from ldbu_desktop.journal.written_dates import DateForm, days_by_form
from ldbu_desktop.mapping.cpr_forms import cpr_reading
from ldbu_desktop.mapping.date_forms import needs_column
from ldbu_desktop.mapping.readings import cpr, cpr_digits
from ldbu_desktop.pseudonyms.days import day_in, moved
from ldbu_desktop.pseudonyms.families import Families, Token
from ldbu_desktop.pseudonyms.model import Choices
from ldbu_desktop.pseudonyms.secret import Secret

CPR: Final = "cpr"
"""The kind of a token that is a CPR number."""

_WEEKS: Final = range(4, 53)
"""A family is moved back by so many weeks: week days stay, and nothing comes to lie in the future."""
_CHECK_DIGIT_UNTIL = date(2007, 10, 1)
_CPR_LIKE = re.compile(r"(?<!\d)(?:\d{6}\s?[-–]?\s?\d{4}|\d{10})(?!\d)")
_BORN = re.compile(r"(?:[0-2]\d|3[01]|[6-9]\d)(?:0[1-9]|1[0-2])\d{2}\s?[-–]?\s?\d{4}")
_ALNUM = re.compile(r"[^\W_]")
_FEW: Final = 50
_LATEST_YEAR: Final = 2099
_DAYS_OF_60 = 60
_NEVER_THERE: Final = "39"
"""No day of a month begins a number so, nor one that stands in for a CPR number."""
_LEAP_DAY: Final = "2902"
_NO_LEAP_YEAR: Final = "21"


class People:
    """The numbers of people and the days by which their families are moved, when all files have been looked through."""

    def __init__(self, secret: Secret, families: Families, choices: Choices, today: date) -> None:
        self.secret, self._families, self._choices, self._today = secret, families, choices, today
        self._read = (cpr_reading(True, today), cpr_reading(False, today))
        self._numbers: dict[str, str] = {}
        self._given: set[str] = set()
        self._short: dict[Token, list[str]] = defaultdict(list)
        self._doubtful: dict[Token, set[str]] = defaultdict(set)
        self._to_come: dict[Token, date] = {}
        self._latest: dict[Token, date] = {}
        self._births: dict[Token, list[date]] | None = None
        self._moves: dict[Token, int] = {}
        self.months_left = 0

    def saw(self, raw: str, token: Token) -> None:
        """Hear how a number is written that has lost the zero that it begins with."""
        digits = cpr_digits(raw)
        if digits is not None and len(digits) == 9:
            self._short[token].append(raw)

    def saw_day(self, raw: str, token: Token, order: DateForm | None = None) -> None:
        """Hear of a day: one that is to come should stay so, and one that can be read in two ways, or in none."""
        day = day_in(raw, order)
        if day is not None and day > self._today:
            self._to_come[token] = min(day, self._to_come.get(token, day))
        elif day is not None:
            self._latest[token] = max(day, self._latest.get(token, day))
        if needs_column(raw) and len(self._doubtful[token]) < _FEW:
            self._doubtful[token].add(raw)

    def move(self, family: Token) -> int:
        """By how many days a family is moved."""
        family = self._families.of(family)
        if family not in self._moves:
            self._moves[family] = self._move(family)
        return self._moves[family]

    def _move(self, family: Token) -> int:
        births = self._births_of(family)
        first = self.secret.number("move", "|".join(family), len(_WEEKS))
        weeks = [-7 * _WEEKS[(first + more) % len(_WEEKS)] for more in range(len(_WEEKS))]
        if self._choices.birth_month:
            near = [days for days in range(-27, 28) if days]
            begin = self.secret.number("day", "|".join(family), len(near))
            within = [days for days in (*near[begin:], *near[:begin]) if all(_same_month(one, days) for one in births)]
            if not within:
                self.months_left += 1
            weeks = within or weeks
        doubtful = {raw for token, days in self._doubtful.items() if self._families.of(token) == family for raw in days}
        weeks = self._on_their_side(family, weeks)
        able = [days for days in weeks if self._stay_short(family, days)] or weeks
        return min(able, key=lambda days: sum(_forms(raw) != _forms(moved(raw, days) or "") for raw in doubtful))

    def _on_their_side(self, family: Token, moves: list[int]) -> list[int]:
        """The moves, forth too, by which what is to come stays so and nothing else becomes it; all where there is none.

        Nothing is moved forth where nothing is to come.
        """
        to_come, latest = (
            [day for token, day in days.items() if self._families.of(token) == family]
            for days in (self._to_come, self._latest)
        )
        if not to_come:
            return moves
        least = (self._today - min(to_come)).days
        most = (self._today - max(latest, default=date.min)).days
        return [days for days in (*moves, *(-days for days in moves)) if least < days <= most] or moves

    def _births_of(self, family: Token) -> list[date]:
        if self._births is None:
            self._births = defaultdict(list)
            for top, text in self._families.all_of(CPR):
                if (born := birth_date(text)) is not None:
                    self._births[top].append(born)
        return self._births.get(family, [])

    def _stay_short(self, family: Token, days: int) -> bool:
        """Whether all numbers that lost their zero can lose it after a move too, and are read as they were."""
        for token, raws in self._short.items():
            if self._families.of(token) != family:
                continue
            for raw in raws:
                whole = cpr(raw)
                born = birth_date(whole) if whole is not None else None
                if born is None or whole is None:
                    continue
                later = born + timedelta(days)
                new = f"{later:%d%m%y}{whole[6:]}"
                if not new.startswith("0") or new[1] == "0":
                    return False
                written = _formed(raw, new)
                if any((read(raw) is None) != (read(written) is None) for read in self._read):
                    return False
        return True

    # --- numbers

    def number(self, raw: str, family: Token | None = None) -> str:
        """What stands instead of a CPR number, in the form in which it is written; a faulty one stays as faulty."""
        whole = cpr(raw)
        if is_provisional(raw):
            return self._provisional(raw, family)
        if whole is None:
            return self._faulty(raw)
        return _formed(raw, self._number(whole))

    def without_numbers(self, text: str) -> str:
        """A text in which every CPR number is another's."""
        return _CPR_LIKE.sub(lambda found: self.number(found[0]), text)

    def within_key(self, text: str) -> str:
        """A key with other numbers where numbers of people are, and other characters around them."""
        parts = _CPR_LIKE.split(text)
        numbers = [self.number(found) for found in _CPR_LIKE.findall(text)]
        return "".join(self.secret.like(part) + number for part, number in zip_longest(parts, numbers, fillvalue=""))

    @staticmethod
    def is_like_number(text: str) -> bool:
        """Whether somebody's number may stand in a text."""
        return _CPR_LIKE.search(text) is not None

    @staticmethod
    def is_born(text: str) -> bool:
        """Whether a text of ten digits may be the number of somebody."""
        return _BORN.fullmatch(text.strip()) is not None

    def _number(self, whole: str) -> str:
        if whole not in self._numbers:
            made = self._made(whole)
            self._given.add(made)
            self._numbers[whole] = made
        return self._numbers[whole]

    def _made(self, whole: str) -> str:
        born = birth_date(whole)
        if born is None:
            # A day that its month has in other years; any other is none that the official pattern takes.
            is_leap_day = whole.startswith(_LEAP_DAY)
            head = f"{_LEAP_DAY}{_NO_LEAP_YEAR}" if is_leap_day else f"{_NEVER_THERE}99{self.secret.digits(whole, 2)}"
            return head + self.secret.digits(f"serial|{whole}", 4)
        later = born + timedelta(self.move((CPR, whole)))
        is_odd = int(whole[-1]) % 2 if self._choices.sex else self.secret.number("sex", whole, 2)
        taken = (number for number in self._candidates(whole, born, later, is_odd) if number not in self._given)
        return next(taken, f"{later:%d%m%y}{9000 + is_odd + 2 * self.secret.number('serial', whole, 499):04}")

    def _candidates(self, whole: str, born: date, later: date, is_odd: int) -> Iterator[str]:
        """The numbers of a day that are as right as ``whole`` is: first those that can be nobody's."""
        is_hinted = born < _CHECK_DIGIT_UNTIL and whole[6:9] != "999" and not check_digit_fits(whole)
        head = f"{later:%d%m%y}"
        begin = 2 * self.secret.number("serial", whole, 5000)
        serials = [f"{serial:04}" for first in range(9, -1, -1) if _is_century(head, first, later)
                   for serial in range(1000 * first + is_odd, 1000 * first + 1000, 2)]  # fmt: skip
        top = [head + serial for serial in serials[:500]]
        top = [*top[begin % 500 :], *top[: begin % 500]]
        if is_hinted or later >= _CHECK_DIGIT_UNTIL:
            yield from (one for one in top if not check_digit_fits(one) and one[6:9] != "999")
        yield from (head + serial for serial in serials if serial.startswith("999"))
        yield from (one for one in (*top, *(head + serial for serial in serials[500:])) if check_digit_fits(one))

    def _provisional(self, raw: str, family: Token | None) -> str:
        """A number that stands in for a CPR number: its day moved, the rest others of the same kind."""
        signs = [at for at, each in enumerate(raw) if _ALNUM.match(each)]
        written = "".join(raw[at] for at in signs)
        day = int(written[:2])
        more = _DAYS_OF_60 if day > _DAYS_OF_60 else 0
        born = birth_date(f"{day - more:02}{written[2:6]}0000") or date(2000, 1, 1)
        later = born + timedelta(self.move(family or (CPR, written)))
        new = f"{later.day + more:02}{later:%m%y}{self.secret.like(f'{written}')[6:]}"
        return _put(raw, signs, new)

    def _faulty(self, raw: str) -> str:
        """As many digits, letters and signs, which are no number either."""
        new = self.secret.like(raw)
        signs = [at for at, each in enumerate(raw) if each.isdigit()]
        return _put(new, signs[:2], _NEVER_THERE) if len(signs) > 1 else new


def _formed(raw: str, number: str) -> str:
    """A number as ``raw`` is written: with its hyphen and spaces, and without its zero where that had none."""
    signs = [at for at, each in enumerate(raw) if each.isdigit()]
    if len(signs) >= 11 and raw.strip()[-2:] in (".0", ",0"):
        signs = signs[:-1]
    return _put(raw, signs, number[-len(signs) :]) if len(signs) in (9, 10) and len(number) == 10 else number


def _is_century(head: str, seventh: int, born: date) -> bool:
    """Whether the seventh digit of a number makes its first six that day of birth."""
    return birth_date(f"{head}{seventh}000") == born


def _put(raw: str, places: list[int], characters: str) -> str:
    text = list(raw)
    for at, character in zip(places, characters, strict=False):
        text[at] = character
    return "".join(text)


def _forms(raw: str) -> frozenset[DateForm]:
    """The forms in which a text is a day."""
    return frozenset(form for form, day in days_by_form(raw, _LATEST_YEAR).items() if day is not None)


def _same_month(born: date, days: int) -> bool:
    later = born + timedelta(days)
    return (born.year, born.month) == (later.year, later.month)
