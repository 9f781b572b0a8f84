"""Files that are written whole or not at all: aside first, then in place of what was there."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from ldbu_desktop.faults import OutputFault

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def output_fault(error: OSError, name: str) -> OutputFault:
    """What stands in the way of writing to ``name``, for people: a full disk, or no right."""
    key = "output-disk-full" if error.errno in _FULL else "output-not-writable"
    return OutputFault(key, file=name, why=error.strerror or type(error).__name__)


def write_whole(path: Path, write: Callable[[Path], object], *, is_private: bool = False) -> None:
    """Let ``write`` write a file beside ``path`` and put it there, so that what was there stays until all is written.

    ``is_private``: nobody but its owner can read it.

    Raises :class:`OutputFault` where it can't be written or the disk is full; then nothing is left behind.
    """
    temporary: Path | None = None
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
        temporary = Path(name)
        os.close(descriptor)
        write(temporary)
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        # Files made by mkstemp are for their owner only; a new file has what the system gives.
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o600 if is_private else 0o666 & ~mask)
        temporary.replace(path)
    except OSError as error:
        raise output_fault(error, path.name) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
