"""Codes and the value sets that profiles bind them to."""

from __future__ import annotations

import pytest

from tests.unit.conformance.made import OWN, SYSTEM, Json, basic, element

MAX_SET = "http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet"


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
        (bound("required"), {"coding": coding("a")["coding"] + coding("b")["coding"]},
        ["Terminology_TX_NoValid_1_CC"]),
        (bound("required"), {"coding": coding("z")["coding"] + coding("b")["coding"]},
        [PASSED_ON, "Terminology_TX_NoValid_1_CC"]),
        (bound("extensible"), coding("b"), []),
        (bound("extensible"), coding("z"), [PASSED_ON]),
        (bound("extensible"), {"text": "x"}, []),
        (bound("extensible", "a", "ab"), coding("b"), []),
        (bound("extensible", "a", "ab"), coding("c"), ["Terminology_TX_NoValid_8"]),
        (bound("extensible", "a", "ab"), {"text": "x"}, ["Terminology_TX_Code_ValueSet"]),
        (bound("example"), coding("b"), []),
        (bound("example"), coding("z"), [PASSED_ON]),
        (bound("required", "nowhere"), coding("z"), ["Terminology_TX_ValueSet_NotFound", PASSED_ON]),
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
        (bound("required", "nowhere"), "c", ["Terminology_TX_ValueSet_NotFound"]),
        (bound("preferred", "nowhere"), "c", []),
    ],
)
def test_a_code_is_bound(binding: Json, code: str, expected: list[str]) -> None:
    own = element("Basic.language", "code", binding=binding)
    assert [key for key, at in basic(own, value={"language": code}) if key != PASSED_ON] == expected
