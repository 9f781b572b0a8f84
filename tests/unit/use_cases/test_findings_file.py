"""What was found as a file: in every form, for its owner only."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import run
from ldbu_desktop.rendering.formats import FORMATS, OF_FINDINGS
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.check import check
from ldbu_desktop.use_cases.examples import example_day, example_journal
from ldbu_desktop.use_cases.findings_file import write_findings_file, write_verdicts_file
from ldbu_desktop.use_cases.validate import validate

STANDARD = shipped_standard()
BEGINS = {"html": b"<!doctype html>", "pdf": b"%PDF", "xlsx": b"PK", "junit": b"<?xml", "json": b"{", "jsonl": b"{"}


def paint(_title: str, _html: str) -> bytes:
    return b"%PDF"


@pytest.mark.parametrize("form", OF_FINDINGS)
def test_findings_are_written_in_every_form(tmp_path: Path, form: str) -> None:
    findings = validate(example_journal("code-unknown", STANDARD), STANDARD, example_day())
    target = tmp_path / f"fund{FORMATS[form].ending}"
    assert write_findings_file(findings, STANDARD, form, target, paint) == target
    assert target.read_bytes().startswith(BEGINS.get(form, b""))
    assert target.stat().st_size
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("is_complete", [True, False])
def test_verdicts_are_written_in_every_form(tmp_path: Path, form: str, is_complete: bool) -> None:
    paths = [resource("samples", "alle-fejl", "rapporter", "two-visits-in-one-report.json")]
    reports = list(check(paths, STANDARD, None, 1))
    target = tmp_path / f"fund{FORMATS[form].ending}"
    write_verdicts_file(reports, "standard", STANDARD, form, target, paint, is_complete=is_complete)
    assert target.read_bytes().startswith(BEGINS.get(form, b""))
    assert target.stat().st_size
    if form == "jsonl":
        rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
        assert len(rows) >= len(reports)


def test_what_has_no_room_is_asked_for_in_words_of_whoever_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = resource("samples", "alle-fejl", "rapporter", "two-visits-in-one-report.json").read_bytes()
    for at in range(9):
        (tmp_path / f"{at}.json").write_bytes(faulty)
    target = tmp_path / "fund.txt"
    write_verdicts_file(check([tmp_path], STANDARD, None, 1), "standard", STANDARD, "text", target, paint)
    saved = target.read_text(encoding="utf-8")
    target.unlink()
    run(["check", str(tmp_path)])
    told = capsys.readouterr().out
    assert ("(gem dem som regneark" in saved, "--all" in saved) == (True, False)
    assert ("regneark" in told, "(--all viser alle)" in told) == (False, True)
