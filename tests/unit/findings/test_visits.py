"""Visits: what the gateway demands, what the guide asks for, schools, citizens and corrections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.findings.examples import RecordChange, RowChange
from ldbu_desktop.findings.run import file_findings
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Citizen, DeliveryReport, Entry, Family, Journal, Observation, Visit
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.validate import validate

Found = Callable[..., Findings]
TODAY = date(2025, 12, 1)
IN_PERSON = ("HH", "AMB")


def known(value: str) -> Entry[str]:
    return Entry(value, value)


def missing(standard: Standard, visit_type: str, visit_class: str, *present: str) -> dict[str, dict[str, str]]:
    """The variables that are missing by code, each with its rule, at a visit at which ``present`` were observed."""
    type_code = next(each.code for each in standard.visit_types if each.id == visit_type)
    observations = tuple(Observation(f"o-{name}", known(name), known("c"), status=known("final")) for name in present)
    visit = Visit("v", known("c"), known(type_code), known(visit_class), known("finished"), observations=observations)
    journal = Journal((Family("f", (Citizen("c", True),), visits=(visit,)),))
    told: dict[str, dict[str, str]] = {"mandatory-missing-gateway": {}, "mandatory-missing-guide": {}}
    for finding in validate(journal, standard, TODAY).all:
        if finding.code in told:
            told[finding.code][finding.location.variable] = finding.rule
    return told


@pytest.mark.parametrize("visit_class", IN_PERSON)
def test_every_rule_is_told_where_nothing_was_observed(standard: Standard, visit_class: str) -> None:
    for visit_type in standard.visit_types:
        rules = [rule for rule in standard.gateway_rules if visit_type.code in rule.visits]
        told = missing(standard, visit_type.id, visit_class)["mandatory-missing-gateway"]
        # Two rules that test the same codes are told as one.
        assert len(told) == len({rule.codes for rule in rules})
        assert set(told.values()) <= {rule.invariant for rule in rules}


def test_rules_hold_in_person_only(standard: Standard) -> None:
    concepts = standard.value_set["EncounterClassCodes"].by_code
    for code in concepts.keys() - set(IN_PERSON):
        told = missing(standard, "2-months", code)
        assert told["mandatory-missing-gateway"] == {}
        assert set(told["mandatory-missing-guide"]) == set(standard.guide_variables["2-months"])


def test_the_guides_table_is_asked_for_as_it_is(standard: Standard) -> None:
    for visit_type in standard.visit_types:
        told = missing(standard, visit_type.id, "HH")
        asked = set(standard.guide_variables.get(visit_type.id, ()))
        assert asked <= set(told["mandatory-missing-gateway"]) | set(told["mandatory-missing-guide"])
        assert not missing(standard, visit_type.id, "HH", *asked)["mandatory-missing-guide"]


def test_motor_function_is_never_rejected_but_sleep_is(standard: Standard) -> None:
    asked = set(standard.guide_variables["2-months"])
    told = missing(standard, "2-months", "HH", *asked - {"motor-function"})
    assert told == {"mandatory-missing-gateway": {}, "mandatory-missing-guide": {"motor-function": ""}}
    told = missing(standard, "2-months", "HH", *asked - {"sleep"})
    assert told["mandatory-missing-guide"] == {}
    assert set(told["mandatory-missing-gateway"]) == {"sleep"}


def test_the_relationship_is_not_demanded_at_8_months(standard: Standard) -> None:
    asked = set(standard.guide_variables["8-11-months"])
    told = missing(standard, "8-11-months", "AMB", *asked - {"parent-relationship"})
    assert told == {"mandatory-missing-gateway": {}, "mandatory-missing-guide": {"parent-relationship": ""}}


def test_communication_is_demanded_where_the_guide_does_not_ask(standard: Standard) -> None:
    asked = set(standard.guide_variables["second-within-first-month"])
    told = missing(standard, "second-within-first-month", "HH", *asked)
    assert set(told["mandatory-missing-gateway"]) == {"communication"}


def test_feeding_satisfies_the_rule_for_nutrition(standard: Standard) -> None:
    asked = set(standard.guide_variables["school-entry"])
    told = missing(standard, "school-entry", "AMB", *asked - {"nutrition"}, "feeding")
    assert told == {"mandatory-missing-gateway": {}, "mandatory-missing-guide": {"nutrition": ""}}
    told = missing(standard, "school-entry", "AMB", *asked - {"nutrition"})
    assert set(told["mandatory-missing-gateway"]) == {"nutrition"}
    told = missing(standard, "maternity", "HH")
    assert "feeding" in told["mandatory-missing-gateway"]


def test_a_withdrawn_visit_is_demanded_of_but_not_asked(found: Found) -> None:
    rows = [RowChange("Observationer", key) for key in ("O18", "O19")]
    findings = found(*rows, RowChange("Kontakter", "K1", column="status", value="Oprettet ved en fejl"))
    assert {"mandatory-missing-gateway"} <= set(findings.by_code)
    assert "mandatory-missing-guide" not in findings.by_code


def test_an_observation_without_a_value_is_there(found: Found) -> None:
    assert set(found(RowChange("Observationer", "O18", column="værdi")).by_code) == {"value-missing"}


def test_a_visit_of_unknown_type_is_not_judged_by_one(found: Found) -> None:
    change = RowChange("Kontakter", "K1", column="kontakttype", value="Kaffebesøg")
    assert set(found(change).by_code) == {"code-unknown"}


@pytest.mark.parametrize(("minutes", "code"), [("07-07-2020 23:00", None), ("08-07-2020 01:00", None)])
def test_a_visit_may_pass_midnight(minutes: str, code: str | None, found: Found) -> None:
    assert not found(RowChange("Kontakter", "K1", column="slut", value=minutes)).all


def test_a_school_visit_with_a_parent_needs_no_school(found: Found) -> None:
    findings = found(
        RowChange("Kontakter", "S1", column="skole"),
        RowChange("Kontakter", "S1", column="kontakttype", value="Behovskontakt med skolesundhedsplejen"),
        RowChange("Kontakter", "S1", column="borger_id", value="mor-1"),
        RowChange("Observationer", "O40"),
        RowChange("Observationer", "O41"),
    )
    assert not findings.all


def test_a_school_number_of_other_signs_is_unusual(found: Found) -> None:
    for number in ("28000", "2800012", "28000A", "28000²", "28000٣"):
        assert set(found(RowChange("Kontakter", "S1", column="skole", value=number)).by_code) == {
            "school-number-unusual"
        }


def test_findings_and_periods_may_stand_several_times(found: Found) -> None:
    other = RowChange("Fund", row={"fund_id": "F2", "kontakt_id": "K1", "fund": "Udfordring i forældre-barn samspil"})
    assert not found(other).all
    same = RowChange("Fund", row={"fund_id": "F2", "kontakt_id": "K1", "fund": "Afvigende øjenkontakt"})
    assert set(found(same).by_code) == {"duplicate-observation"}


def test_findings_that_nobody_can_read_are_the_same_only_where_they_are_written_so(found: Found) -> None:
    def unread(key: str, text: str) -> RowChange:
        return RowChange("Fund", row={"fund_id": key, "kontakt_id": "K1", "fund": text})

    assert set(found(unread("F2", "qqq"), unread("F3", "zzzz")).by_code) == {"code-unknown"}
    assert set(found(unread("F2", "qqq"), unread("F3", "qqq")).by_code) == {"code-unknown", "duplicate-observation"}


def test_a_withdrawn_observation_is_no_duplicate(found: Found) -> None:
    again = {"observation_id": "O32", "kontakt_id": "K2", "variabel": "Vægt", "værdi": "6990", "enhed": "g"}
    withdrawn = RowChange("Observationer", row={**again, "status": "Oprettet ved en fejl"})
    assert set(found(withdrawn).by_code) == {"correction-inside-visit"}


@pytest.mark.parametrize(
    ("record", "key", "field"),
    [
        ("Intervention", "I1", "intervention.status"),
        ("QuestionnaireResponse", "R1", "response.status"),
        ("Observation", "O18", "observation.status"),
    ],
)
def test_a_withdrawn_part_is_told_at_its_status(record: str, key: str, field: str, found: Found) -> None:
    withdrawn = RecordChange(record, key, "status", "entered-in-error", "entered-in-error")
    [finding] = found(withdrawn).by_code["correction-inside-visit"]
    assert finding.location.field == field


def test_what_was_withdrawn_is_asked_for_again_by_the_guides_table(found: Found) -> None:
    withdrawn = RecordChange("Observation", "O18", "status", "entered-in-error", "entered-in-error")
    assert set(found(withdrawn).by_code) == {"correction-inside-visit", "mandatory-missing-guide"}


def test_a_rule_that_no_variable_is_meant_for_is_told_by_what_it_tests(standard: Standard) -> None:
    demands = RuleBook(standard).demands
    school_leaving = next(each.code for each in standard.visit_types if each.id == "school-leaving")
    assert "sleep" in {demand.variable for demand in demands[school_leaving]}
    assert "motor-function" not in {demand.variable for demand in demands[school_leaving]}


@pytest.mark.parametrize(
    ("second", "number"),
    [
        ({"subject": Entry("mother")}, 0),
        ({"subject": Entry("mother"), "start": Entry(date(2020, 7, 8))}, 2),
        ({}, 2),
        ({"status": Entry("entered-in-error")}, 0),
    ],
)
def test_a_report_of_a_visit_to_child_and_parent_is_about_one(second: dict[str, Any], number: int) -> None:
    visits = (
        Visit("a", Entry("child"), start=Entry(date(2020, 7, 7)), status=Entry("finished")),
        replace(Visit("b", Entry("child"), start=Entry(date(2020, 7, 7)), status=Entry("finished")), **second),
    )
    family = Family("child", (Citizen("child", True), Citizen("mother", False)), visits=visits)
    report = DeliveryReport("r", Entry(datetime(2020, 7, 9, tzinfo=UTC)), visits=("a", "b", "gone"))
    found = [one.facts["number"] for one in file_findings(Journal((family,), (report,)))]
    assert found == ([number] if number else [])
