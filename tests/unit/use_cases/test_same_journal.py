"""The same journal, whatever shape: equal findings, equal reports, and keys that stay from one delivery to the next."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.bundles.receipt import RECEIPT
from ldbu_desktop.findings.catalogue import types_by_level
from ldbu_desktop.findings.model import Level
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.use_cases.export import export
from ldbu_desktop.use_cases.map_read import read_with
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.deliveries import Deliveries
from tests.profiles import each
from tests.unit.use_cases.municipality import SHAPES, STANDARD, MadeVisit, visits, written

NOW = datetime(2026, 1, 1, 2, 30, tzinfo=UTC)
MADE = visits()
_IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_OF_FILES = frozenset(each.code for each in types_by_level()[Level.FILE])


def read(folder: Path, shape: str, made: list[MadeVisit] = MADE) -> Journal:
    folder.mkdir(exist_ok=True)
    paths, proposal = written(folder, "udtræk", SHAPES[shape](made))
    return read_with(paths, STANDARD, proposal)


def found(findings: Findings) -> Counter[tuple[str, ...]]:
    """What was found of the journal, without where in the file it stands."""
    return Counter(
        (each.code, each.location.variable, each.location.field, each.rule)
        for each in findings.all
        if each.code not in _OF_FILES
    )


def reports(findings: Findings, folder: Path) -> list[str]:
    """The reports, without the ids that follow from keys, in an order that does not follow from them."""
    export(Deliveries(findings, STANDARD), folder, ExportOptions(), NOW)
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*.json") if path.name != RECEIPT]
    return sorted(json.dumps(_sorted(json.loads(_IDS.sub("id", text))), sort_keys=True) for text in texts)


def _sorted(value: Any) -> Any:
    """Lists in an order of their contents: that of entries follows from the order of rows."""
    if isinstance(value, dict):
        return {key: _sorted(each) for key, each in value.items()}
    if isinstance(value, list):
        return sorted((_sorted(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
    return value


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Counter[tuple[str, ...]], list[str]]:
    """What is found and written of our own long shape."""
    folder = tmp_path_factory.mktemp("long")
    findings = validate(read(folder, "long"), STANDARD, date(2026, 1, 1))
    return found(findings), reports(findings, folder / "ud")


@pytest.mark.parametrize("shape", each([one for one in SHAPES if one != "long"], 5))
def test_findings_and_reports_are_the_same(
    tmp_path: Path, shape: str, expected: tuple[Counter[tuple[str, ...]], list[str]]
) -> None:
    findings = validate(read(tmp_path, shape), STANDARD, date(2026, 1, 1))
    assert findings.journal.visit_count == len(MADE)
    assert found(findings) == expected[0]
    assert reports(findings, tmp_path / "ud") == expected[1]
    assert len(expected[1]) > len(MADE) / 4


@pytest.mark.parametrize("shape", each([one for one in SHAPES if one not in ("long", "wide")], 5))
def test_keys_are_the_same_in_the_next_delivery(tmp_path: Path, shape: str) -> None:
    """The next one has more rows, in another order."""
    first = keys(read(tmp_path / "a", shape, MADE[: len(MADE) // 2]))
    later = keys(read(tmp_path / "b", shape, MADE[::-1]))
    assert first <= later


def keys(journal: Journal) -> set[tuple[str, str]]:
    """The keys of visits and citizens, with what tells them apart for us."""
    return {(citizen.key, str(citizen.cpr.value)) for family in journal.families for citizen in family.citizens} | {
        (visit.key, f"{visit.subject.value} {visit.start.value}")
        for family in journal.families
        for visit in family.visits
    }
