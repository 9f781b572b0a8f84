"""Fixed values and patterns: where a value differs from them."""

from __future__ import annotations

from typing import Any

import pytest

from ldbu_desktop.conformance.profiles.given_values import differences
from ldbu_desktop.json_text import Written
from ldbu_desktop.standard.profiles import Given

RED = {"system": "urn:x", "code": "red"}
BLUE = {"system": "urn:x", "code": "blue"}


def found(kind: str, wanted: Any, value: Any, *, is_pattern: bool) -> list[tuple[str, str]]:
    return [(one.step, one.key) for one in differences(Given(kind, wanted), value, is_pattern=is_pattern)]


@pytest.mark.parametrize(
    ("wanted", "value", "expected"),
    [
        ("final", "final", []),
        (True, True, []),
        (1, Written("1"), []),
        ("final", "amended", [("", "_DT_Fixed_Wrong")]),
        ("final", None, [("", "_DT_Fixed_Wrong")]),
        (True, "false", [("", "_DT_Fixed_Wrong")]),
    ],
)
def test_a_scalar_is_the_same_text(wanted: Any, value: Any, expected: list[tuple[str, str]]) -> None:
    assert found("code", wanted, value, is_pattern=False) == expected
    assert found("code", wanted, value, is_pattern=True) == expected


@pytest.mark.parametrize(
    ("value", "as_pattern", "as_fixed"),
    [
        (RED, [], []),
        ({**RED, "display": "Rød"}, [], [("display", "Profile_VAL_NotAllowed")]),
        ({**RED, "_display": {}, "extension": []}, [], [("display", "Profile_VAL_NotAllowed")]),
        (BLUE, [("code", "_DT_Fixed_Wrong")], [("code", "_DT_Fixed_Wrong")]),
        ({"code": "red"}, [("system", "Profile_VAL_MissingElement")], [("system", "Profile_VAL_MissingElement")]),
        ("red", [], []),
    ],
)
def test_a_coding_has_what_is_given(value: Any, as_pattern: list[Any], as_fixed: list[Any]) -> None:
    assert found("Coding", RED, value, is_pattern=True) == as_pattern
    assert found("Coding", RED, value, is_pattern=False) == as_fixed


def test_what_is_given_may_be_nested() -> None:
    wanted = {"assigner": {"identifier": {"value": "1"}}}
    assert found("Identifier", wanted, wanted, is_pattern=True) == []
    other = {"assigner": {"identifier": {"value": "2"}}}
    assert found("Identifier", wanted, other, is_pattern=True) == [("assigner.identifier.value", "_DT_Fixed_Wrong")]


@pytest.mark.parametrize(
    ("wanted", "value", "as_pattern", "as_fixed"),
    [
        ({"coding": [RED]}, {"coding": [RED]}, [], []),
        ({"coding": [RED]}, {"coding": [BLUE, RED]}, [], [("", "Terminology_TX_Coding_Count")]),
        ({"coding": [RED]}, {"coding": [BLUE]}, [("", "TYPE_CHECKS_PATTERN_CC")], [("", "TYPE_CHECKS_PATTERN_CC")]),
        ({"coding": [RED]}, {"text": "x"}, [("", "Terminology_TX_Coding_Count")], [("",
        "Terminology_TX_Coding_Count")]),
        ({"text": "Rød"}, {"text": "Rød"}, [], []),
        ({"text": "Rød"}, {"text": "Blå"}, [("text", "_DT_Fixed_Wrong")], [("text", "_DT_Fixed_Wrong")]),
        ({"coding": [RED]}, "red", [], []),
    ],
)  # fmt: skip
def test_a_concept_has_the_codings_that_are_given(
    wanted: Any, value: Any, as_pattern: list[Any], as_fixed: list[Any]
) -> None:
    assert found("CodeableConcept", wanted, value, is_pattern=True) == as_pattern
    assert found("CodeableConcept", wanted, value, is_pattern=False) == as_fixed
