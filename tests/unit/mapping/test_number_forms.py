"""Columns of numbers with points and commas, each with the values that are meant; None where it is told."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ldbu_desktop.journal.readings import number_marks

if TYPE_CHECKING:
    from conftest import Exported

HEAD = "kontakt_id|barn_cpr|sor|kontakttype|kontaktform|start"
ROW = "050520-9996|451000016003|Barselsbesøg|Hjemmebesøg|08-05-2020"

COLUMNS: dict[str, tuple[str, str, list[tuple[str, str | None]]]] = {
    "grams alone": ("Vægt", "g", [("5.250", None)]),
    "grams of a kind": ("Vægt", "g", [("5.250", "5250"), ("4.980", "4980")]),
    "grams of a kind with commas": ("Vægt", "g", [("5,250", "5250"), ("4,980", "4980")]),
    "one of grams without marks": ("Vægt", "g", [("5.250", None), ("3350", "3350"), ("4980", "4980")]),
    "grams with marks of millions": ("Vægt", "g", [("5.250", "5250"), ("1.000.000", "1000000")]),
    "grams beside a decimal comma": ("Vægt", "g", [("5.250", "5250"), ("4980,5", "4980.5")]),
    "grams beside both marks": ("Vægt", "g", [("5.250", "5250"), ("4.980,5", "4980.5")]),
    "grams beside a decimal point": ("Vægt", "g", [("5,250", "5250"), ("4980.5", "4980.5")]),
    "grams whose marks contradict": ("Vægt", "g", [("5.250", None), ("4.980,5", "4980.5"), ("4980.5", "4980.5")]),
    "grams that would be light": ("Vægt", "g", [("5.250", None), ("4980.5", "4980.5")]),
    "kilos of a kind": ("Vægt", "kg", [("5.250", "5.250"), ("4.980", "4.980")]),
    "kilos of a kind with commas": ("Vægt", "kg", [("5,250", "5.250"), ("14,980", "14.980")]),
    "kilos alone": ("Vægt", "kg", [("5.250", None)]),
    "kilos beside a decimal comma": ("Vægt", "kg", [("5,250", "5.250"), ("4,98", "4.98")]),
    "no unit": ("Vægt", "", [("5.250", None), ("4.980", None)]),
    "centimetres of a kind": ("Længde", "cm", [("51.500", "51.500"), ("52.250", "52.250")]),
    "spaces part thousands": ("Vægt", "g", [("5 250", "5250"), ("4 980,5", "4980.5"), ("5.250", "5250")]),
    "apostrophes part thousands": ("Vægt", "g", [("5'250", "5250"), ("12'345", "12345")]),
    "a unit in the cell": ("Vægt", "", [("5.250 g", "5250"), ("4.980 g", "4980"), ("5,25 kg", "5.25")]),
    "both signs, plain": ("Længde", "cm", [("51,5", "51.5"), ("52.5", "52.5")]),
    "scientific": ("Vægt", "g", [("5,25E+03", "5250"), ("4980", "4980")]),
    "below nothing": ("Vægt", "g", [("-5.250", None), ("-4.980", None)]),
    "no numbers": ("Vægt", "g", [("ca. 5", None), ("5..250", None)]),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_of_numbers(exported: Exported, name: str) -> None:
    variable, unit, column = COLUMNS[name]
    rows = "\n".join(f"K{number}|{ROW}|{text}|{unit}" for number, (text, _) in enumerate(column))
    read = exported.wide(f"{HEAD}|{variable}|{variable} enhed\n{rows}")
    values = [(found.value.raw, found.value.value) for found in exported.observations(read)]
    assert values == [(text, None if value is None else Decimal(value)) for text, value in column]


def test_values_in_one_column_are_decided_by_variable_and_unit(exported: Exported) -> None:
    head = "kontakt_id|variabel|værdi|enhed\n"
    rows = "K1|Vægt|5.250|g\nK1|Vægt|5.300|g\nK1|Vægt|5.350|kg\nK1|Længde|5.250|cm\nK1|Vægtt|5.250|g"
    read = exported.family(Observationer=head + rows)
    values = [found.value.value for found in exported.observations(read)]
    assert values == [Decimal(5250), Decimal(5300), None, None, None]


def test_how_numbers_were_read_is_shown(exported: Exported) -> None:
    read = exported.wide(f"{HEAD}|Vægt|Vægt enhed\nK1|{ROW}|5,250|kg\nK2|{ROW}|4,980|kg")
    (note,) = read.notes
    assert (note.code, note.column, note.raw, note.facts) == (
        "file-column-form", 6, "5,250", {"read": "5,250", "texts": 2},
    )  # fmt: skip


SIGNS: dict[str, tuple[list[str], list[tuple[int, str]]]] = {
    "one point among commas": (["5,25", "4,98", "5.25"], [(4, ",")]),
    "one comma among points": (["5.25", "4.98", "5,25"], [(4, ".")]),
    "as many of each": (["5.25", "5,35"], [(2, ",")]),
    "the same odd text twice": (["5,25", "4,98", "5.25", "5.25"], [(4, ","), (5, ",")]),
    "a sign after thousands": (["1.234,5", "4,98", "5.25"], [(4, ",")]),
    "a unit in the cell": (["5,25 kg", "4,98", "5.25 kg"], [(4, ",")]),
    "one sign": (["5,25", "4,98", "5"], []),
    "no signs": (["5", "4", "ca. 5"], []),
}


@pytest.mark.parametrize("name", SIGNS)
def test_two_decimal_signs_in_a_column_are_told(exported: Exported, name: str) -> None:
    texts, odd = SIGNS[name]
    rows = "\n".join(f"K{number}|{ROW}|{text}|kg" for number, text in enumerate(texts))
    notes = exported.wide(f"{HEAD}|Vægt|Vægt enhed\n{rows}").notes
    cells = [note for note in notes if note.code == "file-number-mark"]
    assert [(note.origin.row, note.facts["mark"]) for note in cells] == odd
    assert {note.column for note in cells} <= {6}
    forms = [note for note in notes if note.code == "file-column-form"]
    assert [note.facts["texts"] for note in forms] == [len({texts[row - 2] for row, _ in odd})][: len(odd)]


def test_two_decimal_signs_are_told_in_a_column_of_many_variables(exported: Exported) -> None:
    rows = "K1|Vægt|5,25|kg\nK1|Længde|51,5|cm\nK9|Længde|52.5|cm"
    notes = exported.family(Observationer=f"kontakt_id|variabel|værdi|enhed\n{rows}").notes
    assert [(note.origin.row, note.column) for note in notes if note.code == "file-number-mark"] == [(4, 2)]


def test_numbers_of_a_spreadsheet_have_no_sign(exported: Exported) -> None:
    rows = exported.rows(f"{HEAD}|Vægt|Vægt enhed\nK1|{ROW}|5.25|kg\nK2|{ROW}|4,98|kg")
    table = exported.table("f", rows)
    table.has_number_cells = True
    assert exported.tables(table).notes == ()


@pytest.mark.parametrize(
    ("body", "marks"),
    [
        ("5250", ("", "")), ("5,25", ("", ",")), ("1.234,5", (".", ",")), ("1,234.5", (",", ".")),
        ("1.234.567", (".", "")), ("5 250,5", ("", ",")), ("5 250", ("", "")), ("5.250", ("", "")),
        ("5e3", ("", "")), ("x", ("", "")),
    ],
)  # fmt: skip
def test_marks_of_a_number_that_has_one_reading(body: str, marks: tuple[str, str]) -> None:
    assert number_marks(body) == (set(marks[0]), set(marks[1]))
