"""Operations as values: what each does is tested where it is done; here is what is theirs alone."""

from __future__ import annotations

from msgspec.structs import replace

from ldbu_desktop.editing.operations import EndIntervention, MoveVisit, OperationContext, applied
from ldbu_desktop.journal.model import EMPTY
from ldbu_desktop.journal.records import with_visit_as
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
