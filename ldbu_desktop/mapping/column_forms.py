"""What the columns of a table say about the form of their values, once all of them have been read.

A table is read as if every text told its own form, which nearly all do. Where the texts of a column tell together that
some mean something else, or leave it open, the table is read once more with what was decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from ldbu_desktop.journal import readings
from ldbu_desktop.journal.model import EMPTY, NO_COLUMN, Entry
from ldbu_desktop.mapping import cpr_forms, date_forms, number_forms
from ldbu_desktop.mapping.entries import ColumnEntries
from ldbu_desktop.mapping.quantities import ValueEntries
from ldbu_desktop.mapping.vocabulary import Vocabulary


class ColumnKey(NamedTuple):
    """A column whose form is decided: what its values are, where they stand, and in which unit."""

    kind: str
    column: int
    unit: str = ""


Decisions = dict[ColumnKey, Mapping[str, object]]
"""What texts of a column mean that is not what they would mean alone; None for what can't be known."""


class ColumnForms:
    """The columns of one table as they are read: each distinct text once, by what was decided before.

    ``is_1904``: serial numbers of days count from 1904, as the table's workbook says.
    """

    def __init__(self, vocabulary: Vocabulary, today: date, decided: Decisions, is_1904: bool = False) -> None:
        self._vocabulary = vocabulary
        self._today = today
        self._decided = decided
        self._is_1904 = is_1904
        self._dates: list[ColumnEntries] = []
        self._cprs: list[ColumnEntries] = []
        self._values: list[ValueEntries] = []

    def entries(self, variable_id: str, column: int, default: Entry[Any] = EMPTY) -> ColumnEntries:
        """The entries of a column that holds a variable, or a part of a record."""
        read = self._vocabulary.reading(variable_id)
        if self._vocabulary.standard.variable[variable_id].kind != "moment" or column == NO_COLUMN:
            return ColumnEntries(read, column, default)
        if self._is_1904:
            read = date_forms.from_1904(read)
        entries = ColumnEntries(read, column, default, self._decided.get(ColumnKey("date", column)))
        self._dates.append(entries)
        return entries

    def cprs(self, column: int, *, is_child: bool) -> ColumnEntries:
        """The entries of a column of CPR numbers, of children or of parents."""
        decided = self._decided.get(ColumnKey("cpr", column))
        entries = ColumnEntries(cpr_forms.cpr_reading(is_child, self._today), column, EMPTY, decided)
        self._cprs.append(entries)
        return entries

    def values(self, variable_id: str | None, column: int, unit_column: int = NO_COLUMN) -> ValueEntries:
        """The entries of a column, or of two, with an observation's value and unit."""
        values = self._made_values(variable_id, column, unit_column)
        values.decided = {
            key.unit: decided
            for key, decided in self._decided.items()
            if (key.kind, key.column) == (variable_id, column)
        }
        self._values.append(values)
        return values

    def _made_values(self, variable_id: str | None, column: int, unit_column: int) -> ValueEntries:
        return ValueEntries(self._vocabulary, variable_id, column, unit_column)

    def variables(self, column: int) -> ColumnEntries:
        """The entries of a column with names of variables."""
        return ColumnEntries(self._vocabulary.variable, column)

    def subjects(self, column: int) -> ColumnEntries:
        """The entries of a column with the citizens whom rows are about."""
        return ColumnEntries(readings.citizen_key, column)

    def told(self) -> Iterator[tuple[int, str, Mapping[str, str | int]]]:
        """What was read by its column and not by itself: a column, one of its texts, and how many of what kind."""
        for key, decided in self._decided.items():
            read = {text: value for text, value in decided.items() if value is not None}
            if read:
                text, value = next(iter(read.items()))
                yield key.column, text, {"read": written_value(value), "texts": len(read)}

    def other_marks(self) -> Iterator[tuple[int, Mapping[str, str], Mapping[str, object]]]:
        """Columns of numbers with both decimal signs: the texts that have the rarer one, and what all texts mean."""
        columns: dict[int, dict[str, object]] = {}
        for values in self._values:
            for texts in values.by_unit().values():
                columns.setdefault(values.column, {}).update(texts)
        for column, texts in columns.items():
            if others := number_forms.other_marks(texts):
                yield column, others, texts

    def decisions(self) -> Decisions:
        """What the columns say that was not decided before."""
        found = (*self._of_dates(), *self._of_cprs(), *self._of_values())
        return {key: decided for key, decided in found if decided}

    def _of_dates(self) -> Iterator[tuple[ColumnKey, Mapping[str, object]]]:
        for entries in self._dates:
            texts = {raw: entry.value for raw, entry in entries.items() if entry.raw and not self._is_settled(raw)}
            if any(value is None or date_forms.needs_column(raw) for raw, value in texts.items()):
                read = date_forms.read_by_column(texts, self._today.year + 1)
                yield ColumnKey("date", entries.column), _otherwise(read, texts.__getitem__)

    def _is_settled(self, raw: str) -> bool:
        """Whether the workbook itself says what a number in a column of dates means."""
        return self._is_1904 and date_forms.is_serial(raw)

    def _of_cprs(self) -> Iterator[tuple[ColumnKey, Mapping[str, object]]]:
        columns: dict[int, dict[str, object]] = {}
        for entries in self._cprs:
            of_column = columns.setdefault(entries.column, {})
            of_column.update((raw, entry.value or of_column.get(raw)) for raw, entry in entries.items() if entry.raw)
        for column, texts in columns.items():
            yield ColumnKey("cpr", column), _otherwise(cpr_forms.lost_in_column(texts), texts.__getitem__)

    def _of_values(self) -> Iterator[tuple[ColumnKey, Mapping[str, object]]]:
        for values in self._values:
            for unit, texts in values.by_unit().items():
                if any(map(number_forms.has_two_readings, texts)):
                    read = number_forms.read_by_column(texts, values.limits(unit))
                    yield ColumnKey(values.variable_id, values.column, unit), _otherwise(read, texts.__getitem__)


def written_value(value: object) -> str:
    """A value as a Dane would write it."""
    return f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value).replace(".", ",")


def _otherwise(read: Mapping[str, object], alone: Callable[[str], object]) -> Mapping[str, object]:
    """Those of ``read`` that mean something else alone."""
    return {text: value for text, value in read.items() if value != alone(text)}
