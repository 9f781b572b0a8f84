"""Tables beside each other in one sheet: each is read as if it stood alone, and every cell is accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ldbu_desktop.journal.model import Journal

if TYPE_CHECKING:
    from conftest import Exported

WIDE = ["kontakt_id", "barn_cpr", "sor", "kontakttype", "kontaktform", "start", "Vægt", "Vægt enhed"]
CITIZENS = ["borger_id", "cpr", "rolle", "sor"]
CITIZEN = ["B1", "0505209996", "barn", "451000016003"]
VISITS = ["kontakt_id", "borger_id", "kontakttype", "kontaktform", "start"]
OBSERVATIONS = ["kontakt_id", "variabel", "værdi", "enhed"]
GAP = [""]


def wide(key: str, day: int = 8) -> list[str]:
    return [
        *(key, "0505209996", "451000016003", "Barselsbesøg", "Hjemmebesøg"),
        *(f"{day:02}-05-2020 10:30", "3350", "g"),
    ]


def visit(key: str) -> list[str]:
    return [key, "B1", "Barselsbesøg", "Hjemmebesøg", "08-05-2020 10:30"]


def read(exported: Exported, *rows: list[str], sheet: str = "Ark1") -> Journal:
    return exported.tables(exported.table(sheet, rows))


def keys(journal: Journal) -> set[str]:
    return {visit.key for family in journal.families for visit in family.visits}


def codes(journal: Journal) -> list[str]:
    return [note.code for note in journal.notes]


@pytest.mark.parametrize("gap", [GAP, GAP * 3, []])
def test_two_of_one_shape(exported: Exported, gap: list[str]) -> None:
    journal = read(exported, WIDE + gap + WIDE, wide("K1") + gap + wide("K2", 9), wide("K3", 10) + gap + wide("K4", 11))
    assert keys(journal) == {"K1", "K2", "K3", "K4"}
    assert codes(journal) == []
    assert not journal.account.not_read


def test_two_of_different_shapes(exported: Exported) -> None:
    journal = read(exported, CITIZENS + GAP + VISITS, CITIZEN + GAP + visit("K1"), [""] * 4 + GAP + visit("K2"))
    (family,) = journal.families
    assert (keys(journal), family.visits[0].subject.value) == ({"K1", "K2"}, "B1")
    assert codes(journal) == []


def test_three_of_them_where_one_is_read_later(exported: Exported) -> None:
    rows = [
        OBSERVATIONS + GAP + CITIZENS + GAP + VISITS,
        ["K1", "Vægt", "3350", "g", *GAP, *CITIZEN, *GAP, *visit("K1")],
        ["K1", "Længde/højde", "51,2", "cm"],
    ]
    journal = read(exported, *rows)
    (family,) = journal.families
    assert [one.variable.value for one in family.visits[0].observations] == ["weight", "height"]
    assert codes(journal) == []


def test_places_are_those_of_the_sheet(exported: Exported) -> None:
    journal = read(exported, WIDE + GAP + WIDE, wide("K1") + GAP + wide("K2", 9))
    second = next(visit for family in journal.families for visit in family.visits if visit.key == "K2")
    assert (second.origin.row, second.start.column) == (2, len(WIDE) + 1 + WIDE.index("start"))


def test_one_is_longer_than_the_other(exported: Exported) -> None:
    empty = [""] * len(WIDE)
    rows = [wide("K1") + GAP + wide("K2", 9), wide("K3", 10), empty + GAP + wide("K4", 11)]
    assert keys(read(exported, WIDE + GAP + WIDE, *rows)) == {"K1", "K2", "K3", "K4"}


def test_a_table_across_both_columns_below_them(exported: Exported) -> None:
    rows = [CITIZENS + GAP + VISITS, CITIZEN + GAP + visit("K1"), WIDE, wide("K2", 9), wide("K3", 10)]
    journal = read(exported, *rows)
    assert keys(journal) == {"K1", "K2", "K3"}
    assert not journal.account.not_read


def test_both_again_below(exported: Exported) -> None:
    rows = [
        WIDE + GAP + WIDE,
        wide("K1") + GAP + wide("K2", 9),
        WIDE + GAP + WIDE,
        wide("K3", 10) + GAP + wide("K4", 11),
    ]
    assert keys(read(exported, *rows)) == {"K1", "K2", "K3", "K4"}


def test_one_table_with_an_empty_column_is_one(exported: Exported) -> None:
    head, row = WIDE[:4] + GAP + WIDE[4:], wide("K1")[:4] + GAP + wide("K1")[4:]
    (found,) = (visit for family in read(exported, head, row).families for visit in family.visits)
    assert (found.key, found.visit_class.raw, len(found.observations)) == ("K1", "Hjemmebesøg", 1)


def test_what_is_no_table_beside_one_is_told(exported: Exported) -> None:
    journal = read(exported, WIDE + GAP + ["Postnr", "By"], wide("K1") + GAP + ["5000", "Odense"])
    assert keys(journal) == {"K1"}
    assert codes(journal) == ["file-header-unknown"] * 2
    assert journal.account.left_out.cells == 4


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=8), st.integers(0, 2))
def test_what_goes_in_is_read_or_told(exported: Exported, filled: list[tuple[bool, bool]], gap: int) -> None:
    """Whichever rows the two tables have."""
    between, empty = [""] * gap, [""] * len(WIDE)
    rows = [WIDE + between + WIDE]
    for at, (left, right) in enumerate(filled):
        one = wide(f"L{at}", 1 + at) if left else empty
        rows.append(one + between + (wide(f"R{at}", 11 + at) if right else empty))
    rows = [row for row in rows if any(row)]
    journal = read(exported, *rows)
    assert keys(journal) == {f"L{at}" for at, (left, _) in enumerate(filled) if left} | {
        f"R{at}" for at, (_, right) in enumerate(filled) if right
    }
    assert not journal.account.not_read
