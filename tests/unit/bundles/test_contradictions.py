"""One Patient id with two people: both places are kept and named, and nothing under the id is delivered."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.language import Language
from ldbu_desktop.use_cases.validate import validate
from tests.unit.bundles.read_and_written import entry_of, read, resource_of, small
from tests.unit.bundles.small_family import STANDARD

OTHER = "0505209996"
TODAY = date(2026, 11, 28)


def report(day: int = 6, cpr: str | None = None, **changes: Any) -> dict[str, Any]:
    """A report of the child alone in October 2021, with records of its own day; ``changes`` are the Patient's."""
    bundle = small()
    kept = ("Patient", "Encounter", "Location", "Observation")
    resource_of(bundle, "Encounter")["class"] = {**resource_of(bundle, "Encounter")["class"], "code": "VR"}
    child = resource_of(bundle, "Encounter")["subject"]["reference"].partition("/")[2]
    bundle["entry"] = [
        entry
        for entry in bundle["entry"]
        for resource in (entry["resource"],)
        if resource["resourceType"] in kept
        and resource.get("subject", {"reference": f"Patient/{child}"})["reference"] == f"Patient/{child}"
        and (resource["resourceType"] != "Patient" or resource["id"] == child)
    ]
    bundle["timestamp"] = f"2021-10-{day:02}T23:30:00Z"
    patient = resource_of(bundle, "Patient")
    patient.pop("link", None)
    if cpr is not None:
        patient["identifier"][0]["value"] = cpr
    patient.update(changes)
    for entry in bundle["entry"]:
        if entry["resource"]["resourceType"] in ("Encounter", "Observation"):
            rename(entry, f"{entry['resource']['id'][:50]}-{day}")
    for entry in bundle["entry"]:
        if "encounter" in entry["resource"]:
            entry["resource"]["encounter"]["reference"] = f"Encounter/{resource_of(bundle, 'Encounter')['id']}"
    return bundle


def rename(entry: dict[str, Any], resource_id: str) -> None:
    entry["fullUrl"] = entry["fullUrl"].replace(entry["resource"]["id"], resource_id)
    entry["resource"]["id"] = resource_id


def voided(bundle: dict[str, Any]) -> dict[str, Any]:
    """A report with all of its visits and observations voided."""
    for entry in bundle["entry"]:
        if entry["resource"]["resourceType"] in ("Encounter", "Observation"):
            entry["resource"]["status"] = "entered-in-error"
    return bundle


def organisation(code: str) -> dict[str, Any]:
    patient = resource_of(small(), "Patient")
    patient["managingOrganization"]["identifier"]["value"] = code
    changed: dict[str, Any] = patient["managingOrganization"]
    return changed


def with_second(bundle: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A report with its Patient once more, told otherwise."""
    entry = entry_of(bundle, "Patient")
    bundle["entry"].append({**entry, "resource": {**entry["resource"], **changes}})
    return bundle


def findings(journal: Journal) -> tuple[Finding, ...]:
    return validate(journal, STANDARD, TODAY).by_code.get("key-contradicted", ())


def told(*bundles: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Of what, the file in which it stands, and the other place."""
    return [
        (one.location.field, one.location.origin.file, str(one.facts["other_place"][Language.DANISH]))
        for one in findings(read(*bundles))
    ]


def test_one_id_with_two_numbers_in_two_reports() -> None:
    journal = read(report(6), report(7, OTHER), report(8))
    found = findings(journal)
    assert [one.location.origin.file for one in found] == ["1.json", "0.json"]
    assert [one.found for one in found] == ["050520-••••", "050515-••••"]
    assert [one.facts["other_place"][Language.ENGLISH].partition(":")[0] for one in found] == ["0.json", "1.json"]
    assert journal.visit_count == 3
    assert validate(journal, STANDARD, TODAY).ready_visits == ()


def test_other_ids_are_no_matter() -> None:
    other = report(7, OTHER)
    patient = entry_of(other, "Patient")
    before = patient["resource"]["id"]
    rename(patient, "another-child")
    for entry in other["entry"]:
        if entry["resource"].get("subject", {}).get("reference") == f"Patient/{before}":
            entry["resource"]["subject"]["reference"] = "Patient/another-child"
    journal = read(report(6), other)
    assert findings(journal) == ()
    assert len(validate(journal, STANDARD, TODAY).ready_visits) == 2


def test_one_id_with_three_numbers_tells_each() -> None:
    assert len(told(report(6), report(7, OTHER), report(8, "0505159008"))) == 4


def test_one_id_with_two_numbers_in_one_report() -> None:
    second = {"identifier": [{**resource_of(small(), "Patient")["identifier"][0], "value": OTHER}]}
    found = told(with_second(report(), **second))
    assert [(part, file) for part, file, _ in found] == [("citizen.cpr", "0.json"), ("citizen.cpr", "0.json")]
    assert len({place for _, _, place in found}) == 2


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"managingOrganization": organisation("441000016005")}, "citizen.organisation"),
        ({"active": False}, "citizen.active"),
    ],
)
def test_one_id_told_in_two_ways_within_one_report(changes: dict[str, Any], part: str) -> None:
    bundle = with_second(report(active=True), **changes)
    assert [one[0] for one in told(bundle)] == [part, part]
    assert {one.found for one in findings(read(bundle))}.isdisjoint({"barn", "forælder"})
    assert validate(read(bundle), STANDARD, TODAY).ready_visits == ()


@pytest.mark.parametrize(
    "bundles",
    [
        (report(6), report(7)),
        (report(6), report(7, managingOrganization=organisation("441000016005"))),
        (report(6), report(7, "050515-9995")),
        (report(6), report(7, identifier=[])),
        (with_second(report(6)),),
        (with_second(report(6), managingOrganization={}),),
        (report(6), report(7, active=False), report(8, OTHER)),
        (report(8, OTHER), report(7, active=False), report(6)),
        (report(6), voided(report(6)), report(8, OTHER)),
        (voided(report(6)), report(8, OTHER)),
    ],
    ids=[
        "the same", "another municipality later", "with a hyphen", "without a number", "twice the same",
        "twice, once without a municipality", "made inactive", "made inactive, last file first",
        "all voided", "the correction alone",
    ],
)  # fmt: skip
def test_what_is_no_contradiction(bundles: tuple[dict[str, Any], ...]) -> None:
    assert told(*bundles) == []


@pytest.mark.parametrize(
    "bundles",
    [
        (report(6, active=False), report(7), report(8, OTHER)),
        (report(6), report(9), voided(report(9)), report(8, OTHER)),
        ({**report(6), "timestamp": "2021-10-06"}, report(7, OTHER)),
        (report(6), report(7, identifier=[{"system": "urn:x", "value": OTHER}])),
    ],
    ids=["active again", "one visit voided of two", "without a time", "a number of another system"],
)
def test_what_was_not_withdrawn_contradicts(bundles: tuple[dict[str, Any], ...]) -> None:
    assert {part for part, _, _ in told(*bundles)} == {"citizen.cpr"}


def test_an_unreadable_organisation_is_compared_as_it_stands() -> None:
    strange = {"identifier": {"system": "urn:x", "value": "a"}}
    other = {"identifier": {"system": "urn:x", "value": "b"}}
    assert told(with_second(report(managingOrganization=strange))) == []
    assert len(told(with_second(report(managingOrganization=strange), managingOrganization=other))) == 2


def test_a_record_without_id_stands_until_it_is_voided() -> None:
    first = report(6)
    del resource_of(first, "Observation")["id"]
    assert told(first, voided(report(6)), report(8, OTHER)) != []


def test_an_id_that_is_missing_is_no_key() -> None:
    first, second = report(6), report(7, OTHER)
    for bundle in (first, second):
        del resource_of(bundle, "Patient")["id"]
    assert told(first, second) == []


def of_another(bundle: dict[str, Any]) -> dict[str, Any]:
    """The same report, with every id but the child's as it is: all of it is told of another child."""
    child = resource_of(bundle, "Patient")["id"]
    number = resource_of(bundle, "Patient")["identifier"][0]["value"]
    text = json_text(bundle).decode().replace(child, "another-child").replace(number, OTHER)
    changed: dict[str, Any] = json.loads(text)
    return changed


def recorded_of_two(*bundles: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Of what, the file in which it stands, and the other place."""
    findings = validate(read(*bundles), STANDARD, TODAY)
    told = findings.by_code.get("visit-key-contradicted", ())
    assert not {one.location.visit for one in told} & set(findings.ready_visits)
    return [
        (
            one.location.field,
            one.location.origin.file,
            str(one.facts["other_place"][Language.ENGLISH]).partition(":")[0],
        )
        for one in told
    ]


def test_one_visit_s_id_with_two_children_in_two_reports() -> None:
    assert recorded_of_two(report(), of_another(report())) == [
        ("visit.subject", "0.json", "1.json"),
        ("visit.subject", "1.json", "0.json"),
    ]
    findings = validate(read(report(), of_another(report()), report(8)), STANDARD, TODAY)
    assert len(findings.ready_visits) == 1


def test_one_observation_s_id_with_two_children() -> None:
    other = of_another(report())
    rename(entry_of(other, "Encounter"), "another-visit")
    for entry in other["entry"]:
        if "encounter" in entry["resource"]:
            entry["resource"]["encounter"]["reference"] = "Encounter/another-visit"
    observations = [entry for entry in other["entry"] if entry["resource"]["resourceType"] == "Observation"]
    for number, entry in enumerate(observations[1:]):
        rename(entry, f"another-{number}")
    assert recorded_of_two(report(), other) == [
        ("observation.subject", "0.json", "1.json"),
        ("observation.subject", "1.json", "0.json"),
    ]


def test_one_visit_s_id_with_three_children_tells_each_of_the_others() -> None:
    third = json.loads(
        json_text(of_another(report())).decode().replace("another-child", "third").replace(OTHER, "0505159008")
    )
    assert len(recorded_of_two(report(), of_another(report()), third)) == 6


def test_what_was_voided_of_one_child_is_no_matter() -> None:
    assert recorded_of_two(report(), voided(report()), of_another(report())) == []
    assert recorded_of_two(voided(report()), of_another(report())) == []


def test_the_same_child_under_two_ids_is_one() -> None:
    child = resource_of(report(), "Patient")["id"]
    other = json.loads(json_text(report()).decode().replace(child, "the-same-child"))
    assert recorded_of_two(report(), other) == []
