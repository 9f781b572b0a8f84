"""What changed between two editions: every aspect by a small pair of editions of our own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ldbu_desktop.standard.drift import DriftAspect, DriftChange, DriftKind, Edition, QuestionItem, drift
from ldbu_desktop.standard.profiles import (
    FHIR_TYPES,
    UNBOUNDED,
    Binding,
    Constraint,
    Demand,
    Element,
    Given,
    Profile,
    TypeRef,
)

HERE = "http://example.org/standard"
URL = f"{HERE}/StructureDefinition/weight"
OLD = Edition("before", HERE)
NEW = Edition("after", HERE)


def profile(*elements: Element) -> dict[str, Profile]:
    return {URL: Profile(URL, "Observation", "resource", (Element("Observation"), *elements))}


def changes(before: Any, after: Any) -> tuple[DriftChange, ...]:
    return drift(replace(OLD, **before), replace(NEW, **after))


def elements_changed(before: Element, after: Element) -> tuple[DriftChange, ...]:
    return changes({"profiles": profile(before)}, {"profiles": profile(after)})


def test_the_same_is_no_change() -> None:
    same = {
        "profiles": profile(Element("Observation.code", min=1)),
        "value_sets": {f"{HERE}/ValueSet/x": frozenset({("s", "c")})},
        "terms": {("s", "c"): "term"},
        "questionnaires": {f"{HERE}/Questionnaire/q": {"1": QuestionItem("integer", 0, 3, (), "wording")}},
    }
    assert changes(same, same) == ()


@pytest.mark.parametrize(
    ("before", "after", "aspect", "was", "is_"),
    [
        ({"min": 0, "max": UNBOUNDED}, {"min": 1, "max": 1}, DriftAspect.CARDINALITY, "0..*", "1..1"),
        ({"types": (TypeRef("string"),)}, {"types": (TypeRef("code"),)}, DriftAspect.TYPE, "string", "code"),
        (
            {"types": (TypeRef("Reference", targets=("x/Patient",)),)},
            {"types": (TypeRef("Reference", targets=("x/Patient",), aggregation=("bundled",)),)},
            DriftAspect.TYPE,
            "Reference(Patient)",
            "Reference(Patient) bundled",
        ),
        (
            {"types": (TypeRef("Reference"),)},
            {"types": (TypeRef("Reference", aggregation=("bundled",)),)},
            DriftAspect.TYPE,
            "Reference",
            "Reference bundled",
        ),
        ({"fixed": Given("code", "g")}, {"fixed": Given("code", "kg")}, DriftAspect.VALUE, "g", "kg"),
        ({}, {"pattern": Given("Coding", {"code": "a"})}, DriftAspect.VALUE, "", "#a"),
        (
            {"binding": Binding("required", "x/ValueSet/a|1.0")},
            {"binding": Binding("extensible", "x/ValueSet/a|2.0")},
            DriftAspect.BINDING,
            "a (required)",
            "a (extensible)",
        ),
    ],
)
def test_tells_what_changed_at_an_element(
    before: dict[str, Any], after: dict[str, Any], aspect: DriftAspect, was: str, is_: str
) -> None:
    told = elements_changed(Element("Observation.x", **before), Element("Observation.x", **after))
    assert told == (DriftChange(aspect, DriftKind.CHANGED, "weight", "Observation.x", was, is_),)


def test_an_example_binding_binds_nobody() -> None:
    assert not elements_changed(Element("Observation.x", binding=Binding("example", "a")), Element("Observation.x"))


def test_only_that_it_is_forbidden_matters_about_a_forbidden_element() -> None:
    old = (Element("Observation.x", max=1, types=(TypeRef("string"),)), Element("Observation.x.y", min=0))
    new = (Element("Observation.x", max=0, types=(TypeRef("code"),)), Element("Observation.x.y", min=1))
    told = changes({"profiles": profile(*old)}, {"profiles": profile(*new)})
    assert told == (DriftChange(DriftAspect.CARDINALITY, DriftKind.CHANGED, "weight", "Observation.x", "0..1", "0..0"),)


def test_tells_slices_but_not_what_lies_within_them_nor_free_ones() -> None:
    coding = Element("Observation.code.coding", max=UNBOUNDED)
    named = Element("Observation.code.coding", id="Observation.code.coding:SKS", min=1, fixed=Given("code", "a"))
    within = Element("Observation.code.coding.code", id="Observation.code.coding:SKS.code:deep", min=1)
    free = Element("Observation.code.coding", id="Observation.code.coding:free")
    told = changes({"profiles": profile(coding)}, {"profiles": profile(coding, named, within, free)})
    assert told == (
        DriftChange(DriftAspect.SLICE, DriftKind.ADDED, "weight", "Observation.code.coding:SKS", after="1..1 a"),
    )
    back = changes({"profiles": profile(coding, named)}, {"profiles": profile(coding)})
    assert [(one.kind, one.before) for one in back] == [(DriftKind.REMOVED, "1..1 a")]


def rule(key: str = "obs-1", form: str = "1", **more: Any) -> Element:
    return Element("Observation.value", constraints=(Constraint(key, "error", HERE, form, **more),))


def test_tells_rules_by_key_and_what_they_name() -> None:
    first = Demand(("visit-a", "visit-b"), ("HH",), ("code-1",))
    second = Demand(("visit-b", "visit-c"), ("HH",), ("code-1",))
    told = changes(
        {"profiles": profile(rule(form="1", demand=first)), "terms": {("s", "visit-a"): "Visit A"}},
        {"profiles": profile(rule(form="2", demand=second)), "terms": {("s", "visit-c"): "Visit C"}},
    )
    place = "obs-1 (Observation.value)"
    assert told == (DriftChange(DriftAspect.RULE, DriftKind.CHANGED, "weight", place, "Visit A", "Visit C"),)
    assert [one.kind for one in elements_changed(rule("obs-1"), rule("obs-2"))] == [DriftKind.REMOVED, DriftKind.ADDED]
    assert elements_changed(rule(form="1"), rule(form="2"))[0].before == ""
    assert elements_changed(rule(form="1"), rule(form="1")) == ()


def test_rules_of_fhir_itself_are_left_out() -> None:
    own = Element("Observation.value", constraints=(Constraint("ele-1", "error", f"{FHIR_TYPES}Element", "1"),))
    assert not elements_changed(own, Element("Observation.value"))


def test_tells_profiles_value_sets_and_questionnaires_that_came_and_went() -> None:
    told = changes(
        {"value_sets": {"x/ValueSet/old": None}, "questionnaires": {"x/Questionnaire/q": {}}},
        {"profiles": profile(), "value_sets": {"x/ValueSet/new": None}},
    )
    assert [(one.aspect, one.kind, one.subject) for one in told] == [
        (DriftAspect.PROFILE, DriftKind.ADDED, "weight"),
        (DriftAspect.VALUE_SET, DriftKind.ADDED, "new"),
        (DriftAspect.VALUE_SET, DriftKind.REMOVED, "old"),
        (DriftAspect.QUESTIONNAIRE, DriftKind.REMOVED, "q"),
    ]


def test_tells_codes_and_terms() -> None:
    a, b, c = ("s/S", "a"), ("s/S", "b"), ("s/S", "c")
    told = changes(
        {"value_sets": {"v/V": frozenset({a, b}), "v/unknown": None}, "terms": {a: "A", b: "B"}},
        {"value_sets": {"v/V": frozenset({b, c}), "v/unknown": frozenset({a})}, "terms": {b: "Bee", c: "C", a: "A"}},
    )
    assert told == (
        DriftChange(DriftAspect.CODE, DriftKind.REMOVED, "V", "a", before="A"),
        DriftChange(DriftAspect.CODE, DriftKind.ADDED, "V", "c", after="C"),
        DriftChange(DriftAspect.TERM, DriftKind.CHANGED, "S", "b", "B", "Bee"),
    )


def test_tells_questions_but_not_their_wording() -> None:
    old = {
        "1": QuestionItem("integer", 0, 3),
        "2": QuestionItem("choice", options=("a", "b"), wording="?"),
        "3": QuestionItem("x"),
    }
    new = {
        "1": QuestionItem("integer", 0, 4),
        "2": QuestionItem("choice", options=("a", "b"), wording="!"),
        "4": QuestionItem("x"),
    }
    told = changes({"questionnaires": {"x/q": old}}, {"questionnaires": {"x/q": new}})
    assert told == (
        DriftChange(DriftAspect.QUESTION, DriftKind.CHANGED, "q", "1", "integer 0..3", "integer 0..4"),
        DriftChange(DriftAspect.QUESTION, DriftKind.CHANGED, "q", "2"),
        DriftChange(DriftAspect.QUESTION, DriftKind.REMOVED, "q", "3"),
        DriftChange(DriftAspect.QUESTION, DriftKind.ADDED, "q", "4"),
    )
    assert old["2"].told == "choice a | b"


def test_a_demand_that_came_is_told_by_what_it_asks_for_and_when() -> None:
    demand = Demand(("visit-a", "visit-b"), ("HH", "AMB"), ("code-1",))
    terms = {("s", "visit-a"): "Visit A", ("s", "code-1"): "Weight"}
    told = changes({"profiles": profile()}, {"profiles": profile(rule(demand=demand)), "terms": terms})
    assert [one.after for one in told] == ["Weight: Visit A, visit-b (HH, AMB)"]
    conforming = changes({"profiles": profile()}, {"profiles": profile(rule(conforming=("http://x/a", "http://x/b")))})
    assert [one.after for one in conforming] == ["a, b"]


def test_given_codes_are_told_with_their_terms() -> None:
    concept = {"coding": [{"system": "http://x/colours", "code": "a"}, {"code": "b"}]}
    before, after = Element("Observation.x"), Element("Observation.x", pattern=Given("CodeableConcept", concept))
    told = changes({"profiles": profile(before)}, {"profiles": profile(after), "terms": {("s", "a"): "Red"}})
    assert [one.after for one in told] == ["colours#a Red, #b"]
    other = Element("Observation.x", pattern=Given("Identifier", {"value": "1"}))
    assert [one.after for one in changes({"profiles": profile(before)}, {"profiles": profile(other)})] == [
        '{"value":"1"}'
    ]
