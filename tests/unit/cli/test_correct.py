"""``ldbu correct``: a copy with what is found, and what is known mended; the exit code tells whether that is enough."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run
from tests.data.exports.bad_files import HEADERS, ROWS, written

FAULTY, RIGHT = resource("samples", "familie-med-fejl.xlsx"), resource("samples", "familie-bred.csv")


def test_a_copy_is_written_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["correct", str(FAULTY), "--to", str(tmp_path / "copy.xlsx"), "--mend"]) == Exit.REJECTED
    assert "3" in capsys.readouterr().out
    assert (tmp_path / "copy.xlsx").exists()
    assert run(["correct", str(RIGHT), "--to", str(tmp_path / "copy.csv")]) == Exit.CLEAN
    assert (tmp_path / "copy.csv").read_bytes() == RIGHT.read_bytes()
    assert run(["correct", str(RIGHT), "--to", str(RIGHT)]) == Exit.FAULT


def test_what_is_lost_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "source.xlsx"
    source.write_bytes(FAULTY.read_bytes())
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
        archive.writestr("xl/somethingNew/one.xml", b"x")
    run(["correct", str(source), "--to", str(tmp_path / "copy.xlsx")])
    assert "makroer" in (out := capsys.readouterr().out)
    assert "somethingNew" in out


def test_several_copies_lie_in_a_folder_that_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = tmp_path / "eksport"
    given.mkdir()
    for name in ("a.csv", "b.csv"):
        (given / name).write_bytes(resource("samples", "familie-bred.csv").read_bytes())
    assert run(["correct", str(given), "--to", str(tmp_path / "ny" / "rettet"), "--mend"]) != Exit.FAULT
    assert {one.name for one in (tmp_path / "ny" / "rettet").iterdir()} >= {"a.csv", "b.csv"}
    (tmp_path / "fil").write_bytes(b"")
    assert run(["correct", str(given), "--to", str(tmp_path / "fil" / "x")]) == Exit.FAULT
    assert "Traceback" not in capsys.readouterr().err


def test_a_foreign_export_is_corrected_by_its_map(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, made, copy = written(tmp_path, ROWS), tmp_path / "kort.ldbumap", tmp_path / "rettet.xlsx"
    assert run(["map", str(source), "--approve", "all", "--by", "SPL", "--save", str(made)]) == Exit.CLEAN
    before = source.read_bytes()
    assert run(["correct", str(source), "--map", str(made), "--to", str(copy), "--mend"]) == Exit.REJECTED
    assert source.read_bytes() == before
    sheet = load_workbook(copy)["Ark1"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_row=3)] == [HEADERS, *ROWS[:2]]
    assert any(cell.comment for row in sheet.iter_rows() for cell in row)
