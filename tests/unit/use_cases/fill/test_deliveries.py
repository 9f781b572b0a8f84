"""What was delivered is remembered by what it said: the next delivery has what is new, whatever the clock says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ldbu_desktop.faults import Cancelled
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.use_cases.casefile import CaseFile
from ldbu_desktop.use_cases.edit import Address, edited
from ldbu_desktop.use_cases.fill.answers import Place
from ldbu_desktop.use_cases.fill.corrections import corrected, withdrawn
from ldbu_desktop.use_cases.fill.deliveries import (
    Due,
    Said,
    awaiting,
    due,
    left_behind,
    resources_of,
    sent_resources,
    undelivered,
)
from ldbu_desktop.use_cases.fill.interventions import continued, ended
from ldbu_desktop.use_cases.fill.visits import without_visit
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.work import Cancellation
from tests.unit.use_cases.fill.filled_family import (
    CHILD,
    FAMILY,
    PARENT,
    STANDARD,
    TODAY,
    codes_of,
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
def two() -> tuple[Journal, Place, Place]:
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


def test_what_was_never_delivered_is_new(two: tuple[Journal, Place, Place]) -> None:
    journal, first, second = two
    now = said(journal)
    assert due(now, {}) == {first.visit: Due.NEW, second.visit: Due.NEW}
    assert awaiting(validate(journal, STANDARD, TODAY), now, {}) == due(now, {})
    assert undelivered(now, now) == frozenset()
    assert resources_of(journal, STANDARD, [second.visit], NOW) == {second.visit: now[second.visit]}


def test_only_what_says_something_else_is_changed(two: tuple[Journal, Place, Place]) -> None:
    journal, first, second = two
    before = said(journal)
    changed = with_answers(journal, (first, codes_of("sleep")[1]))
    assert due(said(changed), before) == {first.visit: Due.CHANGED}
    back = with_answers(changed, (first, codes_of("sleep")[0]))
    assert due(said(back), before) == {}
    added = with_answers(
        journal, (second._replace(variable="parent-social-status"), codes_of("parent-social-status")[0])
    )
    assert due(said(added), before) == {second.visit: Due.CHANGED}


def test_a_changed_number_changes_all_that_was_said_with_it(two: tuple[Journal, Place, Place]) -> None:
    journal, first, _ = two
    after = edited(journal, Address(FAMILY, "", CHILD, "citizen.cpr"), "060520-9997", STANDARD)
    assert due(said(after), said(journal)) == {first.visit: Due.CHANGED}
    assert {*said(after)[first.visit]} == {*said(journal)[first.visit]}


def test_an_intervention_that_ends_is_told_where_it_was_told(two: tuple[Journal, Place, Place]) -> None:
    journal, first, _ = two
    key = visit_of(journal).interventions[0].key
    journal, third = visited(journal, "infant-preventive", start=TODAY)
    before = {visit: what for visit, what in said(journal).items() if visit != third}
    journal = ended(continued(journal, FAMILY, third, key), FAMILY, key, TODAY, STANDARD)
    assert due(said(journal), before) == {first.visit: Due.CHANGED, third: Due.NEW}


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_clock_changes_nothing(two: tuple[Journal, Place, Place], moment: datetime, tmp_path: Path) -> None:
    journal, first, _ = two
    file = CaseFile.create(tmp_path / "sag.ldbu", "fire ord er nok", journal)
    file.remember_delivery(said(journal), NOW)
    changed = with_answers(journal, (first, codes_of("sleep")[1]))
    delivered = {visit: one.resources for visit, one in file.delivered.items()}
    now = said(changed, moment)
    assert due(now, delivered) == {first.visit: Due.CHANGED}
    file.remember_delivery({first.visit: now[first.visit]}, moment)
    delivered = {visit: one.resources for visit, one in file.delivered.items()}
    file.close()
    assert due(said(changed, NOW), delivered) == {}
    assert due(said(journal, NOW), delivered) == {first.visit: Due.CHANGED}


def test_what_is_rejected_or_not_over_does_not_wait(two: tuple[Journal, Place, Place]) -> None:
    journal, first, second = two
    journal = with_answers(
        journal, (first, "zzz"), (second._replace(variable="visit.status", subject=""), "in-progress")
    )
    assert awaiting(validate(journal, STANDARD, TODAY), said(journal), {}) == {}


def test_a_visit_that_is_withdrawn_waits_only_if_it_was_delivered(two: tuple[Journal, Place, Place]) -> None:
    journal, first, second = two
    before = said(journal)
    gone = withdrawn(journal, FAMILY, first.visit)
    findings = validate(gone, STANDARD, TODAY)
    assert awaiting(findings, said(gone), {}) == {second.visit: Due.NEW}
    assert awaiting(findings, said(gone), before) == {first.visit: Due.CHANGED}


def test_a_correction_waits_and_is_then_delivered(two: tuple[Journal, Place, Place]) -> None:
    journal, first, _ = two
    before = said(journal)
    gone = corrected(journal, with_answers(journal, (first, "")), FAMILY, sent_resources(before), STANDARD)
    assert awaiting(validate(gone, STANDARD, TODAY), said(gone), before) == {first.visit: Due.CHANGED}
    assert left_behind(said(gone), before) == {}
    assert due(said(gone), before | said(gone)) == {}


def test_what_nothing_says_any_more_is_told(two: tuple[Journal, Place, Place]) -> None:
    journal, first, second = two
    before = said(journal)
    fewer = with_answers(journal, (first, ""))
    [resource] = left_behind(said(fewer), before)[first.visit]
    assert resource in before[first.visit]
    assert due(said(fewer), before) == {}
    gone = left_behind(said(without_visit(journal, FAMILY, second.visit)), before)
    assert set(gone) == {second.visit}
    assert left_behind(before, before) == {}


def test_it_can_be_stopped(two: tuple[Journal, Place, Place]) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        resources_of(two[0], STANDARD, [two[1].visit], NOW, cancellation)
    assert resources_of(two[0], STANDARD, [two[1].visit], NOW, Cancellation()) != {}
