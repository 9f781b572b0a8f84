"""What is told beside the official verdict, and that it never changes that verdict."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.engines import engine_for

REPORTS = [json.loads(path.read_bytes()) for path in sorted(resource("samples/rapporter").glob("*.json"))]
Change = Callable[[dict[str, Any]], None]


def resources(report: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in report["entry"] if entry["resource"]["resourceType"] == kind]


def told(change: Change, kind: str) -> set[str]:
    """The codes of ours that a change brings to the reports that have a resource of the kind."""
    found: set[str] = set()
    for original in REPORTS:
        if resources(original, kind):
            report = json.loads(json.dumps(original))
            change(report)
            verdict = engine_for(shipped_standard()).check(json.dumps(report).encode())
            assert not any(one.ours for one in verdict.errors)
            found |= {one.code for one in verdict.others if one.ours}
    return found


def set_answer(index: int, value: Any) -> Change:
    def change(report: dict[str, Any]) -> None:
        for response in resources(report, "QuestionnaireResponse"):
            response["item"][index]["answer"] = [value]

    return change


def repeat_question(report: dict[str, Any]) -> None:
    for response in resources(report, "QuestionnaireResponse"):
        response["item"].append(response["item"][0])


def rename_question(report: dict[str, Any]) -> None:
    for response in resources(report, "QuestionnaireResponse"):
        response["item"][0]["linkId"] = "nowhere"


def another_questionnaire(report: dict[str, Any]) -> None:
    for response in resources(report, "QuestionnaireResponse"):
        response["questionnaire"] = "http://example.org/none"


def another_display(report: dict[str, Any]) -> None:
    for observation in resources(report, "Observation"):
        observation["code"]["coding"][0]["display"] = "noget andet"


def later(report: dict[str, Any]) -> None:
    report["timestamp"] = "2001-01-01T00:00:00Z"


def two_visits(report: dict[str, Any]) -> None:
    report["entry"].extend([entry for entry in report["entry"] if entry["resource"]["resourceType"] == "Encounter"])


def another_subject(report: dict[str, Any]) -> None:
    citizen = resources(report, "Patient")[0] | {"id": "another"}
    full_url = report["entry"][0]["fullUrl"].rsplit("/", 2)[0] + "/Patient/another"
    report["entry"].append({"fullUrl": full_url, "resource": citizen})
    for observation in resources(report, "Observation"):
        observation["subject"]["reference"] = "Patient/another"


@pytest.mark.parametrize(
    ("change", "kind", "code"),
    [
        (set_answer(0, {"valueInteger": 99}), "QuestionnaireResponse", "answer-out-of-range"),
        (set_answer(0, {"valueString": "x"}), "QuestionnaireResponse", "answer-of-wrong-type"),
        (repeat_question, "QuestionnaireResponse", "question-twice"),
        (rename_question, "QuestionnaireResponse", "unknown-question"),
        (another_questionnaire, "QuestionnaireResponse", "unknown-questionnaire"),
        (another_display, "Observation", "display-differs"),
        (later, "Observation", "after-the-report"),
        (two_visits, "Encounter", "several-visits"),
        (another_subject, "Observation", "subject-of-another-visit"),
    ],
    ids=lambda one: one if isinstance(one, str) else getattr(one, "__name__", ""),
)
def test_what_is_wrong_is_told(change: Change, kind: str, code: str) -> None:
    assert code in told(change, kind)


def test_nothing_is_told_when_it_is_not_asked_for() -> None:
    for report in REPORTS:
        report = json.loads(json.dumps(report))
        another_display(report)
        verdict = engine_for(shipped_standard()).check(json.dumps(report).encode(), with_ours=False)
        assert not any(one.ours for one in verdict.others)
