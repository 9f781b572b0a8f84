"""One mistake gives one finding: what only says the same in other words is told with it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from ldbu_desktop.conformance.model import ConformanceFinding, Verdict
from ldbu_desktop.conformance.verdict.one_cause import causes_of
from ldbu_desktop.conformance.verdict.verdict import conformance_finding
from ldbu_desktop.json_text import JsonPath
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.engines import engine_for
from tests.unit.conformance.made import Json, report, within

PASSED_ON = "Terminology_PassThrough_TX_Message"
Change = Callable[[Json], object]


def checked(change: Change, name: str = "school-entry") -> Verdict:
    changed = report(name)
    change(changed)
    return engine_for(shipped_standard()).check(json.dumps(changed).encode())


def weight(report: Json) -> Json:
    return next(
        one["resource"] for one in report["entry"] if one["resource"].get("valueQuantity", {}).get("code") == "g"
    )


def concept(report: Json) -> Json:
    return next(
        one["resource"]["valueCodeableConcept"] for one in report["entry"] if "valueCodeableConcept" in one["resource"]
    )


@pytest.mark.parametrize(
    ("change", "code", "followers"),
    [
        (lambda one: weight(one)["valueQuantity"].update(value=float("nan")), "unquoted-value", {"obs-1"}),
        (lambda one: within(one, "Encounter")["period"].update(end="x"), "wrong-date-time", {"per-1"}),
        (lambda one: within(one, "Patient")["identifier"][0].update(value=[]), "not-a-value", set()),
        (lambda one: within(one, "Encounter").update(status=["x"]), "not-a-value", {"Validation_VAL_Profile_Minimum"}),
        (lambda one: one.update(type="batch"), "other-value", {"bdl-3"}),
        (lambda one: within(one, "Patient").pop("identifier"), "missing", {"Validation_VAL_Profile_Minimum_SLICE"}),
        (lambda one: weight(one)["valueQuantity"].update(code="lb"), "not-in-value-set", {PASSED_ON}),
        (lambda one: concept(one)["coding"][0].update(code="x"), "not-in-value-set", {PASSED_ON}),
        (lambda one: weight(one).pop("valueQuantity"), "invariant", {"obs-1"}),
    ],
)
def test_one_mistake_is_one_error(change: Change, code: str, followers: set[str]) -> None:
    verdict = checked(change)
    (error,) = verdict.errors
    assert error.code == code
    assert followers <= {one.key for one in error.followers}


def test_a_key_told_twice_is_all_that_is_said_of_its_value() -> None:
    text = json.dumps(report("school-entry")).replace('"status": "final"', '"status": "x", "status": "final"', 1)
    (error,) = engine_for(shipped_standard()).check(text.encode()).errors
    assert (error.code, error.found) == ("duplicate-key", "status")
    assert any(one.at.endswith(".status") for one in error.followers)


def test_a_display_without_text_is_told_once() -> None:
    verdict = checked(lambda one: concept(one)["coding"][0].update(display=""))
    assert [one.code for one in verdict.errors] == ["empty-value"]
    assert "display-differs" not in {one.code for one in verdict.others}


def finding(
    code: str,
    path: JsonPath,
    *,
    key: str = "",
    found: str = "",
    expected: str = "",
) -> ConformanceFinding:
    return conformance_finding(
        key=key or code,
        at=str(path),
        path=path,
        code=code,
        found=found,
        expected=expected,
    )


def causes(*findings: ConformanceFinding) -> dict[str, str]:
    found = causes_of({(one.key, one.at): one for one in findings})
    return {key: cause for (key, _), (cause, _) in found.items()}


HERE: JsonPath = ("entry", 0, "resource", "value", 1)


@pytest.mark.parametrize(
    ("one", "other", "follows"),
    [
        (finding("wrong-decimal", HERE), finding("wrong-json-type", HERE), True),
        (finding("wrong-decimal", HERE), finding("wrong-json-type", (*HERE, "x")), False),
        (finding("too-long", HERE), finding("invariant", HERE, key="x#cpr"), True),
        (finding("no-slice", HERE), finding("wrong-type", HERE), True),
        (finding("missing", HERE, key="a", expected="P.id:cpr"), finding("missing", HERE, expected="P.id"), True),
        (finding("missing", HERE, key="a", expected="P.name"), finding("missing", HERE, expected="P.id"), False),
        (finding("missing", HERE, expected="X.y:coding.system"), finding("not-a-value", (*HERE, "system")), True),
        (finding("missing", HERE, expected="X.y.item"), finding("empty-object", (*HERE, "item", 3)), True),
        (finding("missing", HERE, expected="X.y.value[x]"), finding("empty-object", (*HERE, "value")), True),
        (finding("missing", HERE, expected="X.y.code"), finding("not-a-value", (*HERE, "system")), False),
        (finding("invariant", HERE[:4], key="obs-1"), finding("wrong-type", (*HERE[:4], "valueX")), True),
        (finding("invariant", HERE[:4], key="obs-9"), finding("wrong-type", (*HERE[:4], "valueX")), False),
        (finding("not-allowed", (*HERE, "unit")), finding("wrong-type", HERE), True),
        (finding("display-differs", HERE), finding("empty-value", HERE), True),
        (finding("display-differs", HERE), finding("other-value", HERE), True),
        (finding("not-an-object", HERE), finding("not-an-array", HERE), True),
        (finding("not-an-object", HERE), finding("invariant-not-checked", HERE), False),
        (
            finding("demanded-observation-missing", (), key="a", expected="1"),
            finding("demanded-observation-missing", (), key="b", expected="2"),
            False,
        ),
        (finding("wrong-decimal", (*HERE, "a")), finding("unquoted-value", HERE, found="a"), True),
        (finding("wrong-decimal", (*HERE, "a")), finding("unquoted-value", HERE, found="b"), False),
    ],
)
def test_what_follows_stands_at_in_or_around_its_cause(
    one: ConformanceFinding, other: ConformanceFinding, follows: bool
) -> None:
    assert causes(one, other) == ({one.key: other.key} if follows else {})
    assert causes(other, one) == ({one.key: other.key} if follows else {})


def test_what_follows_from_what_follows_has_the_first_cause() -> None:
    first, second = finding("several-targets", HERE), finding("wrong-target", HERE)
    third = finding("subject-of-another-visit", HERE)
    assert causes(third, second, first) == {third.key: first.key, second.key: first.key}


def test_of_two_that_say_the_same_the_first_is_told() -> None:
    first = finding("demanded-observation-missing", (), key="a", expected="1")
    second = finding("demanded-observation-missing", (), key="b", expected="1")
    assert len(causes(first, second)) == 1
