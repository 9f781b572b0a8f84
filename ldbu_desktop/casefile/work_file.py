"""A work file: corrections to files that were opened, kept encrypted until they are wanted again.

Its key is made of what those files say, and is written nowhere: whoever has the files can read the corrections to
them, and nobody else can. So there is no passphrase to ask for and no place for secrets that may be locked or lost,
and the corrections are of no use to anybody any more once the files are gone. Its name follows from the key, and tells
neither the files' names nor their SHA-256, which receipts hold.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from ldbu_desktop.casefile.beginning import logs_of, salt_of
from ldbu_desktop.casefile.database import Database, LogState
from ldbu_desktop.casefile.key import CaseKey
from ldbu_desktop.casefile.schema import WORK
from ldbu_desktop.casefile.window_lock import WindowLock, locked
from ldbu_desktop.faults import FileFault, OutputFault
from ldbu_desktop.whole_files import clear_left, output_fault, write_whole

ENDING: Final = ".ldbu-work"
"""What the name of a work file ends in."""
_SET_ASIDE: Final = ".unreadable"
_UNREADABLE: Final = ("case-wrong-passphrase", "case-damaged", "case-not-case-file", "case-truncated")


class SavedCase(NamedTuple):
    """The name of a case file that holds what was done until then, too."""

    name: str
    until: datetime


class WorkFile:
    """The work file for some files, which no other window has open. It may be used from any thread.

    It is there only while it holds something; ``name`` is what faults call it. ``warning`` is for people where one was
    there that could not be read, which lies beside under another name, or where the log beside it lost something.
    """

    def __init__(self, folder: Path, content: bytes, name: str) -> None:
        """Open the work file in ``folder`` for files whose ``content`` is known by a digest that nobody else has.

        Raises :class:`FileFault` where another window has it open, and :class:`OutputFault` where nothing can be
        written there.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise output_fault(error, folder.name) from error
        self.path: Final = folder / f"{_digest(b'name', content)[:32]}{ENDING}"
        self._name = name
        self._secret = _digest(b"key", content)
        self._turn = threading.RLock()
        self._database: Database | None = None
        self._waiting: tuple[int, tuple[bytes, ...]] | None = None
        self._kept = 0
        self._lock: WindowLock | None = None
        self.warning: FileFault | None = None
        self.case: SavedCase | None = None
        clear_left(self.path)
        with locked(self.path) as lock:
            self._lock = lock
            self.entries = self._read(lock)

    def _read(self, lock: WindowLock) -> tuple[bytes, ...]:
        """What is kept; what can't be read is set aside."""
        if not self.path.exists():
            self._key = CaseKey.anew(self._secret)
            return ()
        try:
            self._key = CaseKey.of(self._secret, salt_of(self.path))
            self._database, log = self._opened(lock)
        except FileFault as fault:
            if fault.key not in _UNREADABLE:
                raise
            self._set_aside()
            self._key = CaseKey.anew(self._secret)
            return ()
        if log.missing(lock.earlier, self._key) != 0:
            self.warning = FileFault("corrections-lost", file=self._name)
        rows = self._database.execute("SELECT data FROM correction ORDER BY number")
        self._kept = len(rows)
        for case, time in self._database.execute("SELECT name, time FROM saved_case"):
            self.case = SavedCase(case, datetime.fromisoformat(time))
        return tuple(bytes(data) for (data,) in rows)

    def _set_aside(self) -> None:
        try:
            for path in (self.path, *logs_of(self.path)):
                with suppress(FileNotFoundError):
                    path.replace(path.with_name(f"{path.name}{_SET_ASIDE}"))
        except OSError as error:
            raise output_fault(error, self._name) from error
        self.warning = FileFault("corrections-unreadable", file=self._name)

    def _opened(self, lock: WindowLock) -> tuple[Database, LogState]:
        acknowledge = partial(lock.acknowledge, self._key.salt.hex())
        database = Database(self.path, self._key, self._name, WORK, acknowledge)
        try:
            return database, database.prepare()
        except BaseException:
            database.close()
            raise

    @property
    def is_begun(self) -> bool:
        """Whether it is there, so that keeping more takes a few milliseconds only."""
        return self._database is not None

    @property
    def is_saved(self) -> bool:
        """Whether all that was given to be kept is kept."""
        return self._waiting is None

    def keep(self, first: int, others: Sequence[bytes]) -> None:
        """Keep the ``first`` entries that it holds, and then these ``others``, in place of all that it holds.

        Raises :class:`OutputFault` where that can't be saved: then it waits here for :meth:`save_again`. What comes
        after it was closed is not kept: another window may have it by then.
        """
        with self._turn:
            if self._lock is None:
                return
            self._waiting = (first, tuple(others))
            if first + len(others) == 0:
                self._remove()
            else:
                self._write(self._lock, first, others)
            self._kept = first + len(others)
            self._waiting = None

    def note_case(self, case: SavedCase) -> None:
        """Remember which case file holds all that is kept, too. Raises :class:`OutputFault` where it can't."""
        with self._turn:
            if self._database is not None:
                with self._database.transaction():
                    row = case.name, case.until.isoformat()
                    self._database.execute("INSERT OR REPLACE INTO saved_case VALUES (1, ?, ?)", row)
                self.case = case

    def save_again(self) -> None:
        """Save what waits because it could not be saved. Raises :class:`OutputFault` where it still can't."""
        with self._turn:
            if self._waiting is not None:
                self.keep(*self._waiting)

    def _write(self, lock: WindowLock, first: int, others: Sequence[bytes]) -> None:
        if self._database is None:
            write_whole(self.path, self._make, is_private=True)
            self._database, _ = self._opened(lock)
        elif not self.path.exists():
            raise OutputFault("corrections-gone", file=self._name)
        database = self._database
        with database.transaction():
            if first < self._kept:
                database.execute("DELETE FROM correction WHERE number >= ?", (first,))
            database.execute_many("INSERT INTO correction VALUES (?, ?)", enumerate(others, first))

    def _make(self, aside: Path) -> None:
        database = Database(aside, self._key, self._name, WORK)
        try:
            database.make()
        finally:
            database.close()

    def _remove(self) -> None:
        """Nothing is kept any more: nothing is left of the file."""
        if self._database is not None:
            self._database.close()
            self._database = None
        self.case = None
        removed(self.path)

    def settle(self) -> None:
        """Put what was saved into the file itself. Raises :class:`OutputFault` where it can't be done now."""
        with self._turn:
            if self._database is not None:
                self._database.empty_log()

    def close(self, *, leave_unsaved: bool = False) -> None:
        """Let go of it. Raises :class:`OutputFault` where something can't be saved; it stays open then."""
        with self._turn:
            if self._lock is None:
                return
            if not leave_unsaved:
                self.save_again()
                if self._database is not None:
                    self._database.must_be_forced(is_last=True)
            is_closed = self._database is None or self._database.close()
            self._database, self._waiting = None, None
            self._lock.release(is_closed=is_closed)
            self._lock = None


class KeptWork(NamedTuple):
    """A work file that lies there, and when it was written to last. What it holds, only its files tell."""

    path: Path
    changed: datetime


def work_files(folder: Path) -> tuple[KeptWork, ...]:
    """The work files in a folder, the latest first, with those that could not be read."""
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name.endswith((ENDING, f"{ENDING}{_SET_ASIDE}")) and not path.name.startswith("."):
                changed = max(one.stat().st_mtime for one in (path, *logs_of(path)) if one.exists())
                found.append(KeptWork(path, datetime.fromtimestamp(changed, UTC)))
    return tuple(sorted(found, key=lambda one: one.changed, reverse=True))


def throw_away(path: Path) -> None:
    """Remove a work file. Raises :class:`FileFault` where a window has it open, :class:`OutputFault` where it can't."""
    with locked(path) as lock:
        removed(path)
        lock.release()


def removed(path: Path) -> None:
    """Remove a work file that this window has, with its logs. Raises :class:`OutputFault` where it can't be removed."""
    try:
        for one in (path, *logs_of(path)):
            one.unlink(missing_ok=True)
    except OSError as error:
        raise output_fault(error, path.name) from error


def _digest(use: bytes, content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=32, person=b"ldbu " + use).hexdigest()
