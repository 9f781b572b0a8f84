"""Places where a file can't be written, made for real: a right that is taken away, a disk that is full."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def common_folder() -> Iterator[Path]:
    """A folder that everybody may look into."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        try:
            yield folder
        finally:
            folder.chmod(0o700)


@contextmanager
def without_rights(*changed: tuple[Path, int]) -> Iterator[None]:
    """As somebody who has no more rights to files and folders than their new modes give."""
    before = [(path, path.stat().st_mode) for path, _ in changed]
    for path, mode in changed:
        path.chmod(mode)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        for path, mode in before:
            path.chmod(mode)


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """The system refuses to write beyond ``size`` bytes of any file, as a full disk does."""
    import resource  # Only where such limits are known.

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
