"""What is in the parts of profiles: as far as the definitions go."""

from __future__ import annotations

from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.profiles import Element, Profile, TypeRef, definitions_of
from ldbu_desktop.synthetic.examples.parts import Parts

DEFINITIONS = definitions_of(shipped_standard())


def test_nothing_is_in_a_part_of_a_type_that_nobody_defines() -> None:
    url = "http://x.invalid/made-up"
    parts = Parts(DEFINITIONS)
    made = Profile(url, "Patient", "resource", (Element("Patient"), Element("Patient.own", types=(TypeRef("Own"),))))
    (own,) = [group.general for group in parts.groups(parts.root(made))]
    assert own.name == "own"
    assert list(parts.groups(own, TypeRef("Own"))) == []
    assert [group.general.name for group in parts.groups(own, TypeRef("Period"))] == ["id", "extension", "start", "end"]
