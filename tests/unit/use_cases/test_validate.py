"""Validating a journal, and validating again after an edit what the edit bears on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ldbu_desktop.editing.answers import answered
from ldbu_desktop.editing.interventions import continued
from ldbu_desktop.editing.values import edited
from ldbu_desktop.faults import CallFault, Cancelled
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Citizen, Entry, Family, Journal, Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.examples import clean_journal, example_day, example_journal
from ldbu_desktop.use_cases.revalidate import revalidated
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.work import Cancellation, Step
from tests.unit.editing.filled_family import (
    FAMILY,
    codes_of,
    family_of,
    place,
    visit_journal,
    visited,
    with_answers,
)

STANDARD = shipped_standard()
CLEAN = clean_journal(STANDARD)
TODAY = example_day()
WORDS = ("", "5250", "5.250", "57,55", "ja", "02-02-2020", "07-07-2062 10:00", "mor-1", "barn-9", "Ukendt", "HH",
         "Oprettet ved en fejl", "0505209996", "051482-1234", "280001", "I1", "zzz", "EPDS", "Grøn")  # fmt: skip


def addresses(journal: Journal) -> list[Where]:
    """Every value of a journal that can be edited."""
    found = []
    for family in journal.families:
        for citizen in family.citizens:
            found += [
                Where(family.key, "", citizen.key, f"citizen.{part}") for part in ("cpr", "organisation", "active")
            ]
        for visit in family.visits:
            parts = ("type", "class", "status", "start", "end", "school", "interventions", "subject")
            found += [Where(family.key, visit.key, "", f"visit.{part}") for part in parts]
            for observation in visit.observations:
                variable = observation.variable.value or ""
                parts = ("status", "start", "end", "subject", "unit", "missing-reason", "variable")
                found += [
                    Where(family.key, visit.key, observation.key, field, variable)
                    for field in ("", *(f"observation.{part}" for part in parts))
                ]
            for intervention in visit.interventions:
                parts = ("code", "reasons", "start", "end", "status", "activity-status", "subject")
                found += [Where(family.key, visit.key, intervention.key, f"intervention.{part}") for part in parts]
            for response in visit.responses:
                parts = ("questionnaire", "authored", "informer", "status", "subject")
                found += [Where(family.key, visit.key, response.key, f"response.{part}") for part in parts]
                for number, answer in enumerate(response.answers):
                    link_id = answer.link_id.value or ""
                    found.append(Where(family.key, visit.key, response.key, "answer.value", link_id, number))
    return found


ADDRESSES = addresses(CLEAN)


def same(findings: Findings, others: Findings) -> bool:
    return (findings.all, findings.counts, findings.context) == (others.all, others.counts, others.context)


@given(st.lists(st.tuples(st.sampled_from(ADDRESSES), st.sampled_from(WORDS)), min_size=1, max_size=4))
def test_judging_again_gives_what_judging_all_gives(edits: list[tuple[Where, str]]) -> None:
    journal, findings = CLEAN, validate(CLEAN, STANDARD, TODAY)
    for address, raw in edits:
        try:
            journal = edited(journal, address, raw, STANDARD)
        except CallFault:
            # An edit before took away what the value is addressed by.
            continue
        findings = revalidated(findings, journal, {address.family})
        assert same(findings, validate(journal, STANDARD, TODAY))


def test_a_shared_cpr_is_told_in_the_other_family_too() -> None:
    findings = validate(CLEAN, STANDARD, TODAY)
    other = next(family.key for family in CLEAN.families if family.key != "barn-1")
    journal = edited(CLEAN, Where("barn-1", "", "barn-1", "citizen.cpr"), "050515-9995", STANDARD)
    after = revalidated(findings, journal, {"barn-1"})
    assert "cpr-shared" in {finding.code for finding in after.of_family(other)}
    again = revalidated(
        after, edited(journal, Where("barn-1", "", "barn-1", "citizen.cpr"), "050520-9996", STANDARD), {"barn-1"}
    )
    assert again.all == ()


def test_a_visit_is_judged_again_when_what_it_follows_from_is_gone() -> None:
    journal = with_answers(visit_journal(), (place("intervention.code"), codes_of("intervention.code")[0]))
    begun = place("intervention.code", record=family_of(journal).visits[0].interventions[0].key)
    journal, later = visited(journal, "infant-preventive", start=date(2020, 8, 1))
    journal = continued(journal, FAMILY, later, begun.record)
    findings = validate(journal, STANDARD, TODAY)
    gone = answered(journal, begun, "", STANDARD)
    after = revalidated(findings, gone, {FAMILY})
    assert "based-on-unknown" in {one.code for one in after.of_visit(later)}
    assert after.all == validate(gone, STANDARD, TODAY).all


def test_visits_that_an_edit_does_not_bear_on_are_not_judged_again() -> None:
    findings = validate(example_journal("mandatory-missing-guide", STANDARD), STANDARD, TODAY)
    [before] = findings.of_visit("K1")
    journal = edited(findings.journal, Where("barn-1", "K2", "O30", "", "weight"), "6900", STANDARD)
    [after] = revalidated(findings, journal, {"barn-1"}).of_visit("K1")
    assert after is before
    journal = edited(journal, Where("barn-1", "", "mor-1", "citizen.active"), "nej", STANDARD)
    [later] = revalidated(findings, journal, {"barn-1"}).of_visit("K1")
    assert later == before


def test_a_new_intervention_is_known_to_all_visits() -> None:
    findings = validate(example_journal("based-on-unknown", STANDARD), STANDARD, TODAY)
    journal = findings.journal
    families = list(journal.families)
    place = next(place for place, family in enumerate(families) if family.key == "barn-1")
    visits = tuple(
        replace(visit, interventions=tuple(replace(each, key="I99") for each in visit.interventions))
        for visit in families[place].visits
    )
    families[place] = replace(families[place], visits=visits)
    assert revalidated(findings, replace(journal, families=tuple(families)), {"barn-1"}).all == ()


def test_families_of_two_files_may_have_the_same_key() -> None:
    def family(cpr: str | None) -> Family:
        return Family("f", (Citizen(f"c{cpr}", True, Entry(cpr, cpr or ""), Entry("451000016003")),))

    journal = Journal((family("0505209996"), family(None)))
    findings = validate(journal, STANDARD, TODAY)
    assert [finding.code for finding in findings.all].count("cpr-missing") == 1
    after = revalidated(findings, journal, {"f"})
    assert same(after, findings)


def test_a_family_with_another_number_of_visits() -> None:
    findings = validate(CLEAN, STANDARD, TODAY)
    families = tuple(replace(family, visits=family.visits[:1]) for family in CLEAN.families)
    journal = replace(CLEAN, families=families)
    one = replace(CLEAN, families=(families[0], *CLEAN.families[1:]))
    assert same(revalidated(findings, one, {families[0].key}), validate(one, STANDARD, TODAY))
    assert len(validate(journal, STANDARD, TODAY).family_of_visit) == len(families)


def test_progress_counts_visits() -> None:
    steps: list[Step] = []
    visits = tuple(Visit(f"v{number}") for number in range(250))
    families = tuple(Family(f"f{place}", (), visits=visits[place * 50 : place * 50 + 50]) for place in range(5))
    validate(Journal(families), STANDARD, TODAY, steps.append)
    assert [(step.done, step.total, step.unit) for step in steps] == [
        (100, 250, "visit"),
        (200, 250, "visit"),
        (250, 250, "visit"),
    ]


def test_it_stops_when_asked() -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        validate(CLEAN, STANDARD, TODAY, cancellation=cancellation)


def test_today_is_what_it_is_told() -> None:
    assert "visit-in-future" in validate(CLEAN, STANDARD, date(2020, 7, 1)).by_code
