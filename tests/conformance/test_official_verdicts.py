"""Our verdicts are the official validator's: on generated reports that ship, and on what lies beside the project."""

from __future__ import annotations

import json
import lzma
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.profiles import definitions_of
from ldbu_desktop.use_cases.engines import engine_for
from tests.conformance.comparison import Comparison, compared
from tests.conformance.mutations import Mutator
from tests.profiles import some

DATA = Path(__file__).parents[1] / "data" / "conformance"
LEAST_AGREEMENT = 0.99


def agreement(found: Iterable[tuple[str, Comparison]]) -> tuple[list[str], float, float]:
    """The names whose verdicts differ; of the invalid ones the shares with all places found, and with nothing extra."""
    rows = list(found)
    differing = [name for name, one in rows if not one.is_equal]
    invalid = [one for _, one in rows if one.is_invalid] or [Comparison(is_equal=True)]
    return (
        differing,
        sum(not one.missing for one in invalid) / len(invalid),
        sum(not one.extra for one in invalid) / len(invalid),
    )


@pytest.mark.parametrize(("name", "count"), [("generated", 2_132), ("types", 2_450)])
def test_generated_reports_have_the_official_verdict(name: str, count: int) -> None:
    lines = lzma.decompress((DATA / f"{name}.jsonl.xz").read_bytes()).decode().split("\n")
    assert len(lines) == count
    engine = engine_for(shipped_standard())
    rows = (json.loads(line) for line in some(lines, 900))
    found = ((row["file"], compared(engine.check(row["text"].encode("latin-1")), row)) for row in rows)
    differing, complete, quiet = agreement(found)
    assert differing == []
    assert min(complete, quiet) >= LEAST_AGREEMENT


def verdict_rows(oracle_cases: Path) -> dict[str, dict[str, Any]]:
    known: dict[str, dict[str, Any]] = {}
    for file in sorted((oracle_cases).glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if "valid" in row:
                known[row["file"]] = row
    return known


@pytest.mark.oracle
@pytest.mark.parametrize("name", ["cases.zip", "valid.zip"])
def test_known_cases_have_the_official_verdict(oracle_cases: Path, name: str) -> None:
    rows = verdict_rows(oracle_cases)
    engine = engine_for(shipped_standard())
    found: list[tuple[str, Comparison]] = []
    with zipfile.ZipFile(oracle_cases / name) as archive:
        for member in archive.namelist():
            row = rows.get(Path(member).name)
            if row is None and name == "valid.zip" and member.endswith(".json"):
                row = {"valid": True, "errors": []}
            if row is not None:
                found.append((member, compared(engine.check(archive.read(member)), row)))
    differing, complete, quiet = agreement(found)
    assert differing == []
    assert min(complete, quiet) >= LEAST_AGREEMENT


@pytest.mark.oracle
def test_new_variants_have_the_official_verdict(official_validator: Path, tmp_path: Path) -> None:
    bases = [json.loads(file.read_bytes()) for file in sorted(resource("samples/rapporter").glob("*.json"))]
    mutator = Mutator(definitions_of(shipped_standard()), bases, 97)
    folder = tmp_path / "variants"
    folder.mkdir()
    for number, variant in enumerate(mutator.variants(40)):
        (folder / f"{number:03d}.json").write_bytes(variant.text)
    told = tmp_path / "official.jsonl"
    subprocess.run([official_validator, told, folder], capture_output=True, check=True)
    engine = engine_for(shipped_standard())
    rows = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    found = ((row["file"], compared(engine.check((folder / row["file"]).read_bytes()), row)) for row in rows)
    assert agreement(found)[0] == []
