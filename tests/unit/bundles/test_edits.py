"""A value that is edited after reading shows in what is written, and the rest stays as it was."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.journal.model import Family, Journal, Observation
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.engines import engine_for
from tests.unit.bundles.read_and_written import entry_of, read, resource_of, small, the_visit, with_visit, written
from tests.unit.bundles.small_family import (
    CITIZENS,
    NOW,
    PARENTHOODS,
    STANDARD,
    code,
    said,
)


def edited(source: Journal, observation: str, **changes: Any) -> dict[str, Any]:
    """The report after an edit of one observation, by variable."""
    visit = the_visit(source)
    observations = tuple(
        replace(one, **changes) if one.variable.value == observation else one for one in visit.observations
    )
    (text,) = written(with_visit(source, replace(visit, observations=observations)))
    found: dict[str, Any] = resources_by_code(json.loads(text))[observation]
    return found


def resources_by_code(bundle: dict[str, Any]) -> dict[str, Any]:
    """The observations of a bundle by the variable that their first code is of."""
    by_code = {variable.codings[0].code: variable.id for variable in STANDARD.observed}
    return {
        by_code[entry["resource"]["code"]["coding"][0]["code"]]: entry["resource"]
        for entry in bundle["entry"]
        if entry["resource"]["resourceType"] == "Observation"
    }


def test_an_edited_value_is_written_and_what_told_of_the_old_one_is_gone() -> None:
    bundle = small()
    weight = resource_of(bundle, "Observation")
    weight["text"] = {"status": "generated", "div": "<div>23.5 kg</div>"}
    weight["valueQuantity"] = {"value": 23.5, "unit": "kilo", "system": "http://unitsofmeasure.org", "code": "kg"}
    weight["effectiveDateTime"] = "2021-10-06T09:15:00.000+02:00"
    weight["note"] = [{"text": "målt to gange"}]
    now = edited(read(bundle), "weight", value=said(Decimal("24.0")))
    assert now["valueQuantity"] == {"value": 24.0, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}
    assert "text" not in now
    assert now["note"] == weight["note"]
    assert now["effectiveDateTime"] == "2021-10-06T09:15:00.000+02:00"
    assert now["id"] == weight["id"]


def test_an_edited_code_takes_the_text_beside_it_away() -> None:
    bundle = small()
    found = resource_of(bundle, "Observation", 4)["valueCodeableConcept"]
    found["text"] = "som før"
    found["coding"].append({"system": "urn:local", "code": "1"})
    now = edited(read(bundle), "feeding", value=code("FeedingResultsChildren", 1))
    assert "text" not in now["valueCodeableConcept"]
    assert [one["code"] for one in now["valueCodeableConcept"]["coding"]] == [code("FeedingResultsChildren", 1).value]


def test_an_unreadable_value_gives_way_to_one_that_can_be_read() -> None:
    bundle = small()
    weight = resource_of(bundle, "Observation")
    weight["valueString"] = "23,5"
    del weight["valueQuantity"]
    source = read(bundle)
    assert the_visit(source).observations[0].value.raw == "23,5"
    now = edited(source, "weight", value=said(Decimal("23.5")), unit=said("kg"))
    assert "valueString" not in now
    assert now["valueQuantity"]["value"] == 23.5


def test_what_is_new_gets_a_url_like_the_others() -> None:
    text = json_text(small())
    source = read(text.replace(b'"fullUrl":"http://fhir.kl.dk/children/', b'"fullUrl":"https://eksempel.dk/fhir/'))
    visit = the_visit(source)
    new = Observation("new", said("communication"), visit.subject, code("CommunicationCodes"), status=said("final"))
    (now,) = written(with_visit(source, replace(visit, observations=(*visit.observations, new))))
    assert all(one["fullUrl"].startswith("https://eksempel.dk/fhir/") for one in json.loads(now)["entry"])
    errors = engine_for(shipped_standard()).check(now).errors
    assert not [error for error in errors if error.key.startswith("Reference")]


def test_a_record_that_is_taken_out_or_put_in_shows() -> None:
    source = read(small())
    visit = the_visit(source)
    first, *others = visit.observations
    new = Observation(
        "new", said("communication"), visit.subject, code("CommunicationCodes"), start=visit.start, status=said("final")
    )
    (text,) = written(with_visit(source, replace(visit, observations=(*others, new))))
    now = json.loads(text)
    before = {one["fullUrl"] for one in small()["entry"]}
    after = {one["fullUrl"] for one in now["entry"]}
    assert before - after == {entry_of(small(), "Observation")["fullUrl"]}
    assert len(after - before) == 1
    assert resources_by_code(now)["communication"]["encounter"]["reference"].startswith("Encounter/")
    assert first.variable.value == "weight"


def test_a_parent_who_is_put_in_comes_with_the_parenthood() -> None:
    source = read(small())
    (family,) = source.families
    father, parenthood = CITIZENS[2], PARENTHOODS[1]
    child = next(one for one in family.citizens if one.is_child)
    visit = the_visit(source)
    new = Observation("new", said("parent-mental-status"), said(father.key), code("ParentsMentalCodes"))
    grown: Family = replace(
        family,
        citizens=(*family.citizens, father),
        parenthoods=(*family.parenthoods, replace(parenthood, child=said(child.key))),
        visits=(replace(visit, observations=(*visit.observations, new)),),
    )
    (text,) = written(replace(source, families=(grown,)))
    now = json.loads(text)
    assert [one["resource"]["resourceType"] for one in now["entry"][len(small()["entry"]) :]] == [
        "Patient",
        "RelatedPerson",
        "Observation",
    ]


def test_a_report_whose_visits_are_gone_keeps_the_rest() -> None:
    source = read(small())
    (text,) = written(replace(source, families=(replace(source.families[0], visits=()),)))
    assert [one["resource"]["resourceType"] for one in json.loads(text)["entry"]] == [
        "Patient",
        "Patient",
        "RelatedPerson",
        "Location",
    ]


def test_a_read_visit_in_a_report_of_its_own_keeps_its_ids() -> None:
    source = read(small())
    built = ReportWriter(source, STANDARD, NOW).report([the_visit(source)])
    assert {one["fullUrl"] for one in built.bundle["entry"]} == {one["fullUrl"] for one in small()["entry"]}


def test_a_record_without_id_gets_one_in_a_new_report() -> None:
    bundle = small()
    del resource_of(bundle, "QuestionnaireResponse")["id"]
    source = read(bundle)
    built = ReportWriter(source, STANDARD, NOW).report([the_visit(source)])
    assert all(one["resource"]["id"] for one in built.bundle["entry"])
