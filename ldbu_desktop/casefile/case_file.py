"""A case file: a journal that is saved as it is filled, in one encrypted file, with the way back."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from ldbu_desktop.casefile import remembered_keys
from ldbu_desktop.casefile.beginning import (
    copied,
    cut_told,
    logs_of,
    must_be_nameable,
    must_be_there,
    must_be_writable,
    salt_of,
    shown,
)
from ldbu_desktop.casefile.damage import damage_told
from ldbu_desktop.casefile.database import Database, LogState
from ldbu_desktop.casefile.deliveries import DeliveredVisit, DeliveryStore
from ldbu_desktop.casefile.key import CaseKey
from ldbu_desktop.casefile.schema import checksum
from ldbu_desktop.casefile.state import StoredJournal, read, written
from ldbu_desktop.casefile.steps import HistoryStep, Steps
from ldbu_desktop.casefile.window_lock import WindowLock, acknowledged, locked
from ldbu_desktop.faults import FileFault, OutputFault
from ldbu_desktop.journal.dates import moment_in_both
from ldbu_desktop.journal.instances import Said
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.whole_files import clear_left, write_whole


class CaseFile:
    """An open case file, which no other window has open. It may be used from any thread.

    What can't be saved stays here: the fault is raised, ``is_saved`` tells, and the next :meth:`save` or
    :meth:`save_again` saves all that is not saved yet. What was saved before is never touched by that.

    ``warning`` is for people where something that was saved is no longer there, or may not be: the log beside the file
    was lost or damaged. It is None where all is there.
    """

    def __init__(self, path: Path, key: CaseKey, lock: WindowLock, state: StoredJournal | None = None) -> None:
        """Use :meth:`create` or :meth:`open`."""
        self.path: Final = path
        self._key, self._lock = key, lock
        self._turn = threading.RLock()
        self._waiting: tuple[Journal, str] | None = None
        log = self._open_database(is_just_written=state is not None)
        self._is_open = True
        try:
            self._state = _whole_state(self._database, shown(path)) if state is None else state
            said = self._lock.earlier
            self.warning: Final = (
                _warning(self._database, log.missing(said, key), shown(path)) if state is None else None
            )
        except BaseException:
            self._database.close()
            raise

    @classmethod
    def create(cls, path: Path, passphrase: str, journal: Journal | None = None) -> CaseFile:
        """A new case file that holds ``journal``; it takes the place of a file that is there.

        Raises :class:`~ldbu_desktop.faults.CallFault` where the passphrase is too short or the file's name holds a
        CPR number, :class:`~ldbu_desktop.faults.FileFault` where another window has the file open, and
        :class:`OutputFault` where it can't be written; then what was there is untouched.
        """
        must_be_nameable(path)
        return cls.made_with(path, CaseKey.new(passphrase), journal or Journal(), {})

    @classmethod
    def made_with(cls, path: Path, key: CaseKey, journal: Journal, delivered: Mapping[str, DeliveredVisit]) -> CaseFile:
        """A new case file with a key that is made already, and with what was delivered. Raises as :meth:`create`."""
        path = path.resolve()
        must_be_nameable(path)
        with locked(path) as lock:
            states: list[StoredJournal] = []
            write_whole(path, lambda aside: states.append(_made(aside, path, key, journal, delivered)))
            return cls(path, key, lock, states[0])

    @classmethod
    def open(cls, path: Path, passphrase: str) -> CaseFile:
        """A case file that is there. Raises :class:`~ldbu_desktop.faults.FileFault` and :class:`OutputFault`.

        Where its key takes less to guess than that of a new file it gets such a key, if it can be written again.
        """
        case = cls._opened(path, lambda salt: CaseKey.of(passphrase, salt))
        if not case._key.is_made_as_now:
            with suppress(OutputFault):
                case._take_key(CaseKey.anew(passphrase))
        return case

    @classmethod
    def open_remembered(cls, path: Path) -> CaseFile | None:
        """A case file whose key this computer remembers; None where it does not. Raises as :meth:`open` does."""
        must_be_there(path)
        key = remembered_keys.remembered(salt_of(path))
        return None if key is None else cls._opened(path, lambda _: key)

    @classmethod
    def _opened(cls, path: Path, key_of: Callable[[bytes], CaseKey]) -> CaseFile:
        path = path.resolve()
        must_be_there(path)
        clear_left(path)
        with locked(path) as lock, cut_told(path, shown(path)):
            key = key_of(salt_of(path))
            must_be_writable(path)
            return cls(path, key, lock)

    def _open_database(self, *, is_just_written: bool) -> LogState:
        acknowledge = partial(self._lock.acknowledge, self._key.salt.hex())
        database = Database(self.path, self._key, shown(self.path), acknowledge=acknowledge)
        try:
            log = database.prepare(is_just_written=is_just_written)
        except BaseException:
            database.close()
            raise
        self._database, self._steps, self._deliveries = database, Steps(database), DeliveryStore(database)
        self._place = self.path.stat()
        return log

    def _read(self, root: int) -> StoredJournal:
        with damage_told(shown(self.path)):
            return read(root, partial(_pieces, self._database), self._state)

    # --- what is in it

    @property
    def journal(self) -> Journal:
        """The journal as it was saved last."""
        return self._state.journal

    @property
    def is_begun(self) -> bool:
        """Whether it is there: it always is."""
        return True

    @property
    def is_saved(self) -> bool:
        """Whether all that was given to be saved is saved."""
        return self._waiting is None

    def save(self, journal: Journal, label: str = "") -> bool:
        """Save what is other than before as one step, which ``label`` is the name of; False where nothing is.

        Raises :class:`OutputFault` where it can't be saved: then it waits here, and nothing is lost.
        """
        with self._turn:
            self._waiting = (journal, label)
            self._must_be_same_file()
            before = self._state
            self._state, self._waiting = _saved(self._database, before, journal, label), None
            return self._state.piece != before.piece

    def save_again(self) -> None:
        """Save what waits because it could not be saved. Raises :class:`OutputFault` where it still can't."""
        with self._turn:
            if self._waiting is not None:
                self.save(*self._waiting)

    def _must_be_same_file(self) -> None:
        """Where the file was moved or removed, SQLite would go on to write to what nobody can find any more."""
        try:
            is_same = os.path.samestat(self._place, self.path.stat())
        except OSError:
            is_same = False
        if not is_same:
            raise OutputFault("case-file-gone", file=shown(self.path))

    def settle(self) -> None:
        """Put what was saved into the file itself, where until then some of it lies in the log beside.

        For a pause in the typing, since it takes some milliseconds: a copy that is made of the file alone while it is
        open, by a backup for instance, then has all. Raises :class:`OutputFault` where it can't be done now.
        """
        with self._turn:
            self._database.empty_log()

    # --- the way back

    @property
    def to_undo(self) -> HistoryStep | None:
        """The step that :meth:`undo` takes back; None where there is none, or the file was let go of."""
        with self._turn, damage_told(shown(self.path)):
            return self._steps.last if self._is_open else None

    @property
    def to_redo(self) -> HistoryStep | None:
        """The step that :meth:`redo` takes again; None where there is none, or the file was let go of."""
        with self._turn, damage_told(shown(self.path)):
            return self._steps.next if self._is_open else None

    def undo(self) -> Journal | None:
        """The journal as it was before the last step; None where there is none. What is alike are the same objects.

        Raises :class:`OutputFault` where it can't be saved, or something still waits for that.
        """
        with self._turn:
            self.save_again()
            step = self._steps.last
            return None if step is None else self._go(step.number - 1)

    def redo(self) -> Journal | None:
        """The journal with the step that was undone last; None where there is none. Raises as :meth:`undo` does."""
        with self._turn:
            self.save_again()
            step = self._steps.next
            return None if step is None else self._go(step.number)

    def _go(self, number: int) -> Journal:
        self._must_be_same_file()
        after = self._read(self._steps.root(number))
        with self._database.transaction():
            self._steps.go(number)
        self._state = after
        return after.journal

    # --- what was delivered

    @property
    def delivered(self) -> Mapping[str, DeliveredVisit]:
        """What was delivered, by the visit's key."""
        with self._turn, damage_told(shown(self.path)):
            return self._deliveries.all()

    def remember_delivery(self, visits: Mapping[str, Said], time: datetime) -> None:
        """Remember what was sent: each resource by its id, by the visit's key. No undo takes it back."""
        with self._turn:
            self._must_be_same_file()
            self._deliveries.remember(visits, time)

    @property
    def delivered_hashes(self) -> Mapping[str, Mapping[str, str]]:
        """What an older version remembered of what was sent: hashes by the resource's id, by the visit's key."""
        with self._turn:
            return self._deliveries.hashes()

    def replace_delivered_hashes(self, visits: Mapping[str, Said]) -> None:
        """Remember in place of all hashes what was sent, as far as it could be found out."""
        with self._turn:
            self._must_be_same_file()
            self._deliveries.replace_hashes(visits)

    def states(self) -> Iterator[Journal]:
        """The journal as it is and as it was, the latest state first, as far as they are remembered."""
        with self._turn:
            roots = self._steps.roots()
        yield self.journal
        for root in roots:
            with self._turn:
                state = self._read(root).journal
            yield state

    # --- its key

    def change_passphrase(self, passphrase: str) -> None:
        """Give the case file another passphrase: all of it is written again with a new key and put in place.

        Until that is done the old one opens it, and never after. Raises :class:`~ldbu_desktop.faults.CallFault` where
        the new one is too short or easily guessed, and :class:`OutputFault` where the file can't be written; then it is
        as it was.
        """
        self._take_key(CaseKey.new(passphrase))

    def _take_key(self, new: CaseKey) -> None:
        with self._turn:
            self.save_again()
            self._must_be_same_file()
            old = self._key
            try:
                write_whole(self.path, lambda aside: self._write_again(aside, new))
                self._key = new
            finally:
                self._database.close()
                self._open_database(is_just_written=self._key is new)
        if remembered_keys.remembered(old.salt) is not None:
            remembered_keys.forget(old.salt)
            with suppress(OutputFault):
                remembered_keys.remember(new)

    def _write_again(self, aside: Path, key: CaseKey) -> None:
        self._database.copy_to(aside, key, shown(self.path))
        self._database.empty_log()
        self._database.close()
        _remove_logs(self.path)

    def remember_key(self) -> None:
        """Let this computer remember the key, so that the passphrase is not asked for here.

        Raises :class:`OutputFault` where the computer has no safe place for it, or refuses.
        """
        remembered_keys.remember(self._key)

    def forget_key(self) -> None:
        """Let this computer forget the key."""
        remembered_keys.forget(self._key.salt)

    # --- another file, and letting go of this one

    def save_as(self, path: Path, passphrase: str) -> CaseFile:
        """Another case file with all that is in this, also what waits to be saved; this one stays open.

        Raises as :meth:`create` does.
        """
        path = path.resolve()
        must_be_nameable(path)
        key = CaseKey.new(passphrase)

        states: list[StoredJournal] = []
        with self._turn, locked(path) as lock:
            write_whole(path, lambda aside: states.append(self._write_copy(aside, path, key)))
            return CaseFile(path, key, lock, states[0])

    def _write_copy(self, aside: Path, path: Path, key: CaseKey) -> StoredJournal:
        self._database.copy_to(aside, key, shown(path))
        state = self._state
        if self._waiting is not None:
            copy = Database(aside, key, shown(path))
            try:
                copy.prepare(is_just_written=True)
                state = _saved(copy, state, *self._waiting)
                copy.empty_log()
            finally:
                copy.close()
        _remove_logs(path)
        return state

    def close(self, *, leave_unsaved: bool = False) -> None:
        """Let go of the case file. Raises :class:`OutputFault` where something can't be saved; it stays open then."""
        with self._turn:
            if not self._is_open:
                return
            if not leave_unsaved:
                self.save_again()
                self._database.must_be_forced(is_last=True)
            self._is_open, self._waiting = False, None
            self._lock.release(is_closed=self._database.close())


class CaseCopy(NamedTuple):
    """What a case file holds that is only read; ``warning`` as a :class:`CaseFile` has it."""

    journal: Journal
    warning: FileFault | None


def read_copy(path: Path, passphrase: str) -> CaseCopy:
    """What a case file holds that is only read: where nothing can be written beside it, or another has it open.

    What is read is a copy, encrypted as the file is. Raises :class:`~ldbu_desktop.faults.FileFault`.
    """
    must_be_there(path)
    key = CaseKey.of(passphrase, salt_of(path))
    said = acknowledged(path)
    with copied(path) as copy, cut_told(copy, shown(path)):
        database = Database(copy, key, shown(path))
        try:
            log = database.prepare()
            state = _whole_state(database, shown(path))
            return CaseCopy(state.journal, _warning(database, log.missing(said, key), shown(path)))
        finally:
            database.close()


def journal_of(path: Path, passphrase: str) -> Journal:
    """The journal of a case file that is only read. Raises as :func:`read_copy` does."""
    return read_copy(path, passphrase).journal


def _warning(database: Database, missing: int | None, name: str) -> FileFault | None:
    """What is told where the log beside a file lost so many transactions, or may have lost some."""
    if missing == 0:
        return None
    last = moment_in_both(Steps(database).latest)
    if missing is None:
        return FileFault("case-not-closed", file=name, last=last)
    return FileFault("case-saves-lost", file=name, count=missing, last=last)


def _made(
    aside: Path, path: Path, key: CaseKey, journal: Journal, delivered: Mapping[str, DeliveredVisit]
) -> StoredJournal:
    """Write a case file aside."""
    database = Database(aside, key, shown(path))
    try:
        database.make()
        with database.transaction():
            state = written(journal, None, lambda data: _put(database, data))
            Steps(database).begin(state.piece)
        if delivered:
            DeliveryStore(database).restore(delivered)
    finally:
        database.close()
    _remove_logs(path)
    return state


def _saved(database: Database, before: StoredJournal, journal: Journal, label: str) -> StoredJournal:
    """Save what is other in ``journal`` than ``before`` as a step, or not at all."""
    added = dict[int, int]()

    def put(data: bytes) -> int:
        piece = _put(database, data)
        added[piece] = len(data)
        return piece

    with database.transaction():
        after = written(journal, before, put)
        if after.piece != before.piece:
            Steps(database).add(after.piece, label, added, after.replaced, sum(added.values()))
    return after


def _put(database: Database, data: bytes) -> int:
    return database.insert("INSERT INTO piece (data, checksum) VALUES (?, ?)", (data, checksum(data)))


def _pieces(database: Database, pieces: Collection[int]) -> Iterator[tuple[int, bytes]]:
    numbers = msgspec.json.encode(pieces).decode()
    yield from database.each("SELECT id, data FROM piece WHERE id IN (SELECT value FROM json_each(?))", (numbers,))


def _whole_state(database: Database, name: str) -> StoredJournal:
    """The state that is now. Raises :class:`FileFault` where any piece in the file is not what was written."""
    with damage_told(name):
        if database.row("SELECT count(*) FROM piece WHERE checksum <> piece_checksum(data)") != (0,):
            raise FileFault("case-damaged", file=name)
        state = read(Steps(database).root(), partial(_pieces, database))
    database.forget_pages()
    return state


def _remove_logs(path: Path) -> None:
    """Remove the logs of a file that another takes the place of: they must not be read into that."""
    for log in logs_of(path):
        log.unlink(missing_ok=True)
