"""What we add beside the official verdict: where it is told, what with, and when nothing is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from ldbu_desktop.conformance.model import ConformanceFinding
from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.engines import engine_for
from tests.unit.conformance.made import Json, report, within

Change = Callable[[Json], object]
EPDS = next(one for one in shipped_standard().questionnaires if one.id == "epds")
TOPI = next(one for one in shipped_standard().questionnaires if one.id == "topi")


def ours(report: Json) -> list[ConformanceFinding]:
    verdict = engine_for(shipped_standard()).check(json.dumps(report).encode())
    assert not any(one.ours for one in verdict.errors)
    assert not any(type_of(one).rejects for one in verdict.others)
    return [one for one in verdict.others if one.ours]


def after(change: Change, name: str = "school-entry") -> list[tuple[str, str, str, str]]:
    changed = report(name)
    change(changed)
    return [(one.code, one.at, one.found, one.expected) for one in ours(changed) if one.code != "reason-answers-rule"]


@pytest.mark.parametrize("name", ["school-entry", "maternity", "pregnancy", "2-months"])
def test_there_is_nothing_to_add_about_what_we_make(name: str) -> None:
    assert after(lambda _: None, name) == []


def moment(kind: str, **more: Any) -> Change:
    def change(report: Json) -> None:
        report["timestamp"] = "2030-01-10T10:00:00Z"
        within(report, kind).update(more)

    return change


@pytest.mark.parametrize(
    ("change", "found", "at"),
    [
        (
            moment("Observation", effectiveDateTime="2030-01-10T10:00:01Z"),
            "2030-01-10T10:00:01Z",
            "effective.ofType(dateTime)",
        ),
        (moment("Observation", effectiveDateTime="2030-01-10T11:30:00+02:00"), "", ""),
        (moment("Observation", effectiveDateTime="2030-01-11"), "", ""),
        (moment("Observation", effectiveDateTime="2030-01-12"), "2030-01-12", "effective.ofType(dateTime)"),
        (moment("Observation", effectiveDateTime="2031"), "", ""),
        (
            moment("Observation", effectiveDateTime=None, effectivePeriod={"start": "2030-02-01"}),
            "2030-02-01",
            "effective.ofType(Period).start",
        ),
        (moment("Encounter", period={"start": "2030-01-20", "end": "2030-01-09"}), "2030-01-20", "period.start"),
        (moment("Encounter", period={"start": "2030-01-09", "end": "2030-01-20"}), "2030-01-20", "period.end"),
    ],
)
def test_what_is_reported_has_happened(change: Change, found: str, at: str) -> None:
    told = [one for one in after(change) if one[0] == "after-the-report"]
    assert [one[2] for one in told] == ([found] if found else [])
    assert [one[1].partition(".resource.")[2] for one in told] == ([at] if found else [])


def test_a_report_without_a_time_has_no_order() -> None:
    def change(report: Json) -> None:
        report["timestamp"] = 5
        within(report, "Observation")["effectiveDateTime"] = "2999-01-01"

    assert after(change) == []


def to_other(reference: str, *, other: str = "other") -> Change:
    """Add another citizen, and let an observation be about whom the reference leads to."""

    def change(report: Json) -> None:
        full = report["entry"][0]["fullUrl"]
        base, own = full[: full.index("Patient/")], within(report, "Patient")["id"]
        another = within(report, "Patient") | {"id": other}
        report["entry"].append({"fullUrl": f"{base}Patient/{other}", "resource": another})
        within(report, "Observation")["subject"]["reference"] = reference.format(base=base, own=own, other=other)

    return change


@pytest.mark.parametrize(
    ("reference", "is_told"),
    [
        ("Patient/{own}", False),
        ("{base}Patient/{own}", False),
        ("Patient/{own}/_history/1", False),
        ("Patient/{other}", True),
    ],
)
def test_an_observation_at_a_visit_is_about_the_same_person(reference: str, is_told: bool) -> None:
    told = [one for one in after(to_other(reference)) if one[0] == "subject-of-another-visit"]
    assert [(one[1], one[2]) for one in told] == (
        [("Bundle.entry[3].resource.subject", "Patient/other")] if is_told else []
    )


def test_a_reference_that_leads_nowhere_is_told_once() -> None:
    changed = report("school-entry")
    within(changed, "Observation")["subject"]["reference"] = "Patient/nobody"
    verdict = engine_for(shipped_standard()).check(json.dumps(changed).encode())
    (found,) = [one for one in verdict.errors if one.code == "unresolved-reference"]
    assert "subject-of-another-visit" in {one.key for one in found.followers}
    assert "subject-of-another-visit" not in {one.code for one in verdict.others}


def test_a_parents_observation_is_about_a_parent() -> None:
    changed = report("establishment")
    child = next(
        one["resource"]["id"]
        for one in changed["entry"]
        if one["resource"]["resourceType"] == "Patient" and "link" not in one["resource"]
    )
    parent = next(
        one["resource"]["id"]
        for one in changed["entry"]
        if one["resource"]["resourceType"] == "Patient" and "link" in one["resource"]
    )
    weight = next(one["resource"] for one in changed["entry"] if "valueQuantity" in one["resource"])
    weight["subject"]["reference"] = f"Patient/{parent}"
    told = {(one.code, one.found, one.expected) for one in ours(changed)}
    assert ("observation-of-another-person", "parent", "child") in told
    weight["subject"]["reference"] = "urn:uuid:nobody"
    assert "observation-of-another-person" not in {one.code for one in ours(changed)}
    assert child != parent


def response(questionnaire: Any, *items: Json) -> Change:
    def change(report: Json) -> None:
        one = {
            "resourceType": "QuestionnaireResponse",
            "id": "q",
            "status": "completed",
            "questionnaire": questionnaire,
            "item": list(items),
        }
        report["entry"].append({"fullUrl": "http://example.org/QuestionnaireResponse/q", "resource": one})

    return change


def answer(link: Any, **value: Any) -> Json:
    return {"linkId": link, "answer": [value]}


SUMMED = [answer(link, valueInteger=1) for link in EPDS.summed]
LINK = EPDS.summed[0]
QUESTIONS = " | ".join(item.link_id for item in EPDS.items)
ITEM = "Bundle.entry[13].resource.item"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (response(EPDS.url, *SUMMED, answer(EPDS.score, valueInteger=len(SUMMED))), []),
        (response(EPDS.url, *SUMMED, answer(EPDS.score, valueInteger=3)), [("score-is-not-the-sum", ITEM, "3",
        str(len(SUMMED)))]),
        (response(EPDS.url, *SUMMED[1:], answer(EPDS.score, valueInteger=3)), []),
        (response(f"{EPDS.url}|2.1.0", answer(LINK, valueInteger=9)), [("answer-out-of-range", f"{ITEM}[0].answer[0]",
        "9", "0-3")]),
        (response(EPDS.url, answer(LINK, valueInteger=-1)), [("answer-out-of-range", f"{ITEM}[0].answer[0]", "-1",
        "0-3")]),
        (response(EPDS.url, answer(LINK, valueString="1")), [("answer-of-wrong-type", f"{ITEM}[0].answer[0]", "string",
        "integer")]),
        (response(EPDS.url, answer(LINK, valueBoolean=True)), [("answer-of-wrong-type", f"{ITEM}[0].answer[0]",
        "boolean", "integer")]),
        (response(EPDS.url, answer(LINK, valueDecimal=1.5)), [("answer-of-wrong-type", f"{ITEM}[0].answer[0]",
        "number", "integer")]),
        (response(EPDS.url, answer(LINK)), []),
        (response(EPDS.url, answer("nowhere", valueInteger=1)), [("unknown-question", f"{ITEM}[0]", "nowhere",
        QUESTIONS[:200])]),
        (response(EPDS.url, answer(5, valueInteger=1), answer("", valueInteger=1)), []),
        (response(EPDS.url, SUMMED[0], SUMMED[0]), [("question-twice", f"{ITEM}[1]", LINK, "")]),
        (response(TOPI.url, answer(TOPI.items[0].link_id, valueString="Lilla")), [("answer-not-offered",
        f"{ITEM}[0].answer[0]", "Lilla", " | ".join(sorted(TOPI.items[0].options)))]),
        (response(TOPI.url, answer(TOPI.items[0].link_id, valueString=TOPI.items[0].options[0])), []),
        (response("http://example.org/q"), [("unknown-questionnaire", "Bundle.entry[13].resource.questionnaire",
        "http://example.org/q", "")]),
        (response(5), []),
    ],
)  # fmt: skip
def test_responses_are_held_against_their_questionnaires(change: Change, expected: list[Any]) -> None:
    assert after(change) == expected


def display(*steps: Any) -> Change:
    def change(report: Json) -> None:
        plan = {
            "resourceType": "CarePlan", "id": "c", "status": "active", "intent": "plan",
            "activity": [{"detail": {"status": "scheduled", "code": concept, "reasonCode": [other]}}],
        }  # fmt: skip
        report["entry"].append({"fullUrl": "http://example.org/CarePlan/c", "resource": plan})
        holder: Any = report
        for step in steps[:-1]:
            holder = holder[step]
        holder[steps[-1]]["display"] = "noget andet"

    known = next(one for one in shipped_standard().value_sets if one.id == "KLHealthNurseInterventions").concepts[0]
    concept, other = ({"coding": [{"system": known.system, "code": known.code, "display": known.term}]} for _ in "ab")
    return change


@pytest.mark.parametrize(
    ("change", "at"),
    [
        (display("entry", 2, "resource", "class"), "Bundle.entry[2].resource.class.display"),
        (display("entry", 2, "resource", "type", 0, "coding", 0), "Bundle.entry[2].resource.type[0].coding[0].display"),
        (display("entry", 3, "resource", "code", "coding", 0), "Bundle.entry[3].resource.code.coding[0].display"),
        (display("entry", 13, "resource", "activity", 0, "detail", "code", "coding", 0),
        "Bundle.entry[13].resource.activity[0].detail.code.coding[0].display"),
    ],
)  # fmt: skip
def test_a_display_is_its_codes_term(change: Change, at: str) -> None:
    told = [one for one in after(change) if one[0] == "display-differs"]
    assert [(one[1], one[2]) for one in told] == [(at, "noget andet")]


def test_every_visit_but_the_first_is_told() -> None:
    def change(report: Json) -> None:
        visit = json.loads(json.dumps(report["entry"][2]))
        visit["resource"]["id"], visit["fullUrl"] = "v2", "http://example.org/Encounter/v2"
        report["entry"].append(visit)

    assert [one[:2] for one in after(change) if one[0] == "several-visits"] == [
        ("several-visits", "Bundle.entry[13].resource")
    ]


@pytest.mark.parametrize(
    ("start", "status", "told"),
    [(None, "finished", False), ("2019-01-01", "finished", True), ("2019-01-01", "entered-in-error", False)],
)
def test_a_visit_to_child_and_parent_is_one(start: str | None, status: str, told: bool) -> None:
    def change(report: Json) -> None:
        visit = json.loads(json.dumps(report["entry"][2]))
        resource = visit["resource"]
        resource["id"], visit["fullUrl"] = "v2", "http://example.org/Encounter/v2"
        resource["subject"], resource["status"] = {"reference": "Patient/p2"}, status
        if start is not None:
            resource["period"] = {"start": start}
        parent = {"resourceType": "Patient", "id": "p2", "link": [{"type": "seealso"}]}
        report["entry"] += [visit, {"fullUrl": "http://example.org/Patient/p2", "resource": parent}]

    assert ("several-visits" in {one[0] for one in after(change)}) is told


def test_reasons_are_told_with_the_rule_that_they_answer() -> None:
    changed = report()
    sleep = next(one["resource"] for one in changed["entry"] if "sleep" in json.dumps(one["resource"].get("meta", {})))
    del sleep["valueCodeableConcept"]
    reason = {"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "unknown"}
    sleep["dataAbsentReason"] = {"coding": [reason]}
    rules = {one.expected for one in ours(changed) if one.code == "reason-answers-rule"}
    # The standard's own contradiction: motor function is asked for by the code of sleep.
    assert rules == {"gateway-children-report-sleep", "gateway-children-report-motor-function"}
    sleep["valueString"] = "good"
    assert not [one for one in ours(changed) if one.code == "reason-answers-rule"]


def test_a_delivery_is_told_report_by_report() -> None:
    inner = report()
    within(inner, "Observation")["effectiveDateTime"] = "2999-01-01"
    outer = {
        "resourceType": "Bundle", "type": "collection", "timestamp": "2030-01-10T10:00:00Z",
        "entry": [5, {"fullUrl": "http://example.org/Bundle/b", "resource": {**inner, "id": "b"}}, {"resource": None}],
    }  # fmt: skip
    found = {(one.code, one.at) for one in ours(outer)}
    assert ("after-the-report", "Bundle.entry[0].resource.entry[3].resource.effective.ofType(dateTime)") in found
