from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from ldbu_desktop.column_letters import column_letters
from ldbu_desktop.sources.tables import CellTexts, Gaps, Remark, Table, cell_text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  x ", "  x "), ("", ""), (None, ""), (123.0, "123"), (12.5, "12.5"), (5.125, "5.1250"), (0.1 + 0.2, "0.3"),
        (505209996.0, "505209996"), (451000016003, "451000016003"), (1e20, "1e+20"), (float("inf"), "inf"),
        (-3.0, "-3"),
        (True, "SAND"), (False, "FALSK"), (date(2020, 5, 6), "06-05-2020"), (time(12, 45), "12:45"),
        (datetime(2020, 5, 6, 12, 45), "06-05-2020 12:45"), (datetime(2020, 5, 6, 1, 2, 3), "06-05-2020 01:02:03"),
        (timedelta(hours=30), "30:00"), (timedelta(minutes=1, seconds=5), "00:01:05"),
    ],
)  # fmt: skip
def test_every_kind_of_cell_has_one_text(cell: object, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize("cells", [[1.0, True, 0.0, False], [True, 1.0, False, 0.0]])
def test_one_and_yes_are_told_apart_although_they_are_equal(cells: list[object]) -> None:
    texts = CellTexts()
    assert [texts[cell] for cell in cells * 2] == [cell_text(cell) for cell in cells * 2]
    assert texts[12.5] is texts[12.5]


def test_keys_that_come_once_each_do_not_fill_the_memory() -> None:
    texts, many = CellTexts(), 250_000
    for number in range(many):
        texts[number]
    assert len(texts) < many / 2
    assert texts[many - 1] == str(many - 1)


def test_columns_have_letters() -> None:
    assert [column_letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_gaps_are_told_once() -> None:
    table = Table("f", "s", iter(()))
    gaps = Gaps(table)
    for number in (3, 6, 10):
        gaps.reach(number)
        gaps.expected = number + 1
    gaps.tell()
    assert table.remarks == [Remark("file-empty-rows", 4, facts={"rows": 5})]
