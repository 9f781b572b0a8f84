"""Operations as values: what each does is tested where it is done; here is what is theirs alone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ldbu_desktop.editing.mending import Edit, Mend
from ldbu_desktop.editing.operations import (
    AddCitizen,
    AddVisitBeside,
    EditValue,
    EndIntervention,
    MendValues,
    MoveVisit,
    OperationContext,
    SetGestation,
    applied,
)
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.mendings import Mending
from ldbu_desktop.journal.model import EMPTY
from ldbu_desktop.journal.records import with_visit_as
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.journal.where import Where
from ldbu_desktop.workspace.deliveries import resources_of
from tests.unit.editing.filled_family import (
    CHILD,
    FAMILY,
    NOW,
    STANDARD,
    TWIN,
    codes_of,
    delivered,
    family_of,
    place,
    visit_journal,
    visit_of,
    with_answers,
)

CONTEXT = OperationContext(STANDARD)


def test_an_intervention_ends_at_the_visit_where_that_has_a_time() -> None:
    journal = with_answers(visit_journal(), (place("intervention.code"), codes_of("intervention.code")[0]))
    visit = visit_of(journal)
    operation = EndIntervention(Where(FAMILY, visit.key, visit.interventions[0].key))
    after, change = applied(journal, operation, CONTEXT)
    assert visit_of(after).interventions[0].end.value == visit.start.value
    assert change.visits == {visit.key}
    timeless = with_visit_as(journal, family_of(journal), visit, replace(visit, start=EMPTY))
    assert applied(timeless, operation, CONTEXT)[0] is timeless


def test_a_visit_is_moved_and_one_that_was_delivered_is_told_anew() -> None:
    journal = visit_journal()
    visit = visit_of(journal).key
    operation = MoveVisit(Where(FAMILY, visit, subject=TWIN))
    moved, change = applied(journal, operation, CONTEXT)
    assert [one.subject.value for one in family_of(moved).visits] == [TWIN]
    assert change.where == Where(FAMILY, visit)
    was = delivered(journal, resources_of(journal, STANDARD, [visit], NOW))
    twice, change = applied(journal, operation, OperationContext(STANDARD, was))
    assert [one.subject.value for one in family_of(twice).visits] == [CHILD, TWIN]
    assert change.where == Where(FAMILY, visit_of(twice, 1).key)
    assert change.is_regrouped


def test_a_child_or_a_parent_is_added_to_a_family() -> None:
    journal = visit_journal()
    known = {citizen.key for citizen in family_of(journal).citizens}
    for is_child in (True, False):
        after, change = applied(journal, AddCitizen(Where(FAMILY), is_child), CONTEXT)
        [added] = [citizen for citizen in family_of(after).citizens if citizen.key not in known]
        assert (added.key in {one.child.value for one in family_of(after).parenthoods}) is is_child
        assert change.where == Where(FAMILY)
        assert change.families == {FAMILY}


def test_how_long_a_pregnancy_was_is_said_of_the_child() -> None:
    after, change = applied(visit_journal(), SetGestation(Where(FAMILY, record=CHILD), "34+2"), CONTEXT)
    of_child = {citizen.key: citizen.gestation.raw for citizen in family_of(after).citizens if citizen.gestation.raw}
    assert of_child == {CHILD: "34+2"}
    assert change.where == Where(FAMILY)


def test_a_visit_is_begun_beside_another() -> None:
    journal = visit_journal()
    first = visit_of(journal)
    after, change = applied(journal, AddVisitBeside(Where(FAMILY, first.key, subject=TWIN)), CONTEXT)
    beside = visit_of(after, 1)
    assert (beside.subject.value, beside.start.value) == (TWIN, first.start.value)
    assert change.where == Where(FAMILY, beside.key)


def test_what_a_mending_takes_away_stays_as_entered_in_error_where_it_was_delivered() -> None:
    sleep = codes_of("sleep")[0]
    journal = with_answers(visit_journal(), (place("sleep"), sleep), (place("weight"), "5250"))
    was = delivered(journal, resources_of(journal, STANDARD, [visit_of(journal).key], NOW))
    emptied = MendValues((Edit(place("sleep"), ""), Edit(place("weight"), "5350")), Mend(Mending.EMPTY))
    for context, voided in ((CONTEXT, []), (OperationContext(STANDARD, was), [sleep])):
        after, change = applied(journal, emptied, context)
        told = {status: [] for status in ("final", ENTERED_IN_ERROR)}
        for one in visit_of(after).observations:
            told[str(one.status.value)].append(one.value.raw)
        assert told == {"final": ["5350"], ENTERED_IN_ERROR: voided}
        assert change.where == place("sleep")


def test_one_value_is_changed_alike_whether_its_family_is_looked_for_or_known_where() -> None:
    of_visit = visit_journal()
    family, visit = family_of(of_visit), visit_of(of_visit)
    others = [replace(family, key=f"other {at}", visits=()) for at in range(2)]
    journal = replace(of_visit, families=(others[0], *of_visit.families, others[1]))
    known = OperationContext(STANDARD, places={one.key: at for at, one in enumerate(journal.families)})
    operation = EditValue(Where(FAMILY, visit.key, field="visit.start"), "21-07-2020 10:30")
    after, change = applied(journal, operation, known)
    assert (after, change) == applied(journal, operation, CONTEXT)
    assert [one is other for one, other in zip(after.families, journal.families, strict=True)] == [True, False, True]
    assert applied(after, operation, known)[0] is after
    with pytest.raises(CallFault):
        applied(journal, EditValue(Where("nobody", visit.key, field="visit.start"), ""), known)
