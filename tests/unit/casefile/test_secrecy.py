"""What lies on the disk while a case file is open and after its program died tells nothing of who is in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from ldbu_desktop.casefile.beginning import salt_of
from ldbu_desktop.casefile.case_file import CaseFile, journal_of
from ldbu_desktop.casefile.database import Database
from ldbu_desktop.casefile.key import MAGIC, CaseKey, rounds_of
from ldbu_desktop.faults import Fault
from tests.unit.casefile.some_journal import PASSPHRASE, journal, with_weight
from tests.unit.casefile.typing_process import ROOT

posix = pytest.mark.skipif(os.name != "posix", reason="programs die and files are read by other rules")
CPR = b"0505209996"
SECRETS = (CPR, CPR[3:], b"451000016003", b"2-months", b"weight", b"citizens", b"SQLite format", PASSPHRASE.encode())
DYING = f"""
import os, sys
from pathlib import Path
from ldbu_desktop.casefile.case_file import CaseFile
from tests.unit.casefile.some_journal import with_weight
case = CaseFile.open(Path(sys.argv[1]), {PASSPHRASE!r})
for grams in range(3000, 3060):
    case.save(with_weight(case.journal, str(grams)), "weight")
os.kill(os.getpid(), 9)
"""
"""None so short that encrypted bytes hold it by chance."""


def files_beside(path: Path) -> dict[str, bytes]:
    """The content of all files in the folder of ``path``, by name."""
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


@posix
def test_nothing_readable_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "sag.ldbu"
    CaseFile.create(path, PASSPHRASE, journal()).close()
    dead = subprocess.run([sys.executable, "-c", DYING, str(path)], cwd=ROOT, check=False)
    assert dead.returncode == -9
    left = files_beside(path)
    assert set(left) == {"sag.ldbu", "sag.ldbu-wal", ".~sag.ldbu.lock"}
    assert left["sag.ldbu"].startswith(MAGIC)
    assert len(left["sag.ldbu-wal"]) > 50_000
    for content in left.values():
        assert not [secret for secret in SECRETS if secret in content]
    assert set(json.loads(left[".~sag.ldbu.lock"])) == {"host", "since", "file", "saves"}
    case = CaseFile.open(path, PASSPHRASE)
    assert case.journal == with_weight(journal(), "3059")
    case.close()
    assert set(files_beside(path)) == {"sag.ldbu"}


def test_what_is_read_from_a_copy_lies_encrypted_and_is_gone_afterwards(
    case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    case.save(with_weight(case.journal, "4300"))
    assert journal_of(case.path, PASSPHRASE) == case.journal
    assert list((tmp_path / "temporary").iterdir()) == []


def test_in_a_pause_the_file_alone_gets_all(case: CaseFile, tmp_path: Path) -> None:
    changed = with_weight(case.journal, "4300")
    case.save(changed)
    lone = tmp_path / "lone" / "sag.ldbu"
    lone.parent.mkdir()
    for is_settled, expected in ((False, journal()), (True, changed)):
        if is_settled:
            case.settle()
        shutil.copyfile(case.path, lone)
        assert journal_of(lone, PASSPHRASE) == expected


def test_what_is_sorted_aside_stays_in_memory(case: CaseFile) -> None:
    case.close()
    database = Database(case.path, CaseKey.of(PASSPHRASE, salt_of(case.path)), case.path.name)
    compiled = {option for (option,) in database.execute("PRAGMA compile_options")}
    assert compiled & {"TEMP_STORE=2", "TEMP_STORE=3"}
    database.close()


def test_sqlcipher_writes_nothing_to_the_terminal(case: CaseFile, capfd: pytest.CaptureFixture[str]) -> None:
    case.close()
    with pytest.raises(Fault):
        CaseFile.open(case.path, "noget helt andet")
    told = capfd.readouterr()
    assert told.out == told.err == ""


def test_faults_tell_no_numbers_and_no_folders(tmp_path: Path) -> None:
    folder = tmp_path / "050520-9996"
    folder.mkdir()
    path = folder / "050520-9996.ldbu"
    path.write_bytes(b"x" * 5000)
    for opened in (CaseFile.open, CaseFile.create, journal_of):
        with pytest.raises(Fault) as raised:
            opened(path, PASSPHRASE)
        assert "050520" not in str(raised.value)
        assert str(tmp_path) not in str(raised.value)


@posix
def test_a_copy_is_for_its_reader_only(case: CaseFile) -> None:
    from ldbu_desktop.casefile.beginning import copied

    with copied(case.path) as copy:
        assert copy.parent.stat().st_mode & 0o077 == 0


def test_sqlcipher_s_own_tools_open_it_with_the_passphrase(case: CaseFile) -> None:
    case.close()
    connection = sqlcipher.connect(case.path)
    connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
    connection.execute(f"PRAGMA kdf_iter = {rounds_of(salt_of(case.path))}")
    assert connection.execute("SELECT count(*) FROM step").fetchone() == (1,)
    connection.close()
