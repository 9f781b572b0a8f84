"""Invariants of official packages that have no function here: FHIRPath with what the official validator knows."""

from __future__ import annotations

from typing import Any

import pytest

from ldbu_desktop.conformance.checks.expressions import evaluate
from ldbu_desktop.conformance.checks.run import EntryScope, Run
from ldbu_desktop.conformance.reading.places import top
from ldbu_desktop.json_text import Written
from tests.unit.conformance.made import FHIR, OWN, checked, checker, element, structure

STATUS = f"{FHIR}Patient"
PATIENT: dict[str, Any] = {"resourceType": "Patient", "id": "a", "active": True, "name": [{"family": "Test"}]}
OTHER = {"resourceType": "Patient", "id": "b", "active": False}
BUNDLE = {
    "resourceType": "Bundle",
    "entry": [
        {"fullUrl": "http://example.org/Patient/a", "resource": PATIENT},
        {"fullUrl": "http://example.org/Patient/b", "resource": OTHER},
    ],
}
ACTIVE = structure("active", "Patient", [element("Patient.active", "boolean", min=1)])


def outcome(expression: str, value: Any = PATIENT, root: dict[str, Any] = BUNDLE) -> bool | None:
    run = Run(root)
    run.scope = EntryScope(resource=PATIENT, resource_place=top("Patient"))
    return evaluate(checker([ACTIVE]).values, expression, value, run)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("active", True),
        ("name.exists()", True),
        ("name.given", False),
        ("active = false", False),
        ("name.family.hasValue()", True),
        ("name.hasValue()", False),
        ("name.given.hasValue()", False),
        (f"conformsTo('{OWN}active')", True),
        (f"name.conformsTo('{OWN}active')", False),
        ("conformsTo('http://example.org/nowhere')", False),
        ("'final'.memberOf('http://hl7.org/fhir/ValueSet/observation-status')", True),
        ("'finished'.memberOf('http://hl7.org/fhir/ValueSet/observation-status')", False),
        ("active.memberOf('http://hl7.org/fhir/ValueSet/observation-status')", False),
        ("'Patient/b'.resolve().active = false", True),
        ("'http://example.org/Patient/b'.resolve().exists()", True),
        ("'Patient/c'.resolve().exists()", False),
        ("%resource.id = 'a'", True),
        ("%rootResource.entry.count() = 2", True),
        ("htmlChecks()", True),
        ("trace('x').active", True),
        ("nowhere(1)", None),
        ("@@@", None),
        (f"'{'a' * 40}b'.matches('^((a+)+)+$')", None),
        ("'abc'.matches('^b')", False),
        ("name.family.matches('^Te')", True),
        ("name.given.matches('^Te').exists()", False),
        ("'a'.matches({}).exists()", False),
        ("'a'.matches('(')", None),
        ("1.matches('1')", None),
        ("'a1'.replaceMatches('([a-z])', '$1$1') = 'aa1'", True),
        ("'a1'.replaceMatches({}, 'x').exists()", False),
        (f"'{'a' * 40}'.replaceMatches('(a|aa)+$', 'x').exists()", None),
        ("%rootResource.repeat(entry.resource).id.count() = 2", True),
        ("repeat($this).count() = 1", True),
        ("1.repeat($this + 1).exists()", None),
        ("active" + " and active" * 2_000, None),
    ],
)
def test_an_expression_is_true_or_not_or_cant_be_evaluated(expression: str, expected: bool | None) -> None:
    assert outcome(expression) is expected


def test_a_coded_value_is_a_member_by_one_of_its_codings() -> None:
    status = "http://hl7.org/fhir/ValueSet/observation-status"
    coding = {"system": "http://hl7.org/fhir/observation-status", "code": "final"}
    assert outcome(f"memberOf('{status}')", coding) is True
    assert outcome(f"memberOf('{status}')", {"coding": [{"code": "x"}, coding]}) is True
    assert outcome(f"memberOf('{status}')", {"coding": [{"code": "x"}]}) is False


def test_nothing_is_resolved_outside_bundles_or_from_what_is_no_reference() -> None:
    assert outcome("'Patient/b'.resolve().exists()", root=PATIENT) is False
    assert outcome("resolve().exists()", {"reference": "Patient/b"}) is True
    assert outcome("resolve().exists()", {"display": "x"}) is False


def test_nothing_conforms_where_no_resource_is() -> None:
    run = Run(PATIENT)
    assert evaluate(checker([ACTIVE]).values, f"conformsTo('{OWN}active')", PATIENT, run) is False


@pytest.mark.parametrize(
    ("value", "expression", "expected"),
    [
        ("abc", "value.length() = 3", True),
        ("abc", "length() = 3", True),
        (Written("5.50"), "value > 5", True),
        ({"a": Written("1e99999999999999999999")}, "a.exists()", False),
        ({"a": [Written("2.0")]}, "a > 1", True),
    ],
)
def test_a_primitive_is_its_own_value_and_numbers_are_numbers(value: Any, expression: str, expected: bool) -> None:
    assert outcome(expression, value) is expected


def constrained(expression: str, severity: str = "error") -> list[tuple[str, str]]:
    inv = {"key": "own-1", "severity": severity, "expression": expression, "source": f"{OWN}ruled"}
    profile = structure("ruled", "Patient", [], first={"constraint": [inv]})
    return checked([profile], "ruled", PATIENT)


def test_an_invariant_that_is_not_known_is_evaluated_with_its_profile() -> None:
    assert constrained("active") == []
    assert constrained("active = false") == [("own-1", "Patient")]
    assert constrained("nowhere(1)") == [("own-1", "Patient")]


@pytest.mark.parametrize(
    ("severity", "expression", "told"),
    [
        ("error", "active = false", "invariant"),
        ("warning", "active = false", "recommendation"),
        ("error", "nowhere(1)", "invariant-not-checked"),
    ],
)
def test_how_a_rule_is_told(severity: str, expression: str, told: str) -> None:
    inv = {"key": "own-1", "severity": severity, "expression": expression}
    profile = structure("ruled", "Patient", [], first={"constraint": [inv]})
    objects = checker([profile]).objects
    run = Run(PATIENT)
    plan = objects.plan("Patient", (f"{OWN}ruled",))
    assert plan is not None
    objects.check_object(plan, PATIENT, top("Patient"), run)
    assert [one.code for one in run.problems] == [told]
