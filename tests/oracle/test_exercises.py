"""The key of every exercise is valid by the official validator."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.training.journals import Part, journal_of
from ldbu_desktop.training.loader import shipped_cases
from ldbu_desktop.use_cases.export import export
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.deliveries import Deliveries

pytestmark = pytest.mark.oracle

STANDARD = shipped_standard()
NOW = datetime(2026, 1, 5, tzinfo=UTC)


def test_every_key_is_valid(official_validator: Path, tmp_path: Path) -> None:
    """One start of the validator for the reports of all cases, a folder each."""
    cases = shipped_cases(STANDARD).cases
    reports = 0
    for case in cases:
        findings = validate(journal_of(case, STANDARD, Part.ALL), STANDARD, date(2026, 1, 5))
        receipt = export(Deliveries(findings, STANDARD), tmp_path / case.id, ExportOptions(), NOW)
        assert receipt.left_out == ()
        for written in (tmp_path / case.id).rglob("kvittering*.json"):
            written.unlink()
        reports += len(list((tmp_path / case.id).rglob("*.json")))  # one of them may tell of two contacts
    out = tmp_path / "verdicts.jsonl"
    folders = [str(tmp_path / case.id) for case in cases]
    subprocess.run(["/bin/sh", str(official_validator), str(out), *folders], check=True, capture_output=True)
    verdicts = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(verdicts) == reports >= len(cases)
    assert [verdict for verdict in verdicts if not verdict["valid"]] == []
