"""Editions out of packages: of our own always, the official ones where they are there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.conformance.profiles.editions import SHIPPED
from ldbu_desktop.faults import CatalogueFault, FileFault
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.drift import DriftAspect, DriftChange, DriftKind
from ldbu_desktop.use_cases.drift import compare_editions
from ldbu_desktop.use_cases.packages import package_path
from tests.profiles import landing

HERE = "http://example.org/standard"
TERMS = f"{HERE}/CodeSystem/terms"
LEAF = {"code": "leaf", "display": "Leaf"}
TREE = [
    {
        "code": "top",
        "display": "Top",
        "concept": [{"code": "mid", "concept": [LEAF]}, {"code": "side", "concept": [LEAF]}],
    },
    {"code": "other", "display": "Other"},
]


def package(folder: Path, version: str, *resources: dict[str, Any], dependencies: dict[str, str] | None = None) -> str:
    """An unpacked package with a code system of four codes and some resources."""
    folder.mkdir(parents=True)
    manifest = {
        "name": "our.standard",
        "version": version,
        "fhirVersions": ["4.0.1"],
        "canonical": HERE,
        "dependencies": dependencies or {},
    }
    (folder / "package.json").write_text(json.dumps(manifest), encoding="utf-8")
    system = {"resourceType": "CodeSystem", "url": TERMS, "content": "complete", "concept": TREE}
    for number, resource in enumerate((system, *resources)):
        (folder / f"{number}.json").write_text(json.dumps(resource), encoding="utf-8")
    return str(folder)


def value_set(name: str, *include: dict[str, Any], exclude: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    compose = {"include": list(include), "exclude": list(exclude)}
    return {"resourceType": "ValueSet", "url": f"{HERE}/ValueSet/{name}", "compose": compose}


def below(op: str, value: str = "top") -> dict[str, Any]:
    return {"system": TERMS, "filter": [{"property": "concept", "op": op, "value": value}]}


def listed(*codes: str) -> dict[str, Any]:
    return {"system": TERMS, "concept": [{"code": code} for code in codes]}


def codes_added(tmp_path: Path, *sets: dict[str, Any]) -> set[str]:
    """The codes of the last of ``sets``, told as what came to it since it was empty."""
    url = sets[-1]["url"].rpartition("/")[2]
    nothing = value_set(url, listed("top"), exclude=(listed("top"),))
    before = package(tmp_path / "before", "1", *sets[:-1], nothing)
    after = package(tmp_path / "after", "2", *sets)
    found = compare_editions(before, after, shipped_standard()).changes
    return {
        one.place
        for one in found
        if one.aspect is DriftAspect.CODE and one.kind is DriftKind.ADDED and one.subject == url
    }


@pytest.mark.parametrize(
    ("include", "codes"),
    [
        (listed("leaf", "other"), {"leaf", "other"}),
        (below("is-a"), {"top", "mid", "side", "leaf"}),
        (below("descendent-of"), {"mid", "side", "leaf"}),
        ({"system": TERMS}, {"top", "mid", "side", "leaf", "other"}),
        (below("is-not-a"), set()),
        ({"system": "http://example.org/unknown"}, set()),
        ({"valueSet": [f"{HERE}/ValueSet/missing"]}, set()),
    ],
)
def test_value_sets_are_expanded(tmp_path: Path, include: dict[str, Any], codes: set[str]) -> None:
    assert codes_added(tmp_path, value_set("v", include)) == codes


def test_value_sets_include_others_and_exclude(tmp_path: Path) -> None:
    inner = value_set("inner", below("is-a"))
    outer = value_set("outer", {"valueSet": [f"{inner['url']}|2"]}, exclude=(listed("mid"),))
    assert codes_added(tmp_path, inner, outer) == {"top", "side", "leaf"}


def test_value_sets_in_a_circle_end(tmp_path: Path) -> None:
    one = value_set("one", {"valueSet": [f"{HERE}/ValueSet/two"]}, listed("top"))
    two = value_set("two", {"valueSet": [f"{HERE}/ValueSet/one"]}, listed("leaf"))
    assert codes_added(tmp_path, one, two) == {"top", "leaf"}


def test_value_sets_that_include_each_other_in_very_many_ways_end(tmp_path: Path) -> None:
    ways = [{"valueSet": [f"{HERE}/ValueSet/{number}"]} for number in range(30)]
    sets = [value_set(str(number), *ways, listed("top")) for number in range(30)]
    assert codes_added(tmp_path, *sets) == {"top"}


def test_value_sets_nested_very_deep_come_to_an_end(tmp_path: Path) -> None:
    sets = [value_set(str(number), {"valueSet": [f"{HERE}/ValueSet/{number + 1}"]}) for number in range(500)]
    assert codes_added(tmp_path, *sets, value_set("500", listed("top"))) == {"top"}


def questionnaire(maximum: int, text: str) -> dict[str, Any]:
    limit = {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": maximum}
    options = [{"valueString": "yes"}, {"valueString": "no"}]
    items = [
        {"linkId": "1", "type": "integer", "extension": [limit], "text": text},
        {"linkId": "2", "type": "choice", "answerOption": options},
    ]
    group = [{"linkId": "g", "type": "group", "item": items}]
    return {"resourceType": "Questionnaire", "url": f"{HERE}/Questionnaire/q", "item": group}


def test_questions_within_groups_are_compared(tmp_path: Path) -> None:
    before = package(tmp_path / "before", "1", questionnaire(3, "how?"))
    after = package(tmp_path / "after", "2", questionnaire(4, "how?"))
    found = compare_editions(before, after, shipped_standard())
    assert found.changes == (
        DriftChange(DriftAspect.QUESTION, DriftKind.CHANGED, "q", "1", "integer ..3", "integer ..4"),
    )
    assert (found.before, found.after) == ("our.standard 1", "our.standard 2")


def profile(minimum: int) -> dict[str, Any]:
    used = {"path": "Patient.identifier", "min": 0, "max": "1", "type": [{"code": "Identifier", "profile": ["x/used"]}]}
    return {
        "resourceType": "StructureDefinition",
        "url": f"{HERE}/StructureDefinition/citizen",
        "kind": "resource",
        "type": "Patient",
        "snapshot": {"element": [{"path": "Patient"}, {"path": "Patient.active", "min": minimum, "max": "1"}, used]},
    }


def test_profiles_are_compared_without_what_they_depend_on(tmp_path: Path) -> None:
    missing = {"not.there": "1.0"}
    before = package(tmp_path / "before", "1", profile(0), dependencies=missing)
    after = package(tmp_path / "after", "2", profile(1), dependencies=missing)
    changed = DriftChange(DriftAspect.CARDINALITY, DriftKind.CHANGED, "citizen", "Patient.active", "0..1", "1..1")
    assert compare_editions(before, after, shipped_standard()).changes == (changed,)


def test_a_package_is_held_against_our_catalogue(tmp_path: Path) -> None:
    other = package(tmp_path / "other", "9", profile(0))
    found = compare_editions(SHIPPED, other, shipped_standard())
    assert found.before.endswith("(shipped)")
    assert found.after == "our.standard 9"
    assert "kl.dk.fhir.children" in {one.subject for one in found.differences}
    assert found.differences == compare_editions(other, SHIPPED, shipped_standard()).differences


def test_a_package_of_another_fhir_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text(json.dumps({"name": "x", "version": "1", "fhirVersions": ["5.0.0"]}))
    with pytest.raises(CatalogueFault) as fault:
        compare_editions(str(tmp_path), SHIPPED, shipped_standard())
    assert fault.value.key == "package-other-fhir"


def test_packages_are_found_by_name_in_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    kept = tmp_path / ".fhir" / "packages" / "our.standard#1"
    kept.mkdir(parents=True)
    assert package_path("our.standard#1") == kept
    assert package_path(str(kept)) == kept


@pytest.mark.parametrize("name", ["our.standard#2", "missing.tgz", "../packages#1", ""])
def test_a_package_that_is_not_there_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".fhir" / "packages#1").mkdir(parents=True)
    with pytest.raises(FileFault):
        package_path(name or "#")


def official(fhir_packages: Path, version: str) -> str:
    return str(fhir_packages / f"kl.dk.fhir.children-{version}.tgz")


@pytest.mark.packages
def test_the_shipped_standard_is_the_official_one(fhir_packages: Path) -> None:
    found = compare_editions(SHIPPED, official(fhir_packages, "2.1.0"), shipped_standard())
    assert found.changes == ()
    assert found.differences == ()


@landing("the shipped standard is compared with the official one in every run")
@pytest.mark.packages
def test_the_incremental_delivery_came_with_the_newest_edition(fhir_packages: Path) -> None:
    found = compare_editions(official(fhir_packages, "2.0.1"), official(fhir_packages, "2.1.0"), shipped_standard())
    assert found.changes == (
        DriftChange(DriftAspect.PROFILE, DriftKind.ADDED, "klgateway-children-incremental-delivery"),
    )
    assert compare_editions(official(fhir_packages, "2.0.1"), SHIPPED, shipped_standard()).differences


@pytest.mark.packages
def test_the_first_edition_differs_in_every_aspect_it_has(fhir_packages: Path) -> None:
    editions = official(fhir_packages, "1.0.0"), official(fhir_packages, "2.1.0")
    found = compare_editions(*editions, shipped_standard()).changes
    assert {one.aspect for one in found} == set(DriftAspect) - {DriftAspect.QUESTION}
    told = {(one.subject, one.place): (one.before, one.after) for one in found if one.aspect is DriftAspect.CARDINALITY}
    assert told["klgateway-children-encounter", "Encounter.location"] == ("0..0", "0..1")
