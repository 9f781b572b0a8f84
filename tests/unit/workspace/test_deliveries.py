"""What was delivered is remembered by what it said: the next delivery has what is new, whatever the clock says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.editing.corrections import corrected, withdrawn
from ldbu_desktop.editing.delivered import NothingDelivered
from ldbu_desktop.editing.interventions import continued, ended
from ldbu_desktop.editing.operations import AnswerField
from ldbu_desktop.editing.values import edited
from ldbu_desktop.faults import Cancelled
from ldbu_desktop.journal.instances import Said
from ldbu_desktop.journal.model import Journal, Origin
from ldbu_desktop.journal.where import Where
from ldbu_desktop.use_cases.revalidate import revalidated
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.work import Cancellation
from ldbu_desktop.workspace.deliveries import (
    Awaiting,
    Deliveries,
    Due,
    Written,
    awaiting,
    due,
    resources_of,
    unheard_of,
)
from ldbu_desktop.workspace.workspace import Standing, Workspace
from tests.unit.editing.filled_family import (
    CHILD,
    FAMILY,
    PARENT,
    STANDARD,
    TODAY,
    codes_of,
    delivered,
    family_journal,
    family_of,
    place,
    visit_of,
    visited,
    with_answers,
)

NOW = datetime(2020, 12, 1, 3, tzinfo=UTC)
MOMENTS = (NOW, NOW - timedelta(days=3000), NOW + timedelta(seconds=1))


def said(journal: Journal, now: datetime = NOW) -> dict[str, Said]:
    """What all visits say."""
    return resources_of(journal, STANDARD, [visit.key for visit in family_of(journal).visits], now)


@pytest.fixture
def two() -> tuple[Journal, Where, Where]:
    """A visit to the child and one to a parent, with nothing that rejects them, and the place of an answer at each."""
    journal, first = visited(family_journal(), "infant-need-based")
    journal, second = visited(journal, "infant-need-based", PARENT, TODAY)
    places = place("sleep", visit=first), place("parent-mental-status", PARENT, visit=second)
    journal = with_answers(
        journal,
        *((at, codes_of(at.variable)[0]) for at in places),
        (place("intervention.code", visit=first), codes_of("intervention.code")[0]),
    )
    return journal, *places


def test_what_was_never_delivered_is_new(two: tuple[Journal, Where, Where]) -> None:
    journal, first, second = two
    now = said(journal)
    assert due(journal, now, {}) == {first.visit: Due.NEW, second.visit: Due.NEW}
    assert awaiting(validate(journal, STANDARD, TODAY), now) == Awaiting(frozenset(now), frozenset(), frozenset())
    assert due(journal, now, now) == {}
    assert resources_of(journal, STANDARD, [second.visit], NOW) == {second.visit: now[second.visit]}


def test_only_what_says_something_else_is_changed(two: tuple[Journal, Where, Where]) -> None:
    journal, first, second = two
    before = said(journal)
    changed = with_answers(journal, (first, codes_of("sleep")[1]))
    assert due(changed, said(changed), before) == {first.visit: Due.CHANGED}
    back = with_answers(changed, (first, codes_of("sleep")[0]))
    assert due(back, said(back), before) == {}
    added = with_answers(
        journal, (second._replace(variable="parent-social-status"), codes_of("parent-social-status")[0])
    )
    assert due(added, said(added), before) == {second.visit: Due.CHANGED}


def test_a_changed_number_changes_all_that_was_said_with_it(two: tuple[Journal, Where, Where]) -> None:
    journal, first, _ = two
    after = edited(journal, Where(FAMILY, "", CHILD, "citizen.cpr"), "060520-9997", STANDARD)
    assert due(after, said(after), said(journal)) == {first.visit: Due.CHANGED}
    assert {*said(after)[first.visit]} == {*said(journal)[first.visit]}


def test_an_intervention_that_ends_is_told_where_it_was_told(two: tuple[Journal, Where, Where]) -> None:
    journal, first, _ = two
    key = visit_of(journal).interventions[0].key
    journal, third = visited(journal, "infant-preventive", start=TODAY)
    before = {visit: what for visit, what in said(journal).items() if visit != third}
    journal = ended(continued(journal, FAMILY, third, key), FAMILY, key, TODAY, STANDARD)
    assert due(journal, said(journal), before) == {first.visit: Due.CHANGED, third: Due.NEW}


def test_what_was_corrected_since_it_was_delivered_is_known_by_the_case_file(
    two: tuple[Journal, Where, Where], tmp_path: Path
) -> None:
    journal, first, _ = two
    file = CaseFile.create(tmp_path / "sag.ldbu", "fire ord er nok", journal)
    found = validate(journal, STANDARD, TODAY)
    Deliveries(found, STANDARD, file).remember([first.visit], NOW)
    assert Deliveries(found, STANDARD, file).undelivered(NOW) == (1, frozenset())
    changed = validate(with_answers(journal, (first, codes_of("sleep")[1])), STANDARD, TODAY)
    assert Deliveries(changed, STANDARD, file).undelivered(NOW) == (2, {first.visit})
    work = Workspace(lambda: STANDARD, revalidated, journal, file=file)
    assert first.visit in work.delivered_visits
    assert work.delivered_on(first.visit) == NOW
    file.close()


def test_what_was_delivered_is_neither_ready_nor_kept_back_and_what_is_unfinished_waits(
    two: tuple[Journal, Where, Where], tmp_path: Path
) -> None:
    journal, first, second = two
    file = CaseFile.create(tmp_path / "sag.ldbu", "fire ord er nok", journal)
    work = Workspace(lambda: STANDARD, revalidated, journal, file=file, is_filled=True)
    work.judge(validate(journal, STANDARD, TODAY))
    assert work.standing == Standing(2, 0)
    status = second._replace(variable="", field="visit.status", subject="")
    for done, standing in (
        (AnswerField(status, "in-progress"), Standing(1, 0, unfinished=1)),
        (AnswerField(first, "zzz"), Standing(0, 1, unfinished=1)),
    ):
        work.do(done)
        assert work.standing == standing
    work.deliveries.remember([first.visit], NOW)
    assert work.standing == Standing(0, 0, unfinished=1, delivered=1)
    assert work.deliveries.undelivered(NOW).left == 1
    work.take_corrected(frozenset((first.visit,)))
    assert work.standing == Standing(0, 1, unfinished=1)
    file.close()


def test_an_import_knows_what_was_written_since_it_was_opened(two: tuple[Journal, Where, Where]) -> None:
    journal, first, second = two
    work = Workspace(lambda: STANDARD, revalidated, journal)
    assert first.visit not in work.delivered_visits
    work.written = Written(NOW, journal, frozenset((first.visit,)))
    assert first.visit in work.delivered_visits
    assert (work.delivered_on(first.visit), work.delivered_on(second.visit)) == (NOW, None)


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_clock_changes_nothing(two: tuple[Journal, Where, Where], moment: datetime, tmp_path: Path) -> None:
    journal, first, _ = two
    file = CaseFile.create(tmp_path / "sag.ldbu", "fire ord er nok", journal)
    file.remember_delivery(said(journal), NOW)
    changed = with_answers(journal, (first, codes_of("sleep")[1]))
    delivered = {visit: one.resources for visit, one in file.delivered.items()}
    now = said(changed, moment)
    assert due(changed, now, delivered) == {first.visit: Due.CHANGED}
    file.remember_delivery({first.visit: now[first.visit]}, moment)
    delivered = {visit: one.resources for visit, one in file.delivered.items()}
    file.close()
    assert due(changed, said(changed, NOW), delivered) == {}
    assert due(journal, said(journal, NOW), delivered) == {first.visit: Due.CHANGED}


def test_what_is_rejected_or_not_over_does_not_go_out(two: tuple[Journal, Where, Where]) -> None:
    journal, first, second = two
    journal = with_answers(
        journal, (first, "zzz"), (second._replace(variable="", field="visit.status", subject=""), "in-progress")
    )
    found = awaiting(validate(journal, STANDARD, TODAY), due(journal, said(journal), {}))
    assert found == Awaiting(frozenset(), frozenset({first.visit}), frozenset({second.visit}))


def test_what_the_standard_contradicts_itself_about_goes_out_knowingly() -> None:
    journal, visit = visited(family_journal(), "infant-preventive")
    journal = with_answers(journal, (place("weight", visit=visit, field="observation.missing-reason"), "unknown"))
    findings = validate(journal, STANDARD, TODAY)
    codes = {one.code for one in findings.obstacles(visit)}
    assert codes == {"missing-reason-contradicted"}
    assert awaiting(findings, [visit]).rejected == {visit}
    assert awaiting(findings, [visit], send_anyway=True).ready == {visit}


def test_a_visit_that_is_withdrawn_waits_only_if_it_was_delivered(two: tuple[Journal, Where, Where]) -> None:
    journal, first, second = two
    before = said(journal)
    gone = withdrawn(journal, FAMILY, first.visit)
    assert due(gone, said(gone), {}) == {second.visit: Due.NEW}
    assert due(gone, said(gone), before) == {first.visit: Due.CHANGED}
    assert awaiting(validate(gone, STANDARD, TODAY), [first.visit]).ready == {first.visit}
    assert due(gone, said(gone), before | said(gone)) == {}
    assert unheard_of(gone, {}) == {first.visit}
    assert unheard_of(gone, before) == frozenset()


def test_what_a_file_tells_as_withdrawn_may_have_been_delivered_by_others(two: tuple[Journal, Where, Where]) -> None:
    gone = withdrawn(two[0], FAMILY, two[1].visit)
    family = family_of(gone)
    read = replace(visit_of(gone), origin=Origin("a.xlsx", "Kontakter", 2))
    gone = replace(gone, families=(replace(family, visits=(read, *family.visits[1:])),))
    assert unheard_of(gone, {}) == frozenset()
    assert due(gone, said(gone), {})[read.key] is Due.NEW


def test_a_correction_waits_and_is_then_delivered(two: tuple[Journal, Where, Where]) -> None:
    journal, first, _ = two
    before = said(journal)
    gone = corrected(journal, with_answers(journal, (first, "")), FAMILY, delivered(journal, before))
    now = said(gone)
    assert due(gone, now, before) == {first.visit: Due.CHANGED}
    assert due(gone, now, before | now) == {}


def test_what_was_received_and_how_it_stands(two: tuple[Journal, Where, Where]) -> None:
    journal, first, second = two
    before, family = said(journal), family_of(journal)
    visit, child = visit_of(journal), family.citizens[0]
    known = delivered(journal, {first.visit: before[first.visit]})
    assert known.has_visit(first.visit)
    assert not known.has_visit(second.visit)
    assert known.was_sent(child)
    assert known.was_sent(visit.observations[0])
    assert not known.was_sent(family.visits[1])
    assert known.stands(child)
    assert known.stands(visit)
    assert not known.stands(family.visits[1])
    gone = withdrawn(journal, FAMILY, first.visit)
    assert delivered(gone, before).stands(visit_of(gone))
    again = delivered(gone, before | said(gone))
    assert not again.stands(visit_of(gone))
    assert again.was_sent(visit_of(gone))
    assert not NothingDelivered().stands(visit)


def test_it_can_be_stopped(two: tuple[Journal, Where, Where]) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        resources_of(two[0], STANDARD, [two[1].visit], NOW, cancellation)
    assert resources_of(two[0], STANDARD, [two[1].visit], NOW, Cancellation()) != {}
