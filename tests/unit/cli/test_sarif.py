"""``--format sarif`` of ``check``, ``validate`` and ``history``: a SARIF 2.1.0 log as code scanning takes it.

What was accepted is told to build servers as well: in JUnit.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.findings.catalogue import finding_types
from tests.delivery_histories.faults import value_changed
from tests.delivery_histories.journal import Delivering, written
from tests.unit.cli.test_check import suite_in


def log(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any]]:
    """The exit code and the run of a log, whose form is held against what SARIF 2.1.0 demands."""
    code = run([*map(str, words), "--format", "sarif"])
    told = json.loads(capsys.readouterr().out)
    assert (told["version"], len(told["runs"])) == ("2.1.0", 1)
    (one,) = told["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert one["tool"]["driver"]["name"] == "LDBU Desktop"
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        for location in result.get("locations", ()):
            region = location.get("physicalLocation", {}).get("region", {"startLine": 1})
            assert all(number >= 1 for number in region.values())
    return code, one


def test_what_would_be_rejected_is_an_error_at_its_line_and_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = Delivering(1)
    journal.routine("2-months", 60)
    del journal.reports[0]["timestamp"]
    Path(tmp_path, "én fil#1.json").write_bytes(written(journal.reports[0]))
    Path(tmp_path, "none.json").write_text("{", encoding="utf-8")
    Path(tmp_path, "notes.txt").write_text("x", encoding="utf-8")
    code, told = log(capsys, "check", tmp_path, "--jobs", 1)
    assert code == Exit.REJECTED
    assert told["invocations"] == [{"executionSuccessful": True}]
    places = [one["locations"][0] for one in told["results"] if one["level"] == "error"]
    uris = {one["physicalLocation"]["artifactLocation"]["uri"]: one for one in places}
    assert not any("#" in uri for uri in uris)
    assert {unquote(uri) for uri in uris} == {"én fil#1.json", "none.json"}
    first = next(one for uri, one in uris.items() if uri != "none.json")
    assert first["physicalLocation"]["region"]["startLine"] >= 1
    assert first["logicalLocations"][0]["fullyQualifiedName"].startswith("Bundle")
    again = log(capsys, "check", tmp_path, "--jobs", 1)[1]
    assert [one["partialFingerprints"] for one in again["results"]] == [
        one["partialFingerprints"] for one in told["results"]
    ]


def test_findings_of_an_export_are_results_at_their_cells(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = log(capsys, "validate", resource("samples", "familie-med-fejl.xlsx"))
    assert code == Exit.REJECTED
    by_rule = {one["ruleId"]: one for one in told["results"]}
    assert by_rule.keys() <= finding_types().keys()
    assert by_rule["date-unreadable"]["level"] == "error"
    assert by_rule["factor-slip"]["level"] == "warning"
    place = by_rule["date-unreadable"]["locations"][0]
    assert place["logicalLocations"] == [{"fullyQualifiedName": "Kontakter!F8"}]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "familie-med-fejl.xlsx"
    rules = {one["id"]: one for one in told["tool"]["driver"]["rules"]}
    assert rules["date-unreadable"]["shortDescription"]["text"] == "Datoen kan ikke læses"


def accepted_height(folder: Path) -> Path:
    """A file that accepts a child's height in the sample with faults."""
    accepted = {
        "code": "size-shrinks", "visit": "K08", "variable": "height", "found": "56,5", "reason": "Målt to gange",
        "by": "Sundhedsplejerske",
    }  # fmt: skip
    path = folder / "accepteret.json"
    path.write_text(json.dumps({"ldbu_accepted": 1, "accepted": [accepted]}), encoding="utf-8")
    return path


def test_what_was_accepted_is_a_result_that_is_held_back_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = accepted_height(tmp_path)
    told = log(capsys, "validate", resource("samples", "familie-med-fejl.xlsx"), "--accepted", path)[1]
    by_rule = {one["ruleId"]: one for one in told["results"]}
    held = {"kind": "external", "status": "accepted", "justification": "Målt to gange"}
    assert by_rule["size-shrinks"]["suppressions"] == [held]
    assert [rule for rule, one in by_rule.items() if "suppressions" in one] == ["size-shrinks"]


def test_a_build_server_is_told_what_was_accepted_as_passed_over_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = accepted_height(tmp_path)
    export = resource("samples", "familie-med-fejl.xlsx")
    run(["validate", str(export), "--format", "junit"])
    before = suite_in(capsys.readouterr().out)
    run(["validate", str(export), "--format", "junit", "--accepted", str(path)])
    suite = suite_in(capsys.readouterr().out)
    (skipped,) = (case for case in suite.iter("testcase") if case.find("skipped") is not None)
    assert skipped.get("name") == "K08: size-shrinks"
    told = skipped[0].get("message", "")
    assert "Målt to gange" in told
    assert "Sundhedsplejerske" in told
    assert (suite.get("skipped"), before.get("skipped")) == ("1", "0")
    assert int(suite.get("tests", 0)) == int(before.get("tests", 0)) + 1
    assert suite.get("failures") == before.get("failures")


def test_nothing_found_is_a_log_without_results(capsys: pytest.CaptureFixture[str]) -> None:
    journal_file = resource("samples", "familie.xlsx")
    code, told = log(capsys, "validate", journal_file)
    assert code == Exit.CLEAN
    assert not [one for one in told["results"] if one["level"] == "error"]


def test_a_history_has_a_result_at_the_later_report_with_the_earlier_one_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = Delivering(1)
    value_changed(journal)
    for number, report in enumerate(journal.reports):
        Path(tmp_path, f"{number}.json").write_bytes(written(report))
    code, told = log(capsys, "history", tmp_path, "--jobs", 1)
    assert (code, told["invocations"]) == (Exit.REJECTED, [{"executionSuccessful": True}])
    (result,) = told["results"]
    assert (result["ruleId"], result["level"]) == ("history-moment-changed", "error")
    later, earlier = result["locations"][0], result["relatedLocations"][0]
    files = [one["physicalLocation"]["artifactLocation"]["uri"] for one in (earlier, later)]
    assert files == sorted(files)
    assert files[0] != files[1]
    Path(tmp_path, "9.json").write_text('{"resourceType":', encoding="utf-8")
    (invocation,) = log(capsys, "history", tmp_path, "--jobs", 1)[1]["invocations"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "9.json"
    assert notification["message"]["text"]
