"""``ldbu forms``: what is printed and answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.forms.loader import shipped_forms
from ldbu_desktop.language import Language
from ldbu_desktop.standard.catalogue import shipped_standard

GOOD = "id: mine\ntitle: Min\nvisits: [2-months]\nsections: [{id: a, title: A, fields: [{variable: weight}]}]\n"
BAD = GOOD.replace("weight", "wieght").replace("mine", "bad")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder with a form that lacks much and one that has a fault."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "good.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "bad.yaml").write_text(BAD, encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", list(Language))
def test_people_read_which_forms_there_are(language: Language, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["forms", "list", "--language", language]) == Exit.CLEAN
    written = capsys.readouterr()
    lines = written.out.splitlines()
    for form in shipped_forms(shipped_standard()).forms:
        [line] = (line for line in lines if line.split() and line.split()[0] == form.id)
        assert form.title[language] in line
    assert written.err == ""


def test_ones_own_forms_are_listed_and_their_faults_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["forms", "list", str(folder)]) == Exit.REJECTED
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("  mine ") and line.endswith("good.yaml)") for line in lines)
    assert [line[0] for line in lines if "bad.yaml" in line] == ["✖"]


def test_machines_read_which_forms_there_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["forms", "list", str(folder), "--format", "json"]) == Exit.REJECTED
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert len(document["forms"]) == len(shipped_forms(shipped_standard()).forms) + 1
    assert document["forms"][-1] == {
        "id": "mine",
        "title": "Min",
        "visits": ["2-months"],
        "questionnaire": "",
        "version": 1,
        "file": "good.yaml",
        "own": True,
        "fields": 1,
        "optional": 0,
    }
    [fault] = document["faults"]
    assert (fault["code"], fault["file"], fault["line"]) == ("form-variable-unknown", "bad.yaml", 4)
    assert fault["message"].startswith("bad.yaml")


@pytest.mark.parametrize("language", list(Language))
def test_people_read_what_is_wrong_and_what_is_lacking(
    folder: Path, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["forms", "check", str(folder), "--language", language]) == Exit.REJECTED
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("✖ bad.yaml, ")
    assert lines[1].startswith("✔ good.yaml: Min")
    assert all(line.startswith("  ▲ ") for line in lines[2:-1])
    # Eight things besides weight that the gateway rejects the visit without, and motor function that the guide wants;
    # two of the gateway's rules test the code of sleep, and people are told once.
    assert len(lines[2:-1]) == 9
    assert sum("feeding" in line or "Ernæring" in line or "Feeding" in line for line in lines) == 1


def test_machines_read_what_is_wrong_and_what_is_lacking(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["forms", "check", str(folder / "bad.yaml"), str(folder / "good.yaml"), "--format", "json"]) == 1
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    bad, good = document["files"]
    assert (bad["file"], bad["form"], bad["lacks"]) == ("bad.yaml", None, [])
    assert [fault["code"] for fault in bad["faults"]] == ["form-variable-unknown"]
    assert (good["form"]["id"], good["faults"]) == ("mine", [])
    sources = {lack["invariant"] for lack in good["lacks"]}
    assert "" in sources
    assert "gateway-children-report-height" in sources
    assert document["counts"] == {"files": 2, "faulty": 1}


def test_a_form_without_faults_is_clean(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["forms", "check", str(folder / "good.yaml")]) == Exit.CLEAN
    assert capsys.readouterr().out.startswith("✔ good.yaml")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nosuch"],
        ["check"],
        ["check", "nosuch.yaml"],
        ["list", "nosuch"],
        ["list", "one", "two"],
        ["list", "--format", "xml"],
    ],
)
def test_wrong_call(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["forms", *words]) == Exit.FAULT
    written = capsys.readouterr()
    assert written.err
    assert "Traceback" not in written.err
    assert written.out == ""
