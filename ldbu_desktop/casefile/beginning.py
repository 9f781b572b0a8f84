"""What a case file tells before it is unlocked: whether it is one, and the salt of its key."""

from __future__ import annotations

from pathlib import Path

from ldbu_desktop.casefile.key import MAGIC, SALT_LENGTH
from ldbu_desktop.faults import FileFault


def salt_of(path: Path) -> bytes:
    """The salt that a case file begins with. Raises :class:`FileFault` where it can't be read or is something else."""
    try:
        with path.open("rb") as stream:
            salt = stream.read(SALT_LENGTH)
    except OSError as error:
        raise FileFault("case-no-right", file=path.name) from error
    kind, number = MAGIC[:-1], MAGIC[-1]
    if len(salt) < SALT_LENGTH or not salt.startswith(kind):
        is_begun = kind.startswith(salt[: len(kind)])
        raise FileFault("case-truncated" if is_begun else "case-not-case-file", file=path.name)
    if salt[len(kind)] != number:
        raise FileFault("case-newer-version", file=path.name)
    return salt


def must_be_there(path: Path) -> None:
    """Raise :class:`FileFault` where there is no file; the file itself is left alone."""
    if path.is_dir():
        raise FileFault("file-is-folder", file=path.name)
    if not path.exists():
        raise FileFault("file-not-found", file=path.name)


def logs_of(path: Path) -> tuple[Path, Path]:
    """The logs that may lie beside a case file after its program was killed: both are encrypted as it is."""
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal")
