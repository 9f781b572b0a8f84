"""Tables of others that stand beside each other in a sheet: each is read by itself, and joined by what they share."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from ldbu_desktop.account import Amount
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.mapping.links import Approval, Proposal, TableShape
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.map import propose
from ldbu_desktop.use_cases.map_decide import Answers, decided
from ldbu_desktop.use_cases.map_read import read_with
from ldbu_desktop.use_cases.map_save import made_map, with_maps
from tests.data.exports.population import Population, Seen

STANDARD = shipped_standard()
TODAY = date(2026, 11, 28)
Rows = list[list[str]]
POPULATION = Population("beside", children=8)
VISITS = POPULATION.visits
ELSEWHERE = POPULATION.random.sample(VISITS, len(VISITS))
"""The same visits, as another table has them: in other rows."""
CODES = {"1": "Fuldamning", "2": "Ammes primært"}


def visit(seen: Seen) -> list[str]:
    return [str(seen.number), seen.child.cpr, f"{seen.start:%d-%m-%Y %H:%M}", seen.kind.label.da]


SEEN = [["Kontakt-ID", "Barnets CPR", "Besøgsdato", "Besøgstype"], *map(visit, VISITS)]
SIZES = [["Kontakt-ID", "Vægt (g)"], *([str(seen.number), str(seen.weight)] for seen in ELSEWHERE)]
FED = [
    ["Besøgs-ID", "Ernæring"],
    *([str(seen.number), CODES[str(seen.number % 2 + 1)]] for seen in reversed(ELSEWHERE)),
]
GAP = [[""]] * len(SEEN)


def beside(*parts: Rows) -> Rows:
    """Tables beside each other, as long as the longest of them."""
    most = max(map(len, parts))
    filled = [[*part, *[[""] * len(part[0])] * (most - len(part))] for part in parts]
    return [[cell for row in rows for cell in row] for rows in zip(*filled, strict=True)]


def written(folder: Path, rows: Rows) -> Path:
    path = folder / "ark.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def approved(path: Path) -> Proposal:
    return decided(propose([path], STANDARD, TODAY), Answers("SPL", approve=("all",)), STANDARD)


def told(journal: Journal) -> dict[str, dict[str, object]]:
    """What was observed at each visit, by its key."""
    return {
        visit.key: {str(one.variable.value): one.value.value for one in visit.observations}
        for family in journal.families
        for visit in family.visits
    }


def weights(journal: Journal) -> dict[str, str]:
    return {key: str(observed["weight"]) for key, observed in told(journal).items() if "weight" in observed}


RIGHT = {str(seen.number): str(seen.weight) for seen in VISITS}


@pytest.mark.parametrize(
    "parts",
    [(SEEN, GAP, SIZES), (SIZES, GAP, SEEN), (SEEN, SIZES), (SEEN, GAP, SIZES, GAP, FED), (SEEN, GAP, FED, GAP, SIZES)],
)
def test_rows_in_another_order_are_of_the_visits_that_they_name(tmp_path: Path, parts: tuple[Rows, ...]) -> None:
    path = written(tmp_path, beside(*parts))
    journal = read_with([path], STANDARD, approved(path))
    assert weights(journal) == RIGHT
    assert journal.notes == ()
    assert journal.account.left_out == Amount()


def test_a_list_of_codes_beside_is_not_read_and_nothing_of_the_visits_is_lost(tmp_path: Path) -> None:
    data = [
        [*row, text]
        for row, text in zip(SEEN, ["Ernæring", *(str(seen.number % 2 + 1) for seen in VISITS)], strict=True)
    ]
    path = written(tmp_path, beside(data, GAP, [["Kode", "Tekst"], *map(list, CODES.items())]))
    journal = read_with([path], STANDARD, approved(path))
    assert {key: observed.keys() for key, observed in told(journal).items()} == {key: {"feeding"} for key in RIGHT}
    assert [(note.code, note.origin.row) for note in journal.notes] == [("file-table-of-codes", 1)]
    assert journal.account.left_out == Amount(cells=6)


def test_a_map_knows_each_of_them_again(tmp_path: Path) -> None:
    path = written(tmp_path, beside(SEEN, GAP, SIZES, GAP, FED))
    made = made_map(approved(path), "Ark", "1", Approval("SPL", TODAY), STANDARD)
    assert [len(table.columns) for table in made.tables] == [4, 2, 2]
    path = written(tmp_path, beside(FED, GAP, SIZES, GAP, SEEN))
    again = with_maps(propose([path], STANDARD, TODAY), (made,))
    assert again.waiting() == ()
    assert weights(read_with([path], STANDARD, again)) == RIGHT


def test_the_same_key_in_the_same_row_parts_no_table(tmp_path: Path) -> None:
    rows = [
        [*row, *size]
        for row, size in zip(SEEN, [SIZES[0], *([str(s.number), str(s.weight)] for s in VISITS)], strict=True)
    ]
    path = written(tmp_path, rows)
    (table,) = propose([path], STANDARD, TODAY).tables
    assert table.shape is TableShape.VISIT


@pytest.mark.parametrize("header", ["Løbenr", "Nr.", "#"])
def test_numbers_that_only_count_rows_are_no_keys(tmp_path: Path, header: str) -> None:
    counted = [[number, *row[1:]] for number, row in zip([header, *map(str, range(1, len(SEEN)))], SEEN, strict=True)]
    path = written(tmp_path, counted)
    first = told(read_with([path], STANDARD, approved(path))).keys()
    path = written(tmp_path, [counted[0], *([str(at), *row[1:]] for at, row in enumerate(counted[4:], start=1))])
    assert told(read_with([path], STANDARD, approved(path))).keys() < first
    assert not first & set(map(str, range(len(SEEN))))


def test_two_rows_are_too_few_to_be_counted(tmp_path: Path) -> None:
    path = written(
        tmp_path, [["Løbenr", *SEEN[0][1:]], *([str(at), *row[1:]] for at, row in enumerate(SEEN[1:3], start=1))]
    )
    assert told(read_with([path], STANDARD, approved(path))).keys() == {"1", "2"}


def test_a_number_by_which_another_table_names_rows_is_a_key(tmp_path: Path) -> None:
    numbers = {seen.number: str(at) for at, seen in enumerate(VISITS, start=1)}
    counted = [["Løbenr", *SEEN[0][1:]], *([numbers[seen.number], *visit(seen)[1:]] for seen in VISITS)]
    sizes = [["Løbenr", "Vægt (g)"], *([numbers[seen.number], str(seen.weight)] for seen in ELSEWHERE)]
    path = written(tmp_path, beside(counted, GAP, sizes))
    assert weights(read_with([path], STANDARD, approved(path))) == {
        numbers[seen.number]: str(seen.weight) for seen in VISITS
    }
