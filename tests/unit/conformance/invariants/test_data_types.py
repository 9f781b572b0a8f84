"""The invariants of data types that only extensions carry: when they hold and when they do not."""

from __future__ import annotations

from typing import Any

import pytest

from ldbu_desktop.conformance.invariants.data_types import RULES
from ldbu_desktop.conformance.invariants.registry import Surroundings
from ldbu_desktop.json_text import Written

UCUM = "http://unitsofmeasure.org"
BY_KEY = {key: found for (key, _), found in RULES.items()}


CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("age-1", {"value": 1, "code": "a", "system": UCUM}, {"value": 1}),
    ("age-1", {"code": "a"}, {"value": 0, "code": "a", "system": UCUM}),
    ("age-1", {"value": "much", "code": "a"}, {"value": 1, "code": "a", "system": "http://x.dk"}),
    ("cnt-3", {"value": 1, "code": "1", "system": UCUM}, {"value": Written("1.5"), "code": "1", "system": UCUM}),
    ("cnt-3", {"code": "1"}, {"value": 1, "code": "a", "system": UCUM}),
    ("dis-1", {"value": 1, "code": "m", "system": UCUM}, {"value": 1, "system": UCUM}),
    ("drt-1", {"value": 1, "code": "a", "system": UCUM}, {"code": "a", "system": UCUM}),
    ("drt-1", {"value": 1}, {"value": 1, "code": "a"}),
    ("mqty-1", {"value": 1, "code": "DKK", "system": "urn:iso:std:iso:4217"}, {"value": 1, "code": "x", "system": "x"}),
    ("drq-1", {"path": "code"}, {"path": "code", "searchParam": "code"}),
    ("drq-2", {"searchParam": "date"}, {}),
    ("exp-1", {"reference": "http://x.dk"}, {"language": "text/cql"}),
    ("trd-1", {"timingDate": "2021"}, {"timingDate": "2021", "data": [{"type": "Patient"}]}),
    ("trd-2", {"condition": {"x": 1}, "data": [{"type": "Patient"}]}, {"condition": {"x": 1}}),
    ("trd-3", {"type": "named-event", "name": "x"}, {"type": "named-event"}),
    ("trd-3", {"type": "periodic", "timingDate": "2021"}, {"type": "periodic", "name": "x"}),
    ("trd-3", {"type": "data-added", "data": [{"type": "Patient"}]}, {"type": "data-added"}),
    ("trd-3", {"name": "x"}, {"type": "data-removed", "timingDate": "2021"}),
]


@pytest.mark.parametrize(("key", "right", "wrong"), CASES)
def test_when_they_hold(key: str, right: dict[str, Any], wrong: dict[str, Any]) -> None:
    holds, _ = BY_KEY[key]
    around = Surroundings({}, {})
    assert (holds(right, around), holds(wrong, around)) == (True, False)


def test_all_of_them_are_tried() -> None:
    assert {key for key, *_ in CASES} == set(BY_KEY)
