"""Places where a file can't be written, made for real: a right that is taken away, a disk that is full."""

from __future__ import annotations

import ctypes
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_CAPABILITIES = 0x20080522
"""The version of Linux's structures for capabilities: a header of two numbers and twice three sets of bits."""
_BESIDE_MODES = 1 << 1 | 1 << 2
"""What lets root pass over the modes of files and folders: to read and write, and to look them up."""


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
    """Have no more rights to files and folders than their new modes give: this thread, and those that it begins.

    Nothing else is taken away, and from no other thread: what the program has yet to import can be read as before.
    """
    before = [(path, path.stat().st_mode) for path, _ in changed]
    for path, mode in changed:
        path.chmod(mode)
    try:
        if os.geteuid() == 0:
            with _bound_by_modes():
                yield
        else:
            yield
    finally:
        for path, mode in before:
            path.chmod(mode)


@contextmanager
def _bound_by_modes() -> Iterator[None]:
    """Root is bound by modes as everybody is, for as long as this thread says."""
    if sys.platform != "linux":
        pytest.skip("root can be bound by the modes of files on Linux alone")
    system = ctypes.CDLL(None, use_errno=True)
    header, sets = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0), (ctypes.c_uint32 * 6)()
    assert system.capget(header, sets) == 0
    effective = sets[0]
    sets[0] = effective & ~_BESIDE_MODES
    assert system.capset(header, sets) == 0, os.strerror(ctypes.get_errno())
    try:
        yield
    finally:
        sets[0] = effective
        assert system.capset(header, sets) == 0, os.strerror(ctypes.get_errno())


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
