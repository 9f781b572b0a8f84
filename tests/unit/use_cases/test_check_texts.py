"""What is said of the engine's findings: every kind has texts, and nobody's CPR number is in them."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ldbu_desktop import conformance, json_text
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.conformance.verdict import ConformanceError, Severity
from ldbu_desktop.language import Language
from ldbu_desktop.use_cases.check_texts import hidden, masked, message, told


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0505209996", "••••••-9996"),
        ("050520-9996", "••••••-9996"),
        ("Patient/0505209996?", "Patient/••••••-9996?"),
        ("451000016003", "451000016003"),
        ("1153637007", "1153637007"),
        ("9905209996", "9905209996"),
    ],
)
def test_cpr_numbers_are_masked_and_other_numbers_are_not(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_what_identifies_a_person_is_hidden_also_when_malformed() -> None:
    assert hidden("9999999996") == "••••••-9996"
    error = ConformanceError(
        "k", "Bundle.entry[0].resource.identifier[0].value", (), Severity.ERROR, "wrong-id", found="5O520-9996"
    )
    assert "5O520" not in message(error, Language.DANISH)
    assert hidden("x") == "x"


_KIND_AMONG_ARGUMENTS = {
    "problem": 2, "Malformed": 1, "_Fatal": 0, "_note": 0, "TextFault": 0, "_tell": 0, "ConformanceError": 4,
}  # fmt: skip


def kinds_in_the_engine() -> set[str]:
    """The kinds that stand in calls which tell of a problem, by the engine's own source."""
    folder = Path(conformance.__file__ or "").parent
    found: set[str] = set()
    for path in (*folder.glob("*.py"), Path(json_text.__file__)):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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


def texts() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = msgspec.json.decode(resource("messages", "conformance.json").read_bytes())
    return found


def test_every_kind_of_the_engine_has_texts() -> None:
    assert kinds_in_the_engine() - texts()["kinds"].keys() == set()


@pytest.mark.parametrize("section", ["kinds", "rules"])
def test_texts_are_whole_and_name_only_what_is_known(section: str) -> None:
    for code, telling in texts()[section].items():
        for part in ("message", "why", "remedy"):
            for language in Language:
                text = telling[part][language]
                assert text.strip() == text != "", (code, part)
                assert set(re.findall(r"\{(.*?)\}", text)) <= {"found", "expected", "element", "elements", "key"}, code
            facts = [sorted(set(re.findall(r"\{.*?\}", telling[part][language]))) for language in Language]
            assert facts[0] == facts[1], (code, part)


def test_a_kind_that_nobody_knows_is_told_by_its_key() -> None:
    error = ConformanceError("Some_New_Kind", "Bundle", (), Severity.ERROR, "brand-new", found="a", expected="b")
    assert "brand-new" in message(error, Language.ENGLISH) or "Some_New_Kind" in message(error, Language.ENGLISH)


def test_what_keeps_an_observation_from_its_profile_is_told_by_element() -> None:
    found = "missing Bundle.entry[9].resource.code; unresolved-reference Bundle.entry[9].resource.subject"
    profile = "http://example.org/StructureDefinition/exam-result"
    error = ConformanceError(
        "x#gateway-children-report-1", "Bundle", (), Severity.ERROR, "fits-no-profile", found, profile
    )
    words = told(error, Language.ENGLISH)
    assert "exam-result" in words.message
    assert "code, subject" in words.why
