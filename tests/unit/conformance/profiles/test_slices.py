"""Slices: how the values of an element are told apart."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.conformance.made import OWN, Json, basic, element, structure


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
