"""The door to SQLCipher: a connection to an encrypted file, and its errors as faults that people understand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlcipher

from ldbu_desktop.casefile.beginning import PAGE, logs_of
from ldbu_desktop.casefile.forcing import Forcing
from ldbu_desktop.casefile.key import CaseKey
from ldbu_desktop.casefile.schema import CASE, CHECKSUM, Schema, checksum, statements
from ldbu_desktop.casefile.window_lock import Acknowledged
from ldbu_desktop.faults import Fault, FileFault, OutputFault

_COUNT = "UPDATE log_state SET saves = saves + 1, is_closed = 0"
_CHECKPOINT_PAGES = 1000
"""How much the log may hold before it is put into the case file while somebody types: some 200 fields."""

_OPENING_CACHE_KIB = 64 * 1024
"""How much of a file is remembered while it is opened: it is looked through three times then, and a page that is read
again is decrypted again. Opening 10 000 visits (41 MB) takes half the time of the smaller one in SQLite itself."""
_CACHE_KIB = 8 * 1024

Row = tuple[Any, ...]

Acknowledge = Callable[[int], object]
"""Hears how many transactions are done."""


def _nobody_hears(_saves: int) -> None:
    """Where nobody has to know."""


class LogState(NamedTuple):
    """What a file says of its log: how many transactions were done, and whether it was closed after the last."""

    saves: int
    is_closed: bool

    def missing(self, said: Acknowledged | None, key: CaseKey) -> int | None:
        """How many transactions are missing of those that a window said were done; None where nobody knows."""
        if said is not None and said.file == key.salt.hex():
            return max(0, said.saves - self.saves)
        return 0 if self.is_closed else None


class Database:
    """A connection to a case file that is for one window alone.

    Changes go to a log beside the case file (``-wal``) before they are told to be saved: a killed process takes
    nothing of them. Beside the work each is forced to the disk at once, and the log before it goes into the case file:
    a lost battery takes at most the last moment, and never damages the file. The log is encrypted as the case file is,
    and it is gone when the case file is closed. Nothing else is written beside it: no index of the log, since nobody
    else reads it, and no temporary files.
    """

    def __init__(
        self, path: Path, key: CaseKey, name: str, schema: Schema = CASE, acknowledge: Acknowledge | None = None
    ) -> None:
        """Open ``path``, which must be there; faults call it ``name``.

        ``acknowledge`` hears how many transactions there were whenever one is done.
        """
        self._path, self._name, self._schema = path, name, schema
        self._forcing: Forcing | None = None
        self._acknowledge = acknowledge or _nobody_hears
        self._saves = 0
        uri = f"file:{quote(path.as_posix())}?mode=rw"
        with self._faults():
            self._connection = sqlcipher.connect(
                uri, uri=True, timeout=0, isolation_level=None, check_same_thread=False
            )
            # SQLCipher else writes to the error stream where a passphrase is wrong.
            self._connection.execute("PRAGMA cipher_log_level = NONE")
            # Memory that held something is wiped and never swapped to the disk. Measured on 3 000 families: nothing
            # that can be told of opening, and at most 0.4 ms of the 3.4 that saving a field takes.
            self._connection.execute("PRAGMA cipher_memory_security = ON")
            self._connection.set_key(key.words)
            self._connection.create_function(CHECKSUM, 1, checksum, deterministic=True)

    # --- how it is opened

    def make(self) -> None:
        """Make the tables in a new file, that nobody else knows of yet."""
        self.execute("PRAGMA journal_mode = OFF")
        self.execute(f"PRAGMA application_id = {self._schema.application_id}")
        for script in (self._schema.first, *self._schema.migrations):
            for statement in statements(script):
                self.execute(statement)
        self.execute(f"PRAGMA user_version = {self._schema.version}")

    def prepare(self, *, is_just_written: bool = False) -> LogState:
        """Take the file for this window, and bring an older one to this version; what it says of its log.

        What is read of it is remembered until :meth:`forget_pages`. A file that ``is_just_written`` by this window is
        not looked through: that would only read back what the system has in its memory. Raises :class:`FileFault` where
        the key does not fit, anything of it is damaged, or the file is of a newer version or of something else.
        """
        self.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            (version,), (application_id,) = self.row("PRAGMA user_version"), self.row("PRAGMA application_id")
        except FileFault as fault:
            if fault.key == "case-wrong-passphrase" and self._has_whole_pages():
                raise FileFault("case-damaged", file=self._name) from fault
            raise
        if application_id != self._schema.application_id:
            raise FileFault("case-not-case-file", file=self._name)
        if version > self._schema.version:
            raise FileFault("case-newer-version", file=self._name)
        if not is_just_written:
            self._must_be_whole()
        self.execute("PRAGMA journal_mode = WAL")
        self.execute("PRAGMA synchronous = NORMAL")
        self.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        self._forcing = Forcing(logs_of(self._path)[0], self._name)
        if version < self._schema.version:
            self._migrate(version)
        return self._begin_log()

    def _migrate(self, version: int) -> None:
        with self.transaction():
            for script in self._schema.migrations[version - 1 :]:
                for statement in statements(script):
                    self.execute(statement)
            self.execute(f"PRAGMA user_version = {self._schema.version}")

    def _faulty_pages(self) -> list[Row]:
        """What SQLCipher says of each page in the file itself that is not as it was written."""
        return self.execute("PRAGMA cipher_integrity_check")

    def _has_whole_pages(self) -> bool:
        """Whether a page fits the key, so that the passphrase is right and other pages are damaged."""
        return len(self._faulty_pages()) < self._path.stat().st_size // PAGE

    def _must_be_whole(self) -> None:
        """Raise :class:`FileFault` where a page is not as it was written, or pages do not belong together.

        Reading alone tells only some of that: of a long text the last page would come back as nothing, in silence.
        """
        self.execute(f"PRAGMA cache_size = {-_OPENING_CACHE_KIB}")
        log = logs_of(self._path)[0]
        if self._faulty_pages():
            # What was being put from the log into the file when the program was killed is whole in the log.
            if log.exists() and log.stat().st_size:
                self.empty_log()
            if self._faulty_pages():
                raise FileFault("case-damaged", file=self._name)
        if self.execute("PRAGMA quick_check(1)") != [("ok",)]:
            raise FileFault("case-damaged", file=self._name)

    def _begin_log(self) -> LogState:
        """What the file says of its log from before; from now on it says that it is open."""
        saves, is_closed = self.row("SELECT saves, is_closed FROM log_state")
        self._saves = saves
        if is_closed:
            with suppress(OutputFault):  # on a full disk it can be looked at all the same
                with self.transaction():
                    pass
                self.empty_log()  # the file alone has to say so: the log may be lost
        else:
            self._acknowledge(self._saves)
        return LogState(saves, bool(is_closed))

    # --- what is done with it

    def execute(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows that a statement gives."""
        with self._faults():
            rows: list[Row] = self._connection.execute(statement, values).fetchall()
            return rows

    def each(self, statement: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """The rows that a statement gives, one at a time."""
        with self._faults():
            yield from self._connection.execute(statement, values)

    def row(self, statement: str, values: Sequence[object] = ()) -> Row:
        """The one row that a statement gives."""
        (row,) = self.execute(statement, values)
        return row

    def insert(self, statement: str, values: Sequence[object]) -> int:
        """The id of the row that a statement adds."""
        with self._faults():
            return int(self._connection.execute(statement, values).lastrowid)

    def execute_many(self, statement: str, values: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each of ``values``."""
        with self._faults():
            self._connection.executemany(statement, values)

    def forget_pages(self) -> None:
        """Let go of the memory that opening took, now that all that is needed is read."""
        self.execute(f"PRAGMA cache_size = {-_CACHE_KIB}")
        self.execute("PRAGMA shrink_memory")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done within, or nothing of it. Raises too where the disk did not take what was done before."""
        self.must_be_forced()
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute(_COUNT)
            self.execute("COMMIT")
        except BaseException:
            # Where the disk is full SQLite itself may have taken it back already.
            with suppress(sqlcipher.Error):
                self._connection.execute("ROLLBACK")
            raise
        self._saves += 1
        self._acknowledge(self._saves)
        if self._forcing is not None:
            self._forcing.ask()

    def must_be_forced(self, *, is_last: bool = False) -> None:
        """Raise :class:`OutputFault` where the disk did not take what was saved; the last is waited for."""
        if self._forcing is not None:
            self._forcing.check(is_last=is_last)

    def copy_to(self, aside: Path, key: CaseKey, name: str) -> None:
        """Write all of it to the new file ``aside`` with another key; faults call that ``name``."""
        own, self._name = self._name, name
        try:
            self.execute("ATTACH DATABASE ? AS aside KEY ?", (str(aside), key.words))
            try:
                self.execute("PRAGMA aside.journal_mode = OFF")
                self.execute("SELECT sqlcipher_export('aside')")
                self.execute(f"PRAGMA aside.application_id = {self._schema.application_id}")
                self.execute(f"PRAGMA aside.user_version = {self._schema.version}")
                self.execute("UPDATE aside.log_state SET is_closed = 1")
            finally:
                self.execute("DETACH DATABASE aside")
        finally:
            self._name = own

    def empty_log(self) -> None:
        """Put what is in the log into the file, so that the file alone has all."""
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> bool:
        """Put what is in the log into the file and let go of it; false where that can't be done.

        What can't be put there stays in the log, and is read from it next time.
        """
        if self._forcing is not None:
            self._forcing.end()
        try:
            if self._forcing is not None:
                self._connection.execute("UPDATE log_state SET is_closed = 1")
        except sqlcipher.Error:
            is_closed = False
        else:
            is_closed = True
        with suppress(sqlcipher.Error):
            self._connection.close()
        return is_closed

    # --- its errors

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlcipher.ProgrammingError:  # no matter of the file: it was closed
            raise
        except sqlcipher.Error as error:
            raise self._fault(error) from error

    def _fault(self, error: Any) -> Fault:
        """What stands in the way, for people. SQLite's own words hold nothing of what is in the file."""
        match error.sqlite_errorcode & 0xFF:
            case sqlcipher.SQLITE_FULL:
                return OutputFault("case-disk-full", file=self._name)
            case sqlcipher.SQLITE_READONLY | sqlcipher.SQLITE_CANTOPEN:
                return OutputFault("case-read-only", file=self._name)
            case sqlcipher.SQLITE_BUSY:
                return FileFault("case-in-use", file=self._name)
            case sqlcipher.SQLITE_NOTADB:
                return FileFault("case-wrong-passphrase", file=self._name)
            case sqlcipher.SQLITE_CORRUPT:
                return FileFault("case-damaged", file=self._name)
            case _:
                return OutputFault("case-disk-fault", file=self._name, why=error.sqlite_errorname)
