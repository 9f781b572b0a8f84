"""Faults in the rows of an export: the example of a code, about people of its own and on days of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.findings.examples import Example, RowChange, Sheets, example_by_code, example_sheets, shipped_examples
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.growth.child import sex_of
from ldbu_desktop.journal.identity import birth_date, check_digit_fits
from ldbu_desktop.synthetic.cpr_numbers import CprNumbers
from ldbu_desktop.synthetic.dice import Dice
from ldbu_desktop.synthetic.faults.model import CellPlace, Planted

_KEYS = frozenset(
    ("borger_id", "barn", "kontakt_id", "observation_id", "fund_id", "indsats_id", "besvarelse_id", "udløst_af")
)
"""The columns of our long shape that hold keys."""

_CPR, _OBSERVATIONS = "cpr", "Observationer"
_DAY = re.compile(r"\d\d-\d\d-\d{4}(?: \d\d:\d\d)?")
_TEST_SERIAL = "999"
_WEEKS = 52


def codes_of_tables() -> frozenset[str]:
    """The codes that rows of an export can be made to give."""
    return frozenset(code for code, example in example_by_code().items() if example.is_tabular)


def codes_of_values() -> tuple[str, ...]:
    """The codes of faults in what values say: who mends them finds each where it stands, or adds what is not there.

    Not those of rows too many, of rows that belong elsewhere, and of what is only told.
    """
    return tuple(
        code
        for code, example in example_by_code().items()
        if example.is_tabular
        and finding_types()[code].severity is not Severity.INFO
        and all(_is_of_value(change) for change in example.rows)
    )


def _is_of_value(change: RowChange) -> bool:
    is_said_elsewhere = bool(change.column) and change.column not in _KEYS
    is_left_out = not change.column and not change.row and change.sheet == _OBSERVATIONS
    return is_said_elsewhere or is_left_out


class CasePair(NamedTuple):
    """The rows of a case with the fault, and without it: the same people on the same days."""

    faulty: Sheets
    clean: Sheets


def case_pair(code: str, name: str, seed: int, on: date, numbers: CprNumbers) -> CasePair:
    """The fault of a code about people whose keys begin with ``name``, and nothing else tells which it is."""
    example = example_by_code()[code]
    case = _Case(name, _shift(example, seed, on, name), numbers)
    faulty, clean = (
        {name: [rows[0], *([*case.row(rows[0], row).values()] for row in rows[1:])] for name, rows in sheets.items()}
        for sheets in (example_sheets(example), example_sheets())
    )
    return CasePair(faulty, clean)


def _shift(example: Example, seed: int, on: date, name: str) -> timedelta:
    """How far the days of a case lie from the example's; one that looks into the future stays where it is."""
    today = shipped_examples().today
    texts = [text for change in example.rows for text in (change.value, *change.row.values()) if _DAY.fullmatch(text)]
    if any((day := _day_in(text)) is not None and day.date() > today for text in texts):
        return timedelta(0)
    return on - today - timedelta(weeks=Dice(seed, "case", name).between(0, _WEEKS))


class TableCases:
    """Gathers cases in one export: the rows of each sheet by their headings, and where the faults in them are."""

    def __init__(self, seed: int, on: date, numbers: CprNumbers) -> None:
        self._seed = seed
        self._on = on
        self._numbers = numbers
        self.rows: dict[str, list[dict[str, str]]] = {name: [] for name in shipped_examples().sheets}
        self.planted: list[Planted] = []

    def add(self, code: str) -> None:
        """Plant the fault of a code."""
        example = example_by_code()[code]
        case = _Case(f"{code}-{len(self.planted) + 1}", _shift(example, self._seed, self._on, code), self._numbers)
        touched: list[CellPlace] = []
        rows: dict[str, tuple[int, int]] = {}
        clean = example_sheets()
        for name, (headers, *told) in example_sheets(example).items():
            known = [tuple(row) for row in clean[name][1:]]
            start = len(self.rows[name]) + 2
            for number, row in enumerate(told, start):
                if tuple(row) in known:
                    known.remove(tuple(row))
                    continue
                before = min(known, key=lambda one: _unlike(one, row), default=())
                is_changed = before != () and before[0] == row[0]
                columns = [header for header, *both in zip(headers, row, before, strict=False) if both[0] != both[1]]
                touched += [CellPlace(name, number, column) for column in (columns if is_changed else [""])]
            rows[name] = (start, start + len(told) - 1)
            self.rows[name] += [case.row(headers, row) for row in told]
        self.planted.append(Planted(code, cells=tuple(touched), rows=rows, also=tuple(example.also)))


class _Case:
    """One case: keys, CPR numbers and days that no other has."""

    def __init__(self, name: str, shift: timedelta, numbers: CprNumbers) -> None:
        self._name = name
        self._shift = shift
        self._numbers = numbers
        self._given: dict[str, str] = {}

    def row(self, headers: Sequence[str], row: Sequence[str]) -> dict[str, str]:
        """A row of the example as it is in this case, by the headings."""
        return {header: self._cell(header, text) for header, text in zip(headers, row, strict=True)}

    def _cell(self, header: str, text: str) -> str:
        if header in _KEYS:
            return ";".join(f"{self._name}-{key.strip()}" for key in text.split(";") if key)
        if header == _CPR:
            return self._number(text)
        day = _day_in(text)
        return text if day is None else (day + self._shift).strftime(_FORMS[len(text)])

    def _number(self, text: str) -> str:
        """A number of somebody of the same sex, as many days younger or older; what is no number stays what it is."""
        cpr = text.replace("-", "")
        birth, sex = birth_date(cpr), sex_of(cpr)
        is_given = cpr[6:].startswith(_TEST_SERIAL) or (birth is not None and check_digit_fits(cpr))
        if birth is None or sex is None or not is_given or birth > shipped_examples().today:
            return text
        if text not in self._given:
            _, made = self._numbers.next(birth + self._shift, sex)
            self._given[text] = f"{made[:6]}-{made[6:]}"
        return self._given[text]


_FORMS: Mapping[int, str] = {10: "%d-%m-%Y", 16: "%d-%m-%Y %H:%M"}


def _day_in(text: str) -> datetime | None:
    """The moment that a cell holds as our own shape writes it; none where there is no such day."""
    if _DAY.fullmatch(text) is None:
        return None
    try:
        return datetime.strptime(text, _FORMS[len(text)])
    except ValueError:
        return None


def _unlike(one: Sequence[str], other: Sequence[str]) -> tuple[bool, int]:
    """How far a row is from being another one that was changed."""
    return one[0] != other[0], sum(here != there for here, there in zip(one, other, strict=True))
