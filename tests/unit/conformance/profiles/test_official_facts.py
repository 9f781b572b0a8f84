"""Official definitions as facts: elements, invariants of known shapes, value sets and code systems."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from ldbu_desktop.conformance.profiles import official_facts as facts
from ldbu_desktop.standard.profiles import UNBOUNDED, Binding, Demand, Discriminator, Given, Profile, TypeRef
from tests.unit.conformance.made import FHIR, OWN, Json, element, structure

MAX_SET = "http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet"
REGEX = "http://hl7.org/fhir/StructureDefinition/regex"
TYPE = "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type"
VISIT = "type.coding.code = 'a' or type.coding.code = 'b'"
PLACE = "class.code = 'HH'"
ASKED = "entry.select((resource as Observation).code.coding.where(code = 'x')).exists()"


def inv(expression: str, key: str = "own-1") -> Json:
    return {"key": key, "severity": "error", "expression": expression, "source": OWN}


def test_an_invariant_that_we_know_is_named_by_its_expression() -> None:
    expression = "extension.exists()  !=\n value.exists()"
    found = facts.constraint(inv(expression, "ext-1"))
    assert found.form == facts.fingerprint("extension.exists() != value.exists()")
    assert not found.expression


def test_elements_are_taken_with_what_is_checked() -> None:
    found = facts.element({
        "path": "Own.part", "id": "Own.part:one", "min": 1, "max": "*", "isModifier": True, "maxLength": 5,
        "contentReference": "#Own.other", "slicing": {"discriminator": [{"type": "value", "path": "url"}],
        "rules": "closed", "ordered": True},
        "fixedString": "x", "patternCoding": {"code": "y"},
        "binding": {"strength": "extensible", "valueSet": f"{OWN}a", "extension": [{"url": "other"},
        {"url": MAX_SET, "valueCanonical": f"{OWN}b"}]},
        "constraint": [inv("a"), {"key": "text", "severity": "error"}],
    })  # fmt: skip
    assert (found.key, found.slice_name, found.min, found.max, found.max_length) == (
        "Own.part:one",
        "one",
        1,
        UNBOUNDED,
        5,
    )
    assert (found.fixed, found.pattern) == (Given("string", "x"), Given("Coding", {"code": "y"}))
    assert found.binding == Binding("extensible", f"{OWN}a", f"{OWN}b")
    assert found.slicing is not None
    assert (found.slicing.discriminators, found.slicing.rules, found.slicing.ordered) == (
        (Discriminator("value", "url"),),
        "closed",
        True,
    )
    assert ([one.key for one in found.constraints], found.content, found.is_modifier) == (["own-1"], "Own.other", True)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ({"code": "http://hl7.org/fhirpath/System.String"}, "string"),
        ({"code": "http://hl7.org/fhirpath/System.Boolean"}, "boolean"),
        ({"code": "http://hl7.org/fhirpath/System.String", "extension": [{"url": "other"}, {"url": TYPE,
        "valueUrl": "id"}]}, "id"),
        ({"code": "x", "extension": [{"url": TYPE, "valueUri": "uri"}]}, "uri"),
        ({"code": "x", "extension": [{"url": TYPE}]}, "x"),
        ({}, ""),
    ],
)  # fmt: skip
def test_types_are_named_as_fhir_names_them(kind: Json, code: str) -> None:
    assert facts.element({"path": "x", "type": [kind]}).types == (TypeRef(code),)


def test_a_uri_bound_to_units_is_not_bound() -> None:
    binding = {"strength": "required", "valueSet": "http://hl7.dk/fhir/core/ValueSet/dk-core-UCUM-BasicUnits"}
    assert facts.element({"path": "Quantity.system", "binding": binding}).binding is None
    assert facts.element({"path": "Quantity.code", "binding": binding}).binding is not None


def test_demands_on_a_report_are_facts() -> None:
    text = f"entry.select((resource as Encounter).where(({VISIT}) and {PLACE})).exists() implies ({ASKED})"
    found = facts.constraint(inv(text))
    assert (found.demand, found.expression) == (Demand(("a", "b"), ("HH",), ("x",)), "")


@pytest.mark.parametrize(
    "text",
    [
        f"entry.select((resource as Encounter).where({PLACE})).exists() implies ({ASKED})",
        f"entry.select((resource as Encounter).where(({VISIT}) and {PLACE})).exists() implies ({ASKED} and id)",
        "entry.select(resource as Observation).all($this.conformsTo('http://example.org/a') and id.exists())",
        "entry.all(resource.conformsTo('http://example.org/a'))",
        "id.exists()",
    ],
)
def test_what_has_no_known_shape_is_kept_as_an_expression(text: str) -> None:
    found = facts.constraint(inv(text))
    assert (found.expression, found.demand, found.conforming) == (" ".join(text.split()), None, ())


def test_observations_conform_to_one_of_some_profiles() -> None:
    either = " or ".join(f"$this.conformsTo('{OWN}{name}')" for name in "ab")
    text = f"entry.select(resource as Observation).all({either})"
    assert facts.constraint(inv(text)).conforming == (f"{OWN}a", f"{OWN}b")


def test_an_expression_is_known_however_it_is_spaced() -> None:
    assert facts.fingerprint(" a\n  b ") == facts.fingerprint("a b") != facts.fingerprint("ab")


@pytest.mark.parametrize(
    ("elements", "expected"),
    [
        ([{"path": "own.value", "extension": [{"url": REGEX, "valueString": "a+"}]}], "a+"),
        ([{"path": "own.value", "type": [{"extension": [{"url": "other"}, {"url": REGEX,
        "valueString": "b+"}]}]}], "b+"),
        ([{"path": "own.value"}], ""),
        ([{"path": "own.id"}], ""),
    ],
)  # fmt: skip
def test_a_primitive_type_has_a_form(elements: list[Json], expected: str) -> None:
    definition = {**structure("own", "own", elements), "kind": "primitive-type"}
    assert facts.profile(definition).regex == expected


def test_only_what_is_checked_is_taken_from_a_package() -> None:
    resources: list[Any] = [
        structure("a", "Patient", [element("Patient.active", "boolean")], context=[{"type": "element",
        "expression": "Patient"}]),
        {"resourceType": "StructureDefinition", "url": f"{OWN}no-snapshot"},
        {"resourceType": "ValueSet", "url": f"{OWN}set", "compose": {"exclude": [{"valueSet": [f"{OWN}other"]}]}},
        {"resourceType": "CodeSystem", "url": f"{OWN}codes", "concept": [{"code": "a", "concept": [{"code": "b"}]}]},
        {"resourceType": "CodeSystem", "url": f"{OWN}more", "content": "supplement"},
        {"resourceType": "SearchParameter", "url": f"{OWN}search"},
        {"resourceType": "Patient"},
    ]  # fmt: skip
    made = facts.fact_file("own.example", "1.0.0", resources)
    assert (set(made.profiles), set(made.value_sets), set(made.code_systems)) == (
        {f"{OWN}a"},
        {f"{OWN}set"},
        {f"{OWN}codes"},
    )
    profile = msgspec.json.decode(made.profiles[f"{OWN}a"], type=Profile)
    assert (profile.base, profile.versioned, profile.is_constraint) == (f"{FHIR}Patient", f"{OWN}a|1.0.0", True)
    assert facts.value_set(resources[2]).exclude[0].value_sets == (f"{OWN}other",)
    assert facts.code_system(resources[3]).parents == {"b": ("a",)}


@pytest.mark.parametrize(
    ("bound", "kept"),
    [
        (
            "http://terminology.hl7.org/ValueSet/v3-NullFlavor|4.0.1",
            "http://terminology.hl7.org/ValueSet/v3-NullFlavor",
        ),
        ("http://terminology.hl7.org/ValueSet/v3-NullFlavor|9", "http://terminology.hl7.org/ValueSet/v3-NullFlavor|9"),
        ("http://example.org/x|4.0.1", "http://example.org/x|4.0.1"),
    ],
)
def test_value_sets_of_hl7_are_bound_whatever_their_own_version(bound: str, kept: str) -> None:
    made = facts.element({"path": "A.b", "max": "1", "binding": {"strength": "required", "valueSet": bound}})
    assert made.binding is not None
    assert made.binding.value_set == kept


def test_a_condition_on_where_an_extension_stands_is_a_rule_that_is_not_evaluated() -> None:
    definition = {
        "url": "http://example.org/x", "type": "Extension", "kind": "complex-type", "contextInvariant": ["true"],
        "snapshot": {"element": [{"path": "Extension"}, {"path": "Extension.url"}]},
    }  # fmt: skip
    made = facts.profile(definition)
    assert [[one.key for one in part.constraints] for part in made.elements] == [["contextInvariant"], []]


def test_limits_of_primitive_types_are_known_without_them() -> None:
    limited = {"path": "integer.value", "minValueInteger": -5, "maxValueInteger": 5}
    definition = {"url": "http://x.dk", "type": "integer", "kind": "primitive-type", "snapshot": {"element": [limited]}}
    assert facts.profile(definition).elements[0].constraints == ()
