"""What we export is valid by the official validator: every visit type, in person and not, and all that goes with it."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.export import export
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.deliveries import Deliveries
from tests.oracle.synthetic import synthetic_journal

pytestmark = pytest.mark.oracle

STANDARD = shipped_standard()
VISITS = 308
TODAY = date(2026, 1, 1)
NOW = datetime(2026, 1, 1, 2, 30, tzinfo=UTC)


def journal() -> Journal:
    """The journal that is exported."""
    return synthetic_journal(STANDARD, VISITS)


def exported(source: Journal, folder: Path, **options: Any) -> int:
    """Export to a folder; how many visits were sent."""
    return export(Deliveries(validate(source, STANDARD, TODAY), STANDARD), folder, ExportOptions(**options), NOW).sent


def test_the_journal_has_what_a_report_may_have() -> None:
    source = journal()
    visits = [visit for family in source.families for visit in family.visits]
    near = {code for rule in STANDARD.gateway_rules for code in rule.classes}
    kinds = Counter((visit.type.value, visit.visit_class.value in near) for visit in visits)
    assert {kind for kind, times in kinds.items() if times} == {
        (visit_type.code, is_near) for visit_type in STANDARD.visit_types for is_near in (True, False)
    }
    observed = [one for visit in visits for one in visit.observations]
    assert {one.variable.value for one in observed} == {variable.id for variable in STANDARD.observed}
    assert any(one.missing_reason.value for one in observed)
    assert any(one.is_period and one.end.value is None for one in observed)
    assert any(one.is_period and one.end.value is not None for one in observed)
    assert any(one.status.value == "entered-in-error" for one in observed)
    assert any(visit.status.value == "entered-in-error" for visit in visits)
    assert any(visit.based_on for visit in visits)
    assert any(visit.school.value for visit in visits)
    responses = [response for visit in visits for response in visit.responses]
    assert {response.questionnaire.value for response in responses} == {one.id for one in STANDARD.questionnaires}
    assert {bool(response.informer.value) for response in responses} == {True, False}
    assert any(len(need.reasons) > 1 for visit in visits for need in visit.interventions)


def test_every_export_is_valid(official_validator: Path, official_examples: Path, tmp_path: Path) -> None:
    """One start of the validator for all: reports by visit and by child, a delivery, and reports that were read."""
    source = journal()
    few = replace(source, families=source.families[:28])
    assert exported(source, tmp_path / "visits") == VISITS
    assert exported(few, tmp_path / "children", report="child", layout="compact") == 56
    assert exported(few, tmp_path / "delivery", incremental=True) == 56
    assert exported(load([official_examples], STANDARD), tmp_path / "read") == 14
    verdicts = _verdicts(official_validator, tmp_path)
    assert len(verdicts) == VISITS + 28 + 1 + 12
    assert [verdict for verdict in verdicts if not verdict["valid"]] == []


def _verdicts(official_validator: Path, folder: Path) -> list[dict[str, Any]]:
    for receipt in folder.rglob("kvittering*.json"):
        receipt.unlink()
    out = folder / "verdicts.jsonl"
    folders = [str(path) for path in folder.iterdir() if path.is_dir()]
    subprocess.run(
        ["/bin/sh", str(official_validator), str(out), "--declared", *folders], check=True, capture_output=True
    )
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
