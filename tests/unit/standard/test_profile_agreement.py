"""A catalogue and the profiles beside it: neither names what the other lacks, and what both say is the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.standard.catalogue import read_standard, shipped_standard
from ldbu_desktop.standard.profile_agreement import profile_flaws

Edit = Callable[[Any], None]
BASE = "http://fhir.kl.dk/children/StructureDefinition/klgateway-children-"
INFORMER = "http://fhir.kl.dk/children/StructureDefinition/FindingInformer"
SLEEP_SET = "http://fhir.kl.dk/children/ValueSet/SleepCodes"
PROFILES = "profiles/kl-children.json"


def test_what_ships_agrees_with_its_profiles() -> None:
    assert list(profile_flaws(shipped_standard())) == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The catalogue that ships, to be changed."""
    shutil.copytree(resource("standard"), tmp_path / "standard")
    return tmp_path / "standard"


def fault_after(folder: Path, *changes: tuple[str, Edit]) -> tuple[str, Any, str]:
    """The fault's key and file, and the text of the line that it names."""
    for file, edit in changes:
        path = folder / file
        facts = json.loads(path.read_text(encoding="utf-8"))
        edit(facts)
        path.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    with pytest.raises(CatalogueFault) as caught:
        read_standard(folder)
    assert all(fault_text(caught.value, language) for language in Language)
    file, line = str(caught.value.facts["file"]), caught.value.facts["line"]
    assert isinstance(line, int)
    told = (folder / file).read_text(encoding="utf-8").split("\n")[line - 1]
    return caught.value.key, file, told.strip().rstrip(",")


def variable(name: str, **facts: Any) -> tuple[str, Edit]:
    """A change of one variable."""

    def edit(found: Any) -> None:
        next(one for one in found if one["id"] == name).update(facts)

    return "variables.json", edit


def profile(name: str, edit: Edit) -> tuple[str, Edit]:
    """A change of one profile."""
    return PROFILES, lambda found: edit(found["profiles"][f"{BASE}{name}"])


def report_constraints(found: Any) -> list[dict[str, Any]]:
    """The constraints of the delivery report."""
    elements = found["profiles"][f"{BASE}delivery-report"]["elements"]
    return [one for element in elements for one in element.get("constraints", ())]


def drop_demand(found: Any) -> None:
    """One rule of the report less."""
    next(one for one in report_constraints(found) if "demand" in one).pop("demand")


def change_demand(found: Any) -> None:
    """A rule of the report with other codes."""
    next(one for one in report_constraints(found) if "demand" in one)["demand"]["codes"] = ["another"]


def not_taken(found: Any) -> None:
    """A report that takes no observation of sleep."""
    next(one for one in report_constraints(found) if one.get("conforming"))["conforming"].remove(f"{BASE}sleep")


def taken(found: Any) -> None:
    """A report that takes an observation that the catalogue lacks."""
    next(one for one in report_constraints(found) if one.get("conforming"))["conforming"].append(f"{BASE}pulse")


def element_of(found: Any, path: str) -> dict[str, Any]:
    """An element of a profile."""
    return next(one for one in found["elements"] if one.get("id", one["path"]) == path)


def with_another_code(found: Any) -> None:
    """A weight with one code more."""
    weight = next(one for one in found if one["id"] == "weight")
    weight["codings"].append({"system": "http://loinc.org", "code": "1-1", "display": "?"})


CASES: dict[str, tuple[tuple[str, Edit], tuple[str, str, str]]] = {
    "a profile is gone": (
        (PROFILES, lambda found: found["profiles"].pop(f"{BASE}sleep")),
        ("catalogue-dangling", "variables.json", '"profile": "sleep"'),
    ),
    "an extension is gone": (
        (PROFILES, lambda found: found["profiles"].pop(f"{BASE[: -len('klgateway-children-')]}FindingInformer")),
        (
            "catalogue-dangling",
            "header.json",
            f'"finding-informer": "{BASE[: -len("klgateway-children-")]}FindingInformer"',
        ),
    ),
    "a value set is gone": (
        (PROFILES, lambda found: found["value_sets"].pop(SLEEP_SET)),
        ("catalogue-dangling", "value_sets.json", f'"url": "{SLEEP_SET}"'),
    ),
    "a code is gone": (
        (PROFILES, lambda found: found["value_sets"][SLEEP_SET]["include"][0]["codes"].pop()),
        ("catalogue-dangling", "value_sets.json", ""),
    ),
    "a code is new": (
        (PROFILES, lambda found: found["value_sets"][SLEEP_SET]["include"][0]["codes"].append("new")),
        ("catalogue-lacks", "value_sets.json", '"concepts": ['),
    ),
    "an element that the profile has not": (
        variable("sleep", element="Observation.sleep"),
        ("catalogue-dangling", "variables.json", '"element": "Observation.sleep"'),
    ),
    "more are asked for": (
        variable("sleep", min=1),
        ("catalogue-unlike-profile", "variables.json", '"min": 1'),
    ),
    "more may be": (
        variable("sleep", max=None),
        ("catalogue-unlike-profile", "variables.json", '"max": null'),
    ),
    "another value set": (
        variable("sleep", value_set="SightCodes"),
        ("catalogue-unlike-profile", "variables.json", '"value_set": "SightCodes"'),
    ),
    "another code": (
        ("variables.json", with_another_code),
        ("catalogue-unlike-profile", "variables.json", '"code": "1-1"'),
    ),
    "a missing reason is refused": (
        variable("sleep", missing_reason="refused"),
        ("catalogue-unlike-profile", "variables.json", '"missing_reason": "refused"'),
    ),
    "a missing reason is taken": (
        profile("sleep", lambda found: element_of(found, "Observation.dataAbsentReason").update(max=0)),
        ("catalogue-unlike-profile", "variables.json", '"missing_reason": "accepted"'),
    ),
    "the report does not take it": (
        (PROFILES, not_taken),
        ("catalogue-unlike-profile", "variables.json", '"profile": "sleep"'),
    ),
    "the report takes more": ((PROFILES, taken), ("catalogue-lacks", "variables.json", "[")),
    "a rule is gone": ((PROFILES, drop_demand), ("catalogue-dangling", "gateway_rules.json", "")),
    "a rule is new": (
        ("gateway_rules.json", lambda found: found.pop()),
        ("catalogue-lacks", "gateway_rules.json", "["),
    ),
    "a rule is another": ((PROFILES, change_demand), ("catalogue-unlike-profile", "gateway_rules.json", '"codes": [')),
}


@pytest.mark.parametrize("name", CASES)
def test_what_differs_is_told_by_file_and_line(folder: Path, name: str) -> None:
    change, (key, file, line) = CASES[name]
    told = fault_after(folder, change)
    assert told[:2] == (key, file)
    assert told[2] == line or not line


def test_all_that_differs_is_told() -> None:
    standard = shipped_standard()
    gone = {"sleep": "http://nowhere/sleep", "delivery-report": "http://nowhere/report"}
    header = structs.replace(standard.header, profiles={**standard.header.profiles, **gone})
    sets = (*standard.value_sets, structs.replace(standard.value_sets[0], id="gone", url="http://nowhere/set"))
    found = list(profile_flaws(structs.replace(standard, header=header, value_sets=sets)))
    assert {one.what for one in found if one.file != "gateway_rules"} == {*gone.values(), "http://nowhere/set"}
    rules = [one for one in found if one.file == "gateway_rules"]
    assert [one.what for one in rules] == [one.invariant for one in standard.gateway_rules]


def test_a_value_set_without_a_list_of_codes_is_not_compared(folder: Path) -> None:
    path = folder / PROFILES
    facts = json.loads(path.read_text(encoding="utf-8"))
    facts["value_sets"][SLEEP_SET]["include"] = [{"system": "http://nowhere/system"}]
    path.write_text(json.dumps(facts), encoding="utf-8")
    assert read_standard(folder).value_set["SleepCodes"].url == SLEEP_SET


def test_nothing_more_is_said_of_a_variable_whose_element_is_gone() -> None:
    standard = shipped_standard()
    variables = tuple(
        structs.replace(one, element="Observation.sleep", min=1, max=None) if one.id == "sleep" else one
        for one in standard.variables
    )
    (found,) = profile_flaws(structs.replace(standard, variables=variables))
    assert (found.key, found.what) == ("catalogue-dangling", "Observation.sleep")


def test_a_value_that_is_no_text_is_no_code(folder: Path) -> None:
    path = folder / PROFILES
    facts = json.loads(path.read_text(encoding="utf-8"))
    sleep = facts["profiles"][f"{BASE}sleep"]
    element_of(sleep, "Observation.dataAbsentReason")["pattern"] = {"type": "boolean", "value": True}
    path.write_text(json.dumps(facts), encoding="utf-8")
    assert list(profile_flaws(read_standard(folder))) == []
