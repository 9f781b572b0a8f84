"""A case file: a journal that is saved as it is filled, in one encrypted file, with the way back."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Final

from ldbu_desktop.casefile.beginning import logs_of, must_be_there, salt_of
from ldbu_desktop.casefile.database import Database
from ldbu_desktop.casefile.key import CaseKey
from ldbu_desktop.casefile.state import State, read, written
from ldbu_desktop.casefile.steps import Step, Steps
from ldbu_desktop.casefile.window_lock import WindowLock
from ldbu_desktop.faults import CallFault, OutputFault
from ldbu_desktop.journal.identity import without_cpr
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.whole_files import write_whole

ENDING: Final = ".ldbu"


class CaseFile:
    """An open case file, which no other window has open. It may be used from any thread.

    What can't be saved stays here: ``is_saved`` tells, the fault is raised, and the next :meth:`save` or
    :meth:`save_again` saves all that is not saved yet. What was saved before is never touched by that.
    """

    def __init__(self, path: Path, key: CaseKey, lock: WindowLock, state: State | None = None) -> None:
        """Use :meth:`create` or :meth:`open`."""
        self.path: Final = path
        self._key, self._lock = key, lock
        self._is_open = True
        self._turn = threading.RLock()
        self._waiting: tuple[Journal, str] | None = None
        self._open_database()
        self._state = read(self._steps.root(), self._piece) if state is None else state

    @classmethod
    def create(cls, path: Path, passphrase: str, journal: Journal | None = None) -> CaseFile:
        """A new case file that holds ``journal``; it takes the place of a file that is there.

        Raises :class:`CallFault` where the passphrase is too short or the file's name holds a CPR number,
        :class:`~ldbu_desktop.faults.FileFault` where another window has the file open, and :class:`OutputFault` where
        it can't be written; then what was there is untouched.
        """
        path = path.resolve()
        _must_be_nameable(path)
        key = CaseKey.new(passphrase)
        lock = WindowLock(path)
        try:
            states: list[State] = []
            write_whole(path, lambda aside: states.append(_made(aside, path, key, journal or Journal())))
            return cls(path, key, lock, states[0])
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path, passphrase: str) -> CaseFile:
        """A case file that is there. Raises :class:`~ldbu_desktop.faults.FileFault` and :class:`OutputFault`."""
        path = path.resolve()
        must_be_there(path)
        lock = WindowLock(path)
        try:
            return cls(path, CaseKey.of(passphrase, salt_of(path)), lock)
        except BaseException:
            lock.release()
            raise

    def _open_database(self) -> None:
        database = Database(self.path, self._key, self.path.name)
        try:
            database.prepare()
        except BaseException:
            database.close()
            raise
        self._database, self._steps = database, Steps(database)
        self._place = self.path.stat()

    def _piece(self, number: int) -> bytes:
        return bytes(self._database.row("SELECT data FROM piece WHERE id = ?", (number,))[0])

    # --- what is in it

    @property
    def journal(self) -> Journal:
        """The journal as it was saved last."""
        return self._state.journal

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
            before, added = self._state, []

            def put(data: bytes) -> int:
                added.append(self._database.insert("INSERT INTO piece (data) VALUES (?)", (data,)))
                return added[-1]

            with self._database.transaction():
                after = written(journal, before, put)
                is_other = after.piece != before.piece
                if is_other:
                    replaced = set(before.pieces).difference(after.pieces)
                    self._steps.add(after.piece, label, added, replaced)
            self._state, self._waiting = after, None
            return is_other

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
            raise OutputFault("case-file-gone", file=self.path.name)

    # --- the way back

    @property
    def to_undo(self) -> Step | None:
        """The step that :meth:`undo` takes back."""
        return self._steps.last

    @property
    def to_redo(self) -> Step | None:
        """The step that :meth:`redo` takes again."""
        return self._steps.next

    def undo(self) -> Journal | None:
        """The journal as it was before the last step; None where there is none. What is alike are the same objects."""
        with self._turn:
            self.save_again()
            step = self._steps.last
            return None if step is None else self._go(step.number - 1)

    def redo(self) -> Journal | None:
        """The journal with the step that was undone last; None where there is none."""
        with self._turn:
            self.save_again()
            step = self._steps.next
            return None if step is None else self._go(step.number)

    def _go(self, number: int) -> Journal:
        after = read(self._steps.root(number), self._piece, self._state)
        with self._database.transaction():
            self._steps.go(number)
        self._state = after
        return after.journal

    # --- letting go of it

    def close(self, *, leave_unsaved: bool = False) -> None:
        """Let go of the case file. Raises :class:`OutputFault` where something can't be saved; it stays open then."""
        with self._turn:
            if not self._is_open:
                return
            if not leave_unsaved:
                self.save_again()
            self._is_open, self._waiting = False, None
            self._database.close()
            self._lock.release()


def _must_be_nameable(path: Path) -> None:
    if without_cpr(path.name) != path.name:
        raise CallFault("case-name-personal", file=without_cpr(path.name))


def _made(aside: Path, path: Path, key: CaseKey, journal: Journal) -> State:
    """Write a case file aside; logs of one that it takes the place of must not be read into it."""
    database = Database(aside, key, path.name)
    try:
        database.make()
        with database.transaction():
            state = written(journal, None, lambda data: database.insert("INSERT INTO piece (data) VALUES (?)", (data,)))
            Steps(database).begin(state.piece)
    finally:
        database.close()
    for log in logs_of(path):
        log.unlink(missing_ok=True)
    return state
