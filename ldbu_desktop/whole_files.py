"""Files that are written whole or not at all: aside first, then in place of what was there."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from ldbu_desktop.faults import OutputFault

_PRIVATE, _PRIVATE_FOLDER = 0o600, 0o700
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def output_fault(error: OSError, name: str) -> OutputFault:
    """What stands in the way of writing to ``name``, for people: a full disk, or no right."""
    key = "output-disk-full" if error.errno in _FULL else "output-not-writable"
    return OutputFault(key, file=name, why=error.strerror or type(error).__name__)


def make_folder(folder: Path) -> None:
    """Make a folder and those that it lies in, for their owner alone; what is there stays as it is. Raises OSError."""
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)


def put_in_place(aside: Path, path: Path, *, is_private: bool = False) -> None:
    """Put a whole file in its place, with the rights of what was there, or for its owner alone. Raises OSError."""
    aside.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() and not is_private else _PRIVATE)
    aside.replace(path)


def write_whole(path: Path, write: Callable[[Path], object], *, is_private: bool = False) -> None:
    """Let ``write`` write a file beside ``path`` and put it there, so that what was there stays until all is written.

    A new file is for its owner alone; one that was there keeps who may read it, unless ``is_private``.

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
        put_in_place(temporary, path, is_private=is_private)
    except OSError as error:
        raise output_fault(error, path.name) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
