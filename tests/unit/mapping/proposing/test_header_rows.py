"""Which rows are headers: groups above them, units below them, and what is neither."""

from __future__ import annotations

import pytest

from ldbu_desktop.mapping.proposing.header_rows import HeaderRows
from ldbu_desktop.mapping.proposing.headings import Headings
from ldbu_desktop.mapping.proposing.lexicon import lexicon_of
from ldbu_desktop.use_cases.standards import shipped_standard

HEADERS = (2, ["CPR", "Besøgsdato", "Vægt", "Længde"])
ROWS = HeaderRows(Headings(lexicon_of(shipped_standard())), [])


def test_a_row_with_a_value_names_no_groups() -> None:
    assert ROWS.first([(1, ["Barn", "Besøg", "Målinger", ""]), HEADERS], 1) == 0
    assert ROWS.first([(1, ["Barn", "12-05-2026", "Målinger", ""]), HEADERS], 1) == 1


def test_units_below_are_headers_up_to_the_last_row_there_is() -> None:
    assert ROWS.last([HEADERS, (3, ["", "", "(g)", "(cm)"])], 0) == 1
    assert ROWS.last([HEADERS], 0) == 0


def test_what_means_another_thing_is_no_unit() -> None:
    assert ROWS.last([HEADERS, (3, ["", "", "", "Medarbejder"])], 0) == 0


def test_a_group_is_not_spread_over_a_column_without_a_header() -> None:
    texts = ROWS.texts([(1, ["Barn", "", "", "", ""]), (2, ["CPR", "Navn", "", "Vægt", "Længde"])], 4, 1)
    assert texts == [["Barn", "CPR"], ["Barn", "Navn"], ["", ""], ["Barn", "Vægt"], ["Barn", "Længde"]]


def test_a_name_stands_above_two_columns_of_its_unit() -> None:
    texts = ROWS.texts([(1, ["CPR", "Vægt", "Længde", "", "Note", ""]), (2, ["", "g", "cm", "cm", "", "kg"])], 5, 0)
    assert texts == [["CPR", ""], ["Vægt", "g"], ["Længde", "cm"], ["Længde", "cm"], ["Note", ""], ["", "kg"]]


DATA = (4, ["050520-9996", "12-05-2026", "5400", "58"])


@pytest.mark.parametrize(
    ("described", "joined"),
    [
        (["ddmmåå-xxxx", "dd-mm-åååå", "g", "cm"], ["", "", "g", "cm"]),
        (["tekst", "dato", "tal", "decimaltal"], ["", "", "", ""]),
        (["varchar(10)", "datetime", "int", "decimal (5,1)"], ["", "", "", ""]),
        (["(cpr)", "(dato)", "(g)", "(cm)"], ["", "", "(g)", "(cm)"]),
        (["", "åååå-mm-dd", "gram", "1=målt 2=skønnet"], ["", "", "gram", "1=målt 2=skønnet"]),
        (["", "DD.MM.YYYY", "kg", "ja/nej"], ["", "", "kg", ""]),
    ],
)
def test_a_row_that_describes_the_columns_is_a_header(described: list[str], joined: list[str]) -> None:
    rows = [HEADERS, (3, described)]
    assert ROWS.last([*rows, DATA], 0) == 1
    assert [texts[1] for texts in ROWS.texts(rows, 3, 0)] == joined


@pytest.mark.parametrize(
    ("header", "row", "below"),
    [
        (["Kolonne", "Type", "Format"], ["dato", "dato", "dd-mm-åååå"], ["vægt", "tal", "g"]),
        (["CPR", "Besøgsdato", "Vægt", "Længde"], ["", "dato", "5400", ""], DATA[1]),
        (["CPR", "Besøgsdato", "Vægt", "Længde"], ["050520-9996", "dd-mm-åååå", "g", "cm"], DATA[1]),
        (["CPR", "Navn", "Vægt", "Længde"], ["", "Mads", "", "tal"], DATA[1]),
    ],
)
def test_a_row_that_only_looks_so_is_data(header: list[str], row: list[str], below: list[str]) -> None:
    assert ROWS.last([(2, header), (3, row), (4, below)], 0) == 0
