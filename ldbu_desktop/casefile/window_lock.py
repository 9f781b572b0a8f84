"""The lock that keeps a case file from being open in two windows, here or on another machine."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.casefile.beginning import shown
from ldbu_desktop.casefile.synced_folders import is_synced
from ldbu_desktop.faults import FileFault, OutputFault
from ldbu_desktop.file_locks import is_still, take
from ldbu_desktop.journal.dates import local, moment_in_both

_LONGEST: Final = 1000
"""Bytes that are read of what another window wrote."""
_SINCE: Final = "%d-%m-%Y %H:%M"
"""How it is written there since when a case file is open."""


class Acknowledged(Struct, frozen=True):
    """What a window said last: in which file, known by its salt, and how many transactions were done in it."""

    file: str
    saves: int


def _path(case: Path) -> Path:
    return case.with_name(f".~{case.name}.lock")


def acknowledged(case: Path) -> Acknowledged | None:
    """What was said last by a window that has ``case`` open or died with it; None where nothing is known of one."""
    try:
        with _path(case).open("rb") as stream:
            return msgspec.json.decode(stream.read(_LONGEST), type=Acknowledged)
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError):
        return None


class WindowLock:
    """A small file beside the case file, locked by the system while the case file is open.

    The system lets go of the lock when a process dies, so that a lock is never stale; the small file that is left is
    taken over. It says which machine has the case file open and since when, and how many transactions were said to be
    done: ``earlier`` is what was said there by a window that died.

    Where the system's lock does not hold on other machines, in a folder that is synced or on a file system without
    locks, a small file of another machine is never taken over: nobody knows whether its window is there.
    """

    def __init__(self, case: Path) -> None:
        """Take the lock for the case file ``case``.

        Raises :class:`FileFault` where another window has it, or may have it on another machine, and
        :class:`OutputFault` where nothing can be written beside the case file.
        """
        self._path = _path(case)
        self._descriptor = self._taken(shown(case))
        self._told = {"host": platform.node(), "since": f"{local(datetime.now(UTC)):{_SINCE}}"}
        self.earlier: Final = acknowledged(case)
        self._write(self._told | ({} if self.earlier is None else asdict(self.earlier)))

    def acknowledge(self, file: str, saves: int) -> None:
        """Say that ``saves`` transactions are done in the case file that is ``file`` among others of its name."""
        self._write(self._told | asdict(Acknowledged(file, saves)))

    def _write(self, told: Mapping[str, object]) -> None:
        with suppress(OSError):  # On a full disk the lock holds, and nobody is told who has it.
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, msgspec.json.encode(told)[:_LONGEST].ljust(_LONGEST))

    def _taken(self, name: str) -> int:
        while True:
            try:
                descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError as error:
                raise OutputFault("case-read-only", file=name) from error
            try:
                take(descriptor)
            except (BlockingIOError, PermissionError) as error:
                os.close(descriptor)
                raise self._fault(name) from error
            except OSError:
                # A file system without such locks: what stands in the small file has to do, and SQLite's own.
                self._must_be_of_here(descriptor, name)
                return descriptor
            if is_synced(self._path):
                self._must_be_of_here(descriptor, name)
            # The other window may have let go and removed the file in between: then this is no lock.
            if is_still(descriptor, self._path):
                return descriptor
            os.close(descriptor)

    def _must_be_of_here(self, descriptor: int, name: str) -> None:
        """Raise :class:`FileFault`, and let go, where the small file is another machine's."""
        told = self._told_there()
        if told is not None and told[0] != platform.node():
            os.close(descriptor)
            host, since = told
            raise FileFault("case-open-elsewhere", file=name, host=host, since=since, lock=self._path.name)

    def _told_there(self) -> tuple[str, Text | str] | None:
        """Which machine has the case file open and since when, as far as it can be read."""
        try:
            with self._path.open("rb") as stream:
                told = json.loads(stream.read(_LONGEST))
            return str(told["host"]), _moment_told(str(told["since"]))
        except (OSError, ValueError, RecursionError, KeyError, TypeError):
            return None

    def _fault(self, name: str) -> FileFault:
        if (told := self._told_there()) is None:
            return FileFault("case-in-use", file=name)
        return FileFault("case-opened-twice", file=name, host=told[0], since=told[1])

    def release(self, *, is_closed: bool = True) -> None:
        """Let go of the case file; what was said is left there unless the case file was closed whole."""
        with suppress(OSError):  # Where it can't be removed, it is taken over.
            if not is_closed:
                os.close(self._descriptor)
            elif sys.platform == "win32":
                os.close(self._descriptor)
                self._path.unlink()
            else:
                self._path.unlink()
                os.close(self._descriptor)


def _moment_told(since: str) -> Text | str:
    """Since when a case file is open, as people write it; as it stands there where that is no moment."""
    try:
        return moment_in_both(datetime.strptime(since, _SINCE))
    except ValueError:
        return since


@contextmanager
def locked(case: Path) -> Iterator[WindowLock]:
    """The lock for ``case``; it is let go of where what is done within fails."""
    lock = WindowLock(case)
    try:
        yield lock
    except BaseException:
        lock.release(is_closed=lock.earlier is None)
        raise
