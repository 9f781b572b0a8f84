"""``ldbu drift``: what is printed and answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.conformance.profiles.editions import EditionComparison as Comparison
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.drift import drift_lines
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.comparison import Aspect as Difference_Aspect
from ldbu_desktop.standard.comparison import Difference
from ldbu_desktop.standard.drift import DriftAspect, DriftChange, DriftKind
from ldbu_desktop.use_cases import drift as use_case

CHANGES = (
    DriftChange(DriftAspect.PROFILE, DriftKind.ADDED, "delivery"),
    DriftChange(DriftAspect.PROFILE, DriftKind.REMOVED, "tobacco"),
    DriftChange(DriftAspect.RULE, DriftKind.CHANGED, "report", "weight-1", "Visit A", "Visit B"),
    DriftChange(DriftAspect.RULE, DriftKind.CHANGED, "report", "weight-2"),
    DriftChange(DriftAspect.RULE, DriftKind.CHANGED, "report", "weight-3", after="Visit C"),
    DriftChange(DriftAspect.RULE, DriftKind.CHANGED, "report", "weight-4", before="Visit D"),
    DriftChange(DriftAspect.CODE, DriftKind.ADDED, "types", "c1", after="Term"),
    DriftChange(DriftAspect.QUESTION, DriftKind.ADDED, "epds", "11"),
)
DIFFERENCES = (Difference(Difference_Aspect.CODE, "feeding", "c2", "ours", ""),)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    comparison = Comparison("before 1", "after 2", CHANGES, DIFFERENCES)
    monkeypatch.setattr(use_case, "compare_editions", lambda before, after, standard: comparison)


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize("language", list(Language))
def test_people_read_what_changed_by_aspect_and_subject(capsys: pytest.CaptureFixture[str], language: Language) -> None:
    assert run(["drift", "a", "b", "--language", language]) == Exit.CLEAN
    lines = capsys.readouterr().out.splitlines()
    for line in (
        "  + delivery",
        "  − tobacco",
        "    ~ weight-1: Visit A → Visit B",
        "    ~ weight-3: + Visit C",
        "    ~ weight-4: − Visit D",
        "    + c1: Term",
        "    + 11",
    ):
        assert lines.count(line) == 1
    feeding = {"da": "Ernæring (amning og mad)", "en": "Feeding"}[language]
    assert [line.startswith(f"  + {feeding} · c2: ours (") for line in lines].count(True) == 1
    assert lines.count("  report") == 1
    assert lines[-1].endswith("8")


@pytest.mark.usefixtures("found")
def test_machines_read_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["drift", "a", "b", "--format", "json"]) == Exit.CLEAN
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (document["before"], document["after"]) == ("before 1", "after 2")
    assert len(document["changes"]) == len(CHANGES)
    assert document["changes"][2] == {
        "aspect": "rule",
        "kind": "changed",
        "subject": "report",
        "place": "weight-1",
        "before": "Visit A",
        "after": "Visit B",
    }
    assert document["differences"][0]["ours"] == "ours"


def test_the_same_edition_twice_says_that_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["drift", "shipped", "shipped"]) == Exit.CLEAN
    assert len(capsys.readouterr().out.splitlines()) == 3


@pytest.mark.parametrize("words", [["shipped"], ["shipped", "missing.tgz"], ["none#1", "shipped"]])
def test_what_can_not_be_compared_is_a_fault(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["drift", *words]) == Exit.FAULT
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("difference", "told"),
    [
        (Difference(Difference_Aspect.CODE, "x", "c1", "c1", ""), "  + x · c1 (kun i programmets katalog)"),
        (Difference(Difference_Aspect.CODE, "x", "http://a/b", "", "http://a/b"), "  − x · b (kun i pakken)"),
        (Difference(Difference_Aspect.CODE, "weight", "", "", "theirs"), "  − Vægt: theirs (kun i pakken)"),
        (Difference(Difference_Aspect.CODE, "x", "", "True", "False"), "  ~ x: kataloget ja, pakken nej"),
        (Difference(Difference_Aspect.CODE, "x", "p", "refused", "1..1"), "  ~ x · p: kataloget afvises, pakken 1..1"),
    ],
)
def test_what_the_catalogue_says_otherwise_is_told_once(difference: Difference, told: str) -> None:
    comparison = Comparison("a", "b", (), (difference,))
    assert told in list(drift_lines(comparison, shipped_standard()))
