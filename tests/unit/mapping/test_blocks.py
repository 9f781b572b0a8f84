"""Sheets with more in them than one table below one header: what is read of them, and what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ldbu_desktop.journal.model import Journal
from ldbu_desktop.mapping.columns import header_key

if TYPE_CHECKING:
    from conftest import Exported

WIDE = "kontakt_id|barn_cpr|sor|kontakttype|kontaktform|start"
CITIZENS = "borger_id|cpr|rolle|barn|sor"
VISITS = "kontakt_id|borger_id|kontakttype|kontaktform|start"
OBSERVATIONS = "observation_id|kontakt_id|borger_id|variabel|værdi|enhed"


def row(number: int, day: int = 8) -> str:
    return f"K{number}|050520-9996|451000016003|Barselsbesøg|Hjemmebesøg|{day:02}-05-2020"


def keys(read: Journal) -> list[str]:
    return [visit.key for family in read.families for visit in family.visits]


def told(read: Journal) -> list[tuple[str, int]]:
    return [(note.code, note.origin.row) for note in read.notes]


SHEETS: dict[str, tuple[str, list[str], list[tuple[str, int]]]] = {
    "one table": (f"{WIDE}\n{row(1)}\n{row(2)}", ["K1", "K2"], []),
    "a better header below": (
        f"{WIDE}|Vægt\n{row(1)}|3350\n{row(2)}|3350\n{WIDE}|Vægt|Vægt enhed|Længde\n{row(3)}|3350|g|52",
        ["K1", "K2", "K3"],
        [],
    ),
    "a poorer header below": (
        f"{WIDE}|Vægt|Længde\n{row(1)}|3350|52\nkontakt_id|barn_cpr|kontakttype|start\nK2|050520-9996|2-months|9-7-2020",
        ["K1", "K2"],
        [("file-header-missing", 3), ("file-header-missing", 3)],
    ),
    "headers on every page": (
        f"{WIDE}\n{row(1)}\n{WIDE}\n{row(2)}\n{WIDE}\n{row(3)}",
        ["K1", "K2", "K3"],
        [("file-header-repeated", 3)],
    ),
    "headers on every page, written otherwise": (
        f"{WIDE}\n{row(1)}\nKontakt-ID|Barn CPR|SOR|Kontakttype*|Kontaktform|Start||\n{row(2)}",
        ["K1", "K2"],
        [("file-header-repeated", 3)],
    ),
    "headers in other words below headers are another table's": (
        f"{WIDE}|Vægt\n{WIDE}|Farve\n{row(1)}|3350", ["K1"], [("file-header-unknown", 2)],
    ),
    "an empty table above one with fewer columns in another order": (
        f"{WIDE}|Vægt\nstart|kontakt_id|barn_cpr|sor|kontakttype|kontaktform\n"
        "08-05-2020|K1|050520-9996|451000016003|Barselsbesøg|Hjemmebesøg",
        ["K1"],
        [],
    ),
    "the columns' numbers": (f"{WIDE}\n1|2|3|4|5|6\n{row(1)}", ["K1"], [("file-rows-outside-table", 2)]),
    "strokes between": (f"{WIDE}\n---|---|---|---|---|---\n{row(1)}", ["K1"], [("file-rows-outside-table", 2)]),
    "two columns that say the same": (f"{WIDE}|Start\n{row(1)}| 08-05-2020", ["K1"], [("file-header-duplicate", 1)]),
    "two columns that disagree": (
        f"{WIDE}|Start\n{row(1)}|08-05-2020\n{row(2)}|\n{row(3)}|09-05-2020\n{row(4)}|10-05-2020",
        ["K1", "K2", "K3", "K4"],
        [("file-header-duplicate", 1), ("file-columns-contradict", 4)],
    ),
    "two columns that disagree above another table": (
        f"{WIDE}|Start\n{row(1)}|09-05-2020\n{WIDE}|Vægt|Længde\n{row(2)}|3350|52",
        ["K1", "K2"],
        [("file-header-duplicate", 1), ("file-columns-contradict", 2)],
    ),
    "a title": (f"Udtræk fra journalen\n{WIDE}\n{row(1)}", ["K1"], [("file-rows-outside-table", 1)]),
    "a title of many lines": (
        "\n".join(f"Linje {number} om udtrækket" for number in range(30)) + f"\n{WIDE}\n{row(1)}",
        ["K1"],
        [("file-rows-outside-table", 1)],
    ),
    "a title that looks like a header": (
        f"start|slut\n01-05-2020|31-05-2020\n{WIDE}\n{row(1)}",
        ["K1"],
        [("file-rows-outside-table", 1)],
    ),
    "totals": (f"{WIDE}|Vægt\n{row(1)}|3350\nI alt|1|||||3350", ["K1"], [("file-rows-outside-table", 3)]),
    "a total in words": (f"{WIDE}\n{row(1)}\nAntal kontakter: 1", ["K1"], [("file-rows-outside-table", 3)]),
    "a total of two cells": (f"{WIDE}\n{row(1)}\nTotal|1 kontakt", ["K1"], [("file-rows-outside-table", 3)]),
    "notes below": (
        f"{WIDE}\n{row(1)}\n* foreløbige tal\nUdskrevet 28-11-2026",
        ["K1"],
        [("file-rows-outside-table", 3)],
    ),
    "sections": (
        f"{WIDE}\nTeam Nord|||||\n{row(1)}\nTeam Syd|||||\n{row(2)}",
        ["K1", "K2"],
        [("file-rows-outside-table", 2)],
    ),
    "a key that looks like a word for a total": (
        f"{WIDE}|Vægt\nSum-1|050520-9996|451000016003||Hjemmebesøg|08-05-2020|3350", ["Sum-1"], [],
    ),
    "a row with a key alone": (f"{WIDE}\n{row(1)}\nK2", ["K1"], [("file-row-incomplete", 3)]),
    "a CPR number with a space, alone": ("barn_cpr|kontakt_id|kontakttype|start\n050520 9996", ["f.csv-Ark1-2"], [
        ("file-header-missing", 1), ("file-header-missing", 1),
    ]),
    "a table that begins further to the right": (
        f"{WIDE}\n{row(1)}\n||{WIDE}\n||{row(2)}", ["K1", "K2"], [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet(exported: Exported, name: str) -> None:
    text, expected, notes = SHEETS[name]
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines()]
    read = exported.tables(exported.table("Ark1", rows, "f.csv"))
    assert keys(read) == expected
    assert told(read) == notes


def test_columns_that_disagree_name_both_and_how_often(exported: Exported) -> None:
    rows = exported.rows(f"{WIDE}|Start\n{row(1)}|09-05-2020\n{row(2)}|10-05-2020")
    note = exported.tables(exported.table("Ark1", rows)).notes[-1]
    assert (note.column, dict(note.facts)) == (6, {"column": "G", "first": "F", "rows": 2})


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1), (1, 2, 0), (0, 2, 1)])
def test_people_visits_and_observations_stand_in_one_sheet_in_any_order(
    exported: Exported, order: tuple[int, ...]
) -> None:
    blocks = (
        f"{CITIZENS}\nB1|050520-9996|barn||451000016003",
        f"{VISITS}\nK1|B1|2-months|HH|08-07-2020",
        f"{OBSERVATIONS}\nO1|K1||Vægt|5250|g\nO2|K1||Søvn|x|",
    )
    rows = exported.rows("\n".join(blocks[position] for position in order))
    read = exported.tables(exported.table("Ark1", rows))
    (family,) = read.families
    assert [found.key for found in family.visits[0].observations] == ["O1", "O2"]
    assert family.citizens[0].cpr.value == "0505209996"
    assert told(read) == []


def test_observations_and_more_of_them_below_are_read_as_they_come(exported: Exported) -> None:
    rows = exported.rows(
        f"{OBSERVATIONS}\nO1|K1||Vægt|5250|g\nkontakt_id|fund\nK1|x\n{WIDE}\n{row(9)}\n{OBSERVATIONS}|start\nO2|K9||Vægt|1|g|"
    )
    read = exported.tables(
        exported.table("Ark1", rows),
        exported.table("Borgere", exported.rows(f"{CITIZENS}\nB1|050520-9996|barn||451000016003")),
        exported.table("Kontakter", exported.rows(f"{VISITS}\nK1|B1|2-months|HH|08-07-2020")),
    )
    of_visit = {visit.key: len(visit.observations) for family in read.families for visit in family.visits}
    assert of_visit == {"K1": 2, "K9": 1}


@pytest.mark.parametrize("sheet", ["Kontakter", "Borgere", "Observationer", "Ark1", "Fund"])
def test_a_name_is_no_shape(exported: Exported, sheet: str) -> None:
    read = exported.tables(exported.table(sheet, exported.rows(f"{WIDE}|Vægt\n{row(1)}|3350")))
    assert (keys(read), told(read), len(exported.observations(read))) == (["K1"], [], 1)


def test_a_name_decides_between_equals(exported: Exported) -> None:
    rows = exported.rows("kontakt_id|start\nK1|")
    assert exported.codes(exported.beside_a_visit(exported.table("Fund", rows))) == ["file-header-missing"]


def test_a_sheet_by_name_with_one_header_is_looked_for_at_its_top_only(exported: Exported) -> None:
    title = [["Noget"], ["kontakt_id", "Farve"], ["K1", "rød"]]
    read = exported.beside_a_visit(exported.table("Fund", title))
    assert told(read)[0] == ("file-rows-outside-table", 1)
    late = [["Noget"]] * 25 + [["kontakt_id", "Farve"]]
    assert ("file-sheet-unknown", 0) in told(exported.beside_a_visit(exported.table("Fund", late)))


def test_wide_tables_share_their_people(exported: Exported) -> None:
    january = exported.table("Januar", exported.rows(f"barn_id|{WIDE}\nB1|{row(1)}"))
    february = exported.table("Februar", exported.rows(f"{WIDE}\n{row(2)}"))
    (family,) = exported.tables(january, february).families
    assert [citizen.key for citizen in family.citizens] == ["B1"]
    assert [visit.key for visit in family.visits] == ["K1", "K2"]


@pytest.mark.parametrize(
    "text", ["barn\u00adcpr", "barn\u2011cpr", "\ufeffbarn_cpr", "barn\u00a0cpr", "barn cpr\u200b", "BARN-CPR*"]
)
def test_what_can_t_be_seen_is_no_other_header(text: str) -> None:
    assert header_key(text) == header_key("barn_cpr")


# --- nothing read is nothing in order ---------------------------------------------------------------------------------


def test_a_file_without_visits_is_told(exported: Exported) -> None:
    citizens = exported.rows(f"{CITIZENS}\nB1|050520-9996|barn||451000016003")
    read = exported.tables(exported.table("Borgere", citizens, "b.csv"))
    (note,) = read.notes
    assert (note.code, note.origin.file, note.facts) == (
        "file-no-visit",
        "b.csv",
        {"file": "b.csv", "rows": 1, "unknown": "–"},
    )


def test_a_file_of_which_nothing_is_known_is_told_beside_one_that_is_read(exported: Exported) -> None:
    foreign = exported.table("noget", [["Dato", "Besøg", "Barn"], ["1", "2", "3"], ["4", "5", "6"]], "noget.csv")
    visits = exported.table("Ark1", exported.rows(f"{WIDE}\n{row(1)}"), "a.csv")
    read = exported.tables(foreign, visits)
    assert [(note.code, note.origin.file) for note in read.notes] == [
        ("file-no-visit", "noget.csv"), ("file-sheet-unknown", "noget.csv"),
    ]  # fmt: skip
    assert read.notes[0].facts == {"file": "noget.csv", "rows": 3, "unknown": "Dato, Besøg, Barn"}


def test_headers_that_are_not_known_are_named_where_no_visit_is_found(exported: Exported) -> None:
    rows = exported.rows(f"{CITIZENS}|Dato|Ydelse\nB1|050520-9996|barn||451000016003|1-2-2020|Barsel")
    read = exported.tables(exported.table("Ark1", rows, "b.csv"))
    assert read.notes[0].facts["unknown"] == "Dato, Ydelse"


def test_prose_and_sheets_beside_the_visits_are_no_files_without_visits(exported: Exported) -> None:
    prose = exported.table("LÆSMIG", [["Hej"], ["Læs her", "og der"]], "LÆSMIG.txt")
    pivot = exported.table("Pivot", [["a", "b", "c"], ["1", "2", "3"]], "a.xlsx")
    visits = exported.table("Ark1", exported.rows(f"{WIDE}\n{row(1)}"), "a.xlsx")
    assert "file-no-visit" not in exported.codes(exported.tables(prose, pivot, visits))


def test_headers_without_rows_are_a_file_without_visits_where_no_file_has_any(exported: Exported) -> None:
    (note,) = exported.tables(exported.table("Kontakter", [WIDE.split("|")], "tom.csv")).notes
    assert (note.code, note.facts) == ("file-no-visit", {"file": "tom.csv", "rows": 0, "unknown": "–"})
    empty = exported.table("Kontakter", [WIDE.split("|")], "tom.csv")
    visits = exported.table("Ark1", exported.rows(f"{WIDE}\n{row(1)}"), "a.csv")
    assert exported.codes(exported.tables(empty, visits)) == []


def test_tables_of_no_known_shape_are_no_journal(exported: Exported) -> None:
    assert exported.read_or_none(exported.table("x", [["a", "b"], ["1", "2"]])) is None
