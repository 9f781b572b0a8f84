"""The columns of a linked table: read as ours are, with what links say of texts, of units and of cells made of two."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from ldbu_desktop.journal.fields import OBSERVATION_MISSING_REASON, OBSERVATION_UNIT
from ldbu_desktop.journal.model import EMPTY, NO_COLUMN, Entry
from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.mapping import date_forms
from ldbu_desktop.mapping.column_forms import ColumnForms, Decisions
from ldbu_desktop.mapping.entries import ColumnEntries
from ldbu_desktop.mapping.linked.answers import AnswerEntries
from ldbu_desktop.mapping.linked.clock import BETWEEN, JoinedMoments
from ldbu_desktop.mapping.linked.meanings import Meanings
from ldbu_desktop.mapping.links import OBSERVATION_VARIABLE
from ldbu_desktop.mapping.quantities import ValueEntries
from ldbu_desktop.mapping.vocabulary import Vocabulary

ByColumn = Mapping[tuple[int, str], Meanings]
"""The meanings of texts by their column, and by the variable that they are values of."""


class LinkedForms(ColumnForms):
    """The columns of one table by its links.

    ``units`` and ``orders`` are in which unit its numbers are and in which order its dates, where that is said.
    ``joined`` are the cells that are made of a day and a time, by their column: the two that they are made of;
    ``borrowed`` are the times whose day is that of something else.
    ``reasons`` are cells made of reasons for missing values, by their column: where reasons and values stand.
    ``answers`` are the columns of one answer each, by the column whose cell is made of all of them.
    ``subject`` is the column in which whom a row is about is written, where the rows have a cell made of that.
    """

    def __init__(
        self, vocabulary: Vocabulary, today: date, decided: Decisions, is_1904: bool, meanings: ByColumn
    ) -> None:
        super().__init__(vocabulary, today, decided, is_1904)
        self.meanings = meanings
        self.units: dict[int, str] = {}
        self.orders: dict[int, DateForm] = {}
        self.answers: Mapping[int, Sequence[int]] = {}
        self.joined: dict[int, tuple[int, int]] = {}
        self.borrowed: Collection[int] = ()
        self.reasons: dict[int, tuple[int, int]] = {}
        self.subject = NO_COLUMN

    def entries(self, variable_id: str, column: int, default: Entry[Any] = EMPTY) -> ColumnEntries:
        """The entries of a column that holds a variable, or a part of a record."""
        if column in self.joined:
            day, time = self.joined[column]
            days = self._as_written(variable_id, day, default)
            return JoinedMoments(days, column, time, is_borrowed=time in self.borrowed)
        if variable_id == OBSERVATION_MISSING_REASON and column in self.reasons:
            reason_at, value_at = self.reasons[column]
            return _Reasons(self.entries(variable_id, reason_at), column, value_at)
        if column in self.answers:
            return AnswerEntries(self._answers(variable_id, column), column, default)
        known = self.meanings.get((column, variable_id))
        if known is None:
            return self._as_written(variable_id, column, default)
        return ColumnEntries(self._vocabulary.reading(variable_id), column, default, known)

    def _answers(self, variable_id: str, column: int) -> dict[int, Meanings | None]:
        """What the texts of the columns mean that have one answer of a variable each."""
        return {at: self.meanings.get((at, variable_id)) for at in self.answers[column]}

    def _as_written(self, variable_id: str, column: int, default: Entry[Any]) -> ColumnEntries:
        """The entries of a column by its texts; its dates in the order that somebody has said they have."""
        order = self.orders.get(column)
        if order is None or self._vocabulary.standard.variable[variable_id].kind != "moment":
            return super().entries(variable_id, column, default)
        return ColumnEntries(date_forms.in_order(order, self._today.year + 1), column, default)

    def variables(self, column: int) -> ColumnEntries:
        """The entries of a column with names of variables."""
        return ColumnEntries(
            self._vocabulary.variable, column, EMPTY, self.meanings.get((column, OBSERVATION_VARIABLE))
        )

    def subjects(self, column: int) -> ColumnEntries:
        """The entries of a column with cells that are made of whom rows are about."""
        return _Subjects(column, self.subject)

    def _made_values(self, variable_id: str | None, column: int, unit_column: int) -> ValueEntries:
        values = _LinkedValues(self._vocabulary, variable_id, column, unit_column, self._unit_of(variable_id, column))
        if variable_id is not None and column in self.answers:
            values.answers = AnswerEntries(self._answers(variable_id, column), column)
        values.known = self.meanings.get((column, variable_id or ""))
        values.known_units = self.meanings.get((unit_column, OBSERVATION_UNIT))
        return values

    def _unit_of(self, variable_id: str | None, column: int) -> str | None:
        """The unit of all numbers of a column, where one is said that the variable may be given in."""
        unit = self.units.get(column)
        return self._vocabulary.unit(variable_id, unit) if unit and variable_id else None


class _LinkedValues(ValueEntries):
    """Values by what their links say; what no link tells of is read as it stands."""

    answers: AnswerEntries | None = None
    known: Meanings | None = None
    known_units: Meanings | None = None

    def __missing__(self, raws: tuple[str, str]) -> tuple[Entry[Any], Entry[str]]:
        if self.answers is not None:
            answered = self[raws] = self.answers[raws[0]], EMPTY
            return answered
        if self.known is None or raws[0] not in self.known:
            return super().__missing__(raws)
        _, unit = super().__missing__(raws)
        pair = self[raws] = Entry(self.known[raws[0]], raws[0], self.column), unit
        return pair

    def _unit(self, raw: str) -> str | None:
        known = self.known_units
        return str(known[raw]) if known is not None and raw in known else super()._unit(raw)


class _Reasons(ColumnEntries):
    """Reasons for missing values, which stand in a column of their own, or in the place of the value.

    A cell has the reason's text, or after a mark the code that the value's text means and that text.
    """

    __slots__ = ("_reasons", "_value_at")

    def __init__(self, reasons: ColumnEntries, column: int, value_at: int) -> None:
        super().__init__(str, column)
        self._reasons, self._value_at = reasons, value_at

    def __missing__(self, raw: str) -> Entry[Any]:
        written, mark, after = raw.partition(BETWEEN)
        if mark and not written.strip():
            code, _, text = after.partition(BETWEEN)
            entry: Entry[Any] = Entry(code, text, self._value_at)
        else:
            entry = self._reasons[written]
        self[raw] = entry
        return entry


class _Subjects(ColumnEntries):
    """Whom rows are about: a cell has the key of the citizen, and after a mark the text that tells who it is."""

    __slots__ = ("_written_at",)

    def __init__(self, column: int, written_at: int) -> None:
        super().__init__(str, column)
        self._written_at = written_at

    def __missing__(self, raw: str) -> Entry[Any]:
        key, _, text = raw.partition(BETWEEN)
        entry: Entry[Any] = Entry(key or None, text, self._written_at)
        self[raw] = entry
        return entry


def subject_cell(key: str | None, text: str) -> str:
    """The cell of whom a row is about: the key of the citizen, where the text tells who it is."""
    return f"{key or ''}{BETWEEN}{text}"


def reason_cell(written: str, code: str = "", text: str = "") -> str:
    """The cell of a reason: as it is written, or the code that the value's text means."""
    return f"{written}{BETWEEN}{code}{BETWEEN}{text}" if code else written
