"""An edition of the standard, as an official package or our catalogue states it, and what two of them differ in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from ldbu_desktop.conformance.profiles.official_facts import fact_file
from ldbu_desktop.standard.comparison import Difference
from ldbu_desktop.standard.drift import Concept, DriftChange, Edition, QuestionItem
from ldbu_desktop.standard.model import OWN_PROFILES, Standard
from ldbu_desktop.standard.official_package import OfficialPackage
from ldbu_desktop.standard.official_view import OfficialView, questions
from ldbu_desktop.standard.profiles import CodeSystem, FactFile, Portion, Profile, ValueSet, facts_of

SHIPPED = "shipped"
"""The name of what ships with the program."""
_MOST_NESTED = 50
"""Value sets within each other that are looked into, at least."""


@dataclass(frozen=True, slots=True)
class EditionComparison:
    """Two editions and what changed from one to the other.

    ``differences`` are what our catalogue states otherwise than the package, where one of the two is ``shipped``.
    """

    before: str
    after: str
    changes: tuple[DriftChange, ...]
    differences: tuple[Difference, ...] = ()


def official_edition(packages: tuple[OfficialPackage, ...]) -> Edition:
    """An edition as an official package states it; the first package is the edition itself."""
    main = packages[0]
    view = OfficialView(main, packages[1:])
    facts = fact_file(main.name, main.version, view.resources.values())
    questionnaires = {url: dict(_questions(one)) for url, one in view.own("Questionnaire").items()}
    return _edition(f"{main.name} {main.version}", main.canonical, facts, view.displays, questionnaires)


def catalogue_edition(standard: Standard) -> Edition:
    """An edition as our catalogue and its profiles state it."""
    header = standard.header
    danish = {header.systems[name] for name in ("fboe", "care-social")}
    terms = {
        (concept.system, concept.code): concept.term
        for one in standard.value_sets
        for concept in one.concepts
        if concept.system in danish  # the terms of other systems are English there, and our own translation here
    }
    questionnaires = {
        one.url: {item.link_id: QuestionItem(item.type, item.min, item.max, item.options) for item in one.items}
        for one in standard.questionnaires
    }
    name = f"{header.package} {header.version} ({SHIPPED})"
    return _edition(name, header.canonical, facts_of(standard, OWN_PROFILES), terms, questionnaires)


def _edition(
    name: str,
    canonical: str,
    facts: FactFile,
    terms: Mapping[Concept, str],
    questionnaires: Mapping[str, Mapping[str, QuestionItem]],
) -> Edition:
    profiles = {url: msgspec.json.decode(raw, type=Profile) for url, raw in facts.profiles.items()}
    own = {url: one for url, one in profiles.items() if url.startswith(canonical)}
    for one in tuple(own.values()):
        own.update((url, profiles[url]) for url in _used_profiles(one) if url in profiles)
    value_sets = {url: codes for url, codes in _Expansion(facts).codes.items() if url.startswith(canonical)}
    return Edition(name, canonical, own, value_sets, terms, questionnaires)


def _used_profiles(profile: Profile) -> set[str]:
    return {url.partition("|")[0] for one in profile.elements for type_ in one.types for url in type_.profiles}


class _Expansion:
    """The codes of the value sets in a file of facts."""

    def __init__(self, facts: FactFile) -> None:
        self._systems = {url: msgspec.json.decode(raw, type=CodeSystem) for url, raw in facts.code_systems.items()}
        sets = {url: msgspec.json.decode(raw, type=ValueSet) for url, raw in facts.value_sets.items()}
        self.codes: dict[str, frozenset[Concept] | None] = dict.fromkeys(sets, frozenset())
        """All codes of each value set; None where it can't be told."""
        for _ in range(_MOST_NESTED):
            before = self.codes.copy()
            self.codes.update((url, self._whole(one)) for url, one in sets.items())
            if self.codes == before:
                return

    def _whole(self, value_set: ValueSet) -> frozenset[Concept] | None:
        """The codes of a value set, by what is known so far of those it includes."""
        included = list(map(self._portion, value_set.include))
        excluded = list(map(self._portion, value_set.exclude))
        if None in included or None in excluded:
            return None
        codes = frozenset().union(*(one for one in included if one))
        return codes.difference(*(one for one in excluded if one))

    def _portion(self, portion: Portion) -> frozenset[Concept] | None:
        parts = [self.codes.get(url.partition("|")[0]) for url in portion.value_sets]
        if portion.system:
            parts.append(self._listed(portion))
        known = [part for part in parts if part is not None]
        return frozenset.intersection(*known) if known and len(known) == len(parts) else None

    def _listed(self, portion: Portion) -> frozenset[Concept] | None:
        codes: Iterable[str] = portion.codes
        if not portion.codes:
            system = self._systems.get(portion.system)
            if system is None or system.content != "complete":
                return None
            codes = system.codes
            for one in portion.filters:
                if one.property != "concept" or one.op not in {"is-a", "descendent-of"}:
                    return None
                below = _below(system, one.value)
                codes = [c for c in codes if c in below or (one.op == "is-a" and c == one.value)]
        return frozenset((portion.system, code) for code in codes)


def _below(system: CodeSystem, top: str) -> set[str]:
    children: dict[str, list[str]] = {}
    for code, parents in system.parents.items():
        for parent in parents:
            children.setdefault(parent, []).append(code)
    found: set[str] = set()
    waiting = [top]
    while waiting:
        for code in children.get(waiting.pop(), ()):
            if code not in found:
                found.add(code)
                waiting.append(code)
    return found


def _questions(questionnaire: Mapping[str, Any]) -> Iterator[tuple[str, QuestionItem]]:
    for item in questions(questionnaire):
        limits = {one.get("url", "").rpartition("/")[2]: one.get("valueInteger") for one in item.get("extension", ())}
        options = tuple(
            str(value) for option in item.get("answerOption", ()) for key, value in option.items() if key[:5] == "value"
        )
        asked = QuestionItem(
            item.get("type", ""), limits.get("minValue"), limits.get("maxValue"), options, item.get("text")
        )
        yield item.get("linkId", ""), asked
