"""What is told of a journal as a whole: of its files, and what comes of it where no visit is rejected."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.bundles.receipt import Receipt
from ldbu_desktop.findings.examples import shipped_examples
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.document import OutcomeTone
from ldbu_desktop.rendering.export import export_lines
from ldbu_desktop.rendering.journal_findings import FindingsReport
from ldbu_desktop.rendering.machine import encoded
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.examples import example_journal
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.validate import validate

STANDARD = shipped_standard()
NOW = datetime(2026, 11, 28, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An export in which nothing is found."""
    shutil.copyfile(resource("samples", "familie-bred.csv"), tmp_path / "a.csv")
    return tmp_path


def findings_in(folder: Path) -> Findings:
    return validate(load([folder], STANDARD), STANDARD, shipped_examples().today)


def told_of(findings: Findings) -> FindingsReport:
    return FindingsReport(findings, STANDARD, Occasion("", STANDARD, "", NOW, Language.DANISH))


def with_gap(folder: Path) -> Path:
    """The export with empty lines in its midst, which are told and no more."""
    first, rest = (folder / "a.csv").read_bytes().split(b"\n", 1)
    (folder / "a.csv").write_bytes(first + b"\n\n\n" + rest)
    return folder


def with_broken(folder: Path) -> Path:
    """The export beside a workbook that can't be read."""
    (folder / "b.xlsx").write_bytes(b"PK\x03\x04")
    return folder


def test_what_is_only_told_is_no_failure(folder: Path) -> None:
    clean = told_of(findings_in(folder)).document(3).outcome
    findings = findings_in(with_gap(folder))
    assert [each.code for each in findings.about_files] == ["file-empty-rows"] == [each.code for each in findings.all]
    outcome = told_of(findings).document(3).outcome
    assert (outcome.tone, clean.tone) == (OutcomeTone.GOOD, OutcomeTone.GOOD)
    assert outcome != clean
    assert {case.kind for case in told_of(findings).cases()} == {""}


def test_a_file_that_is_not_read_is_a_failure_where_no_visit_is(folder: Path) -> None:
    findings = findings_in(with_broken(folder))
    assert findings.rejected_visits == ()
    assert told_of(findings).document(3).outcome.tone is OutcomeTone.BAD
    assert {case.name: case.kind for case in told_of(findings).cases() if case.kind} == {"b.xlsx": "file-not-read"}


def test_an_export_names_what_is_not_read_and_not_what_is(folder: Path) -> None:
    findings = findings_in(with_broken(with_gap(folder)))
    assert {each.code for each in findings.about_files} == {"file-empty-rows", "file-not-read"}
    receipt = Receipt(NOW, {}, (), (), {}, (), 0, is_cancelled=False)
    lines = list(export_lines(receipt, findings, STANDARD))
    assert sum("b.xlsx" in line for line in lines) == 1
    assert not any("a.csv" in line for line in lines)


def test_many_findings_are_told_as_few_are(folder: Path) -> None:
    path = folder / "a.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("5250", "52500000"), encoding="utf-8")
    report = told_of(findings_in(folder))
    rows = [encoded(row) for row in report.rows()]
    assert rows
    assert [*report.encoded_rows()] == [*report.encoded_rows(many=1)] == rows


def test_the_source_of_a_limit_is_told_in_the_readers_language() -> None:
    findings = validate(example_journal("value-implausible", STANDARD), STANDARD, shipped_examples().today)
    sources = {cause.code: cause.source for part in told_of(findings).document(None).sections for cause in part.causes}
    assert " til +" in sources["value-implausible"]


@pytest.mark.parametrize("code", [one.code for one in shipped_examples().examples])
def test_a_build_server_sees_a_failure_where_something_is_rejected(code: str) -> None:
    findings = validate(example_journal(code, STANDARD), STANDARD, shipped_examples().today)
    failed = [case for case in told_of(findings).cases() if case.kind]
    assert bool(failed) == bool(findings.counts[Severity.REJECTED])
