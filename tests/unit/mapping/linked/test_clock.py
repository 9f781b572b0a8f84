"""A time of day joined to the day beside it."""

from __future__ import annotations

from datetime import datetime

import pytest

from ldbu_desktop.journal import readings
from ldbu_desktop.mapping.entries import ColumnEntries
from ldbu_desktop.mapping.linked.clock import BETWEEN, JoinedMoments


def joined() -> JoinedMoments:
    return JoinedMoments(ColumnEntries(readings.moment, 3), 3, 4)


@pytest.mark.parametrize("day", ["20-05-2020", "20-05-2020 08:00"])
def test_a_time_beside_a_day_is_the_time_of_that_day(day: str) -> None:
    entry = joined()[f"{day}{BETWEEN}12.45"]
    assert isinstance(entry.value, datetime)
    assert f"{entry.value:%Y-%m-%d %H:%M}" == "2020-05-20 12:45"
    assert entry.column == 3


def test_a_day_without_a_time_is_told_as_it_stands() -> None:
    entries = joined()
    assert entries[f"20-05-2020{BETWEEN} "] == ColumnEntries(readings.moment, 3)["20-05-2020"]
    assert entries["20-05-2020"].value == entries[f"20-05-2020{BETWEEN}"].value


@pytest.mark.parametrize(
    ("day", "time", "raw", "column"),
    [("20-05-2020", "sent", "sent", 4), ("", "12:30", "12:30", 4), ("engang", "12:30", "engang", 3)],
)
def test_what_cannot_be_read_is_told_at_its_own_cell(day: str, time: str, raw: str, column: int) -> None:
    entry = joined()[f"{day}{BETWEEN}{time}"]
    assert (entry.value, entry.raw, entry.column) == (None, raw, column)
