"""Corrected copies of exports that have the day and the time of a moment in two cells: both say what is open."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from ldbu_desktop.editing.operations import EditValue
from ldbu_desktop.journal.dates import DANISH_TIME
from ldbu_desktop.journal.fields import VISIT_END, VISIT_START
from ldbu_desktop.journal.model import Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.mapping.links import Proposal
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.correct import CorrectedCopy, correct
from ldbu_desktop.use_cases.map import propose
from ldbu_desktop.use_cases.map_decide import Answers, decided
from ldbu_desktop.use_cases.opening import open_mapped_files
from ldbu_desktop.workspace.workspace import Workspace

STANDARD = shipped_standard()
TODAY = date(2026, 11, 28)
HEADERS = ["Barnets CPR", "Besøgsdato", "Kl. fra", "Kl. til", "Besøgstype", "Vægt (g)"]
ROWS = [
    [f"010324{4100 + at}", f"{at + 3:02}-03-2024", f"09:{at:02}", f"10:{at:02}", "Barselsbesøg", str(3000 + at)]
    for at in range(12)
]


def written(folder: Path, ending: str, rows: list[list[str]]) -> Path:
    path = folder / f"a{ending}"
    if ending == ".csv":
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows([HEADERS, *rows])
    else:
        book = openpyxl.Workbook()
        for row in [HEADERS, *rows]:
            book.worksheets[0].append(row)
        book.save(path)
    return path


def links_of(path: Path) -> Proposal:
    return decided(propose([path], STANDARD, TODAY), Answers("SPL", approve=("all",)), STANDARD)


def work_on(path: Path) -> Workspace:
    return open_mapped_files([path], STANDARD, links_of(path))


def visits(work: Workspace) -> list[Visit]:
    return [visit for family in work.journal.families for visit in family.visits]


def moments(work: Workspace) -> list[tuple[object, object]]:
    return [(visit.start.value, visit.end.value) for visit in visits(work)]


def edit(work: Workspace, row: int, name: str, raw: str) -> None:
    family = next(one for one in work.journal.families if any(visit.origin.row == row + 2 for visit in one.visits))
    visit = next(visit for visit in family.visits if visit.origin.row == row + 2)
    work.do(EditValue(Where(family.key, visit.key, field=name), raw))


def copied(work: Workspace, path: Path) -> tuple[CorrectedCopy, Workspace, list[list[str]]]:
    target = path.with_name(f"copy{path.suffix}")
    copy = correct(work, [path], target)
    if path.suffix == ".csv":
        with target.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream, delimiter=";"))
    else:
        rows = [[str(cell) for cell in row] for row in openpyxl.load_workbook(target)["Sheet"].values]
    return copy, work_on(target), rows[1:]


def test_what_two_cells_say_is_told_as_both_and_at_its_own_place(tmp_path: Path) -> None:
    first = visits(work_on(written(tmp_path, ".csv", ROWS)))[0]
    assert (first.start.raw, first.start.column) == ("03-03-2024 09:00", 1)
    assert (first.end.raw, first.end.column) == ("10:00", 3)
    assert first.end.value == datetime(2024, 3, 3, 10, 0, tzinfo=DANISH_TIME)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize(
    ("name", "raw", "cells"),
    [
        (VISIT_START, "03-03-2024 09:41", ["03-03-2024", "09:41", "10:00"]),
        (VISIT_START, "03-03-2024", ["03-03-2024", "", "10:00"]),
        (VISIT_END, "03-03-2024 10:45", ["03-03-2024", "09:00", "10:45"]),
        (VISIT_END, "", ["03-03-2024", "09:00", ""]),
    ],
)
def test_a_copy_says_a_corrected_moment_in_both_cells(
    tmp_path: Path, ending: str, name: str, raw: str, cells: list[str]
) -> None:
    path = written(tmp_path, ending, ROWS)
    work = work_on(path)
    edit(work, 0, name, raw)
    copy, again, rows = copied(work, path)
    assert (copy.changed, copy.elsewhere) == (1, ())
    assert [cell.replace("None", "") for cell in rows[0][1:4]] == cells
    assert rows[1:] == ROWS[1:]
    assert moments(again) == moments(work)


@pytest.mark.parametrize("day", ["07-03-2024", "2024-03-11"])
def test_an_end_on_the_day_of_its_start_goes_with_it(tmp_path: Path, day: str) -> None:
    path = written(tmp_path, ".csv", ROWS)
    work = work_on(path)
    edit(work, 4, VISIT_START, f"{day} 11:15")
    edit(work, 4, VISIT_END, f"{day} 11:50")
    copy, again, rows = copied(work, path)
    assert (copy.changed, copy.elsewhere) == (2, ())
    assert rows[4][1:4] == [day, "11:15", "11:50"]
    assert moments(again) == moments(work)


@pytest.mark.parametrize(("raw", "cells"), [("24-03-2024 09:02", ["2024-03-24", "09:02"]), ("", ["", ""])])
def test_a_day_that_has_only_a_start_is_another_or_none(tmp_path: Path, raw: str, cells: list[str]) -> None:
    path = written(tmp_path, ".csv", [[*row[:3], "", *row[4:]] if at == 2 else row for at, row in enumerate(ROWS)])
    work = work_on(path)
    edit(work, 2, VISIT_START, raw)
    copy, again, rows = copied(work, path)
    assert copy.elsewhere == ()
    assert rows[2][1:3] == cells
    assert moments(again) == moments(work)


def test_a_moment_in_one_cell_is_corrected_there(tmp_path: Path) -> None:
    rows = [[row[0], f"{row[1]} {row[2]}", "", "", *row[4:]] for row in ROWS]
    path = written(tmp_path, ".csv", rows)
    work = work_on(path)
    edit(work, 0, VISIT_START, "05-03-2024 12:00")
    copy, again, after = copied(work, path)
    assert (copy.changed, copy.elsewhere) == (1, ())
    assert after[0][1] == "05-03-2024 12:00"
    assert moments(again) == moments(work)


def test_a_day_that_changed_in_the_file_since_is_left(tmp_path: Path) -> None:
    path = written(tmp_path, ".csv", ROWS)
    work = work_on(path)
    edit(work, 0, VISIT_START, "03-03-2024 09:30")
    changed = [[ROWS[0][0], "13-03-2024", *ROWS[0][2:]], *ROWS[1:]]
    written(tmp_path, ".csv", changed)
    copy, _, after = copied(work, path)
    assert (copy.changed, after) == (0, changed)
    assert [one.change.name for one in copy.elsewhere] == [VISIT_START]


@pytest.mark.parametrize(
    ("row", "name", "raw"),
    [
        (["03-03-2024", "09:00", "09:00"], VISIT_START, "03-03-2024 09:30"),
        (["03-03-2024", "09:00", "10:00"], VISIT_START, "04-03-2024 09:00"),
        (["03-03-2024", "09:00", "10:00"], VISIT_END, "04-03-2024 10:30"),
        (["03-03-2024", "09:00", "10:00"], VISIT_END, "senere"),
        (["03-03-2024", "09:00", "10:00"], VISIT_START, "engang"),
    ],
)
def test_what_the_cells_can_not_say_is_told(tmp_path: Path, row: list[str], name: str, raw: str) -> None:
    rows = [[ROWS[0][0], *row, *ROWS[0][4:]], *ROWS[1:]]
    path = written(tmp_path, ".csv", rows)
    work = work_on(path)
    edit(work, 0, name, raw)
    copy, _, after = copied(work, path)
    assert copy.changed == 0
    assert [one.change.name for one in copy.elsewhere] == [name]
    assert after == rows


def test_a_value_of_a_row_that_got_shorter_since_is_left(tmp_path: Path) -> None:
    rows = [[f"{row[0]}", row[4], row[5], f"{row[1]} {row[2]}"] for row in ROWS]
    path = tmp_path / "a.csv"

    def write(filled: list[list[str]]) -> None:
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows([["Barnets CPR", "Besøgstype", "Vægt (g)", "Start"], *filled])

    write(rows)
    work = work_on(path)
    family = work.journal.families[0]
    (weight,) = family.visits[0].observations
    work.do(EditValue(Where(family.key, family.visits[0].key, weight.key), "3100"))
    shorter = [[rows[0][0], rows[0][1]], *rows[1:]]
    write(shorter)
    copy, _, after = copied(work, path)
    assert (copy.changed, after) == (0, shorter)
    assert len(copy.elsewhere) == 1
