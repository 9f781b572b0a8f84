"""Corrections: what was delivered and is taken away stays as entered in error, with id, citizen and school."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.plan import ReportOf, planned
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.editing.answers import answer_at
from ldbu_desktop.editing.corrections import corrected, recorded_anew, withdrawn
from ldbu_desktop.editing.delivered import NothingDelivered
from ldbu_desktop.editing.periods import with_period
from ldbu_desktop.editing.visits import without_visit
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.use_cases.engines import engine_for
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.deliveries import DeliveredRecords, resources_of
from tests.unit.editing.filled_family import (
    CHILD,
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
SLEEP, FINDING = place("sleep"), place("exam-result")
MENTAL = place("parent-mental-status", PARENT)
SLEPT = codes_of("sleep")


def full() -> Journal:
    """A visit with a record of every kind and a school."""
    return with_answers(
        visit_journal(),
        (SLEEP, SLEPT[0]),
        (MENTAL, codes_of("parent-mental-status")[0]),
        (FINDING, codes_of("exam-result")[0]),
        (place("intervention.code"), codes_of("intervention.code")[0]),
        (place(subject=PARENT, questionnaire="epds", link_id="1humor"), "1"),
        (place("visit.school", ""), "280001"),
    )


def sent(journal: Journal) -> DeliveredRecords:
    keys = [visit.key for visit in family_of(journal).visits]
    return delivered(journal, resources_of(journal, STANDARD, keys, NOW))


def after(before: Journal, step: Journal) -> Journal:
    """What a step leaves where everything was delivered before."""
    return corrected(before, step, FAMILY, sent(before))


def resources(journal: Journal, visit: str) -> dict[tuple[str, str], Any]:
    [plan] = planned(journal, {visit}, ReportOf.VISIT)
    bundle = plan.built(ReportWriter(journal, STANDARD, NOW)).bundle
    return {(one["resource"]["resourceType"], one["resource"]["id"]): one["resource"] for one in bundle["entry"]}


def test_what_was_delivered_and_is_emptied_stays_as_an_error() -> None:
    journal = after(full(), with_answers(full(), (SLEEP, "")))
    before, now = visit_of(full()).observations[0], visit_of(journal).observations[-1]
    assert (now.key, now.value, now.subject) == (before.key, before.value, before.subject)
    assert now.status.value == ENTERED_IN_ERROR
    assert answer_at(journal, SLEEP).is_empty
    was, told = resources(full(), SLEEP.visit), resources(journal, SLEEP.visit)
    assert set(told) == set(was)
    changed = [name for name, one in told.items() if one != was[name]]
    assert [told[name]["status"] for name in changed] == [ENTERED_IN_ERROR]
    assert [kind for kind, _ in changed] == ["Observation"]


def test_a_record_of_every_kind() -> None:
    visit = visit_of(full())
    places = (
        FINDING._replace(record=visit.observations[2].key),
        place("intervention.code", record=visit.interventions[0].key),
        place(subject=PARENT, questionnaire="epds", link_id="1humor"),
    )
    journal = full()
    for at in places:
        journal = corrected(journal, with_answers(journal, (at, "")), FAMILY, sent(full()))
    errors = [
        one.key
        for name in ("observations", "interventions", "responses")
        for one in getattr(visit_of(journal), name)
        if one.status.value == ENTERED_IN_ERROR
    ]
    assert errors == [visit.observations[2].key, visit.interventions[0].key, visit.responses[0].key]
    assert answer_at(journal, places[2]).is_empty
    assert answer_at(journal, place("intervention.code")).is_empty


def test_an_answer_beside_its_correction_is_a_record_of_its_own() -> None:
    gone = after(full(), with_answers(full(), (SLEEP, "")))
    journal = with_answers(gone, (SLEEP, SLEPT[1]))
    assert answer_at(journal, SLEEP).value == SLEPT[1]
    keys = [one.key for one in visit_of(journal).observations if one.variable.value == "sleep"]
    assert len(set(keys)) == 2
    found = validate(journal, STANDARD, TODAY).by_code
    assert "duplicate-observation" not in found
    assert "correction-inside-visit" in found
    assert after(gone, journal) is journal


def test_what_is_withdrawn_is_missing_again_by_the_guides_table() -> None:
    journal = with_answers(visit_journal(), (SLEEP, SLEPT[0]), (place("motor-function"), codes_of("motor-function")[0]))
    gone = after(journal, with_answers(journal, (SLEEP, ""), (place("motor-function"), "")))
    found = validate(gone, STANDARD, TODAY).by_code["mandatory-missing-guide"]
    missing = {one.location.variable for one in found if one.location.visit == SLEEP.visit}
    assert {"sleep", "motor-function"} <= missing


def test_a_feeding_period_beside_its_correction_overlaps_nothing() -> None:
    at, code = place("feeding"), codes_of("feeding")[0]
    journal = with_period(visit_journal(), at, code, "05-05-2020", "01-07-2020", STANDARD)
    gone = after(journal, with_answers(journal, (at._replace(record=visit_of(journal).observations[0].key), "")))
    again = with_period(gone, at, code, "06-05-2020", "01-07-2020", STANDARD)
    assert [one.is_period for one in visit_of(again).observations] == [True, True]
    assert "feeding-periods-overlap" not in validate(again, STANDARD, TODAY).by_code


def test_what_was_never_delivered_is_taken_away() -> None:
    step = with_answers(full(), (SLEEP, ""))
    assert corrected(full(), step, FAMILY, NothingDelivered()) is step
    gone = without_visit(full(), FAMILY, SLEEP.visit)
    assert corrected(full(), gone, FAMILY, NothingDelivered()) is gone


def test_a_correction_that_is_taken_away_comes_back() -> None:
    gone = after(full(), with_answers(full(), (SLEEP, "")))
    again = with_answers(gone, (SLEEP._replace(record=visit_of(gone).observations[-1].key), ""))
    assert visit_of(after(gone, again)) == visit_of(gone)


def test_a_changed_value_keeps_its_id_and_is_no_error() -> None:
    step = with_answers(full(), (SLEEP, SLEPT[1]))
    assert after(full(), step) is step
    assert set(resources(step, SLEEP.visit)) == set(resources(full(), SLEEP.visit))


def test_a_step_in_another_family_or_in_nothing() -> None:
    assert corrected(full(), full(), "nobody", sent(full())) == full()
    journal = full()
    assert after(journal, journal) is journal


def test_a_whole_visit_that_was_delivered_is_withdrawn() -> None:
    taken = after(full(), without_visit(full(), FAMILY, SLEEP.visit))
    asked = withdrawn(full(), FAMILY, SLEEP.visit)
    assert taken == asked
    found = validate(taken, STANDARD, TODAY)
    assert "parts-of-erroneous-visit" not in found.by_code
    was, told = resources(full(), SLEEP.visit), resources(taken, SLEEP.visit)
    unchanged = ("Patient", "RelatedPerson", "Location")
    assert set(was) == set(told)
    for name, one in told.items():
        expected = was[name] if name[0] in unchanged else was[name] | {"status": ENTERED_IN_ERROR}
        assert one == expected
    assert answer_at(taken, SLEEP).value == SLEPT[0]
    [plan] = planned(taken, {SLEEP.visit}, ReportOf.VISIT)
    errors = engine_for(STANDARD).check(json_text(plan.built(ReportWriter(taken, STANDARD, NOW)).bundle)).errors
    assert {error.key for error in errors} <= {rule.invariant for rule in STANDARD.gateway_rules}


def test_other_visits_stay_as_they_are() -> None:
    before, second = visited(full(), "4-6-months", start=TODAY)
    journal = after(before, without_visit(before, FAMILY, second))
    assert [visit.status.value for visit in family_of(journal).visits] == ["finished", ENTERED_IN_ERROR]
    assert visit_of(journal) is visit_of(before)


def test_a_visit_that_was_written_with_the_wrong_twin_becomes_two() -> None:
    journal, key = recorded_anew(full(), FAMILY, SLEEP.visit, TWIN, STANDARD)
    wrong, right = family_of(journal).visits
    assert wrong == visit_of(withdrawn(full(), FAMILY, SLEEP.visit))
    assert (right.key, right.subject.value, right.status.value) == (key, TWIN, "finished")
    assert [(one.subject.value, one.value.value) for one in right.observations] == [
        (PARENT if one.subject.value == PARENT else TWIN, one.value.value) for one in visit_of(full()).observations
    ]
    keys = [
        one.key
        for visit in (wrong, right)
        for name in ("observations", "interventions", "responses")
        for one in getattr(visit, name)
    ]
    assert len(set(keys)) == len(keys) == 10
    assert CHILD not in {one.subject.value for one in (*right.observations, *right.interventions, *right.responses)}
    findings = validate(journal, STANDARD, TODAY)
    assert not {"duplicate-visit", "duplicate-observation"} & set(findings.by_code)
    with pytest.raises(CallFault):
        recorded_anew(journal, FAMILY, SLEEP.visit, TWIN, STANDARD)


def test_what_was_withdrawn_before_is_not_told_anew() -> None:
    gone = after(full(), with_answers(full(), (SLEEP, ""), (place("visit.start", ""), "31-02")))
    gone = with_answers(gone, (place("visit.type", ""), "zzz"))
    journal, key = recorded_anew(gone, FAMILY, SLEEP.visit, TWIN, STANDARD)
    assert key == f"{TWIN}/visit"
    assert "sleep" not in {one.variable.value for one in visit_of(journal, 1).observations}


def test_a_visit_that_is_not_there() -> None:
    for step in (lambda: withdrawn(full(), FAMILY, "x"), lambda: recorded_anew(full(), FAMILY, "x", TWIN, STANDARD)):
        with pytest.raises(CallFault):
            step()
