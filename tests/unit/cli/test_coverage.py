"""``ldbu coverage`` end to end: counts with denominators, the smallest case of what is not exercised."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.deliveries.scenarios import SCENARIOS
from tests.delivery_histories import stories
from tests.delivery_histories.journal import Delivering, written

REPORT = min((resource("samples") / "rapporter").glob("*.json"))
Items = dict[tuple[str, str], Any]


@pytest.fixture
def items(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Items]:
    """What is told of the coverage of stories, by area and code; of several of a code the first."""

    def told(*given: stories.Story, seed: int = 1) -> Items:
        for story in given:
            journal = Delivering(seed)
            story(journal)
            for number, report in enumerate(journal.reports):
                Path(tmp_path, f"{story.__name__}-{number}.json").write_bytes(written(report))
        assert run(["coverage", str(tmp_path), "--format", "json", "--jobs", "1"]) == 0
        found: Items = {}
        for item in json.loads(capsys.readouterr().out)["items"]:
            found.setdefault((item["area"], item["code"]), item)
        return found

    return told


def test_counts_stand_beside_what_they_are_of(items: Callable[..., Items]) -> None:
    told = items(stories.ordinary)
    visits = told["visit-types", "7d35a193-e808-4e77-b361-6c0d114d021f HH"]
    assert (visits["count"], visits["of"], visits["exercised"]) == (1, 5, True)
    assert "smallest" not in visits
    at_school = told["visit-types", "c06ed6f1-be9d-460e-a45e-34821bcbd533 HH"]
    assert (at_school["count"], at_school["exercised"]) == (0, False)
    assert at_school["smallest"]
    assert told["asked", "parent-mental-status"]["count"] > 0
    assert told["rules", "gateway-children-report-weight"]["count"] == 4
    assert told["deliveries", "report"]["count"] == 5
    assert told["deliveries", "correction"]["count"] == 0


def test_what_goes_along_again_is_counted_once(items: Callable[..., Items]) -> None:
    told = items(stories.told_again_unchanged)
    assert told["visit-types", "7d35a193-e808-4e77-b361-6c0d114d021f HH"]["count"] == 1


def test_a_reason_is_no_value(items: Callable[..., Items]) -> None:
    told = items(stories.missing_on_the_third_night)
    reasons = told["rules", "gateway-children-report-communication"]
    assert (reasons["count"], reasons["of"]) == (0, 3)
    assert told["deliveries", "rejected"]["count"] == 2


@pytest.mark.parametrize(
    ("letter", "story"),
    [
        ("a", stories.value_corrected),
        ("b", stories.date_corrected),
        ("c", stories.type_corrected),
        ("d", stories.wrong_twin),
        ("e", stories.cpr_corrected),
        ("f", stories.plan_ended),
        ("g", stories.plan_of_another_code),
        ("h", stories.plan_voided),
        ("i", stories.late_observation),
        ("j", stories.parent_told_as_child),
    ],
)
def test_ways_of_correcting_are_told_apart(letter: str, story: stories.Story, items: Callable[..., Items]) -> None:
    told = items(story)
    used = {one for one in SCENARIOS if told["corrections", one]["count"]}
    assert letter in used
    assert used <= {letter, "i"}


def test_forms_of_delivery_are_counted(items: Callable[..., Items]) -> None:
    told = items(stories.in_one_delivery, stories.planned_then_finished, stories.two_journals, stories.at_school)
    for form in ("incremental", "planned", "two-journals", "school", "parent", "without-visit"):
        assert told["deliveries", form]["count"] > 0, form


def test_an_export_is_counted_as_it_would_be_delivered(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["coverage", str(resource("samples", "familie.xlsx")), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["reports"] == 11
    assert told["rejected"] == 0
    asked = [one for one in told["items"] if one["area"] == "asked" and one["code"] == "parent-social-status"]
    assert asked[0]["count"] > 0


def test_forms_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = str(resource("samples", "rapporter"))
    assert run(["coverage", sample, "--language", "en"]) == 0
    text = capsys.readouterr().out
    assert "Smallest case" in text
    assert run(["coverage", sample, "--all"]) == 0
    assert len(capsys.readouterr().out) > len(text)
    assert run(["coverage", sample, "--format", "html"]) == 0
    assert "<table>" in capsys.readouterr().out
    path = tmp_path / "c.xlsx"
    assert run(["coverage", sample, "--format", "xlsx", "--to", str(path)]) == 0
    matrix = load_workbook(path)["Variabler og kontakttyper"]
    assert matrix.max_column == 16


def test_what_is_no_report_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"resourceType": "Patient", "id": "x"}', encoding="utf-8")
    assert run(["coverage", str(path)]) == 2


@pytest.mark.parametrize("form", ["text", "html", "json", "xlsx"])
def test_what_was_not_read_is_named_in_every_form(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "levering"
    folder.mkdir()
    (folder / "a.json").write_bytes(REPORT.read_bytes())
    (folder / "notat.md").write_text("Ring til skolen.\n", encoding="utf-8")
    to = tmp_path / f"svar.{form}"
    words = ["coverage", str(folder), "--format", form, "--to", str(to)]
    assert run(words) == Exit.CLEAN
    whole = to.read_bytes()
    (folder / "ingen.json").write_text("[1]", encoding="utf-8")
    assert run(words) == Exit.REJECTED
    told = capsys.readouterr()
    assert "ldbu check" in told.err
    if form == "json":
        assert json.loads(whole)["complete"] is True
        answer = json.loads(to.read_bytes())
        assert (answer["complete"], [one["file"] for one in answer["not_read"]]) == (False, ["ingen.json", "notat.md"])
    else:
        sheets = load_workbook(to).sheetnames if form == "xlsx" else to.read_text(encoding="utf-8")
        assert "Ikke læst" in sheets if form == "xlsx" else "Ikke læst: ingen.json" in sheets
        assert form == "xlsx" or "Sprunget over: notat.md" in sheets


@pytest.mark.parametrize("command", ["coverage", "compare"])
def test_where_no_report_was_found_it_is_said_of_each_file_why(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ingen.json").write_text("[1]", encoding="utf-8")
    files = [str(REPORT)] * (command == "compare") + [str(tmp_path / "ingen.json")]
    assert run([command, *files, "--jobs", "1"]) == Exit.FAULT
    assert "ingen.json" in capsys.readouterr().err
