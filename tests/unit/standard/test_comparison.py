"""The catalogue against official packages: no difference to the real ones, and every kind of difference is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.comparison import Aspect, Difference, compare
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.standard.official_package import OfficialPackage, read_package

PACKAGES = ("kl.dk.fhir.children-2.1.0", "kl.dk.fhir.term-2.2.0", "hl7.fhir.dk.core-3.2.0")

Json = dict[str, Any]

CANONICAL = "http://example.org/children"
LETTERS = f"{CANONICAL}/CodeSystem/letters"
REPORT, ENCOUNTER, LENGTH, MEAL, SIGHT, SOURCE = (
    f"{CANONICAL}/StructureDefinition/{name}" for name in ("report", "encounter", "length", "meal", "sight", "source")
)
VISITS, MEALS, SIGHTS, UNITS, LYING, SOURCES = (
    f"{CANONICAL}/ValueSet/{name}" for name in ("visits", "meals", "sights", "units", "lying", "sources")
)
QUESTIONS = f"{CANONICAL}/Questionnaire/questions"
ELSEWHERE = "http://example.org/elsewhere"


def text(da: str) -> Json:
    return {"da": da, "en": f"{da} (en)"}


def concept(code: str, term: str, system: str = LETTERS) -> Json:
    return {"system": system, "code": code, "term": term, "english": f"{term} (en)"}


def value_set(url: str, *concepts: Json, **more: Any) -> Json:
    return {"id": url.rpartition("/")[2], "url": url, "label": text("x"), "concepts": concepts, **more}


def variable(id_: str, profile: str, element: str, **more: Any) -> Json:
    facts = {"record": "observation", "kind": "concept", "label": text(id_), "explanation": text(id_), "min": 0}
    return {"id": id_, "profile": profile, "element": element, "max": 1, **facts, **more}


def coding(code: str, display: str) -> Json:
    return {"system": LETTERS, "code": code, "display": display}


def small_standard() -> Standard:
    """A standard of our own making: two visit types, three observations, an informer and a questionnaire."""
    value = "Observation.value[x]"
    return msgspec.convert(
        {
            "header": {
                "package": "example.children",
                "version": "1.0.0",
                "canonical": CANONICAL,
                "systems": {"letters": LETTERS, "register": "urn:register"},
                "profile_base": f"{CANONICAL}/StructureDefinition/",
                "profiles": {
                    "delivery-report": REPORT,
                    "encounter": ENCOUNTER,
                    "length": LENGTH,
                    "meal": MEAL,
                    "sight": SIGHT,
                },
                "extensions": {"source": SOURCE},
                "fixed": {
                    "report-type": {"profile": "delivery-report", "element": "Bundle.type", "code": "collection"}
                },
            },
            "visit_types": [
                {
                    "id": name,
                    "code": code,
                    "label": text(term),
                    "explanation": text(term),
                    "subject": "child",
                    "is_at_school": False,
                }
                for name, code, term in (("first", "v1", "Første"), ("second", "v2", "Anden"))
            ],
            "variables": [
                variable(
                    "length",
                    "length",
                    value,
                    kind="quantity",
                    codings=[coding("len", "Længde"), coding("lie", "Liggende")],
                    coding_set="lying",
                    category=coding("vital", "Vital"),
                    units=[{"code": "cm", "factor": "1"}, {"code": "mm", "factor": "0.1"}],
                    decimals=1,
                    missing_reason="contradicted",
                ),
                variable(
                    "meal",
                    "meal",
                    value,
                    value_set="meals",
                    codings=[coding("eat", "Måltid")],
                    effective="moment or period",
                    missing_reason="accepted",
                ),
                variable(
                    "sight",
                    "sight",
                    value,
                    value_set="sights",
                    codings=[coding("see", "Syn")],
                    display_is_fixed=True,
                    missing_reason="refused",
                ),
                variable("observation.reason", "observation", "Observation.dataAbsentReason", kind="concept"),
                variable(
                    "visit.source", "encounter", "Encounter.extension:source", record="visit", value_set="sources"
                ),
                variable("visit.notes", "encounter", "Encounter.note", record="visit", kind="value", max=None),
            ],
            "value_sets": [
                value_set(VISITS, concept("v1", "Første"), concept("v2", "Anden")),
                value_set(MEALS, concept("m1", "Mælk"), concept("m2", "Grød")),
                value_set(SIGHTS, concept("s1", "Ser"), concept("s2", "Ser lidt"), concept("s3", "Ser ikke")),
                value_set(UNITS, concept("cm", "cm", "ucum"), concept("mm", "mm", "ucum")),
                value_set(LYING, concept("lie", "Liggende"), concept("stand", "Stående")),
                value_set(SOURCES, concept("m1", "Mælk"), concept("other", "Anden", "foreign"), external=[ELSEWHERE]),
            ],
            "gateway_rules": [
                {
                    "invariant": "rule-1",
                    "visits": ["v1", "v2"],
                    "classes": ["HH"],
                    "codes": ["eat"],
                    "variables": ["meal"],
                },
            ],
            "guide_rules": [],
            "contradictions": [],
            "questionnaires": [
                {
                    "id": "questions",
                    "url": QUESTIONS,
                    "label": text("x"),
                    "explanation": text("x"),
                    "rights": text("x"),
                    "subject": "child",
                    "items": [
                        {"link_id": "1", "type": "integer", "label": text("x"), "min": 0, "max": 3},
                        {"link_id": "2", "type": "choice", "label": text("x"), "options": ["Ja", "Nej"]},
                    ],
                }
            ],
        },
        Standard,
    )


def element(id_: str, min_: int = 0, max_: str = "1", **more: Any) -> Json:
    return {"id": id_, "path": id_.partition(":")[0], "min": min_, "max": max_, **more}


def structure(url: str, type_: str, *elements: Json, constraints: tuple[Json, ...] = ()) -> Json:
    root = element(type_, max_="*", constraint=list(constraints))
    return {
        "resourceType": "StructureDefinition",
        "url": url,
        "type": type_,
        "snapshot": {"element": [root, *elements]},
    }


def terms(url: str, *include: Json, exclude: tuple[Json, ...] = ()) -> Json:
    return {"resourceType": "ValueSet", "url": url, "compose": {"include": list(include), "exclude": list(exclude)}}


def listed(*codes: str, system: str = LETTERS) -> Json:
    return {"system": system, "concept": [{"code": code} for code in codes]}


def pattern(code: str, **more: str) -> Json:
    return {"system": LETTERS, "code": code, **more}


def bound(url: str) -> Json:
    return {"strength": "required", "valueSet": f"{url}|1.0.0"}


def official_resources() -> list[Json]:
    """What an official package would say about :func:`small_standard`."""
    rule = (
        "entry.select((resource as Encounter).where((type.coding.code = 'v1' or type.coding.code = 'v2') and "
        "(class.code = 'HH'))).exists() implies "
        "entry.select((resource as Observation).code.coding.where(code = 'eat')).exists()"
    )
    conforms = " or ".join(f"$this.conformsTo('{url}')" for url in (LENGTH, MEAL, SIGHT))
    one_decimal = r"value.ofType(Quantity).value.toString().matches('^[0-9]*\u002e?[0-9]$')"
    code = "Observation.code.coding"
    unit = "Observation.value[x]:valueQuantity"
    return [
        structure(
            REPORT,
            "Bundle",
            element("Bundle.type", 1, patternCode="collection"),
            element("Bundle.entry.resource", type=[{"code": "Encounter", "profile": [ENCOUNTER]}]),
            constraints=(
                {"key": "all", "expression": f"entry.select(resource as Observation).all({conforms})"},
                {"key": "rule-1", "expression": rule},
            ),
        ),
        structure(
            ENCOUNTER,
            "Encounter",
            element("Encounter.type", 1, binding=bound(VISITS)),
            element("Encounter.extension:source", type=[{"code": "Extension", "profile": [SOURCE]}]),
            element("Encounter.note", max_="*"),
            element("Encounter.identifier.system", fixedUri="urn:register", fixedBoolean=True),
        ),
        structure(
            LENGTH,
            "Observation",
            element("Observation.category", patternCodeableConcept={"coding": [pattern("vital")]}),
            element(f"{code}:A", 1, patternCoding=pattern("len")),
            element(f"{code}:B", binding={"strength": "required", "valueSet": LYING}),
            element(f"{code}:C", max_="0", patternCoding=pattern("never")),
            element("Observation.value[x]"),
            element(f"{unit}.code", binding=bound(UNITS)),
            element("Observation.dataAbsentReason"),
            constraints=({"key": "one-decimal", "expression": one_decimal}, {"key": "silent"}),
        ),
        structure(
            MEAL,
            "Observation",
            element(f"{code}:A", 1, patternCoding=pattern("eat")),
            element("Observation.effective[x]", 1),
            element("Observation.effective[x]:effectivePeriod"),
            element("Observation.value[x]"),
            element("Observation.value[x]:valueCodeableConcept", binding=bound(MEALS)),
            element("Observation.dataAbsentReason"),
        ),
        structure(
            SIGHT,
            "Observation",
            element(f"{code}:A", 1, patternCoding=pattern("see", display="Syn")),
            element("Observation.effective[x]:effectivePeriod", max_="0"),
            element("Observation.value[x]"),
            element("Observation.value[x]:valueCodeableConcept.coding", 1, binding=bound(SIGHTS)),
            element("Observation.dataAbsentReason", max_="0"),
        ),
        structure(SOURCE, "Extension", element("Extension.value[x]", 1, binding=bound(SOURCES))),
        terms(VISITS, listed("v1", "v2")),
        terms(MEALS, listed("m1"), {"valueSet": [f"{MEALS}-more"]}),
        terms(SIGHTS, {"system": LETTERS, "filter": [{"property": "concept", "op": "is-a", "value": "s1"}]}),
        terms(UNITS, listed("cm", "mm", system="ucum")),
        terms(LYING, listed("lie", "stand", "s1"), exclude=(listed("s1"),)),
        terms(SOURCES, listed("m1"), {"valueSet": [ELSEWHERE]}),
        {
            "resourceType": "Questionnaire",
            "url": QUESTIONS,
            "item": [
                {
                    "linkId": "1",
                    "type": "integer",
                    "extension": [
                        {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 0},
                        {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 3},
                    ],
                    "item": [
                        {
                            "linkId": "2",
                            "type": "choice",
                            "answerOption": [{"valueString": "Ja"}, {"valueString": "Nej"}],
                        }
                    ],
                },
            ],
        },
    ]


def term_resources() -> list[Json]:
    """The package of terms that the other depends on."""
    displays = {"v1": "Første", "v2": "Anden", "m1": "Mælk", "m2": "Grød", "lie": "Liggende", "stand": "Stående"}
    displays |= {"len": "Længde", "eat": "Måltid", "see": "Syn"}
    tree = {
        "code": "s1",
        "display": "Ser",
        "concept": [{"code": "s2", "display": "Ser lidt", "concept": [{"code": "s3", "display": "Ser ikke"}]}],
    }
    flat = [{"code": code, "display": display} for code, display in displays.items()]
    return [
        {"resourceType": "CodeSystem", "url": LETTERS, "concept": [*flat, tree]},
        terms(f"{MEALS}-more", listed("m2")),
    ]


def package(name: str, resources: list[Json], version: str = "1.0.0") -> OfficialPackage:
    by_type: dict[str, tuple[Json, ...]] = {}
    for one in resources:
        by_type[one["resourceType"]] = (*by_type.get(one["resourceType"], ()), one)
    by_url = {one["url"]: one for one in resources}
    return OfficialPackage(name, version, ("4.0.1",), {}, CANONICAL, by_url, by_type, Path())


class Draft:
    """The resources of both packages, to be changed before they are compared."""

    def __init__(self) -> None:
        self.main = official_resources()
        self.term = term_resources()

    def resource(self, url: str) -> Json:
        return next(one for one in self.main + self.term if one["url"] == url)

    def element(self, url: str, id_: str) -> Json:
        return next(one for one in self.resource(url)["snapshot"]["element"] if one["id"] == id_)

    def rule(self, key: str) -> Json:
        return next(one for one in self.element(REPORT, "Bundle")["constraint"] if one["key"] == key)

    def found(self) -> tuple[Difference, ...]:
        return compare(small_standard(), (package("example.term", self.term), package("example.children", self.main)))


def replaced_rule(old: str, new: str, key: str = "rule-1") -> Callable[[Draft], None]:
    def change(draft: Draft) -> None:
        draft.rule(key)["expression"] = draft.rule(key)["expression"].replace(old, new)

    return change


def updated(url: str, id_: str, **facts: Any) -> Callable[[Draft], None]:
    return lambda draft: draft.element(url, id_).update(facts)


def without(url: str) -> Callable[[Draft], None]:
    return lambda draft: draft.main.remove(draft.resource(url))


def renamed_concept(draft: Draft) -> None:
    draft.resource(LETTERS)["concept"][2]["display"] = "Modermælk"


def renamed_visit(draft: Draft) -> None:
    draft.resource(LETTERS)["concept"][0]["display"] = "Allerførste"


def renamed_observation(draft: Draft) -> None:
    draft.resource(LETTERS)["concept"][7]["display"] = "Mad"


def item(draft: Draft, *place: int) -> Json:
    found = draft.resource(QUESTIONS)
    for number in place:
        found = found["item"][number]
    return found


NO_PERIOD = "Observation.effective[x]:effectivePeriod"

CHANGES: dict[str, tuple[Callable[[Draft], Any], Aspect, str]] = {
    "a profile is gone": (replaced_rule(SIGHT, MEAL, "all"), Aspect.PROFILE, SIGHT),
    "a profile is new": (
        replaced_rule(SIGHT, f"{SIGHT}-2') or conformsTo('{SIGHT}", "all"),
        Aspect.PROFILE,
        f"{SIGHT}-2",
    ),
    "a profile is missing": (without(ENCOUNTER), Aspect.VISIT_TYPE, "v1"),
    "an extension is gone": (without(SOURCE), Aspect.EXTENSION, SOURCE),
    "a system is another": (updated(ENCOUNTER, "Encounter.identifier.system", fixedUri="urn:x"), Aspect.SYSTEM, ""),
    "a fixed code is another": (updated(REPORT, "Bundle.type", patternCode="batch"), Aspect.FIXED, "Bundle.type"),
    "a visit type is new": (
        lambda draft: draft.resource(VISITS)["compose"]["include"].append(listed("v3")),
        Aspect.VISIT_TYPE,
        "v3",
    ),
    "a visit type has another name": (renamed_visit, Aspect.TERM, "v1"),
    "a value set is gone": (without(UNITS), Aspect.VALUE_SET, UNITS),
    "a value set includes more": (
        lambda draft: draft.resource(MEALS)["compose"]["include"].append({"valueSet": [f"{ELSEWHERE}-2"]}),
        Aspect.VALUE_SET,
        "",
    ),
    "a code is gone": (
        lambda draft: draft.resource(f"{MEALS}-more")["compose"]["include"].clear(),
        Aspect.CODE,
        f"{LETTERS}|m2",
    ),
    "a code is new": (
        lambda draft: draft.resource(LYING)["compose"]["exclude"].clear(),
        Aspect.CODE,
        f"{LETTERS}|s1",
    ),
    "descendants without the top": (
        lambda draft: draft.resource(SIGHTS)["compose"]["include"][0]["filter"][0].update(op="descendent-of"),
        Aspect.CODE,
        f"{LETTERS}|s1",
    ),
    "a term is another": (renamed_concept, Aspect.TERM, "m1"),
    "an observation has another name": (renamed_observation, Aspect.TERM, "eat"),
    "a value is mandatory": (updated(MEAL, "Observation.value[x]", min=1), Aspect.CARDINALITY, "Observation.value[x]"),
    "notes are few": (updated(ENCOUNTER, "Encounter.note", max="12"), Aspect.CARDINALITY, "Encounter.note"),
    "an element is gone": (
        updated(ENCOUNTER, "Encounter.note", id="Encounter.x"),
        Aspect.CARDINALITY,
        "Encounter.note",
    ),
    "another value set is bound": (
        updated(SIGHT, "Observation.value[x]:valueCodeableConcept.coding", binding=bound(MEALS)),
        Aspect.BINDING,
        "Observation.value[x]",
    ),
    "codes are bound no longer": (
        updated(LENGTH, "Observation.code.coding:B", max="0"),
        Aspect.BINDING,
        "Observation.code",
    ),
    "an observation has another code": (
        updated(MEAL, "Observation.code.coding:A", patternCoding=pattern("m1")),
        Aspect.FIXED,
        "Observation.code",
    ),
    "a display is no longer fixed": (
        updated(SIGHT, "Observation.code.coding:A", patternCoding=pattern("see")),
        Aspect.FIXED,
        "display",
    ),
    "a category is gone": (
        updated(LENGTH, "Observation.category", patternCodeableConcept={"coding": []}),
        Aspect.FIXED,
        "Observation.category",
    ),
    "a unit is fixed": (
        updated(LENGTH, "Observation.value[x]:valueQuantity.code", binding={}, patternCode="cm"),
        Aspect.UNIT,
        "",
    ),
    "decimals are more": (
        lambda draft: draft.element(LENGTH, "Observation")["constraint"][0].update(
            expression=r"value.toString().matches('^[0-9]*\u002e?[0-9][0-9]$')"
        ),
        Aspect.DECIMALS,
        "",
    ),
    "a period is allowed": (updated(SIGHT, NO_PERIOD, max="1"), Aspect.PERIOD, ""),
    "a reason is allowed": (updated(SIGHT, "Observation.dataAbsentReason", max="1"), Aspect.MISSING_REASON, ""),
    "a rule is gone": (replaced_rule("Encounter", "Patient"), Aspect.RULE, "rule-1"),
    "a rule has another visit": (replaced_rule("'v2'", "'v3'"), Aspect.RULE, "visits"),
    "a rule has another class": (replaced_rule("'HH'", "'AMB'"), Aspect.RULE, "classes"),
    "a rule has another code": (replaced_rule("'eat'", "'see'"), Aspect.RULE, "codes"),
    "a questionnaire is gone": (without(QUESTIONS), Aspect.QUESTIONNAIRE, QUESTIONS),
    "a question is gone": (lambda draft: item(draft, 0)["item"].clear(), Aspect.ITEM, "2"),
    "a question has another type": (lambda draft: item(draft, 0, 0).update(type="string"), Aspect.ITEM, "2"),
    "a question has no limit": (lambda draft: item(draft, 0)["extension"].clear(), Aspect.ITEM, "1"),
    "a question has other options": (lambda draft: item(draft, 0, 0)["answerOption"].pop(), Aspect.ITEM, "2"),
}


def test_nothing_differs_between_a_standard_and_the_package_it_is_made_from() -> None:
    assert Draft().found() == ()


@pytest.mark.parametrize("name", CHANGES)
def test_each_kind_of_difference_is_found(name: str) -> None:
    change, aspect, place = CHANGES[name]
    draft = Draft()
    change(draft)
    found = draft.found()
    assert (aspect, place) in {(one.aspect, one.place) for one in found}
    assert all(one.ours != one.theirs for one in found)


def test_a_difference_tells_both_sides() -> None:
    draft = Draft()
    updated(MEAL, "Observation.value[x]", min=1)(draft)
    assert draft.found() == (Difference(Aspect.CARDINALITY, "meal", "Observation.value[x]", "0 1", "1 1"),)


def test_a_standard_in_another_version_is_told_and_compared() -> None:
    draft = Draft()
    packages = (package("example.children", draft.main, "1.1.0"), package("example.term", draft.term))
    told = Difference(Aspect.PACKAGE, "example.children", "", "1.0.0", "1.1.0")
    assert compare(small_standard(), packages) == (told,)


def test_without_the_standards_own_package_nothing_is_compared() -> None:
    told = Difference(Aspect.PACKAGE, "example.children", "", "1.0.0", "")
    assert compare(small_standard(), (package("example.term", Draft().term),)) == (told,)


@pytest.mark.packages
def test_the_shipped_catalogue_is_what_the_official_packages_say(fhir_packages: Path) -> None:
    folder = fhir_packages
    if not folder.is_dir():
        pytest.skip("the official packages are not beside the project")
    found = compare(shipped_standard(), [read_package(folder / f"{name}.tgz") for name in PACKAGES])
    assert not found, "\n".join(
        f"{one.aspect}: {one.subject} {one.place}: ours {one.ours!r}, theirs {one.theirs!r}" for one in found
    )


@pytest.mark.packages
def test_no_question_is_named_by_the_wording_of_its_questionnaire(fhir_packages: Path) -> None:
    official = read_package(fhir_packages / f"{PACKAGES[0]}.tgz").by_type["Questionnaire"]
    wording = {
        (one["url"], question["linkId"]): question["text"].casefold() for one in official for question in one["item"]
    }
    same = [
        (one.id, question.link_id)
        for one in shipped_standard().questionnaires
        for question in one.items
        if question.label.da.casefold() == wording[one.url, question.link_id] and question.link_id != "score"
    ]
    assert same == []
