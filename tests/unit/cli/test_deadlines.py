"""``ldbu deadlines`` as its users run it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.findings.deadlines import Urgency
from ldbu_desktop.journal.dates import DANISH_TIME
from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering.deadlines import URGENCIES, conclusion
from ldbu_desktop.use_cases.deadlines import danish, deadlines_in
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.standards import shipped_standard

CLEAN = resource("samples", "familie.xlsx")
FAULTY = resource("samples", "familie-med-fejl.xlsx")
Told = Callable[..., tuple[int, str]]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Calls the command: its exit code and what it answered."""

    def call(*words: object) -> tuple[int, str]:
        code = run(["deadlines", *map(str, words)])
        return code, capsys.readouterr().out

    return call


@pytest.mark.parametrize(
    ("at", "urgency"),
    [
        ("2020-07-07T18:00", "later"),
        ("2020-07-08", "tomorrow"),
        ("2020-07-09T09:59:59+00:00", "today"),
        ("2020-07-09T10:00+00:00", "too-late"),
    ],
)
def test_what_is_missing_is_told_by_the_second_nights_deadline(told: Told, at: str, urgency: str) -> None:
    code, out = told(FAULTY, "--at", at, "--format", "json")
    document = json.loads(out)
    (found,) = document["deadlines"]
    assert code == Exit.REJECTED
    assert (found["visit"], found["variable"], found["urgency"]) == ("K06", "sleep", urgency)
    assert found["until"] == "2020-07-09T12:00:00+02:00"
    assert found["rule"] in {rule.invariant for rule in shipped_standard().gateway_rules}
    assert document["visits"] == {**dict.fromkeys(map(str, Urgency), 0), urgency: 1}


def test_lines_stand_below_their_urgency(told: Told) -> None:
    code, out = told(FAULTY, "--at", "2021-02-10T08:00")
    lines = out.splitlines()
    assert code == Exit.REJECTED
    headings = [URGENCIES[urgency]() for urgency in Urgency]
    assert [line for line in lines if line in headings] == [headings[0], headings[2]]
    assert sum(line.startswith("  ") for line in lines) == 2
    assert "050520" not in out


def test_where_nothing_is_missing_it_says_so_and_is_clean(told: Told, tmp_path: Path) -> None:
    assert told(CLEAN)[0] == Exit.CLEAN
    assert told(CLEAN, "--format", "json", "--to", tmp_path / "frister.json")[0] == Exit.CLEAN
    assert json.loads((tmp_path / "frister.json").read_text(encoding="utf-8"))["deadlines"] == []


@pytest.mark.parametrize("words", [("--at", "i går"), ("--format", "pdf")])
def test_what_can_not_be_understood_is_a_faulty_call(told: Told, words: tuple[str, str]) -> None:
    assert told(CLEAN, *words)[0] == Exit.FAULT


def test_what_was_not_read_is_not_clean(told: Told, tmp_path: Path) -> None:
    (tmp_path / "besøg.csv").write_text("hvad;som;helst\n1;2;3\n", encoding="utf-8")
    assert told(tmp_path)[0] != Exit.CLEAN


def test_a_time_without_a_zone_is_danish() -> None:
    assert danish(datetime(2026, 7, 1, 12)) == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert danish(datetime(2026, 7, 1, 12, tzinfo=UTC)).hour == 14
    assert danish(None).tzinfo is DANISH_TIME


@pytest.mark.parametrize("language", list(Language))
def test_the_conclusion_counts_visits(language: Language) -> None:
    choose(language)
    standard, now = shipped_standard(), datetime(2020, 7, 8, tzinfo=UTC)
    found = deadlines_in(load([FAULTY], standard), standard, now)
    assert len(found) == 1
    again = (*found, found[0], found[0]._replace(where=found[0].where._replace(visit="K1")))
    assert "2" in conclusion(again, now)
    assert "3" not in conclusion(again, now)
    choose(Language.DANISH)
