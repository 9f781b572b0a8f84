"""Files that do not open: each tells plainly why, nothing of it is changed, and no lock is left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ldbu_desktop.casefile.beginning import salt_of
from ldbu_desktop.casefile.case_file import CaseFile, journal_of
from ldbu_desktop.casefile.database import Database
from ldbu_desktop.casefile.key import MAGIC, CaseKey
from ldbu_desktop.casefile.schema import CASE
from ldbu_desktop.faults import Fault
from tests.unit.casefile.bad_places import common_folder, no_file_longer_than, without_rights
from tests.unit.casefile.some_journal import PASSPHRASE, journal, with_weight
from tests.unit.casefile.typing_process import ROOT

PAGE = 4096
posix = pytest.mark.skipif(os.name != "posix", reason="access is told by other means")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, quick_keys: int) -> bytes:
    """The bytes of a case file that is right."""
    path = tmp_path_factory.mktemp("whole") / "sag.ldbu"
    CaseFile.create(path, PASSPHRASE, journal(40)).close()
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, whole: bytes) -> Path:
    """A case file that is right."""
    path = tmp_path / "sag.ldbu"
    path.write_bytes(whole)
    return path


def fault_of(path: Path, passphrase: str = PASSPHRASE) -> str:
    """The key of the fault with which a file does not open, opened to work in and only read alike."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(Fault) as opened:
        CaseFile.open(path, passphrase)
    with pytest.raises(Fault) as only_read:
        journal_of(path, passphrase)
    assert opened.value.key == only_read.value.key
    assert opened.value.facts == only_read.value.facts == {"file": path.name}
    assert before is None or path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ([path.name] if path.exists() else [])
    return opened.value.key


@pytest.mark.parametrize("length", [0, 3, 16, 100, PAGE - 1, PAGE + 1, 3 * PAGE - 5])
def test_a_file_that_was_cut(path: Path, whole: bytes, length: int) -> None:
    path.write_bytes(whole[:length])
    assert fault_of(path) == "case-truncated"


@pytest.mark.parametrize("pages", [1, 2, 5])
def test_a_file_that_was_cut_between_two_pages(path: Path, whole: bytes, pages: int) -> None:
    path.write_bytes(whole[: pages * PAGE])
    assert fault_of(path) == "case-damaged"


@pytest.mark.parametrize("page", [1, 2, 8])
def test_a_file_in_which_a_byte_is_other(path: Path, whole: bytes, page: int) -> None:
    damaged = bytearray(whole)
    damaged[page * PAGE + 1000] ^= 1
    path.write_bytes(damaged)
    assert fault_of(path) == "case-damaged"


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04" + b"x" * 5000, b'{"resourceType": "Bundle"}', b"SQLite format 3\x00"]
)
def test_something_else(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert fault_of(path) == "case-not-case-file"


def test_a_database_that_is_no_case_file(path: Path) -> None:
    key = CaseKey.new(PASSPHRASE)
    path.write_bytes(b"")
    database = Database(path, key, "x")
    database.execute("CREATE TABLE other (a)")
    database.close()
    assert fault_of(path) == "case-not-case-file"


def test_a_file_whose_keys_are_made_in_a_newer_way(path: Path, whole: bytes) -> None:
    path.write_bytes(MAGIC[:-1] + bytes([MAGIC[-1] + 1]) + whole[len(MAGIC) :])
    assert fault_of(path) == "case-newer-version"


def test_a_file_with_newer_tables(path: Path) -> None:
    database = Database(path, CaseKey.of(PASSPHRASE, salt_of(path)), "x")
    database.execute(f"PRAGMA user_version = {CASE.version + 1}")
    database.close()
    assert fault_of(path) == "case-newer-version"


def test_the_wrong_passphrase(path: Path) -> None:
    assert fault_of(path, "noget helt andet") == "case-wrong-passphrase"
    CaseFile.open(path, PASSPHRASE).close()


def test_no_file(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "findes-ikke.ldbu") == "file-not-found"


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "mappe.ldbu").mkdir()
    assert fault_of(tmp_path / "mappe.ldbu") == "file-is-folder"


# --- places


@pytest.fixture
def shared_case(whole: bytes) -> Iterator[Path]:
    """A case file in a folder that everybody may look into."""
    with common_folder() as folder:
        path = folder / "sag.ldbu"
        path.write_bytes(whole)
        yield path


@posix
def test_a_share_that_may_only_be_read(shared_case: Path) -> None:
    with without_rights((shared_case.parent, 0o555), (shared_case, 0o444)):
        with pytest.raises(Fault) as raised:
            CaseFile.open(shared_case, PASSPHRASE)
        assert raised.value.key == "case-read-only"
        assert journal_of(shared_case, PASSPHRASE) == journal(40)


@posix
def test_a_file_that_may_only_be_read(shared_case: Path) -> None:
    with without_rights((shared_case.parent, 0o777), (shared_case, 0o444)):
        with pytest.raises(Fault) as raised:
            CaseFile.open(shared_case, PASSPHRASE)
        assert raised.value.key == "case-read-only"
        assert journal_of(shared_case, PASSPHRASE) == journal(40)
        assert [file.name for file in shared_case.parent.iterdir()] == [shared_case.name]


@posix
def test_a_file_that_may_not_be_read(shared_case: Path) -> None:
    with without_rights((shared_case.parent, 0o777), (shared_case, 0)):
        for opened in (CaseFile.open, journal_of):
            with pytest.raises(Fault) as raised:
                opened(shared_case, PASSPHRASE)
            assert raised.value.key == "case-no-right"


@posix
def test_a_lock_that_is_left_where_nothing_can_be_made(shared_case: Path) -> None:
    left = shared_case.with_name(f".~{shared_case.name}.lock")
    left.touch()
    with (
        without_rights((shared_case.parent, 0o555), (shared_case, 0o666), (left, 0o666)),
        pytest.raises(Fault) as raised,
    ):
        CaseFile.open(shared_case, PASSPHRASE)
    assert raised.value.key == "case-read-only"


@posix
def test_a_folder_where_nothing_can_be_made(shared_case: Path) -> None:
    with without_rights((shared_case.parent, 0o555)), pytest.raises(Fault) as raised:
        CaseFile.create(shared_case.with_name("ny.ldbu"), PASSPHRASE)
    assert raised.value.key == "case-read-only"


# --- opened twice


def test_opened_twice_in_one_program(path: Path) -> None:
    case = CaseFile.open(path, PASSPHRASE)
    names = [path]
    if os.name == "posix":
        names.append(path.with_name("genvej.ldbu"))
        names[1].symlink_to(path)
    for name in names:
        for again in (CaseFile.open, CaseFile.create):
            with pytest.raises(Fault) as raised:
                again(name, PASSPHRASE)
            assert raised.value.key == "case-opened-twice"
            assert set(raised.value.facts) == {"file", "host", "since"}
    changed = with_weight(case.journal, "5000")
    assert case.save(changed)
    assert journal_of(path, PASSPHRASE) == changed
    case.close()


HOLDING = f"""
import sys
from pathlib import Path
from ldbu_desktop.casefile import key
from ldbu_desktop.casefile.case_file import CaseFile
key.ROUNDS = int(sys.argv[2])
case = CaseFile.open(Path(sys.argv[1]), {PASSPHRASE!r})
print("open", flush=True)
sys.stdin.read()
"""


def test_opened_twice_by_two_programs_and_a_lock_whose_program_died(path: Path, quick_keys: int) -> None:
    command = [sys.executable, "-c", HOLDING, str(path), str(quick_keys)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        with pytest.raises(Fault) as raised:
            CaseFile.open(path, PASSPHRASE)
        assert raised.value.key == "case-opened-twice"
        process.kill()
    assert len(list(path.parent.iterdir())) > 1
    case = CaseFile.open(path, PASSPHRASE)
    assert case.journal == journal(40)
    case.close()
    assert list(path.parent.iterdir()) == [path]


def test_a_lock_that_says_nothing(path: Path) -> None:
    case = CaseFile.open(path, PASSPHRASE)
    for lock in path.parent.glob(".~*"):
        lock.write_text("[]")
    with pytest.raises(Fault) as raised:
        CaseFile.open(path, PASSPHRASE)
    assert raised.value.key == "case-in-use"
    case.close()


def test_another_program_that_has_the_database_open(path: Path) -> None:
    other = Database(path, CaseKey.of(PASSPHRASE, salt_of(path)), "x")
    other.prepare()
    with pytest.raises(Fault) as raised:
        CaseFile.open(path, PASSPHRASE)
    assert raised.value.key == "case-in-use"
    other.close()


# --- only read, while others write


@pytest.mark.parametrize("times", [2, 1000])
def test_a_file_that_others_write_to_meanwhile(path: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    copyfile, written = shutil.copyfile, [path.stat().st_mtime_ns]

    def copy_late(source: Path, target: Path) -> None:
        copyfile(source, target)
        if len(written) <= times:
            written.append(written[-1] + 1000)
            os.utime(path, ns=(written[-1], written[-1]))

    monkeypatch.setattr("ldbu_desktop.casefile.beginning.shutil.copyfile", copy_late)
    if times == 2:
        assert journal_of(path, PASSPHRASE) == journal(40)
        return
    with pytest.raises(Fault) as raised:
        journal_of(path, PASSPHRASE)
    assert raised.value.key == "case-in-use"


@posix
def test_no_room_for_a_copy(path: Path) -> None:
    with no_file_longer_than(PAGE), pytest.raises(Fault) as raised:
        journal_of(path, PASSPHRASE)
    assert raised.value.key == "output-disk-full"
