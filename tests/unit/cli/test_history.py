"""``ldbu history`` end to end: its forms, its exit codes, and that nobody is named."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run
from tests.delivery_histories.faults import told_twice, value_changed
from tests.delivery_histories.journal import Delivering, written
from tests.delivery_histories.stories import Story, value_corrected


def folder_of(story: Story, folder: Path) -> Path:
    """A history as a folder, whose files are not called in the order of their times."""
    journal = Delivering(1)
    story(journal)
    folder.mkdir()
    for number, report in enumerate(journal.reports):
        Path(folder, f"{99 - number}.json").write_bytes(written(report))
    return folder


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A history in which a value is changed under its id."""
    return folder_of(value_changed, tmp_path / "fejl")


def test_json_has_the_findings_with_both_places_and_the_counts(
    faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["history", str(faulty), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["findings", "counts"]
    (finding,) = told["findings"]
    assert list(finding) == ["code", "severity", "earlier", "later", "citizen", "message", "remedy", "fingerprint"]
    assert (finding["code"], finding["severity"]) == ("history-moment-changed", "error")
    assert (finding["earlier"]["file"], finding["later"]["file"]) == ("98.json", "97.json")
    assert finding["later"]["at"].startswith("Bundle.entry[")
    assert finding["citizen"].startswith("P-")
    assert told["counts"]["reports"] == 3
    assert told["counts"]["findings"] == {"history-moment-changed": 1}


def test_what_is_clean_or_only_to_be_looked_at_ends_with_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["history", str(folder_of(value_corrected, tmp_path / "ren"))]) == 0
    capsys.readouterr()
    assert run(["history", str(folder_of(told_twice, tmp_path / "to")), "--format", "json"]) == 0
    assert [one["severity"] for one in json.loads(capsys.readouterr().out)["findings"]] == ["warning"]


def test_a_zip_is_a_history_too(faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "h.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for one in faulty.iterdir():
            archive.write(one, one.name)
    assert run(["history", str(path), "--format", "json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["findings"]) == 1
    assert run(["history", *map(str, faulty.iterdir())]) == 1


def test_what_is_no_report_is_named(faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path(faulty, "borger.json").write_text('{"resourceType": "Patient", "id": "x"}', encoding="utf-8")
    assert run(["history", str(faulty), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)["counts"]["not_read"]
    assert [(one["file"], one["key"]) for one in told] == [("borger.json", "file-without-report")]
    assert run(["history", str(Path(faulty, "borger.json"))]) == 2
    assert run(["history", str(tmp_path / "none.json")]) == 2


@pytest.mark.parametrize("form", ["text", "html", "junit"])
def test_forms_for_people_and_build_servers_tell_the_code(
    form: str, faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["history", str(faulty), "--format", form]) == 1
    told = capsys.readouterr().out
    assert "history-moment-changed" in told
    journal = Delivering(1)
    assert journal.child["identifier"][0]["value"] not in told


def test_a_workbook_has_a_row_a_finding(faulty: Path, tmp_path: Path) -> None:
    path = tmp_path / "fund.xlsx"
    assert run(["history", str(faulty), "--format", "xlsx", "--to", str(path)]) == 1
    sheet = load_workbook(path)["Fund"]
    assert [row[0].value for row in sheet.iter_rows()][1:] == ["history-moment-changed"]


def test_a_receipt_alone_is_nothing_to_look_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "aflevering"
    assert run(["export", str(resource("samples", "familie.xlsx")), "--to", str(folder)]) == Exit.CLEAN
    for report in folder.glob("*.json"):
        if report.name != "kvittering.json":
            report.unlink()
    capsys.readouterr()
    assert run(["history", str(folder)]) == Exit.FAULT
    told = capsys.readouterr()
    assert "kvittering.json" in told.out
    assert told.err.startswith("✖")


def test_its_codes_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "history-dependent-left"]) == 0
    assert "punkt 8" in capsys.readouterr().out
    assert run(["explain"]) == 0
    assert "history-cpr-half-mended" in capsys.readouterr().out
