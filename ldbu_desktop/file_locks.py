"""Locks on files that the system lets go of when a process dies, so that none is ever stale."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def take(descriptor: int) -> None:
        """Lock an open file, or raise BlockingIOError or PermissionError where another process has it."""
        # A place that is beyond what is written, and beside SQLite's own: others may still read who has it.
        os.lseek(descriptor, (1 << 30) + 4096, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _let_go(descriptor: int, path: Path) -> None:
        """Let go of a lock, and remove its file: an open one can't be, and so not if another has opened it since."""
        os.close(descriptor)
        with suppress(OSError):
            path.unlink()

else:
    import fcntl

    def take(descriptor: int) -> None:
        """Lock an open file, or raise BlockingIOError where another process has it."""
        # Not fcntl's own locks, as SQLite has: those are lost when anything in the process closes the file.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(descriptor: int, path: Path) -> None:
        """Remove the file of a lock, and let go of it: the other way round it could be another's by then."""
        with suppress(OSError):
            path.unlink()
        os.close(descriptor)


def is_still(descriptor: int, path: Path) -> bool:
    """Whether an open file is the one at ``path``: whoever had it locked may have removed it."""
    return path.exists() and os.path.samestat(os.fstat(descriptor), path.stat())


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Have the lock of the small file ``path``, which is gone afterwards; false where the file system has no locks.

    Raises BlockingIOError where another process has it, and OSError where there can be no such file.
    """
    is_locked = True
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            take(descriptor)
            if is_still(descriptor, path):
                break
        except (BlockingIOError, PermissionError) as error:  # the latter as Windows tells it
            os.close(descriptor)
            raise BlockingIOError from error
        except OSError:
            is_locked = False
            break
        os.close(descriptor)
    try:
        yield is_locked
    finally:
        _let_go(descriptor, path)
