"""Reports that are made to be slow come to an end, and say what is wrong with them."""

from __future__ import annotations

import json
from time import process_time
from typing import Any

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.conformance.checks.run import EnoughProblems, Run
from ldbu_desktop.conformance.model import Verdict
from ldbu_desktop.conformance.reading.places import top
from ldbu_desktop.conformance.verdict.problems import MOST_PROBLEMS
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.engines import engine_for
from tests.profiles import each, landing

pytestmark = pytest.mark.no_cover
SAMPLE = sorted(resource("samples/rapporter").glob("*.json"))[0].read_bytes()
LONG_ENOUGH = 20.0
"""Seconds of the processor that none of these comes near: what grows with the square would take minutes."""


def checked(data: bytes) -> Verdict:
    begun = process_time()
    verdict = engine_for(shipped_standard()).check(data)
    assert process_time() - begun < LONG_ENOUGH
    return verdict


def bundle(resources: list[dict[str, Any]]) -> bytes:
    entries = [
        {"fullUrl": f"https://example.org/{one['resourceType']}/{one['id']}", "resource": one} for one in resources
    ]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"resourceType":"Bundle","entry":[' + b",".join([b"{}"] * 20_000) + b"]}", "empty-object"),
        (b'{"resourceType":"Bundle","entry":[' + b",".join([b"1"] * 20_000) + b"]}", "not-an-object"),
        (SAMPLE.replace(b'"type": "coll', b"// x\n" * 20_000 + b'"type": "coll', 1), "comment"),
        (b"{" + b'"a":1,' * 20_000 + SAMPLE[1:], "duplicate-key"),
        (bundle([{"resourceType": "Patient", "id": str(number)} for number in range(20_000)]), "missing"),
        (bundle([{"resourceType": "Patient", "id": "a", "x": number} for number in range(20_000)]), "unknown-property"),
    ],
    ids=["empty", "numbers", "comments", "keys", "patients", "same"],
)
def test_very_many_faults_are_told_up_to_a_limit(data: bytes, code: str) -> None:
    verdict = checked(data)
    assert len(verdict.errors) <= MOST_PROBLEMS
    assert code in {one.code for one in verdict.errors}


def test_a_chain_of_references_to_a_fault_is_followed_once() -> None:
    length = 3_000
    chain = [
        {
            "resourceType": "Observation",
            "id": str(number),
            "meta": {"profile": ["http://fhir.kl.dk/children/StructureDefinition/klgateway-children-exam-result"]},
            "status": "final",
            "hasMember": [{"reference": f"Observation/{number + 1}"}],
        }
        for number in range(length)
    ]
    assert not checked(bundle([*chain, {"resourceType": "Observation", "id": str(length)}])).valid


@pytest.mark.parametrize(
    "value",
    [
        b'{"coding":' * 900 + b"1" + b"}" * 900,
        b"[" * 900 + b"1" + b"]" * 900,
        b'[{"extension":' * 100 + b"1" + b"}]" * 100,
        b"9" * 1_000_000,
        b'"' + b"a" * 5_000_000 + b'"',
        b'"' + b"\\u0000" * 100_000 + b'"',
        b'"' + b"\\ud800" * 100_000 + b'"',
        b"1e400",
        b"-0",
        b"123456789012345678901234567890",
    ],
    ids=["objects", "arrays", "extensions", "digits", "long", "nul", "surrogates", "1e400", "-0", "large"],
)
@pytest.mark.parametrize(
    "key", each([b"id", b"type", b"total", b"timestamp", b"meta", b"entry", b"text", b"extension"], 3)
)
def test_any_value_anywhere_has_a_verdict(key: bytes, value: bytes) -> None:
    begin = b'{"' + key + b'":' + value + b', "resourceType":"Bundle", "identifier": [{"use": '
    assert not checked(begin + value + b"}]}").valid


def test_remarks_never_hide_a_fault() -> None:
    run = Run({}, is_trial=False)
    for _ in range(MOST_PROBLEMS + 10):
        run.problem(top("Bundle"), "x", "several-visits")
    run.problem(top("Bundle"), "y", "missing")
    assert (len(run.problems), run.problems[-1].key) == (MOST_PROBLEMS + 1, "y")


def test_a_trial_goes_on_after_enough_faults() -> None:
    trial, run = Run({}), Run({}, is_trial=False)
    for _ in range(MOST_PROBLEMS):
        trial.problem(top("Bundle"), "x", "missing")
        run.problem(top("Bundle"), "x", "missing")
    trial.problem(top("Bundle"), "x", "missing")
    with pytest.raises(EnoughProblems):
        run.problem(top("Bundle"), "x", "missing")
    assert len(trial.problems) == len(run.problems) == MOST_PROBLEMS


@landing("a chain that ends in a fault is followed in every run")
def test_a_chain_of_references_that_are_right_is_followed_once() -> None:
    length = 1_500
    chain = [
        {
            "resourceType": "Observation",
            "id": str(number),
            "status": "final",
            "code": {"text": "x"},
            "hasMember": [{"reference": f"Observation/{number + 1}"}],
        }
        for number in range(length)
    ]
    assert not checked(bundle([*chain, {"resourceType": "Observation", "id": str(length)}])).valid
