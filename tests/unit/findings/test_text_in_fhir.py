"""What is said of the engine's findings: every kind has texts, and nobody's CPR number is in them."""

from __future__ import annotations

import ast
import json
import lzma
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ldbu_desktop import conformance, json_text
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.bundles.receipt import NOT_CONFORMANT, NOT_REACHED
from ldbu_desktop.conformance.verdict.verdict import conformance_finding
from ldbu_desktop.findings.catalogue import FindingType, types_by_level
from ldbu_desktop.findings.model import Finding, Level, Location
from ldbu_desktop.findings.text import expected_text, found_text, message_of, rendered
from ldbu_desktop.journal.mask import cpr_masked, masked
from ldbu_desktop.language import Language, placeholders
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.engines import engine_for
from ldbu_desktop.use_cases.meanings import codes, meanings
from tests.profiles import some
from tests.program_code import tree_of

GENERATED = Path(__file__).parents[2] / "data" / "conformance" / "generated.jsonl.xz"

STANDARD = shipped_standard()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0505209996", "050520-••••"),
        ("050520-9996", "050520-••••"),
        ("Patient/0505209996?", "Patient/050520-••••?"),
        ("451000016003", "451000016003"),
        ("1153637007", "1153637007"),
        ("9905209996", "9905209996"),
    ],
)
def test_cpr_numbers_are_masked_and_other_numbers_are_not(text: str, shown: str) -> None:
    assert cpr_masked(text) == shown


def test_what_identifies_a_person_is_hidden_also_when_malformed() -> None:
    assert masked("9999999996") == "999999-••••"
    error = conformance_finding("k", "Bundle.entry[0].resource.identifier[0].value", (), "wrong-id", found="5O520-9996")
    assert "9996" not in message_of(error, Language.DANISH, STANDARD)
    assert masked("x") == "x"


_KIND_AMONG_ARGUMENTS = {
    "problem": 2, "Malformed": 1, "_Fatal": 0, "_note": 0, "TextFault": 0, "_tell": 0, "conformance_finding": 3,
}  # fmt: skip


def kinds_in_the_engine() -> set[str]:
    """The kinds that stand in calls which tell of a problem, by the engine's own source."""
    folder = Path(conformance.__file__ or "").parent
    found: set[str] = set()
    for path in (*folder.rglob("*.py"), Path(json_text.__file__)):
        for call in ast.walk(tree_of(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            place = _KIND_AMONG_ARGUMENTS.get(name)
            told = [call.args[place]] if place is not None and len(call.args) > place else []
            told.extend(word.value for word in call.keywords if word.arg == "code")
            for one in told:
                for part in ast.walk(one):
                    if isinstance(part, ast.Constant) and re.fullmatch(r"[a-z]+(-[a-z\d]+)*", str(part.value)):
                        found.add(part.value)
    return found - json_text.HARMLESS


def types() -> dict[str, FindingType]:
    return {one.code: one for one in types_by_level()[Level.CONFORMANCE]}


def test_every_kind_of_the_engine_has_texts() -> None:
    assert kinds_in_the_engine() - types().keys() == set()


@pytest.mark.no_cover
def test_every_code_that_is_shown_is_explained() -> None:
    lines = lzma.decompress(GENERATED.read_bytes()).decode().split("\n")
    engine = engine_for(shipped_standard())
    known = set(codes())
    for line in some(lines[1::7], 100):
        verdict = engine.check(json.loads(line)["text"].encode("latin-1"))
        found = (*verdict.errors, *verdict.others)
        shown = {one.rule for one in found} | {one.code for one in found}
        assert shown <= known, shown - known


def test_every_message_is_told_as_kinds_that_there_are() -> None:
    official = {key for one in types().values() for key in one.official}
    for key in official:
        told_as = [one for one in types().values() if key in one.official]
        assert len(meanings(key, Language.ENGLISH, STANDARD)) == len(told_as) > 0
    assert meanings("no-such-code", Language.DANISH, STANDARD) == ()


def test_every_contradiction_of_the_standard_is_told_somewhere() -> None:
    struck = {
        one for code in codes() for told in meanings(code, Language.DANISH, STANDARD) for one in told.contradictions
    }
    known = msgspec.json.decode(resource("standard", "contradictions.json").read_bytes())
    assert {one["text"]["da"] for one in known} == struck


def test_an_element_may_have_texts_of_its_own() -> None:
    display = error("other-value", "a", "b", at="Bundle.entry[0].resource.code.coding[0].display")
    code = error("other-value", "a", "b", at="Bundle.entry[0].resource.code.coding[0].code")
    assert message_of(display, Language.DANISH, STANDARD) != message_of(code, Language.DANISH, STANDARD)
    assert rendered(display, Language.DANISH, STANDARD).contradictions
    assert not rendered(code, Language.DANISH, STANDARD).contradictions


def test_reasons_of_receipts_are_told() -> None:
    assert {NOT_CONFORMANT, NOT_REACHED} == {one.code for one in types_by_level()[Level.EXPORT]}


@pytest.mark.parametrize("level", [Level.CONFORMANCE, Level.EXPORT])
def test_texts_name_only_what_is_known(level: Level) -> None:
    for one in types_by_level()[level]:
        for text in one.texts:
            assert placeholders(text.da) <= {"found", "expected", "element", "obstacles", "key"}, one.code


def error(code: str, found: str = "", expected: str = "", at: str = "Bundle.entry[0].resource.x", **more: Any) -> Any:
    return conformance_finding(more.pop("key", "k"), at, (), code, found, expected, **more)


def test_what_keeps_an_observation_from_its_profile_is_told_in_words() -> None:
    obstacle = error("too-many", "Observation.subject x 2", "1")
    near = "http://fhir.kl.dk/children/StructureDefinition/klgateway-children-sleep"
    words = rendered(error("fits-no-profile", "", near, obstacles=(obstacle,)), Language.DANISH, STANDARD)
    assert "»Søvn«" in words.message
    assert message_of(obstacle, Language.DANISH, STANDARD) in words.why
    other = rendered(
        error("fits-no-profile", "", "http://example.org/StructureDefinition/own|1"), Language.ENGLISH, STANDARD
    )
    assert "“own”" in other.message


@pytest.mark.parametrize(
    ("code", "found", "shown"),
    [
        ("not-in-value-set", "http://loinc.org#29463-7", "Vægt (29463-7)"),
        ("not-in-value-set", "http://x.dk#1, http://loinc.org#8302-2", "http://x.dk#1, Længde/højde (8302-2)"),
        ("unknown-code", "#763c6f21-5467-4713-82fb-716c9d0a1fdf", "Forældre-barn-relation (763c6f21…)"),
        ("other-value", "763c6f21-5467-4713-82fb-716c9d0a1fdf", "Forældre-barn-relation (763c6f21…)"),
        ("other-value", "00000000-0000-4000-8000-000000000000", "00000000…"),
        ("other-value", "final", "Endelig (final)"),
        ("other-value", "usual", "usual"),
        ("other-value", "to ord", "to ord"),
        ("not-a-value", "array", "en liste"),
        ("not-a-value", "noget", "noget"),
        ("too-many", "Patient.identifier x 2", "Patient.identifier × 2"),
        ("foreign-resource", "Encounter Patient", "Encounter, Patient"),
        ("display-differs", "Ukendt | Unknown", "Ukendt« eller »Unknown"),
        ("wrong-aggregation", "contained", "i selve ressourcen"),
        ("reason-answers-rule", "url#gateway-children-report-weight", "Vægt"),
        ("reason-answers-rule", "another-rule", "another-rule"),
    ],
)
def test_facts_are_told_in_words(code: str, found: str, shown: str) -> None:
    assert found_text(error(code, found), Language.DANISH, STANDARD) == shown
    assert expected_text(error(code, "", found), Language.DANISH, STANDARD) == shown


def test_facts_are_told_in_either_language() -> None:
    assert found_text(error("not-a-value", "array"), Language.DANISH, STANDARD) == "en liste"
    assert (
        expected_text(error("not-in-value-set", "", "http://loinc.org#29463-7"), Language.ENGLISH, STANDARD)
        == "Weight (29463-7)"
    )


_UUIDS_OF_IDS = re.compile(r"(?:[A-Z][A-Za-z]+/|urn:uuid:|[/#])[\w-]*[0-9a-f]{4}-[0-9a-f]{12}\S*")
"""Ids of resources are what people look for, and stay as they are."""


@pytest.mark.no_cover
def test_no_text_shows_how_a_program_writes() -> None:
    """Nothing that the engine says of many kinds of fault holds a Python value or a bare UUID of a code."""
    lines = lzma.decompress(GENERATED.read_bytes()).decode().split("\n")
    engine = engine_for(shipped_standard())
    for line in some(lines[::5], 200):
        verdict = engine.check(json.loads(line)["text"].encode("latin-1"))
        for one in (*verdict.errors, *verdict.others):
            words = rendered(one, Language.DANISH, STANDARD)
            text = f"{words.message} {words.why} {words.remedy}"
            assert not re.search(r"\{'|\['|\('|\bNone\b|\bTrue\b|<class|»«", text) or one.found in {
                "",
                "None",
                "True",
            }, text


def test_what_is_found_in_a_journal_is_told_as_it_stood() -> None:
    finding = Finding("code-unknown", Location(), "http://x.dk/StructureDefinition/a 050520-9996")
    assert found_text(finding, Language.DANISH, STANDARD) == "http://x.dk/StructureDefinition/a 050520-••••"
