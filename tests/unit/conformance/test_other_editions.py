"""A report for another edition of the standard, or another guide, is told as that, once, with what to change."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.conformance.model import CheckedReport, ReportTally, Verdict
from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.causes import causes
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.findings.technical_words import technical_words
from ldbu_desktop.use_cases.engines import engine_for
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.validate import validate
from tests.delivery_histories.journal import STANDARD, Delivering, written
from tests.delivery_histories.stories import in_one_delivery

OTHER = "other-edition"
PLACE = "http://fhir.kl.dk/children/StructureDefinition/"


def report() -> Any:
    """A valid report."""
    journal = Delivering(3)
    journal.routine("4-6-months", 150)
    return journal.reports[0]


def verdict(told: Any) -> Verdict:
    """What is said of it."""
    return engine_for(STANDARD).check(written(told))


def edition(told: Any) -> list[str]:
    """The editions that it is told to be of."""
    return [one.found for one in verdict(told).others if one.code == OTHER]


def replaced(old: str, new: str) -> Any:
    """The report with one text for another."""
    return json.loads(json.dumps(report()).replace(old, new))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (report(), []),
        (replaced("klgateway-children-sleep", "klgateway-children-indicator"), ["edition-1.0.0"]),
        (replaced("73f981f8-455a-4158-b435-7c6d83ab84da", "bfc7062e-d529-4516-a698-fc87b339033a"), ["edition-1.0.0"]),
        (replaced('children-delivery-report"', 'children-delivery-report|2.0.1"'), ["edition-2.0"]),
        (replaced(PLACE, "http://fhir.kl.dk/rehab/StructureDefinition/"), ["edition-rehab"]),
        (replaced(PLACE, "http://fhir.kl.dk/prevention/StructureDefinition/"), ["edition-prevention"]),
        (replaced(PLACE, "http://fhir.kl.dk/gateway/StructureDefinition/"), ["edition-care"]),
    ],
)
def test_the_edition_is_told(told: Any, expected: list[str]) -> None:
    assert edition(told) == expected


def test_people_are_told_the_one_reason_alone() -> None:
    of_rehab = verdict(replaced(PLACE, "http://fhir.kl.dk/rehab/StructureDefinition/"))
    assert len(of_rehab.errors) > 1
    assert [one.code for one in of_rehab.for_people] == [OTHER]
    tally = ReportTally(None)
    tally.add(CheckedReport("x", of_rehab))
    assert (tally.rejected, tally.rejecting, [one.code for one in tally.own]) == (1, [], [OTHER])


def test_a_delivery_is_told_once() -> None:
    journal = Delivering(1)
    in_one_delivery(journal)
    (delivery,) = journal.reports
    old = json.loads(json.dumps(delivery).replace("children-bodyweight", "children-mental-state"))
    assert edition(old) == ["edition-1.0.0"]


def test_every_edition_has_words_for_it_and_for_what_to_change() -> None:
    for one in STANDARD.header.editions:
        assert technical_words()[one.id].da
        assert technical_words()[f"{one.id}.change"].en


def test_odd_shapes_are_no_edition() -> None:
    odd = copy.deepcopy(report())
    odd["entry"] += [
        {"resource": 1},
        {"resource": {"resourceType": "Observation", "meta": {"profile": 3}, "type": [1]}},
    ]
    odd["entry"].append({"resource": {"resourceType": "Observation", "code": {"coding": [1, {"code": 2}]}}})
    assert edition(odd) == []


PROVISIONAL = "ecpr-not-reported"
D_ECPR, X_ECPR = "urn:oid:1.2.208.176.1.6.1.3.177", "urn:oid:1.2.208.176.1.6.1.1"


def citizen_of(told: Any) -> Any:
    """The first citizen of a report."""
    return next(one["resource"] for one in told["entry"] if one["resource"]["resourceType"] == "Patient")


def numbered(value: str, **parts: str) -> Any:
    """The report with another number of its first citizen."""
    told = report()
    citizen_of(told)["identifier"][0].update(parts, value=value)
    return told


@pytest.mark.parametrize(
    "told",
    [
        numbered("1804241AB2"),
        numbered("6104241234"),
        numbered("1804241AB2", system=X_ECPR, use="temp"),
        numbered("1804240AB2", system=D_ECPR, use="temp"),
        numbered("1804240AB2", system=D_ECPR),
        numbered("1804241234", system=D_ECPR),
    ],
)
def test_a_provisional_number_is_told_as_that_alone_and_once(told: Any) -> None:
    found = verdict(told)
    assert found.errors
    (one,) = found.for_people
    assert (one.code, one.at.endswith("identifier[0].value")) == (PROVISIONAL, True)
    assert type_of(one).is_ours
    assert set(one.followers) == {follower for error in found.errors for follower in error.followers}


def test_what_else_a_report_is_rejected_for_is_told_beside_a_provisional_number() -> None:
    told = numbered("1804241AB2")
    citizen_of(told)["gender"] = "x"
    codes = [one.code for one in verdict(told).for_people]
    assert codes.count(PROVISIONAL) == 1
    assert len(codes) > 1
    assert "cpr" not in [one.rule for one in verdict(told).for_people]


def test_a_provisional_number_beside_a_cpr_number_is_one_too_many() -> None:
    told = report()
    citizen_of(told)["identifier"].append({"use": "temp", "system": D_ECPR, "value": "1804240AB2"})
    assert [one.code for one in verdict(told).for_people] == ["too-many"]


@pytest.mark.parametrize("system", ["", X_ECPR])
def test_in_a_journal_a_provisional_number_is_told_once(system: str, tmp_path: Path) -> None:
    told = numbered("1804241AB2", **({"system": system} if system else {}))
    (tmp_path / "a.json").write_bytes(written(told))
    found = causes(validate(load([tmp_path], STANDARD), STANDARD, date(2026, 11, 29)).all)
    assert [(one.code, one.count) for one in found if one.severity is Severity.REJECTED] == [("cpr-provisional", 1)]


def test_a_resource_of_another_guide_alone_is_told_as_that() -> None:
    of_rehab = citizen_of(replaced(PLACE, "http://fhir.kl.dk/rehab/StructureDefinition/"))
    assert [one.code for one in verdict(of_rehab).for_people] == [OTHER]
    assert [one.code for one in verdict(citizen_of(report())).others] == ["resource-alone"]


REHAB, OLD = (
    replaced(PLACE, "http://fhir.kl.dk/rehab/StructureDefinition/"),
    replaced("73f981f8-455a-4158-b435-7c6d83ab84da", "bfc7062e-d529-4516-a698-fc87b339033a"),
)


def test_each_edition_is_a_cause_of_its_own_with_its_own_remedy() -> None:
    tally = ReportTally(None)
    for told in (REHAB, OLD, REHAB):
        tally.add(CheckedReport("x", verdict(told)))
    assert [(one.first.found, one.count) for one in tally.own] == [("edition-rehab", 2), ("edition-1.0.0", 1)]


def test_in_a_journal_an_edition_is_all_that_is_told_of_its_report(tmp_path: Path) -> None:
    for name, told in (("a.json", REHAB), ("b.json", OLD)):
        (tmp_path / name).write_bytes(written(told | {"id": name[0] * 24}))
    found = validate(load([tmp_path], STANDARD), STANDARD, date(2026, 11, 29)).all
    rejected = [cause for cause in causes(found) if cause.severity is Severity.REJECTED]
    assert [(cause.first.rule, cause.count) for cause in rejected] == [(OTHER, 1), (OTHER, 1)]
    assert not any(type_of(one).tells == "absence" for one in found)


def test_in_a_journal_faults_of_persons_in_a_report_of_another_edition_are_not_told_beside_it(tmp_path: Path) -> None:
    told = json.loads(json.dumps(numbered("05051599")).replace(PLACE, "http://fhir.kl.dk/rehab/StructureDefinition/"))
    (tmp_path / "a.json").write_bytes(written(told))
    found = validate(load([tmp_path], STANDARD), STANDARD, date(2026, 11, 29)).all
    assert [cause.first.rule for cause in causes(found) if cause.severity is Severity.REJECTED] == [OTHER]


def test_a_journals_note_of_a_lone_resource_names_no_edition_by_its_id(tmp_path: Path) -> None:
    of_rehab = citizen_of(replaced(PLACE, "http://fhir.kl.dk/rehab/StructureDefinition/"))
    (tmp_path / "a.json").write_bytes(written(of_rehab))
    found = validate(load([tmp_path], STANDARD), STANDARD, date(2026, 11, 29)).all
    assert [(one.found, one.facts["broken"]) for one in found if one.code == "file-report-rejected"] == [("", OTHER)]
