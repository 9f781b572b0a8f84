"""The examples of a check's codes: each gives its code, and what has none is named."""

from __future__ import annotations

import pytest

from ldbu_desktop.__main__ import command_line
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.findings.catalogue import types_by_level
from ldbu_desktop.findings.model import Level
from ldbu_desktop.findings.report_examples import change_lines, encoded_examples, report_examples
from ldbu_desktop.language import Language
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.meanings import codes, meanings, with_example
from ldbu_desktop.use_cases.report_examples import found_beside, found_in_example
from tests.profiles import LONG

STANDARD = shipped_standard()
WITHOUT = frozenset((
    "ecpr-not-reported", "other-edition",
    "CVR-length", "CVR-modulus-11", "answer-not-offered", "authorization-id-format", "bdl-10", "bdl-11", "bdl-9",
    "comment", "cpl-3", "dk-core-observation-mandatory-units", "dom-3", "dom-6", "duplicate-security-label",
    "feed-1", "feed-2", "fits-no-profile", "follows", "gateway-children-report-1", "gateway-children-report-2",
    "gateway-children-report-nicotine", "gateway-children-report-sleep", "gln-length", "gln-modulus-10",
    "invariant-not-checked", "marital-status-unknown-usage", "mqty-1", "not-utf-8", "obs-3", "other-value.display",
    "tim-10", "tim-4", "tim-5", "tim-6", "tim-7", "too-deep", "too-large", "too-long", "uuid",
    "value-set-as-system", "value-set-not-known", "vs-1", "vs-3", "wrong-boolean", "wrong-decimal", "wrong-hash",
    "x-ecpr",
))  # fmt: skip
"""Codes of a check that no small change of a sample report gives."""


def test_every_example_gives_its_code() -> None:
    assert [code for code in report_examples() if found_in_example(code, STANDARD) is None] == []
    assert report_examples().keys() <= set(codes())


def test_what_is_told_beside_an_example_stands_with_it() -> None:
    """One in eight, all of them where much is tried."""
    for code, example in list(report_examples().items())[:: 1 if LONG else 8]:
        assert example.also == found_beside(code, STANDARD)
    assert found_in_example("no-such-code", STANDARD) is None


def test_every_code_has_an_example_or_is_named_here() -> None:
    levels = types_by_level()
    ours = {one.code for level in (Level.CONFORMANCE, Level.RULE) for one in levels[level]}
    assert ours - report_examples().keys() == WITHOUT


def test_an_example_is_told_by_place_and_value() -> None:
    changed = [code for code, example in report_examples().items() if example.text is None]
    told = [line for code in changed for line in change_lines(code)]
    assert all(place.startswith("Bundle") for place, _ in told)
    assert change_lines("trailing-comma") == [report_examples()["trailing-comma"].text]
    assert any(value is None for _, value in told)
    assert change_lines("no-such-code") == []


@pytest.mark.parametrize("language", Language)
def test_a_meaning_has_its_example(language: Language) -> None:
    code = "after-the-report"
    [plain] = meanings(code, language, STANDARD)
    told = with_example(code, plain, language, STANDARD)
    assert told.example
    assert told.shown
    assert "…" not in told.shown
    without = next(iter(WITHOUT))
    [alone] = meanings(without, language, STANDARD)
    assert with_example(without, alone, language, STANDARD) == alone


def test_what_is_written_is_what_is_read() -> None:
    from ldbu_desktop.findings.report_examples import FILE

    assert encoded_examples(report_examples()) == FILE.read_bytes()


def test_people_are_shown_the_example_or_told_that_there_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["explain", "after-the-report"]) == Exit.CLEAN
    assert "Bundle" in capsys.readouterr().out
    assert command_line(["explain", next(iter(WITHOUT))]) == Exit.CLEAN
    assert "Eksempel" in capsys.readouterr().out
