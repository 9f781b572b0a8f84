"""Our own cases: each fits, its key is delivered whole, and only what it is about is found."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import jsonschema
import pytest
import yaml

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.language import Language
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.training.comparison import Outcome, compared
from ldbu_desktop.training.journals import Part, journal_of, steps
from ldbu_desktop.training.loader import shipped_cases
from ldbu_desktop.training.model import Case, Level
from ldbu_desktop.use_cases.check import check
from ldbu_desktop.use_cases.export import export
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.deliveries import Deliveries
from tests.unit.training.case_schema import FILE, case_schema

STANDARD = shipped_standard()
READ = shipped_cases(STANDARD)
TODAY = date(2026, 1, 5)
ABOUT = {"to-maaneder-epds": {"mark-reached"}, "mellemtrin": {"school-missing"}}
"""What the key of a case gives as findings because it is what the case is about."""

each = pytest.mark.parametrize("case", READ.cases, ids=lambda case: case.id)


def test_all_fit_and_every_visit_type_is_there_once() -> None:
    assert READ.faults == ()
    assert len(READ.cases) >= 12
    trained = {visit.type for case in READ.cases for visit in case.visits}
    assert trained == {one.id for one in STANDARD.visit_types}
    assert [case.level for case in READ.cases] == sorted((case.level for case in READ.cases), key=list(Level).index)


TRAPS = {
    "visit type": {"visit-type-by-what-was-done", "two-encounters-one-visit"},
    "class": {"class-telephone"},
    "before birth": {"subject-before-birth", "vulnerable-mother"},
    "parents": {"parents-as-citizens", "epds-both-parents", "high-epds"},
    "not obtained": {"second-night", "missing-reason"},
    "measured": {"half-centimetre", "feeding-periods"},
    "identity": {"twins", "wrong-cpr"},
    "school": {"school-number", "no-school"},
    "indicators": {
        "passive-smoking",
        "nicotine",
        "motor-function-at-leaving",
        "relationship-at-eight-months",
        "communication-in-first-month",
    },
    "findings": {"findings-and-reasons", "three-interventions", "ended-intervention"},
}
"""What the standard's text and rules trap a health visitor in, by what it is about."""


def test_every_trap_is_trained() -> None:
    trained = {trap for case in READ.cases for trap in case.traps}
    assert trained == set().union(*TRAPS.values())


@each
def test_the_key_is_delivered_whole(case: Case, tmp_path: Path) -> None:
    journal = journal_of(case, STANDARD, Part.ALL)
    findings = validate(journal, STANDARD, TODAY)
    told = {one.code for family in findings.by_family.values() for one in family.all}
    assert told == ABOUT.get(case.id, set())
    receipt = export(Deliveries(findings, STANDARD), tmp_path / "ud", ExportOptions(), datetime(2026, 1, 5, tzinfo=UTC))
    assert receipt.left_out == ()
    checked = [one for one in check([tmp_path / "ud"], STANDARD) if one.is_report]
    assert checked
    assert all(one.is_valid for one in checked)


@each
def test_the_key_is_right_and_nothing_is_missing(case: Case) -> None:
    whole = compared(case, journal_of(case, STANDARD, Part.ALL), STANDARD)
    assert {one.outcome for one in whole} == {Outcome.RIGHT}
    nothing = compared(case, journal_of(case, STANDARD, Part.NOTHING), STANDARD)
    assert {one.outcome for one in nothing} == {Outcome.MISSING}
    assert len(nothing) == len(whole)
    half = compared(case, journal_of(case, STANDARD, Part.HALF), STANDARD)
    assert {one.outcome for one in half} == {Outcome.RIGHT, Outcome.MISSING}


@each
def test_each_step_gives_one_answer_more(case: Case) -> None:
    right = [
        sum(one.outcome is Outcome.RIGHT for one in compared(case, step.journal, STANDARD))
        for step in steps(case, STANDARD)
    ]
    assert right == sorted(set(right))
    assert len(right) == sum(len(visit.key) for visit in case.visits)


@pytest.mark.parametrize("case", [case for case in READ.cases if case.has_faults], ids=lambda case: case.id)
def test_faults_that_are_to_be_found(case: Case) -> None:
    wrong = compared(case, journal_of(case, STANDARD, Part.FAULTS), STANDARD)
    planted = sum(bool(answer.wrong) for visit in case.visits for answer in visit.key)
    assert sum(one.outcome is Outcome.DIFFERENT for one in wrong) == planted


@each
def test_each_answer_says_why_in_both_languages(case: Case) -> None:
    for visit in case.visits:
        for why in (*(answer.why for answer in visit.key), *([visit.why] if visit.why else [])):
            assert why[Language.DANISH].strip()
            assert why[Language.ENGLISH].strip()
            assert why[Language.DANISH] != why[Language.ENGLISH]


def test_the_published_schema_is_the_models() -> None:
    assert json.loads(FILE.read_text(encoding="utf-8")) == json.loads(json.dumps(case_schema())), (
        "python -m tests.unit.training.case_schema"
    )
    validator = jsonschema.Draft202012Validator(case_schema())
    for path in resource("training").glob("*.yaml"):
        document = json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))
        for part in ("before", "visits"):
            for visit in document.get(part, []):
                visit["start"] = str(visit["start"])
        assert not list(validator.iter_errors(document)), path.name
