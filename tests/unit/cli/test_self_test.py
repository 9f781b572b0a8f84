"""``ldbu self-test``: what is printed and answered."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.rendering import self_test as words
from ldbu_desktop.rendering.self_test import TrialResult
from ldbu_desktop.use_cases import self_test
from ldbu_desktop.use_cases.self_test import TRIALS


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[TrialResult]:
    """What the trials show: all hold, some of them with nothing to tell."""
    results = [TrialResult(name, True, "" if name in ("resources", "keyring", "policy") else "8") for name in TRIALS]
    monkeypatch.setattr(self_test, "self_test", lambda standard: iter(results))
    return results


def test_all_holds(shown: list[TrialResult], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["self-test"]) == Exit.CLEAN
    assert capsys.readouterr().out.splitlines() == [*map(words.trial_line, shown), words.outcome_line(0)]


def test_something_does_not_hold(shown: list[TrialResult], capsys: pytest.CaptureFixture[str]) -> None:
    shown[3] = TrialResult("parts", False, "x")
    assert run(["self-test", "--language", "en"]) == Exit.REJECTED
    *_, told = capsys.readouterr().out.splitlines()
    assert told == words.outcome_line(1)
    assert words.trial_line(shown[3]).startswith("✖")


def test_for_machines(shown: list[TrialResult], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["self-test", "--format", "json"]) == Exit.CLEAN
    assert json.loads(capsys.readouterr().out)[0] == {"trial": "system", "holds": True, "told": "8"}


def test_each_trial_has_a_name_in_both_languages() -> None:
    results: Iterator[TrialResult] = (TrialResult(name, True, "1") for name in TRIALS)
    assert len(set(map(words.trial_line, results))) == len(TRIALS)
