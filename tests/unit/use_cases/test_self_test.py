"""The self-test: each trial holds here, and each tells it where its own thing is broken."""

from __future__ import annotations

import hashlib
import pkgutil
import sys
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

from ldbu_desktop import bundled_files, installation
from ldbu_desktop.bundled_files import HASHES
from ldbu_desktop.casefile import remembered_keys
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.faults import FileFault
from ldbu_desktop.rendering.self_test import TrialResult
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases import check, load, self_test


def result(trial: str) -> TrialResult:
    """What one trial shows."""
    (found,) = self_test.self_test(shipped_standard(), [trial])
    assert found.trial == trial
    return found


def drawn(standard: object) -> int:
    """Stands for the window's chart, which is tried with the window."""
    return 7


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a program that has two files, and the list of what they must be."""
    monkeypatch.setattr(installation, "root", lambda: tmp_path)
    lines = []
    for name in ("resources/a.json", "forms/b.yaml"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text(name, encoding="utf-8")
        lines.append(f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n")
    (tmp_path / HASHES).write_text("".join(lines), encoding="utf-8")
    return tmp_path


def test_what_can_be_seen_here_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "REPORTS", 12)
    monkeypatch.setattr(self_test, "CHART", __name__)
    monkeypatch.setattr(remembered_keys, "place", lambda *_: "made up")
    monkeypatch.setattr(pkgutil, "walk_packages", lambda *_: iter([SimpleNamespace(name="json")]))
    found = {each.trial: each.told for each in self_test.self_test(shipped_standard()) if each.holds}
    assert list(found) == list(self_test.TRIALS)
    told = {
        "resources": "",
        "modules": "1",
        "reading": "11",
        "reports": "12",
        "case-file": "case-damaged",
        "chart": "7",
    }
    assert {name: found[name] for name in told} == told
    assert found["keyring"] == "made up"
    assert f"msgspec {metadata.version('msgspec')}" in found["parts"].split(", ")
    assert "unfrozen" in found["system"]


def test_files_that_ship(place: Path) -> None:
    assert result("resources") == TrialResult("resources", True, "2")
    (place / "forms/b.yaml").write_text("andet", encoding="utf-8")
    assert result("resources") == TrialResult("resources", False, "forms/b.yaml")
    (place / "resources/a.json").unlink()
    assert result("resources") == TrialResult("resources", False, "resources/a.json, forms/b.yaml")


def test_modules_that_do_not_import(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [SimpleNamespace(name=name) for name in ("json", "ldbu_desktop.not_there")]
    monkeypatch.setattr(pkgutil, "walk_packages", lambda *_: iter(names))
    assert result("modules") == TrialResult("modules", False, "ldbu_desktop.not_there (ModuleNotFoundError)")


def test_a_program_without_its_own_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert result("parts") == TrialResult("parts", False, "ldbu-desktop")


def test_a_file_that_can_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise FileFault("file-not-found", file="x")

    monkeypatch.setattr(load, "load", refuse)
    assert result("reading") == TrialResult("reading", False, "file-not-found")


def test_reports_that_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = SimpleNamespace(fault=None, is_valid=False)
    monkeypatch.setattr(check, "checked_texts", lambda *_: iter([refused, refused]))
    assert result("reports") == TrialResult("reports", False, "2/2")


def test_a_damaged_case_file_that_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(path: Path, passphrase: str) -> SimpleNamespace:
        path.write_bytes(bytes(8192))
        return SimpleNamespace(close=lambda: None)

    monkeypatch.setattr(CaseFile, "create", write)
    monkeypatch.setattr(CaseFile, "open", lambda *_: SimpleNamespace(close=lambda: None))
    assert result("case-file") == TrialResult("case-file", False, "not-recognised")


def test_an_error_of_any_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "CHART", "ldbu_desktop.not_there")
    assert result("chart") == TrialResult("chart", False, "ModuleNotFoundError")


def test_the_list_lies_beside_what_ships() -> None:
    assert bundled_files.resource("messages").parent.parent == bundled_files.root()


def test_a_program_in_one_piece_lists_its_modules_by_what_it_was_made_with(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(pkgutil, "walk_packages", lambda *_: iter([SimpleNamespace(name="json")]))
    monkeypatch.setattr(installation, "import_module", asked.append)
    assert result("modules").told == "1"
    assert asked == ["pyi_rth_pkgutil", "json"]
