"""Packages whose definitions lead back to themselves, or that are made to be slow, come to an end."""

from __future__ import annotations

from typing import Any

import pytest

from ldbu_desktop.conformance.profiles.official_facts import fact_file
from ldbu_desktop.conformance.profiles.terminology import Terminology
from ldbu_desktop.conformance.profiles.trees import Trees
from ldbu_desktop.faults import CatalogueFault
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
    assert definitions([patient]).fhir_type("Patient") is not None
    value = {"resourceType": "Patient", "extension": [{"url": f"{OWN}self", "valueString": "x"}]}
    mine = structure("mine", "Patient", [element("Patient.extension", "Extension", max="*")])
    found = checked([patient, extension, mine], "mine", value)
    assert ("Extension_EXTP_Context_Wrong", "Patient") in found


@pytest.mark.parametrize(
    "changes",
    [
        {"snapshot": {"element": 1}},
        {"snapshot": {"element": [{"path": "Patient", "min": "x"}]}},
        {"snapshot": {"element": [{"path": "Patient", "max": "many"}]}},
        {"snapshot": {"element": [{"path": "Patient", "type": "Patient"}]}},
        {"snapshot": {"element": [{"path": "Patient", "slicing": [1]}]}},
        {"version": 1},
        {"resourceType": "ValueSet", "compose": [1]},
        {"resourceType": "CodeSystem", "concept": {"code": "a"}},
    ],
)
def test_a_definition_that_is_written_wrongly_is_named(changes: dict[str, Any]) -> None:
    with pytest.raises(CatalogueFault) as fault:
        fact_file("own.package", "1", [structure("one", "Patient", []) | changes])
    assert fault.value.key == "package-part-misshapen"
    assert fault.value.facts == {"file": "own.package", "entry": f"{OWN}one"}
