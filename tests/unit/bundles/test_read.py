"""Delivery reports to journal and back: nothing is lost, nothing is added, and an edit shows."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.bundles.bundle_parts import resource_lines
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.read import read_journal
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.faults import Cancelled, FileFault
from ldbu_desktop.journal.model import Family, Journal, Observation, Visit
from ldbu_desktop.json_text import parse
from ldbu_desktop.sources.bundle_files import BundleText, bundle_texts
from ldbu_desktop.work import Cancellation, Step
from tests.unit.bundles.small_family import (
    CITIZENS,
    NOW,
    PARENTHOODS,
    STANDARD,
    VISIT,
    VISIT_TYPE,
    code,
    journal,
    report,
    said,
)


def read(*bundles: Any, standard: Any = STANDARD) -> Journal:
    """The journal of bundles, each in a file of its own."""
    texts = [
        BundleText(f"{number}.json", one if isinstance(one, bytes) else json_text(one))
        for number, one in enumerate(bundles)
    ]
    return read_journal(texts, standard)


def written(source: Journal) -> list[bytes]:
    """The reports of a journal as they are now."""
    writer = ReportWriter(source, STANDARD, NOW)
    return [json_text(writer.as_read(one).bundle) for one in source.reports]


def small() -> dict[str, Any]:
    """A report of the small family, as another system might have written it."""
    bundle = copy.deepcopy(report().bundle)
    assert isinstance(bundle, dict)
    return bundle


def entry_of(bundle: dict[str, Any], resource_type: str, place: int = 0) -> dict[str, Any]:
    """The entry of the n-th resource of a type."""
    entries = [one for one in bundle["entry"] if one["resource"]["resourceType"] == resource_type]
    found: dict[str, Any] = entries[place]
    return found


def resource_of(bundle: dict[str, Any], resource_type: str, place: int = 0) -> dict[str, Any]:
    """The n-th resource of a type."""
    found: dict[str, Any] = entry_of(bundle, resource_type, place)["resource"]
    return found


def the_visit(source: Journal) -> Visit:
    """The only visit."""
    ((visit,),) = (family.visits for family in source.families if family.visits)
    return visit


def with_visit(source: Journal, visit: Visit) -> Journal:
    """The journal after an edit of its only visit."""
    return replace(
        source,
        families=tuple(replace(family, visits=(visit,)) if family.visits else family for family in source.families),
    )


def edited(source: Journal, observation: str, **changes: Any) -> dict[str, Any]:
    """The report after an edit of one observation, by variable."""
    visit = the_visit(source)
    observations = tuple(
        replace(one, **changes) if one.variable.value == observation else one for one in visit.observations
    )
    (text,) = written(with_visit(source, replace(visit, observations=observations)))
    return resources_by_code(json.loads(text))[observation]


def resources_by_code(bundle: dict[str, Any]) -> dict[str, Any]:
    """The observations of a bundle by the variable that their first code is of."""
    by_code = {variable.codings[0].code: variable.id for variable in STANDARD.observed}
    return {
        by_code[entry["resource"]["code"]["coding"][0]["code"]]: entry["resource"]
        for entry in bundle["entry"]
        if entry["resource"]["resourceType"] == "Observation"
    }


# What a journal is made of


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
    for record in (visit, *visit.observations):
        assert record.origin.file == "a.ndjson"
        assert lines[record.origin.line - 40].strip() == '"resource": {'
        assert record.origin.path.startswith("Bundle.entry[")
    assert source.reports[0].origin == source.reports[0].origin._replace(file="a.ndjson", path="Bundle", line=40)
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


# Two visits in one report


def two_visits(**changes: Any) -> Journal:
    """A report with a visit to the child and one to the parent on the same day."""
    need = replace(VISIT.interventions[0], key="I2", subject=said("F1"))
    parents = replace(
        VISIT, key="K2", subject=said("F1"), school=said(None), based_on=(said("I2"),),
        type=said(VISIT_TYPE["infant-need-based"]), observations=(), interventions=(need,), responses=(),
    )  # fmt: skip
    built = ReportWriter(journal(VISIT, replace(parents, **changes)), STANDARD, NOW)
    return read(built.report([VISIT, replace(parents, **changes)]).bundle)


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


# Nothing is lost


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


def shared_bundles(shared: Path) -> Iterator[BundleText]:
    """Every official example and every case of the official validator."""
    cases = shared / "oracle" / "cases"
    yield from bundle_texts([shared / "official-examples", cases / "valid.zip", cases / "cases.zip"])


def test_official_examples_and_cases_say_the_same(shared: Path) -> None:
    count = 0
    for text in shared_bundles(shared):
        source = read_journal([text], STANDARD)
        value = parse(text.data).value
        assert written(source) == ([json_text(value)] if source.reports else [])
        assert source.reports or source.notes
        count += len(source.reports)
    assert count > 700


def test_all_reports_together_say_the_same(shared: Path) -> None:
    texts = list(shared_bundles(shared))
    expected = [json_text(found) for text in texts if (found := parse(text.data).value) is not None]
    assert written(read_journal(texts, STANDARD)) == expected


# An edit shows


def test_an_edited_value_is_written_and_what_told_of_the_old_one_is_gone() -> None:
    bundle = small()
    weight = resource_of(bundle, "Observation")
    weight["text"] = {"status": "generated", "div": "<div>23.5 kg</div>"}
    weight["valueQuantity"] = {"value": 23.5, "unit": "kilo", "system": "http://unitsofmeasure.org", "code": "kg"}
    weight["effectiveDateTime"] = "2021-10-06T09:15:00.000+02:00"
    weight["note"] = [{"text": "målt to gange"}]
    now = edited(read(bundle), "weight", value=said(Decimal("24.0")))
    assert now["valueQuantity"] == {"value": 24.0, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}
    assert "text" not in now
    assert now["note"] == weight["note"]
    assert now["effectiveDateTime"] == "2021-10-06T09:15:00.000+02:00"
    assert now["id"] == weight["id"]


def test_an_edited_code_takes_the_text_beside_it_away() -> None:
    bundle = small()
    found = resource_of(bundle, "Observation", 4)["valueCodeableConcept"]
    found["text"] = "som før"
    found["coding"].append({"system": "urn:local", "code": "1"})
    now = edited(read(bundle), "feeding", value=code("FeedingResultsChildren", 1))
    assert "text" not in now["valueCodeableConcept"]
    assert [one["code"] for one in now["valueCodeableConcept"]["coding"]] == [code("FeedingResultsChildren", 1).value]


def test_an_unreadable_value_gives_way_to_one_that_can_be_read() -> None:
    bundle = small()
    weight = resource_of(bundle, "Observation")
    weight["valueString"] = "23,5"
    del weight["valueQuantity"]
    source = read(bundle)
    assert the_visit(source).observations[0].value.raw == "23,5"
    now = edited(source, "weight", value=said(Decimal("23.5")), unit=said("kg"))
    assert "valueString" not in now
    assert now["valueQuantity"]["value"] == 23.5


def test_a_record_that_is_taken_out_or_put_in_shows() -> None:
    source = read(small())
    visit = the_visit(source)
    first, *others = visit.observations
    new = Observation("new", said("communication"), visit.subject, code("CommunicationCodes"), status=said("final"))
    (text,) = written(with_visit(source, replace(visit, observations=(*others, new))))
    now = json.loads(text)
    before = {one["fullUrl"] for one in small()["entry"]}
    after = {one["fullUrl"] for one in now["entry"]}
    assert before - after == {entry_of(small(), "Observation")["fullUrl"]}
    assert len(after - before) == 1
    assert resources_by_code(now)["communication"]["encounter"]["reference"].startswith("Encounter/")
    assert first.variable.value == "weight"


def test_a_parent_who_is_put_in_comes_with_the_parenthood() -> None:
    source = read(small())
    (family,) = source.families
    father, parenthood = CITIZENS[2], PARENTHOODS[1]
    child = next(one for one in family.citizens if one.is_child)
    visit = the_visit(source)
    new = Observation("new", said("parent-mental-status"), said(father.key), code("ParentsMentalCodes"))
    grown: Family = replace(
        family,
        citizens=(*family.citizens, father),
        parenthoods=(*family.parenthoods, replace(parenthood, child=said(child.key))),
        visits=(replace(visit, observations=(*visit.observations, new)),),
    )
    (text,) = written(replace(source, families=(grown,)))
    now = json.loads(text)
    assert [one["resource"]["resourceType"] for one in now["entry"][len(small()["entry"]) :]] == [
        "Patient",
        "RelatedPerson",
        "Observation",
    ]


def test_a_report_whose_visits_are_gone_keeps_the_rest() -> None:
    source = read(small())
    (text,) = written(replace(source, families=(replace(source.families[0], visits=()),)))
    assert [one["resource"]["resourceType"] for one in json.loads(text)["entry"]] == [
        "Patient",
        "Patient",
        "RelatedPerson",
        "Location",
    ]


def test_a_read_visit_in_a_report_of_its_own_keeps_its_ids() -> None:
    source = read(small())
    built = ReportWriter(source, STANDARD, NOW).report([the_visit(source)])
    assert {one["fullUrl"] for one in built.bundle["entry"]} == {one["fullUrl"] for one in small()["entry"]}


def test_a_record_without_id_gets_one_in_a_new_report() -> None:
    bundle = small()
    del resource_of(bundle, "QuestionnaireResponse")["id"]
    source = read(bundle)
    built = ReportWriter(source, STANDARD, NOW).report([the_visit(source)])
    assert all(one["resource"]["id"] for one in built.bundle["entry"])


# Deliveries and files that are something else

NO_REPORT = "file-not-delivery-report"


def delivery(*reports: Any) -> dict[str, Any]:
    """An incremental delivery as another system might write it."""
    writer = ReportWriter(journal(), STANDARD, NOW)
    bundle = writer.delivery("d") | {"language": "da"}
    bundle["entry"] = [{"resource": one, "fullUrl": f"urn:uuid:{number}"} for number, one in enumerate(reports)]
    return bundle


def test_a_delivery_is_its_reports_and_says_the_same() -> None:
    bundle = delivery(small(), {"resourceType": "Basic"}, small())
    bundle["entry"].append(5)
    text = json_text(bundle, is_pretty=True)
    source = read(text)
    assert len(source.reports) == 2
    assert len({one.delivery for one in source.reports}) == 1
    assert source.reports[1].origin.path == "Bundle.entry[2].resource"
    assert text.decode().split("\n")[source.reports[1].origin.line - 1].strip() == '"resource": {'
    assert [note.code for note in source.notes] == ["file-not-delivery-report"] * 2
    writer = ReportWriter(source, STANDARD, NOW)
    assert json_text(writer.delivery_as_read(source.reports), is_pretty=True) == text


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (b"", ["file-json-unreadable"]),
        (b'{"resourceType": "Bundle"', ["file-json-unreadable"]),
        (b"{}", ["file-not-fhir"]),
        (b'{"resourceType": 5}', ["file-not-fhir"]),
        (b'{"resourceType": "Patient"}', ["file-not-delivery-report"]),
        (b'{"resourceType": "Bundle", "type": "searchset"}', ["file-not-delivery-report"]),
        (b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Basic"}}]}', [NO_REPORT]),
        (b'{"resourceType": "Bundle", "resourceType": "Bundle"}', ["file-json-duplicate-key", NO_REPORT]),
        (b'{"resourceType": "Bundle", "type": "a\\u0009b\tc"}', ["file-not-delivery-report"]),
        (b'{"resourceType": "Bundle",\n\n"a": [1,],}', ["file-json-unreadable", "file-json-unreadable"]),
    ],
)  # fmt: skip
def test_what_is_no_report_is_told(text: bytes, codes: list[str]) -> None:
    source = read(text)
    assert [note.code for note in source.notes][: len(codes)] == codes
    assert source.reports == ()


def test_where_a_text_is_broken_is_told() -> None:
    (note,) = read(b'{"resourceType": "Bundle",\n\n "type": }').notes
    assert (note.origin.file, note.origin.line, note.facts["fault"]) == ("0.json", 3, "not-json")


def test_a_text_that_could_not_be_had_is_told_and_the_others_are_read() -> None:
    locked = BundleText("a.json", fault=FileFault("file-protected", file="a.json"))
    source = read_journal([locked, BundleText("b.json", json_text(small()))], STANDARD)
    assert [(note.origin.file, note.facts["fault"]) for note in source.notes] == [("a.json", "file-protected")]
    assert source.visit_count == 1


def test_progress_is_told_and_the_work_can_be_stopped() -> None:
    steps: list[Step] = []
    texts = [BundleText("a.json", json_text(small()))] * 21
    read_journal(texts, STANDARD, steps.append)
    assert steps == [Step(20, None, "report"), Step(21, 21, "report")]
    cancellation = Cancellation()
    read_journal(texts, STANDARD, cancellation=cancellation)
    cancellation.cancel()
    with pytest.raises(Cancelled):
        read_journal(texts, STANDARD, cancellation=cancellation)
