"""Sheets whose rows have nothing in common but a running number: joined where one refers to the other, else asked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ldbu_desktop.mapping.links import State, TableLink
from tests.data.exports.population import Seen
from tests.unit.mapping.proposing.conftest import proposed

Rows = list[list[str]]


def visit_rows(visits: Sequence[Seen]) -> Rows:
    cells = [
        [f"{at}", seen.child.cpr, f"{seen.start:%d-%m-%Y}", seen.kind.label.da] for at, seen in enumerate(visits, 1)
    ]
    return [["Løbenr", "CPR", "Dato", "Besøgstype"], *cells]


def size_rows(visits: Sequence[Seen]) -> Rows:
    cells = [[f"{at}", f"{seen.weight}", f"{seen.height}"] for at, seen in enumerate(visits, 1)]
    return [["Løbenr", "Vægt (g)", "Længde (cm)"], *cells]


def sizes_of(visits: Sequence[Seen], sizes: Rows) -> TableLink:
    """What the sheet of sizes is taken for beside that of visits."""
    return proposed({"Besøg": visit_rows(visits), "Mål": sizes}).tables[1]


def codes(table: TableLink) -> set[str]:
    return {each.code for each in table.evidence}


def test_rows_that_refer_to_those_of_another_sheet_are_joined(visits: list[Seen]) -> None:
    header, *rows = size_rows(visits)
    for some in (rows[::2], list(reversed(rows)), sorted(rows * 2)):
        table = sizes_of(visits, [header, *some])
        assert table.keys == (0,)
        assert "rows-may-be-joined" not in codes(table)


@pytest.mark.parametrize("fewer", [0, 3])
def test_rows_that_may_be_counted_separately_are_asked_about(visits: list[Seen], fewer: int) -> None:
    sizes = size_rows(visits)
    table = sizes_of(visits, sizes[: len(sizes) - fewer])
    assert table.keys == ()
    (asked,) = (each for each in table.evidence if each.code == "rows-may-be-joined")
    assert asked.facts == {"column": "Løbenr", "sheet": "Besøg"}


def test_sheets_that_say_whom_they_are_about_are_not_asked_about(visits: list[Seen]) -> None:
    proposal = proposed({"Besøg": visit_rows(visits), "Flere besøg": visit_rows(visits[:9])})
    assert not any("rows-may-be-joined" in codes(table) for table in proposal.tables)
    alone = proposed({"Mål": size_rows(visits)})
    assert "rows-may-be-joined" not in codes(alone.tables[0])
    assert {link.state for link in alone.columns} <= {State.PROPOSED, State.UNMAPPED, State.LEFT_OUT}
