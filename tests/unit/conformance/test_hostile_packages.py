"""Packages whose definitions lead back to themselves, or that are made to be slow, come to an end."""

from __future__ import annotations

from typing import Any

from ldbu_desktop.conformance.checker import Checker
from ldbu_desktop.conformance.nodes import Trees
from ldbu_desktop.conformance.terminology import Terminology
from tests.unit.conformance.made import FHIR, OWN, checked, definitions, element, structure

URL_SLICES = {"discriminator": [{"type": "value", "path": "url"}], "rules": "open"}


def looping(name: str, other: str) -> dict[str, Any]:
    """An extension that is sliced by what another extension says of its URL."""
    inner = {"type": [{"code": "Extension", "profile": [f"{OWN}{other}"]}]}
    return structure(
        name,
        "Extension",
        [
            element("Extension.extension", "Extension", max="*", slicing=URL_SLICES),
            element("Extension.extension", id="Extension.extension:x", sliceName="x", **inner),
        ],
        context=[{"type": "element", "expression": "Encounter"}],
    ) | {"kind": "complex-type"}


def test_profiles_that_lead_to_themselves_and_each_other_are_read() -> None:
    known = definitions([looping("self", "self"), looping("left", "right"), looping("right", "left")])
    trees = Trees(known, Terminology(known))
    for name in ("self", "left", "right"):
        tree = trees.tree(f"{OWN}{name}")
        assert tree is not None
        assert len(tree.groups["extension"].slices) == 1


def test_a_type_that_is_based_on_itself_is_read() -> None:
    patient = structure("Patient", "Patient", [element("Patient.extension", "Extension", max="*")])
    patient |= {"url": f"{FHIR}Patient", "baseDefinition": f"{FHIR}Patient", "derivation": "specialization"}
    extension = looping("self", "self")
    assert Checker(definitions([patient])).definitions.fhir_type("Patient") is not None
    value = {"resourceType": "Patient", "extension": [{"url": f"{OWN}self", "valueString": "x"}]}
    mine = structure("mine", "Patient", [element("Patient.extension", "Extension", max="*")])
    found = checked([patient, extension, mine], "mine", value)
    assert ("Extension_EXTP_Context_Wrong", "Patient") in found
