"""The name of a group tells whose or which visit; where it says only where something is kept, the header is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ldbu_desktop.mapping.links import Part, State, Subject
from tests.data.exports.population import Seen
from tests.unit.mapping.proposing.conftest import linked, proposed

Of = Callable[[Callable[[Seen], object]], list[str]]

COLUMNS: dict[str, Callable[[Seen], object]] = {
    "CPR": lambda seen: seen.child.cpr,
    "Besøgsdato": lambda seen: f"{seen.start:%d-%m-%Y}",
    "Vægt (g)": lambda seen: seen.weight,
    "Længde (cm)": lambda seen: seen.height,
}


def in_groups(of: Of, groups: list[str]) -> dict[str, tuple[str | None, State]]:
    """What the columns are taken for below names of groups, each above its own column."""
    rows = [groups, list(COLUMNS), *map(list, zip(*(of(tell) for tell in COLUMNS.values()), strict=True))]
    return {
        header: (link.target.variable if link.target else None, link.state)
        for header, link in zip(COLUMNS, proposed({"Ark1": rows}).columns, strict=True)
    }


@pytest.mark.parametrize(
    ("groups", "weight", "state"),
    [
        (["Barn", "Besøg", "Målinger", ""], "weight", State.SURE),
        (["Barn", "Besøg", "Kontaktoplysninger", ""], "weight", State.PROPOSED),
        (["Barn", "Besøg", "Medarbejder", ""], "weight", State.PROPOSED),
        (["Barn", "Besøg", "Fødsel", ""], None, State.UNMAPPED),
        (["Barn", "Besøg", "Søskende", ""], None, State.UNMAPPED),
        (["Barn", "Besøg", "Næste besøg", ""], None, State.UNMAPPED),
    ],
)
def test_a_group_distracts_or_means_another_thing(of: Of, groups: list[str], weight: str | None, state: State) -> None:
    assert in_groups(of, groups)["Vægt (g)"] == (weight, state)


@pytest.mark.parametrize("between", [".", ": ", " - ", "[", " | ", "/"])
def test_groups_may_be_written_before_the_header(of: Of, between: str) -> None:
    weight, start = f"Kontaktoplysninger{between}Vægt (g)", f"Kontaktoplysninger{between}Dato"
    found = linked({"CPR": of(COLUMNS["CPR"]), start: of(COLUMNS["Besøgsdato"]), weight: of(COLUMNS["Vægt (g)"])})
    assert [link.target and (link.target.variable, link.target.part) for link in found.values()] == [
        ("citizen.cpr", Part.CPR),
        ("visit.start", Part.START),
        ("weight", Part.VALUE),
    ]
    assert found[weight].state is State.PROPOSED


def test_a_single_prefix_is_no_group(of: Of) -> None:
    found = linked({"CPR": of(COLUMNS["CPR"]), "Telefon: vægt (g)": of(COLUMNS["Vægt (g)"])})
    assert found["Telefon: vægt (g)"].target is None


def test_a_group_of_another_variable_leaves_it_to_the_content(of: Of) -> None:
    rows = [["Barn", "Besøg", "Ernæring", ""], list(COLUMNS)]
    rows += list(map(list, zip(*(of(tell) for tell in COLUMNS.values()), strict=True)))
    link = proposed({"Ark1": rows}).columns[2]
    assert link.target is not None
    assert (link.target.variable, link.target.subject, link.state) == ("weight", Subject.CHILD, State.PROPOSED)
