"""A day and the time of day that stands beside it in a column of its own, as one moment."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ldbu_desktop.journal.model import Entry
from ldbu_desktop.journal.readings import clock, moment
from ldbu_desktop.mapping.entries import ColumnEntries

BETWEEN = "\x1f"
"""What stands between a day and a time in a cell that is made of two: no cell of a file has it."""


def day_and_time(day: str, time: str) -> str:
    """The cell that is made of a day and the time beside it."""
    return f"{day}{BETWEEN}{time}" if time else day


def time_on_day(day: str, time: str) -> str:
    """The cell that is made of a time and the day that something else was on; without a time it says nothing."""
    return day_and_time(day, time) if time.strip() else ""


class JoinedMoments(ColumnEntries):
    """The entries of a day and a time, by the texts of both; what can't be read is told at its own cell.

    A moment is told at the cell of its day, with the texts of both; where that is the day of something else, at the
    cell of its time.
    """

    __slots__ = ("_days", "_is_borrowed", "_time_column")

    def __init__(self, days: ColumnEntries, column: int, time_column: int, *, is_borrowed: bool = False) -> None:
        super().__init__(moment, column)
        self._days, self._time_column, self._is_borrowed = days, time_column, is_borrowed

    def __missing__(self, raw: str) -> Entry[Any]:
        day_raw, _, time_raw = raw.partition(BETWEEN)
        entry = self._days[day_raw]
        if time_raw.strip() and (entry.value is not None or not day_raw.strip()):
            time = clock(time_raw)
            at = self._at(entry.value, time) if time is not None else None
            if at is None or self._is_borrowed:
                entry = Entry(at, time_raw, self._time_column)
            else:
                entry = Entry(at, f"{day_raw} {time_raw}", entry.column)
        self[raw] = entry
        return entry

    @staticmethod
    def _at(day: date | None, time: str) -> object:
        if day is None:
            return None
        plain = day.date() if isinstance(day, datetime) else day
        return moment(f"{plain:%d-%m-%Y} {time}")
