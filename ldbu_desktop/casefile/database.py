"""The door to SQLCipher: a connection to an encrypted file, and its errors as faults that people understand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlcipher

from ldbu_desktop.casefile.beginning import logs_of
from ldbu_desktop.casefile.forcing import Forcing
from ldbu_desktop.casefile.key import CaseKey
from ldbu_desktop.casefile.schema import CASE, Schema, statements
from ldbu_desktop.faults import Fault, FileFault, OutputFault

_CHECKPOINT_PAGES = 1000
"""How much the log may hold before it is put into the case file while somebody types: some 200 fields."""

Row = tuple[Any, ...]


class Database:
    """A connection to a case file that is for one window alone.

    Changes go to a log beside the case file (``-wal``) before they are told to be saved: a killed process takes
    nothing of them. Beside the work each is forced to the disk at once, and the log before it goes into the case file:
    a lost battery takes at most the last moment, and never damages the file. The log is encrypted as the case file is,
    and it is gone when the case file is closed. Nothing else is written beside it: no index of the log, since nobody
    else reads it, and no temporary files.
    """

    def __init__(self, path: Path, key: CaseKey, name: str, schema: Schema = CASE) -> None:
        """Open ``path``, which must be there; faults call it ``name``."""
        self._path, self._name, self._schema = path, name, schema
        self._forcing: Forcing | None = None
        uri = f"file:{quote(path.as_posix())}?mode=rw"
        with self._faults():
            self._connection = sqlcipher.connect(
                uri, uri=True, timeout=0, isolation_level=None, check_same_thread=False
            )
            # SQLCipher else writes to the error stream where a passphrase is wrong.
            self._connection.execute("PRAGMA cipher_log_level = NONE")
            self._connection.set_key(key.words)

    # --- how it is opened

    def make(self) -> None:
        """Make the tables in a new file, that nobody else knows of yet."""
        self.execute("PRAGMA journal_mode = OFF")
        self.execute(f"PRAGMA application_id = {self._schema.application_id}")
        for script in (self._schema.first, *self._schema.migrations):
            for statement in statements(script):
                self.execute(statement)
        self.execute(f"PRAGMA user_version = {self._schema.version}")

    def prepare(self) -> None:
        """Take the file for this window, and bring an older one to this version.

        Raises :class:`FileFault` where the key does not fit, or the file is of a newer version or of something else.
        """
        self.execute("PRAGMA locking_mode = EXCLUSIVE")
        (version,), (application_id,) = self.row("PRAGMA user_version"), self.row("PRAGMA application_id")
        if application_id != self._schema.application_id:
            raise FileFault("case-not-case-file", file=self._name)
        if version > self._schema.version:
            raise FileFault("case-newer-version", file=self._name)
        self.execute("PRAGMA journal_mode = WAL")
        self.execute("PRAGMA synchronous = NORMAL")
        self.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        self._forcing = Forcing(logs_of(self._path)[0], self._name)
        with self.transaction():
            for script in self._schema.migrations[version - 1 :]:
                for statement in statements(script):
                    self.execute(statement)
            if version < self._schema.version:
                self.execute(f"PRAGMA user_version = {self._schema.version}")

    # --- what is done with it

    def execute(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows that a statement gives."""
        with self._faults():
            rows: list[Row] = self._connection.execute(statement, values).fetchall()
            return rows

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

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done within, or nothing of it. Raises too where the disk did not take what was done before."""
        self.must_be_forced()
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            # Where the disk is full SQLite itself may have taken it back already.
            with suppress(sqlcipher.Error):
                self._connection.execute("ROLLBACK")
            raise
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
            finally:
                self.execute("DETACH DATABASE aside")
        finally:
            self._name = own

    def empty_log(self) -> None:
        """Put what is in the log into the file, so that the file alone has all."""
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Put what is in the log into the file and let go of it."""
        if self._forcing is not None:
            self._forcing.end()
        with suppress(sqlcipher.Error):  # What can't be put there stays in the log, and is read from it next time.
            self._connection.close()

    # --- its errors

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
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
