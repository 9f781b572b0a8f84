"""``ldbu rescue`` as its users run it: what is whole of a damaged case file, in a new one."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path

import pytest

from ldbu_desktop.casefile import key
from ldbu_desktop.casefile.case_file import CaseFile, journal_of
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.language import Language, choose
from tests.unit.casefile.some_journal import PASSPHRASE, journal

PAGE = 4096


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case file with pages that are damaged; the passphrase waits on standard input."""
    monkeypatch.setattr(key, "ROUNDS", 100)
    monkeypatch.setattr(sys, "stdin", StringIO(f"{PASSPHRASE}\n"))
    path = tmp_path / "sag.ldbu"
    CaseFile.create(path, PASSPHRASE, journal(30)).close()
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // PAGE, 2):
        content[page * PAGE + 100] ^= 1
    path.write_bytes(content)
    return path


def test_what_is_whole_is_rescued_and_what_is_lost_is_told(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = damaged.with_name("reddet.ldbu")
    assert run(["rescue", str(damaged), "--to", str(to)]) == Exit.REJECTED
    told = capsys.readouterr().out
    assert "Tabt" in told
    assert 1 < len(journal_of(to, PASSPHRASE).families) < 31


def test_a_whole_file_loses_nothing(
    damaged: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    CaseFile.create(damaged, PASSPHRASE, journal(3)).close()
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSPHRASE)
    to = damaged.with_name("reddet.ldbu")
    assert run(["rescue", str(damaged), "--to", str(to)]) == Exit.CLEAN
    assert journal_of(to, PASSPHRASE) == journal(3)


def test_a_file_that_is_there_stays(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = damaged.read_bytes()
    assert run(["rescue", str(damaged), "--to", str(damaged)]) == Exit.FAULT
    assert "sag.ldbu" in capsys.readouterr().err
    assert damaged.read_bytes() == before
    other = damaged.with_name("anden.ldbu")
    other.write_bytes(b"en anden sag")
    assert run(["rescue", str(damaged), "--to", str(other)]) == Exit.FAULT
    assert "anden.ldbu" in capsys.readouterr().err
    assert other.read_bytes() == b"en anden sag"


def test_the_wrong_passphrase(
    damaged: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("noget helt andet\n"))
    to = damaged.with_name("reddet.ldbu")
    assert run(["rescue", str(damaged), "--to", str(to)]) == Exit.FAULT
    assert not to.exists()
    assert PASSPHRASE not in capsys.readouterr().err


def test_what_is_lost_is_told_in_both_languages() -> None:
    from ldbu_desktop.casefile.state import Salvage
    from ldbu_desktop.rendering.rescue import rescue_lines

    lost = Salvage(journal(1), 1, 2, 1, is_latest=False)
    danish = list(rescue_lines(lost))
    choose(Language.ENGLISH)
    english = list(rescue_lines(lost))
    assert len(danish) == len(english) == 5
    assert not set(danish) & set(english)
    assert len(list(rescue_lines(Salvage(journal(1), 0, 0, 1, is_latest=True)))) == 2


@pytest.mark.parametrize("name", ["x" * 5000, "findes-ikke.ldbu", "nul\0.ldbu"])
def test_what_can_be_no_file_is_told(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO(f"{PASSPHRASE}\n"))
    assert run(["rescue", name, "--to", str(tmp_path / "x.ldbu")]) == Exit.FAULT


def test_what_can_be_no_new_file_is_told(damaged: Path) -> None:
    assert run(["rescue", str(damaged), "--to", "x" * 5000]) == Exit.FAULT
