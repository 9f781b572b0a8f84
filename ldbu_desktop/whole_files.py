"""Files that are written whole or not at all, aside first and then in place of what was there; and read whole."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from io import BytesIO
from pathlib import Path
from typing import IO, Final

from ldbu_desktop.faults import FileFault, OutputFault
from ldbu_desktop.file_locks import alone, take

_PRIVATE, _PRIVATE_FOLDER = 0o600, 0o700
_LEFT: Final = ".ldbu-aside"
"""What stands in the name of a file that is being written aside: no file of anybody else is called so."""
_MARK_BYTES: Final = 4
FOLDER_LOCK: Final = ".ldbu-lock"
"""The file in a folder of ours that is locked while a process uses it."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def read_whole(path: Path, most: int, too_long: FileFault) -> bytes:
    """The bytes of a small file of ours. Raises ``too_long`` for more than ``most``, and where it can't be read."""
    name = str(too_long.facts["file"])
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except FileNotFoundError as error:
        raise FileFault("file-not-found", file=name) from error
    except OSError as error:
        raise FileFault("file-not-readable", file=name) from error
    if len(data) > most:
        raise too_long
    return data


def output_fault(error: OSError, name: str) -> OutputFault:
    """What stands in the way of writing to ``name``, for people: a full disk, or no right."""
    key = "output-disk-full" if error.errno in _FULL else "output-not-writable"
    return OutputFault(key, file=name, why=error.strerror or type(error).__name__)


def is_there(path: Path) -> bool:
    """Whether there is such a file or folder; what can be no file's name at all is not there."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def make_folder(folder: Path) -> None:
    """Make a folder and those that it lies in, for their owner alone; what is there stays as it is. Raises OSError."""
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)


def open_private(path: Path) -> IO[bytes]:
    """A file to be written from its beginning, which is for its owner alone where it was not there. Raises OSError."""
    return open(path, "wb", opener=lambda name, flags: os.open(name, flags, _PRIVATE))


def put_in_place(aside: Path, path: Path) -> None:
    """Put a whole file that is for its owner alone in its place, with the rights of what was there. Raises OSError."""
    with suppress(FileNotFoundError):
        aside.chmod(stat.S_IMODE(path.stat().st_mode))
    aside.replace(path)


def write_whole(path: Path, write: Callable[[Path], object], *, is_private: bool = False) -> None:
    """Let ``write`` write a file beside ``path`` and put it there, so that what was there stays until all is written.

    A new file is for its owner alone; one that was there keeps who may read it, unless ``is_private``. What a write
    that was killed left beside it is removed.

    Raises :class:`OutputFault` where it can't be written or the disk is full; then nothing is left behind.
    """
    clear_left(path)
    try:
        temporary = path.with_name(f".{path.stem}-{os.urandom(_MARK_BYTES).hex()}{_LEFT}{path.suffix}")
        descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, _PRIVATE)
    except OSError as error:
        raise output_fault(error, path.name) from error
    held = ExitStack()
    held.callback(os.close, descriptor)
    try:
        with suppress(OSError):  # a file system without locks: then nothing of another is ever removed there
            take(descriptor)
        write(temporary)
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        if sys.platform == "win32":  # nothing that is open can be put anywhere
            held.close()
        temporary.chmod(_PRIVATE)
        if is_private:
            temporary.replace(path)
        else:
            put_in_place(temporary, path)
    except OSError as error:
        raise output_fault(error, path.name) from error
    finally:
        held.close()
        temporary.unlink(missing_ok=True)


def write_saved(path: Path, save: Callable[[IO[bytes]], object], *, is_private: bool = False) -> None:
    """Write what a library ``save`` writes, as :func:`write_whole` does. It is made in memory first.

    A library that can't write to a file leaves it open, and complains of that on the terminal when it is forgotten.
    """
    made = BytesIO()
    save(made)
    write_whole(path, lambda aside: aside.write_bytes(made.getbuffer()), is_private=is_private)


def clear_left(path: Path) -> None:
    """Remove what writes of ``path`` left beside it that were killed: our own files, which nobody writes any more."""
    left = re.compile(rf"\.{re.escape(path.stem)}-[0-9a-f]{{{2 * _MARK_BYTES}}}{re.escape(_LEFT + path.suffix)}")
    with suppress(OSError):
        names = [entry.name for entry in os.scandir(path.parent) if left.fullmatch(entry.name)]
        for name in names:
            _remove_if_left(path.with_name(name))


def _remove_if_left(path: Path) -> None:
    """Remove a file of ours that no process has locked."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        try:
            take(descriptor)
            known = os.fstat(descriptor)
            is_ours = stat.S_ISREG(known.st_mode) and known.st_uid == (os.geteuid() if os.name == "posix" else 0)
        except OSError:
            is_ours = False
        finally:
            os.close(descriptor)
        if is_ours:
            path.unlink()


def clear_left_folders(within: Path, prefix: str) -> None:
    """Remove folders of ours that a process which was killed left ``within``: none that a process still has locked."""
    with suppress(OSError):
        names = [entry.name for entry in os.scandir(within) if entry.name.startswith(prefix)]
        for name in names:
            _remove_folder_if_left(within / name)


def _remove_folder_if_left(folder: Path) -> None:
    with suppress(OSError):
        known = folder.lstat()
        is_ours = stat.S_ISDIR(known.st_mode) and known.st_uid == (os.geteuid() if os.name == "posix" else 0)
        if is_ours and (folder / FOLDER_LOCK).exists():
            with alone(folder / FOLDER_LOCK) as is_locked:
                if is_locked:
                    shutil.rmtree(folder, ignore_errors=True)
