"""The error report as a file: in the form that its ending names, for its owner only."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from ldbu_desktop.faults import CallFault
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.error_report import ENDINGS, write_error_report
from ldbu_desktop.use_cases.examples import example_day, example_journal
from ldbu_desktop.use_cases.validate import validate

STANDARD = shipped_standard()


def test_a_report_is_written_in_the_form_that_its_ending_names(tmp_path: Path) -> None:
    findings = validate(example_journal("code-unknown", STANDARD), STANDARD, example_day())
    begins = {".html": b"<!doctype html>", ".pdf": b"%PDF", ".xlsx": b"PK"}
    for ending in ENDINGS:
        target = tmp_path / f"report{ending}"
        assert write_error_report(findings, STANDARD, target, lambda _title, _html: b"%PDF") == target
        assert target.read_bytes().startswith(begins[ending])
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with pytest.raises(CallFault, match="report-kind-unknown"):
        write_error_report(findings, STANDARD, tmp_path / "report.txt", lambda _title, _html: b"")
