"""Reports of another edition, or of another guide, are told as that: once, with what to change, wherever they come."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.rendering.left_out import beside_words
from ldbu_desktop.use_cases.history import check_history
from ldbu_desktop.use_cases.read_reports import HistoryRun
from ldbu_desktop.use_cases.standards import shipped_standard

REPORTS = sorted((resource("samples") / "rapporter").glob("*.json"))
CHILDREN = "http://fhir.kl.dk/children/StructureDefinition/klgateway-children"
GUIDES = {
    "edition-rehab": "http://fhir.kl.dk/rehab/StructureDefinition/klgateway-140",
    "edition-prevention": "http://fhir.kl.dk/prevention/StructureDefinition/klgateway-prevention",
    "edition-care": "http://fhir.kl.dk/gateway/StructureDefinition/klgateway",
}


def versioned(text: str, version: str) -> str:
    """A report whose profiles name a version."""
    report = json.loads(text)
    for one in (report, *(entry["resource"] for entry in report["entry"])):
        if "meta" in one:
            one["meta"]["profile"] = [f"{profile}|{version}" for profile in one["meta"]["profile"]]
    return json.dumps(report)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A municipality's folder: all reports, half of which name an earlier version, and one of each other guide."""
    for number, path in enumerate(REPORTS):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(versioned(text, "2.0.1") if number % 2 else text, encoding="utf-8")
    for name, profile in GUIDES.items():
        text = REPORTS[0].read_text(encoding="utf-8").replace(CHILDREN, profile)
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    """The exit code, and the answer as JSON."""
    code = run([*map(str, words), "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


def test_over_time_each_is_told_once_and_nothing_follows_from_it(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer = told(capsys, "history", mixed, "--jobs", 1)
    others = {one["edition"]: one for one in answer["counts"]["other_editions"]}
    assert code == Exit.REJECTED
    assert answer["findings"] == []
    assert set(others) == {*GUIDES, "edition-2.0"}
    assert others["edition-2.0"]["reports"] == len(REPORTS) // 2
    assert answer["counts"]["failed"] == len(REPORTS) // 2
    assert answer["counts"]["reports"] == len(REPORTS)
    assert {name for name, one in others.items() if not one["looked_at"]} == set(GUIDES)
    assert all(one["message"] and one["remedy"] for one in others.values())


@pytest.mark.parametrize("form", ["text", "html", "xlsx"])
def test_every_form_of_a_history_tells_them(form: str, mixed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = mixed.with_name(f"answer.{form}")
    assert run(["history", str(mixed), "--jobs", "1", "--format", form, "--to", str(to)]) == Exit.REJECTED
    if form != "xlsx":
        assert to.read_text(encoding="utf-8").count("2.0.x") == 1


@pytest.mark.parametrize("command", ["coverage", "compare"])
def test_other_commands_tell_them_beside_the_answer(
    command: str, mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [str(mixed)] * (2 if command == "compare" else 1)
    assert run([command, *words, "--jobs", "1"]) == Exit.REJECTED
    assert "kl.dk.fhir.rehab" in capsys.readouterr().err


def test_reports_of_another_guide_alone_are_nothing_to_look_at(mixed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("history", "coverage"):
        assert run([command, str(mixed / "edition-rehab.json"), "--jobs", "1"]) == Exit.FAULT
        told_words = capsys.readouterr()
        assert "kl.dk.fhir.rehab" in told_words.out + told_words.err


def test_each_report_is_told_as_that_by_check_and_validate(mixed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in (*GUIDES, REPORTS[1].stem):
        path = mixed / f"{name}.json"
        _, answer = told(capsys, "check", path)
        ours = [one["code"] for one in answer["reports"][0]["others"] if one["ours"]]
        assert ours.count("other-edition") == 1
        run(["check", str(path), "--language", "en"])
        assert capsys.readouterr().out.count("[other-edition]") == 1
        run(["check", str(path), "--format", "junit"])
        assert re.findall(r'<failure type="([^"]*)"', capsys.readouterr().out) == ["other-edition"]
        run(["validate", str(path), "--language", "en"])
        shown = capsys.readouterr().out
        assert shown.count("other-edition]") == 1


def test_beside_a_history_some_files_are_named_and_the_rest_counted(mixed: Path) -> None:
    standard, looked_at = shipped_standard(), HistoryRun()
    for number in range(7):
        (mixed / f"none-{number}.json").write_text("[1]", encoding="utf-8")
    assert list(check_history([mixed], standard, looked_at, jobs=1)) == []
    told_beside = list(beside_words(looked_at.counts, looked_at.faults, standard))
    assert len(told_beside) == len(looked_at.counts.others) + 6
    assert "2" in told_beside[-1]
