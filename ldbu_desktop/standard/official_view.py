"""What official packages say, looked up for the comparison with the catalogue: elements, codes, rules, questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ldbu_desktop.standard.official_package import OfficialPackage, Resource

ElementDefinition = Mapping[str, Any]

_VISIT = re.compile(r"type\.coding\.code = '([^']*)'")
_CLASS = re.compile(r"class\.code = '([^']*)'")
_CODE = re.compile(r"code\.coding\.where\(code = '([^']*)'\)")
_CONFORMS = re.compile(r"conformsTo\('([^']*)'\)")
_DECIMALS = re.compile(r"matches\('\^\[0-9\]\*(?:\\u002e|\\\.)\?((?:\[0-9\])+)\$'\)")
_DIGIT = "[0-9]"
_MOST_NESTED = 50
"""Value sets within each other that are looked into."""


class ReportRule(NamedTuple):
    """A rule of a report: with an encounter of these visits and classes, some observation has one of these codes."""

    visits: frozenset[str]
    classes: frozenset[str]
    codes: frozenset[str]


class Expansion(NamedTuple):
    """The codes of a value set, and the value sets it includes that are in none of the packages."""

    codes: frozenset[tuple[str, str]]
    external: frozenset[str]


class OfficialView:
    """The resources of some packages. ``main`` is the one with the profiles of delivery reports."""

    def __init__(self, main: OfficialPackage, packages: Iterable[OfficialPackage]) -> None:
        self.main = main
        self.resources: dict[str, Resource] = dict(main.resources)
        for package in packages:
            self.resources = {**package.resources, **self.resources}
        self.displays = {pair: display for pair, display, _ in self._concepts()}
        self._above = {pair: above for pair, _, above in self._concepts()}
        self._expansions: dict[str, Expansion] = {}

    def _of_type(self, kind: str) -> Iterator[Resource]:
        return (one for one in self.resources.values() if one["resourceType"] == kind)

    def _concepts(self) -> Iterator[tuple[tuple[str, str], str, frozenset[str]]]:
        """Every concept of every code system: system and code, display, and the codes above it."""
        for system in self._of_type("CodeSystem"):
            waiting = [(concept, frozenset[str]()) for concept in system.get("concept", ())]
            while waiting:
                concept, above = waiting.pop()
                yield (system["url"], concept["code"]), concept.get("display", ""), above
                waiting.extend((inner, above | {concept["code"]}) for inner in concept.get("concept", ()))

    def own(self, kind: str) -> dict[str, Resource]:
        """The main package's resources of a type, by URL."""
        return {one["url"]: one for one in self.main.by_type.get(kind, ())}

    def elements(self, profile: str) -> dict[str, ElementDefinition]:
        """The elements of a profile's snapshot by id; empty where there is no such profile."""
        snapshot = self.resources.get(profile, {}).get("snapshot", {})
        return {element["id"]: element for element in snapshot.get("element", ())}

    def expressions(self, profile: str) -> dict[str, str]:
        """The invariants of a profile as a whole: key and expression."""
        root = next(iter(self.elements(profile).values()), {})
        return {one["key"]: one.get("expression", "") for one in root.get("constraint", ())}

    def decimals(self, profile: str) -> int | None:
        """The most decimals that an invariant of the profile lets a quantity have."""
        found = (_DECIMALS.search(expression) for expression in self.expressions(profile).values())
        return next((match[1].count(_DIGIT) for match in found if match), None)

    def demands(self, report: str) -> dict[str, ReportRule]:
        """The rules of a report by the key of their invariant."""
        return {
            key: ReportRule(*(frozenset(part.findall(expression)) for part in (_VISIT, _CLASS, _CODE)))
            for key, expression in self.expressions(report).items()
            if "resource as Encounter" in expression
        }

    def reported_profiles(self, report: str) -> frozenset[str]:
        """The profiles that what stands in a report must conform to."""
        entry = self.elements(report).get("Bundle.entry.resource", {})
        of_types = {profile for type_ in entry.get("type", ()) for profile in type_.get("profile", ())}
        in_rules = {url for text in self.expressions(report).values() for url in _CONFORMS.findall(text)}
        return frozenset(of_types | in_rules)

    def systems(self) -> frozenset[str]:
        """Every URI that identifies a code system or a kind of identifier."""
        found = {system["url"] for system in self._of_type("CodeSystem")}
        for definition in self._of_type("StructureDefinition"):
            for element in self.elements(definition["url"]).values():
                found.update(text for key in ("fixedUri", "patternUri") if isinstance(text := element.get(key), str))
                found.update(system for system, _ in given_codes(element))
        return frozenset(found)

    def expansion(self, value_set: str, depth: int = 0) -> Expansion:
        """The codes of a value set that is in the packages; one that includes itself adds nothing."""
        if value_set not in self._expansions:
            self._expansions[value_set] = Expansion(frozenset(), frozenset())
            self._expansions[value_set] = self._expanded(value_set, depth)
        return self._expansions[value_set]

    def _expanded(self, value_set: str, depth: int) -> Expansion:
        compose = self.resources[value_set].get("compose", {})
        codes: set[tuple[str, str]] = set()
        external: set[str] = set()
        for part in compose.get("include", ()):
            codes |= self._portion(part, external, depth)
        for part in compose.get("exclude", ()):
            codes -= self._portion(part, external, depth)
        return Expansion(frozenset(codes), frozenset(external))

    def _portion(self, part: Mapping[str, Any], external: set[str], depth: int) -> set[tuple[str, str]]:
        codes = {(part["system"], concept["code"]) for concept in part.get("concept", ())}
        for included in part.get("valueSet", ()):
            if included not in self.resources or depth == _MOST_NESTED:
                external.add(included)
                continue
            inner = self.expansion(included, depth + 1)
            codes |= inner.codes
            external |= inner.external
        for condition in part.get("filter", ()):
            top, includes_top = condition["value"], condition["op"] == "is-a"
            codes |= {
                pair
                for pair, above in self._above.items()
                if pair[0] == part["system"] and (top in above or (includes_top and pair[1] == top))
            }
        return codes

    def binding(self, profile: str, element: str) -> str:
        """The value set that an element's code must be from, whichever way down to the code it is bound."""
        elements = self.elements(profile)
        for step in (":valueCodeableConcept.coding", ":valueCodeableConcept", ".coding", ""):
            bound = elements.get(element + step, {}).get("binding", {})
            if "valueSet" in bound:
                return str(bound["valueSet"]).partition("|")[0]
        for type_ in elements.get(element, {}).get("type", ()):
            for extension in type_.get("profile", ()):
                if found := self.binding(extension, "Extension.value[x]"):
                    return found
        return ""


def given_codes(element: ElementDefinition) -> dict[tuple[str, str], str]:
    """The codes that an element must have, with the display where that is given too."""
    for key, value in element.items():
        if not key.startswith(("fixed", "pattern")):
            continue
        if isinstance(value, str):
            return {("", value): ""} if key.endswith("Code") else {}
        codings = value.get("coding", (value,))
        return {(one.get("system", ""), one.get("code", "")): one.get("display", "") for one in codings}
    return {}


def questions(questionnaire: Resource) -> Iterator[Mapping[str, Any]]:
    """The questions of a questionnaire, those within others included."""
    waiting = list(reversed(questionnaire.get("item", ())))
    while waiting:
        item = waiting.pop()
        yield item
        waiting.extend(reversed(item.get("item", ())))
