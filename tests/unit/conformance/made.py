"""Reports to change and definitions to check by, for the tests of the engine."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.conformance.checks.resources import ResourceChecker
from ldbu_desktop.conformance.checks.run import Run
from ldbu_desktop.conformance.profiles.official_facts import fact_file
from ldbu_desktop.conformance.profiles.profile_set import ProfileSet
from ldbu_desktop.conformance.reading.places import Place, fhir_path, top
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.profiles import Definitions, shipped_facts
from ldbu_desktop.use_cases.engines import engine_for

Json = dict[str, Any]
FHIR = "http://hl7.org/fhir/StructureDefinition/"
REPORT = shipped_standard().header.profiles["delivery-report"]
DELIVERY = shipped_standard().header.profiles["incremental-delivery"]
OWN = "http://example.org/fhir/"
ENTRIES = {"Patient": 0, "Location": 1, "Encounter": 2, "Observation": 3}
"""Where the sample has its first resource of each type."""


@cache
def _sample(name: str) -> bytes:
    (path,) = resource("samples/rapporter").glob(f"{name}-*.json")
    return path.read_bytes()


def report(name: str = "school-entry") -> Json:
    """A sample report, to be changed: by default one with a school and ten observations."""
    made: Json = json.loads(_sample(name))
    return made


def within(report: Json, kind: str, number: int = 0) -> Json:
    """A resource of a report, by type."""
    found: list[Json] = [one["resource"] for one in report["entry"] if one["resource"]["resourceType"] == kind]
    return found[number]


def told(value: Any) -> list[tuple[str, str]]:
    """The errors of a report: keys (the last part) and places."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    verdict = engine_for(shipped_standard()).check(data, with_ours=False)
    assert verdict.valid == (not verdict.errors)
    return [(one.key, one.at) for one in verdict.errors]


def definitions(resources: Iterable[Json] = ()) -> Definitions:
    """Definitions of one's own, on the base of FHIR R4."""
    own = fact_file("own.example", "1.0.0", resources)
    return Definitions([own, shipped_facts("r4-report")], later=lambda: shipped_facts("r4"))


def checker(resources: Iterable[Json] = ()) -> ResourceChecker:
    """What checks by definitions of one's own."""
    return ResourceChecker(ProfileSet(definitions(resources)))


def structure(name: str, kind: str, elements: Iterable[Json], **more: Any) -> Json:
    """A profile named ``name`` of a type, with these elements after the first one."""
    return {
        "resourceType": "StructureDefinition", "url": f"{OWN}{name}", "version": "1.0.0", "type": kind,
        "kind": "resource",
        "derivation": "constraint", "baseDefinition": f"{FHIR}{kind}",
        "snapshot": {"element": [{"path": kind, "min": 0, "max": "*", **more.pop("first", {})}, *elements]}, **more,
    }  # fmt: skip


def element(path: str, code: str = "", **more: Any) -> Json:
    """An element of a profile; optional, once, of one type."""
    return {"path": path, "min": 0, "max": "1", **({"type": [{"code": code}]} if code else {}), **more}


def checked(profiles: Iterable[Json], url: str, value: Json) -> list[tuple[str, str]]:
    """What is wrong with a value by one profile of one's own: keys and places."""
    objects = checker(profiles).objects
    run = Run(value)
    place = top(str(value.get("resourceType", "x")))
    run.scope.resource = value
    run.scope.resource_place = place
    plan = objects.plan(str(value["resourceType"]), (f"{OWN}{url}",))
    assert plan is not None
    objects.check_object(plan, value, place, run)
    return [(one.key, fhir_path(one.place)) for one in run.problems]


def at(path: str) -> Place:
    """A place by its steps."""
    steps = path.split(".")
    place = top(steps[0])
    for step in steps[1:]:
        place = Place(place, step, step, None)
    return place


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
