"""Whose number stands where: CPR numbers instead of others, and by how many days each family is moved.

Ages in days stay, since a family's births are moved as its visits are. The numbers can be nobody's, as far as a day has
such: before the check digit was given up those from 9990, after it those that fail it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from itertools import zip_longest
from typing import Final

from ldbu_desktop.journal.identity import birth_date, check_digit_fits, is_provisional
from ldbu_desktop.journal.readings import cpr, cpr_digits
from ldbu_desktop.journal.written_dates import DateForm, days_by_form
from ldbu_desktop.mapping.cpr_forms import cpr_reading
from ldbu_desktop.pseudonyms.day_columns import DayColumn, most_of
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
_DAYS_OF_60 = 60
_NEVER_THERE: Final = "39"
"""No day of a month begins a number so, nor one that stands in for a CPR number."""
_LEAP_DAY: Final = "2902"
_NO_LEAP_YEAR: Final = "21"


class People:
    """The numbers of people and the days by which their families are moved, when all files have been looked through."""

    def __init__(self, secret: Secret, families: Families, choices: Choices, today: date) -> None:
        self.secret, self._families, self._choices, self._today = secret, families, choices, today
        self._latest_year = today.year + 1
        self._read = (cpr_reading(True, today), cpr_reading(False, today))
        self._numbers: dict[str, str] = {}
        self._given: set[str] = set()
        self._short: dict[Token, list[str]] = defaultdict(list)
        self._days: dict[Token, dict[str, DayColumn]] = defaultdict(dict)
        self._day_columns: dict[int, DayColumn] = {}
        self._days_by_family: dict[Token, list[tuple[str, DayColumn]]] | None = None
        self._births: dict[Token, list[date]] | None = None
        self._moves: dict[Token, int] = {}
        self.months_left = 0

    def saw(self, raw: str, token: Token) -> None:
        """Hear how a number is written that has lost the zero that it begins with."""
        digits = cpr_digits(raw)
        if digits is not None and len(digits) == 9:
            self._short[token].append(raw)

    def saw_day(self, raw: str, token: Token, column: DayColumn) -> None:
        """Hear of a day: one that is to come should stay so, and one that can be read in two ways, or in none."""
        column.saw(raw)
        self._day_columns[id(column)] = column
        self._days[token][raw] = column

    def later(self, raw: str, family: Token, column: DayColumn) -> str | None:
        """A day of a column as it is after a family's move; None where it is none."""
        return self._moved(raw, self.move(family), column)

    def _moved(self, raw: str, days: int, column: DayColumn) -> str | None:
        return moved(raw, days, self._form_of(raw, column))

    def _form_of(self, raw: str, column: DayColumn) -> DateForm | None:
        return column.form_of(raw, self._latest_year, self._usual_form)

    @cached_property
    def _usual_form(self) -> DateForm | None:
        """The form in which most days are that can be known."""
        return most_of(form for column in self._day_columns.values() for form in column.forms(self._latest_year))

    def family_of(self, token: Token) -> Token:
        """The family that is named so."""
        return self._families.of(token)

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
        told = self._days_of(family)
        weeks = self._on_their_side(told, weeks)
        able = [days for days in weeks if self._stay_short(family, days)] or weeks
        doubtful = [(raw, column) for raw, column in told if column.is_by_column]
        return min(able, key=lambda days: sum(not self._stays_in_form(raw, days, column) for raw, column in doubtful))

    def _stays_in_form(self, raw: str, days: int, column: DayColumn) -> bool:
        """Whether a day can be read in the same forms after a move: those of a column decide how all are read."""
        return self._forms(raw) == self._forms(self._moved(raw, days, column) or "")

    def _forms(self, raw: str) -> tuple[frozenset[DateForm], int]:
        """The forms in which a text is a day, and how many days it is in them."""
        days = {form: day for form, day in days_by_form(raw, self._latest_year).items() if day is not None}
        return frozenset(days), len(set(days.values()))

    def _days_of(self, family: Token) -> list[tuple[str, DayColumn]]:
        """The days that are told of a family, with their columns."""
        if self._days_by_family is None:
            self._days_by_family = defaultdict(list)
            for token, days in self._days.items():
                self._days_by_family[self._families.of(token)] += days.items()
        return self._days_by_family.get(family, [])

    def _on_their_side(self, told: list[tuple[str, DayColumn]], moves: list[int]) -> list[int]:
        """The moves, forth too, by which what is to come stays so and nothing else becomes it; all where there is none.

        Nothing is moved forth where nothing is to come.
        """
        days = [day for raw, column in told if (day := day_in(raw, self._form_of(raw, column))) is not None]
        to_come = [day for day in days if day > self._today]
        if not to_come:
            return moves
        least = (self._today - min(to_come)).days
        most = (self._today - max((day for day in days if day <= self._today), default=date.min)).days
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
        # Before letters the first of the rest tells which kind of number it is, and is nobody's.
        kind = written[6] if not written[6:].isdigit() else ""
        new = f"{later.day + more:02}{later:%m%y}{kind}{self.secret.like(written)[6 + len(kind) :]}"
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


def _same_month(born: date, days: int) -> bool:
    later = born + timedelta(days)
    return (born.year, born.month) == (later.year, later.month)
