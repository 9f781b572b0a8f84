"""Invariants of FHIR, DK core and the gateway as native functions: when they hold and when they do not."""

from __future__ import annotations

from typing import Any

import pytest

from ldbu_desktop.conformance.invariants import bundles, data_types, elements
from ldbu_desktop.conformance.invariants.natives import IMPLIED, is_native, native
from ldbu_desktop.conformance.invariants.registry import Surroundings, choice, each, has, is_empty
from ldbu_desktop.json_text import Written

FORMS = dict([*bundles.RULES, *data_types.RULES, *elements.RULES])
RED = {"coding": [{"system": "urn:x", "code": "red"}]}


def holds(key: str, value: Any, resource: Any = None, root: Any = None) -> bool:
    found = native(key, FORMS[key])
    assert found is not None
    function, unless_without = found
    around = Surroundings(resource if resource is not None else value, root if root is not None else {})
    return (bool(unless_without) and unless_without not in value) or function(value, around)


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("obs-1", {"valueQuantity": {"value": Written("54.5")}}, {"valueQuantity": {"value": Written("54.50")}}),
        ("obs-1", {"valueQuantity": {"value": 5}}, {"dataAbsentReason": RED}),
        ("obs-1", {"valueQuantity": {"value": 0}}, {"valueQuantity": {"unit": "g"}}),
        ("obs-2", {"dataAbsentReason": RED}, {"code": RED}),
        ("obs-2", {"valueString": "x"}, {"valueQuantity": {}}),
        ("obs-3", {"text": "x"}, {"type": RED}),
        ("obs-6", {"dataAbsentReason": RED}, {"dataAbsentReason": RED, "valueString": "x"}),
        ("obs-6", {"valueString": "x"}, {"dataAbsentReason": RED, "_valueString": {"extension": [{"url": "x"}]}}),
        ("vs-1", "2021-08-29", "2021-08"),
        ("vs-2", {"hasMember": [{"display": "x"}]}, {"code": RED}),
        ("vs-2", {"component": [{"code": RED}]}, {"note": [{"text": "x"}]}),
        ("vs-3", {"dataAbsentReason": RED}, {"code": RED}),
        ("dk-core-observation-mandatory-units", {"valueQuantity": {"value": 1, "code": "g"}},
        {"valueQuantity": {"value": 1}}),
        ("dk-core-observation-mandatory-units", {"valueQuantity": {"unit": "g"}}, {"valueQuantity": {"value": 1,
        "system": "x"}}),
        ("dom-2", {"contained": [{"id": "a"}]}, {"contained": [{"contained": [{"id": "b"}]}]}),
        ("dom-4", {"contained": [{"meta": {"source": "x"}}]}, {"contained": [{"meta": {"versionId": "1"}}]}),
        ("dom-4", {"contained": [{}]}, {"contained": [{"meta": {"lastUpdated": "2021"}}]}),
        ("dom-5", {"contained": [{"meta": {"tag": []}}]}, {"contained": [{"meta": {"security": [{"code": "x"}]}}]}),
        ("per-1", {"start": "2021-08-29", "end": "2021-08-29"}, {"start": "2021-08-30", "end": "2021-08-29"}),
        ("per-1", {"start": "2021"}, {"start": "2021-08-29", "end": "2021-08-29T10:00:00Z"}),
        ("rng-2", {"low": {"value": 1}, "high": {"value": 2}}, {"low": {"value": 2}, "high": {"value": 1}}),
        ("rng-2", {"low": {"value": 1}}, {"low": {"value": 1}, "high": {"unit": "g"}}),
        ("qty-3", {"code": "g", "system": "x"}, {"code": "g"}),
        ("sqty-1", {"value": 1}, {"value": 1, "comparator": "<"}),
        ("rat-1", {"numerator": {"value": 1}, "denominator": {"value": 2}}, {"numerator": {"value": 1}}),
        ("rat-1", {"extension": [{"url": "x"}]}, {}),
        ("att-1", {"data": "aGVq", "contentType": "text/plain"}, {"data": "aGVq"}),
        ("cpt-2", {"value": "1", "system": "phone"}, {"value": "1"}),
        ("cpl-3", {"reference": {"display": "x"}}, {"reference": {"display": "x"}, "detail": {"status": "x"}}),
        ("qrs-1", {"item": [{"linkId": "x"}]}, {"item": [{"linkId": "x"}], "answer": [{"valueString": "x"}]}),
        ("pat-1", {"telecom": [{"value": "x"}]}, {"gender": "male"}),
        ("questionnaire-response-string-length", "x" * 30, "x" * 31),
        ("questionnaire-response-string-length", "x", ""),
        ("cpr", "0505209996", "3102209996"),
        ("cpr", "2902209996", "050520-9996"),
        ("d-ecpr", "0505200AB1", "0505209996"),
        ("x-ecpr", "0505201AB1", "0505200AB1"),
        ("min-digits-sor", "451000016003", "4510000160"),
        ("CVR-length", "12345678", "1234567"),
        ("gln-length", "1234567890123", "123"),
        ("authorization-id-format", "0BCD1", "0ABC1"),
        ("uuid", "urn:uuid:9403560d-97da-438d-9d64-3c25fbb230bb", "9403560d"),
        ("tim-1", {"duration": 1, "durationUnit": "h"}, {"duration": 1}),
        ("tim-2", {"frequency": 1}, {"period": 1}),
        ("tim-4", {"duration": 0}, {"duration": -1}),
        ("tim-5", {"period": Written("0.5")}, {"period": Written("-0.5")}),
        ("tim-6", {"period": 1, "periodMax": 2}, {"periodMax": 2}),
        ("tim-7", {"duration": 1, "durationMax": 2}, {"durationMax": 2}),
        ("tim-8", {"count": 1, "countMax": 2}, {"countMax": 2}),
        ("tim-9", {"offset": 1, "when": ["WAKE"]}, {"offset": 1}),
        ("tim-9", {"when": ["C"]}, {"offset": 1, "when": ["C"]}),
        ("tim-10", {"when": ["WAKE"]}, {"when": ["WAKE"], "timeOfDay": ["10:00:00"]}),
        ("bdl-1", {"type": "searchset", "total": 1}, {"type": "collection", "total": 1}),
        ("bdl-2", {"type": "searchset", "entry": [{"search": {"mode": "match"}}]}, {"type": "collection",
        "entry": [{"search": {"mode": "match"}}]}),
        ("bdl-3", {"type": "batch", "entry": [{"request": {"method": "GET"}}]}, {"type": "collection",
        "entry": [{"request": {"method": "GET"}}]}),
        ("bdl-3", {"entry": []}, {"entry": [{"fullUrl": "x"}]}),
        ("bdl-4", {"type": "collection", "entry": [{"fullUrl": "x"}]}, {"type": "batch-response",
        "entry": [{"fullUrl": "x"}]}),
        ("bdl-5", {"resource": {"id": "x"}}, {"fullUrl": "x"}),
        ("bdl-7", {"entry": [{"fullUrl": "a"}, {"fullUrl": "b"}]}, {"entry": [{"fullUrl": "a"}, {"fullUrl": "a"}]}),
        ("bdl-7", {"type": "history", "entry": [{"fullUrl": "a"}, {"fullUrl": "a"}]}, {"type": "collection",
        "entry": [{"fullUrl": "a"}, {"fullUrl": "a"}, {}]}),
        ("bdl-8", {"fullUrl": "http://x.dk/Patient/1"}, {"fullUrl": "http://x.dk/Patient/1/_history/1"}),
        ("bdl-9", {"type": "document", "identifier": {"system": "x", "value": "y"}}, {"type": "document"}),
        ("bdl-10", {"type": "document", "timestamp": "2021"}, {"type": "document"}),
        ("bdl-11", {"type": "document", "entry": [{"resource": {"resourceType": "Composition"}}]}, {"type": "document",
        "entry": [{"resource": {"resourceType": "Patient"}}]}),
        ("bdl-12", {"type": "collection"}, {"type": "message", "entry": [{"fullUrl": "x"}]}),
        ("bdl-12", {"type": "message", "entry": [{"resource": {"resourceType": "MessageHeader"}}]},
        {"type": "message"}),
    ],
)  # fmt: skip
def test_an_invariant_holds_or_not(key: str, right: Any, wrong: Any) -> None:
    assert (holds(key, right), holds(key, wrong)) == (True, False)


def test_the_same_full_url_may_be_there_in_several_versions() -> None:
    versions = [{"fullUrl": "a", "resource": {"meta": {"versionId": one}}} for one in ("1", "2")]
    assert holds("bdl-7", {"entry": versions})


def test_a_component_may_not_have_the_code_of_the_whole() -> None:
    own = {"code": RED, "valueString": "x"}
    assert not holds("obs-7", own | {"component": [{"code": RED}]})
    assert holds("obs-7", own | {"component": [{"code": {"coding": [{"code": "blue"}]}}]})
    assert holds("obs-7", {"code": RED, "component": [{"code": RED}]})
    assert holds("obs-7", own)


@pytest.mark.parametrize(
    ("reference", "expected"), [("#a", True), ("#b", True), ("#c", False), ("#", True), ("Patient/a", True), (5, True)]
)
def test_what_is_contained_is_found_in_the_resource_or_at_the_top(reference: Any, expected: bool) -> None:
    holder = {"contained": [{"id": "a"}, None, "x"]}
    assert holds("ref-1", {"reference": reference}, holder, {"contained": [{"id": "b"}]}) is expected


def test_every_native_function_is_known_by_key_and_expression() -> None:
    assert all(is_native(key, form) for key, form in FORMS.items())
    assert all(is_native("anything", form) and native("anything", form) is None for form in IMPLIED)
    assert not is_native("obs-1", "another")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, True),
        ([], True),
        (None, True),
        ([{}, {"a": None}], True),
        ("", False),
        (0, False),
        ({"a": [{}, "x"]}, False),
    ],
)
def test_nothing_is_said_by_what_is_empty_however_deep(value: Any, expected: bool) -> None:
    assert is_empty(value) is expected


def test_elements_are_there_with_a_value_or_with_extensions_alone() -> None:
    assert has({"a": "x"}, "a")
    assert has({"_a": {"extension": [{"url": "x"}]}}, "a")
    assert not has({"a": {}}, "a")
    assert choice({"valueString": "x"}, "value") == "valueString"
    assert choice({"_valueString": {"id": "x"}}, "value") == "_valueString"
    assert choice({"valueString": None, "code": 1}, "value") == ""
    assert (each({"a": 1}, "a"), each({"a": [1]}, "a"), each({}, "a")) == ([1], [1], [])
