from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ldbu_desktop.journal.model import NO_COLUMN
from ldbu_desktop.mapping.columns import Shapes, header_key, sheet_shape
from ldbu_desktop.mapping.layout import long_sheets
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.sources.tables import Remark
from ldbu_desktop.standard.catalogue import shipped_standard

if TYPE_CHECKING:
    from conftest import Exported


@pytest.mark.parametrize("text", ["borger_id", "Borger-ID", " BORGER ID *", "borgerid"])
def test_headers_match_whatever_their_case_and_marks(text: str) -> None:
    assert header_key(text) == "borgerid"


def test_every_sheet_has_headers_that_tell_its_columns_apart() -> None:
    vocabulary = Vocabulary(shipped_standard())
    for sheet in long_sheets():
        shape = sheet_shape(sheet, vocabulary)
        for column in sheet.columns:
            assert shape.fields[header_key(column.header)] == column.field
            assert not column.variable or column.variable in vocabulary.standard.variable


def test_variable_ids_and_labels_are_headers_too(exported: Exported) -> None:
    read = exported.family(
        Kontakter="kontakt_id|visit.subject|Visit type|Kontaktform|Start\nK1|B1|2-months|HH|1-2-2020"
    )
    (visit,) = read.families[0].visits
    assert (visit.subject.value, visit.visit_class.value) == ("B1", "HH")
    assert visit.type.value is not None


@pytest.mark.parametrize("sheet", ["kontakter", "Ark1", "eksport 2020"])
def test_a_sheet_is_known_by_its_name_or_its_headers(exported: Exported, sheet: str) -> None:
    rows = [["kontakt_id", "borger_id", "kontakttype", "kontaktform", "start"], ["K1", "B1", "x", "HH", ""]]
    read = exported.tables(exported.table(sheet, rows))
    assert read.visit_count == 1


def test_titles_above_the_header_are_passed_over(exported: Exported) -> None:
    rows = [["Udtræk fra journalen", ""], ["kontakt_id", "fund"], ["K1", "x"]]
    read = exported.beside_a_visit(exported.table("Fund", rows))
    assert read.families[-1].unplaced[0].origin.row == 3


def test_headers_that_stand_twice_are_unknown_or_missing_are_told(exported: Exported) -> None:
    rows = [
        ["kontakt_id", "fund", "Fund", "Farve", "", ""],
        ["K1", "x", "X", "z", "", ""],
        ["K2", "x", "", "", "w", ""],
    ]
    read = exported.beside_a_visit(exported.table("Fund", rows))
    assert [(note.code, note.column, note.raw) for note in read.notes] == [
        ("file-header-duplicate", 2, "Fund"), ("file-header-unknown", 3, "Farve"), ("file-header-missing", 4, ""),
    ]  # fmt: skip
    assert read.notes[0].facts == {"column": "C", "first": "B"}
    assert read.notes[2].facts == {"column": "E", "header": ""}


def test_a_required_header_that_is_not_there_is_told(exported: Exported) -> None:
    read = exported.beside_a_visit(exported.table("Fund", [["kontakt_id", "start"], ["K1", ""]]))
    (note,) = read.notes
    assert (note.code, note.column, note.facts["header"]) == ("file-header-missing", NO_COLUMN, "fund")


def test_rows_wider_than_the_header_are_told_and_narrower_ones_are_filled(exported: Exported) -> None:
    rows = [["kontakt_id", "fund", "start"], ["K1", "x", "", "", "over"], ["K2"], ["K3", "x", "", ""]]
    read = exported.beside_a_visit(exported.table("Fund", rows))
    (note,) = read.notes
    assert (note.code, note.origin.row, note.column, note.raw) == ("file-row-too-wide", 2, 3, "over")
    assert note.facts == {"cells": 5, "columns": 3}
    assert len(read.families[-1].unplaced) == 3


def test_unknown_and_hidden_sheets_are_told_and_own_sheets_are_not(exported: Exported) -> None:
    rows = [["kontakt_id", "fund"], ["K1", "x"]]
    read = exported.beside_a_visit(
        exported.table("Noter", [["Husk", "mælk"]]),
        exported.table("Tom", []),
        exported.table("Fund", rows, is_hidden=True),
        exported.table("Vejledning", [["kontakt_id", "fund"]]),
    )
    assert [(note.code, note.raw) for note in read.notes] == [
        ("file-sheet-unknown", "Noter"), ("file-sheet-unknown", "Tom"), ("file-sheet-hidden", "Fund"),
    ]  # fmt: skip


def test_what_the_file_had_to_tell_comes_first(exported: Exported) -> None:
    table = exported.table("Fund", [["kontakt_id", "fund", "x"], ["K1", "x", ""]])
    table.remarks.append(Remark("file-empty-rows", 4, facts={"rows": 1}))
    read = exported.beside_a_visit(table)
    assert exported.codes(read) == ["file-empty-rows", "file-header-unknown"]
    assert (read.notes[0].origin.row, read.notes[0].facts) == (4, {"rows": 1})


def test_headers_that_fit_no_shape_well_are_not_guessed() -> None:
    vocabulary = Vocabulary(shipped_standard())
    shapes = Shapes([sheet_shape(sheet, vocabulary) for sheet in long_sheets()])
    assert shapes.of_header(["status", "start"], "s") is None
    assert shapes.of_header(["kontakt_id", "x"], "s") is None
