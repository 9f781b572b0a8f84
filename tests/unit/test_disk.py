"""Files are waited for one by one, or as many at once where there are many; what the disk could not write is told."""

from __future__ import annotations

import errno
import os
import platform
from pathlib import Path

import pytest

from ldbu_desktop import disk
from ldbu_desktop.bundles.parcels import staging
from ldbu_desktop.disk import Disk, can_sync_whole_disks, sync_whole_disk
from ldbu_desktop.faults import OutputFault


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is waited for, in order: the names of files, and nothing for the whole disk."""
    calls: list[str] = []
    monkeypatch.setattr(disk, "FEW", 3)
    monkeypatch.setattr(disk, "sync", lambda path: calls.append(path.name))
    monkeypatch.setattr(disk, "sync_whole_disk", lambda _: calls.append(""))
    return calls


def taken(folder: Path, files: int) -> None:
    """Files of a folder that are had on the disk."""
    held = Disk(folder)
    try:
        for number in range(files):
            held.take(str(number))
        held.settle()
    finally:
        held.give_up()


@pytest.mark.skipif(not can_sync_whole_disks(), reason="the system can't wait for a whole disk")
@pytest.mark.parametrize(("files", "at_once"), [(0, 0), (3, 0), (4, 1), (6, 2), (8, 2), (9, 3)])
def test_of_many_files_the_rest_is_waited_for_at_once(
    tmp_path: Path, waited: list[str], files: int, at_once: int
) -> None:
    taken(tmp_path, files)
    assert waited.count("") == at_once
    assert sorted(filter(None, waited)) == [str(number) for number in range(min(files, 3))]
    assert not at_once or waited[-1] == ""


@pytest.mark.parametrize("release", ["4.18.0-553.el8", "5.7.19", "no version"])
def test_where_a_whole_disk_tells_no_faults_each_file_is_waited_for(
    tmp_path: Path, waited: list[str], monkeypatch: pytest.MonkeyPatch, release: str
) -> None:
    monkeypatch.setattr(platform, "release", lambda: release)
    taken(tmp_path, 7)
    assert sorted(waited) == [str(number) for number in range(7)]


@pytest.mark.skipif(not can_sync_whole_disks(), reason="the system can't wait for a whole disk")
def test_a_whole_disk_is_waited_for_and_what_fails_is_told(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path, os.O_RDONLY)
    sync_whole_disk(descriptor)
    os.close(descriptor)
    with pytest.raises(OSError, match=os.strerror(errno.EBADF)):
        sync_whole_disk(-1)


def write_files(folder: Path, files: int) -> None:
    """Put files in a folder."""
    with staging(folder) as staged:
        for number in range(files):
            staged.write(f"{number}.json", b"{}")
        staged.put()


@pytest.mark.skipif(not can_sync_whole_disks(), reason="the system can't wait for a whole disk")
@pytest.mark.parametrize("files", [4, 7])
def test_where_the_disk_fails_for_many_nothing_is_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int
) -> None:
    def failing(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(disk, "FEW", 3)
    monkeypatch.setattr(disk, "sync_whole_disk", failing)
    with pytest.raises(OutputFault) as raised:
        write_files(tmp_path, files)
    assert raised.value.key == "output-disk-full"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("files", [2, 7])
def test_files_are_there_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int) -> None:
    monkeypatch.setattr(disk, "FEW", 3)
    write_files(tmp_path, files)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {f"{n}.json": b"{}" for n in range(files)}
