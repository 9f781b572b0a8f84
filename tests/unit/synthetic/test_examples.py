"""Examples of profiles: nothing is wrong with any, there is more in the full one, and the edge goes to the limits."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest
from msgspec.structs import replace

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.profiles import Definitions, Element, Profile, definitions_of
from ldbu_desktop.synthetic.examples.profile_examples import Extent, ProfileExample, ProfileExamples
from ldbu_desktop.synthetic.examples.reports import ExampleReports
from ldbu_desktop.synthetic.examples.resources import example_id, merged
from ldbu_desktop.synthetic.examples.values import Codes, shipped_values
from ldbu_desktop.use_cases.engines import gateway_for
from tests.profiles import LONG, landing

STANDARD = shipped_standard()
DEFINITIONS = definitions_of(STANDARD)
CHILDREN = "http://fhir.kl.dk/children/StructureDefinition/"
CORE = "http://hl7.dk/fhir/core/StructureDefinition/"
SOME = (
    f"{CHILDREN}klgateway-children-citizen",
    f"{CHILDREN}klgateway-children-encounter",
    f"{CHILDREN}klgateway-children-sleep",
    f"{CHILDREN}klgateway-children-intervention",
    f"{CHILDREN}klgateway-children-location",
    f"{CHILDREN}BasedOnInterventionExtension",
    f"{CORE}dk-core-authorization-identifier",
    f"{CORE}dk-core-practitioner",
)


def faults(resource: Mapping[str, Any]) -> int:
    """How many faults a resource has."""
    return len(gateway_for(STANDARD).check(json_text(resource)).errors)


class Some(Definitions):
    """The standard's definitions, with few of its profiles to make examples of."""

    def __init__(self, *urls: str) -> None:
        whole = DEFINITIONS.files[0]
        super().__init__(
            [replace(whole, profiles={url: whole.profiles[url] for url in urls}), *DEFINITIONS.files],
        )


def test_what_does_not_go_with_the_others_is_in_no_report_of_all() -> None:
    names = ("citizen", "location", "delivery-report", "incremental-delivery")

    def held(report: Mapping[str, Any]) -> list[str]:
        return sorted({entry["resource"]["resourceType"] for entry in report.get("entry", ())})

    def with_all(faults: Callable[[Mapping[str, Any]], int]) -> list[str]:
        definitions = Some(*(f"{CHILDREN}klgateway-children-{name}" for name in names))
        examples = ExampleReports(STANDARD, definitions, shipped_values(), faults).examples()
        report = next(one for one in examples if one.profile.url.endswith("-report") and one.extent is Extent.FULL)
        return held(report.resource)

    assert with_all(lambda report: 0) == ["Location", "Patient"]
    assert with_all(lambda report: held(report) == ["Location", "Patient"]) == ["Patient"]


def test_a_standard_without_a_profile_of_its_reports_has_no_examples() -> None:
    with pytest.raises(KeyError, match="delivery-report"):
        ExampleReports(STANDARD, Definitions([]), shipped_values(), faults)


@cache
def made() -> tuple[ProfileExample, ...]:
    """The examples of some profiles, or of all."""
    report, delivery = (f"{CHILDREN}klgateway-children-{name}" for name in ("delivery-report", "incremental-delivery"))
    definitions = DEFINITIONS if LONG else Some(*SOME, report, delivery)
    return tuple(ExampleReports(STANDARD, definitions, shipped_values(), faults).examples())


def test_every_profile_has_three_examples_and_nothing_is_wrong_with_them() -> None:
    assert [one.faults for one in made() if one.faults] == []
    assert all(faults(one.resource) == 0 for one in made())
    by_profile: dict[str, list[Extent]] = {}
    for one in made():
        by_profile.setdefault(one.profile.url, []).append(one.extent)
    assert all(extents == list(Extent) for extents in by_profile.values())
    assert by_profile.keys() >= set(SOME)
    if LONG:
        assert by_profile.keys() == DEFINITIONS.files[0].profiles.keys()


def size(one: ProfileExample) -> int:
    """How much is in an example."""
    return len(json_text(one.resource))


def test_there_is_more_in_the_full_example_and_most_at_the_limits() -> None:
    by_name = {(one.profile.url, one.extent): one for one in made()}
    for url in {one.profile.url for one in made()}:
        minimal, full, edge = (by_name[url, extent] for extent in Extent)
        assert size(minimal) <= size(full) <= size(edge)
    sleep = [by_name[f"{CHILDREN}klgateway-children-sleep", extent].resource for extent in Extent]
    least, most, farthest = (
        next(entry["resource"] for entry in report["entry"] if entry["resource"]["resourceType"] == "Observation")
        for report in sleep
    )
    assert least.keys() < most.keys() == farthest.keys()
    assert "dataAbsentReason" not in least
    assert most["effectiveDateTime"] != farthest["effectiveDateTime"]


def test_what_is_referred_to_lies_beside() -> None:
    one = next(each for each in made() if each.profile.url == f"{CHILDREN}klgateway-children-encounter")
    told = {entry["resource"]["resourceType"] for entry in one.resource["entry"]}
    assert told >= {"Encounter", "Patient"}
    assert f"Patient/{example_id(f'{CHILDREN}klgateway-children-citizen')}" in json.dumps(one.resource)


def test_a_profile_of_a_data_type_stands_where_another_says_so() -> None:
    one = next(each for each in made() if each.profile.url == f"{CORE}dk-core-authorization-identifier")
    assert one.host.type == "Practitioner"
    assert one.resource["qualification"][0]["identifier"][0]["value"]


def test_a_profile_that_no_resource_has_in_it_has_no_example() -> None:
    alone = Profile("http://x.invalid/alone", "Identifier", "complex-type", (Element("Identifier"),))
    assert list(ProfileExamples(Some(SOME[0]), shipped_values(), lambda *_: 0).of(alone)) == []


def test_what_can_not_be_mended_is_told_with_its_faults() -> None:
    profile = DEFINITIONS.profile(f"{CHILDREN}klgateway-children-location")
    assert profile is not None
    examples = list(ProfileExamples(DEFINITIONS, shipped_values(), lambda *_: 1).of(profile))
    assert [one.faults for one in examples] == [1, 1, 1]


def test_codes_are_those_of_the_value_set() -> None:
    codes = Codes(DEFINITIONS)
    assert codes.of_system("urn:nobody") == ""
    encounter = DEFINITIONS.profile(f"{CHILDREN}klgateway-children-encounter")
    assert encounter is not None
    classes = next(
        element.binding
        for element in encounter.elements
        if element.path == "Encounter.class" and element.binding is not None
    )
    assert {code for _, code in codes.allowed(classes)} == {
        one.code for one in STANDARD.value_set["EncounterClassCodes"].concepts
    }


@pytest.mark.parametrize(
    ("given", "built", "together"),
    [
        ({"a": 1}, {"a": 2, "b": 3}, {"a": 1, "b": 3}),
        ([{"a": 1}], [{"a": 2, "b": 3}, {"c": 4}], [{"a": 1, "b": 3}, {"c": 4}]),
        ([{"a": 1}], [], [{"a": 1}]),
        ("x", {"a": 1}, "x"),
    ],
)
def test_what_must_be_there_is_laid_over_what_is_made(given: Any, built: Any, together: Any) -> None:
    assert merged(given, built) == together


@landing("the examples are judged as a whole in every run")
def test_a_reference_to_anything_leads_to_what_there_may_be_and_says_of_what_type_that_is() -> None:
    profile = DEFINITIONS.profile(f"{CORE}dk-core-basic-observation")
    assert profile is not None
    _, full, _ = ProfileExamples(DEFINITIONS, shipped_values(), lambda _, resource: faults(resource)).of(profile)
    (focus,) = full.resource["focus"]
    assert focus["reference"].partition("/")[0] == focus["type"] == "Patient"
