"""What people know each other by: which of the siblings, what a parent is likely to be, and for others no name."""

from __future__ import annotations

from ldbu_desktop.journal.model import Citizen, Entry, Family
from ldbu_desktop.journal.people import Kin, likely_kin, sibling_numbers, unnamed


def child(key: str, cpr: str | None, number: int | None = None) -> Citizen:
    """A child with a CPR number, and which of the siblings it is said to be."""
    return Citizen(key, True, Entry(cpr), sibling=Entry(number))


def test_siblings_are_numbered_by_age() -> None:
    family = Family("f", (child("young", "0505209996"), child("old", "0505159995"), Citizen("m", False)))
    assert sibling_numbers(family) == {"old": 1, "young": 2}


def test_children_of_one_day_follow_each_other_and_who_has_no_number_comes_last() -> None:
    family = Family("f", (child("none", None), child("a", "0505209996"), child("b", "0505209988")))
    assert sibling_numbers(family) == {"a": 1, "b": 2, "none": 3}


def test_what_is_said_goes_before_age() -> None:
    assert sibling_numbers(Family("f", (child("a", "0505209996", 3),))) == {"a": 3}


def test_what_a_parent_is_likely_to_be() -> None:
    assert likely_kin("2911829996") is Kin.MOTHER
    assert likely_kin("1502829995") is Kin.FATHER
    assert likely_kin("9999999999") is None
    assert likely_kin(None) is None


def test_a_family_for_others_has_no_names() -> None:
    named = Family("f", (Citizen("a", True, name=Entry("Emma", "Emma")), Citizen("b", False)))
    assert [one.name for one in unnamed(named).citizens] == [Entry(), Entry()]
    nobody = unnamed(named)
    assert unnamed(nobody) is nobody
