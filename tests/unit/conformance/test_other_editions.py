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
from tests.delivery_histories.stories import in_one_delivery, ordinary

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


def test_a_provisional_number_is_no_faulty_one() -> None:
    journal = Delivering(1)
    ordinary(journal)
    told = journal.reports[1]
    patient = next(one["resource"] for one in told["entry"] if one["resource"]["resourceType"] == "Patient")
    patient["identifier"][0]["value"] = "1804241AB2"
    found = [one for one in verdict(told).others if one.code == "ecpr-not-reported"]
    assert len(found) == 1
    assert found[0].at.endswith("identifier[0].value")
    assert type_of(found[0]).is_ours


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
