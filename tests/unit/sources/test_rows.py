"""The rows of a table: one by one or together, they are the same rows."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.sources.rows import Column, RowGroup, TableRows, rows_or_groups
from ldbu_desktop.sources.tables import Row
from ldbu_desktop.sources.wire import Rows, decode_rows, encode

FEW = st.sampled_from(["", "barn", "forælder"])
ANY = st.text(max_size=4)


def numbered(cells: list[list[str]]) -> list[Row]:
    return list(enumerate(cells, start=1))


@given(st.lists(st.tuples(FEW, ANY, st.just("ja")), min_size=1, max_size=40))
def test_rows_that_travel_together_are_the_same_rows(cells: list[tuple[str, ...]]) -> None:
    rows = numbered([list(each) for each in cells])
    group = decode_rows(encode(Rows(RowGroup.of(rows)))).together
    assert group is not None
    assert len(group) == len(rows)
    assert list(group.rows()) == rows
    assert list(group.with_empty_column().rows()) == [(number, [*each, ""]) for number, each in rows]


@given(st.lists(st.tuples(FEW, ANY, st.just("ja")), min_size=1, max_size=40), st.data())
def test_some_of_the_rows_are_picked_told_apart_and_counted(cells: list[tuple[str, ...]], data: st.DataObject) -> None:
    rows = numbered([list(each) for each in cells])
    group = RowGroup.of(rows)
    picked = sorted(data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=1)))
    of_picked = group.picked(picked)
    assert list(of_picked.rows()) == [rows[at] for at in picked]
    assert all(list(dict.fromkeys(each.cells)) == list(dict.fromkeys(each.texts)) for each in of_picked.columns)
    assert [group.cells(at) for at in picked] == [rows[at][1] for at in picked]
    for column, of_rows in zip(group.columns, zip(*cells, strict=True), strict=True):
        assert list(column.counted().items()) == list(Counter(of_rows).items())
        assert column.where(str.isalpha) == [at for at, text in enumerate(of_rows) if text.isalpha()]
        upper = column.with_texts([text.upper() for text in column.texts])
        assert list(upper.cells) == [text.upper() for text in of_rows]
        assert list(column.beside(upper, str.__add__).cells) == [text + text.upper() for text in of_rows]


def test_a_text_is_looked_up_once_however_many_rows_have_it() -> None:
    asked: list[str] = []

    class Known(dict[str, str]):
        def __missing__(self, text: str) -> str:
            asked.append(text)
            return text.upper()

    for cells, texts in ((["a"] * 4, ["a"]), (["a", "b", "a", "b"], ["a", "b"]), (["a", "b", "c"], ["a", "b", "c"])):
        asked.clear()
        column = Column.of(cells)
        assert list(column.through(Known())) == [text.upper() for text in cells]
        assert (list(column.cells), asked) == (cells, texts)


def test_more_texts_than_a_byte_tells_apart_are_told_row_by_row() -> None:
    cells = [str(number) for number in range(257)] * 3
    assert Column.of(cells) == Column(cells)
    assert list(Column.of(cells[:256] * 3).cells) == cells[:256] * 3


@pytest.mark.parametrize(
    "columns",
    [
        [],
        [Column(["a"])],
        [Column(["a", "b"]), Column(["a", "b", "c"])],
        [Column(["a", "b"], b"\0")],
        [Column(["a", "b"], b"\0\2")],
        [Column([], b"\0\1")],
    ],
)
def test_columns_that_are_none_of_the_rows_are_refused_wherever_they_come_from(columns: list[Column]) -> None:
    with pytest.raises(ValueError, match="rows"):
        RowGroup([1, 2], columns)
    with pytest.raises(msgspec.ValidationError):
        decode_rows(encode([[[1, 2], columns]]))


def test_rows_come_one_by_one_or_by_parts_and_each_once() -> None:
    rows = numbered([[str(number)] for number in range(12)])
    coming = TableRows([iter(rows[:3]), RowGroup.of(rows[3:7]), RowGroup.of(rows[7:10]), rows[10:]])
    assert TableRows.of(coming) is coming
    seen = list(islice(coming, 4))
    coming.put_back(seen[1:])
    parts = list(rows_or_groups(coming, 4))
    assert [list(part.rows()) if isinstance(part, RowGroup) else part for part in parts] == [
        rows[1:5],
        rows[5:7],
        rows[7:10],
        rows[10:],
    ]
    assert isinstance(parts[2], RowGroup)
    assert next(coming, None) is None
    assert list(TableRows.of(iter(rows))) == rows
