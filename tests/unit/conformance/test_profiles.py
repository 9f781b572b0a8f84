"""Profiles of one's own: slices, given values, bindings, types and lengths."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.conformance.made import FHIR, OWN, Json, checked, element, structure

SYSTEM = f"{OWN}CodeSystem/x"
CODES: list[Json] = [
    {"resourceType": "CodeSystem", "url": SYSTEM, "content": "complete", "caseSensitive": True,
     "concept": [{"code": "a"}, {"code": "b"}, {"code": "c"}]},
    {"resourceType": "ValueSet", "url": f"{OWN}ab", "compose": {"include": [{"system": SYSTEM,
    "concept": [{"code": "a"}, {"code": "b"}]}]}},
    {"resourceType": "ValueSet", "url": f"{OWN}a", "compose": {"include": [{"system": SYSTEM,
    "concept": [{"code": "a"}]}]}},
]  # fmt: skip
MAX_SET = "http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet"


def basic(*elements: Json, value: Json, kind: str = "Basic", others: Any = CODES) -> list[tuple[str, str]]:
    """What is wrong with a resource by a profile of these elements."""
    resource = {"resourceType": kind, **({"code": {"text": "x"}} if kind == "Basic" else {}), **value}
    return checked([structure("own", kind, elements), *others], "own", resource)


def bound(strength: str, name: str = "a", largest: str = "") -> Json:
    extension = [{"url": MAX_SET, "valueCanonical": f"{OWN}{largest}"}] if largest else []
    return {"strength": strength, "valueSet": f"{OWN}{name}", "extension": extension}


def coding(code: str, system: str = SYSTEM) -> Json:
    return {"coding": [{"system": system, "code": code}]}


PASSED_ON = "Terminology_PassThrough_TX_Message"


@pytest.mark.parametrize(
    ("binding", "concept", "expected"),
    [
        (bound("required"), coding("a"), []),
        (bound("required"), coding("b"), ["Terminology_TX_NoValid_1_CC"]),
        (bound("required"), coding("z"), [PASSED_ON, "Terminology_TX_NoValid_1_CC"]),
        (bound("required"), {"text": "x"}, ["Terminology_TX_Code_ValueSet"]),
        (bound("required"), {"coding": [{"code": True}]}, ["Error_parsing_JSON_the_primitive_value_must_be_a_string",
        "Terminology_TX_NoValid_1_CC"]),
        (bound("extensible"), coding("b"), []),
        (bound("extensible"), coding("z"), [PASSED_ON]),
        (bound("extensible"), {"text": "x"}, []),
        (bound("extensible", "a", "ab"), coding("b"), []),
        (bound("extensible", "a", "ab"), coding("c"), ["Terminology_TX_NoValid_8"]),
        (bound("extensible", "a", "ab"), {"text": "x"}, ["Terminology_TX_Code_ValueSet"]),
        (bound("example"), coding("b"), []),
        (bound("example"), coding("z"), [PASSED_ON]),
        (bound("required", "nowhere"), coding("z"), [PASSED_ON]),
    ],
)  # fmt: skip
def test_a_concept_is_bound(binding: Json, concept: Json, expected: list[str]) -> None:
    found = basic(element("Basic.code", "CodeableConcept", min=1, binding=binding), value={"code": concept})
    assert [key for key, _ in found] == expected
    assert {at for _, at in found} <= {"Basic.code", "Basic.code.coding[0].code"}


@pytest.mark.parametrize(
    ("binding", "code", "expected"),
    [
        (bound("required"), "a", []),
        (bound("required"), "b", ["Terminology_TX_NoValid_12"]),
        (bound("extensible", "a", "ab"), "b", []),
        (bound("extensible", "a", "ab"), "c", ["Terminology_TX_NoValid_7"]),
        (bound("extensible"), "c", []),
        (None, "z", [PASSED_ON]),
    ],
)
def test_a_coding_is_bound(binding: Json | None, code: str, expected: list[str]) -> None:
    own = element("Encounter.class", "Coding", **({"binding": binding} if binding else {}))
    value = {"status": "finished", "class": {"system": SYSTEM, "code": code}}
    found = basic(own, value=value, kind="Encounter")
    assert [key for key, at in found if at == "Encounter.class"] == expected


@pytest.mark.parametrize(
    ("system", "key"),
    [
        ("http://example.org/unknown", ""),
        ("relative", "Terminology_TX_System_Relative"),
        (f"{OWN}ab", "Terminology_TX_System_ValueSet2"),
        ("http://hl7.org/fhir/nowhere", "Terminology_TX_System_Unknown"),
        ("http://snomed.info/sct/1", "Terminology_TX_System_Invalid"),
        ("http://loinc.org", ""),
    ],
)
def test_a_system_without_a_binding(system: str, key: str) -> None:
    found = basic(value={"meta": {"tag": [{"system": system, "code": "a"}]}})
    assert found == ([(key, "Basic.meta.tag[0]")] if key else [])


@pytest.mark.parametrize(
    ("binding", "code", "expected"),
    [
        (bound("required"), "a", []),
        (bound("required"), "b", ["Terminology_TX_NoValid_16"]),
        (bound("extensible", "a", "ab"), "c", ["Terminology_TX_NoValid_11"]),
        (bound("extensible", "a", "ab"), "b", []),
        (bound("extensible"), "c", []),
        (bound("example"), "c", []),
        (bound("required", "nowhere"), "c", []),
    ],
)
def test_a_code_is_bound(binding: Json, code: str, expected: list[str]) -> None:
    own = element("Basic.language", "code", binding=binding)
    assert [key for key, at in basic(own, value={"language": code}) if key != PASSED_ON] == expected


def sliced(by: Json, rules: str, *slices: Json, ordered: bool = False) -> list[Json]:
    """Identifiers that are told apart, with these slices."""
    head = element(
        "Basic.identifier", "Identifier", max="*", slicing={"discriminator": [by] if by else [], "rules": rules}
    )
    return [head, *slices]


def of_slice(name: str, *parts: Json, **more: Any) -> list[Json]:
    own = {**element("Basic.identifier", "Identifier", **more), "id": f"Basic.identifier:{name}", "sliceName": name}
    return [own, *({**one, "id": one["path"].replace("identifier", f"identifier:{name}")} for one in parts)]


SYSTEM_X = element("Basic.identifier.system", "uri", min=1, fixedUri="urn:x")
X, Y, NONE = {"system": "urn:x", "value": "1"}, {"system": "urn:y", "value": "2"}, {"value": "3"}


@pytest.mark.parametrize(
    ("profile", "identifiers", "expected"),
    [
        (sliced({"type": "value", "path": "system"}, "open", *of_slice("x", SYSTEM_X, min=1)), [X, Y], []),
        (sliced({"type": "value", "path": "system"}, "open", *of_slice("x", SYSTEM_X, min=1)), [Y],
        [("Validation_VAL_Profile_Minimum_SLICE", "Basic")]),
        (sliced({"type": "value", "path": "system"}, "open", *of_slice("x", SYSTEM_X)), [X, X],
        [("Validation_VAL_Profile_Maximum", "Basic")]),
        (sliced({"type": "value", "path": "system"}, "closed", *of_slice("x", SYSTEM_X)), [X, Y],
        [("Validation_VAL_Profile_NotSlice", "Basic.identifier[1]")]),
        (sliced({"type": "value", "path": "system"}, "open", *of_slice("none", element("Basic.identifier.system",
        "uri", max="0"), max="0")), [NONE], [("Validation_VAL_Profile_Maximum", "Basic")]),
        (sliced({"type": "value", "path": "use"}, "closed", *of_slice("bound", element("Basic.identifier.use", "code",
        binding={"strength": "required", "valueSet": f"{OWN}a"}))), [X], [("Validation_VAL_Profile_NotSlice",
        "Basic.identifier[0]")]),
        (sliced({"type": "value", "path": "type.text"}, "closed", *of_slice("deep", element("Basic.identifier.type",
        "CodeableConcept"), element("Basic.identifier.type.text", "string", fixedString="t"))),
        [{"type": {"text": "t"}}], []),
        (sliced({"type": "pattern", "path": "$this"}, "closed", *of_slice("x", patternIdentifier={"system": "urn:x"})),
        [X, Y], [("Validation_VAL_Profile_NotSlice", "Basic.identifier[1]")]),
        (sliced({"type": "type", "path": "$this"}, "closed", *of_slice("x")), [X], []),
        (sliced({}, "closed", *of_slice("x")), [X], [("Validation_VAL_Profile_NotSlice", "Basic.identifier[0]")]),
        (sliced({"type": "value", "path": "period"}, "closed", *of_slice("x")), [X],
        [("Validation_VAL_Profile_NotSlice", "Basic.identifier[0]")]),
        ([element("Basic.identifier", "Identifier", max="*", slicing={"rules": "closed"})], [X],
        [("Validation_VAL_Profile_NotSlice", "Basic.identifier[0]")]),
    ],
)  # fmt: skip
def test_slices_are_told_apart(profile: list[Json], identifiers: list[Json], expected: list[tuple[str, str]]) -> None:
    assert basic(*profile, value={"identifier": identifiers}) == expected


def test_slices_by_two_things_at_once() -> None:
    head = element("Basic.identifier", "Identifier", max="*", slicing={
        "discriminator": [{"type": "value", "path": "system"}, {"type": "value", "path": "use"}],
        "rules": "closed"})  # fmt: skip
    parts = of_slice("x", SYSTEM_X, element("Basic.identifier.use", "code", min=1, fixedCode="old"))
    found = basic(head, *parts, value={"identifier": [X, X | {"use": "old"}]})
    assert found == [("Validation_VAL_Profile_NotSlice", "Basic.identifier[0]")]


def test_a_slice_may_be_known_by_the_profile_of_its_type() -> None:
    of_type = {
        **structure("x-identifier", "Identifier", [element("Identifier.system", "uri", min=1, fixedUri="urn:x")]),
        "kind": "complex-type",
    }
    own = {
        **element("Basic.identifier"),
        "type": [{"code": "Identifier", "profile": [f"{OWN}x-identifier"]}],
        "id": "Basic.identifier:x",
        "sliceName": "x",
    }
    head = element(
        "Basic.identifier",
        "Identifier",
        max="*",
        slicing={"discriminator": [{"type": "value", "path": "system"}], "rules": "closed"},
    )
    found = basic(head, own, value={"identifier": [X, Y]}, others=[of_type])
    assert found == [("Validation_VAL_Profile_NotSlice", "Basic.identifier[1]")]


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
        (element("Observation.value[x]", "Period"), {"valueRange": {"low": {"value": 1}}}, [("Extension_PROF_Type",
        "Observation.value.ofType(Range)"), ("Validation_VAL_Profile_NotAllowed",
        "Observation.value.ofType(Range).low")]),
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
    from ldbu_desktop.conformance.checker import Checker
    from ldbu_desktop.conformance.places import top
    from ldbu_desktop.conformance.problems import Run
    from tests.unit.conformance.made import definitions

    checker = Checker(definitions([one, other]))
    value = {"resourceType": "Basic", "code": {"text": "x"}, "author": {"display": "x"}}
    run = Run(value)
    plan = checker.plan("Basic", (f"{FHIR}Basic", f"{OWN}one", f"{OWN}other"))
    assert plan is not None
    checker.check_object(plan, value, top("Basic"), run)
    assert [one.key for one in run.problems] == ["Validation_VAL_Profile_Maximum"]


def document(profiles: list[Json], url: str, value: Json) -> list[tuple[str, str]]:
    """What is wrong with a whole document, with the resources in it, by a profile of one's own."""
    from ldbu_desktop.conformance.bundles import ResourceChecker
    from ldbu_desktop.conformance.checker import Checker
    from ldbu_desktop.conformance.places import fhir_path, top
    from ldbu_desktop.conformance.problems import Run
    from tests.unit.conformance.made import definitions

    run = Run(value)
    ResourceChecker(Checker(definitions(profiles))).document(value, top(value["resourceType"]), run, (f"{OWN}{url}",))
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
    ("context", "is_allowed"),
    [
        ({"type": "element", "expression": "Basic"}, True),
        ({"type": "element", "expression": "Element"}, True),
        ({"type": "element", "expression": f"{FHIR}Basic#Basic"}, True),
        ({"type": "element", "expression": "Patient"}, False),
        ({"type": "fhirpath", "expression": "anything"}, True),
        ({"type": "extension", "expression": f"{OWN}other"}, False),
    ],
)
def test_an_extension_stands_where_its_context_lets_it(context: Json, is_allowed: bool) -> None:
    own = element("Basic.extension", "Extension", max="*")
    value = {"extension": [{"url": f"{OWN}ruled", "valueString": "x"}]}
    found = basic(own, value=value, others=[ruled_extension(context)])
    assert found == ([] if is_allowed else [("Extension_EXTP_Context_Wrong", "Basic")])


def test_an_extension_of_an_extension_stands_within_one() -> None:
    inner = {"url": f"{OWN}ruled", "valueString": "x"}
    outer = {"url": "http://example.org/e", "extension": [inner]}
    context = {"type": "extension", "expression": "http://example.org/e"}
    own = element("Basic.extension", "Extension", max="*")
    assert basic(own, value={"extension": [outer]}, others=[ruled_extension(context)]) == []


def test_a_slice_is_known_by_what_a_list_of_one_holds() -> None:
    head = element(
        "Patient.contact",
        "BackboneElement",
        max="*",
        slicing={"discriminator": [{"type": "value", "path": "relationship.text"}], "rules": "closed"},
    )
    own = {**element("Patient.contact", "BackboneElement"), "id": "Patient.contact:x", "sliceName": "x"}
    relationship = {
        **element("Patient.contact.relationship", "CodeableConcept", max="*"),
        "id": "Patient.contact:x.relationship",
    }
    text = {
        **element("Patient.contact.relationship.text", "string", fixedString="t"),
        "id": "Patient.contact:x.relationship.text",
    }
    people = [
        {"gender": "male", "relationship": [{"text": one} for one in texts]} for texts in (("t",), ("t", "t"), ("u",))
    ]
    found = basic(head, own, relationship, text, value={"contact": people}, kind="Patient")
    no_slice = [at for key, at in found if key == "Validation_VAL_Profile_NotSlice"]
    assert no_slice == ["Patient.contact[1]", "Patient.contact[2]"]


def test_a_slice_is_known_by_a_pattern_with_lists() -> None:
    head = element(
        "Observation.category",
        "CodeableConcept",
        max="*",
        slicing={"discriminator": [{"type": "pattern", "path": "$this"}], "rules": "closed"},
    )
    pattern = {"coding": [{"system": "urn:x", "code": "a"}]}
    own = {
        **element("Observation.category", "CodeableConcept", patternCodeableConcept=pattern),
        "id": "Observation.category:x",
        "sliceName": "x",
    }
    value = {
        "status": "final",
        "code": {"text": "x"},
        "category": [pattern, {"coding": [{"system": "urn:x", "code": "b"}]}, {"text": "x"}],
    }
    found = basic(head, own, value=value, kind="Observation")
    assert [at for key, at in found if key == "Validation_VAL_Profile_NotSlice"] == [
        "Observation.category[1]",
        "Observation.category[2]",
    ]


def test_a_binding_that_is_not_required_tells_no_slices_apart() -> None:
    by_use = {"type": "value", "path": "use"}
    loose = of_slice(
        "x", element("Basic.identifier.use", "code", binding={"strength": "example", "valueSet": f"{OWN}a"})
    )
    by_type = {
        **element("Basic.identifier"),
        "type": [{"code": "Identifier", "profile": [f"{OWN}nowhere"]}],
        "id": "Basic.identifier:x",
        "sliceName": "x",
    }
    for profile in (sliced(by_use, "closed", *loose), sliced(by_use, "closed", by_type)):
        assert basic(*profile, value={"identifier": [X]}) == [
            ("Validation_VAL_Profile_NotSlice", "Basic.identifier[0]")
        ]


def test_a_resource_is_let_be_where_nothing_is_said_of_resources() -> None:
    value = {"contained": [{"resourceType": "Patient", "id": "a", "x": 1}]}
    assert basic(element("Basic.contained", "Resource", max="*"), value=value) == []
