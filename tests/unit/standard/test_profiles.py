"""Files of facts: which one decides, versions, and those that can't be read."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.profiles import (
    CodeSystem,
    Definitions,
    Element,
    FactFile,
    Profile,
    ValueSet,
    definitions_of,
    read_facts,
)

URL = "http://example.org/x"


def facts(name: str, version: str = "1") -> FactFile:
    profile = msgspec.Raw(msgspec.json.encode(Profile(URL, "Patient", "resource", (), version=version)))
    value_set = msgspec.Raw(msgspec.json.encode(ValueSet(URL, version)))
    system = msgspec.Raw(msgspec.json.encode(CodeSystem(URL, codes=(name,))))
    return FactFile(name, version, {URL: profile}, {URL: value_set}, {URL: system})


def test_the_first_file_that_knows_a_url_decides() -> None:
    found = Definitions([facts("a", "1"), facts("b", "2")])
    profile, value_set, system = found.profile(URL), found.value_set(URL), found.code_system(URL)
    assert profile is not None
    assert value_set is not None
    assert system is not None
    assert (profile.versioned, value_set.version, system.codes) == (f"{URL}|1", "1", ("a",))
    assert (found.profile(URL), found.value_set(URL), found.code_system(URL)) == (profile, value_set, system)
    assert Profile(URL, "Patient", "resource", ()).versioned == URL


@pytest.mark.parametrize(
    ("path", "name", "key", "slice_name"),
    [
        ("Patient.link", "", "Patient.link", ""),
        ("Patient.link", "Patient.link:parent", "Patient.link:parent", "parent"),
        ("Patient.link.type", "Patient.link:parent.type", "Patient.link:parent.type", ""),
    ],
)
def test_an_element_is_known_by_its_id(path: str, name: str, key: str, slice_name: str) -> None:
    element = Element(path, name)
    assert (element.key, element.slice_name) == (key, slice_name)


def test_a_version_is_found_in_any_file() -> None:
    found = Definitions([facts("a", "1"), facts("b", "2")])
    second = found.value_set(f"{URL}|2")
    assert second is not None
    assert second.version == "2"
    assert found.profile(f"{URL}|3") is None
    assert found.code_system(f"{URL}|9") is not None


def test_the_last_file_is_read_only_when_it_is_needed() -> None:
    read: list[str] = []

    def later() -> FactFile:
        read.append("read")
        return facts("later")

    found = Definitions([facts("a")], later=later)
    assert found.profile(URL) is not None
    assert not read
    assert found.profile("http://example.org/other") is None
    assert found.value_set("http://example.org/other") is None
    assert (read, [file.name for file in found.files]) == (["read"], ["a", "later"])


def test_what_cant_be_read_is_told_by_its_file(tmp_path: Path) -> None:
    broken = FactFile("broken", "1", {URL: msgspec.Raw(b'{"url": 5}')})
    with pytest.raises(CatalogueFault) as raised:
        Definitions([broken]).profile(URL)
    assert (raised.value.key, raised.value.facts["file"]) == ("catalogue-unreadable", "broken")
    path = tmp_path / "facts.json"
    for data in (None, b"{", b'{"name": 1}'):
        if data is not None:
            path.write_bytes(data)
        with pytest.raises(CatalogueFault) as raised:
            read_facts(path)
        assert raised.value.facts["file"] == "facts.json"


def test_the_shipped_files_know_the_standard_and_all_of_fhir() -> None:
    found = definitions_of(shipped_standard())
    assert found.fhir_type("Observation") is not None
    assert found.fhir_type("Medication") is not None
    assert found.files[0].version == "2.1.0"
