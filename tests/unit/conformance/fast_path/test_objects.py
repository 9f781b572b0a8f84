"""Objects that are certainly right, and where their tests end: depth, memory, what is judged by what is around it."""

from __future__ import annotations

from typing import Any

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.conformance.checks.objects import ObjectChecker
from ldbu_desktop.conformance.checks.references import may_lead_to
from ldbu_desktop.conformance.checks.resources import ResourceChecker
from ldbu_desktop.conformance.fast_path import objects, reports
from ldbu_desktop.conformance.fast_path.objects import ObjectTests
from ldbu_desktop.conformance.fast_path.reports import FastPath
from ldbu_desktop.conformance.invariants.registry import Surroundings
from ldbu_desktop.conformance.profiles.profile_set import ProfileSet
from ldbu_desktop.conformance.reading.places import top
from ldbu_desktop.json_text import Written, parse
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.profiles import FHIR_TYPES, Constraint, definitions_of
from tests.unit.conformance.made import OWN, REPORT, definitions, element, structure

SAMPLES = [file.read_bytes() for file in sorted(resource("samples/rapporter").glob("*.json"))]
CHILDREN = "http://fhir.kl.dk/children/StructureDefinition/"
NOWHERE = Surroundings({}, {})


@pytest.fixture(scope="module")
def checker() -> ObjectChecker:
    return ResourceChecker(ProfileSet(definitions_of(shipped_standard()))).objects


def is_ordinary(checker: ObjectChecker, value: dict[str, Any], around: Surroundings = NOWHERE) -> bool:
    """By its FHIR type alone."""
    kind = value["resourceType"]
    tree = checker.profiles.trees.tree(FHIR_TYPES + kind)
    assert tree is not None
    return ObjectTests(checker).of_object(kind, (tree,), top(kind))(value, around)


def observation(**more: Any) -> dict[str, Any]:
    return {"resourceType": "Observation", "status": "final", "code": {"text": "x"}, **more}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, True),
        ({"id": "a"}, True),
        ({"id": "a b"}, False),
        ({"status": "final "}, False),
        ({"status": ["final"]}, False),
        ({"status": ""}, False),
        ({"unheard": 1}, False),
        ({"_status": {"id": "a"}}, False),
        ({"effectiveDateTime": "2021-02-28"}, True),
        ({"effectiveDateTime": "2021-02-30"}, False),
        ({"effectiveDateTime": "2021-02-28", "effectivePeriod": {"start": "2021"}}, False),
        ({"effectivePeriod": {"start": "2021", "end": "2022"}}, True),
        ({"effectivePeriod": {"start": "2022", "end": "2021"}}, False),
        ({"effectivePeriod": {}}, False),
        ({"effectivePeriod": "2021"}, False),
        ({"effectivePeriod": {"id": "a", "start": "2021"}}, False),
        ({"valueQuantity": {"value": Written("1.5"), "unit": "kg"}}, True),
        ({"valueQuantity": {"value": "1.5", "unit": "kg"}}, False),
        ({"valueBoolean": True}, True),
        ({"valueBoolean": "true"}, False),
        ({"valueInteger": 5}, True),
        ({"valueInteger": Written("5.0")}, False),
        ({"valueString": " "}, False),
        ({"text": {"status": "generated", "div": "<div xmlns='http://www.w3.org/1999/xhtml'>x</div>"}}, False),
        ({"contained": [{"resourceType": "Patient", "id": "a"}]}, False),
        ({"note": [{"text": "x"}]}, True),
        ({"note": []}, False),
        ({"note": {"text": "x"}}, False),
        ({"component": [{"code": {"text": "x"}}, {}]}, False),
        ({"subject": {"reference": "Patient/a"}}, True),
        ({"subject": {"reference": "Patient/b"}}, False),
        ({"subject": {"reference": "Location/a"}}, True),
        ({"encounter": {"reference": "Patient/a"}}, False),
        ({"subject": {"reference": 5}}, False),
        ({"subject": {"reference": None}}, False),
        ({"subject": {"display": "x"}}, True),
        ({"subject": {"reference": "Patient/a", "display": "x"}}, False),
        ({"subject": "Patient/a"}, False),
        ({"identifier": [{"system": "urn:oid:1.2.208.176", "value": "x"}]}, True),
        ({"identifier": [{"system": "oh", "value": "x"}]}, False),
        ({"identifier": [{"value": "x"}]}, True),
        ({"extension": [{"url": "http://example.org/x", "valueString": "x"}]}, True),
        ({"extension": [{"url": "http://example.org/x", "valueString": "x", "id": "a"}]}, False),
        ({"extension": [{"url": "nothing", "valueString": "x"}]}, False),
        ({"extension": [{"url": 5, "valueString": "x"}]}, False),
        ({"extension": ["x"]}, False),
    ],
)
def test_only_what_is_certainly_right_is_ordinary(checker: ObjectChecker, more: dict[str, Any], expected: bool) -> None:
    kinds = {"https://x.dk/Patient/a": "Patient", "https://x.dk/Location/a": "Location"}
    around = Surroundings({}, {}, "https://x.dk/", kinds)
    assert is_ordinary(checker, observation(**more), around) is expected
    assert is_ordinary(checker, observation(**more), around) is expected


def test_what_only_an_expression_can_tell_is_not_ordinary() -> None:
    checker = ResourceChecker(ProfileSet(definitions_of(shipped_standard()))).objects
    tree = checker.profiles.trees.tree(f"{FHIR_TYPES}Observation")
    assert tree is not None
    unknown = (Constraint("new-1", "error", expression="true"),)
    tree.groups["effective[x]"].node.unknown = tree.groups["status"].node.unknown = unknown
    test = ObjectTests(checker).of_object("Observation", (tree,), top("Observation"))
    assert not test(observation(), NOWHERE)
    assert not test({"resourceType": "Observation", "effectiveDateTime": "2021"}, NOWHERE)


def test_other_extensions_pass_beside_those_of_the_profile(checker: ObjectChecker) -> None:
    tree = checker.profiles.trees.tree(f"{CHILDREN}klgateway-children-encounter")
    assert tree is not None
    encounter = next(
        entry["resource"]
        for text in SAMPLES
        for entry in parse(text).value["entry"]
        if entry["resource"]["resourceType"] == "Encounter"
    )
    around = Surroundings({}, {}, "https://x.dk/", {f"https://x.dk/{encounter['subject']['reference']}": "Patient"})
    test = ObjectTests(checker).of_object("Encounter", (tree,), top("Encounter"))
    plain = {key: value for key, value in encounter.items() if key not in {"location", "extension"}}
    other = {"url": "http://example.org/x", "valueString": "x"}
    own = {"url": f"{CHILDREN}BasedOnInterventionExtension", "valueString": "x"}
    found = [test(plain | {"extension": list(more)}, around) for more in ([other], [own], [other, own])]
    assert test(plain, around)
    assert found == [True, False, False]


def nested(depth: int) -> dict[str, Any]:
    item: dict[str, Any] = {"linkId": "a"}
    for _ in range(depth):
        item = {"linkId": "a", "item": [item]}
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [item]}


def test_what_is_very_deep_is_not_ordinary(checker: ObjectChecker) -> None:
    assert is_ordinary(checker, nested(3))
    assert not is_ordinary(checker, nested(30))
    deep: dict[str, Any] = {}
    for _ in range(3_000):
        deep = {"text": deep}
    assert not is_ordinary(checker, observation(category=[deep]))


def test_memory_is_bounded_and_changes_no_answer(checker: ObjectChecker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "MOST_REMEMBERED", 2)
    monkeypatch.setattr(objects, "MOST_FORMS", 1)
    tree = checker.profiles.trees.tree(f"{FHIR_TYPES}Observation")
    assert tree is not None
    test = ObjectTests(checker).of_object("Observation", (tree,), top("Observation"))
    codes = [observation(code={"text": str(number)}) for number in range(5)]
    assert [test(one, NOWHERE) for one in codes * 2] == [True] * 10
    status = [observation() | {"status": one} for one in ("final", "amended", "preliminary", "registered")]
    assert [test(one, NOWHERE) for one in status * 2] == [True] * 8
    assert not test(observation(status="unheard"), NOWHERE)
    shuffled = dict(reversed(observation(valueString="x").items()))
    assert [test(one, NOWHERE) for one in (observation(valueString="x"), shuffled)] == [True, True]
    extended = [
        observation(extension=[{"url": f"http://example.org/{number}", "valueString": "x"}]) for number in (1, 2)
    ]
    assert [test(one, NOWHERE) for one in extended * 2] == [True] * 4


def test_profiles_and_servers_are_remembered_within_bounds(
    checker: ObjectChecker, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = parse(SAMPLES[0]).value
    monkeypatch.setattr(reports, "MOST_KNOWN", 1)
    known = FastPath(checker)
    assert [known.seen(report, (REPORT,)).is_ordinary for _ in range(2)] == [True, True]
    assert (len(known.tests), len(known.servers)) == (1, 1)
    assert [known.server_of(f"https://x.dk/{number}/A/b", "A/b") for number in range(2)] == [
        "https://x.dk/0/",
        "https://x.dk/1/",
    ]


@pytest.mark.parametrize("full_url", ["A/b", "xA/b", "urn:uuid:/A/b", "/A/b", "https://x.dk/A/c", "https://x.dk/"])
def test_a_server_is_what_a_full_url_begins_with(checker: ObjectChecker, full_url: str) -> None:
    known = FastPath(checker)
    assert known.server_of("https://x.dk/A/b", "A/b") == "https://x.dk/"
    assert known.server_of(full_url, "A/b") == ""


@pytest.mark.parametrize(
    "profiles",
    [["http://hl7.org/fhir/StructureDefinition/Bundle"], ["http://example.org/unknown"], [], [REPORT, REPORT]],
)
def test_a_bundle_of_other_profiles_is_not_ordinary(checker: ObjectChecker, profiles: list[str]) -> None:
    report = parse(SAMPLES[0]).value
    report["meta"]["profile"] = profiles
    assert not FastPath(checker).seen(report, (REPORT,)).is_ordinary


@pytest.mark.parametrize(
    ("of_reference", "kind", "expected"),
    [
        ({"aggregation": ["contained"]}, "Patient", False),
        ({"aggregation": ["bundled"]}, "Patient", True),
        ({"targetProfile": [f"{FHIR_TYPES}Patient"]}, "Patient", True),
        ({"targetProfile": [f"{FHIR_TYPES}Patient"]}, "Location", False),
        ({"targetProfile": [f"{FHIR_TYPES}Resource"]}, "Location", True),
    ],
)
def test_where_a_reference_may_lead(of_reference: dict[str, Any], kind: str, expected: bool) -> None:
    own = element("Observation.subject") | {"type": [{"code": "Reference", **of_reference}]}
    profiles = ProfileSet(definitions([structure("own", "Observation", [own])]))
    tree = profiles.trees.tree(f"{OWN}own")
    assert tree is not None
    assert may_lead_to(profiles, tree.groups["subject"].node, kind) is expected
