"""Profiles of one's own: given values, types, lengths, resources within and extensions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.conformance.made import FHIR, OWN, Json, basic, checked, checker, element, structure

X, Y = {"system": "urn:x", "value": "1"}, {"system": "urn:y", "value": "2"}


def test_a_profile_of_a_type_is_asked_too() -> None:
    of_type = {
        **structure("x-identifier", "Identifier", [element("Identifier.system", "uri", min=1, fixedUri="urn:x")]),
        "kind": "complex-type",
    }
    types = [{"code": "Reference"}, {"code": "Identifier", "profile": [f"{OWN}x-identifier"]}]
    own = {**element("Basic.identifier", max="*"), "type": types}
    assert basic(own, value={"identifier": [X]}, others=[of_type]) == []
    assert basic(own, value={"identifier": [Y]}, others=[of_type]) == [
        ("_DT_Fixed_Wrong", "Basic.identifier[0].system")
    ]
    unknown = {**own, "type": [{"code": "Identifier", "profile": [f"{OWN}nowhere"]}]}
    assert basic(unknown, value={"identifier": [Y]}, others=[]) == []


@pytest.mark.parametrize(
    ("own", "value", "expected"),
    [
        (element("Observation.value[x]", "string", maxLength=3), {"valueString": "abcd"},
        [("Type_Specific_Checks_DT_Primitive_Length", "Observation.value.ofType(string)")]),
        (element("Observation.value[x]", "string"), {"valueInteger": 1}, [("Extension_PROF_Type",
        "Observation.value.ofType(integer)")]),
        ({**element("Observation.value[x]"), "type": [{"code": "string"}, {"code": "integer"}]},
        {"valueBoolean": True}, [("Validation_VAL_Profile_NoType", "Observation")]),
        (element("Observation.value[x]", "Period"), {"valueRange": {"id": "x", "low": {"value": 1}}},
        [("Extension_PROF_Type", "Observation.value.ofType(Range)"),
        ("Validation_VAL_Profile_NotAllowed", "Observation.value.ofType(Range).low")]),
        (element("Observation.value[x]", "Quantity"), {"valueCodeableConcept": {"coding": [{"code": "a"},
        {"code": "b"}]}}, [("Extension_PROF_Type", "Observation.value.ofType(CodeableConcept)"),
        ("Validation_VAL_Profile_NotAllowed", "Observation.value.ofType(CodeableConcept).coding[0]"),
        ("Validation_VAL_Profile_NotAllowed", "Observation.value.ofType(CodeableConcept).coding[1]")]),
        (element("Observation.value[x]", "string", min=1), {}, [("Validation_VAL_Profile_Minimum", "Observation")]),
        (element("Observation.value[x]", "string", min=1), {"_valueString": {"extension": [{"url": "http://x.dk/e",
        "valueString": "x"}]}}, []),
        (element("Observation.value[x]", "string", max="0"), {"valueString": "x"}, [("Validation_VAL_Profile_Maximum",
        "Observation")]),
        (element("Observation.id", "id"), {"id": "x"}, []),
    ],
)  # fmt: skip
def test_values_are_of_the_type_and_length_that_is_asked(own: Json, value: Json, expected: list[Any]) -> None:
    found = basic(own, value={"status": "final", "code": {"text": "x"}, **value}, kind="Observation")
    assert found == expected


def test_parts_of_parts_and_parts_by_reference() -> None:
    item = element("QuestionnaireResponse.item", "BackboneElement", max="*")
    link = element("QuestionnaireResponse.item.linkId", "string", min=1, fixedString="a")
    again = {
        "path": "QuestionnaireResponse.item.item",
        "min": 0,
        "max": "*",
        "contentReference": "#QuestionnaireResponse.item",
    }
    value = {"status": "completed", "item": [{"linkId": "a", "item": [{"linkId": "b"}]}]}
    found = basic(item, link, again, value=value, kind="QuestionnaireResponse")
    assert found == [("_DT_Fixed_Wrong", "QuestionnaireResponse.item[0].item[0].linkId")]


def test_two_profiles_that_say_the_same_are_asked_once() -> None:
    one, other = (
        structure(name, "Basic", [element("Basic.author", "Reference", max="0")]) for name in ("one", "other")
    )
    from ldbu_desktop.conformance.checks.run import Run
    from ldbu_desktop.conformance.reading.places import top

    objects = checker([one, other]).objects
    value = {"resourceType": "Basic", "code": {"text": "x"}, "author": {"display": "x"}}
    run = Run(value)
    plan = objects.plan("Basic", (f"{FHIR}Basic", f"{OWN}one", f"{OWN}other"))
    assert plan is not None
    objects.check_object(plan, value, top("Basic"), run)
    assert [one.key for one in run.problems] == ["Validation_VAL_Profile_Maximum"]


def document(profiles: list[Json], url: str, value: Json) -> list[tuple[str, str]]:
    """What is wrong with a whole document, with the resources in it, by a profile of one's own."""
    from ldbu_desktop.conformance.checks.run import Run
    from ldbu_desktop.conformance.reading.places import fhir_path, top

    run = Run(value)
    checker(profiles).document(value, top(value["resourceType"]), run, (f"{OWN}{url}",))
    return [(one.key, fhir_path(one.place)) for one in run.problems]


def held(resource: Json, kind: str, profile: str) -> list[tuple[str, str]]:
    """What is wrong with a resource in an entry that must be by a profile."""
    entry = {
        "path": "Bundle.entry.resource",
        "min": 0,
        "max": "1",
        "type": [{"code": kind, "profile": [f"{OWN}{profile}"]}],
    }
    own = structure("own", "Bundle", [element("Bundle.entry", "BackboneElement", max="*"), entry])
    of_basic = structure("basic", "Basic", [element("Basic.author", "Reference", min=1)])
    full = f"http://example.org/{resource['resourceType']}/a"
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"fullUrl": full, "resource": {"id": "a", **resource}}],
    }
    return document([own, of_basic], "own", bundle)


BASIC = {"resourceType": "Basic", "code": {"text": "x"}}


def test_resources_within_are_judged_by_the_profile_of_their_entry() -> None:
    assert held(BASIC, "Basic", "basic") == [("Validation_VAL_Profile_Minimum", "Bundle.entry[0].resource")]
    assert held({**BASIC, "author": {"display": "x"}}, "Basic", "basic") == []
    assert held(BASIC, "Basic", "nowhere") == []
    assert held(BASIC, "Patient", "basic") == [("Bundle_BUNDLE_Entry_Type", "Bundle.entry[0].resource")]


def test_a_type_that_is_nowhere_defined_is_left_alone() -> None:
    own = structure(
        "Own", "Own", [element("Own.part", "Nowhere"), element("Own.code", "code")], derivation="specialization"
    )
    own["url"] = f"{FHIR}Own"
    value = {"resourceType": "Own", "part": {"x": 1}, "code": " a"}
    found = checked(
        [own, structure("by", "Own", [element("Own.part", "Nowhere"), element("Own.code", "code")])], "by", value
    )
    assert found == [("Type_Specific_Checks_DT_Code_WS", "Own.code")]


def test_a_known_system_of_hl7_without_codes_lets_any_pass() -> None:
    absent = {"resourceType": "CodeSystem", "url": "http://hl7.org/fhir/own", "content": "not-present"}
    tag = {"meta": {"tag": [{"system": "http://hl7.org/fhir/own", "code": "a"}]}}
    assert basic(value=tag, others=[absent]) == []


def ruled_extension(*contexts: Json) -> Json:
    value = element("Extension.value[x]", "string")
    url = element("Extension.url", "uri", min=1, fixedUri=f"{OWN}ruled")
    made = structure("ruled", "Extension", [url, value], context=[*contexts])
    return {**made, "kind": "complex-type"}


@pytest.mark.parametrize(
    ("context", "told"),
    [
        ({"type": "element", "expression": "Basic"}, []),
        ({"type": "element", "expression": "Element"}, []),
        ({"type": "element", "expression": f"{FHIR}Basic#Basic"}, []),
        ({"type": "element", "expression": "Patient"}, [("Extension_EXTP_Context_Wrong", "Basic")]),
        ({"type": "fhirpath", "expression": "anything"}, [("context", "Basic.extension[0]")]),
        ({"type": "extension", "expression": f"{OWN}other"}, [("Extension_EXTP_Context_Wrong", "Basic")]),
    ],
)
def test_an_extension_stands_where_its_context_lets_it(context: Json, told: list[tuple[str, str]]) -> None:
    own = element("Basic.extension", "Extension", max="*")
    value = {"extension": [{"url": f"{OWN}ruled", "valueString": "x"}]}
    assert basic(own, value=value, others=[ruled_extension(context)]) == told


def test_an_extension_of_an_extension_stands_within_one() -> None:
    inner = {"url": f"{OWN}ruled", "valueString": "x"}
    outer = {"url": "http://example.org/e", "extension": [inner]}
    context = {"type": "extension", "expression": "http://example.org/e"}
    own = element("Basic.extension", "Extension", max="*")
    found = basic(own, value={"extension": [outer]}, others=[ruled_extension(context)])
    assert found == [("context", "Basic.extension[0].extension[0]")]


@pytest.mark.parametrize("name", ["capabilitystatement-expectation", "structuredefinition-normative-version"])
def test_some_extensions_stand_anywhere(name: str) -> None:
    own = element("Basic.extension", "Extension", max="*")
    value = {"extension": [{"url": f"{FHIR}{name}", "valueCode": "SHALL"}]}
    assert "Extension_EXTP_Context_Wrong" not in dict(basic(own, value=value))
