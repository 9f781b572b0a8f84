"""Two deliveries held against each other: what goes together, and what of it differs."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from ldbu_desktop.deliveries.comparison import (
    NOBODY,
    TELLINGS,
    DeliveryComparison,
    DeliverySide,
    Mark,
    VerdictChange,
    compared,
)
from ldbu_desktop.deliveries.field_changes import FieldChange, field_changes
from ldbu_desktop.deliveries.report_facts import reports_in
from ldbu_desktop.findings.model import Finding, Location
from tests.delivery_histories.journal import STANDARD, Delivering, Json

FAULT = Finding("conformance-fault", Location(), rule="obs-1")


def journal(seed: int = 1) -> Delivering:
    """A journal with a visit, a plan, answers and a visit at a school."""
    told = Delivering(seed)
    plan = told.plan(told.day(40))
    told.routine("2-months", 60, based_on=plan)
    told.deliver(told.day(61), told.response(told.day(61)))
    told.routine("establishment", 9, school=told.school())
    return told


def side(
    bundles: Iterable[Json], accepted: Callable[[int], bool] = lambda entry: True, errors: Any = ()
) -> DeliverySide:
    """What bundles tell."""
    told = DeliverySide()
    for number, bundle in enumerate(bundles):
        for report in reports_in(bundle, f"{number}.json", STANDARD, accepted):
            told.add(bundle, report, errors)
    return told


def between(before: Iterable[Json], after: Iterable[Json]) -> DeliveryComparison:
    """What differs between bundles."""
    return compared(side(before), side(after))


def under_other_ids(bundles: Iterable[Json]) -> list[Json]:
    """The same, with another id for everything, wherever it stands."""
    names: dict[str, str] = {}

    def told(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: told(one) for name, one in value.items()}
        if isinstance(value, list):
            return [told(one) for one in value]
        return "/".join(names.get(part, part) for part in value.split("/")) if isinstance(value, str) else value

    bundles = list(bundles)
    for bundle in bundles:
        for entry in bundle["entry"]:
            names.setdefault(entry["resource"]["id"], str(uuid.uuid5(uuid.NAMESPACE_URL, entry["resource"]["id"])))
    return [told(bundle) for bundle in bundles]


def first(bundles: Iterable[Json], kind: str) -> Json:
    """The first resource of a kind."""
    found: Json = next(
        entry["resource"] for one in bundles for entry in one["entry"] if entry["resource"]["resourceType"] == kind
    )
    return found


def test_the_same_is_the_same_in_whatever_order_and_form() -> None:
    told = journal().reports
    other = copy.deepcopy(told)[::-1]
    for bundle in other:
        bundle["id"] = "another"
        bundle["entry"].reverse()
        for entry in bundle["entry"]:
            entry["resource"]["text"] = {"status": "generated", "div": "<div/>"}
            entry["resource"]["meta"]["lastUpdated"] = "2024-01-01T00:00:00Z"
    found = between(told, other)
    assert not found.differs
    assert found.reports == (3, 3)
    assert (found.renamed, found.changed, found.gone, found.added) == ({}, (), (), ())
    assert found.same == len({entry["fullUrl"] for bundle in told for entry in bundle["entry"]})


def test_under_other_ids_everything_goes_together_by_what_it_says() -> None:
    told = journal().reports
    found = between(told, under_other_ids(told))
    assert not found.differs
    assert len(found.renamed) == found.same > 10
    assert {type for type, _ in found.renamed} == {
        "Patient",
        "RelatedPerson",
        "Location",
        "CarePlan",
        "Encounter",
        "Observation",
        "QuestionnaireResponse",
    }


def test_a_changed_value_is_told_by_its_field_also_under_another_id() -> None:
    told = journal().reports
    for anew, is_renamed in ((copy.deepcopy(told), False), (under_other_ids(told), True)):
        weight = next(
            entry["resource"] for one in anew for entry in one["entry"] if "valueQuantity" in entry["resource"]
        )
        was = copy.deepcopy(weight["valueQuantity"])
        weight["valueQuantity"]["value"] += 100
        (changed,) = between(told, anew).changed
        (change,) = changed.fields
        assert change.path == "valueQuantity"
        assert (change.before[0]["value"], change.after[0]["value"]) == (was["value"], was["value"] + 100)
        assert changed.key[0] == "Observation"
        assert changed.after_id == weight["id"]
        assert (changed.key[1] != changed.after_id) == is_renamed


def test_what_only_one_tells_is_gone_or_added() -> None:
    told = journal().reports
    found = between(told, told[:-1])
    assert found.differs
    assert found.gone
    assert not found.added
    assert {one.place.file for one in found.gone} == {"2.json"}
    back = between(told[:-1], told)
    assert [one.key for one in back.added] == [one.key for one in found.gone]


def test_another_citizen_is_no_changed_one() -> None:
    found = between(journal(1).reports, journal(2).reports)
    assert not found.same
    assert not found.changed
    assert not found.renamed


def test_facts_of_several_in_one_go_together_in_their_order() -> None:
    told = Delivering(1)
    visit, (*_, one) = told.routine("2-months", 60)
    told.deliver(told.day(61), visit, told.again(one))
    found = between(told.reports, under_other_ids(told.reports))
    assert not found.differs


def test_a_status_or_profile_is_a_difference_and_a_display_is_none() -> None:
    told = journal().reports
    anew = copy.deepcopy(told)
    for visit in (entry["resource"] for one in anew for entry in one["entry"]):
        if visit["resourceType"] == "Encounter":
            visit["status"] = "in-progress"
            visit["type"][0]["coding"][0]["display"] = "Besøg"
            visit["meta"]["profile"] = ["http://example.org/p"]
    changed = between(told, anew).changed
    assert {change.path for one in changed for change in one.fields} == {"status", "meta.profile"}


def test_what_is_told_more_often_is_compared_from_its_latest() -> None:
    told = Delivering(1)
    _, (*_, one) = told.routine("2-months", 60)
    other = told.another_value(one)
    told.deliver(told.day(62), other)
    (changed,) = between(told.reports[:1], told.reports).changed
    assert changed.after.file == "1.json"
    assert [change.path for change in changed.fields] == [next(name for name in one if name.startswith("value"))]
    (again,) = between(told.reports[1:], told.reports).changed
    assert again.fields == (FieldChange(TELLINGS, (1,), (2,)),)


def test_reports_within_a_delivery_count_as_they_are() -> None:
    told = journal().reports
    delivery = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in told]}
    found = between(told, [delivery])
    assert not found.differs
    assert found.reports == (3, 3)


def test_verdicts_and_findings_come_and_go_at_what_they_are_about() -> None:
    told = journal().reports
    visit, patient = first(told, "Encounter"), first(told, "Patient")
    at = next(i for i, one in enumerate(told[0]["entry"]) if one["resource"] is patient)
    for anew in (told, under_other_ids(told)):
        bad = side(anew[:1], lambda entry: False, [(at, "identifier.value", FAULT), (-1, "", FAULT)])
        good = side(told[:1])
        found = compared(good, bad)
        assert found.rejected == (0, 1)
        assert found.verdicts == (VerdictChange(("Encounter", visit["id"]), is_accepted=False),)
        assert [mark for mark, _ in found.came] == [
            Mark(FAULT.code, "obs-1", ("Patient", patient["id"]), "identifier.value"),
            Mark(FAULT.code, "obs-1", ("Encounter", visit["id"]), ""),
        ]
        assert not found.went
    assert [mark.about[0] for mark, _ in compared(bad, good).went] == ["Patient", "Encounter"]


def test_a_report_without_visit_is_about_what_it_tells_and_an_empty_one_about_nothing() -> None:
    told = journal().reports
    assert [type for type, _ in side(told[1:2]).accepted] == ["QuestionnaireResponse"]
    only = copy.deepcopy(told[1])
    only["entry"] = [one for one in only["entry"] if one["resource"]["resourceType"] == "Patient"]
    assert [type for type, _ in side([only]).accepted] == ["Patient"]
    assert list(side([{"resourceType": "Bundle"}]).accepted) == [NOBODY]


def test_a_patient_without_number_goes_with_none_under_another_id() -> None:
    told = Delivering(1)
    del told.child["identifier"]
    told.routine("2-months", 60)
    anew = under_other_ids(told.reports)
    first(anew, "Encounter")["subject"]["display"] = "Barnet"
    people = [one["resource"] for one in anew[0]["entry"] if one["resource"]["resourceType"] == "Patient"]
    child = next(one for one in people if "identifier" not in one)
    child["gender"] = "female"
    found = between(told.reports, anew)
    assert ("Patient", told.child["id"]) in [one.key for one in found.gone]
    assert ("Patient", child["id"]) in [one.key for one in found.added]


def test_fields_are_known_by_urls_and_link_ids_and_their_order_is_no_news() -> None:
    def told(extension: str, answer: int) -> Json:
        return {
            "extension": [{"url": "u", "valueReference": {"reference": f"CarePlan/{extension}"}}, {"url": "flag"}],
            "item": [{"linkId": "1", "answer": [{"valueInteger": answer}]}, {"linkId": "2"}],
            "code": {"coding": [{"system": "s", "code": "a"}, {"system": "s", "code": "a"}], "text": "t"},
        }

    assert field_changes(told("1", 1), told("1", 1)) == ()
    assert [one.path for one in field_changes(told("1", 1), told("2", 2))] == [
        "extension:u.valueReference",
        "item:1.answer.valueInteger",
    ]
    fewer = told("1", 1) | {"code": {"coding": [{"system": "s", "code": "a"}]}}
    assert field_changes(told("1", 1), fewer) == (
        FieldChange("code", ({"system": "s", "code": "a"},), ()),
        FieldChange("code.text", ("t",), ()),
    )


def test_what_only_changed_places_among_ids_is_the_same_under_another_id() -> None:
    told = journal()
    before = told.reports
    after = copy.deepcopy(before)
    at_one_visit = [
        entry["resource"]
        for entry in after[0]["entry"]
        if entry["resource"]["resourceType"] == "Observation" and "encounter" in entry["resource"]
    ]
    first, second = at_one_visit[:2]
    first["id"], second["id"] = second["id"], first["id"]
    found = between(before, after)
    assert not found.differs
    assert len(found.renamed) == 2
    second["valueQuantity" if "valueQuantity" in second else "valueCodeableConcept"] = {"value": 1, "unit": "g"}
    found = between(before, after)
    assert (len(found.changed), len(found.gone), len(found.added)) == (1, 0, 0)


def test_a_school_and_a_relative_that_differ_under_other_ids_are_changed() -> None:
    before = [copy.deepcopy(bundle) for bundle in journal().reports]
    after = under_other_ids(before)
    for bundle in after:
        for resource in (entry["resource"] for entry in bundle["entry"]):
            if resource["resourceType"] == "Location":
                resource["status"] = "suspended"
            if resource["resourceType"] == "RelatedPerson":
                resource["active"] = False
    found = between(before, after)
    assert (found.gone, found.added) == ((), ())
    assert {one.key[0] for one in found.changed} <= {"Location", "RelatedPerson"}
    assert "Location" in {one.key[0] for one in found.changed}
