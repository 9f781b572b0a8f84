"""What every command answers to the shell in each state: 0, 1 or 2, the same for all and as its help says."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.casefile import key
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.cli.names import COMMANDS
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.rendering.self_test import TrialResult
from ldbu_desktop.use_cases import self_test
from tests.delivery_histories.faults import value_changed
from tests.delivery_histories.journal import Delivering, written
from tests.unit.casefile.some_journal import PASSPHRASE, journal

SAMPLES = resource("samples")
CLEAN, FAULTY = SAMPLES / "familie.xlsx", SAMPLES / "familie-med-fejl.xlsx"
FOREIGN, FOREIGN_MAP = SAMPLES / "alle-fejl" / "fremmed.xlsx", SAMPLES / "alle-fejl" / "fremmed.ldbumap"
REPORT = min((SAMPLES / "rapporter").glob("*.json"))
Call = tuple[object, ...]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files in each state, and a passphrase that waits on standard input."""
    monkeypatch.setattr(sys, "stdin", StringIO(f"{PASSPHRASE}\n"))
    monkeypatch.setattr(key, "ROUNDS", 100)
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("id: [", encoding="utf-8")
    (tmp_path / "broken.ldbumap").write_text("x: [", encoding="utf-8")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "rejected.json").write_text('{"resourceType": "Bundle", "type": "collection"}', encoding="utf-8")
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "a.json").write_bytes(REPORT.read_bytes())
    (tmp_path / "some" / "b.json").write_text("{", encoding="utf-8")
    (tmp_path / "unknown.csv").write_text("Barnets CPR;Noget\n0505209996;a\n", encoding="utf-8")
    told = Delivering(1)
    value_changed(told)
    (tmp_path / "over-time").mkdir()
    for number, report in enumerate(told.reports):
        (tmp_path / "over-time" / f"{number}.json").write_bytes(written(report))
    return tmp_path


def damaged(folder: Path) -> Path:
    """A case file of which some pages are lost."""
    path = whole(folder, 30)
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // 4096, 2):
        content[page * 4096 + 100] ^= 1
    path.write_bytes(content)
    return path


def whole(folder: Path, families: int = 3) -> Path:
    """A case file."""
    path = folder / "sag.ldbu"
    CaseFile.create(path, PASSPHRASE, journal(families)).close()
    return path


State = Callable[[Path], Call]
STATES: dict[str, tuple[State | None, State | None, State | None]] = {
    "validate": (lambda _: (CLEAN,), lambda _: (FAULTY,), lambda at: (at / "broken.xlsx",)),
    "correct": (
        lambda at: (CLEAN, "--to", at / "ud.xlsx"),
        lambda at: (FAULTY, "--to", at / "ud.xlsx"),
        lambda at: (at / "broken.xlsx", "--to", at / "ud.xlsx"),
    ),
    "deadlines": (lambda _: (CLEAN,), lambda _: (FAULTY,), lambda at: (at / "broken.xlsx",)),
    "export": (
        lambda at: (CLEAN, "--to", at / "ud"),
        lambda at: (FAULTY, "--to", at / "ud"),
        lambda at: (at / "broken.xlsx", "--to", at / "ud"),
    ),
    "template": (lambda at: (at / "ny.xlsx",), None, lambda at: (at / "ny.docx",)),
    "synth": (
        lambda at: ("--families", 1, "--on", "2025-12-01", "--to", at / "ud"),
        None,
        lambda at: ("--families", 1, "--on", "2025-12-01", "--fault", "unheard", "--to", at / "ud"),
    ),
    "explain": (lambda _: ("value-missing",), None, lambda _: ("unheard",)),
    "check": (lambda _: (REPORT,), lambda at: (at / "rejected.json",), lambda at: (at / "none.json",)),
    "history": (lambda _: (REPORT,), lambda at: (at / "over-time",), lambda at: (at / "broken.json",)),
    "coverage": (lambda _: (CLEAN,), lambda at: (at / "some",), lambda at: (at / "broken.json",)),
    "compare": (
        lambda _: (REPORT, REPORT),
        lambda at: (REPORT, at / "some"),
        lambda at: (REPORT, at / "broken.json"),
    ),
    "pseudonymise": (
        lambda at: (at / "some" / "a.json", "--to", at / "ud"),
        lambda at: (at / "some", "--to", at / "ud"),
        lambda at: (at / "broken.json", "--to", at / "ud"),
    ),
    "codes": (lambda _: (), None, None),
    "schema": (lambda _: ("check",), None, lambda _: ("unheard",)),
    "drift": (lambda _: ("shipped", "shipped"), None, lambda at: ("shipped", at / "broken.json")),
    "forms": (lambda _: ("list",), lambda at: ("check", at / "broken.yaml"), lambda at: ("check", at / "none.yaml")),
    "map": (
        lambda _: ("compare", FOREIGN_MAP, FOREIGN_MAP),
        lambda _: (FOREIGN,),
        lambda at: (FOREIGN, "--map", at / "broken.ldbumap"),
    ),
    "burden": (
        lambda _: ("2-months",),
        lambda at: ("--data", FOREIGN),
        lambda at: ("--data", at / "broken.xlsx"),
    ),
    "cases": (lambda _: ("list",), lambda at: ("check", at / "broken.yaml"), lambda at: ("room", at / "broken.json")),
    "rescue": (
        lambda at: (whole(at), "--to", at / "ud.ldbu"),
        lambda at: (damaged(at), "--to", at / "ud.ldbu"),
        lambda at: (at / "broken.json", "--to", at / "ud.ldbu"),
    ),
    "manual": (lambda at: ("--to", at / "ud.html"), None, lambda at: ("--to", at / "ud.docx")),
    "self-test": (lambda _: (), lambda _: ("--format", "json"), None),
}
"""Of each command a call for every exit code; None where it has no such answer."""


@pytest.mark.parametrize("code", list(Exit))
@pytest.mark.parametrize("command", COMMANDS)
def test_each_state_has_its_code(command: str, code: Exit, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = STATES[command][code]
    if state is None:
        return
    holds = code is Exit.CLEAN
    monkeypatch.setattr(self_test, "self_test", lambda _: iter([TrialResult("system", holds, "8")]))
    assert run([command, *map(str, state(folder))]) == code


@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_call_is_told_and_nothing_is_answered(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--unheard"]) == Exit.FAULT
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    assert told.err


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_says_each_code(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == Exit.CLEAN
    lines = capsys.readouterr().out.splitlines()
    assert [line[2] for line in lines if line[:2] == "  " and line[2:3].isdigit()] == ["0", "1", "2"]


@pytest.mark.parametrize("command", ["coverage", "burden", "compare"])
def test_what_is_not_read_of_an_export_is_told(command: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unknown = str(folder / "unknown.csv")
    words = {"coverage": [FOREIGN], "burden": ["--data", FOREIGN], "compare": [FOREIGN, FOREIGN]}[command]
    assert run([command, *map(str, words)]) == Exit.REJECTED
    assert "ldbu validate" in capsys.readouterr().err
    assert run(["coverage", unknown]) != Exit.CLEAN


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    """An export in which all is right, and a column that nothing is known of."""
    first, *others = (SAMPLES / "familie-bred.csv").read_text(encoding="utf-8-sig").splitlines()
    path = tmp_path / "noter.csv"
    path.write_text("\n".join([f"{first};Bemærkning", *(f"{row};ringet" for row in others)]), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["validate", "export", "coverage", "burden", "correct", "deadlines"])
def test_a_column_that_is_not_read_is_told_by_the_code(
    command: str, noted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = noted.with_name("ud.csv" if command == "correct" else "ud")
    words = {"burden": ["--data", noted], "export": [noted, "--to", to], "correct": [noted, "--to", to]}
    assert run([command, *map(str, words.get(command, [noted]))]) == Exit.REJECTED
    is_green = "✔" in capsys.readouterr().out
    assert not is_green


def test_what_is_not_read_and_accepted_is_not_asked_for_again(noted: Path) -> None:
    accepted = noted.with_name("accepteret.json")
    entry = {"code": "file-header-unknown", "found": "Bemærkning", "reason": "kun til os", "by": "systemansvarlig"}
    accepted.write_text(json.dumps({"ldbu_accepted": 1, "accepted": [entry]}), encoding="utf-8")
    with_it = ["--accepted", str(accepted)]
    assert run(["validate", str(noted), *with_it]) == Exit.CLEAN
    assert run(["export", str(noted), "--to", str(noted.with_name("ud")), *with_it]) == Exit.CLEAN
    more = noted.read_text(encoding="utf-8").replace("Bemærkning", "Bemærkning;Ny").replace("ringet", "ringet;også")
    noted.write_text(more, encoding="utf-8")
    assert run(["validate", str(noted), *with_it]) == Exit.REJECTED


def test_only_what_is_not_read_and_new_is_told_by_the_code(noted: Path) -> None:
    known = noted.with_name("kendt.json")
    run(["validate", str(noted), "--format", "json", "--to", str(known)])
    assert run(["validate", str(noted), "--baseline", str(known)]) == Exit.CLEAN
    more = noted.read_text(encoding="utf-8").replace("Bemærkning", "Bemærkning;Ny").replace("ringet", "ringet;også")
    noted.write_text(more, encoding="utf-8")
    assert run(["validate", str(noted), "--baseline", str(known)]) == Exit.REJECTED


@pytest.mark.parametrize("command", ["validate", "check", "history", "coverage"])
def test_what_is_named_twice_is_read_once(command: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def told(*paths: str) -> str:
        assert run([command, *paths]) == Exit.CLEAN
        return capsys.readouterr().out

    (folder / "some" / "b.json").unlink()
    some = str(folder / "some")
    assert told(some, f"{some}/.", f"{some}/") == told(some)
    assert told(f"{some}/a.json", f"{some}/./a.json") == told(f"{some}/a.json")


@pytest.mark.parametrize("command", ["validate", "check", "export", "coverage", "compare"])
def test_a_report_that_is_there_twice_is_read_and_rejected_by_none(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = folder / "some" / "b.json"
    again.write_bytes(REPORT.read_bytes())
    more = {"export": ["--to", folder / "ud"], "compare": [folder / "some"]}.get(command, [])
    assert run([command, str(folder / "some"), *map(str, more)]) == Exit.CLEAN
    is_told = "b.json" in capsys.readouterr().out
    assert is_told is (command in ("validate", "export"))
    assert run(["history", str(folder / "some")]) == Exit.REJECTED
