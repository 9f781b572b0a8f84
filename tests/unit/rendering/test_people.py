"""What people are called on the screen and for others."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ldbu_desktop.journal.model import EMPTY, Citizen, Entry, Family, Origin
from ldbu_desktop.journal.people import Kin
from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering.people import citizen_name, citizen_role, family_name, name_words

IN_FILE = Origin("a.csv", "a", 3)
CHILD = Citizen("3-bcdfg", True, Entry("0505209996"))
TWIN = Citizen("3-bcdfg-b", True, Entry("0505209988"))
PARENT, OTHER = Citizen("3-bcdfg-a", False), Citizen("3-bcdfg-c", False)


def of(*citizens: Citizen) -> Family:
    """A family of these."""
    return Family(citizens[0].key, citizens)


def named(citizen: Citizen, name: str, kin: Kin | None = None) -> Citizen:
    """Somebody who has a name, and is something to the child."""
    return replace(citizen, name=Entry(name, name), kin=Entry(kin.value) if kin else EMPTY)


def test_a_name_is_covered_as_a_number_is() -> None:
    assert name_words("Emma Holm", shown=True) == "Emma Holm"
    assert name_words("Emma Holm", shown=False) == "E••• H•••"


@pytest.mark.parametrize(
    ("citizen", "family", "told"),
    [
        (CHILD, of(CHILD, PARENT), "Barn 3"),
        (TWIN, of(CHILD, TWIN), "2. barn i familie 3"),
        (replace(CHILD, sibling=Entry(4)), of(replace(CHILD, sibling=Entry(4))), "4. barn i familie 3"),
        (PARENT, of(CHILD, PARENT), "Forælder"),
        (OTHER, of(CHILD, PARENT, OTHER), "Forælder 2"),
        (replace(PARENT, kin=Entry("mother")), of(CHILD, replace(PARENT, kin=Entry("mother")), OTHER), "Mor"),
        (Citizen("barn-1", True), of(Citizen("barn-1", True), Citizen("barn-2", True)), "Barn barn-1"),
        (Citizen("M1", False, kin=Entry("father", "far")), of(CHILD), "Far M1"),
        (Citizen("050520-9996", True), of(CHILD), "Barn 050520-••••"),
    ],
)
def test_who_has_no_name_is_told_by_what_the_case_or_the_file_knows(
    citizen: Citizen, family: Family, told: str
) -> None:
    assert citizen_role(citizen, family) == told
    assert citizen_name(citizen, family, shown=True) == told


def test_who_has_only_a_cpr_number_in_the_file_is_told_by_the_row() -> None:
    keys = "cpr-c9e29ecf6b05", "cpr-f117ecb2a44d", "cpr-82b4ead765cd"
    family = of(*(Citizen(key, at == 0, origin=IN_FILE) for at, key in enumerate(keys)))
    told = [citizen_role(one, family) for one in family.citizens]
    assert told == ["Barn i række 3", "Forælder 1 i række 3", "Forælder 2 i række 3"]
    assert citizen_role(Citizen(keys[0], True), of(Citizen(keys[0], True))) == f"Barn {keys[0]}"


def test_who_has_no_number_that_can_be_read_is_told_by_the_row_too() -> None:
    """Their keys are made of the file and the row, which nobody knows them by."""
    family = of(*(Citizen(f"{IN_FILE.file}-{IN_FILE.row}-{at}", at == 0, origin=IN_FILE) for at in range(2)))
    assert [citizen_role(one, family) for one in family.citizens] == ["Barn i række 3", "Forælder i række 3"]


def test_a_resource_is_told_by_the_beginning_of_its_id() -> None:
    one = Citizen("Patient/7e176e20-f393-54c0-aa12-128bd4613fda", True)
    assert citizen_role(one, of(one)) == "Barn 7e176e20…"


def test_who_has_a_name_is_called_by_it() -> None:
    emma, anne = named(CHILD, "Emma"), named(PARENT, "Anne", Kin.MOTHER)
    family = of(emma, anne)
    assert citizen_name(emma, family, shown=True) == "Emma"
    assert citizen_name(anne, family, shown=True) == "Anne, mor"
    assert citizen_name(anne, family, shown=False) == "A•••, mor"
    twins = of(emma, named(TWIN, "Emil"))
    assert [citizen_name(one, twins, shown=False) for one in twins.citizens] == ["E•••, 1. barn", "E•••, 2. barn"]
    assert citizen_role(emma, family) == "Barn 3"


def test_a_family_is_called_by_its_children() -> None:
    assert family_name(of(CHILD, PARENT), shown=True) == "Barn 3"
    assert family_name(of(CHILD, TWIN, PARENT), shown=True) == "Familie 3"
    assert family_name(Family(CHILD.key, (PARENT,)), shown=True) == "Familie 3"
    assert family_name(of(named(CHILD, "Emma"), TWIN), shown=True) == "Emma, 2. barn i familie 3"
    assert family_name(of(Citizen("barn-1", True), Citizen("M1", False)), shown=True) == "Barn barn-1"
    assert family_name(Family("f", ()), shown=True) == "Ukendt borger"


def test_english_says_the_same() -> None:
    choose(Language.ENGLISH)
    try:
        assert citizen_role(TWIN, of(CHILD, TWIN)) == "Child 2 of family 3"
    finally:
        choose(Language.DANISH)
