"""The answers of ``ldbu validate`` and ``ldbu check`` in every form: one renderer a form for both."""

from __future__ import annotations

import argparse
import ast
import inspect
import json
import os
import re
import signal
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.output import add_output
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.conformance.engine import Engine
from ldbu_desktop.conformance.model import Verdict
from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering.formats import FORMATS, OF_FINDINGS
from ldbu_desktop.rendering.tables import DataTable, workbook

CLEAN = resource("samples", "familie.xlsx")
FAULTY = resource("samples", "familie-med-fejl.xlsx")
REPORTS = resource("samples", "rapporter")


def answered(folder: Path, command: str, path: Path, form: str, *words: str) -> tuple[int, bytes]:
    """The exit code and what stands in the file that was asked for."""
    to = folder / f"answer.{form}"
    call = [command, str(path), "--format", form, "--to", str(to), *words]
    return run(call, lambda title, html: f"{title}: {html}".encode()), to.read_bytes()


@pytest.mark.parametrize("form", OF_FINDINGS)
@pytest.mark.parametrize(("command", "path"), [("validate", FAULTY), ("check", REPORTS)])
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_form_is_told_by_both_commands(
    tmp_path: Path, command: str, path: Path, form: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, data = answered(tmp_path, command, path, form, "--language", language)
    assert code == (Exit.REJECTED if path is FAULTY else Exit.CLEAN)
    assert data
    told = capsys.readouterr()
    assert told.out == ""
    assert f"answer.{form}" in told.err


def test_the_help_names_every_format_of_the_command() -> None:
    assert set(FORMATS) - set(OF_FINDINGS) == {"operationoutcome"}
    for names in (FORMATS, OF_FINDINGS):
        parser = argparse.ArgumentParser()
        add_output(parser, names)
        assert parser.parse_args(["--format", [*names][-1]]).format in names
        assert set(names) == set(FORMATS) & set(re.findall(r"\w+", parser.format_help()))


def test_a_line_a_finding_says_what_the_document_says(tmp_path: Path) -> None:
    _, lines = answered(tmp_path, "validate", FAULTY, "jsonl")
    _, document = answered(tmp_path, "validate", FAULTY, "json")
    *rows, facts = [json.loads(line) for line in lines.splitlines()]
    told = json.loads(document)
    assert told == {"findings": rows, **facts}
    [file] = told["files"]
    assert file["name"] == FAULTY.name
    assert {row["sha256"] for row in rows} == {file["sha256"]}


def test_build_servers_read_a_case_a_file_and_a_case_a_visit(tmp_path: Path) -> None:
    _, data = answered(tmp_path, "validate", FAULTY, "junit")
    [suite] = ElementTree.fromstring(data)  # noqa: S314 - we wrote it
    counts = json.loads(answered(tmp_path, "validate", FAULTY, "json")[1])["counts"]
    assert len(suite.findall("testcase")) == 1 + counts["visits"]
    assert int(suite.get("failures", "")) == counts["rejected_visits"]
    assert {case.get("classname") for case in suite.findall("testcase")} == {"ldbu.validate"}


@pytest.mark.parametrize(
    ("command", "path", "rows"), [("validate", CLEAN, [0, 0, 1, 8, 11]), ("check", REPORTS, [2, 11])]
)
def test_workbooks_have_a_row_a_visit_or_report(tmp_path: Path, command: str, path: Path, rows: list[int]) -> None:
    _, data = answered(tmp_path, command, path, "xlsx")
    book = openpyxl.load_workbook(BytesIO(data))
    assert sorted(sheet.max_row - 1 for sheet in book) == rows


def test_workbooks_tell_what_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_bytes(b'{"resourceType": "Bundle", "x": 1}')
    _, data = answered(tmp_path, "check", wrong, "xlsx")
    book = openpyxl.load_workbook(BytesIO(data))
    reports, found = book.worksheets
    assert reports.cell(2, 3).value == found.max_row - 1 > 0
    _, data = answered(tmp_path, "check", tmp_path / "gone.json", "xlsx")
    reports, found = openpyxl.load_workbook(BytesIO(data)).worksheets
    assert (reports.cell(2, 1).value, reports.cell(2, 3).value, found.max_row) == ("gone.json", None, 1)


def test_a_table_that_no_sheet_has_room_for_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ldbu_desktop.rendering.tables.MOST_ROWS", 2)
    rows = (("=1", 1.5), ("a\x00\ud800", None), ("x" * 40_000, 3))
    book = openpyxl.load_workbook(BytesIO(workbook([DataTable("T", ("h", "n"), rows)])))
    assert book.sheetnames == ["T", "T 2"]
    assert [cell.value for cell in book["T"]["A"]] == ["h", "=1", "a\N{REPLACEMENT CHARACTER}?"]
    assert book["T"]["A2"].data_type == "s"
    assert len(book["T 2"]["A2"].value) == 32_767


def test_no_workbook_goes_to_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(["check", str(REPORTS), "--format", "xlsx"]) == Exit.FAULT
    assert capsys.readouterr().out == ""


def test_bytes_go_to_standard_output_where_that_is_a_file() -> None:
    words = [sys.executable, "-m", "ldbu_desktop", "check", str(REPORTS), "--format", "xlsx"]
    done = subprocess.run(words, capture_output=True, check=True)
    assert openpyxl.load_workbook(BytesIO(done.stdout)).sheetnames


def test_a_pdf_needs_no_screen(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    words = [sys.executable, "-m", "ldbu_desktop", "validate", str(FAULTY), "--format", "pdf", "--to", "a.pdf"]
    subprocess.run(words, check=False, cwd=tmp_path, env=environment, capture_output=True)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_a_pdf_that_nothing_can_paint_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(REPORTS), "--format", "pdf", "--to", str(tmp_path / "a.pdf")]) == Exit.FAULT
    assert not (tmp_path / "a.pdf").exists()
    assert "--format html" in capsys.readouterr().err


def test_a_file_that_can_not_be_written_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(REPORTS), "--to", str(tmp_path / "nowhere" / "a.txt")]) == Exit.FAULT
    assert "a.txt" in capsys.readouterr().err


def checked(folder: Path, form: str, *paths: Path) -> str:
    to = folder / f"answer.{form}"
    run(["check", *map(str, paths), "--format", form, "--to", str(to)], lambda title, html: html.encode())
    return to.read_bytes().decode("utf-8", "replace")


def test_paper_tells_what_a_page_tells(tmp_path: Path) -> None:
    report = json.loads(sorted(REPORTS.glob("*.json"))[0].read_text(encoding="utf-8"))
    for entry in report["entry"]:
        if "valueQuantity" in entry["resource"]:
            entry["resource"]["valueQuantity"]["comment"] = "?"
            entry["resource"].pop("subject", None)
    for number in range(3):
        (tmp_path / f"{number}.json").write_text(json.dumps(report | {"type": "batch"}), encoding="utf-8")
    files = (*sorted(tmp_path.glob("*.json")), tmp_path / "gone.json")
    paper, page = checked(tmp_path, "pdf", *files), checked(tmp_path, "html", *files)
    for text in ("0.json", "gone.json"):
        assert text in paper
        assert text in page


def test_more_places_than_are_shown_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ldbu_desktop.rendering.report_verdicts.MOST_LISTED", 1)
    for number in range(25):
        (tmp_path / f"{number:02}.json").write_bytes(b'{"resourceType": "Bundle", "x": 1}')
    paper = checked(tmp_path, "pdf", *sorted(tmp_path.glob("*.json")))
    assert "--all" in paper


def test_a_workbook_goes_to_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = TextIOWrapper(BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", stream)
    assert run(["check", str(REPORTS), "--format", "xlsx"]) == Exit.CLEAN
    stream.seek(0)
    assert openpyxl.load_workbook(BytesIO(stream.buffer.read())).sheetnames


def test_stopped_work_is_told_in_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(self: Engine, data: bytes) -> Verdict:
        raise KeyboardInterrupt

    monkeypatch.setattr(Engine, "check", stopped)
    code, data = answered(tmp_path, "check", REPORTS, "xlsx")
    assert code == 128 + signal.SIGINT
    assert len(openpyxl.load_workbook(BytesIO(data)).sheetnames) == 3


def test_nothing_told_leaves_no_file(tmp_path: Path) -> None:
    assert run(["validate", "nowhere.csv", "--to", str(tmp_path / "a.txt")]) == Exit.FAULT
    assert list(tmp_path.iterdir()) == []


def test_an_export_without_a_visit_is_never_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tom.csv"
    run(["template", str(path), "--shape", "wide"])
    capsys.readouterr()
    assert run(["validate", str(path)]) == Exit.REJECTED
    assert "✖" in capsys.readouterr().out
    assert run(["export", str(path), "--to", str(tmp_path / "out")]) == Exit.REJECTED


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_parser_speaks_the_language_in_use(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "x", "--language", language, "--nowhere", "--jobs"]) == Exit.FAULT
    told = capsys.readouterr().err
    assert ("expected one argument" in told) == (language == "en")
    assert vars(argparse)["ngettext"]("expected %s argument", "expected %s arguments", 2) == (
        "expected %s arguments" if language == "en" else "skal have %s værdier"
    )
    choose(Language.DANISH)


def test_every_text_of_the_parser_that_users_see_is_danish() -> None:
    danish = json.loads(resource("translations", "argparse.da.json").read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(ast.parse(inspect.getsource(argparse))) if isinstance(node, ast.Call))
    asked = {
        part.value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in {"_", "ngettext"}
        for part in call.args
        if isinstance(part, ast.Constant)
    }
    assert asked - set(danish) <= FOR_PROGRAMMERS
    for english, told in danish.items():
        names = re.compile(r"%(?:\(\w+\))?[sr]")
        assert set(names.findall(told)) <= set(names.findall(english)), english


FOR_PROGRAMMERS = {
    ".__call__() not defined",
    "%r is not callable",
    "'required' is an invalid argument for positionals",
    "cannot have multiple subparser arguments",
    "cannot merge actions - two groups are named %r",
    "conflicting option string: %s",
    "conflicting option strings: %s",
    "conflicting subparser alias: %s",
    "conflicting subparser: %s",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "mutually exclusive arguments must be optional",
}
"""What argparse says of a parser that is wrongly made, and never of a call."""
