"""``--baseline``: only what is new since an earlier answer is told and counts."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from openpyxl import load_workbook

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.conformance.model import CheckedReport, Verdict
from ldbu_desktop.faults import FileFault
from ldbu_desktop.findings.fingerprint import Known
from ldbu_desktop.rendering.fingerprints import fault_fingerprint
from ldbu_desktop.sources.found import Left
from ldbu_desktop.use_cases import baseline as of_baseline
from tests.delivery_histories.faults import value_changed
from tests.delivery_histories.journal import Delivering, written

SAMPLES = resource("samples")
FAULTY = SAMPLES / "familie-med-fejl.xlsx"


def answer(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    """The exit code of a call, and what it prints as JSON."""
    capsys.readouterr()
    code = run([*map(str, words), "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


def kept(tmp_path: Path, *words: object, form: str = "json") -> Path:
    """The answer of a call, kept as a baseline."""
    path = tmp_path / f"baseline.{form}"
    run([*map(str, words), "--format", form, "--to", str(path)])
    return path


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_nothing_new_in_an_export_is_clean(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    baseline = kept(tmp_path, "validate", FAULTY, form=form)
    code, told = answer(capsys, "validate", FAULTY, "--baseline", baseline)
    assert (code, told["findings"]) == (Exit.CLEAN, [])
    assert "050520" not in baseline.read_text()


def test_what_is_new_is_told_also_where_rows_have_moved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    baseline = kept(tmp_path, "validate", FAULTY)
    book = load_workbook(FAULTY)
    for sheet in book.worksheets[:6]:
        sheet.insert_rows(1, 3)
    (at,) = [row for row in book["Observationer"].iter_rows() if row[3].value and "sleep" in str(row[3].value)][:1] or [
        next(row for row in book["Observationer"].iter_rows(min_row=5) if row[4].value)
    ]
    at[4].value = "noget helt andet"
    moved = tmp_path / "nyt.xlsx"
    book.save(moved)
    code, told = answer(capsys, "validate", moved, "--baseline", baseline)
    assert code == Exit.REJECTED
    assert 1 <= len(told["findings"]) <= 3


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Reports of which one is rejected, one is no JSON, and all of which tell something wrong over time."""
    folder = tmp_path / "reports"
    folder.mkdir()
    journal = Delivering(1)
    value_changed(journal)
    for number, report in enumerate(journal.reports):
        Path(folder, f"{number}.json").write_bytes(written(report))
    broken = {**journal.reports[0], "id": "another", "unheard": 1}
    Path(folder, "rejected.json").write_text(json.dumps(broken), encoding="utf-8")
    Path(folder, "none.json").write_text("{", encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", ["check", "history", "validate"])
def test_nothing_new_in_reports_is_clean(
    command: str, reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, _ = answer(capsys, command, reports)
    baseline = kept(tmp_path, command, reports)
    code, _ = answer(capsys, command, reports, "--baseline", baseline)
    assert (before, code) == (Exit.REJECTED, Exit.CLEAN)
    shutil.copy(reports / "none.json", reports / "more.json")
    assert answer(capsys, command, reports, "--baseline", baseline)[0] == Exit.REJECTED


def test_a_file_alone_that_could_not_be_read_before_either(reports: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "known.json"
    run(["check", str(reports / "none.json"), "--format", "json", "--to", str(baseline)])
    assert run(["check", str(reports / "none.json"), "--baseline", str(baseline)]) == Exit.CLEAN


def test_a_file_alone_that_could_not_be_checked_before_either(tmp_path: Path) -> None:
    table, baseline = tmp_path / "eksport.csv", tmp_path / "known.json"
    table.write_text("CPR;Vægt\n0505209996;4250\n", encoding="utf-8")
    assert run(["check", str(table), "--format", "json", "--to", str(baseline)]) == Exit.FAULT
    assert run(["check", str(table), "--baseline", str(baseline)]) == Exit.CLEAN


@pytest.mark.parametrize("content", ["{", "[]", '{"x": 1}', "text", '{"findings": 3}', '{"counts": []}'])
def test_what_is_no_answer_is_a_fault(content: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(content)
    assert run(["validate", str(FAULTY), "--baseline", str(path)]) == Exit.FAULT
    assert run(["validate", str(FAULTY), "--baseline", str(tmp_path)]) == Exit.FAULT
    assert run(["validate", str(FAULTY), "--baseline", str(tmp_path / "gone")]) == Exit.FAULT


@pytest.mark.parametrize("left", [Left.NAMED, Left.WITHIN])
def test_a_file_that_could_not_be_read_before_either_is_passed_over(left: Left) -> None:
    fault = FileFault("file-json-unreadable", file="a.json")
    report = CheckedReport("a.json", Verdict(), fault, left=left)
    known = Known([fault_fingerprint("a.json", fault)])
    assert of_baseline.new_of_report(report, known).left is Left.FOREIGN
    assert of_baseline.new_of_report(report, known) == report


def test_an_answer_that_is_too_large_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_baseline, "MOST_BYTES", 10)
    path = tmp_path / "x.json"
    path.write_text('{"findings": []}')
    with pytest.raises(FileFault) as told:
        of_baseline.read_baseline(path, "validate")
    assert told.value.key == "baseline-unreadable"


def test_only_fingerprints_count_and_not_texts_that_speak_of_them(tmp_path: Path) -> None:
    path = tmp_path / "foer.json"
    spoken = '"fingerprint": "ee"'
    told = {"findings": [{"fingerprint": "aa"}, {"message": spoken, "of": [{"fingerprint": "bb"}]}], "account": {}}
    path.write_text(json.dumps(told, indent=1), encoding="utf-8")
    known = of_baseline.read_baseline(path, "validate")
    assert [one for one in ("aa", "bb", "aa", "ee") if known.takes(one)] == ["aa", "bb"]
    path.write_text("\n\n".join(json.dumps({"errors": [one]}) for one in told["findings"]), encoding="utf-8")
    assert of_baseline.read_baseline(path, "check").takes("bb")


def test_an_answer_of_another_command_is_none(reports: Path, tmp_path: Path) -> None:
    commands = ("validate", "check", "history")
    baselines = {command: tmp_path / f"{command}.json" for command in commands}
    for command, baseline in baselines.items():
        run([command, str(reports), "--format", "json", "--to", str(baseline)])
    for command in commands:
        for other, baseline in baselines.items():
            code = run([command, str(reports), "--baseline", str(baseline)])
            assert code == (Exit.CLEAN if command == other else Exit.FAULT)


def test_an_answer_whose_findings_have_no_fingerprints_is_none(tmp_path: Path) -> None:
    baseline = kept(tmp_path, "validate", FAULTY)
    told = json.loads(baseline.read_bytes())
    for finding in told["findings"]:
        del finding["fingerprint"]
    baseline.write_text(json.dumps(told), encoding="utf-8")
    assert run(["validate", str(FAULTY), "--baseline", str(baseline)]) == Exit.FAULT


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name of a file is a text")
@pytest.mark.parametrize("command", ["validate", "check", "history"])
def test_a_file_whose_name_is_no_text_is_told_in_json_that_all_can_read(command: str, tmp_path: Path) -> None:
    folder, baseline = tmp_path / "in", tmp_path / "known.json"
    folder.mkdir()
    report = min((SAMPLES / "rapporter").glob("*.json")).read_text(encoding="utf-8")
    name = os.fsencode(folder) + b"/r\xe5d.json"
    Path(os.fsdecode(name)).write_text(report.replace("0505209996", "1804241AB2"), encoding="utf-8")
    assert run([command, str(folder), "--format", "json", "--to", str(baseline)]) == Exit.REJECTED
    assert msgspec.json.decode(baseline.read_bytes())
    assert run([command, str(folder), "--baseline", str(baseline)]) == Exit.CLEAN
