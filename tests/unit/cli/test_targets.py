"""What a call writes is none of the files that it reads, whatever command and option names them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run

REPORTS = resource("samples", "rapporter")


@pytest.fixture
def read(tmp_path: Path) -> Path:
    """A file that calls read; what it holds does not matter, as none of them comes so far."""
    return Path(shutil.copyfile(next(REPORTS.glob("*.json")), tmp_path / "læst.json"))


@pytest.mark.parametrize(
    "call",
    [
        ["validate", "{read}"],
        ["validate", str(REPORTS), "{read}"],
        ["validate", str(REPORTS), "--map", "{read}"],
        ["validate", str(REPORTS), "--accepted", "{read}"],
        ["check", "{read}"],
        ["check", str(REPORTS), "--baseline", "{read}"],
        ["history", "{read}"],
        ["coverage", "{read}"],
        ["deadlines", "{read}"],
        ["burden", "2-months", "{read}"],
        ["burden", "--data", "{read}"],
        ["rescue", "{read}"],
        ["cases", "print", "{read}"],
    ],
)
def test_an_answer_goes_into_no_file_that_is_read(
    call: list[str], read: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read.read_bytes()
    assert run([*(word.format(read=read) for word in call), "--to", str(read)]) == Exit.FAULT
    assert read.read_bytes() == before
    assert read.name in capsys.readouterr().err


def test_another_way_to_the_file_is_the_file(read: Path) -> None:
    link = read.with_name("henvisning.json")
    link.symlink_to(read)
    before = read.read_bytes()
    assert run(["check", str(link), "--to", str(read)]) == Exit.FAULT
    assert read.read_bytes() == before


def test_words_that_are_no_files_are_none(tmp_path: Path) -> None:
    other = tmp_path / "svar.txt"
    other.write_text("før")
    assert run(["check", str(next(REPORTS.glob("*.json"))), "--to", str(other)]) == Exit.CLEAN
    assert other.read_text(encoding="utf-8") != "før"
    assert run(["explain", "x" * 5000]) == Exit.FAULT
