"""A resource by itself: by the profiles that it declares, else by those of its type in the guide."""

from __future__ import annotations

import json

import pytest

from ldbu_desktop.conformance.model import Verdict
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.engines import engine_for
from tests.unit.conformance.made import FHIR, Json, report, within


def verdict_on(resource: Json, *, with_ours: bool = True) -> Verdict:
    return engine_for(shipped_standard()).check(json.dumps(resource).encode(), with_ours=with_ours)


def judged_by(verdict: Verdict) -> str:
    (alone,) = [one for one in verdict.others if one.code == "resource-alone"]
    return str(alone.facts["expected"])


def undeclared(kind: str, number: int = 0) -> Json:
    resource = within(report(), kind, number)
    del resource["meta"]
    return resource


def test_a_resource_is_judged_by_what_it_declares() -> None:
    citizen = within(report(), "Patient")
    assert verdict_on(citizen).valid
    assert judged_by(verdict_on(citizen)) == "klgateway-children-citizen"
    assert verdict_on(citizen, with_ours=False) == Verdict()
    citizen["birthDate"] = "2020-05-05"
    assert [(one.code, one.at) for one in verdict_on(citizen).errors] == [("not-allowed-here", "Patient")]


def test_what_it_declares_to_refer_to_in_the_report_is_missed() -> None:
    codes = {(one.code, one.at) for one in verdict_on(within(report(), "Encounter")).errors}
    assert ("unresolved-reference", "Encounter.subject") in codes


@pytest.mark.parametrize(
    ("kind", "profile"),
    [
        ("Patient", "klgateway-children-citizen"),
        ("Encounter", "klgateway-children-encounter"),
        ("Location", "klgateway-children-location"),
    ],
)
def test_without_a_profile_that_of_its_type_holds_and_references_are_let_be(kind: str, profile: str) -> None:
    verdict = verdict_on(undeclared(kind))
    assert (verdict.errors, judged_by(verdict)) == ((), profile)


def test_an_observation_is_judged_by_the_profile_that_fits() -> None:
    profiles = {judged_by(verdict_on(undeclared("Observation", number))) for number in range(10)}
    assert len(profiles) == 10
    assert all(verdict_on(undeclared("Observation", number)).valid for number in range(10))


def test_one_that_fits_none_is_judged_by_the_nearest() -> None:
    weight = next(
        one for number in range(10) if "valueQuantity" in (one := undeclared("Observation", number))
        and one["valueQuantity"]["code"] in {"g", "kg"}
    )  # fmt: skip
    weight["valueQuantity"]["code"] = "mm"
    verdict = verdict_on(weight)
    assert judged_by(verdict) == "klgateway-children-bodyweight"
    assert {one.at.partition("[")[0] for one in verdict.errors} == {"Observation.value.ofType(Quantity).code"}


def test_a_type_that_the_guide_has_no_profile_for_is_judged_by_fhir() -> None:
    right = {"resourceType": "Organization", "name": "x"}
    assert (verdict_on(right).errors, judged_by(verdict_on(right))) == ((), "FHIR Organization")
    wrong = {"resourceType": "Organization", "active": True}
    assert [one.rule for one in verdict_on(wrong).errors] == ["org-1"]


def test_a_profile_that_is_not_known_is_told_and_the_others_hold() -> None:
    citizen = within(report(), "Patient")
    citizen["meta"]["profile"] = ["http://example.org/unknown"]
    verdict = verdict_on(citizen)
    assert [one.code for one in verdict.errors] == ["unknown-profile"]
    assert judged_by(verdict) == "klgateway-children-citizen"
    citizen["meta"]["profile"] = [f"{FHIR}Patient"]
    assert judged_by(verdict_on(citizen)) == "Patient"


@pytest.mark.parametrize("profile", [[5], [True], []])
def test_a_profile_that_is_none_is_as_none_at_all(profile: list[object]) -> None:
    citizen = within(report(), "Patient")
    citizen["meta"]["profile"] = profile
    assert judged_by(verdict_on(citizen)) == "klgateway-children-citizen"
