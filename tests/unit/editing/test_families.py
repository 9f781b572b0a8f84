"""Families of a case: who is in them, and keys that stay."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ldbu_desktop.bundles.identity import Identities
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.editing.delivered import NothingDelivered
from ldbu_desktop.editing.families import (
    new_case,
    with_child,
    with_description,
    with_family,
    with_gestation,
    with_parent,
    with_parents,
)
from ldbu_desktop.editing.keys import drawn_case, drawn_letters
from ldbu_desktop.editing.values import edited
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.fields import CITIZEN_CPR, CITIZEN_KIN, CITIZEN_NAME, CITIZEN_SIBLING
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.journal.model import Family, Journal, Parenthood
from ldbu_desktop.journal.people import parents_at, parents_of
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.revalidate import revalidated
from ldbu_desktop.use_cases.validate import validate
from tests.unit.editing.filled_family import (
    CHILD,
    CPRS,
    FAMILY,
    OTHER_PARENT,
    PARENT,
    SOR,
    STANDARD,
    TODAY,
    TWIN,
    family_journal,
    family_of,
    place,
    visit_journal,
    visited,
    with_answers,
)

Add = Callable[[Journal, str, Standard], tuple[Journal, str]]


def test_no_two_cases_have_a_resource_in_common() -> None:
    assert len({new_case().system for _ in range(50)}) == 50
    assert new_case(lambda: "x").system == "ldbu-desktop/x"


def test_drawn_keys_hold_nothing_that_looks_like_a_number() -> None:
    drawn = {drawn_letters() for _ in range(200)}
    assert len(drawn) > 190
    assert all(re.fullmatch(r"[b-z]{5}", key) for key in drawn)
    assert len(drawn_case()) == 24


def test_families_are_numbered_and_told_apart_in_copies_of_a_case() -> None:
    case, first = with_family(new_case(), STANDARD)
    one, second = with_family(case, STANDARD)
    _, other = with_family(case, STANDARD)
    assert [key.split("-")[0] for key in (first, second, other)] == ["1", "2", "2"]
    assert second != other
    assert without_cpr(second) == second
    assert one.families[0] is case.families[0]


def test_numbers_go_on_after_the_families_of_a_file() -> None:
    assert with_family(Journal((Family("B7", ()), Family("B8", ()))), STANDARD)[1].startswith("3-")
    assert with_family(Journal((Family("7", ()), Family("B8", ()))), STANDARD)[1].startswith("8-")


def test_a_new_family_takes_over_the_municipality() -> None:
    journal, key = with_family(family_journal(), STANDARD, lambda: "2")
    family = journal.families[1]
    assert [(one.key, one.is_child, one.organisation.value, one.active.value) for one in family.citizens] == [
        (key, True, SOR, True),
        (f"{key}-a", False, SOR, True),
    ]
    (tie,) = family.parenthoods
    assert (tie.parent.value, tie.child.value, tie.relationship.value) == (f"{key}-a", key, "PRN")


def test_before_a_birth_there_is_no_child_and_then_one_comes_to_the_same_family() -> None:
    journal, key = with_family(new_case(), STANDARD, lambda: "f", has_child=False)
    assert [(one.key, one.is_child) for one in family_of(journal).citizens] == [("f-a", False)]
    assert family_of(journal).parenthoods == ()
    journal, visit = visited_by(journal, key, "f-a")
    after, child = with_child(journal, key, STANDARD)
    assert child == key
    assert [(one.parent.value, one.child.value) for one in family_of(after).parenthoods] == [("f-a", "f")]
    assert [one.key for one in family_of(after).visits] == [visit]
    assert family_of(after).visits[0] is family_of(journal).visits[0]


def visited_by(journal: Journal, family: str, parent: str) -> tuple[Journal, str]:
    from datetime import date

    from ldbu_desktop.editing.visits import with_visit

    return with_visit(journal, family, "pregnancy", parent, "HH", date(2020, 3, 1), STANDARD)


def test_every_parent_is_a_parent_of_every_child() -> None:
    family = family_of(family_journal())
    assert [one.key for one in family.citizens] == [CHILD, PARENT, TWIN, OTHER_PARENT]
    ties = {(tie.parent.value, tie.child.value) for tie in family.parenthoods}
    assert ties == {(parent, child) for parent in (PARENT, OTHER_PARENT) for child in (CHILD, TWIN)}
    assert len({tie.key for tie in family.parenthoods}) == 4


@pytest.mark.parametrize("add", [with_child, with_parent])
def test_any_number_of_people_have_keys_of_their_own(add: Add) -> None:
    journal = family_journal()
    for _ in range(60):
        journal, _ = add(journal, FAMILY, STANDARD)
    keys = [one.key for one in family_of(journal).citizens]
    assert len(set(keys)) == len(keys) == 64


def test_a_key_that_somebody_has_in_another_family_is_not_given_again() -> None:
    journal, _ = with_family(family_journal(), STANDARD, lambda: "1-f-d")
    assert with_parent(journal, FAMILY, STANDARD)[1] == "1-f-e"


@pytest.mark.parametrize("add", [with_child, with_parent])
def test_a_family_that_is_not_there(add: Add) -> None:
    with pytest.raises(CallFault) as told:
        add(family_journal(), "nobody", STANDARD)
    assert told.value.key == "edit-nowhere"


def test_twins_of_one_day_have_records_of_their_own() -> None:
    journal, first = visited(family_journal())
    journal, second = visited(journal, subject=TWIN)
    journal = with_answers(
        journal, (place("weight", visit=first), "5250"), (place("weight", TWIN, visit=second), "4980")
    )
    assert first != second
    findings = validate(journal, STANDARD, TODAY)
    assert not {"duplicate-visit", "cpr-shared", "duplicate-observation"} & set(findings.by_code)
    one, other = (visit.observations[0] for visit in family_of(journal).visits)
    identities = Identities(STANDARD, journal.system, "")
    assert identities.of(one) != identities.of(other)


def test_a_number_that_is_changed_changes_no_key_and_no_id() -> None:
    journal = with_answers(visit_journal(), (place("weight"), "5250"))
    after = edited(journal, Where(FAMILY, "", CHILD, "citizen.cpr"), "060520-9997", STANDARD)
    before, now = family_of(journal), family_of(after)
    assert now.citizens[0].cpr.value == "0605209997"
    assert [one.key for one in now.citizens] == [one.key for one in before.citizens]
    assert now.visits is before.visits
    identities = Identities(STANDARD, journal.system, "")
    assert identities.of(now.citizens[0]) == identities.of(before.citizens[0])


def test_no_key_is_made_of_a_number() -> None:
    journal = with_answers(visit_journal(), (place("weight"), "5250"), (place("visit.school", ""), "280001"))
    text = repr([one.key for one in family_of(journal).visits[0].observations])
    text += repr([one.key for family in journal.families for one in (*family.citizens, *family.visits)])
    assert not any(cpr in text or cpr[:6] in text for cpr in CPRS.values())


def test_families_that_come_and_go_are_judged() -> None:
    journal = family_journal()
    findings = validate(journal, STANDARD, TODAY)
    more, key = with_family(journal, STANDARD)
    after = revalidated(findings, more, {key})
    assert after.counts == validate(more, STANDARD, TODAY).counts
    assert {one.code for one in after.of_family(key)} == {"cpr-missing"}
    assert revalidated(after, journal, {key}).counts == findings.counts


@pytest.mark.parametrize(
    ("raw", "value"), [("34+2", "34+2"), (" 34 2 ", "34+2"), ("34", "34+0"), ("uge 7", None), ("", None)]
)
def test_how_long_the_pregnancy_was_is_kept_with_the_child(raw: str, value: str | None, tmp_path: Path) -> None:
    journal = with_gestation(family_journal(), FAMILY, CHILD, raw)
    kept = [one.gestation.value for one in family_of(journal).citizens]
    assert kept == [value, None, None, None]
    assert family_of(journal).citizens[0].gestation.raw == raw.strip()
    path = tmp_path / "sag.ldbu"
    CaseFile.create(path, "fire ord er nok", journal).close()
    file = CaseFile.open(path, "fire ord er nok")
    assert file.journal == journal
    file.close()


class AllDelivered(NothingDelivered):
    """Whatever is recorded was sent."""

    def was_sent(self, _record: object) -> bool:
        return True


def parents_by_child(journal: Journal) -> dict[str, list[str]]:
    family = family_of(journal)
    return {child: [one.key for one in parents_of(family, child)] for child in (CHILD, TWIN)}


def test_half_siblings_have_one_parent_in_common(tmp_path: Path) -> None:
    both = [PARENT, OTHER_PARENT]
    journal = family_journal()
    assert parents_by_child(journal) == {CHILD: both, TWIN: both}
    half = with_parents(journal, FAMILY, CHILD, frozenset({PARENT}), STANDARD, NothingDelivered())
    assert parents_by_child(half) == {CHILD: [PARENT], TWIN: both}
    assert len(family_of(half).parenthoods) == len(family_of(journal).parenthoods) - 1
    path = tmp_path / "sag.ldbu"
    CaseFile.create(path, "fire ord er nok", half).close()
    file = CaseFile.open(path, "fire ord er nok")
    assert file.journal == half
    file.close()
    again = with_parents(half, FAMILY, CHILD, frozenset(both), STANDARD, NothingDelivered())
    assert parents_by_child(again) == {CHILD: both, TWIN: both}


def test_a_parent_who_was_delivered_and_is_none_is_withdrawn() -> None:
    half = with_parents(family_journal(), FAMILY, CHILD, frozenset({PARENT}), STANDARD, AllDelivered())
    assert parents_by_child(half) == {CHILD: [PARENT], TWIN: [PARENT, OTHER_PARENT]}

    def is_active(tie: Parenthood) -> bool:
        return tie.active.value is True

    ties = {tie.parent.value: is_active(tie) for tie in family_of(half).parenthoods if tie.child.value == CHILD}
    assert ties == {PARENT: True, OTHER_PARENT: False}
    again = with_parents(half, FAMILY, CHILD, frozenset({PARENT, OTHER_PARENT}), STANDARD, AllDelivered())
    assert all(map(is_active, family_of(again).parenthoods))


def test_a_visit_tells_of_the_parents_of_its_child_and_of_whom_it_told_before() -> None:
    def told(journal: Journal) -> list[str]:
        return [one.key for one in parents_at(family_of(journal), family_of(journal).visits[0])]

    journal = visit_journal()
    both = [PARENT, OTHER_PARENT]
    assert told(journal) == both
    half = with_parents(journal, FAMILY, CHILD, frozenset({PARENT}), STANDARD, NothingDelivered())
    assert told(half) == [PARENT]
    nobody = with_parents(journal, FAMILY, CHILD, frozenset(), STANDARD, NothingDelivered())
    assert told(nobody) == both


def test_people_are_known_by_what_is_said_of_them() -> None:
    journal = family_journal()
    said = ((CHILD, CITIZEN_NAME, "  Emma   Holm "), (PARENT, CITIZEN_KIN, "mother"), (TWIN, CITIZEN_SIBLING, "3"))
    for citizen, field, raw in said:
        journal = with_description(journal, FAMILY, citizen, field, raw)
    known = {one.key: one for one in family_of(journal).citizens}
    assert known[CHILD].name.value == "Emma Holm"
    assert known[PARENT].kin.value == "mother"
    assert known[TWIN].sibling.value == 3
    for citizen, field, _ in said:
        journal = with_description(journal, FAMILY, citizen, field, "")
    assert journal == family_journal()


@pytest.mark.parametrize(("field", "raw"), [(CITIZEN_KIN, "aunt"), (CITIZEN_SIBLING, "x"), (CITIZEN_SIBLING, "0")])
def test_what_says_nothing_is_not_kept(field: str, raw: str) -> None:
    assert with_description(family_journal(), FAMILY, CHILD, field, raw) == family_journal()


@pytest.mark.parametrize(("citizen", "field"), [("nobody", CITIZEN_NAME), (CHILD, CITIZEN_CPR)])
def test_nobody_and_nothing_of_that_name_is_told(citizen: str, field: str) -> None:
    with pytest.raises(CallFault):
        with_description(family_journal(), FAMILY, citizen, field, "Emma")


def test_a_name_is_no_longer_than_a_line() -> None:
    named = with_description(family_journal(), FAMILY, CHILD, CITIZEN_NAME, "x" * 500)
    assert len(family_of(named).citizens[0].name.value or "") == 80
