"""Makes the files of facts that ship, from the official packages and HL7's definitions of FHIR R4.

usage: python tests/conformance/ship_profiles.py PACKAGES R4_DEFINITIONS UCUM_ESSENCE

PACKAGES is the folder with the official packages (``.tgz``); R4_DEFINITIONS a zip or jar with ``profiles-types.xml``,
``profiles-resources.xml``, ``profiles-others.xml``, ``extension-definitions.xml``, ``valuesets.xml``,
``v3-codesystems.xml`` and ``v2-tables.xml``; UCUM_ESSENCE a zip or jar that has ``ucum-essence.xml``.
Only facts are taken: no descriptions, no terms.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec

from ldbu_desktop.conformance.profiles import official_facts
from ldbu_desktop.standard.official_package import read_package
from ldbu_desktop.standard.profiles import FHIR_TYPES, CodeSystem, FactFile, Profile, ValueSet

PACKAGES = ("kl.dk.fhir.children-2.1.0", "kl.dk.fhir.term-2.2.0", "hl7.fhir.dk.core-3.2.0")
IN_REPORTS = (
    "Resource", "DomainResource", "Bundle", "Patient", "RelatedPerson", "Encounter", "CarePlan", "Location",
    "Observation", "QuestionnaireResponse",
)  # fmt: skip
TARGET = Path(__file__).parents[2] / "resources" / "standard" / "profiles"
DEFINITIONS = (
    "profiles-types.xml", "profiles-resources.xml", "profiles-others.xml", "extension-definitions.xml", "valuesets.xml",
    "v3-codesystems.xml", "v2-tables.xml",
)  # fmt: skip

_NUMBERS = {"min", "maxLength"}
_BOOLEANS = {"abstract", "ordered", "isModifier", "caseSensitive"}
_LISTS = {
    "element", "constraint", "discriminator", "extension", "include", "exclude", "concept", "filter", "targetProfile",
    "aggregation", "coding", "context",
}  # fmt: skip
_LISTS_IN = {("element", "type"), ("type", "profile"), ("include", "valueSet"), ("exclude", "valueSet")}


def main(packages: Path, definitions: Path, ucum: Path) -> None:
    """Write the four files."""
    TARGET.mkdir(parents=True, exist_ok=True)
    own = [one for name in PACKAGES for one in read_package(packages / f"{name}.tgz").all_resources]
    children = official_facts.fact_file("kl-children", "2.1.0", own)
    base = official_facts.fact_file("r4", "4.0.1", r4_resources(definitions))
    needed, rest = divided(base, children)
    write(children)
    write(needed)
    write(rest)
    (TARGET / "ucum.json").write_text(json.dumps(units(ucum), indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def r4_resources(archive: Path) -> Iterator[dict[str, Any]]:
    """Every definition in HL7's files, as FHIR JSON as far as facts need it."""
    with zipfile.ZipFile(archive) as opened:
        names = {Path(name).name: name for name in opened.namelist()}
        for wanted in DEFINITIONS:
            tree = ElementTree.fromstring(opened.read(names[wanted]))  # noqa: S314 - HL7's own files
            for resource in tree.iterfind("{*}entry/{*}resource/*"):
                if local(resource) in {"StructureDefinition", "ValueSet", "CodeSystem"}:
                    one = as_json(resource)
                    one["resourceType"] = local(resource)
                    yield one


def local(element: ElementTree.Element) -> str:
    """The name without its namespace."""
    return element.tag.rpartition("}")[2]


def as_json(element: ElementTree.Element) -> Any:
    """An XML element as JSON; only what facts are made of is given its right type."""
    value = element.get("value")
    if value is not None:
        name = local(element)
        if name in _NUMBERS:
            return int(value)
        return value == "true" if name in _BOOLEANS or name.endswith("Boolean") else value
    made: dict[str, Any] = {}
    for attribute in ("id", "url"):
        if element.get(attribute):
            made[attribute] = element.get(attribute)
    for child in element:
        name = local(child)
        if name in {"text", "contact", "mapping", "designation", "property"} and local(element) != "filter":
            continue
        if name in _LISTS or (local(element), name) in _LISTS_IN:
            if (local(element), name) == ("snapshot", "element") or name != "element" or local(element) == "snapshot":
                made.setdefault(name, []).append(as_json(child))
        else:
            made[name] = as_json(child)
    return made


def divided(base: FactFile, children: FactFile) -> tuple[FactFile, FactFile]:
    """What reports need of FHIR R4, and the rest."""
    profiles = {url: msgspec.json.decode(raw, type=Profile) for url, raw in base.profiles.items()}
    wanted = {
        url
        for url, one in profiles.items()
        if not one.is_constraint and (one.kind != "resource" or one.type in IN_REPORTS)
    } | {FHIR_TYPES + name for name in ("SimpleQuantity", "MoneyQuantity")}
    sets = value_sets_of([*map(profiles.__getitem__, wanted), *decoded(children.profiles, Profile)], base, children)
    systems = systems_of(sets, base)
    needed = FactFile(
        "r4-report",
        "4.0.1",
        {url: base.profiles[url] for url in wanted},
        {url: base.value_sets[url] for url in sets},
        {url: base.code_systems[url] for url in systems},
    )
    return needed, FactFile(
        "r4", "4.0.1",
        {url: raw for url, raw in base.profiles.items() if url not in wanted},
        {url: raw for url, raw in base.value_sets.items() if url not in sets},
        {url: raw for url, raw in base.code_systems.items() if url not in systems},
    )  # fmt: skip


def decoded(raws: dict[str, msgspec.Raw], model: Any) -> list[Any]:
    """All facts of a kind."""
    return [msgspec.json.decode(raw, type=model) for raw in raws.values()]


def value_sets_of(profiles: list[Profile], base: FactFile, children: FactFile) -> set[str]:
    """The value sets of FHIR R4 that these profiles bind to, with those they include."""
    found: set[str] = set()
    bindings = [e.binding for one in profiles for e in one.elements if e.binding and e.binding.strength != "example"]
    waiting = [url for binding in bindings for url in (binding.value_set, binding.max_set)]
    for one in decoded(children.value_sets, ValueSet):
        waiting.extend(url for portion in one.include for url in portion.value_sets)
    while waiting:
        url = waiting.pop().partition("|")[0]
        if url in base.value_sets and url not in found:
            found.add(url)
            one = msgspec.json.decode(base.value_sets[url], type=ValueSet)
            waiting.extend(url for portion in one.include for url in portion.value_sets)
    return found


def systems_of(value_sets: set[str], base: FactFile) -> set[str]:
    """The code systems that these value sets take codes from, the small ones only: the others are rarely asked for."""
    found = {"http://terminology.hl7.org/CodeSystem/v3-ActCode", "http://terminology.hl7.org/CodeSystem/v3-RoleCode"}
    for url in value_sets:
        one = msgspec.json.decode(base.value_sets[url], type=ValueSet)
        for portion in one.include:
            raw = base.code_systems.get(portion.system)
            if raw is not None and len(msgspec.json.decode(raw, type=CodeSystem).codes) < 200:
                found.add(portion.system)
    return found


def units(archive: Path) -> dict[str, list[str]]:
    """The prefixes and the units of UCUM by code, those that take a prefix apart."""
    with zipfile.ZipFile(archive) as opened:
        tree = ElementTree.fromstring(opened.read("ucum-essence.xml"))  # noqa: S314 - as above
    found: dict[str, list[str]] = {"prefixes": [], "metric": [], "other": []}
    for one in tree:
        name = local(one)
        code = one.get("Code")
        if code and name == "prefix":
            found["prefixes"].append(code)
        elif code:
            found["metric" if name == "base-unit" or one.get("isMetric") == "yes" else "other"].append(code)
    return found


def write(file: FactFile) -> None:
    """One fact a line, sorted, so that a change is seen as one."""
    parts = [f'"name": {json.dumps(file.name)}', f'"version": {json.dumps(file.version)}']
    for kind in ("profiles", "value_sets", "code_systems"):
        facts = sorted(getattr(file, kind).items())
        lines = ",\n".join(f"{json.dumps(url)}: {bytes(raw).decode()}" for url, raw in facts)
        parts.append(f'"{kind}": {{\n{lines}\n}}')
    (TARGET / f"{file.name}.json").write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
