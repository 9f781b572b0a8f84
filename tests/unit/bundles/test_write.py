"""Journal to delivery report: every part where the standard wants it, and nothing else."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from ldbu_desktop.bundles.identity import Identities
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.ledger import is_continued
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.journal.model import EMPTY, Entry
from tests.unit.bundles.small_family import (
    DAY,
    FEEDING,
    HEIGHT,
    MENTAL,
    NEED,
    NOW,
    RESPONSE,
    SLEEP,
    STANDARD,
    START,
    VISIT,
    VISIT_TYPE,
    WEIGHT,
    code,
    concept,
    journal,
    report,
    resources,
    said,
)

PROFILES = STANDARD.header.profiles
IDENTITIES = Identities(STANDARD, "tests", STANDARD.header.canonical)


def test_a_report_is_one_collection_of_now() -> None:
    bundle = report().bundle
    assert bundle["type"] == "collection"
    assert bundle["timestamp"] == "2021-10-06T23:30:00Z"
    assert bundle["meta"] == {"profile": [PROFILES["delivery-report"]]}
    assert list(bundle) == ["resourceType", "id", "meta", "type", "timestamp", "entry"]


def test_every_resource_has_its_profile_an_id_and_a_full_url_that_ends_in_it() -> None:
    for entry in report().bundle["entry"]:
        resource = entry["resource"]
        assert resource["meta"]["profile"][0] in PROFILES.values()
        assert entry["fullUrl"] == f"{STANDARD.header.canonical}/{resource['resourceType']}/{resource['id']}"


def test_every_reference_is_relative_and_within_the_report() -> None:
    bundle = report().bundle
    told = {f"{entry['resource']['resourceType']}/{entry['resource']['id']}" for entry in bundle["entry"]}

    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value["reference"]] if "reference" in value else []
            return own + [found for part in value.values() for found in references(part)]
        return [found for part in value for found in references(part)] if isinstance(value, list) else []

    found = references(bundle)
    assert len(found) > 10
    assert set(found) <= told


def test_only_citizens_that_are_referred_to_are_in_it() -> None:
    assert [record.key for record in report().records[:4] if record] == ["B1", "F1", "R1", "S1"]
    alone = replace(VISIT, observations=(WEIGHT,))
    assert [record.key for record in report(alone).records if record] == ["B1", "S1", "K1", "I1", "O1", "Q1"]


def test_a_parent_links_to_the_related_person_of_the_child() -> None:
    built = resources(report())
    assert built["F1"]["link"] == [
        {"other": {"reference": f"RelatedPerson/{IDENTITIES.made('RelatedPerson', 'R1')}"}, "type": "seealso"}
    ]
    assert built["R1"]["patient"] == {"reference": f"Patient/{IDENTITIES.made('Patient', 'B1')}"}
    assert [one["code"] for one in built["R1"]["relationship"][0]["coding"]] == ["PRN"]
    assert "link" not in built["B1"]


def test_a_report_about_a_parent_alone_does_not_tell_of_the_child() -> None:
    pregnancy = replace(
        VISIT, subject=said("F1"), type=said(VISIT_TYPE["pregnancy"]), school=EMPTY,
        observations=(MENTAL,), interventions=(), responses=(),
    )  # fmt: skip
    built = report(pregnancy)
    assert [record.key for record in built.records if record] == ["F1", "K1", "O4"]
    assert "link" not in resources(built)["F1"]


def test_a_citizen_is_number_organisation_and_nothing_else() -> None:
    assert {key: value for key, value in resources(report())["B1"].items() if key not in ("id", "meta")} == {
        "resourceType": "Patient",
        "identifier": [{"use": "official", "system": "urn:oid:1.2.208.176.1.2", "value": "0505159995"}],
        "active": True,
        "managingOrganization": {
            "identifier": {"use": "official", "system": "urn:oid:1.2.208.176.1.1", "value": "451000016003"}
        },
    }


def test_a_visit() -> None:
    built = resources(report())["K1"]
    assert built["status"] == "finished"
    assert built["class"]["code"] == "HH"
    assert built["type"][0]["coding"][0]["code"] == VISIT_TYPE["school-entry"]
    assert built["period"] == {"start": "2021-10-06T09:15:00+02:00"}
    assert built["location"] == [{"location": {"reference": f"Location/{IDENTITIES.made('Location', 'S1')}"}}]
    assert "extension" not in built


def test_a_school() -> None:
    built = resources(report())["S1"]
    assert built["identifier"] == [{"system": STANDARD.header.systems["school"], "value": "123456"}]
    assert built["status"] == "active"
    assert built["type"][0]["coding"][0]["code"] == "SCHOOL"


@pytest.mark.parametrize(("value", "told"), [("23.50", b"23.5"), ("23.0", b"23.0"), ("23", b"23")])
def test_a_measurement_has_both_codes_category_and_exact_number(value: str, told: bytes) -> None:
    weight = replace(WEIGHT, value=said(Decimal(value)))
    built = resources(report(replace(VISIT, observations=(weight,))))["O1"]
    assert [one["code"] for one in built["code"]["coding"]] == ["29463-7", "27113001"]
    assert built["category"][0]["coding"][0]["code"] == "vital-signs"
    assert built["valueQuantity"] | {"value": 0} == {
        "value": 0, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg",
    }  # fmt: skip
    assert json_text(built["valueQuantity"]["value"]) == told


def test_a_value_that_was_not_obtained_has_its_reason() -> None:
    built = resources(report())["O3"]
    assert built["dataAbsentReason"] == {"coding": [concept("data-absent-reason")]}
    assert not any(name.startswith("value") for name in built)
    assert built["effectiveDateTime"] == "2021-10-06"


def test_a_childs_observation_refers_to_the_visit_and_a_parents_does_not() -> None:
    built = resources(report())
    assert built["O1"]["encounter"] == {"reference": f"Encounter/{IDENTITIES.made('Encounter', 'K1')}"}
    assert built["O4"]["subject"] == {"reference": f"Patient/{IDENTITIES.made('Patient', 'F1')}"}
    assert "encounter" not in built["O4"]
    finding = replace(WEIGHT, key="O9", variable=said("exam-result"), value=code("ExamResults"), unit=EMPTY)
    of_parent = replace(finding, subject=said("F1"))
    built = resources(report(replace(VISIT, observations=(finding, replace(of_parent, key="O8")))))
    assert "encounter" in built["O9"]
    assert "encounter" not in built["O8"]


def test_a_period_has_the_same_precision_at_both_ends() -> None:
    built = resources(report())["O5"]
    assert built["effectivePeriod"] == {"start": "2014-01-01", "end": "2021-10-06"}
    assert built["valueCodeableConcept"] == {"coding": [concept("FeedingResultsChildren")]}
    status = replace(FEEDING, is_period=False, end=EMPTY, start=said(DAY))
    assert resources(report(replace(VISIT, observations=(status,))))["O5"]["effectiveDateTime"] == "2021-10-06"


def test_an_intervention_with_reasons() -> None:
    built = resources(report())["I1"]
    assert (built["status"], built["intent"], built["period"]) == ("active", "plan", {"start": "2021-10-06"})
    assert built["activity"] == [
        {
            "detail": {
                "code": {"coding": [concept("KLHealthNurseInterventions")]},
                "reasonCode": [{"coding": [concept("KLHealthNurseConditions", place)]} for place in (0, 1)],
                "status": "scheduled",
            }
        }
    ]


def test_a_visit_that_is_based_on_an_intervention_brings_it_with_its_citizen() -> None:
    second = replace(
        VISIT, key="K2", based_on=(said("I1"), said("gone")), observations=(), interventions=(), responses=()
    )
    source = journal(VISIT, second)
    built = ReportWriter(source, STANDARD, NOW).report([second])
    assert [record.key for record in built.records if record] == ["B1", "S1", "I1", "K2"]
    assert resources(built)["K2"]["extension"] == [
        {
            "url": STANDARD.header.extensions["based-on-intervention"],
            "valueReference": {"reference": f"CarePlan/{IDENTITIES.made('CarePlan', 'I1')}"},
        }
    ]
    together = ReportWriter(source, STANDARD, NOW).report([VISIT, second])
    assert [record.key for record in together.records if record].count("I1") == 1


def test_a_questionnaire_response_with_informer_and_answers_of_each_type() -> None:
    built = resources(report())["Q1"]
    assert built["questionnaire"] == STANDARD.questionnaire["puf"].url
    assert built["extension"][0]["valueCodeableConcept"] == {"coding": [concept("FindingInformerCodes")]}
    assert built["authored"] == "2021-10-06T09:15:00+02:00"
    assert built["item"] == [
        {"linkId": "8happy", "answer": [{"valueBoolean": True}]},
        {"linkId": "score", "answer": [{"valueInteger": 4}]},
        {"linkId": "x", "answer": [{"valueString": "tekst"}]},
    ]
    assert "encounter" not in built


def test_a_correction_hits_the_same_resources_with_the_same_citizen_and_school() -> None:
    before, after = report(), report(replace(VISIT, status=said("entered-in-error")))
    assert after.id == before.id
    changed = [
        (one["resource"]["resourceType"], two["resource"].get("status"))
        for one, two in zip(before.bundle["entry"], after.bundle["entry"], strict=True)
        if one != two
    ]
    assert changed == [("Encounter", "entered-in-error")]
    assert [one["fullUrl"] for one in before.bundle["entry"]] == [one["fullUrl"] for one in after.bundle["entry"]]


def test_what_has_no_rule_of_its_own_goes_on_under_its_id() -> None:
    school, renamed = ({"resourceType": "Location", "name": name} for name in ("Skole", "Den nye skole"))
    assert is_continued(school, renamed, frozenset())


def test_ids_stay_and_differ_between_systems_and_kinds() -> None:
    assert report().bundle == report().bundle
    other = ReportWriter(replace(journal(), system="another"), STANDARD, NOW).report([VISIT])
    assert {one["resource"]["id"] for one in other.bundle["entry"]}.isdisjoint(
        one["resource"]["id"] for one in report().bundle["entry"]
    )
    assert IDENTITIES.made("Patient", "1") != IDENTITIES.made("Encounter", "1")


def test_the_base_of_urls_can_be_chosen() -> None:
    built = ReportWriter(journal(), STANDARD, NOW, "https://eksempel.dk/fhir/").report([VISIT])
    assert all(one["fullUrl"].startswith("https://eksempel.dk/fhir/") for one in built.bundle["entry"])
    assert "https://eksempel.dk/fhir//" not in json_text(built.bundle).decode()


def test_what_is_not_known_is_left_out() -> None:
    nothing: Entry[Any] = Entry(None, "?")
    need = replace(NEED, code=nothing, reasons=(nothing,), start=nothing, status=nothing, activity_status=nothing)
    answers = (replace(RESPONSE.answers[0], value=nothing),)
    bare = replace(
        VISIT,
        subject=nothing,
        type=nothing,
        visit_class=nothing,
        status=nothing,
        start=nothing,
        school=nothing,
        observations=(
            replace(WEIGHT, variable=nothing, subject=said("B1"), start=nothing, status=nothing),
            replace(HEIGHT, value=said(Decimal(1)), unit=nothing),
            replace(SLEEP, value=said("no code"), missing_reason=nothing),
        ),
        interventions=(need,),
        responses=(replace(RESPONSE, questionnaire=nothing, informer=nothing, answers=answers),),
    )
    built = resources(report(bare))
    assert set(built["K1"]) == {"resourceType", "id", "meta"}
    assert set(built["O1"]) == {"resourceType", "id", "subject"}
    assert built["O2"]["valueQuantity"] == {"value": 1}
    assert not {"valueCodeableConcept", "dataAbsentReason"} & set(built["O3"])
    assert "activity" not in built["I1"]
    assert built["Q1"]["item"] == [{"linkId": "8happy"}]
    assert not {"questionnaire", "extension"} & set(built["Q1"])


def test_a_citizen_without_values_has_no_empty_parts() -> None:
    (child,) = (citizen for citizen in journal().families[0].citizens if citizen.is_child)
    bare = replace(child, cpr=EMPTY, organisation=EMPTY, active=EMPTY)
    school = replace(journal().families[0].schools[0], identifier=EMPTY, status=EMPTY)
    parenthood = replace(journal().families[0].parenthoods[0], relationship=EMPTY, active=EMPTY)
    citizens = (bare, *(one for one in journal().families[0].citizens if not one.is_child))
    built = resources(report(citizens=citizens, schools=(school,), parenthoods=(parenthood,)))
    assert set(built["B1"]) == {"resourceType", "id", "meta"}
    assert set(built["S1"]) == {"resourceType", "id", "meta", "type"}
    assert set(built["R1"]) == {"resourceType", "id", "meta", "patient"}


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (date(2020, 2, 29), "2020-02-29"),
        (datetime(2020, 7, 1, 12, 0, tzinfo=UTC), "2020-07-01T12:00:00Z"),
        (datetime(2020, 7, 1, 12, 0, 0, 250_000, tzinfo=UTC), "2020-07-01T12:00:00.250000Z"),
        (START.replace(month=1), "2021-01-06T09:15:00+01:00"),
    ],
)
def test_times_keep_their_precision_and_offset(moment: Any, told: str) -> None:
    built = resources(report(replace(VISIT, observations=(replace(WEIGHT, start=said(moment)),))))
    assert built["O1"]["effectiveDateTime"] == told


def test_a_delivery_wraps_reports() -> None:
    writer = ReportWriter(journal(), STANDARD, NOW)
    built = writer.report([VISIT])
    delivery = writer.delivery("name")
    assert delivery["meta"] == {"profile": [PROFILES["incremental-delivery"]]}
    assert delivery["id"] == writer.delivery("name")["id"] != writer.delivery("other")["id"]
    entry = writer.delivered(built)
    assert entry["resource"] is built.bundle
    assert entry["fullUrl"].endswith(f"/Bundle/{built.id}")
    assert writer.delivered(dataclasses.replace(built, id=""))["fullUrl"].count("/Bundle/") == 1
