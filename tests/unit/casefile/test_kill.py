"""A process that is killed while it saves: what was saved before is there, and the file is whole."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.faults import FileFault
from tests.profiles import each, number
from tests.unit.casefile.some_journal import PASSPHRASE, journal
from tests.unit.casefile.typing_process import ROOT, kill_at_random, opened_after

KILLS = number(3)
OTHER_PASSPHRASE = "fire store krukker"  # noqa: S105
CHANGING = f"""
from pathlib import Path; import sys
from ldbu_desktop.casefile.case_file import CaseFile
case = CaseFile.open(Path(sys.argv[1]), {PASSPHRASE!r})
print("open", flush=True)
case.change_passphrase({OTHER_PASSPHRASE!r})
print("changed", flush=True)
sys.stdin.read()
"""


def test_nothing_that_was_saved_is_lost(tmp_path: Path) -> None:
    path, chance, first = tmp_path / "sag.ldbu", random.Random(1), 1  # noqa: S311
    case = CaseFile.create(path, PASSPHRASE, journal(6))
    before = case.journal
    case.close()
    for _ in range(KILLS):
        told = kill_at_random(path, first, chance, 0.1)
        case, last = opened_after(path, before, first, told)
        before, first = case.journal, last + 1
        case.close()
    assert [file.name for file in tmp_path.iterdir()] == ["sag.ldbu"]


def opened_with(path: Path, passphrase: str) -> CaseFile | None:
    """The case file, or None where it has another passphrase."""
    try:
        return CaseFile.open(path, passphrase)
    except FileFault:
        return None


@pytest.mark.usefixtures("real_keys")
@pytest.mark.parametrize("seconds", each([0.2, 0.0, 0.15, 0.25, 0.3], 1))
def test_killed_while_the_passphrase_changes(tmp_path: Path, seconds: float) -> None:
    path = tmp_path / "sag.ldbu"
    CaseFile.create(path, PASSPHRASE, journal(400)).close()
    command = [sys.executable, "-c", CHANGING, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        time.sleep(seconds)
        process.kill()
        is_changed = process.stdout.read() != b""
    case = None if is_changed else opened_with(path, PASSPHRASE)
    case = case or CaseFile.open(path, OTHER_PASSPHRASE)
    assert case.journal == journal(400)
    case.close()
