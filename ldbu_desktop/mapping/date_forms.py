"""The form of a column of dates, decided from all that stands in it.

Most texts mean one day whatever stands beside them. Where a text can mean two, those of the column decide that mean
one only; where they do not, none is read. A form holds against single cells that do not follow it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct, field

from ldbu_desktop.journal.model import Moment
from ldbu_desktop.journal.readings import CellReader, moment
from ldbu_desktop.journal.written_dates import TURNED_ROUND, DateForm, date_part, days_by_form, telling_part

_PLAIN = re.compile(r"\s*(?:\d{1,2}([-.])\d{1,2}\1\d{4}|\d{4}([-/.])\d{1,2}\2\d)(?!\d{3})")
"""Day first with hyphens or dots as Danes write it, or year first: these are doubted only where the column does."""

_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_DAYS_TO_1904 = 1462
"""Days between the two beginnings from which spreadsheets count."""

_HOLDS_AGAINST = 10
"""A form stays possible when so many times more texts have it alone than do not have it."""

Days = dict[DateForm, date]


class _Votes(Struct):
    """How many texts of a column have a form alone, and how many do not have it that by their marks could."""

    alone: Counter[DateForm] = field(default_factory=Counter)
    against: Counter[DateForm] = field(default_factory=Counter)

    def add(self, days: Mapping[DateForm, date | None], texts: int = 1) -> None:
        able = [form for form, day in days.items() if day is not None]
        if len(able) == 1:
            self.alone[able[0]] += texts
        if able:
            for form in days.keys() - able:
                self.against[form] += texts

    def may_be(self, form: DateForm) -> bool:
        """Whether the column can have a form."""
        return self.against[form] * _HOLDS_AGAINST <= self.alone[form]


def needs_column(text: str) -> bool:
    """Whether a text has to be seen beside the others of its column, also where it can be read by itself."""
    return not _PLAIN.match(text)


def is_serial(text: str) -> bool:
    """Whether a text is a spreadsheet's number of a day, with the time of day as a part of one or without."""
    return _SERIAL.fullmatch(text.strip()) is not None


def from_1904(read: CellReader) -> CellReader:
    """A reading of dates in a workbook whose days are counted from 1904, as those of old Macs are."""

    def reading(raw: str) -> object:
        if not is_serial(raw):
            return read(raw)
        days, mark, fraction = raw.strip().partition(".")
        return read(f"{int(days) + _DAYS_TO_1904}{mark}{fraction}")

    return reading


def read_by_column(texts: Iterable[str], latest_year: int) -> dict[str, Moment | None]:
    """What those texts of a column mean that begin with a date in figures; None where it can't be known."""
    known = {text: days for text in texts if (days := days_by_form(text, latest_year))}
    for form in TURNED_ROUND:
        if not any(_only_form(days) is form for days in known.values()):
            for text, days in known.items():
                if form is DateForm.YEAR_DAY_MONTH or "/" not in date_part(text):
                    days.pop(form, None)
    votes = {True: _Votes(), False: _Votes()}
    for text, days in known.items():
        votes[_is_number(text)].add(days)
    return {text: _read(text, able, votes[_is_number(text)]) for text, days in known.items() if (able := _able(days))}


def in_order(order: DateForm, latest_year: int) -> CellReader:
    """A reading of dates in the one order that somebody says they have: a text without such a day has none."""

    def reading(raw: str) -> object:
        days = days_by_form(raw, latest_year)
        if not days or order is DateForm.SERIAL:
            return moment(raw)
        day = days.get(order)
        return moment(f"{day:%d-%m-%Y}{raw.strip()[len(date_part(raw)) :]}") if day is not None else None

    return reading


def order_of(texts: Iterable[str], latest_year: int) -> DateForm | None:
    """The one order that nearly all dates of a column have; None where it has none or several."""
    votes = _Votes()
    for part, count in Counter(map(telling_part, texts)).items():
        votes.add(days_by_form(part, latest_year), count)
    forms = [form for form in DateForm if votes.alone[form] and votes.may_be(form)]
    return forms[0] if len(forms) == 1 else None


def _able(days: Mapping[DateForm, date | None]) -> Days:
    return {form: day for form, day in days.items() if day is not None}


def _only_form(days: Mapping[DateForm, date | None]) -> DateForm | None:
    able = _able(days)
    return next(iter(able)) if len(able) == 1 else None


def _is_number(text: str) -> bool:
    return date_part(text).isdigit()


def _read(text: str, able: Days, votes: _Votes) -> Moment | None:
    """The one day that the column leaves possible; a date with marks that means one day only needs no column.

    ``5/5/2020`` is one day whichever way it is read, and so are six digits that mean the same in two forms.
    """
    forms = [form for form in able if votes.may_be(form)]
    if len(set(able.values())) == 1 and (len(able) > 1 or not _is_number(text)):
        forms = list(able)
    days = {able[form] for form in forms}
    if len(days) != 1 or TURNED_ROUND.issuperset(forms):
        return None
    if forms == [DateForm.SERIAL]:
        return moment(text)
    written = text.strip()
    return moment(f"{days.pop():%d-%m-%Y}{written[len(date_part(written)) :]}")
