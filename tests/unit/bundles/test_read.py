"""Delivery reports to journal: people, visits and what was recorded at them, each with its place."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.read import Judge, read_journal
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.journal.model import Journal, Observation, Rejection, Visit
from ldbu_desktop.json_text import JsonPath, JsonText
from ldbu_desktop.sources.found import BundleText
from tests.unit.bundles.read_and_written import read, resource_of, small, the_visit, written
from tests.unit.bundles.small_family import (
    CITIZENS,
    NOW,
    STANDARD,
    VISIT,
    VISIT_TYPE,
    journal,
    report,
    said,
)


def test_what_was_written_is_read() -> None:
    visit = the_visit(read(small()))
    assert visit.type.value == VISIT.type.value
    assert visit.visit_class.value == "HH"
    assert visit.start.value == VISIT.start.value
    values = {one.variable.value: one for one in visit.observations}
    assert values["weight"].value.value == Decimal("23.5")
    assert values["weight"].unit.value == "kg"
    assert str(values["height"].value.value) == "121.0"
    assert values["sleep"].missing_reason.value == "unknown"
    assert values["feeding"].is_period
    assert values["feeding"].end.value == date(2021, 10, 6)
    (need,) = visit.interventions
    assert [reason.value for reason in need.reasons] == [reason.value for reason in VISIT.interventions[0].reasons]
    (response,) = visit.responses
    assert [answer.value.value for answer in response.answers] == [True, 4, "tekst"]
    assert response.questionnaire.value == "puf"
    assert response.informer.value == VISIT.responses[0].informer.value


def test_people_are_told_apart_and_linked() -> None:
    (family,) = read(small()).families
    assert {(one.cpr.value, one.is_child) for one in family.citizens} == {("0505159995", True), ("2911829996", False)}
    (parenthood,) = family.parenthoods
    by_key = {one.key: one.cpr.value for one in family.citizens}
    assert by_key[parenthood.parent.value or ""] == "2911829996"
    assert by_key[parenthood.child.value or ""] == "0505159995"
    mental = next(one for one in the_visit(read(small())).observations if one.variable.value == "parent-mental-status")
    assert by_key[mental.subject.value or ""] == "2911829996"
    assert family.schools[0].identifier.value == "123456"
    assert family.visits[0].school.value == family.schools[0].key


def test_every_record_knows_its_place() -> None:
    bundle = small()
    text = json_text(bundle, is_pretty=True)
    source = read_journal([BundleText("a.ndjson", text, 3, 40)], STANDARD)
    visit = the_visit(source)
    lines = text.decode().split("\n")
    records: tuple[Visit | Observation, ...] = (visit, *visit.observations)
    for record in records:
        assert record.origin.file == "a.ndjson"
        assert lines[record.origin.line - 40].strip() == '"resource": {'
        assert record.origin.path.startswith("Bundle.entry[")
    assert source.reports[0].origin == replace(source.reports[0].origin, file="a.ndjson", path="Bundle", line=40)
    assert the_visit(read_journal([BundleText("a.ndjson", json_text(bundle), 3, 40)], STANDARD)).origin.line == 40


def test_keys_never_hold_a_number_of_a_person() -> None:
    text = json_text(small()).decode()
    patient = resource_of(small(), "Patient")["id"]
    source = read(text.replace(patient, "0505159995").encode())
    keys = [one.key for family in source.families for one in family.citizens]
    assert not any("0505159995" in key for key in keys)
    assert written(source) == [text.replace(patient, "0505159995").encode()]


def test_a_person_in_many_reports_is_one_citizen() -> None:
    first, second = (
        small(),
        json.loads(json_text(small()).decode().replace(resource_of(small(), "Patient")["id"], "new")),
    )
    second["entry"][-1]["resource"]["id"] = "other"
    source = read(first, second)
    (family,) = source.families
    assert len(family.citizens) == 2
    assert len(family.visits) == 2
    assert len({visit.subject.value for visit in family.visits}) == 1
    assert written(source) == [json_text(first), json_text(second)]


def test_who_is_told_of_differently_stays_two_in_one_family() -> None:
    first, second = small(), small()
    resource_of(second, "Patient")["managingOrganization"]["identifier"]["value"] = "441000016005"
    source = read(first, second)
    (family,) = source.families
    assert [one.organisation.value for one in family.citizens if one.is_child] == ["451000016003", "441000016005"]
    assert written(source) == [json_text(first), json_text(second)]


def test_a_school_that_is_told_of_differently_stays_two() -> None:
    first, second = small(), small()
    resource_of(first, "Location")["status"] = "active"
    resource_of(second, "Location")["status"] = "inactive"
    source = read(first, second)
    (family,) = source.families
    assert [one.status.value for one in family.schools] == ["active", "inactive"]
    assert len({one.key for one in family.schools}) == 2
    assert written(source) == [json_text(first), json_text(second)]


@pytest.mark.parametrize(
    ("visit_type", "cpr", "observed", "is_child"),
    [
        ("pregnancy", "0505159995", False, False),
        ("2-months", "2911829996", True, True),
        ("school-need-based", "2911829996", False, False),
        ("school-need-based", "0505159995", True, True),
        ("school-need-based", "?", True, False),
        ("school-need-based", "?", False, True),
    ],
)
def test_a_lone_citizen_is_a_child_or_a_parent(visit_type: str, cpr: str, observed: bool, is_child: bool) -> None:
    observation = next(one for one in VISIT.observations if one.variable.value == "parent-mental-status")
    lone = replace(
        VISIT,
        type=said(VISIT_TYPE[visit_type]),
        observations=(replace(observation, subject=said("B1")),) if observed else (),
        interventions=(),
        responses=(),
    )
    child = next(one for one in CITIZENS if one.is_child)
    ((citizen,),) = (
        one.citizens for one in read(report(lone, citizens=(replace(child, cpr=said(cpr)),)).bundle).families
    )
    assert citizen.is_child is is_child


def test_a_parents_questionnaire_tells_a_parent() -> None:
    epds = replace(VISIT.responses[0], questionnaire=said("epds"))
    lone = replace(
        VISIT, type=said(VISIT_TYPE["infant-need-based"]), observations=(), interventions=(), responses=(epds,)
    )
    child = replace(next(one for one in CITIZENS if one.is_child), cpr=said("?"))
    ((citizen,),) = (one.citizens for one in read(report(lone, citizens=(child,)).bundle).families)
    assert not citizen.is_child


def two_visits(judge: Judge = lambda read, text: (), **changes: Any) -> Journal:
    """A report with a visit to the child and one to the parent on the same day."""
    need = replace(VISIT.interventions[0], key="I2", subject=said("F1"))
    parents = replace(
        VISIT, key="K2", subject=said("F1"), school=said(None), based_on=(said("I2"),),
        type=said(VISIT_TYPE["infant-need-based"]), observations=(), interventions=(need,), responses=(),
    )  # fmt: skip
    built = ReportWriter(journal(VISIT, replace(parents, **changes)), STANDARD, NOW)
    text = json_text(built.report([VISIT, replace(parents, **changes)]).bundle)
    return read_journal([BundleText("0.json", text)], STANDARD, judge=judge)


def test_a_visit_is_refused_for_itself_for_what_was_recorded_at_it_and_for_what_all_share() -> None:
    def judge(parsed: JsonText, _text: BundleText) -> list[tuple[JsonPath, Rejection]]:
        assert isinstance(parsed.value, dict)
        kinds = [entry["resource"]["resourceType"] for entry in parsed.value["entry"]]
        first = {kind: kinds.index(kind) for kind in kinds}
        about = {"visit": "Encounter", "plan": "CarePlan", "citizen": "Patient"}
        found = [(("entry", first[kind], "resource"), Rejection(code, "", "")) for code, kind in about.items()]
        return [*found, (("timestamp",), Rejection("report", "", ""))]

    (family,) = two_visits(judge).families
    refusals = [visit.refusal for visit in family.visits if visit.refusal is not None]
    child, parent = ({one.code: one.record for one in refusal.rejections} for refusal in refusals)
    (person,) = {child["citizen"], parent["citizen"]}
    assert person in {citizen.key for citizen in family.citizens}
    (plan,) = family.visits[0].interventions
    assert child == {"visit": "", "plan": plan.key, "citizen": person, "report": ""}
    assert parent == {"citizen": person, "report": ""}


def test_records_find_their_visit_among_two() -> None:
    (family,) = two_visits().families
    child, parent = family.visits
    assert {one.variable.value for one in parent.observations} == {"parent-mental-status"}
    assert {one.variable.value for one in child.observations} == {"weight", "height", "sleep", "feeding"}
    assert [len(visit.interventions) for visit in family.visits] == [1, 1]
    assert child.responses
    assert family.unplaced == ()


def test_a_record_is_placed_by_its_day_where_the_citizen_does_not_tell() -> None:
    earlier = datetime(2021, 10, 5, 9, 0, tzinfo=UTC)
    (family,) = two_visits(subject=said("B1"), start=said(earlier)).families
    first, second = family.visits
    assert [one.variable.value for one in first.observations if one.subject.value != first.subject.value] == [
        "parent-mental-status"
    ]
    assert (len(first.responses), len(second.responses)) == (1, 0)


def test_what_can_be_of_either_visit_is_kept_aside() -> None:
    source = two_visits(subject=said("B1"))
    (family,) = source.families
    assert {type(record).__name__ for record in family.unplaced} == {
        "Observation",
        "QuestionnaireResponse",
        "Intervention",
    }
    assert len(written(source)) == 1
