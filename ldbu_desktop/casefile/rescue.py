"""What is whole in a damaged case file: page by page, without the tables that would lead to it.

A damaged page takes the way to others with it where they are looked for as usual. Here every page is read as if a table
began there; the checksum of each piece that is found there tells whether it is one, and whole. The first page, which
says where tables begin, is replaced by that of a new file with the same key.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import sqlcipher3.dbapi2 as sqlcipher

from ldbu_desktop.casefile.beginning import PAGE, copied, must_be_nameable, must_be_there, salt_of, shown
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.casefile.database import Database, Row
from ldbu_desktop.casefile.deliveries import DeliveredVisit
from ldbu_desktop.casefile.key import CaseKey
from ldbu_desktop.casefile.schema import checksum
from ldbu_desktop.casefile.state import Salvage, salvaged
from ldbu_desktop.faults import Fault, FileFault
from ldbu_desktop.journal.instances import Instance
from ldbu_desktop.json_text import NOT_READABLE
from ldbu_desktop.whole_files import output_fault
from ldbu_desktop.work import Cancellation, Progress, Step, no_progress

_SHAPES: Final = {
    "piece": "(id INTEGER PRIMARY KEY, data, checksum)",
    "step": "(number INTEGER PRIMARY KEY, root, label, time)",
    "delivered_visit": "(visit, time, PRIMARY KEY (visit)) WITHOUT ROWID",
    "sent_resource": "(visit, id, key, said, number, PRIMARY KEY (visit, id)) WITHOUT ROWID",
}
"""How the tables are read that something is rescued from: no more of each than that."""
_KEYS: Final = {"piece": "id", "step": "number", "delivered_visit": "visit", "sent_resource": "visit, id"}
_FILLED_A_PAGE: Final = PAGE - 80
"""How much of a page is not SQLCipher's own."""
_NOTHING: Final = bytes(8)
_PAGE_NUMBER = re.compile(r"page (\d+)")


@dataclass(frozen=True, slots=True)
class Rescued:
    """A new case file, which is open, with what was whole in another, and how much was not."""

    case: CaseFile
    salvage: Salvage


def rescue(
    path: Path,
    passphrase: str,
    to: Path,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Rescued:
    """Put what is whole in the case file ``path`` into the new one ``to``, which gets the same passphrase.

    The damaged file is only read. Raises :class:`FileFault` where it can't be read, the passphrase is wrong or nothing
    is whole, and as :meth:`~ldbu_desktop.casefile.case_file.CaseFile.create` does.
    """
    must_be_there(path)
    must_be_nameable(to)
    name = shown(path)
    key = CaseKey.of(passphrase, salt_of(path))
    with copied(path) as copy:
        _take_in_log(copy, key, name)
        try:
            scan = _Scan(copy, key)
        except OSError as error:
            raise output_fault(error, name) from error
        if not scan.has_whole_pages:
            raise FileFault("case-wrong-passphrase", file=name)
        found = _Found()
        scan.read(found, progress, cancellation or Cancellation())
        current = _current_root(copy, key, name)
    salvage = salvaged(found.pieces, current, [found.roots[step] for step in sorted(found.roots, reverse=True)])
    if salvage is None:
        raise FileFault("case-nothing-whole", file=name)
    return Rescued(CaseFile.made_with(to, CaseKey.anew(passphrase), salvage.journal, found.delivered), salvage)


def _take_in_log(copy: Path, key: CaseKey, name: str) -> None:
    """Put what the log has into the copy, as far as it can be done: it is newer, and may be whole where that is not."""
    with suppress(Fault):
        database = Database(copy, key, name)
        try:
            database.empty_log()
        finally:
            database.close()


def _current_root(copy: Path, key: CaseKey, name: str) -> int | None:
    """The piece that all hangs on now; None where the way to that is damaged."""
    with suppress(Fault, ValueError, TypeError):
        database = Database(copy, key, name)
        try:
            return int(database.row("SELECT root FROM step, at_step WHERE step.number = at_step.number")[0])
        finally:
            database.close()
    return None


class _Found:
    """What was found on the pages: pieces by id, the roots of states by step, and what was delivered, by visit."""

    def __init__(self) -> None:
        self.pieces: dict[int, bytes] = {}
        self.roots: dict[int, int] = {}
        self._times: dict[str, datetime] = {}
        self._sent: dict[str, dict[str, Instance]] = {}

    def take(self, shape: str, row: Row) -> None:
        """Take a row for what it would be in a table of that name, if it can be that."""
        match shape, row:
            case "piece", (int(number), bytes(data), bytes(told)) if told == checksum(data):
                self.pieces[number] = data
            # A version that had no checksums: the damaged end of a long piece comes back as zeros, in silence. Whether
            # a few of them make sense is seen when the piece is decoded.
            case "piece", (int(number), bytes(data), None) if not data.endswith(_NOTHING):
                self.pieces.setdefault(number, data)
            case "step", (int(number), int(root), str(), str(time)) if _moment(time):
                self.roots[number] = root
            case "delivered_visit", (str(visit), str(time)) if moment := _moment(time):
                self._times[visit] = max(moment, self._times.get(visit, moment))
            case "sent_resource", (str(visit), str(number), str(key), bytes(said), int(delivery)) if _is_json(said):
                sent = self._sent.setdefault(visit, {})
                if number not in sent or sent[number].number <= delivery:
                    sent[number] = Instance(key, said, delivery)

    @property
    def delivered(self) -> dict[str, DeliveredVisit]:
        """What was delivered, by the visit's key."""
        return {visit: DeliveredVisit(time, self._sent.get(visit, {})) for visit, time in self._times.items()}


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _is_json(said: bytes) -> bool:
    try:
        msgspec.json.decode(said)
    except NOT_READABLE:
        return False
    return True


class _Scan:
    """The pages of a case file under the first page of a new one, whose tables can be said to begin anywhere."""

    def __init__(self, copy: Path, key: CaseKey) -> None:
        self._path, self._key = copy.with_name("scan"), key
        self._pages = copy.stat().st_size // PAGE
        self._path.touch(0o600)
        connection = self._connected()
        try:
            for name, columns in _SHAPES.items():
                connection.execute(f"CREATE TABLE {name} {columns}")
            connection.execute("CREATE TABLE room (room)")
            connection.execute("INSERT INTO room VALUES (zeroblob(?))", (self._pages * _FILLED_A_PAGE,))
        finally:
            connection.close()
        with copy.open("rb") as source, self._path.open("rb+") as target:
            source.seek(PAGE)
            target.seek(PAGE)
            for _ in range(1, self._pages):
                target.write(source.read(PAGE))
        self._connection = self._connected()
        told = [text for (text,) in self._connection.execute("PRAGMA cipher_integrity_check")]
        self._faulty = {int(found[1]) for text in told if (found := _PAGE_NUMBER.search(text))}

    @property
    def has_whole_pages(self) -> bool:
        """Whether any page that is not of the new file fits the key."""
        return any(page not in self._faulty for page in range(2, self._pages + 1))

    def read(self, found: _Found, progress: Progress, cancellation: Cancellation) -> None:
        """Give ``found`` every row that is on a whole page."""
        try:
            for page in range(2, self._pages + 1):
                cancellation.check()
                progress(Step(page, self._pages, "page"))
                if page not in self._faulty:
                    self._begin_at(page)
                    for name in _SHAPES:
                        self._read(name, found)
        finally:
            self._connection.close()

    def _begin_at(self, page: int) -> None:
        """Have all tables begin at ``page``."""
        self._connection.execute("PRAGMA writable_schema = ON")
        self._connection.execute("UPDATE sqlite_schema SET rootpage = ?", (page,))
        self._connection.execute("PRAGMA writable_schema = RESET")

    def _read(self, name: str, found: _Found) -> None:
        """Give ``found`` the rows of what begins at the page that was said, read as a table of this name."""
        rows = self._rows(f"SELECT * FROM {name}")  # noqa: S608 - the names are our own
        if rows is None:
            # A row that goes on on a damaged page keeps none of those after it: each is looked for by itself.
            keys = self._rows(f"SELECT {_KEYS[name]} FROM {name}") or []  # noqa: S608
            query = f"SELECT * FROM {name} WHERE ({_KEYS[name]}) = ({{}})"  # noqa: S608
            rows = [row for key in keys for row in self._rows(query.format(",".join("?" * len(key))), key) or []]
        for row in rows:
            found.take(name, row)

    def _rows(self, statement: str, values: Row = ()) -> list[Row] | None:
        """The rows that a statement gives; None where it comes to what makes no sense.

        A connection that came to a damaged page reads nothing any more: there is another one then.
        """
        try:
            rows: list[Row] = self._connection.execute(statement, values).fetchall()
        except sqlcipher.Error:
            self._connection.close()
            self._connection = self._connected()
            return None
        return rows

    def _connected(self) -> Any:
        connection = sqlcipher.connect(str(self._path), isolation_level=None)
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("PRAGMA cipher_memory_security = ON")
        connection.set_key(self._key.words)
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        return connection
