"""What lies beside reports and is none is told in every format, and counts as no report in any."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ldbu_desktop.__main__ import command_line
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit

Call = Callable[..., tuple[int, str]]
REPORT = sorted(resource("samples", "rapporter").glob("*.json"))[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report, and a text that is none."""
    shutil.copyfile(REPORT, tmp_path / "rapport.json")
    (tmp_path / "LÆSMIG.txt").write_text("Rapporterne fra maj.\n", encoding="utf-8")
    return tmp_path


def test_in_json(ldbu: Call, folder: Path) -> None:
    status, told = ldbu(folder, "--format", "json")
    answer = json.loads(told)
    assert status == Exit.CLEAN
    assert (answer["counts"]["reports"], answer["counts"]["valid"], answer["counts"]["not_reports"]) == (1, 1, 1)
    assert {row["file"]: row["valid"] for row in answer["reports"]} == {"rapport.json": True, "LÆSMIG.txt": None}
    [beside] = [one for row in answer["reports"] if row["valid"] is None for one in row["others"]]
    assert beside["severity"] == "information"


def test_in_text_it_is_named_once_and_quietly(ldbu: Call, folder: Path) -> None:
    status, told = ldbu(folder)
    assert status == Exit.CLEAN
    assert told.count("LÆSMIG.txt") == 1
    assert "✖" not in told
    assert "✔" in told


def test_on_a_page_it_is_named_once(ldbu: Call, folder: Path) -> None:
    status, told = ldbu(folder, "--format", "html")
    assert status == Exit.CLEAN
    assert told.count("LÆSMIG.txt") in (1, 2)


def test_what_may_be_a_report_and_is_not_read_is_never_passed_over(ldbu: Call, folder: Path) -> None:
    (folder / "rapport.xml").write_text("<Bundle/>", encoding="utf-8")
    status, told = ldbu(folder)
    assert status == Exit.REJECTED
    assert "✔" not in told
    assert "✖ rapport.xml" in told


def test_in_junit(ldbu: Call, folder: Path) -> None:
    status, told = ldbu(folder, "--format", "junit")
    assert status == Exit.CLEAN
    assert re.findall(r'<testcase[^>]* name="([^"]+)"', told) == ["rapport.json"]


def test_in_an_operation_outcome(ldbu: Call, folder: Path) -> None:
    status, told = ldbu(folder, "--format", "operationoutcome")
    issues = [entry["resource"]["issue"][0] for entry in json.loads(told)["entry"]]
    assert status == Exit.CLEAN
    assert {issue["severity"] for issue in issues} == {"information"}


def test_a_table_that_is_named_is_no_broken_report(ldbu: Call, folder: Path) -> None:
    for name in ("eksport.csv", "eksport.TSV"):
        (folder / name).write_text("CPR;Vægt\n0505209996;4250\n", encoding="utf-8")
        status, told = ldbu(folder / name, "--format", "json")
        assert status == Exit.FAULT
        assert [row["valid"] for row in json.loads(told)["reports"]] == [False]
        assert json.loads(told)["counts"]["rejected"] == 0


def test_a_pdf_where_there_is_no_window(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ldbu_desktop.ui.printing.document_pdf", None)
    target = folder / "fund.pdf"
    assert command_line(["check", str(folder / "rapport.json"), "--format", "pdf", "--to", str(target)]) == Exit.FAULT
    assert "pdf" in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.parametrize("command", ["history", "coverage"])
def test_other_commands_name_it_and_it_changes_no_answer(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line([command, str(folder), "--jobs", "1"]) == Exit.CLEAN
    told = capsys.readouterr().out
    assert told.count("LÆSMIG.txt") >= 1
    assert "✖" not in told


def test_over_time_no_form_takes_it_for_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def told(form: str) -> str:
        assert command_line(["history", str(folder), "--jobs", "1", "--format", form]) == Exit.CLEAN
        return capsys.readouterr().out

    counts = json.loads(told("json"))["counts"]
    assert (counts["not_read"], [one["file"] for one in counts["passed_over"]]) == ([], ["LÆSMIG.txt"])
    assert 'errors="0"' in told("junit")
    [notification] = json.loads(told("sarif"))["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert notification["level"] == "note"
    assert "LÆSMIG.txt" in told("html")


def test_over_time_it_is_nothing_new_since_a_baseline(folder: Path, tmp_path: Path) -> None:
    (folder / "ingen.json").write_text("[1]", encoding="utf-8")
    words = ["history", str(folder), "--jobs", "1"]
    baseline = tmp_path.with_name(f"{tmp_path.name}-foer.json")
    assert command_line([*words, "--format", "json", "--to", str(baseline)]) == Exit.REJECTED
    (folder / "mere.txt").write_text("Og fra juni.\n", encoding="utf-8")
    assert command_line([*words, "--baseline", str(baseline)]) == Exit.CLEAN
