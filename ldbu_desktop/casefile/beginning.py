"""What a case file tells before it is unlocked: whether it is one, and the salt of its key."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ldbu_desktop.casefile.key import KIND, SALT_LENGTH, TOLD_ROUNDS, rounds_of
from ldbu_desktop.faults import CallFault, FileFault, OutputFault
from ldbu_desktop.file_locks import alone
from ldbu_desktop.journal.mask import without_person
from ldbu_desktop.whole_files import FOLDER_LOCK, clear_left_folders, is_there, output_fault

PAGE: Final = 4096
"""SQLCipher 4's page in bytes: a case file is a whole number of them."""

_PREFIX: Final = "ldbu-copy-"
"""What the folder of a copy is called, in the system's folder for what is temporary."""

_TRIES: Final = 20
"""How often a file that is written to meanwhile is copied again."""


def shown(path: Path) -> str:
    """The name of a file as faults tell it: without CPR numbers, and without its folders."""
    return without_person(path.name)


def salt_of(path: Path) -> bytes:
    """The salt that a case file begins with. Raises :class:`FileFault` where it can't be read or is something else."""
    try:
        with path.open("rb") as stream:
            salt = stream.read(SALT_LENGTH)
    except OSError as error:
        raise FileFault("case-no-right", file=shown(path)) from error
    if len(salt) < SALT_LENGTH or not salt.startswith(KIND):
        is_begun = KIND.startswith(salt[: len(KIND)])
        raise FileFault("case-truncated" if is_begun else "case-not-case-file", file=shown(path))
    if salt[len(KIND)] > TOLD_ROUNDS:
        raise FileFault("case-newer-version", file=shown(path))
    if salt[len(KIND)] == 0 or rounds_of(salt) == 0:
        raise FileFault("case-damaged", file=shown(path))
    return salt


def must_be_nameable(path: Path) -> None:
    """Raise :class:`CallFault` where a file's name holds a CPR number: names are seen by many."""
    if shown(path) != path.name:
        raise CallFault("case-name-personal", file=shown(path))


def must_be_there(path: Path) -> None:
    """Raise :class:`FileFault` where there is no file; the file itself is left alone."""
    if not is_there(path):
        raise FileFault("file-not-found", file=shown(path))
    if path.is_dir():
        raise FileFault("file-is-folder", file=shown(path))


def must_be_writable(path: Path) -> None:
    """Raise :class:`OutputFault` where a file may only be read; it is left as it is."""
    try:
        path.open("rb+").close()
    except OSError as error:
        raise OutputFault("case-read-only", file=shown(path)) from error


@contextmanager
def cut_told(path: Path, name: str) -> Iterator[None]:
    """Tell that the file ``path``, called ``name``, was cut where that is why it does not open."""
    try:
        yield
    except FileFault as fault:
        if fault.key in ("case-wrong-passphrase", "case-damaged") and _is_cut(path):
            raise FileFault("case-truncated", file=name) from fault
        raise


def _is_cut(path: Path) -> bool:
    """Whether a file is too short, or no whole number of pages where no log says what else there is."""
    size = path.stat().st_size
    return size < PAGE or (size % PAGE != 0 and not any(log.exists() for log in logs_of(path)))


def logs_of(path: Path) -> tuple[Path, Path]:
    """The logs that may lie beside a case file after its program was killed: both are encrypted as it is."""
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal")


@contextmanager
def copied(path: Path) -> Iterator[Path]:
    """A copy of a case file and of its log, as they are at one moment; it is gone afterwards.

    Raises :class:`FileFault` where another window writes to it all the time, and :class:`OutputFault` where there is no
    room for a copy.
    """
    log, _ = logs_of(path)
    clear_left_folders(Path(tempfile.gettempdir()), _PREFIX)
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as folder, alone(Path(folder) / FOLDER_LOCK):
        copy = Path(folder) / f"case{path.suffix}"
        try:
            copy.touch(0o600)
            for _ in range(_TRIES):
                before = _written_when(path, log)
                shutil.copyfile(path, copy)
                logs_of(copy)[0].unlink(missing_ok=True)
                with suppress(FileNotFoundError):
                    shutil.copyfile(log, logs_of(copy)[0])
                    logs_of(copy)[0].chmod(0o600)
                if before == _written_when(path, log):
                    break
            else:
                raise FileFault("case-in-use", file=shown(path))
        except OSError as error:
            raise output_fault(error, shown(path)) from error
        yield copy


def _written_when(*paths: Path) -> list[tuple[int, int]]:
    """When files were written last and how large they are: what tells that they changed."""
    return [(known.st_mtime_ns, known.st_size) for path in paths if path.exists() for known in [path.stat()]]
