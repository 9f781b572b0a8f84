"""People entered by mistake: gone with all about them, but never silently where somebody has received it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from ldbu_desktop.editing.delivered import Delivered, NothingDelivered
from ldbu_desktop.editing.families import with_family
from ldbu_desktop.editing.interventions import continued
from ldbu_desktop.editing.removal import Recordings, is_withdrawn, recorded_about, without_recorded
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.model import Entry, Journal, Observation
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.deliveries import due, resources_of
from tests.unit.editing.filled_family import (
    CHILD,
    FAMILY,
    OTHER_PARENT,
    PARENT,
    STANDARD,
    TODAY,
    TWIN,
    codes_of,
    delivered,
    family_journal,
    family_of,
    place,
    visit_journal,
    visit_of,
    visited,
    with_answers,
)

NOW = datetime(2020, 12, 1, 3, tzinfo=UTC)
NOTHING = NothingDelivered()
MENTAL = place("parent-mental-status", PARENT)
EVERYBODY = frozenset({CHILD, TWIN, PARENT, OTHER_PARENT})


def said(journal: Journal) -> dict[str, dict[str, str]]:
    """What all visits say."""
    visits = [visit.key for visit in family_of(journal).visits]
    return {visit: dict(what) for visit, what in resources_of(journal, STANDARD, visits, NOW).items()}


@pytest.fixture
def told() -> tuple[Journal, str]:
    """The child's visit with answers about child and parent, the parent's own, and the key of the latter.

    The child's visit goes on with an intervention that began at the parent's.
    """
    journal, own = visited(visit_journal(), "infant-need-based", PARENT)
    journal = with_answers(
        journal,
        (place("sleep"), codes_of("sleep")[0]),
        (MENTAL, codes_of(MENTAL.variable)[0]),
        (place("intervention.code", PARENT, visit=own), codes_of("intervention.code")[0]),
    )
    return continued(journal, FAMILY, visit_of(journal).key, visit_of(journal, 1).interventions[0].key), own


def about(journal: Journal, people: frozenset[str], was: Delivered = NOTHING) -> Recordings:
    """What is recorded about people."""
    return recorded_about(journal, FAMILY, people, was)


def without(journal: Journal, people: frozenset[str], was: Delivered = NOTHING) -> Journal:
    """A journal without them."""
    return without_recorded(journal, FAMILY, people, was)


def test_who_has_no_record_goes_alone() -> None:
    journal = visit_journal()
    assert about(journal, frozenset({TWIN})).is_nothing
    after = without(without(journal, frozenset({TWIN})), frozenset({OTHER_PARENT}))
    assert [one.key for one in family_of(after).citizens] == [CHILD, PARENT]
    assert [(one.parent.value, one.child.value) for one in family_of(after).parenthoods] == [(PARENT, CHILD)]
    assert visit_of(after) is visit_of(journal)


def test_a_parent_goes_with_their_visits_and_what_was_recorded_at_others(told: tuple[Journal, str]) -> None:
    journal, _ = told
    assert about(journal, frozenset({PARENT})) == Recordings(1, 2)
    after = without(journal, frozenset({PARENT}))
    [visit] = family_of(after).visits
    assert [one.variable.value for one in visit.observations] == ["sleep"]
    assert visit.based_on == ()
    assert PARENT not in {one.key for one in family_of(after).citizens}
    before, now = (validate(one, STANDARD, TODAY).by_code for one in (journal, after))
    assert not now.keys() - before.keys()


def test_what_is_at_no_visit_goes_too() -> None:
    lost = Observation("lost", Entry("sleep"), Entry(TWIN))
    family = replace(family_of(family_journal()), unplaced=(lost, replace(lost, key="kept", subject=Entry(CHILD))))
    journal = replace(family_journal(), families=(family,))
    assert about(journal, frozenset({TWIN})) == Recordings(0, 1)
    assert [one.key for one in family_of(without(journal, frozenset({TWIN}))).unplaced] == ["kept"]


def test_a_family_goes_as_a_whole(told: tuple[Journal, str]) -> None:
    journal, _ = with_family(told[0], STANDARD, lambda: "2-f")
    assert about(journal, EVERYBODY) == Recordings(2, 3)
    assert [one.key for one in without(journal, EVERYBODY).families] == ["2-f"]
    with pytest.raises(CallFault):
        recorded_about(journal, "nobody", EVERYBODY, NOTHING)


def test_what_was_delivered_is_withdrawn_first_and_goes_once_that_is_delivered(told: tuple[Journal, str]) -> None:
    journal, own = told
    people, first = frozenset({PARENT}), said(journal)
    was = delivered(journal, first)
    assert about(journal, people, was) == Recordings(1, 2, 3)
    withdrawn = without(journal, people, was)
    assert family_of(withdrawn).citizens == family_of(journal).citizens
    assert [visit.status.value for visit in family_of(withdrawn).visits] == ["finished", ENTERED_IN_ERROR]
    standing = {one: is_withdrawn(family_of(withdrawn), one) for one in (CHILD, PARENT, TWIN)}
    assert standing == {CHILD: False, PARENT: True, TWIN: False}
    errors = {one.variable.value: one.status.value for one in visit_of(withdrawn).observations}
    assert errors == {"sleep": "final", "parent-mental-status": ENTERED_IN_ERROR}
    now = said(withdrawn)
    assert due(withdrawn, now, first).keys() == now.keys()
    between = delivered(withdrawn, first)
    assert about(withdrawn, people, between) == Recordings(1, 2, 3, 3)
    assert without(withdrawn, people, between) == withdrawn
    after_that = delivered(withdrawn, first | now)
    assert about(withdrawn, people, after_that) == Recordings(1, 2)
    gone = without(withdrawn, people, after_that)
    assert [visit.key for visit in family_of(gone).visits] == [visit_of(journal).key]
    assert PARENT not in {one.key for one in family_of(gone).citizens}
    assert own not in due(gone, said(gone), first | now)


def test_what_nobody_has_received_goes_at_once_beside_what_is_withdrawn(told: tuple[Journal, str]) -> None:
    journal, own = told
    first = {own: said(journal)[own]}
    withdrawn = without(journal, frozenset({PARENT}), delivered(journal, first))
    assert [one.variable.value for one in visit_of(withdrawn).observations] == ["sleep"]
    assert visit_of(withdrawn, 1).status.value == ENTERED_IN_ERROR
    journal, later = visited(journal, "infant-need-based", PARENT, TODAY)
    assert later not in {
        one.key for one in family_of(without(journal, frozenset({PARENT}), delivered(journal, first))).visits
    }
