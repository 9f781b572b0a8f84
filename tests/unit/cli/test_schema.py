"""``ldbu schema``: what commands really answer, and files of ours, are as their published schemas say."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.names import COMMANDS
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.findings.accepted_file import read_accepted
from ldbu_desktop.rendering.self_test import TrialResult
from ldbu_desktop.training.results import Result, read_result, result_text
from ldbu_desktop.use_cases import self_test
from tests.delivery_histories.faults import value_changed
from tests.delivery_histories.journal import Delivering, written
from tests.profiles import landing

SAMPLES = resource("samples")
FOREIGN, FOREIGN_MAP = SAMPLES / "alle-fejl" / "fremmed.xlsx", SAMPLES / "alle-fejl" / "fremmed.ldbumap"
EXPORT, FAULTY = SAMPLES / "familie.xlsx", SAMPLES / "familie-med-fejl.xlsx"
Call = tuple[object, ...]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Reports that are right, one that is rejected, and files that are none."""
    journal = Delivering(1)
    value_changed(journal)
    for number, report in enumerate(journal.reports):
        Path(tmp_path, f"{number}.json").write_bytes(written(report))
    broken = {**journal.reports[0], "id": "another", "entry": journal.reports[0]["entry"][:1], "unheard": 1}
    Path(tmp_path, "rejected.json").write_text(json.dumps(broken), encoding="utf-8")
    Path(tmp_path, "none.json").write_text("{", encoding="utf-8")
    Path(tmp_path, "notes.txt").write_text("x", encoding="utf-8")
    return tmp_path


def _forms(reports: Path) -> list[Call]:
    reports.joinpath("own.yaml").write_text("id: [", encoding="utf-8")
    return [("forms", "list"), ("forms", "list", reports)]


def _checked_forms(reports: Path) -> list[Call]:
    lacking = resource("..", "forms", "2-months.yaml").read_text(encoding="utf-8").split("- variable: sleep")
    reports.joinpath("lacks.yaml").write_text("fields:".join(lacking[0].split("fields:")), encoding="utf-8")
    return [("forms", "check", *(one[2] for one in _forms(reports)[1:])), ("forms", "check", resource("..", "forms"))]


def _room(reports: Path) -> list[Call]:
    calls: list[Call] = []
    (reports / "damaged.ldbusvar").write_text("{", encoding="utf-8")
    for name, answers in {"same": ("1", "1"), "other": ("1", "2"), "alone": ("1",)}.items():
        folder = reports / name
        folder.mkdir()
        for number, answer in enumerate(answers):
            text = result_text(Result(1, "mellemtrin", {"a|b|sleep": (answer,), "a|b|weight": ("3",)}))
            folder.joinpath(f"{number}.ldbusvar").write_bytes(text)
        calls.append(("cases", "room", folder, reports / "damaged.ldbusvar"))
    return calls


def _cases(reports: Path) -> list[Call]:
    reports.joinpath("own.yaml").write_text("id: x", encoding="utf-8")
    return [("cases", "list"), ("cases", "check", reports)]


def _checked_maps(reports: Path) -> list[Call]:
    broken = reports / "broken.ldbumap"
    broken.write_text("x: [", encoding="utf-8")
    return [("map", "check", FOREIGN_MAP, FOREIGN), ("map", "check", FOREIGN_MAP), ("map", "check", broken)]


def _compared_maps(reports: Path) -> list[Call]:
    other = reports / "other.ldbumap"
    run(["map", str(FOREIGN), "--approve-all-sure", "--by", "SPL", "--save", str(other)])
    return [("map", "compare", FOREIGN_MAP, other), ("map", "compare", FOREIGN_MAP, FOREIGN_MAP)]


def _pseudonymised(reports: Path) -> list[Call]:
    to = iter(("a", "b"))
    return [
        ("pseudonymise", *words, "--to", reports / "to" / next(to))
        for words in ((FOREIGN, "--map", FOREIGN_MAP), (reports / "none.json", reports / "0.json"))
    ]


CALLS: dict[str, Callable[[Path], list[Call]]] = {
    "burden": lambda _: [("burden", "2-months"), ("burden", "2-months", "4-6-months", "--parents", 2)],
    "burden-assumptions": lambda _: [("burden", "--assumptions", "--assume", "births=600")],
    "burden-data": lambda _: [("burden", "--data", FAULTY)],
    "cases": _cases,
    "cases-faults": lambda _: [("cases", "faults")],
    "cases-room": _room,
    "check": lambda reports: [("check", reports, "--jobs", 1), ("check", reports / "0.json", "--jobs", 1)],
    "codes": lambda _: [("codes",)],
    "compare": lambda reports: [
        ("compare", reports / "0.json", reports, "--jobs", 1),
        ("compare", EXPORT, FAULTY),
    ],
    "coverage": lambda reports: [("coverage", reports / "0.json", "--jobs", 1), ("coverage", FAULTY)],
    "deadlines": lambda _: [("deadlines", FAULTY), ("deadlines", EXPORT)],
    "drift": lambda _: [("drift", "shipped", "shipped")],
    "forms": _forms,
    "forms-check": _checked_forms,
    "history": lambda reports: [("history", reports, "--jobs", 1), ("history", reports / "0.json", "--jobs", 1)],
    "map": lambda _: [("map", FOREIGN), ("map", FOREIGN, "--map", FOREIGN_MAP)],
    "map-check": _checked_maps,
    "map-compare": _compared_maps,
    "pseudonymise": _pseudonymised,
    "self-test": lambda _: [("self-test",)],
    "validate": lambda reports: [("validate", FAULTY), ("validate", reports), ("validate", FOREIGN)],
}
"""Calls whose answers the schema of a name describes: clean, faulty, and with files that can't be read."""
LINES: dict[str, Callable[[Path], list[Call]]] = {"check-line": CALLS["check"], "validate-line": CALLS["validate"]}
FILES = ("accepted-file", "case-file", "expected-file", "form-file", "map-file", "receipt-file", "result-file")


def printed(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """What a call prints."""
    capsys.readouterr()
    run([*map(str, words)])
    return capsys.readouterr().out


def schema(capsys: pytest.CaptureFixture[str], name: str) -> Draft202012Validator:
    """What holds a value against a published schema."""
    told = json.loads(printed(capsys, "schema", name))
    Draft202012Validator.check_schema(told)
    return Draft202012Validator(told, format_checker=FormatChecker())


def errors(holds: Draft202012Validator, value: Any) -> list[str]:
    """What of a value is not as a schema says."""
    return [f"{list(one.path)}: {one.message}" for one in holds.iter_errors(value)]


@pytest.fixture
def trials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trials of the program that take no time, one of which does not hold."""
    shown = [TrialResult("system", True, "8"), TrialResult("parts", False, "")]
    monkeypatch.setattr(self_test, "self_test", lambda _: iter(shown))


@pytest.mark.usefixtures("trials")
@pytest.mark.parametrize("name", CALLS)
def test_what_a_command_answers_is_as_its_schema_says(
    name: str, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    holds = schema(capsys, name)
    for words in CALLS[name](reports):
        answer = json.loads(printed(capsys, *words, "--format", "json"))
        assert errors(holds, answer) == [], words
        for part in answer if isinstance(answer, list) else [answer]:
            for member in part:
                less = {key: one for key, one in part.items() if key != member}
                assert not holds.is_valid([less] if isinstance(answer, list) else less), member
            more = {**part, "unheard": 1}
            assert not holds.is_valid([more] if isinstance(answer, list) else more)


@landing("each other answer is held against its schema in every run")
def test_what_changed_between_official_editions(fhir_packages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = (fhir_packages / f"kl.dk.fhir.children-{version}.tgz" for version in ("1.0.0", "2.0.1"))
    answer = json.loads(printed(capsys, "drift", before, after, "--format", "json"))
    assert errors(schema(capsys, "drift"), answer) == []
    assert len(answer["changes"]) > 1


@pytest.mark.parametrize("name", LINES)
def test_each_line_is_as_its_schema_says(name: str, reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    holds, known = schema(capsys, name), 0
    for words in LINES[name](reports):
        for line in printed(capsys, *words, "--format", "jsonl").splitlines():
            answer = json.loads(line)
            assert errors(holds, answer) == [], words
            assert not holds.is_valid({**answer, "unheard": 1})
            known += 1
    assert known > len(LINES)


class _Listening(argparse.ArgumentParser):
    """A parser that remembers which formats it was told to take."""

    formats: tuple[str, ...] = ()

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        if "--format" in names:
            self.formats = tuple(options["choices"])
        return super().add_argument(*names, **options)


def _formats(command: str) -> tuple[str, ...]:
    """The formats that the parser of a command takes."""
    parser = _Listening()
    import_module(COMMANDS[command]).add_arguments(parser)
    return parser.formats


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_answers_machines_has_schemas(command: str) -> None:
    formats = _formats(command)
    of_command = {name for name in CALLS if name.split("-")[0] == command.split("-")[0]}
    assert ("json" in formats) == bool(of_command)
    assert ("jsonl" in formats) == (f"{command}-line" in LINES)


def test_every_schema_is_tried(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == Exit.CLEAN
    assert sorted(capsys.readouterr().out.split()) == sorted((*CALLS, *LINES, *FILES))


def _open_parts(part: Any, at: str = "") -> Iterator[str]:
    """Where a schema lets anything through."""
    if isinstance(part, dict):
        if part.get("type") == "object" and "additionalProperties" not in part:
            yield at
        for name in ("properties", "$defs"):
            for own, inner in part.get(name, {}).items():
                if not inner.keys() & {"type", "enum", "const", "anyOf", "oneOf", "$ref"}:
                    yield f"{at}/{own}"
        if part.get("type") == "array" and not part.keys() & {"items", "prefixItems"}:
            yield at
        for name, inner in part.items():
            yield from _open_parts(inner, f"{at}/{name}")
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from _open_parts(inner, f"{at}/{number}")


@pytest.mark.parametrize("name", [*CALLS, *LINES])
def test_no_schema_lets_anything_through(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(_open_parts(schema(capsys, name).schema)) == []


# --- files of ours


@pytest.mark.parametrize("words", [("--report", "child", "--incremental"), ("--layout", "ndjson", "--send-anyway")])
@pytest.mark.parametrize("export", [EXPORT, FAULTY, FOREIGN])
def test_receipts(export: Path, words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    by_map = ("--map", str(FOREIGN_MAP)) if export == FOREIGN else ()
    run(["export", str(export), "--to", str(tmp_path), *by_map, *words])
    receipt = json.loads(tmp_path.joinpath("kvittering.json").read_bytes())
    holds = schema(capsys, "receipt-file")
    assert errors(holds, receipt) == []
    assert not holds.is_valid({**receipt, "state": "unheard"})


@landing("each other answer is held against its schema in every run")
def test_expected_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    holds = schema(capsys, "expected-file")
    for form, kind, codes in (
        ("long", "xlsx", "size-shrinks,value-missing"),
        ("long", "csv", "size-shrinks,file-header-unknown"),
        ("fhir", "xlsx", "all"),
        ("history", "xlsx", "history-void-twice"),
    ):
        folder = tmp_path / f"{form}-{kind}"
        made = ("--families", 1, "--on", "2025-12-01", "--as", form, "--file-type", kind)
        words = (*made, "--fault", codes, "--to", folder)
        run(["synth", *map(str, words)])
        expected = json.loads(folder.joinpath("expected.json").read_bytes())
        assert errors(holds, expected) == []
        assert expected["faults"]


def test_results_of_learners(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.ldbusvar"
    path.write_bytes(result_text(Result(1, "mellemtrin", {"a|b|sleep": ("1", "2"), "a|b|weight": ()})))
    assert read_result(path).case == "mellemtrin"
    holds = schema(capsys, "result-file")
    assert errors(holds, json.loads(path.read_bytes())) == []
    assert not holds.is_valid({"ldbusvar": 3, "case": "mellemtrin", "answers": {}})


def test_accepted_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = {"code": "size-shrinks", "found": "52", "reason": "Målt igen", "by": "SPL", "visit": "K1"}
    path = tmp_path / "accepted.json"
    path.write_text(json.dumps({"ldbu_accepted": 1, "accepted": [entry]}), encoding="utf-8")
    assert len(read_accepted(path)) == 1
    holds = schema(capsys, "accepted-file")
    assert errors(holds, json.loads(path.read_bytes())) == []
    for wrong in ({"reason": " "}, {"unheard": "1"}):
        assert not holds.is_valid({"ldbu_accepted": 1, "accepted": [{**entry, **wrong}]})


def test_schemas_of_files_that_people_write_are_schemas(capsys: pytest.CaptureFixture[str]) -> None:
    for name in FILES:
        assert schema(capsys, name).schema["title"]


def test_a_name_that_there_is_not_is_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "unheard"]) == Exit.FAULT
    assert "unheard" in capsys.readouterr().err
