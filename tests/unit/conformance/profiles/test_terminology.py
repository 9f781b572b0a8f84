"""Codes in value sets and code systems, by what they list, filter, include and leave out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from ldbu_desktop.conformance.profiles.terminology import OK, CodeMembership, Terminology
from tests.unit.conformance.made import OWN, definitions

Json = dict[str, Any]
COLOURS = f"{OWN}CodeSystem/colours"
UNKNOWN_CODE = CodeMembership(is_ok=False, is_unknown_code=True)
UNKNOWN_SYSTEM = CodeMembership(is_ok=False, is_unknown_system=True)
NO_ANSWER = CodeMembership(is_ok=False)


def system(url: str = COLOURS, **more: Any) -> Json:
    concepts = [
        {"code": "red", "concept": [{"code": "pink", "concept": [{"code": "Rose"}]}, {"code": "purple"}]},
        {"code": "blue", "concept": [{"code": "purple"}]},
        {
            "code": "grey",
            "concept": [{"code": "a", "concept": [{"code": "c"}]}, {"code": "b", "concept": [{"code": "c"}]}],
        },
    ]
    return {
        "resourceType": "CodeSystem",
        "url": url,
        "content": "complete",
        "caseSensitive": True,
        "concept": concepts,
        **more,
    }


def value_set(name: str, include: Iterable[Json], exclude: Iterable[Json] = ()) -> Json:
    return {
        "resourceType": "ValueSet",
        "url": f"{OWN}{name}",
        "compose": {"include": [*include], "exclude": [*exclude]},
    }


def terminology(*resources: Json) -> Terminology:
    return Terminology(definitions(resources))


def codes(
    portion: Json, *tried: str, systems: tuple[Json, ...] = (system(),), exclude: Iterable[Json] = ()
) -> list[str]:
    """Which of these codes of the colours are in a value set with this portion."""
    terms = terminology(*systems, value_set("set", [portion], exclude))
    every = tried or ("red", "pink", "Rose", "purple", "blue", "green")
    return [one for one in every if terms.in_value_set(f"{OWN}set", COLOURS, one).is_ok]


@pytest.mark.parametrize(
    ("portion", "expected"),
    [
        ({"system": COLOURS}, ["red", "pink", "Rose", "purple", "blue"]),
        ({"system": COLOURS, "concept": [{"code": "red"}, {"code": "green"}]}, ["red"]),
        ({"system": f"{OWN}other"}, []),
        ({"system": COLOURS, "filter": [{"property": "concept", "op": "is-a", "value": "red"}]}, ["red", "pink",
        "Rose", "purple"]),
        ({"system": COLOURS, "filter": [{"property": "code", "op": "descendent-of", "value": "red"}]}, ["pink", "Rose",
        "purple"]),
        ({"system": COLOURS, "filter": [{"property": "concept", "op": "is-not-a", "value": "red"}]}, ["blue"]),
        ({"system": COLOURS, "filter": [{"property": "concept", "op": "child-of", "value": "blue"}]}, ["purple"]),
        ({"system": COLOURS, "filter": [{"property": "concept", "op": "generalizes", "value": "Rose"}]}, ["red",
        "pink", "Rose"]),
        ({"system": COLOURS, "filter": [{"property": "concept", "op": "is-a", "value": "green"}]}, []),
        ({"system": COLOURS, "filter": [{"property": "concept", "op": "=", "value": "pink"}]}, ["pink"]),
        ({"system": COLOURS, "filter": [{"property": "concept", "op": "in", "value": "pink, blue"}]}, ["pink", "blue"]),
        ({"system": COLOURS, "filter": [{"property": "concept", "op": "not-in", "value": "pink,blue"}]}, ["red",
        "Rose", "purple"]),
        ({"system": COLOURS, "filter": [{"property": "concept", "op": "regex", "value": "r.*"}]}, []),
        ({"system": COLOURS, "filter": [{"property": "parent", "op": "=", "value": "red"}]}, []),
    ],
)  # fmt: skip
def test_a_portion_has_the_codes_that_pass_its_filters(portion: Json, expected: list[str]) -> None:
    assert codes(portion) == expected


def test_case_counts_where_the_system_says_so() -> None:
    assert codes({"system": COLOURS}, "RED", "rose") == []
    loose = (system(caseSensitive=False),)
    assert codes({"system": COLOURS}, "RED", "rose", systems=loose) == ["RED", "rose"]
    assert codes({"system": COLOURS, "concept": [{"code": "red"}]}, "RED", "BLUE", systems=loose) == ["RED"]
    same = {"system": COLOURS, "filter": [{"property": "concept", "op": "=", "value": "RED"}]}
    assert codes(same, "red", "RED", "blue", systems=loose) == ["red", "RED"]


def test_what_is_left_out_is_not_in_the_set() -> None:
    assert codes({"system": COLOURS}, exclude=[{"system": COLOURS, "concept": [{"code": "red"}]}])[:1] == ["pink"]


def test_sets_within_sets_and_in_circles() -> None:
    inner = value_set("inner", [{"system": COLOURS, "concept": [{"code": "red"}]}])
    outer = value_set("outer", [{"valueSet": [f"{OWN}inner", f"{OWN}nowhere"]}])
    circle = value_set("circle", [{"valueSet": [f"{OWN}circle"]}])
    terms = terminology(system(), inner, outer, circle)
    assert terms.in_value_set(f"{OWN}outer", COLOURS, "red") == OK
    assert terms.in_value_set(f"{OWN}outer", COLOURS, "blue") == NO_ANSWER
    assert terms.in_value_set(f"{OWN}circle", COLOURS, "red") == NO_ANSWER
    assert terms.in_value_set(f"{OWN}nowhere", COLOURS, "red") == NO_ANSWER
    assert (terms.knows_value_set(f"{OWN}inner"), terms.knows_value_set(f"{OWN}nowhere")) == (True, False)


def test_a_system_that_is_not_known_gives_no_answer_or_is_told() -> None:
    elsewhere = f"{OWN}elsewhere"
    listed = value_set("listed", [{"system": elsewhere, "concept": [{"code": "1"}]}])
    whole = value_set("whole", [{"system": elsewhere}])
    empty = {"resourceType": "CodeSystem", "url": f"{OWN}empty", "content": "not-present"}
    filtered = value_set(
        "filtered", [{"system": f"{OWN}empty", "filter": [{"property": "concept", "op": "is-a", "value": "1"}]}]
    )
    terms = terminology(listed, whole, empty, filtered)
    assert terms.in_value_set(f"{OWN}listed", elsewhere, "1") == CodeMembership(is_ok=True, is_unknown_system=True)
    assert terms.in_value_set(f"{OWN}listed", elsewhere, "2") == UNKNOWN_SYSTEM
    assert terms.in_value_set(f"{OWN}whole", elsewhere, "1") == UNKNOWN_SYSTEM
    assert terms.in_value_set(f"{OWN}filtered", f"{OWN}empty", "1") == UNKNOWN_SYSTEM
    assert (terms.supports(f"{OWN}empty"), terms.knows_code_system(f"{OWN}empty")) == (False, True)


def test_codes_of_a_system() -> None:
    fragment = system(f"{OWN}fragment", content="fragment")
    absent = {"resourceType": "CodeSystem", "url": f"{OWN}absent", "content": "not-present"}
    terms = terminology(system(), fragment, absent)
    assert terms.in_code_system(COLOURS, "red") == OK
    assert terms.in_code_system(f"{COLOURS}|2", "red") == OK
    assert terms.in_code_system(COLOURS, "green") == UNKNOWN_CODE
    assert terms.in_code_system(f"{OWN}fragment", "green") == NO_ANSWER
    assert terms.in_code_system(f"{OWN}absent", "green") == NO_ANSWER
    assert terms.in_code_system("", "green") == NO_ANSWER
    assert terms.in_code_system(f"{OWN}nowhere", "green") == UNKNOWN_SYSTEM


@pytest.mark.parametrize(
    ("system", "code", "expected"),
    [
        ("http://unitsofmeasure.org", "kg", OK),
        ("http://unitsofmeasure.org", "pund", UNKNOWN_CODE),
        ("urn:ietf:bcp:47", "da-DK", OK),
        ("urn:ietf:bcp:47", "dansk", UNKNOWN_SYSTEM),
        ("urn:ietf:bcp:13", "text/plain", OK),
    ],
)
def test_systems_that_are_known_by_their_rules(system: str, code: str, expected: CodeMembership) -> None:
    terms = terminology()
    assert (terms.in_code_system(system, code), terms.supports(system)) == (expected, True)


@pytest.mark.parametrize(
    ("name", "system", "code", "is_ok"),
    [
        ("languages", "urn:ietf:bcp:47", "da", True),
        ("languages", "urn:ietf:bcp:47", "tlh", False),
        ("languages", f"{OWN}x", "da", False),
        ("all-languages", "", "sv-SE", True),
        ("all-languages", "", "x-y-z", False),
        ("mimetypes", "urn:ietf:bcp:13", "anything", True),
        ("ucum-units", "http://unitsofmeasure.org", "cm", True),
        ("ucum-units", "http://unitsofmeasure.org", "tomme", False),
    ],
)
def test_value_sets_that_are_known_by_their_rules(name: str, system: str, code: str, is_ok: bool) -> None:
    assert terminology().in_value_set(f"http://hl7.org/fhir/ValueSet/{name}", system, code).is_ok is is_ok


def test_the_system_of_a_code_without_one_is_that_of_the_portion() -> None:
    other = system(f"{OWN}other", concept=[{"code": "x"}])
    versioned = value_set("versioned", [{"system": COLOURS, "version": "1", "concept": [{"code": "red"}]}])
    both = value_set(
        "both",
        [{"system": COLOURS, "concept": [{"code": "red"}]}, {"system": f"{OWN}other", "concept": [{"code": "x"}]}],
    )
    within = value_set("within", [{"valueSet": [f"{OWN}both"]}])
    terms = terminology(system(), other, versioned, both, within)
    for name, code, is_ok in (
        ("versioned", "red", True), ("both", "x", True), ("both", "blue", False), ("within", "red", True), ("nowhere",
        "red", False),
    ):  # fmt: skip
        assert terms.in_value_set(f"{OWN}{name}", "", code, is_inferred=True).is_ok is is_ok, (name, code)
    assert not terms.in_value_set(f"{OWN}versioned", f"{COLOURS}|2", "red").is_ok


def test_a_code_may_be_below_another_in_two_ways() -> None:
    below = {"system": COLOURS, "filter": [{"property": "concept", "op": "descendent-of", "value": "grey"}]}
    assert codes(below, "a", "c", "grey") == ["a", "c"]


def test_a_code_without_a_system_is_in_no_set_unless_the_set_tells_the_system() -> None:
    terms = terminology(system(), value_set("set", [{"system": COLOURS}]))
    assert terms.in_value_set(f"{OWN}set", "", "red") == NO_ANSWER


def test_answers_are_kept_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ldbu_desktop.conformance.profiles.terminology.LARGEST_CACHE", 2)
    terms = terminology(system(), value_set("set", [{"system": COLOURS}]))
    for code in ("red", "blue", "green", "red"):
        assert terms.in_code_system(COLOURS, code).is_ok == (code != "green")
        assert terms.in_value_set(f"{OWN}set", COLOURS, code).is_ok == (code != "green")


def included(*names: str) -> Json:
    return {"valueSet": [f"{OWN}{one}" for one in names]}


def test_value_sets_that_include_themselves_and_each_other_come_to_an_end() -> None:
    listed = {"system": COLOURS, "concept": [{"code": "red"}]}
    terms = terminology(
        system(),
        value_set("self", [included("self", "self"), listed]),
        value_set("left", [included("right", "left"), listed]),
        value_set("right", [included("left", "right")], [included("right", "left")]),
    )
    for name in ("self", "left"):
        found = [terms.in_value_set(f"{OWN}{name}", COLOURS, one).is_ok for one in ("red", "blue")]
        assert found == [True, False]
    assert not terms.in_value_set(f"{OWN}right", COLOURS, "blue").is_ok


@pytest.mark.parametrize("last", [{"system": COLOURS, "concept": [{"code": "red"}]}, {"system": f"{OWN}unheard"}])
def test_value_sets_that_include_many_in_many_ways_are_looked_into_once(last: Json) -> None:
    layers = [
        value_set(f"{side}{number}", [included(f"a{number + 1}", f"b{number + 1}"), included(f"b{number + 1}")])
        for number in range(45)
        for side in "ab"
    ]
    terms = terminology(system(), *layers, value_set("a45", [last]), value_set("b45", [last]))
    assert terms.in_value_set(f"{OWN}a0", last["system"], "red").is_ok == ("concept" in last)


def test_value_sets_nested_very_deep_come_to_an_end() -> None:
    chain = [value_set(f"c{number}", [included(f"c{number + 1}")]) for number in range(3_000)]
    assert not terminology(system(), *chain).in_value_set(f"{OWN}c0", COLOURS, "red").is_ok


@pytest.mark.parametrize(
    ("url", "code", "expected"),
    [
        ("urn:iso:std:iso:4217", "STN", OK),
        ("urn:iso:std:iso:4217", "dkk", UNKNOWN_CODE),
        ("urn:iso:std:iso:3166", "DK", OK),
        ("urn:iso:std:iso:3166", "DNK", OK),
        ("urn:iso:std:iso:3166", "xx", UNKNOWN_CODE),
        ("https://www.usps.com/", "AK", OK),
        ("urn:ietf:bcp:13", "anything", OK),
    ],
)
def test_systems_that_no_package_defines_are_known(url: str, code: str, expected: CodeMembership) -> None:
    terms = terminology()
    assert terms.supports(url)
    assert terms.in_code_system(url, code) == expected


@pytest.mark.parametrize(
    ("url", "system", "code", "expected"),
    [
        ("currencies", "", "STN", OK),
        ("currencies", "urn:iso:std:iso:4217", "DKK", OK),
        ("currencies", "", "dkk", UNKNOWN_CODE),
        ("currencies", "urn:ietf:bcp:13", "DKK", UNKNOWN_CODE),
        ("mimetypes", "", "text/plain", OK),
        ("all-languages", "", "da-DK", OK),
        ("languages", "", "da", OK),
    ],
)
def test_value_sets_of_theirs_are_answered_by_their_codes(
    url: str, system: str, code: str, expected: CodeMembership
) -> None:
    found = terminology().in_value_set(f"http://hl7.org/fhir/ValueSet/{url}", system, code, is_inferred=not system)
    assert found.is_ok == expected.is_ok
    assert found.is_unknown_code == expected.is_unknown_code
