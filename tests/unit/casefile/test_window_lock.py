"""The lock of a window: where locks are not known, and where another window lets go of it at the same moment."""

from __future__ import annotations

import errno
import json
import os
import platform
from pathlib import Path

import pytest

from ldbu_desktop.casefile.synced_folders import is_synced
from ldbu_desktop.casefile.window_lock import WindowLock
from ldbu_desktop.fault_texts import fault_words
from ldbu_desktop.faults import FileFault

fcntl = pytest.importorskip("fcntl", reason="locks are taken by other means")


def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    lock = WindowLock(tmp_path / "sag.ldbu")
    lock.release()
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(params=["OneDrive - Kommunen", "told", "no locks"])
def shared(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that other machines see too, without the locks of this one."""
    folder = tmp_path / str(request.param)
    folder.mkdir()
    if request.param == "told":
        monkeypatch.setenv("OneDriveCommercial", str(folder))
    if request.param == "no locks":

        def refuse(descriptor: int, operation: int) -> None:
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

        monkeypatch.setattr(fcntl, "flock", refuse)
    return folder


def test_in_a_shared_folder_another_machine_s_case_file_is_left_to_it(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = shared / ".~sag.ldbu.lock"
    beside.write_text(json.dumps({"host": "PC-OF-ANOTHER", "since": "01-02-2026 09:30"}))
    with pytest.raises(FileFault) as fault:
        WindowLock(shared / "sag.ldbu")
    assert fault.value.key == "case-open-elsewhere"
    assert fault.value.facts["host"] == "PC-OF-ANOTHER"
    assert fault.value.facts["lock"] == beside.name
    assert "1. feb. 2026 kl. 09.30" in fault_words(fault.value.key, fault.value.facts).da
    assert "1 Feb 2026 at 09:30" in fault_words(fault.value.key, fault.value.facts).en
    assert "PC-OF-ANOTHER" in beside.read_text()
    monkeypatch.setattr(platform, "node", lambda: "PC-OF-ANOTHER")
    WindowLock(shared / "sag.ldbu").release()
    assert not beside.exists()


def test_since_when_a_case_file_is_open_is_told_as_it_stands_where_that_is_no_moment(shared: Path) -> None:
    (shared / ".~sag.ldbu.lock").write_text(json.dumps({"host": "PC-OF-ANOTHER", "since": "i går"}))
    with pytest.raises(FileFault) as fault:
        WindowLock(shared / "sag.ldbu")
    assert fault.value.facts["since"] == "i går"


def test_in_a_shared_folder_a_small_file_that_says_nothing_is_taken_over(shared: Path) -> None:
    (shared / ".~sag.ldbu.lock").write_bytes(b"{")
    WindowLock(shared / "sag.ldbu").release()


def test_where_the_system_s_locks_hold_a_window_that_died_elsewhere_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / ".~sag.ldbu.lock").write_text(json.dumps({"host": "PC-OF-ANOTHER", "since": "01-02-2026 09:30"}))
    WindowLock(tmp_path / "sag.ldbu").release()


@pytest.mark.parametrize(
    ("place", "synced"),
    [
        ("OneDrive - Kommunen/sag.ldbu", True),
        ("dropbox/a/b/sag.ldbu", True),
        ("Dokumenter/onedrive.ldbu", False),
        ("min OneDrive/sag.ldbu", False),
        ("Dokumenter/sag.ldbu", False),
    ],
)
def test_folders_that_are_synced(tmp_path: Path, place: str, synced: bool) -> None:
    assert is_synced(tmp_path / place, {}) is synced


def test_a_lock_that_is_removed_by_the_window_that_had_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take, taken = fcntl.flock, list[int]()

    def take_late(descriptor: int, operation: int) -> None:
        if not taken:
            (tmp_path / ".~sag.ldbu.lock").unlink()
        taken.append(descriptor)
        take(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", take_late)
    lock = WindowLock(tmp_path / "sag.ldbu")
    assert len(taken) == 2
    with pytest.raises(FileFault):
        WindowLock(tmp_path / "sag.ldbu")
    lock.release()
