"""A receipt read again, as a page, with what became of the files that it vouches for."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.faults import Cancelled, FileFault
from ldbu_desktop.language import Language, choose
from ldbu_desktop.use_cases.export import export
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.receipt import read_receipt
from ldbu_desktop.use_cases.standards import shipped_standard
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.work import Cancellation
from ldbu_desktop.workspace.deliveries import Deliveries

STANDARD = shipped_standard()
NOW = datetime(2026, 1, 2, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports and a receipt that tells what was left out."""
    folder = tmp_path_factory.mktemp("aflevering")
    journal = load([resource("samples", "familie-med-fejl.xlsx")], STANDARD)
    export(Deliveries(validate(journal, STANDARD, NOW.date()), STANDARD), folder, ExportOptions(), NOW)
    return folder


def copied(delivery: Path, to: Path, **other: Any) -> Path:
    """The delivery somewhere else, with other things in its receipt."""
    for path in delivery.iterdir():
        (to / path.name).write_bytes(path.read_bytes())
    receipt = json.loads((to / "kvittering.json").read_bytes())
    (to / "kvittering.json").write_text(json.dumps({**receipt, **other}), encoding="utf-8")
    return to


@pytest.mark.parametrize("language", list(Language))
def test_it_tells_what_was_written_and_left_out(delivery: Path, language: Language) -> None:
    choose(language)
    page = read_receipt(delivery, STANDARD)
    choose(Language.DANISH)
    receipt = json.loads((delivery / "kvittering.json").read_bytes())
    assert page.path == delivery / "kvittering.json"
    assert page.changed == ()
    told = [*(one["name"] for one in receipt["files"]), *(one["visit"] for one in receipt["left_out"])]
    assert all(name in page.html for name in told)
    assert "missing-reason-contradicted" not in page.html, "codes are told in words"
    about = {one["variable"] for left in receipt["left_out"] for one in left["reasons"] if "variable" in one}
    assert about >= {"head-circumference", "motor-function", "sleep", "social-interaction"}
    assert all(f"{STANDARD.variable[name].label[language]}: " in page.html for name in about)
    assert "2026" in page.title


def test_files_that_are_gone_or_others_are_named(delivery: Path, tmp_path: Path) -> None:
    folder = copied(delivery, tmp_path)
    first, second, *_ = sorted(path.name for path in folder.glob("*.json") if path.name != "kvittering.json")
    (folder / first).unlink()
    (folder / second).write_bytes(b"{}")
    page = read_receipt(folder / "kvittering.json", STANDARD)
    assert set(page.changed) == {first, second}
    assert first in page.html


def test_what_it_did_not_know_is_told_as_it_stands(delivery: Path, tmp_path: Path) -> None:
    unknown = [
        {"visit": "<b>K1</b>", "reasons": [{"code": "a-later-code", "variable": "later", "rule": "x-1", "times": 1}]}
    ]
    more = {"left_out": unknown, "time": "not a time", "state": "cancelled", "files": []}
    missed = [{"code": "file-unknown", "file": "a.csv", "line": 3}]
    page = read_receipt(copied(delivery, tmp_path, **more, not_read=missed), STANDARD)
    assert "later: a-later-code (x-1)" in page.html
    assert "&lt;b&gt;K1" in page.html
    assert "not a time" in page.title
    assert "a.csv" in page.html


@pytest.mark.parametrize("name", ["../outside.json", "/etc/passwd", "a/b.json"])
def test_a_name_that_leads_elsewhere_is_not_followed(delivery: Path, tmp_path: Path, name: str) -> None:
    files = [{"name": name, "size": 1, "sha256": "", "visits": []}]
    assert read_receipt(copied(delivery, tmp_path, files=files), STANDARD).changed == (name,)


@pytest.mark.parametrize(
    "other", [{"files": 3}, {"files": [{}]}, {"left_out": [{"visit": "K1"}]}, {"counts": None}, {"program": []}]
)
def test_a_damaged_receipt_is_a_fault(delivery: Path, tmp_path: Path, other: dict[str, Any]) -> None:
    with pytest.raises(FileFault, match="file-not-receipt"):
        read_receipt(copied(delivery, tmp_path, **other), STANDARD)


def test_what_is_no_receipt_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.json").write_text("[]")
    for path in (tmp_path, tmp_path / "a.json", tmp_path / "gone.json"):
        with pytest.raises(FileFault, match="file-not-receipt"):
            read_receipt(path, STANDARD)

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(FileFault, match="file-not-readable"):
        read_receipt(tmp_path / "a.json", STANDARD)


def test_reading_can_be_stopped(delivery: Path) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        read_receipt(delivery, STANDARD, cancellation)
