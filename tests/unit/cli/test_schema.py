"""``ldbu schema``: what commands really answer is as their published schemas say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run
from tests.delivery_histories.faults import value_changed
from tests.delivery_histories.journal import Delivering, written

SAMPLES = resource("samples")
ANSWERS = ("cases", "check", "codes", "compare", "coverage", "forms", "history", "map", "validate")


def printed(capsys: pytest.CaptureFixture[str], *words: object) -> Any:
    """What a call prints, as JSON."""
    run([*map(str, words)])
    return json.loads(capsys.readouterr().out)


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


def calls(name: str, reports: Path) -> list[tuple[object, ...]]:
    """Calls whose answers the schema of a name describes."""
    export, faulty = SAMPLES / "familie.xlsx", SAMPLES / "familie-med-fejl.xlsx"
    own_form = reports / "own.yaml"
    own_form.write_text("id: [", encoding="utf-8")
    return {
        "cases": [("cases", "list")],
        "check": [("check", reports, "--jobs", 1)],
        "codes": [("codes",)],
        "compare": [("compare", reports / "0.json", reports, "--jobs", 1), ("compare", export, faulty)],
        "coverage": [("coverage", reports / "0.json", "--jobs", 1)],
        "forms": [("forms", "list"), ("forms", "list", reports)],
        "history": [("history", reports, "--jobs", 1), ("history", reports / "0.json", "--jobs", 1)],
        "map": [("map", SAMPLES / "alle-fejl" / "fremmed.xlsx")],
        "validate": [("validate", faulty), ("validate", reports), ("validate", SAMPLES / "alle-fejl" / "fremmed.xlsx")],
    }[name]


@pytest.mark.parametrize("name", ANSWERS)
def test_what_a_command_answers_is_as_its_schema_says(
    name: str, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = printed(capsys, "schema", name)
    Draft202012Validator.check_schema(schema)
    holds = Draft202012Validator(schema, format_checker=FormatChecker())
    for words in calls(name, reports):
        answer = printed(capsys, *words, "--format", "json")
        assert [f"{list(one.path)}: {one.message}" for one in holds.iter_errors(answer)] == [], words
        for member in list(answer):
            assert not holds.is_valid({key: part for key, part in answer.items() if key != member}), member
        assert not holds.is_valid({**answer, "unheard": 1})


def test_files_that_people_write_have_schemas_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == Exit.CLEAN
    names = capsys.readouterr().out.split()
    assert set(names) == {*ANSWERS, "case-file", "form-file", "map-file"}
    for name in names:
        Draft202012Validator.check_schema(printed(capsys, "schema", name))


def test_a_name_that_there_is_not_is_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "unheard"]) == Exit.FAULT
    assert "unheard" in capsys.readouterr().err
