"""What the program brings along is told with its licence: to people and as a bill of materials."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    """The script, as a module."""
    spec = importlib.util.spec_from_file_location("licences", PROJECT / "packaging" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules["licences"] = made
    spec.loader.exec_module(made)
    return made


def test_the_notices_are_those_of_what_is_pinned(licences: ModuleType) -> None:
    told, made = licences.NOTICES.read_text(encoding="utf-8"), licences.notices()
    if licences.of_other_pythons():
        # Packages share a heading where their notices are the same.
        assert {line for line in made.splitlines() if not line.startswith("### ")} <= set(told.splitlines())
    else:
        assert told == made, "run python packaging/licences.py"


def test_what_another_python_needs_is_not_looked_for_here(
    licences: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Requirement("zxcvbn==1.0; python_version < '3.0'")
    monkeypatch.setattr(
        licences, "locked", lambda: {"zxcvbn": [(other, ())], "keyring": [(Requirement("keyring"), ())]}
    )
    assert licences.of_other_pythons() == {"zxcvbn"}
    assert licences.needed() == {"keyring"}


def test_every_package_that_runs_has_a_licence_and_its_notice(licences: ModuleType) -> None:
    found = {one.name: one for one in licences.packages()}
    assert {"pyside6-essentials", "sqlcipher3", "fhirpathpy", "antlr4-python3-runtime", "zxcvbn"} <= found.keys()
    assert "hatchling" not in found
    for one in found.values():
        assert re.fullmatch(r"[A-Za-z0-9.\- ()]+", one.licence)
        assert any(one.texts) or one.licence == "LGPL-3.0-only"
        assert one.hashes


def test_what_is_named_by_hand_is_needed_and_has_a_reason(licences: ModuleType) -> None:
    by_hand = licences.named()["package"]
    assert by_hand.keys() <= licences.needed()
    assert all(len(one["reason"]) > 20 for one in by_hand.values())


def test_the_bill_of_materials_names_all_with_licence_version_and_hash(licences: ModuleType, tmp_path: Path) -> None:
    bill: dict[str, Any] = json.loads(json.dumps(licences.bill_of_materials("1.2.3")))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill == json.loads(json.dumps(licences.bill_of_materials("1.2.3")))
    components = {one["name"]: one for one in bill["components"]}
    assert {one.name for one in licences.packages()} < components.keys()
    assert {"Qt 6", "SQLCipher", "SQLite", "OpenSSL", "Python"} <= components.keys()
    references = [one["bom-ref"] for one in bill["components"]]
    assert len(references) == len(set(references))
    assert bill["dependencies"][0]["dependsOn"] == sorted(references)
    for one in bill["components"]:
        (licence,) = one["licenses"]
        assert licence.get("expression") or licence["license"]["id"]
        assert one["type"] == "library"
        if "purl" in one:
            assert one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}"
            assert all(len(each["content"]) == 64 for each in one["externalReferences"][0]["hashes"])


def test_a_package_that_says_nothing_stops_it(licences: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "named", lambda: {"package": {}, "within": []})
    with pytest.raises(licences.LicenceError):
        licences.packages()
