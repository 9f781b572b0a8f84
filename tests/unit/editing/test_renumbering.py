"""A wrong CPR number: before a delivery it just changes; after it, withdrawn under the old and told anew."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from ldbu_desktop.bundles.identity import Identities
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.plan import ReportOf, planned
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.editing.delivered import NothingDelivered
from ldbu_desktop.editing.interventions import continued
from ldbu_desktop.editing.removal import without_recorded
from ldbu_desktop.editing.renumbering import is_other_number, renumbered, was_delivered
from ldbu_desktop.editing.values import edited
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.journal.where import Where
from ldbu_desktop.use_cases.engines import engine_for
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.deliveries import Due, due, resources_of
from tests.unit.editing.filled_family import (
    CHILD,
    CPRS,
    FAMILY,
    PARENT,
    STANDARD,
    TODAY,
    TWIN,
    codes_of,
    delivered,
    family_of,
    place,
    visit_journal,
    visit_of,
    visited,
    with_answers,
)

NOW = datetime(2020, 12, 1, 3, tzinfo=UTC)
RIGHT = "060520-9998"
MENTAL = place("parent-mental-status", PARENT)


def said(journal: Journal) -> dict[str, Any]:
    """What all visits say."""
    return resources_of(journal, STANDARD, [visit.key for visit in family_of(journal).visits], NOW)


def numbers_in(journal: Journal, visit: str) -> set[str]:
    """The CPR numbers in the report of a visit."""
    [plan] = planned(journal, {visit}, ReportOf.VISIT)
    entries = plan.built(ReportWriter(journal, STANDARD, NOW)).bundle["entry"]
    people = [one["resource"] for one in entries if one["resource"]["resourceType"] == "Patient"]
    return {person["identifier"][0]["value"] for person in people}


@pytest.fixture
def told() -> Journal:
    """A visit to a child that goes on with what it began, with a parent's answer at it, and one that is not over."""
    journal = with_answers(
        visit_journal(),
        (place("sleep"), codes_of("sleep")[0]),
        (MENTAL, codes_of(MENTAL.variable)[0]),
        (place("intervention.code"), codes_of("intervention.code")[0]),
    )
    return continued(journal, FAMILY, visit_of(journal).key, visit_of(journal).interventions[0].key)


def test_before_a_delivery_it_just_changes(told: Journal) -> None:
    assert not was_delivered(told, FAMILY, CHILD, NothingDelivered())
    assert not was_delivered(told, FAMILY, "nobody", delivered(told, said(told)))
    after = edited(told, Where(FAMILY, "", CHILD, "citizen.cpr"), RIGHT, STANDARD)
    assert [visit.key for visit in family_of(after).visits] == [visit.key for visit in family_of(told).visits]
    assert numbers_in(after, visit_of(after).key) == {RIGHT.replace("-", ""), CPRS[PARENT]}


def test_who_is_not_there_has_no_number(told: Journal) -> None:
    with pytest.raises(CallFault):
        renumbered(told, FAMILY, "nobody", RIGHT, NothingDelivered(), STANDARD)


def test_the_same_number_written_in_another_way_is_no_other(told: Journal) -> None:
    assert is_other_number(told, FAMILY, CHILD, RIGHT, STANDARD)
    assert is_other_number(told, FAMILY, CHILD, "", STANDARD)
    assert not is_other_number(told, FAMILY, CHILD, " 050520-9996 ", STANDARD)
    assert not is_other_number(told, FAMILY, "nobody", RIGHT, STANDARD)


def test_what_was_delivered_is_withdrawn_under_the_old_number_and_told_anew(told: Journal) -> None:
    before = said(told)
    sent = delivered(told, before)
    assert was_delivered(told, FAMILY, CHILD, sent)
    after, new = renumbered(told, FAMILY, CHILD, RIGHT, sent, STANDARD)
    old_visit, new_visit = family_of(after).visits
    assert (old_visit.key, old_visit.status.value) == (visit_of(told).key, ENTERED_IN_ERROR)
    assert (new_visit.subject.value, new_visit.status.value) == (new, "finished")
    assert numbers_in(after, old_visit.key) == {CPRS[CHILD], CPRS[PARENT]}
    assert numbers_in(after, new_visit.key) == {RIGHT.replace("-", ""), CPRS[PARENT]}
    assert [(one.variable.value, one.value.value) for one in new_visit.observations] == [
        (one.variable.value, one.value.value) for one in visit_of(told).observations
    ]
    assert [one.value for one in new_visit.based_on] == [new_visit.interventions[0].key]
    assert due(after, said(after), before) == {old_visit.key: Due.CHANGED, new_visit.key: Due.NEW}
    kept = {name: what for name, what in said(after)[old_visit.key].items() if before[old_visit.key].get(name) == what}
    assert kept, "the citizen goes with the correction unchanged"
    codes = validate(after, STANDARD, TODAY).by_code.keys() - validate(told, STANDARD, TODAY).by_code.keys()
    assert not codes
    for visit in (old_visit, new_visit):
        [plan] = planned(after, {visit.key}, ReportOf.VISIT)
        errors = engine_for(STANDARD).check(json_text(plan.built(ReportWriter(after, STANDARD, NOW)).bundle)).errors
        assert {error.key for error in errors} <= {rule.invariant for rule in STANDARD.gateway_rules}


def test_once_that_is_delivered_the_one_with_the_wrong_number_can_go(told: Journal) -> None:
    before = said(told)
    after, new = renumbered(told, FAMILY, CHILD, RIGHT, delivered(told, before), STANDARD)
    now = said(after)
    gone = without_recorded(after, FAMILY, {CHILD}, delivered(after, before | now))
    assert [one.key for one in family_of(gone).citizens if one.is_child] == [TWIN, new]
    assert [visit.subject.value for visit in family_of(gone).visits] == [new]
    assert due(gone, said(gone), before | now) == {}


def test_a_parents_answers_at_the_childs_visit(told: Journal) -> None:
    sent = delivered(told, said(told))
    told = with_answers(told, (MENTAL._replace(variable="parent-social-status"), codes_of("parent-social-status")[0]))
    after, new = renumbered(told, FAMILY, PARENT, "0101909995", sent, STANDARD)
    [visit] = family_of(after).visits
    about = [(one.variable.value, one.subject.value, one.status.value) for one in visit.observations[1:]]
    assert about == [
        ("parent-mental-status", PARENT, ENTERED_IN_ERROR),
        ("parent-social-status", new, "final"),
        ("parent-mental-status", new, "final"),
    ]
    assert len({one.key for one in visit.observations}) == 4
    ties = {(one.parent.value, one.child.value) for one in family_of(after).parenthoods}
    assert {(new, CHILD), (new, TWIN), (PARENT, CHILD)} <= ties
    again, newest = renumbered(after, FAMILY, new, "0101909993", delivered(after, said(after)), STANDARD)
    assert sum(one.status.value == ENTERED_IN_ERROR for one in visit_of(again).observations) == 3
    assert newest in {one.subject.value for one in visit_of(again).observations}


def test_who_only_went_along_is_exchanged_at_once(told: Journal) -> None:
    twin = next(one for one in family_of(told).citizens if one.key == TWIN)
    sent = delivered(told, {"": {Identities(STANDARD, told.system, STANDARD.header.canonical).of(twin): ""}})
    assert was_delivered(told, FAMILY, TWIN, sent)
    after, new = renumbered(told, FAMILY, TWIN, "050520-9994", sent, STANDARD)
    assert [one.key for one in family_of(after).citizens if one.is_child] == [CHILD, new]
    assert family_of(after).visits == family_of(told).visits


def test_what_is_not_delivered_yet_is_the_new_ones(told: Journal) -> None:
    sent = delivered(told, said(told))
    journal, later = visited(told, "4-6-months", start=TODAY)
    journal = with_answers(journal, (place("sleep", visit=later), codes_of("sleep")[1]))
    journal = continued(journal, FAMILY, later, visit_of(journal).interventions[0].key)
    after, new = renumbered(journal, FAMILY, CHILD, RIGHT, sent, STANDARD)
    first, moved, anew = family_of(after).visits
    assert (first.subject.value, moved.subject.value, anew.subject.value) == (CHILD, new, new)
    assert (moved.key, moved.observations[0].subject.value) == (later, new)
    assert [one.value for one in moved.based_on] == [anew.interventions[0].key]
    twice, _ = renumbered(after, FAMILY, new, "0605209994", delivered(after, said(after)), STANDARD)
    assert visit_of(twice) is visit_of(after)
