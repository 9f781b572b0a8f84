"""The catalogue held against official packages: where the two state the same fact differently.

Only what both can state is compared. Labels, explanations, ages, plausible ranges and the guide's table are our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from ldbu_desktop.standard.model import ANY_OBSERVATION, Item, Questionnaire, Standard, ValueSet, Variable
from ldbu_desktop.standard.official_package import OfficialPackage, Resource
from ldbu_desktop.standard.official_view import ElementDefinition, OfficialView, ReportRule, given_codes, questions

_LIMITS = {"min": "minValue", "max": "maxValue"}


class Aspect(StrEnum):
    """What a difference is about."""

    PACKAGE = "package"
    PROFILE = "profile"
    EXTENSION = "extension"
    SYSTEM = "system"
    VISIT_TYPE = "visit-type"
    VALUE_SET = "value-set"
    CODE = "code"
    TERM = "term"
    CARDINALITY = "cardinality"
    BINDING = "binding"
    FIXED = "fixed"
    UNIT = "unit"
    DECIMALS = "decimals"
    PERIOD = "period"
    MISSING_REASON = "missing-reason"
    RULE = "rule"
    QUESTIONNAIRE = "questionnaire"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that the catalogue (``ours``) and the packages (``theirs``) state differently; empty where not stated.

    ``subject`` is the id or URL of what it is about, ``place`` the element, code or question within it.
    """

    aspect: Aspect
    subject: str
    place: str
    ours: str
    theirs: str


def compare(standard: Standard, packages: Iterable[OfficialPackage]) -> tuple[Difference, ...]:
    """Every difference between ``standard`` and ``packages``: the standard's own and those that it depends on."""
    found = tuple(packages)
    header = standard.header
    main = next((package for package in found if package.name == header.package), None)
    if main is None:
        return (Difference(Aspect.PACKAGE, header.package, "", header.version, ""),)
    official = OfficialView(main, found)
    return tuple(
        chain(
            _stated(Aspect.PACKAGE, header.package, "", header.version, main.version),
            _identity_differences(standard, official),
            _visit_type_differences(standard, official),
            _value_set_differences(standard, official),
            *(_variable_differences(standard, variable, official) for variable in standard.variables),
            *(_observed_differences(standard, variable, official) for variable in standard.observed),
            _rule_differences(standard, official),
            _questionnaire_differences(standard, official),
        )
    )


def _stated(aspect: Aspect, subject: str, place: str, ours: object, theirs: object) -> Iterator[Difference]:
    if ours != theirs:
        yield Difference(aspect, subject, place, _told(ours), _told(theirs))


def _told(value: object) -> str:
    if isinstance(value, Set):
        return ", ".join(sorted(_told(one) for one in value))
    if isinstance(value, tuple):
        return " ".join(filter(None, map(_told, value)))
    return "" if value is None else str(value)


def _members(aspect: Aspect, subject: str, ours: Set[str], theirs: Set[str]) -> Iterator[Difference]:
    for one in sorted(ours - theirs):
        yield Difference(aspect, subject, one, one, "")
    for one in sorted(theirs - ours):
        yield Difference(aspect, subject, one, "", one)


def _identity_differences(standard: Standard, official: OfficialView) -> Iterator[Difference]:
    header = standard.header
    report = header.profiles["delivery-report"]
    whole = {url for url, one in official.own("StructureDefinition").items() if one["type"] == "Bundle"}
    extensions = {url for url, one in official.own("StructureDefinition").items() if one["type"] == "Extension"}
    reported = official.reported_profiles(report) | whole
    yield from _members(Aspect.PROFILE, header.package, set(header.profiles.values()), reported)
    yield from _members(Aspect.EXTENSION, header.package, set(header.extensions.values()), extensions)
    systems = official.systems()
    for name, system in header.systems.items():
        yield from _stated(Aspect.SYSTEM, name, "", system, system if system in systems else "")
    for name, fixed in header.fixed.items():
        element = official.elements(header.profiles[fixed.profile]).get(fixed.element, {})
        yield from _stated(Aspect.FIXED, name, fixed.element, {(fixed.system, fixed.code)}, set(given_codes(element)))


def _visit_type_differences(standard: Standard, official: OfficialView) -> Iterator[Difference]:
    """The visit types are the codes that the value set bound to the type of an encounter has."""
    url = official.binding(standard.header.profiles["encounter"], "Encounter.type")
    codes = official.expansion(url).codes if url in official.resources else frozenset()
    terms = {code: official.displays.get((system, code), "") for system, code in codes}
    yield from _members(Aspect.VISIT_TYPE, url, set(standard.visit_type_by_code), set(terms))
    for visit_type in standard.visit_types:
        if visit_type.code in terms:
            yield from _stated(Aspect.TERM, url, visit_type.code, visit_type.label.da, terms[visit_type.code])


def _value_set_differences(standard: Standard, official: OfficialView) -> Iterator[Difference]:
    canonical = standard.header.canonical
    ours = {one.url: one for one in standard.value_sets}
    own = {url for url in ours if url.startswith(f"{canonical}/")}
    yield from _members(Aspect.VALUE_SET, canonical, own, set(official.own("ValueSet")))
    for url, value_set in ours.items():
        if url in official.resources and (value_set.concepts or value_set.external):
            yield from _code_differences(value_set, official)
        for concept in value_set.concepts:
            theirs = official.displays.get((concept.system, concept.code), concept.display)
            yield from _stated(Aspect.TERM, value_set.id, concept.code, concept.display, theirs)


def _code_differences(value_set: ValueSet, official: OfficialView) -> Iterator[Difference]:
    theirs = official.expansion(value_set.url)
    yield from _stated(Aspect.VALUE_SET, value_set.id, "", frozenset(value_set.external), theirs.external)
    known = {system for system, _ in official.displays}
    # Codes of a value set that is in none of the packages can't be compared.
    ours = {
        (concept.system, concept.code)
        for concept in value_set.concepts
        if not theirs.external or concept.system in known
    }
    told = {pair: "|".join(pair) for pair in ours | theirs.codes}
    yield from _members(Aspect.CODE, value_set.id, {told[pair] for pair in ours}, {told[pair] for pair in theirs.codes})


def _profiles_of(standard: Standard, variable: Variable) -> list[str]:
    if variable.profile != ANY_OBSERVATION:
        return [standard.header.profiles[variable.profile]]
    return [standard.header.profiles[one.profile] for one in standard.observed]


def _variable_differences(standard: Standard, variable: Variable, official: OfficialView) -> Iterator[Difference]:
    """Cardinality and value set; where a variable belongs to several profiles, the widest of what they allow."""
    profiles = _profiles_of(standard, variable)
    found = [elements[variable.element] for url in profiles if variable.element in (elements := official.elements(url))]
    ours = (variable.min, "*" if variable.max is None else str(variable.max))
    theirs = (min(one["min"] for one in found), _widest(one["max"] for one in found)) if found else ()
    yield from _stated(Aspect.CARDINALITY, variable.id, variable.element, ours, theirs)
    if variable.value_set is not None:
        bound = {url for one in profiles if (url := official.binding(one, variable.element))}
        url = standard.value_set[variable.value_set].url
        yield from _stated(Aspect.BINDING, variable.id, variable.element, {url}, bound)


def _widest(limits: Iterable[str]) -> str:
    return max(limits, key=lambda limit: (limit == "*", limit.zfill(3)))


def _observed_differences(standard: Standard, variable: Variable, official: OfficialView) -> Iterator[Difference]:
    profile = standard.header.profiles[variable.profile]
    elements = official.elements(profile)
    yield from _coding_differences(standard, variable, official, elements)
    category = {(variable.category.system, variable.category.code)} if variable.category else set()
    given = given_codes(elements.get("Observation.category", {}))
    yield from _stated(Aspect.FIXED, variable.id, "Observation.category", category, set(given))
    if variable.kind == "quantity":
        ours = {unit.code for unit in variable.units}
        yield from _stated(Aspect.UNIT, variable.id, "", ours, _units(official, profile, elements))
    decimals = official.decimals(profile)
    yield from _stated(Aspect.DECIMALS, variable.id, "", variable.decimals, decimals)
    has_period = elements.get("Observation.effective[x]:effectivePeriod", {}).get("max", "0") != "0"
    period = "moment or period" if has_period else "moment"
    yield from _stated(Aspect.PERIOD, variable.id, "", variable.effective, period)
    reason = "refused" if elements.get("Observation.dataAbsentReason", {}).get("max") == "0" else "accepted"
    if reason == "accepted" and decimals is not None:
        reason = "contradicted"
    yield from _stated(Aspect.MISSING_REASON, variable.id, "", variable.missing_reason, reason)


def _coding_differences(
    standard: Standard, variable: Variable, official: OfficialView, elements: dict[str, ElementDefinition]
) -> Iterator[Difference]:
    given: dict[tuple[str, str], str] = {}
    bound: set[str] = set()
    for element in elements.values():
        if element["path"] == "Observation.code.coding" and element["max"] != "0":
            codes = given_codes(element)
            given.update(codes)
            url = element.get("binding", {}).get("valueSet", "")
            if not codes and url in official.own("ValueSet"):
                bound.add(url)
    chosen = standard.value_set[variable.coding_set] if variable.coding_set else None
    yield from _stated(Aspect.BINDING, variable.id, "Observation.code", {chosen.url} if chosen else set(), bound)
    always = {(one.system, one.code): one for one in variable.codings if not chosen or one.code not in chosen.by_code}
    yield from _stated(Aspect.FIXED, variable.id, "Observation.code", set(always), set(given))
    yield from _stated(Aspect.FIXED, variable.id, "display", variable.display_is_fixed, any(given.values()))
    for coding in variable.codings:
        pair = (coding.system, coding.code)
        theirs = given.get(pair) or official.displays.get(pair, coding.display)
        yield from _stated(Aspect.TERM, variable.id, coding.code, coding.display, theirs)


def _units(official: OfficialView, profile: str, elements: dict[str, ElementDefinition]) -> set[str]:
    place = "Observation.value[x]:valueQuantity.code"
    url = official.binding(profile, place)
    pairs = official.expansion(url).codes if url in official.resources else set(given_codes(elements.get(place, {})))
    return {code for _, code in pairs}


def _rule_differences(standard: Standard, official: OfficialView) -> Iterator[Difference]:
    theirs = official.demands(standard.header.profiles["delivery-report"])
    ours = {one.invariant: one for one in standard.gateway_rules}
    yield from _members(Aspect.RULE, standard.header.package, set(ours), set(theirs))
    for key, rule in ours.items():
        if key in theirs:
            demand = ReportRule(frozenset(rule.visits), frozenset(rule.classes), frozenset(rule.codes))
            for part, mine, other in zip(ReportRule._fields, demand, theirs[key], strict=True):
                yield from _stated(Aspect.RULE, key, part, mine, other)


def _questionnaire_differences(standard: Standard, official: OfficialView) -> Iterator[Difference]:
    theirs = official.own("Questionnaire")
    ours = {one.url: one for one in standard.questionnaires}
    yield from _members(Aspect.QUESTIONNAIRE, standard.header.package, set(ours), set(theirs))
    for url, questionnaire in ours.items():
        if url in theirs:
            yield from _item_differences(questionnaire, theirs[url])


def _item_differences(questionnaire: Questionnaire, official: Resource) -> Iterator[Difference]:
    theirs = {one["linkId"]: one for one in questions(official)}
    yield from _members(Aspect.ITEM, questionnaire.id, set(questionnaire.by_link_id), set(theirs))
    for item in questionnaire.items:
        if item.link_id in theirs:
            place = item.link_id
            yield from _stated(Aspect.ITEM, questionnaire.id, place, _facts(item), _official_facts(theirs[place]))


def _facts(item: Item) -> tuple[object, ...]:
    return item.type, item.min, item.max, item.options


def _official_facts(item: ElementDefinition) -> tuple[object, ...]:
    limits = {
        name: next((one["valueInteger"] for one in item.get("extension", ()) if one["url"].endswith(f"/{url}")), None)
        for name, url in _LIMITS.items()
    }
    options = tuple(one.get("valueString", "") for one in item.get("answerOption", ()))
    return item["type"], limits["min"], limits["max"], options
