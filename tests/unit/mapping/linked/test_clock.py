"""A time of day as people and spreadsheets write it, and joined to the day beside it."""

from __future__ import annotations

from datetime import datetime

import pytest

from ldbu_desktop.mapping import readings
from ldbu_desktop.mapping.entries import ColumnEntries
from ldbu_desktop.mapping.linked.clock import BETWEEN, JoinedMoments, clock


@pytest.mark.parametrize(
    ("raw", "time"),
    [
        ("0930", "09:30"),
        ("2359", "23:59"),
        ("9:05", "09:05"),
        ("9.05", "09:05"),
        ("09:05:59", "09:05"),
        ("kl. 14", "14:00"),
        ("KL 7.15", "07:15"),
        ("0,5", "12:00"),
        (".25", "06:00"),
        ("0.99999", "00:00"),
        ("24", None),
        ("12:60", None),
        ("2460", None),
        ("om morgenen", None),
        ("", None),
    ],
)
def test_a_time_is_read_however_it_is_written(raw: str, time: str | None) -> None:
    assert clock(raw) == time


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
