"""What a cause is called: what tells it from others of its kind comes first."""

from __future__ import annotations

from msgspec.structs import replace

from ldbu_desktop.findings.cause_text import cause_title, finding_title, finding_titles
from ldbu_desktop.findings.causes import causes
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.language import Language
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.examples import example_day, example_journal
from ldbu_desktop.use_cases.validate import validate

STANDARD = shipped_standard()


def title(*findings: Finding) -> str:
    (cause,) = causes(findings)
    return cause_title(cause, Language.DANISH, STANDARD)


def example(code: str) -> Finding:
    return validate(example_journal(code, STANDARD), STANDARD, example_day()).by_code[code][0]


def test_a_variable_and_what_was_found_come_first() -> None:
    zero = example("value-zero")
    name = STANDARD.variable[zero.location.variable].label.da
    assert title(zero).startswith(f"{name} »{zero.found}«: ")
    assert title(zero, replace(zero, found="0,0")).startswith(f"{name}: ")
    assert title(replace(zero, found="0" * 60)).startswith(f"{name}: ")
    assert "»" not in title(example("cpr-missing"))
    assert ": " not in title(example("report-without-visit"))


def test_one_finding_is_called_by_what_was_found() -> None:
    zero = example("value-zero")
    assert finding_title(zero, Language.DANISH, STANDARD) == title(zero)
    score = example("score-not-the-sum")
    assert finding_title(score, Language.DANISH, STANDARD) == title(score)


def test_of_several_each_title_is_told_once_with_all_that_it_is_about() -> None:
    zero, missing = example("value-zero"), example("mandatory-missing-gateway")
    label = {name: variable.label.da for name, variable in STANDARD.variable.items()}
    at = missing.location
    several = [replace(missing, location=at._replace(variable=name)) for name in ("sleep", "sleep", "feeding")]
    of_no_variable = example("report-without-visit")
    told = finding_titles([several[0], zero, *several[1:], of_no_variable], Language.DANISH, STANDARD)
    assert told == (
        f"{label['sleep']}, {label['feeding']}: Mangler, og gatewayen kræver det",
        finding_title(zero, Language.DANISH, STANDARD),
        finding_title(of_no_variable, Language.DANISH, STANDARD),
    )
