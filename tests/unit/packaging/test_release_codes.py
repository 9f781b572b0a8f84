"""No release leaves a code of a finding without the version that it came with."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.findings.code_versions import NEXT, code_versions, read_code_versions

PROJECT = Path(__file__).resolve().parents[3]
SCRIPT = PROJECT / "packaging" / "release_codes.py"


@pytest.fixture(scope="module")
def release_codes() -> ModuleType:
    """The script, as a module."""
    spec = importlib.util.spec_from_file_location("release_codes", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_codes_since_the_last_release_are_named_and_none_is_lost(release_codes: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "versions.json"
    told = json.loads(resource("messages", "code_versions.json").read_bytes())
    told["since"]["0.1.0"].remove("date-unreadable")
    path.write_text(json.dumps(told), encoding="utf-8")
    new = [code for code in finding_types() if code_versions().since_when(code) == NEXT]
    assert set(release_codes.unnamed(path)) == {"date-unreadable", *new}
    assert release_codes.name_codes(path, "9.9.9") == len(new) + 1
    versions = read_code_versions(path)
    assert versions.since["9.9.9"] == {"date-unreadable", *new}
    assert {versions.since_when(code) for code in finding_types()} <= {*told["since"], "9.9.9"}
    assert release_codes.unnamed(path) == []
    assert release_codes.name_codes(path, "9.9.9") == 0
    assert "date-unreadable" in read_code_versions(path).since["9.9.9"]


def test_the_release_asks_first_and_stops_where_a_code_has_no_version() -> None:
    asked = subprocess.run(
        [sys.executable, SCRIPT, "--check"], capture_output=True, text=True, cwd=PROJECT, check=False,
        env={"PYTHONPATH": str(PROJECT)},
    )  # fmt: skip
    new = sorted(code for code in finding_types() if code_versions().since_when(code) == NEXT)
    assert (asked.returncode, asked.stderr.split()) == (1 if new else 0, new)
    steps = (PROJECT / "packaging" / "release.sh").read_text(encoding="utf-8")
    assert -1 < steps.find("release_codes.py --check") < steps.find("freeze.sh")
