"""Expressions that grow what they read, or go on, without end are given up; the bounds leave ordinary ones alone."""

from __future__ import annotations

from time import monotonic

import pytest

from ldbu_desktop.conformance.checks import expression_bounds
from ldbu_desktop.conformance.checks.expressions import evaluate
from ldbu_desktop.conformance.checks.run import Run
from ldbu_desktop.conformance.reading.places import top
from ldbu_desktop.json_text import parse
from tests.unit.conformance.made import OWN, checker, structure

PATIENT = {"resourceType": "Patient", "id": "a"}
SIXTY = f"({'|'.join(map(str, range(60)))})"
NESTED = f"{SIXTY}.where({SIXTY}.where({SIXTY}.where({SIXTY}.where({SIXTY}.where(1 = 2).empty())).empty())).empty()"


def outcome(expression: str, run: Run) -> bool | None:
    return evaluate(checker([]).values, expression, PATIENT, run)


@pytest.mark.parametrize(
    "expression",
    [
        f"{SIXTY}.aggregate($total & $total, 'x').length() > 3",
        f"{SIXTY}.aggregate($total * $total, 9) > 3",
        f"{SIXTY}.aggregate($total.combine($total), 1).exists()",
        f"'ab'{'.replace({}, {})'.format(repr('a'), repr('aaaa')) * 20}.exists()",
        f"'ab'{'.replace({}, {})'.format(repr(''), repr('ab')) * 20}.exists()",
        f"'a'{'.encode({})'.format(repr('hex')) * 40}.exists()",
        f"'ab'{'.toChars().join({})'.format(repr('bcdefgh')) * 20}.exists()",
        f"{SIXTY}.select('{'a' * 1_000}').join('{'b' * 1_000}').exists()",
    ],
)
def test_what_grows_without_end_is_given_up(expression: str) -> None:
    begun = monotonic()
    assert outcome(expression, Run(PATIENT)) is None
    assert monotonic() - begun < 10


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'test'.replace('t', 'T') = 'TesT'", True),
        ("'ab'.replace('', 'x') = 'xaxbx'", True),
        ("{}.replace('a', 'b').exists()", False),
        ("'a'.replace({}, 'b').exists()", False),
        ("'a,b'.split(',').join('-') = 'a-b'", True),
        ("('a' | 'b').join() = 'ab'", True),
        ("{}.join(',').exists()", False),
        ("(1 | 2).join(',').exists()", None),
        ("('a' | 'b').replace('a', 'b').exists()", None),
    ],
)
def test_what_stays_small_is_as_it_was(expression: str, expected: bool | None) -> None:
    assert outcome(expression, Run(PATIENT)) is expected


def test_a_document_has_so_much_patience_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expression_bounds, "SECONDS", 0.2)
    monkeypatch.setattr(expression_bounds, "SECONDS_EACH", 0)
    assert outcome("id = 'a'", Run(PATIENT)) is not False
    run = Run(PATIENT)
    begun = monotonic()
    assert outcome("id = 'a'", run) is True
    assert outcome(NESTED, run) is None
    assert outcome("id = 'a'", run) is None
    assert outcome("id = 'a'", run.aside()) is None
    assert monotonic() - begun < 10
    assert outcome("id = 'a'", Run(PATIENT)) is True


def test_profiles_that_ask_for_themselves_many_times_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expression_bounds, "SECONDS", 0.2)
    itself = f"conformsTo('{OWN}itself')"
    inv = {"key": "own-1", "severity": "error", "expression": f"{itself} and {itself}"}
    profile = structure("itself", "Patient", [], first={"constraint": [inv]})
    objects = checker([profile]).objects
    run = Run(PATIENT)
    value = parse(b'{"resourceType": "Patient"}').value
    plan = objects.plan("Patient", (f"{OWN}itself",))
    assert plan is not None
    run.scope.resource, run.scope.resource_place = value, top("Patient")
    begun = monotonic()
    objects.check_object(plan, value, top("Patient"), run)
    assert monotonic() - begun < 20
    assert {one.key for one in run.problems} == {"own-1"}
