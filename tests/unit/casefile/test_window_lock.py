"""The lock of a window: where locks are not known, and where another window lets go of it at the same moment."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from ldbu_desktop.casefile.window_lock import WindowLock
from ldbu_desktop.faults import FileFault

fcntl = pytest.importorskip("fcntl", reason="locks are taken by other means")


def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    lock = WindowLock(tmp_path / "sag.ldbu")
    lock.release()
    assert list(tmp_path.iterdir()) == []


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
