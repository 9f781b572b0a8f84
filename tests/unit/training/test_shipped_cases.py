"""Our own cases: each fits, its key is delivered whole, and only what it is about is found."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import jsonschema
import pytest
import yaml
from msgspec.structs import replace

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.model import Journal
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
    # what the gateway rejects beside what the guide's table asks for
    "motor function is never rejected": {"motor-function-never-rejected"},
    "relationship at 8-11 months is never rejected": {"relationship-at-eight-months"},
    "communication is rejected in the first month": {"communication-in-first-month"},
    "motor function at leaving": {"motor-function-at-leaving"},
    "feeding and nutrition share a code": {"feeding-or-nutrition"},
    "weight needs its second code": {"measurement-codes"},
    "rules look at the whole report": {"one-report-a-visit"},
    "height has a decimal": {"half-centimetre", "height-with-decimal"},
    "two profiles fix the words": {"passive-smoking", "nicotine", "fixed-words"},
    "a measurement can't be without a value": {"measurement-not-obtained"},
    "a period is as precise at both ends": {"period-precision"},
    "a correction carries citizen and school": {"self-contained-correction"},
    # what is mandatory, and what was not obtained
    "rules hold at home and in the clinic": {"class-telephone"},
    "what was not obtained has a reason": {"missing-reason", "second-night"},
    # deliveries over time
    "a report a day": {"daily-delivery"},
    "a report is never sent again": {"new-report-id"},
    "the same id is an update": {"same-id-updates", "ended-intervention"},
    "only the latest is voided": {"void-the-latest"},
    "moment or period": {"moment-or-period"},
    "wrong number": {"wrong-cpr"},
    "the sender cleans up": {"sender-cleans-up"},
    "technical errors": {"technical-errors"},
    "feeding wants both": {"feeding-periods", "feeding-today-and-before"},
    "one visit, two journals": {"two-encounters-one-visit", "three-interventions"},
    "parents are citizens": {"parents-as-citizens"},
    # the visit type
    "by what was done": {"visit-type-by-what-was-done", "local-contact"},
    "a second contact finishes what was missing": {"missing-is-finished"},
    "the school's number": {"school-number", "school-held-elsewhere", "no-school"},
    "before birth": {"subject-before-birth", "vulnerable-mother"},
    # questionnaires
    "whose, how high, and added up": {"epds-both-parents", "high-epds", "score-is-the-sum", "last-epds-question"},
    # identity
    "numbers": {"check-digit-is-a-hint", "provisional-number"},
    "twins": {"twins"},
    # findings
    "a finding is a reason": {"findings-and-reasons"},
}
"""What the standard's text and rules trap whoever records a visit in, each by what it is about, with the names that the
cases have for it. What only traps those who write validators is not among it."""


def test_every_trap_is_trained() -> None:
    trained = {trap for case in READ.cases for trap in case.traps}
    assert trained == set().union(*TRAPS.values())


def case_about(trap: str) -> Case:
    """The first case that is about a trap."""
    return next(case for case in READ.cases if trap in case.traps)


def without(case: Case, asked: str) -> Case:
    """A case in which nobody answers something; what is said as well goes along."""
    visits = tuple(replace(visit, key=tuple(one for one in visit.key if one.asked != asked)) for visit in case.visits)
    return replace(case, visits=visits)


def found_in(journal: Journal) -> set[tuple[str, Severity]]:
    """The codes that are found, with how much each weighs; not what the cases give by themselves."""
    found = {one.code for family in validate(journal, STANDARD, TODAY).by_family.values() for one in family.all}
    return {(code, finding_types()[code].severity) for code in found - set().union(*ABOUT.values())}


@pytest.mark.parametrize(
    ("trap", "asked", "code", "severity"),
    [
        ("motor-function-never-rejected", "motor-function", "mandatory-missing-guide", Severity.LOOK_AT),
        ("relationship-at-eight-months", "parent-relationship", "mandatory-missing-guide", Severity.LOOK_AT),
        ("communication-in-first-month", "communication", "mandatory-missing-gateway", Severity.REJECTED),
        ("feeding-or-nutrition", "nutrition", "mandatory-missing-gateway", Severity.REJECTED),
    ],
)
def test_what_nobody_answers_is_told_as_the_case_says(trap: str, asked: str, code: str, severity: Severity) -> None:
    assert found_in(journal_of(without(case_about(trap), asked), STANDARD, Part.ALL)) == {(code, severity)}


@pytest.mark.parametrize(
    ("trap", "code"),
    [("measurement-not-obtained", "missing-reason-contradicted"), ("period-precision", "period-mixed-precision")],
)
def test_what_is_planted_is_found_as_the_case_says(trap: str, code: str) -> None:
    assert found_in(journal_of(case_about(trap), STANDARD, Part.FAULTS)) == {(code, Severity.REJECTED)}


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
    omitted = sum(answer.omitted for visit in case.visits for answer in visit.key)
    outcomes = [one.outcome for one in nothing]
    assert outcomes.count(Outcome.RIGHT) == omitted
    assert outcomes.count(Outcome.MISSING) == len(outcomes) - omitted
    assert len(nothing) == len(whole)
    half = compared(case, journal_of(case, STANDARD, Part.HALF), STANDARD)
    assert {one.outcome for one in half} == {Outcome.RIGHT, Outcome.MISSING}


@each
def test_each_step_gives_one_answer_more(case: Case) -> None:
    told = [(step.answer.omitted, compared(case, step.journal, STANDARD)) for step in steps(case, STANDARD)]
    right = [sum(one.outcome is Outcome.RIGHT for one in each) for omitted, each in told if not omitted]
    assert right == sorted(set(right))
    assert len(told) == sum(len(visit.key) for visit in case.visits)


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
