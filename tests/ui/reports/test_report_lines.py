"""The lines that a report is shown in: which of them a finding stands on, and what is covered."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.conformance.model import ConformanceFinding
from ldbu_desktop.conformance.verdict.verdict import conformance_finding
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.ui.reports import report_lines as module
from ldbu_desktop.ui.reports.report_lines import covered, indented, report_lines
from ldbu_desktop.use_cases.engines import engine_for

SAMPLE = resource("samples", "rapporter")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


def wrong_report() -> dict[str, Any]:
    """A report with faults at several depths."""
    path = next(path for path in sorted(SAMPLE.iterdir()) if path.name.startswith("maternity"))
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    report["entry"][0]["resource"]["name"] = [{"unknown": "x"}]
    report["entry"][2]["resource"]["status"] = "nothing"
    report["type"] = "transaction"
    return report


def finding(line: int | None, column: int | None = 1) -> ConformanceFinding:
    """A finding at a place."""
    return conformance_finding("obs-1", "Bundle", (), "invariant").moved(line, column)


def test_a_report_on_one_line_is_indented_and_its_findings_keep_their_places() -> None:
    report = wrong_report()
    told = json.dumps(report, ensure_ascii=False)
    pretty = json.dumps(report, ensure_ascii=False, indent=2)
    shown = report_lines(told, first_line=7)
    assert shown.is_indented
    assert "\n".join(line.rstrip() for line in shown.lines) == pretty
    engine = engine_for(shipped_standard())
    on_one_line, on_many = engine.check(told.encode()), engine.check(pretty.encode())
    assert len(on_one_line.errors) >= 3
    for here, there in zip(on_one_line.errors, on_many.errors, strict=True):
        assert here.line is not None
        assert there.line is not None
        assert shown.row(here.moved(here.line + 6, here.column or 1)) == there.line - 1
    assert shown.number(0) == 1


def test_a_text_of_short_lines_is_shown_as_it_is() -> None:
    shown = report_lines('{\r\n"a": 1\r\n}', first_line=3)
    assert shown.lines == ("{", '"a": 1', "}")
    assert not shown.is_indented
    assert shown.row(finding(4)) == 1
    assert shown.row(finding(99)) == 2
    assert shown.row(finding(1)) == 0
    assert shown.row(finding(None)) is None
    assert shown.number(1) == 4


@given(value=VALUES)
def test_indenting_changes_nothing_but_white_space(value: Any) -> None:
    lines, starts = indented(json.dumps(value))
    assert json.loads("\n".join(lines)) == value
    assert len(lines) == len(starts)
    assert starts == sorted(starts)


@given(text=st.text(alphabet='{}[]",: \n\\a1', max_size=60))
def test_indenting_takes_any_text(text: str) -> None:
    lines, starts = indented(text)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert len(lines) == len(starts)


def test_a_long_text_is_shown_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_LINES", 10)
    shown = report_lines("\n".join(f'"{number}"' for number in range(100)), 1)
    assert shown.part(0) == range(10)
    assert shown.part(50) == range(45, 55)
    assert shown.part(99) == range(90, 100)
    assert shown.told(range(45, 47), shows_cpr=True) == '"45"\n"46"'
    assert report_lines("{}", 1).part(0) == range(1)


def test_a_line_that_stays_too_long_is_cut_and_what_can_not_be_seen_is_marked() -> None:
    shown = report_lines(f'"{"x" * 5000}"', 1)
    assert not shown.is_indented
    assert len(shown.told(range(1), shows_cpr=True)) < 3000
    assert report_lines("a\x00b\u2029c\u202ed", 1).told(range(1), shows_cpr=True) == "a�b�c�d"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('"value": "0505209996"', '"value": "050520-••••"'),
        ('"value": "050520-9996",', '"value": "050520-••••",'),
        ('"value": "9905209996"', '"value": "990520-••••"'),
        ('"value": "x505209996"', '"value": "x50520-••••"'),
        ('"reference": "Patient/0505209996"', '"reference": "Patient/050520-••••"'),
        ('"value": "451000016003"', '"value": "451000016003"'),
        ('"code": "363788007"', '"code": "363788007"'),
        ('"value": 3350', '"value": 3350'),
    ],
)
def test_what_identifies_a_person_is_covered(line: str, told: str) -> None:
    assert covered(line) == told
    shown = report_lines(line, 1)
    assert shown.told(range(1), shows_cpr=False) == told
    assert shown.told(range(1), shows_cpr=True) == line
