"""Delivery reports to journal and back: nothing is lost and nothing is added, whatever they hold."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.bundles.bundle_parts import resource_lines
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.read import read_journal
from ldbu_desktop.json_text import parse
from ldbu_desktop.sources.found import BundleText
from tests.files_here import bundle_texts
from tests.profiles import examples, some
from tests.unit.bundles.read_and_written import entry_of, read, resource_of, small, the_visit, written
from tests.unit.bundles.small_family import (
    STANDARD,
)


def test_as_another_system_writes_it() -> None:
    bundle = small()
    bundle["entry"].reverse()
    bundle["meta"]["lastUpdated"] = "2021-10-06T23:30:00.000Z"
    bundle["timestamp"] = "2021-10-06T23:30:00.000Z"
    weight = resource_of(bundle, "Observation", -1)
    weight["effectiveDateTime"] = "2021-10-06T07:15:00.000Z"
    weight["text"] = {"status": "generated", "div": "<div>23.5 kg</div>"}
    weight["code"]["coding"].append({"system": "urn:local", "code": "vgt"})
    weight["code"]["text"] = "Vægt"
    del weight["code"]["coding"][0]["display"]
    del weight["valueQuantity"]["unit"]
    patient = resource_of(bundle, "Patient")
    patient["name"] = [{"family": "Test"}]
    patient["identifier"].insert(0, {"system": "urn:local", "value": "7"})
    entry_of(bundle, "Encounter")["fullUrl"] = "urn:uuid:0e6fb9b1-0b1c-4a3b-9a53-5b2f0e3c1a11"
    resource_of(bundle, "Encounter")["_status"] = {"extension": [{"url": "urn:x", "valueString": "y"}]}
    resource_of(bundle, "CarePlan")["extension"] = [{"url": "urn:x", "valueDecimal": 1}]
    bundle["entry"].append({"resource": {"resourceType": "Practitioner", "id": "p"}})
    bundle["entry"].append({"fullUrl": "urn:nothing"})
    bundle["entry"].append("?")
    text = json_text(bundle).replace(b'"valueDecimal":1}', b'"valueDecimal":1.500}')
    source = read(text)
    assert written(source) == [text]
    assert the_visit(source).observations[-1].variable.value == "weight"
    assert source.reports[0].contents.count("") == 3


DAMAGES: Sequence[Callable[[dict[str, Any]], Any]] = (
    lambda one: one.pop("id"),
    lambda one: one.pop("timestamp"),
    lambda one: one.update(timestamp="i går"),
    lambda one: one.update(id=5),
    lambda one: one.pop("meta"),
    lambda one: one.pop("type"),
    lambda one: one.update(entry=[]),
    lambda one: one.pop("entry"),
    lambda one: one.update(entry={}),
    lambda one: entry_of(one, "Patient").pop("fullUrl"),
    lambda one: entry_of(one, "Patient").update(fullUrl=7),
    lambda one: resource_of(one, "Patient").pop("id"),
    lambda one: resource_of(one, "Patient").update(id=[1]),
    lambda one: resource_of(one, "Patient").update(identifier={"system": "x"}),
    lambda one: resource_of(one, "Patient").update(identifier=None),
    lambda one: resource_of(one, "Patient").update(active="yes"),
    lambda one: resource_of(one, "Patient", 1).update(link="x"),
    lambda one: resource_of(one, "RelatedPerson").update(patient={"display": "barnet"}),
    lambda one: resource_of(one, "RelatedPerson").update(relationship={}),
    lambda one: resource_of(one, "Location").update(identifier=[{"value": "123456"}]),
    lambda one: resource_of(one, "Encounter").update({"class": "HH"}),
    lambda one: resource_of(one, "Encounter").update({"class": {"code": "HH"}}),
    lambda one: resource_of(one, "Encounter").update(type=[{"text": "besøg"}]),
    lambda one: resource_of(one, "Encounter").update(period={"start": "2021-13-01", "end": "2021"}),
    lambda one: resource_of(one, "Encounter").update(subject={"reference": "Patient/gone"}),
    lambda one: resource_of(one, "Encounter").update(extension=[5, {"url": "urn:x"}]),
    lambda one: resource_of(one, "Encounter").update(status=None),
    lambda one: resource_of(one, "Encounter").update(resourceType=["Encounter"]),
    lambda one: resource_of(one, "CarePlan").update(activity=[{"detail": {"reasonCode": [{"text": "?"}]}}]),
    lambda one: resource_of(one, "CarePlan").update(activity=[{"detail": 3}, {}]),
    lambda one: resource_of(one, "QuestionnaireResponse").update(item=[{"linkId": 3}, "?", {"answer": [{"x": "y"}]}]),
    lambda one: resource_of(one, "QuestionnaireResponse").update(questionnaire=["urn:x"]),
    lambda one: resource_of(one, "Observation").update(valueQuantity={"value": "23,5", "unit": "kilo"}),
    lambda one: resource_of(one, "Observation").update(valueQuantity={"value": True, "code": "g"}),
    lambda one: resource_of(one, "Observation").update(valueString="23,5"),
    lambda one: resource_of(one, "Observation").update(code={"coding": [{"system": ["x"], "code": {"y": 1}}]}),
    lambda one: resource_of(one, "Observation").update(code={"text": "Vægt"}),
    lambda one: resource_of(one, "Observation").pop("code"),
    lambda one: resource_of(one, "Observation").update(encounter={"reference": "Encounter/gone"}),
    lambda one: resource_of(one, "Observation", 1).update(effectivePeriod="x"),
    lambda one: resource_of(one, "Observation", 2).update(dataAbsentReason={"text": "ved ikke"}),
    lambda one: resource_of(one, "Observation", 4)["effectivePeriod"].update(start="2014-01-01T00:00:00Z"),
    lambda one: one["entry"].append(copy.deepcopy(one["entry"][0])),
    lambda one: one["entry"].append(copy.deepcopy(one["entry"][-1])),
)  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_it_holds_it_says_the_same(damage: Callable[[dict[str, Any]], Any]) -> None:
    bundle = small()
    damage(bundle)
    source = read(bundle)
    assert written(source) == [json_text(bundle)]


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place within a value."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield (*path, key)
        yield from places(part, (*path, key))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["reference", "coding", "x"]), inner),
    max_leaves=4,
)


@examples(60)
@given(data=st.data())
def test_anything_in_any_place_says_the_same(data: st.DataObject) -> None:
    bundle = small()
    for _ in range(data.draw(st.integers(1, 3))):
        *above, last = data.draw(st.sampled_from(list(places(bundle))))
        within: Any = bundle
        for step in above:
            within = within[step]
        within[last] = data.draw(JSON)
    source = read(bundle)
    assert written(source) == ([json_text(bundle)] if source.reports else [])
    assert source.reports or source.notes


def test_numbers_keep_their_form() -> None:
    text = json_text(small())
    for form in (b"23.50", b"23.500", b"2.35e1", b"1e999999999", b"123456789012345678901234567890"):
        changed = text.replace(b'"value":23.5,', b'"value":' + form + b",")
        assert changed != text
        source = read(changed)
        assert written(source) == [changed]
    assert the_visit(read(text.replace(b'"value":23.5,', b'"value":1e99,'))).observations[0].value.value is None


def test_what_only_a_tolerant_reader_takes_for_a_number_can_not_be_read() -> None:
    source = read(json_text(small()).replace(b'"value":23.5,', b'"value":1-2,'))
    assert the_visit(source).observations[0].value.raw == "1-2"
    assert the_visit(source).observations[0].value.value is None


def test_resources_are_found_by_line_and_not_by_what_texts_say() -> None:
    text = b'{"a": "\\"resource\\": {",\n"resource"\n: {"resource": 5},\n"x": "resource", "y": {}}'
    assert list(resource_lines(text, 10)) == [12]
    assert list(resource_lines(text.replace(b"\n", b""), 10)) == []


def official_bundles(official_examples: Path, oracle_cases: Path) -> Sequence[BundleText]:
    """Official examples and cases of the official validator."""
    return some(list(bundle_texts([official_examples, oracle_cases / "valid.zip", oracle_cases / "cases.zip"])), 250)


@pytest.mark.no_cover
def test_official_examples_and_cases_say_the_same(official_examples: Path, oracle_cases: Path) -> None:
    texts, count = official_bundles(official_examples, oracle_cases), 0
    for text in texts:
        source = read_journal([text], STANDARD)
        value = parse(text.data).value
        assert written(source) == ([json_text(value)] if source.reports else [])
        assert source.reports or source.notes
        count += len(source.reports)
    assert count > len(texts) * 0.9


@pytest.mark.no_cover
def test_all_reports_together_say_the_same(official_examples: Path, oracle_cases: Path) -> None:
    texts = official_bundles(official_examples, oracle_cases)
    parsed = [parse(data) for data in dict.fromkeys(text.data for text in texts)]  # read once each
    kept = [one for one in parsed if not any(fault.kind == "duplicate-key" for fault in one.faults)]
    expected = [json_text(one.value) for one in kept if one.value is not None]
    assert written(read_journal(texts, STANDARD)) == expected
