"""Waiting until files are on the disk, beside whatever else goes on: else a loss of power could leave them empty."""

from __future__ import annotations

import ctypes
import os
import platform
import re
import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

_SYNCED_AT_ONCE: Final = 16
"""Files that the disk is waited for together: it writes them in one go."""

FEW = 500
"""So many files of a folder are waited for one by one; of more, as many by one call for all that the disk has to write:
a call a file would cost as much as writing it does."""

_TELLS_FAULTS: Final = (5, 8)
"""The version of Linux since which waiting for a whole disk tells what could not be written."""


def sync(path: Path, how: int = os.O_RDWR) -> None:
    """Wait until a file is on the disk. Raises OSError."""
    descriptor = os.open(path, how)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Have the names of a folder on the disk, where the system and the disk can do that: the files are whole anyway."""
    with suppress(OSError):
        sync(folder, os.O_RDONLY)


def sync_whole_disk(descriptor: int) -> None:
    """Wait until all that was written to the disk of a file or folder is on it. Raises OSError."""
    if ctypes.CDLL(None, use_errno=True).syncfs(descriptor):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def can_sync_whole_disks() -> bool:
    """Whether :func:`sync_whole_disk` is to be had, and tells what could not be written."""
    version = re.match(r"(\d+)\.(\d+)", platform.release())
    return sys.platform == "linux" and version is not None and tuple(map(int, version.groups())) >= _TELLS_FAULTS


class Disk:
    """The disk of a folder in which files are made: what is taken is on it after :meth:`settle`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting = ThreadPoolExecutor(_SYNCED_AT_ONCE)
        self._synced: deque[Future[None]] = deque()
        self._taken = 0
        # Open before anything is written: what fails from then on is told.
        self._whole = os.open(folder, os.O_RDONLY) if can_sync_whole_disks() else None

    def take(self, name: str) -> None:
        """Begin to have a file that is closed on the disk. Raises what went wrong with one before it."""
        self._taken += 1
        if self._taken <= FEW or self._whole is None:
            self._begin(sync, self._folder / name)
        elif self._taken % FEW == 0:
            self._begin(sync_whole_disk, self._whole)

    def _begin(self, wait: Callable[[Any], None], what: Path | int) -> None:
        self._synced.append(self._waiting.submit(wait, what))
        while self._synced and self._synced[0].done():
            self._synced.popleft().result()

    def settle(self) -> None:
        """Wait until all is on the disk. Raises OSError."""
        while self._synced:
            self._synced.popleft().result()
        if self._taken > FEW and self._whole is not None:
            sync_whole_disk(self._whole)

    def give_up(self) -> None:
        """Let go of what is waited for."""
        self._waiting.shutdown(cancel_futures=True)
        if self._whole is not None:
            os.close(self._whole)
