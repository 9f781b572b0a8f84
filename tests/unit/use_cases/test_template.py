from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any, cast

import pytest
from openpyxl import load_workbook

from ldbu_desktop.faults import CallFault, OutputFault
from ldbu_desktop.language import Language
from ldbu_desktop.mapping.layout import long_sheets
from ldbu_desktop.mapping.template_sheets import answer_lists, instructions, long_template, wide_template, words
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.template import Shape, write_tables, write_template

STANDARD = shipped_standard()
VOCABULARY = Vocabulary(STANDARD)
LONG, WIDE = cast(Shape, "long"), cast(Shape, "wide")


@pytest.mark.parametrize("shape", [LONG, WIDE])
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_of_an_empty_template_nothing_is_told_but_that_there_are_no_visits(
    tmp_path: Path, shape: Shape, language: Language, ending: str
) -> None:
    written = write_template(tmp_path / f"t{ending}", STANDARD, shape, language)
    journal = load(written, STANDARD)
    assert {note.code for note in journal.notes} == {"file-no-visit"}
    assert journal.families == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in written)


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_filled_template_is_read_without_anything_to_tell(tmp_path: Path, ending: str) -> None:
    rows = {
        "Borgere": [["B1", "0505209996", "barn", "", "451000016003", "ja"]],
        "Kontakter": [["K1", "B1", "Etableringsbesøg", "HH", "", "20-05-2020 12:45", "", "", ""]],
        "Observationer": [["", "K1", "", "Vægt", "4,25", "kg", "", "", "", ""]],
    }
    journal = load(write_tables(tmp_path / f"t{ending}", STANDARD, LONG, Language.DANISH, rows), STANDARD)
    assert (journal.notes, journal.visit_count) == ((), 1)
    (weight,) = journal.families[0].visits[0].observations
    assert (str(weight.value.value), weight.value.raw) == ("4.25", "4,25")


@pytest.mark.parametrize("shape", [LONG, WIDE])
def test_every_header_has_a_note_and_coded_columns_offer_their_answers(tmp_path: Path, shape: Shape) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, STANDARD, shape, Language.DANISH)
    workbook = load_workbook(path)
    sheets = (long_template if shape == "long" else wide_template)(VOCABULARY)
    assert workbook.sheetnames == ["Vejledning", *(sheet.name for sheet in sheets), "Lister"]
    for sheet in sheets:
        worksheet = workbook[sheet.name]
        assert worksheet.freeze_panes == "A2"
        offered = {str(one.sqref).rstrip("0123456789").split(":")[0].rstrip("2"): one.formula1 for one in
                   worksheet.data_validations.dataValidation}  # fmt: skip
        for cell, column in zip(worksheet[1], sheet.columns, strict=True):
            assert (cell.value, bool(cell.comment.text)) == (column.header, True)
            assert (cell.column_letter in offered) is bool(column.answers or column.depends_on), column.header
            if column.answers:
                answers = answer_lists(VOCABULARY)[column.answers]
                assert _cells(workbook["Lister"], offered[cell.column_letter]) == list(answers)


def _cells(lists: Any, formula: str) -> list[str]:
    place = formula.rpartition("!")[2].replace("$", "")
    return [row[0].value for row in lists[place]]


def test_what_depends_on_another_column_finds_its_list_by_name() -> None:
    lists = answer_lists(VOCABULARY)
    for sheet in long_template(VOCABULARY):
        headers = [column.header for column in sheet.columns]
        for column in sheet.columns:
            assert not column.depends_on or column.depends_on in headers
    coded = [
        name for name in lists["variabel"] if STANDARD.variable[VOCABULARY.variable(name) or ""].kind != "quantity"
    ]
    assert all(name in lists for name in coded)
    assert all(lists[name] for name in lists["spørgeskema"])


def test_every_text_is_in_both_languages() -> None:
    texts = [*words().values(), *(part.title for part in instructions())]
    texts += [line for part in instructions() for line in part.lines]
    for sheet in (*long_template(VOCABULARY), *wide_template(VOCABULARY)):
        texts += [sheet.text, *(column.text for column in sheet.columns)]
    texts += [sheet.text for sheet in long_sheets()]
    assert all(text.da and text.en for text in texts)


def test_a_text_template_opens_in_a_danish_spreadsheet(tmp_path: Path) -> None:
    (path,) = write_template(tmp_path / "t.csv", STANDARD, WIDE, Language.DANISH)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        (header,) = csv.reader(stream, delimiter=";")
    assert header == [column.header for column in wide_template(VOCABULARY)[0].columns]
    assert len(set(header)) == len(header)


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CallFault) as caught:
        write_template(tmp_path / "t.ods", STANDARD, LONG, Language.DANISH)
    assert caught.value.key == "template-kind-unknown"


def test_where_it_can_not_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputFault) as caught:
        write_template(tmp_path / "none" / "t.xlsx", STANDARD, LONG, Language.DANISH)
    assert (caught.value.key, caught.value.facts["file"]) == ("output-not-writable", "t.xlsx")


def test_what_was_there_stays_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.csv"
    path.write_text("before", encoding="utf-8")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputFault):
        write_template(path, STANDARD, WIDE, Language.DANISH, path)
    assert [found.name for found in tmp_path.iterdir()] == ["t.csv"]
    assert path.read_text(encoding="utf-8") == "before"


@pytest.mark.skipif(os.name != "posix", reason="access is told by other means")
def test_a_template_is_for_its_owner_as_all_that_is_written(tmp_path: Path) -> None:
    (path,) = write_template(tmp_path / "t.csv", STANDARD, WIDE, Language.DANISH)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("shape", "ending", "there"), [(LONG, ".xlsx", "t.xlsx"), (LONG, ".csv", "t-fund.csv")])
def test_a_file_that_may_be_filled_is_not_written_over(tmp_path: Path, shape: Shape, ending: str, there: str) -> None:
    path, filled = tmp_path / f"t{ending}", tmp_path / there
    filled.write_bytes(b"filled")
    with pytest.raises(CallFault, match="template-exists"):
        write_template(path, STANDARD, shape, Language.DANISH)
    assert [one.name for one in tmp_path.iterdir()] == [there]
    assert filled.read_bytes() == b"filled"
    written = write_template(path, STANDARD, shape, Language.DANISH, filled)
    assert filled in written
    assert filled.read_bytes() != b"filled"


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputFault):
        write_template(tmp_path / f"{'x' * 5000}.csv", STANDARD, WIDE, Language.DANISH)
