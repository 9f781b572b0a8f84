"""Every code has an example that gives exactly it, and its texts ask for no fact that the check does not give."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from ldbu_desktop import findings as room
from ldbu_desktop.findings.catalogue import journal_types, types_by_level
from ldbu_desktop.findings.checks.files import NOTE_CODES
from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.findings.checks.scopes import PARTS, FamilyScope, VisitScope, journal_context
from ldbu_desktop.findings.examples import example_sheets, shipped_examples
from ldbu_desktop.findings.model import JOURNAL_LEVELS, Level
from ldbu_desktop.findings.run import FAMILY_CHECKS, JOURNAL_CHECKS, VISIT_CHECKS, judged_family
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.findings.text import rendered
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.language import Language, placeholders
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.examples import clean_journal, example, example_day, example_journal
from ldbu_desktop.use_cases.explain import codes
from ldbu_desktop.use_cases.validate import validate

PASSED_ON = {"said", "because", "do"}
"""What is told of the finding that a verdict passes on."""

ALWAYS_GIVEN = {"found", "instead", "place", "rule", "version"}
READING_ROOMS = ("sources", "mapping", "bundles")


@cache
def journal_with(code: str) -> Journal:
    """The journal of a code's example, made once."""
    return example_journal(code, shipped_standard())


@cache
def findings_of(code: str) -> Findings:
    """What is found in the example of a code, looked for once."""
    return validate(journal_with(code), shipped_standard(), example_day())


def test_nothing_is_found_in_the_clean_export(standard: Standard) -> None:
    assert validate(clean_journal(standard), standard, example_day()).all == ()


def test_every_code_has_one_example() -> None:
    assert sorted(each.code for each in shipped_examples().examples) == sorted(codes())


@pytest.mark.parametrize("code", codes())
def test_the_example_gives_exactly_its_code(code: str) -> None:
    assert set(findings_of(code).by_code) == {code, *example(code).also}


@pytest.mark.parametrize("code", codes())
def test_the_texts_ask_for_facts_that_are_given(code: str, standard: Standard) -> None:
    kind = journal_types()[code]
    for finding in findings_of(code).by_code[code]:
        given = set(finding.facts) | ALWAYS_GIVEN | (PASSED_ON if finding.obstacles else set())
        assert all(placeholders(text.da) <= given for text in kind.texts)
        for language in Language:
            told = rendered(finding, language, standard)
            assert told.place
            assert "{" not in told.message + told.why + told.remedy + told.expected


def test_companions_say_why_they_come_along() -> None:
    assert all(reason.strip() for each in shipped_examples().examples for reason in each.also.values())


def test_a_tabular_example_differs_from_the_clean_export() -> None:
    for each in shipped_examples().examples:
        assert each.is_tabular == bool(each.rows and not (each.records or each.read))
        assert (example_sheets(each) != example_sheets()) == bool(each.rows)


@pytest.mark.parametrize("code", codes())
def test_a_check_gives_only_what_it_declares(code: str, standard: Standard) -> None:
    journal = journal_with(code)
    rules, context = RuleBook(standard), journal_context(journal)
    for journal_check in JOURNAL_CHECKS:
        assert {finding.code for finding in journal_check.function(journal)} <= journal_check.codes
    for family in journal.families:
        within = FamilyScope(family, context, rules, example_day())
        for family_check in FAMILY_CHECKS:
            assert {finding.code for finding in family_check.function(within)} <= family_check.codes
        for visit in within.visits:
            scope = VisitScope(within, visit)
            for visit_check in VISIT_CHECKS:
                given = {finding.code for finding in visit_check.function(scope)}
                assert given <= visit_check.codes
                # It is not asked about a visit that has nothing of what it looks at.
                assert visit_check.looks_at <= set(PARTS)
                there = {part for part, is_there in zip(PARTS, scope.parts, strict=True) if is_there}
                assert not given or not visit_check.looks_at or not visit_check.looks_at.isdisjoint(there)


def test_what_was_in_order_at_other_visits_hides_nothing(standard: Standard) -> None:
    taught = RuleBook(standard)
    clean = clean_journal(standard)
    for family in clean.families:
        judged_family(family, journal_context(clean), taught, example_day())
    assert taught.in_order
    for code in codes():
        journal = journal_with(code)
        context = journal_context(journal)
        for family in journal.families:
            fresh = judged_family(family, context, RuleBook(standard), example_day())
            assert judged_family(family, context, taught, example_day()) == fresh


def test_every_code_is_declared_at_its_level() -> None:
    levels = {one.code: level for level in JOURNAL_LEVELS for one in types_by_level()[level]}
    checks = (*VISIT_CHECKS, *FAMILY_CHECKS, *JOURNAL_CHECKS)
    assert {code for each in checks for code in each.codes} == set(levels)
    assert all(levels[code] is each.level for each in checks for code in each.codes)


def test_what_a_reading_tells_is_a_known_kind() -> None:
    told = set()
    for name in READING_ROOMS:
        for path in (Path(str(room.__file__)).parents[1] / name).glob("*.py"):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in (
                    "Note",
                    "Remark",
                    "note",
                ):
                    told |= {
                        word.value
                        for word in ast.walk(call)
                        if isinstance(word, ast.Constant) and str(word.value).startswith("file-")
                    }
    assert told
    assert told <= NOTE_CODES


def test_file_codes_are_at_the_file_level() -> None:
    assert all(code in {kind.code for kind in types_by_level()[Level.FILE]} for code in NOTE_CODES)
